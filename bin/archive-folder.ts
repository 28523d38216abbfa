/** An archive in a folder, to read from: a copy of the bucket, each object a file under its key. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../lambdas/core/archive.ts";

/** @throws Error of one sentence where there is no such folder */
export function archiveIn(dir: string): Pick<Archive, "get" | "list"> {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${dir} is not a folder: name the folder of the archive`);
  return {
    get: async (key) => (statSync(join(dir, key), { throwIfNoEntry: false })?.isFile() ? readFileSync(join(dir, key)) : undefined),
    list: async function* (prefix) {
      const below = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const under = statSync(join(dir, below), { throwIfNoEntry: false });
      const keys = under ? readdirSync(join(dir, below), { recursive: true, withFileTypes: true }).filter((each) => each.isFile()) : [];
      const names = keys.map(({ parentPath, name }) => join(parentPath, name).slice(join(dir, "/").length).replaceAll("\\", "/"));
      for (const key of names.sort()) if (key.startsWith(prefix)) yield key;
    },
  };
}
