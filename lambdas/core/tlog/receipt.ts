/** A receipt for one event (C2SP tlog-proof): its index, the way from its hash to a root, and the checkpoint of that root. */
import { parseSize } from "./checkpoint.ts";
import { HASH_SIZE } from "./hashes.ts";
import { base64, MalformedNote, unbase64 } from "./note.ts";

export interface Receipt {
  readonly index: number;
  /** The leaf's sibling first. */
  readonly proof: readonly Uint8Array[];
  /** The signed note, as it stands. */
  readonly checkpoint: string;
}

const HEADER = "c2sp.org/tlog-proof@v1";

export const receiptText = ({ index, proof, checkpoint }: Receipt): string =>
  `${[HEADER, `index ${index}`, ...proof.map(base64)].join("\n")}\n\n${checkpoint}`;

/** @throws MalformedNote */
export function parseReceipt(text: string): Receipt {
  const end = text.indexOf("\n\n");
  const [header, ...rest] = text.slice(0, Math.max(0, end)).split("\n");
  if (rest[0]?.startsWith("extra ")) rest.shift();
  const [line = "", ...hashes] = rest;
  const index = line.startsWith("index ") ? parseSize(line.slice("index ".length)) : undefined;
  const proof = hashes.map(unbase64);
  if (header !== HEADER || index === undefined || proof.length > 63 || !proof.every((hash) => hash?.length === HASH_SIZE))
    throw new MalformedNote("a receipt is a header, an index, hashes, an empty line and a checkpoint");
  return { index, proof: proof as Uint8Array[], checkpoint: text.slice(end + 2) };
}
