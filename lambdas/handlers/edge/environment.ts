import { readFileSync } from "node:fs";
import type { Clinic } from "../../core/clinic.ts";

/** A variable this function was deployed with. @throws at cold start where it is missing: a stack error, not a patient's */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is missing`);
  return value;
}

/** The clinic's written decisions, validated and hashed when the stack was synthesised; they lie beside the bundle. */
export const clinic: Clinic = JSON.parse(readFileSync(new URL("./clinic.json", import.meta.url), "utf8")) as Clinic;
