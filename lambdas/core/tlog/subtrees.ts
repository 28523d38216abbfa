/**
 * Which perfect subtrees cover a run of leaves. All arithmetic is on numbers below 2^53: a log outgrows 32 bits before it
 * outgrows these.
 */

/** A perfect subtree: the `index`-th of those that cover 2^level leaves each. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The fewest perfect subtrees that cover leaves [begin, end), from left to right. */
export function cover(begin: number, end: number): Subtree[] {
  const out: Subtree[] = [];
  for (let at = begin; at < end; ) {
    let level = 0;
    let width = 1;
    while (at % (2 * width) === 0 && at + 2 * width <= end) {
      level++;
      width *= 2;
    }
    out.push({ level, index: at / width });
    at += width;
  }
  return out;
}

/** The largest power of two below n, for n > 1: where RFC 6962 splits a tree of n leaves. */
export function split(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}
