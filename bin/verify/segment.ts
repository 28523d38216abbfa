/** Reads one file of leaves: all that costs time and depends on nothing else, so that several are read side by side. */
import { createHash, hash as hashAtOnce } from "node:crypto";
import { CutOff, linesOf } from "../../lambdas/core/bundle/lines.ts";
import { HASH_SIZE } from "../../lambdas/core/tlog/hashes.ts";
import { GzipFault, unpack } from "./gzip.ts";
import { type LeafFault, readLeaf } from "./leaf.ts";

/** What one file of leaves holds, packed so that it goes from a thread to another without being copied. */
export interface Leaves {
  /** Why the file could not be read at all. */
  readonly unreadable: string | undefined;
  /** Why it could not be read to its end. */
  readonly cutOff: string | undefined;
  readonly count: number;
  /** 32 bytes each. */
  readonly hashes: Uint8Array;
  readonly prevs: Uint8Array;
  /** Chain of each, a line each; empty where the leaf is at fault. */
  readonly chains: string;
  readonly seqs: Float64Array;
  /** ms */
  readonly times: Float64Array;
  /** 1: the log's own. */
  readonly own: Uint8Array;
  /** The first fault of each kind, and how many there are. */
  readonly faults: readonly (LeafFault & { readonly at: number; readonly many: number })[];
  /** Leaves that the verifier itself reads: the log's own, and canaries. */
  readonly notable: readonly { readonly at: number; readonly type: string; readonly event: unknown }[];
}

const nothing = (unreadable: string): Leaves => ({
  unreadable,
  cutOff: undefined,
  count: 0,
  hashes: new Uint8Array(),
  prevs: new Uint8Array(),
  chains: "",
  seqs: new Float64Array(),
  times: new Float64Array(),
  own: new Uint8Array(),
  faults: [],
  notable: [],
});

/** @param most leaves that the file may hold; what is more is counted and not read */
export function readSegment(gz: Uint8Array, most: number): Leaves {
  let content: Uint8Array;
  try {
    content = unpack(gz);
  } catch (error) {
    if (error instanceof GzipFault) return nothing(error.message);
    throw error;
  }
  const hashes = new Uint8Array(most * HASH_SIZE);
  const prevs = new Uint8Array(most * HASH_SIZE);
  const seqs = new Float64Array(most);
  const times = new Float64Array(most);
  const own = new Uint8Array(most);
  const chains: string[] = [];
  const faults = new Map<LeafFault["kind"], LeafFault & { at: number; many: number }>();
  const notable: { at: number; type: string; event: unknown }[] = [];
  let count = 0;
  let cutOff: string | undefined;
  try {
    for (const line of linesOf(content)) {
      if (count < most) {
        hashes.set(hashOfLeaf(line), count * HASH_SIZE);
        const leaf = readLeaf(line);
        if ("says" in leaf) {
          const before = faults.get(leaf.kind);
          if (before) before.many++;
          else faults.set(leaf.kind, { ...leaf, at: count, many: 1 });
          chains.push("");
          seqs[count] = -1;
          own[count] = 1;
        } else {
          chains.push(leaf.chain);
          seqs[count] = leaf.seq;
          times[count] = leaf.time;
          own[count] = leaf.own ? 1 : 0;
          if (leaf.prev !== null) prevs.set(Buffer.from(leaf.prev, "base64url"), count * HASH_SIZE);
          if (leaf.own || leaf.type === "sys.canary") notable.push({ at: count, type: leaf.type, event: leaf.event });
        }
      }
      count++;
    }
  } catch (error) {
    if (!(error instanceof CutOff)) throw error;
    cutOff = error.message;
  }
  return {
    unreadable: undefined,
    cutOff,
    count,
    hashes,
    prevs,
    chains: chains.join("\n"),
    seqs,
    times,
    own,
    faults: [...faults.values()],
    notable,
  };
}

const PREFIX = Uint8Array.of(0);

/** RFC 6962's leaf hash, without a copy of a line that is far too long. */
function hashOfLeaf(line: Uint8Array): Uint8Array {
  if (line.length > 2 ** 20) return createHash("sha256").update(PREFIX).update(line).digest();
  const input = new Uint8Array(1 + line.length);
  input.set(line, 1);
  return hashAtOnce("sha256", input, "buffer");
}
