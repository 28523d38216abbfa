/** What the snapshots of chain heads say, to be held against the events as they come by. */
import type { ChainHead } from "../../lambdas/core/bundle/heads.ts";
import { hashes, names, numbers } from "./columns.ts";

export interface HeadFault {
  readonly says: string;
  readonly index: number | undefined;
}

export interface HeadsBook {
  /** @param snapshot index of the `audit.heads` leaf; snapshots come in that order */
  add(head: ChainHead, snapshot: number): void;
  /** An event: does it agree, and does a snapshot reach as far as it? */
  see(index: number, chain: string, seq: number, hash: Uint8Array): "covered" | "beyond";
  readonly faults: readonly HeadFault[];
  /** Heads for which no event came by. */
  missing(): Generator<{ readonly chain: string; readonly seq: number; readonly snapshot: number }>;
}

const MOST_FAULTS = 1000;
const NONE = -1;

export function headsBook(): HeadsBook {
  const chains = names();
  /** By chain its last entry, and the one that the events have come to; by entry those before and after it of the same chain. */
  const last = numbers();
  const reached = numbers();
  const before = numbers();
  const after = numbers();
  /** By entry its place in the chain, its snapshot, and whether its event came by. */
  const seqs = numbers();
  const snapshots = numbers();
  const found = numbers();
  const said = hashes();
  let size = 0;
  const faults: HeadFault[] = [];
  return {
    faults,
    add: ({ chain, seq, hash }, snapshot) => {
      const isNew = chains.find(chain) === undefined;
      const slot = chains.number(chain);
      const previous = isNew ? NONE : last.get(slot);
      if (previous !== NONE && seqs.get(previous) > seq && faults.length < MOST_FAULTS)
        faults.push({
          says: `${chain} went back from #${seqs.get(previous)} to #${seq} in the snapshot of leaf ${snapshot}`,
          index: snapshot,
        });
      before.set(size, previous);
      after.set(size, NONE);
      if (previous === NONE) reached.set(slot, size);
      else after.set(previous, size);
      seqs.set(size, seq);
      snapshots.set(size, snapshot);
      found.set(size, 0);
      said.set(size, Buffer.from(hash, "base64url"));
      last.set(slot, size++);
    },
    see: (index, chain, seq, hash) => {
      const slot = chains.find(chain);
      if (slot === undefined) return "beyond";
      // Entries of a chain ascend, and so do its events, but for a few: what is sought is near what was found last.
      let near = reached.get(slot);
      while (seqs.get(near) < seq && after.get(near) !== NONE) near = after.get(near);
      while (before.get(near) !== NONE && seqs.get(before.get(near)) >= seq) near = before.get(near);
      reached.set(slot, near);
      for (let at = near; at !== NONE && seqs.get(at) === seq; at = after.get(at)) {
        found.set(at, 1);
        if (!said.same(at, hash) && faults.length < MOST_FAULTS)
          faults.push({ says: `${chain}#${seq} is another event in the audit table, by the snapshot of leaf ${snapshots.get(at)}`, index });
      }
      return seqs.get(near) >= seq ? "covered" : "beyond";
    },
    missing: function* () {
      for (let slot = 0; slot < chains.size; slot++)
        for (let at = last.get(slot); at !== NONE; at = before.get(at))
          if (found.get(at) === 0) yield { chain: chains.name(slot), seq: seqs.get(at), snapshot: snapshots.get(at) };
    },
  };
}
