import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AwsError } from "./answer.ts";

/** One version of an object, or a mark that it was deleted. */
export interface Version {
  readonly id: string;
  readonly at: number;
  readonly size: number;
  /** Until then (ms) nobody deletes it. */
  readonly until?: number;
  readonly marker?: true;
}

/** A versioned bucket with Object Lock, as files. */
export interface Objects {
  /** Every key with its versions, newest first, in order of key. */
  keys(): [string, readonly Version[]][];
  versions(key: string): readonly Version[];
  read(key: string, version: Version): Uint8Array;
  /** @throws AwsError `PreconditionFailed` where something is there and nothing should be */
  put(key: string, bytes: Uint8Array, options: { absent: boolean; until: number | undefined }): Version;
  /** Hides the object behind a mark; or deletes one version. @throws AwsError `AccessDenied` while a version is locked */
  remove(key: string, versionId: string | undefined): void;
}

/**
 * The newest version of `a/b` is the file `a/b`, so that the folder reads as the bucket does; what was before lies under
 * `.versions`. Every write is on disk before it is answered.
 */
export function openObjects(dir: string, now: () => number): Objects {
  const known = new Map<string, Version[]>();
  const noted = join(dir, ".versions");
  const place = (key: string): string => {
    const path = join(dir, key);
    if (!path.startsWith(`${dir}/`) || path.startsWith(noted)) throw new AwsError("InvalidArgument", "this key is no path in the bucket");
    return path;
  };
  const older = (key: string, id: string): string => join(noted, `${key}.${id}`);
  const write = (path: string, bytes: Uint8Array | string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes, { flush: true });
    renameSync(`${path}.new`, path);
  };
  const note = (key: string, versions: Version[]): void => {
    known.set(key, versions);
    write(join(noted, `${key}.json`), JSON.stringify(versions));
  };
  let last = 0;
  const fresh = (): string => {
    last = Math.max(last + 1, now());
    return last.toString(36).padStart(10, "0");
  };
  mkdirSync(noted, { recursive: true });
  for (const file of readdirSync(noted, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".json"))) {
    const versions = JSON.parse(readFileSync(join(noted, file), "utf8")) as Version[];
    known.set(file.slice(0, -".json".length), versions);
    for (const { id } of versions) last = Math.max(last, Number.parseInt(id, 36));
  }
  /** Moves the newest version out of the way. */
  const setAside = (key: string): Version[] => {
    const [newest, ...rest] = known.get(key) ?? [];
    if (!newest) return [];
    if (!newest.marker) {
      mkdirSync(dirname(older(key, newest.id)), { recursive: true });
      renameSync(place(key), older(key, newest.id));
    }
    return [newest, ...rest];
  };

  return {
    keys: () => [...known].sort(([a], [b]) => (a < b ? -1 : 1)),
    versions: (key) => known.get(key) ?? [],
    read: (key, { id }) => readFileSync(known.get(key)?.[0]?.id === id ? place(key) : older(key, id)),
    put(key, bytes, { absent, until }) {
      const newest = known.get(key)?.[0];
      if (absent && newest && !newest.marker)
        throw new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {}, 412);
      const path = place(key);
      const version: Version = { id: fresh(), at: now(), size: bytes.length, ...(until === undefined ? {} : { until }) };
      const before = setAside(key);
      write(path, bytes);
      note(key, [version, ...before]);
      return version;
    },
    remove(key, versionId) {
      const versions = known.get(key) ?? [];
      if (versionId === undefined) {
        if (versions.length > 0) note(key, [{ id: fresh(), at: now(), size: 0, marker: true }, ...setAside(key)]);
        return;
      }
      const doomed = versions.find(({ id }) => id === versionId);
      if (!doomed) return;
      if (doomed.until !== undefined && doomed.until > now())
        throw new AwsError("AccessDenied", "Access Denied because object protected by object lock.", {}, 403);
      if (!doomed.marker) rmSync(versions[0] === doomed ? place(key) : older(key, doomed.id));
      const rest = versions.filter((each) => each !== doomed);
      const [next] = rest;
      if (versions[0] === doomed && next && !next.marker) renameSync(older(key, next.id), place(key));
      if (rest.length > 0) note(key, rest);
      else {
        known.delete(key);
        rmSync(join(noted, `${key}.json`));
      }
    },
  };
}
