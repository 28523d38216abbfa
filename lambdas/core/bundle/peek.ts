/** What an exporter looks at in a leaf. A leaf that is not as it must be is exported like any other: whoever verifies shall see it. */
import { HEADS_TYPE, type HeadsLeaf, headsLeaf } from "./heads.ts";

export interface Peeked {
  /** RFC 3339 in UTC, milliseconds; "" where it has none. */
  readonly time: string;
  readonly chain: string | undefined;
  readonly seq: number;
  readonly patient: string | undefined;
  /** Where it is a leaf of chain heads. */
  readonly heads: HeadsLeaf | undefined;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function peek(leaf: Uint8Array): Peeked {
  const event = parsed(leaf);
  const { ts, chain, seq, pat, type } = event;
  return {
    time: typeof ts === "string" && TIME.test(ts) ? ts : "",
    chain: typeof chain === "string" ? chain : undefined,
    seq: typeof seq === "number" ? seq : -1,
    patient: typeof pat === "string" ? pat : undefined,
    heads: type === HEADS_TYPE ? headsLeaf(event) : undefined,
  };
}

function parsed(leaf: Uint8Array): Partial<Record<"ts" | "chain" | "seq" | "pat" | "type", unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(leaf).toString()));
  } catch {
    return {};
  }
}
