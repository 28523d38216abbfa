import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { loadClinic } from "../../lib/clinic.ts";
import { bundleHooks, hooksOf } from "../../lib/clinic-hooks.ts";

/** A copy of the shipped decisions. @returns what replaces words in one of its files, which must hold them */
export function decisionsIn(dir: string): (file: string, ...changes: readonly [from: string | RegExp, to: string][]) => void {
  cpSync("clinic", dir, { recursive: true });
  return (file, ...changes) => {
    let text = readFileSync(join(dir, file), "utf8");
    for (const [from, to] of changes) {
      const after = text.replace(from, to);
      if (after === text) throw new Error(`${file} does not hold ${from}`);
      text = after;
    }
    writeFileSync(join(dir, file), text);
  };
}

/**
 * The cloud assembly that all flows share, with another clinic's decisions and hooks beside its functions, where and as bundling
 * writes them. A second synthesis would take seconds for the same.
 * @param dir the decisions; they are checked @param unchecked what the checks let nobody write, in the JSON that the functions read
 */
export function assembly(dir: string, cdkOut: string, unchecked: readonly [from: string, to: string][] = []): void {
  cpSync(inject("cdkOut"), cdkOut, { recursive: true });
  let decisions = JSON.stringify(loadClinic(dir));
  for (const [from, to] of unchecked) {
    if (!decisions.includes(from)) throw new Error(`the decisions do not hold ${from}`);
    decisions = decisions.replace(from, to);
  }
  const hooks = bundleHooks(hooksOf(dir));
  for (const folder of readdirSync(cdkOut).filter((name) => name.startsWith("asset."))) {
    const put = (file: string, content: string): void => {
      const path = join(cdkOut, folder, file);
      if (existsSync(path)) writeFileSync(path, content);
    };
    put("clinic.json", decisions);
    put("clinic-hooks.mjs", hooks);
  }
}
