/**
 * An archive in a folder, to read from: a copy of the bucket, each object a file under its key. Where the folder also has the
 * older versions, as the local stack's has, a kept object's first version counts, whatever was put over it.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../lambdas/core/archive.ts";

/** `.versions/KEY.json` lists an object's versions, newest first; all but the newest lie beside it. */
const VERSIONS = ".versions";

/** @throws Error of one sentence where there is no such folder */
export function archiveIn(dir: string): Pick<Archive, "get" | "list"> {
  const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${dir} is not a folder: name the folder that holds what the archive's bucket holds`);
  const filesUnder = (root: string, below: string): string[] => {
    if (!statSync(join(root, below), { throwIfNoEntry: false })) return [];
    const files = readdirSync(join(root, below), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    return files.map(({ parentPath, name }) => join(parentPath, name).slice(join(root, "/").length).replaceAll("\\", "/"));
  };
  const placeOf = (key: string): string => {
    const noted = join(dir, VERSIONS, `${key}.json`);
    if (!isFile(noted)) return join(dir, key);
    const versions = (JSON.parse(readFileSync(noted, "utf8")) as { id: string; marker?: true }[]).filter(
      ({ marker }, n) => !marker || n === 0,
    );
    const first = versions.at(-1);
    return versions.length < 2 || !first ? join(dir, key) : join(dir, VERSIONS, `${key}.${first.id}`);
  };
  return {
    get: async (key) => (isFile(placeOf(key)) ? readFileSync(placeOf(key)) : undefined),
    list: async function* (prefix) {
      const below = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const noted = filesUnder(join(dir, VERSIONS), below).filter((file) => file.endsWith(".json"));
      const keys = new Set([...filesUnder(dir, below), ...noted.map((file) => file.slice(0, -".json".length))]);
      for (const key of [...keys].sort()) if (key.startsWith(prefix)) yield key;
    },
  };
}
