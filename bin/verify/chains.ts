/**
 * Chains, as their events come by in the log's order, which is not always theirs. Kept of each chain: how far it is whole, and
 * what has come too early.
 */
import { sameHash } from "../../lambdas/core/tlog/hashes.ts";
import { hashes, names, numbers } from "./columns.ts";

export interface ChainFault {
  readonly index: number;
  readonly says: string;
}

export interface ChainGap {
  readonly chain: string;
  /** The first event that is missing. */
  readonly seq: number;
  /** Leaf of the event behind the gap. */
  readonly index: number;
}

export interface ChainSummary {
  readonly chains: number;
  /** Chains whose first event stands before these leaves. */
  readonly begun: number;
  readonly faults: readonly ChainFault[];
  readonly gaps: readonly ChainGap[];
}

interface Early {
  readonly seq: number;
  readonly index: number;
  readonly hash: Uint8Array;
  readonly prev: Uint8Array;
}

export interface Chains {
  add(index: number, chain: string, seq: number, hash: Uint8Array, prev: Uint8Array): void;
  finish(fromTheBeginning: boolean): ChainSummary;
}

const MOST_FAULTS = 1000;

export function chains(): Chains {
  const known = names();
  /** By chain: from where to where it is whole, the leaf that begins it, the hash of its end, and what its beginning names. */
  const first = numbers();
  const last = numbers();
  const starts = numbers();
  const ends = hashes();
  const befores = hashes();
  const early = new Map<number, Early[]>();
  const faults: ChainFault[] = [];
  const fault = (index: number, says: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ index, says });
  };

  /** The common case, without an object: the next event of its chain, which names the one before it. */
  function follows(slot: number, seq: number, hash: Uint8Array, prev: Uint8Array): boolean {
    if (seq !== last.get(slot) + 1 || !ends.same(slot, prev)) return false;
    last.set(slot, seq);
    ends.set(slot, hash);
    return true;
  }

  /** Whether the event joins on to what is whole, at either end. */
  function joins(slot: number, chain: string, { seq, index, hash, prev }: Early): boolean {
    const whole = { first: first.get(slot), last: last.get(slot) };
    if (seq === whole.last + 1) {
      if (!ends.same(slot, prev)) fault(index, unlinked(chain, seq));
      last.set(slot, seq);
      ends.set(slot, hash);
      return true;
    }
    if (seq === whole.first - 1) {
      if (!befores.same(slot, hash)) fault(index, `${chain}#${whole.first} names another event before it than this one`);
      first.set(slot, seq);
      starts.set(slot, index);
      befores.set(slot, prev);
      return true;
    }
    if (seq >= whole.first && seq <= whole.last) {
      const again = seq === whole.last && ends.same(slot, hash);
      fault(index, again ? `${chain}#${seq} stands in the log twice` : fork(chain, seq));
      return true;
    }
    return false;
  }

  return {
    add: (index, chain, seq, hash, prev) => {
      const slot = known.find(chain);
      if (slot === undefined) {
        const next = known.number(chain);
        first.set(next, seq);
        last.set(next, seq);
        starts.set(next, index);
        ends.set(next, hash);
        befores.set(next, prev);
        return;
      }
      const waiting = early.get(slot);
      if (!waiting && follows(slot, seq, hash, prev)) return;
      const event = { seq, index, hash: Uint8Array.from(hash), prev: Uint8Array.from(prev) };
      if (!joins(slot, chain, event)) {
        if (waiting) waiting.push(event);
        else early.set(slot, [event]);
        return;
      }
      if (!waiting) return;
      const rest = waiting.sort((a, b) => a.seq - b.seq).filter((each) => !joins(slot, chain, each));
      const still = rest.reverse().filter((each) => !joins(slot, chain, each));
      if (still.length === 0) early.delete(slot);
      else early.set(slot, still);
    },
    finish: (fromTheBeginning) => {
      const gaps: ChainGap[] = [];
      let begun = 0;
      for (let slot = 0; slot < known.size; slot++) {
        const chain = known.name(slot);
        const waiting = early.get(slot);
        if (!waiting && first.get(slot) === 0) continue;
        const whole = { from: first.get(slot), to: last.get(slot), index: starts.get(slot) };
        const runs = [
          { ...whole, hash: ends.copy(slot), prev: befores.copy(slot) },
          ...(waiting ?? []).map((each) => ({ ...each, from: each.seq, to: each.seq })),
        ].sort((a, b) => a.from - b.from || a.index - b.index);
        const start = runs[0] as (typeof runs)[number];
        if (start.from > 0 && fromTheBeginning) gaps.push({ chain, seq: 0, index: start.index });
        else if (start.from > 0) begun++;
        for (const [n, run] of runs.slice(1).entries()) {
          const before = runs[n] as (typeof runs)[number];
          if (run.from > before.to + 1) gaps.push({ chain, seq: before.to + 1, index: run.index });
          else if (run.from <= before.to) fault(run.index, fork(chain, run.from));
          else if (!sameHash(run.prev, before.hash)) fault(run.index, unlinked(chain, run.from));
        }
      }
      return { chains: known.size, begun, faults, gaps };
    },
  };
}

const fork = (chain: string, seq: number): string => `${chain}#${seq} is a fork: another event has that place already`;
const unlinked = (chain: string, seq: number): string => `${chain}#${seq} does not name the event before it`;
