/**
 * An export of the audit log is a folder of files; which file stands where. A name carries what is in it as far as a reader
 * needs it to find its way: which leaves, which receipt.
 */

/** Leaves [first, end) of the log. */
export interface Interval {
  readonly first: number;
  readonly end: number;
}

/** The two files that the manifest does not list: itself, and the signature over it. */
export const MANIFEST = "manifest.json";
export const MANIFEST_NOTE = "manifest.note";

const padded = (n: number): string => String(n).padStart(12, "0");

/** What the export says of whom to trust. It informs: whoever checks takes a policy that came by another way. */
export const POLICY = "trust/policy.txt";
export const GUIDE = "VERIFY.md";

export const paths = (
  year: string,
): {
  /** The checkpoint that the interval begins at; none where it begins with the log. */
  readonly first: string;
  /** The checkpoint that everything is proven against. */
  readonly last: string;
  /** Checkpoints within the interval, a JSON string a line. */
  readonly between: string;
  /** Consistency proof from the first checkpoint to the last. */
  readonly consistency: string;
  /** Consistency proof from a size that whoever asked for the export had kept. */
  since(size: number): string;
  /** Compact ranges left and right of the interval. */
  readonly range: string;
} => ({
  first: `log/${year}/checkpoint.first.note`,
  last: `log/${year}/checkpoint.last.note`,
  between: `log/${year}/checkpoints.ndjson.gz`,
  consistency: `log/${year}/consistency.txt`,
  since: (size) => `log/${year}/consistency-${size}.txt`,
  range: `log/${year}/range.txt`,
});

/** Leaves as they were hashed, one a line. `day`: when they were logged, by the log's order; not when each event happened. */
export const segmentPath = (day: string, { first, end }: Interval): string =>
  `events/dt=${day}/seg-${padded(first)}-${padded(end)}.ndjson.gz`;
/** The hashes of the same leaves, 32 bytes each: with them one altered leaf has an index, not only a root that differs. */
export const hashesPath = ({ first, end }: Interval): string => `hashes/seg-${padded(first)}-${padded(end)}.bin`;
/** Leaves of chosen chains, one a line, in the order of their receipts. */
export const chosenPath = (part: number): string => `events/chosen-${String(part).padStart(6, "0")}.ndjson.gz`;
/** A receipt (C2SP tlog-proof) of one leaf. */
export const receiptPath = (index: number): string => `proofs/${padded(index)}.tlog-proof`;
/** The chain heads that an `audit.heads` leaf commits to, under the leaf's index. */
export const headsPath = (index: number): string => `heads/${padded(index)}.ndjson.gz`;
/** Some of its lines, each with its proof. */
export const chosenHeadsPath = (index: number): string => `heads/${padded(index)}.chosen.json`;

const interval = ([, first, end]: readonly string[]): Interval => ({ first: Number(first), end: Number(end) });

export function parseSegmentPath(path: string): Interval | undefined {
  const match = /^events\/dt=\d{4}-\d\d-\d\d\/seg-(\d{12})-(\d{12})\.ndjson\.gz$/.exec(path);
  return match ? interval(match) : undefined;
}

export function parseHashesPath(path: string): Interval | undefined {
  const match = /^hashes\/seg-(\d{12})-(\d{12})\.bin$/.exec(path);
  return match ? interval(match) : undefined;
}

const indexIn = (pattern: RegExp) => (path: string) => {
  const match = pattern.exec(path);
  return match ? Number(match[1]) : undefined;
};
export const parseReceiptPath = indexIn(/^proofs\/(\d{12})\.tlog-proof$/);
export const parseHeadsPath = indexIn(/^heads\/(\d{12})\.ndjson\.gz$/);
export const parseChosenHeadsPath = indexIn(/^heads\/(\d{12})\.chosen\.json$/);
export const isChosenPath = (path: string): boolean => /^events\/chosen-\d{6}\.ndjson\.gz$/.test(path);

/** The last part of a log's origin, `audit.<deployment>/<year>`. */
export const yearOf = (origin: string): string => origin.slice(origin.lastIndexOf("/") + 1);
