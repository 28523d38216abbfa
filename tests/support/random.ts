/** Random numbers that a seed fixes (xorshift with a golden-ratio start): a failing history can be run again. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number below `n`. */
  below(n: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** @param seed a whole number */
export function seeded(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let turn = 0; turn < 8; turn++) next();
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, chance: (share) => next() < share, pick: (from) => from[below(from.length)] ?? from[0] };
}
