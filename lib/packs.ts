import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIR = fileURLToPath(new URL("./packs", import.meta.url));

/** The names of the jurisdiction packs that ship with the gateway, such as `ca-ab`. */
export const packNames = (): string[] =>
  readdirSync(DIR)
    .map((file) => file.replace(/\.yaml$/, ""))
    .sort();

/** A pack's file as it ships. @throws where there is no such pack */
export const packBytes = (name: string): Buffer => readFileSync(`${DIR}/${name}.yaml`);
