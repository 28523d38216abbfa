/** A checkpoint (C2SP tlog-checkpoint): which log, how many leaves, what root. Signed, it commits the log to every leaf so far. */
import { HASH_SIZE } from "./hashes.ts";
import { base64, MalformedNote, unbase64 } from "./note.ts";

export interface Checkpoint {
  /** The log's name; also that of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${base64(root)}\n`;

/** Reads a note's text; further lines are allowed and say nothing here. @throws MalformedNote */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", root = ""] = text.split("\n");
  const bytes = unbase64(root);
  const many = parseSize(size);
  if (origin === "" || many === undefined || bytes?.length !== HASH_SIZE || !text.endsWith("\n"))
    throw new MalformedNote("a checkpoint is an origin, a size and a root");
  return { origin, size: many, root: bytes };
}

/** A decimal without leading zeros; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : undefined;
}
