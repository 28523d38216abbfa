/** What the snapshots of chain heads say, to be held against the events as they come by. */
import type { ChainHead } from "../../lambdas/core/bundle/heads.ts";

export interface HeadFault {
  readonly says: string;
  readonly index: number | undefined;
}

interface Entry {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** Leaf of its snapshot. */
  readonly snapshot: number;
  found: boolean;
}

export interface HeadsBook {
  /** @param snapshot index of the `audit.heads` leaf; snapshots come in that order */
  add(head: ChainHead, snapshot: number): void;
  /** An event: does it agree, and does a snapshot reach as far as it? */
  see(index: number, chain: string, seq: number, hash: Uint8Array): "covered" | "beyond";
  readonly faults: readonly HeadFault[];
  /** Heads for which no event came by. */
  missing(): { readonly chain: string; readonly seq: number; readonly snapshot: number }[];
  readonly size: number;
}

const MOST_FAULTS = 1000;

export function headsBook(): HeadsBook {
  const entries = new Map<string, Entry[]>();
  const faults: HeadFault[] = [];
  let size = 0;
  return {
    faults,
    get size() {
      return size;
    },
    add: ({ chain, seq, hash }, snapshot) => {
      const its = entries.get(chain);
      const entry = { seq, hash: Buffer.from(hash, "base64url"), snapshot, found: false };
      const before = its?.at(-1);
      if (before && before.seq > seq && faults.length < MOST_FAULTS)
        faults.push({ says: `${chain} went back from #${before.seq} to #${seq} in the snapshot of leaf ${snapshot}`, index: snapshot });
      if (its) its.push(entry);
      else entries.set(chain, [entry]);
      size++;
    },
    see: (index, chain, seq, hash) => {
      const its = entries.get(chain);
      if (!its) return "beyond";
      for (const entry of its) {
        if (entry.seq !== seq) continue;
        entry.found = true;
        if (Buffer.compare(entry.hash, hash) !== 0 && faults.length < MOST_FAULTS)
          faults.push({ says: `${chain}#${seq} is another event in the audit table, by the snapshot of leaf ${entry.snapshot}`, index });
      }
      return its.some((entry) => entry.seq >= seq) ? "covered" : "beyond";
    },
    missing: () =>
      [...entries].flatMap(([chain, its]) => its.flatMap(({ found, seq, snapshot }) => (found ? [] : [{ chain, seq, snapshot }]))),
  };
}
