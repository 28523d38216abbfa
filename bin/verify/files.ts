/** The folder of an export as it lies there. Nothing but plain files below it is read, and none larger than fits in memory. */
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

/** No file of an export is larger: a segment of 4 MiB unpacked, or a manifest of a million files. */
const LARGEST_FILE = 256 * 2 ** 20;

/** Why a file is not read; one sentence. */
export class FileFault extends Error {}

export interface Folder {
  /** Every file below, as a path with slashes, in order. */
  readonly all: readonly string[];
  /** undefined: it is not there. @throws FileFault where it is none that is read here */
  read(path: string): Uint8Array | undefined;
  /** Size and SHA-256 without holding it; undefined: it is not there. @throws FileFault */
  measure(path: string): { readonly bytes: number; readonly sha256: string } | undefined;
}

/** What computers leave in folders that people open. */
const LITTER = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/;
const MOST_FILES = 2_000_000;

export function folder(dir: string): Folder {
  const all: string[] = [];
  const walk = (below: string, depth: number): void => {
    for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && depth < 8) walk(path, depth + 1);
      else if (!LITTER.test(path)) all.push(path);
      if (all.length > MOST_FILES) throw new FileFault("the folder holds more files than an export has");
    }
  };
  walk("", 0);
  all.sort();
  const there = new Set(all);

  function opened<T>(path: string, use: (fd: number, bytes: number) => T): T | undefined {
    if (!there.has(path)) return undefined;
    const full = join(dir, path);
    if (!lstatSync(full).isFile()) throw new FileFault("is not a plain file");
    const fd = openSync(full, constants.O_RDONLY);
    try {
      const { size } = fstatSync(fd);
      if (size > LARGEST_FILE) throw new FileFault(`has ${size} bytes, and no file of an export has more than ${LARGEST_FILE}`);
      return use(fd, size);
    } finally {
      closeSync(fd);
    }
  }

  const chunk = Buffer.alloc(2 ** 20);
  return {
    all,
    read: (path) =>
      opened(path, (fd, bytes) => {
        const out = Buffer.alloc(bytes);
        let got = 0;
        for (let more = -1; more !== 0 && got < bytes; got += more) more = readSync(fd, out, got, bytes - got, null);
        return out.subarray(0, got);
      }),
    measure: (path) =>
      opened(path, (fd) => {
        const hash = createHash("sha256");
        let bytes = 0;
        for (let more = readSync(fd, chunk, 0, chunk.length, null); more > 0; more = readSync(fd, chunk, 0, chunk.length, null)) {
          hash.update(chunk.subarray(0, more));
          bytes += more;
        }
        return { bytes, sha256: hash.digest("hex") };
      }),
  };
}
