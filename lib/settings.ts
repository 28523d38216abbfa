import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Clinic } from "../lambdas/core/clinic.ts";
import { loadClinic } from "./clinic.ts";

const CANADA = ["ca-central-1", "ca-west-1"];

/** What differs between deployments, from `-c name=value`; everything a clinic decides is in its own directory. */
const contextSchema = z.object({
  clinic: z.string().default(fileURLToPath(new URL("../clinic", import.meta.url))),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/)
    .default("ca-central-1"),
  acknowledgeRegion: z.string().optional(),
  /** Message parts a second our number may send: a Canadian long code carries one (docs: sms-limitations-mps). */
  partsPerSecond: z.coerce.number().positive().max(100).default(1),
  tokenMinutes: z.coerce.number().int().min(5).max(1440).default(60),
  logDays: z.coerce.number().int().default(365),
});

export interface Settings {
  readonly clinic: Clinic;
  readonly region: string;
  readonly partsPerSecond: number;
  readonly tokenMinutes: number;
  readonly logDays: number;
}

/** @param context values given with `-c` @throws with a sentence that says what to give instead */
export function settingsFrom(context: Readonly<Record<string, unknown>>): Settings {
  const { clinic, region, acknowledgeRegion, ...rest } = contextSchema.parse(context);
  if (!CANADA.includes(region) && acknowledgeRegion !== region) {
    throw new Error(
      `${region} is outside Canada: texts and numbers would leave the country. If that is decided, add -c acknowledgeRegion=${region}`,
    );
  }
  return { ...rest, region, clinic: loadClinic(clinic) };
}
