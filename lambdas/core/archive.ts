/**
 * The archive of the audit log: what stands in its bucket, and the port that the bucket is reached by. What is `kept` stays
 * for the retention period and never changes (S3 Object Lock, compliance mode); the rest says where the log stands now.
 */

/** An object under a kept key has other bytes than those that were to be kept. */
export class ArchiveConflict extends Error {}

export interface Archive {
  /** A kept object's first version, whatever was put over it later; of one that may change, its newest. Undefined where there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys under a prefix, ascending by code unit. */
  list(prefix: string): AsyncIterable<string>;
  /**
   * Keeps an object under a key that nothing had (If-None-Match: *). Equal bytes under it already are as good: what is
   * tried again after a crash ends the same.
   * @throws ArchiveConflict where other bytes stand there
   */
  keep(key: string, bytes: Uint8Array): Promise<void>;
  /** Puts an object that may change: staging, and the newest checkpoint. Never under a kept key. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Deletes an object that may change; one that is not there is as good. */
  remove(key: string): Promise<void>;
}

/** Whether objects under this key are kept: the bucket's policy, its readers and its writer all ask here or by the same forms. */
export const isKept = (key: string): boolean => /^log\/\d{4}\/(?:seg|ckpt|tile|heads)\//.test(key);

/** What stands before the keys of everything that is staged. */
export const STAGING = "staging/";

const index = (n: number): string => String(n).padStart(12, "0");

/**
 * Keys under a log's own prefix, `log/<year>/`. A log is one calendar year (UTC) of one deployment; its origin is
 * `audit.<deployment>/<year>`.
 */
export const keysOf = (
  year: number,
): {
  /** Canonical bytes of leaves [first, end), one a line, gzip. Kept. */
  segment(first: number, end: number): string;
  /** A signed and cosigned checkpoint. Kept. */
  checkpoint(size: number): string;
  /** A full tile: `tilePath`'s path. Kept. */
  tile(path: string): string;
  /** Chain, seq and hash of every chain that changed up to a time, one a line, gzip. Kept. */
  heads(to: string): string;
  /** The newest checkpoint. Changes. */
  readonly newest: string;
  /** What a flush is about to keep, under the root (hex) that it leads to. Goes when it is kept. */
  staging(root: string): string;
  readonly prefix: string;
} => {
  const prefix = `log/${year}/`;
  return {
    prefix,
    segment: (first, end) => `${prefix}seg/${index(first)}-${index(end)}.ndjson.gz`,
    checkpoint: (size) => `${prefix}ckpt/${index(size)}.note`,
    tile: (path) => `${prefix}${path}`,
    heads: (to) => `${prefix}heads/${to}.ndjson.gz`,
    newest: `${prefix}checkpoint`,
    staging: (root) => `${STAGING}${year}/${root}`,
  };
};
