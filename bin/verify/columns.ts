/** Columns that grow: what is kept of millions of events lies in arrays of numbers and bytes, not in objects. */
import { HASH_SIZE } from "../../lambdas/core/tlog/hashes.ts";

const CHUNK = 2 ** 14;

export interface Numbers {
  get(at: number): number;
  set(at: number, value: number): void;
}

export function numbers(): Numbers {
  const chunks: Float64Array[] = [];
  return {
    get: (at) => (chunks[Math.floor(at / CHUNK)] as Float64Array)[at % CHUNK] as number,
    set: (at, value) => {
      while (chunks.length * CHUNK <= at) chunks.push(new Float64Array(CHUNK));
      (chunks[Math.floor(at / CHUNK)] as Float64Array)[at % CHUNK] = value;
    },
  };
}

export interface Hashes {
  set(at: number, hash: Uint8Array): void;
  same(at: number, hash: Uint8Array): boolean;
  copy(at: number): Uint8Array;
}

export function hashes(): Hashes {
  const chunks: Uint8Array[] = [];
  const chunk = (at: number): Uint8Array => chunks[Math.floor(at / CHUNK)] as Uint8Array;
  return {
    set: (at, hash) => {
      while (chunks.length * CHUNK <= at) chunks.push(new Uint8Array(CHUNK * HASH_SIZE));
      chunk(at).set(hash, (at % CHUNK) * HASH_SIZE);
    },
    same: (at, hash) => {
      const bytes = chunk(at);
      const from = (at % CHUNK) * HASH_SIZE;
      for (let n = 0; n < HASH_SIZE; n++) if (bytes[from + n] !== hash[n]) return false;
      return true;
    },
    copy: (at) => chunk(at).slice((at % CHUNK) * HASH_SIZE, ((at % CHUNK) + 1) * HASH_SIZE),
  };
}

/** Numbers names, from 0 on in the order in which they come. */
export interface Names {
  /** undefined: not known yet. */
  find(name: string): number | undefined;
  /** Its number, a new one where it is new. */
  number(name: string): number;
  name(number: number): string;
  readonly size: number;
}

export function names(): Names {
  const known = new Map<string, number>();
  const all: string[] = [];
  return {
    find: (name) => known.get(name),
    number: (name) => {
      const before = known.get(name);
      if (before !== undefined) return before;
      // A part of a longer string would keep all of that in memory.
      const own = Buffer.from(name).toString();
      known.set(own, all.length);
      return all.push(own) - 1;
    },
    name: (number) => all[number] as string,
    get size() {
      return all.length;
    },
  };
}
