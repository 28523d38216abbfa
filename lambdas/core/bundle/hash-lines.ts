/** Hashes as text, one a line in base64: a consistency proof, and the compact ranges left and right of an interval. */
import { HASH_SIZE } from "../tlog/hashes.ts";
import { base64, unbase64 } from "../tlog/note.ts";
import { CompactRange } from "../tlog/range.ts";
import type { Interval } from "./layout.ts";

/** Why a file holds no such hashes; one sentence. */
export class MalformedHashes extends Error {}

/** A tree of 2^53 leaves needs no longer proof. */
const MOST_HASHES = 128;

export const hashLines = (hashes: readonly Uint8Array[]): string => hashes.map((hash) => `${base64(hash)}\n`).join("");

/** @throws MalformedHashes */
export function parseHashLines(text: string): Uint8Array[] {
  if (text !== "" && !text.endsWith("\n")) throw new MalformedHashes("its last line is cut off");
  const hashes = text.split("\n").slice(0, -1).map(unbase64);
  if (hashes.length > MOST_HASHES || !hashes.every((hash) => hash?.length === HASH_SIZE))
    throw new MalformedHashes("it holds other lines than hashes in base64");
  return hashes as Uint8Array[];
}

/** What surrounds leaves [first, end) in a tree of that size. */
export interface Surroundings {
  readonly left: CompactRange;
  readonly right: CompactRange;
}

export const surroundingsText = ({ left, right }: Surroundings): string =>
  `left ${left.begin} ${left.end}\n${hashLines(left.hashes)}right ${right.begin} ${right.end}\n${hashLines(right.hashes)}`;

/** @throws MalformedHashes */
export function parseSurroundings(text: string, { first, end }: Interval, size: number): Surroundings {
  const head = `left 0 ${first}\n`;
  const middle = `right ${end} ${size}\n`;
  const at = text.indexOf(middle);
  if (!text.startsWith(head) || at < 0) throw new MalformedHashes(`it is not what surrounds leaves ${first} to ${end} of ${size}`);
  try {
    return {
      left: new CompactRange(0, first, parseHashLines(text.slice(head.length, at))),
      right: new CompactRange(end, size, parseHashLines(text.slice(at + middle.length))),
    };
  } catch (error) {
    throw error instanceof RangeError ? new MalformedHashes(error.message) : error;
  }
}
