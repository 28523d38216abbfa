/**
 * Chains, as their events come by in the log's order, which is not always theirs. Kept of each chain: how far it is whole, and
 * what has come too early.
 */
import { HASH_SIZE } from "../../lambdas/core/tlog/hashes.ts";

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
  readonly hash: Buffer;
  readonly prev: Buffer;
}

export interface Chains {
  add(index: number, chain: string, seq: number, hash: Uint8Array, prev: Uint8Array): void;
  finish(fromTheBeginning: boolean): ChainSummary;
}

const MOST_FAULTS = 1000;

export function chains(): Chains {
  const slots = new Map<string, number>();
  let room = 1024;
  let first = new Float64Array(room);
  let last = new Float64Array(room);
  /** Leaf of the first. */
  let starts = new Float64Array(room);
  let hashes = Buffer.alloc(room * HASH_SIZE);
  let befores = Buffer.alloc(room * HASH_SIZE);
  const early = new Map<number, Early[]>();
  const faults: ChainFault[] = [];
  const fault = (index: number, says: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ index, says });
  };
  const grow = (): void => {
    room *= 2;
    const more = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(room);
      to.set(from);
      return to;
    };
    first = more(first);
    last = more(last);
    starts = more(starts);
    hashes = Buffer.concat([hashes, Buffer.alloc(hashes.length)]);
    befores = Buffer.concat([befores, Buffer.alloc(befores.length)]);
  };
  const at = (all: Buffer, slot: number): Buffer => all.subarray(slot * HASH_SIZE, (slot + 1) * HASH_SIZE);
  const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

  /** Whether the event joins on to what is whole, at either end. */
  function joins(slot: number, chain: string, { seq, index, hash, prev }: Early): boolean {
    const whole = { first: first[slot] as number, last: last[slot] as number };
    if (seq === whole.last + 1) {
      if (!same(prev, at(hashes, slot))) fault(index, unlinked(chain, seq));
      last[slot] = seq;
      at(hashes, slot).set(hash);
      return true;
    }
    if (seq === whole.first - 1) {
      if (!same(hash, at(befores, slot))) fault(index, `${chain}#${whole.first} names another event before it than this one`);
      first[slot] = seq;
      starts[slot] = index;
      at(befores, slot).set(prev);
      return true;
    }
    if (seq >= whole.first && seq <= whole.last) {
      const again = seq === whole.last && same(hash, at(hashes, slot));
      fault(index, again ? `${chain}#${seq} stands in the log twice` : fork(chain, seq));
      return true;
    }
    return false;
  }

  return {
    add: (index, chain, seq, hash, prev) => {
      const slot = slots.get(chain);
      if (slot === undefined) {
        const next = slots.size;
        if (next === room) grow();
        slots.set(chain, next);
        first[next] = seq;
        last[next] = seq;
        starts[next] = index;
        at(hashes, next).set(hash);
        at(befores, next).set(prev);
        return;
      }
      const event = { seq, index, hash: Buffer.from(hash), prev: Buffer.from(prev) };
      const waiting = early.get(slot);
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
      for (const [chain, slot] of slots) {
        const whole = { from: first[slot] as number, to: last[slot] as number, index: starts[slot] as number };
        const runs = [
          { ...whole, hash: at(hashes, slot), prev: at(befores, slot) },
          ...(early.get(slot) ?? []).map((each) => ({ ...each, from: each.seq, to: each.seq })),
        ].sort((a, b) => a.from - b.from || a.index - b.index);
        const start = runs[0] as (typeof runs)[number];
        if (start.from > 0 && fromTheBeginning) gaps.push({ chain, seq: 0, index: start.index });
        else if (start.from > 0) begun++;
        for (const [n, run] of runs.slice(1).entries()) {
          const before = runs[n] as (typeof runs)[number];
          if (run.from > before.to + 1) gaps.push({ chain, seq: before.to + 1, index: run.index });
          else if (run.from <= before.to) fault(run.index, fork(chain, run.from));
          else if (!same(run.prev, before.hash)) fault(run.index, unlinked(chain, run.from));
        }
      }
      return { chains: slots.size, begun, faults, gaps };
    },
  };
}

const fork = (chain: string, seq: number): string => `${chain}#${seq} is a fork: another event has that place already`;
const unlinked = (chain: string, seq: number): string => `${chain}#${seq} does not name the event before it`;
