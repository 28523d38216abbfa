export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this; absent where there is none. */
  readonly goal?: number;
  /** What to read beside it. */
  readonly beside?: string;
}

/** A table for each part, goals beside the figures. */
export function print(figures: readonly Figure[]): void {
  for (const [part, rows] of Map.groupBy(figures, (figure) => figure.part)) {
    process.stdout.write(`\n${part}\n`);
    for (const { name, value, unit, goal, beside } of rows) {
      const shown = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(Number.isInteger(value) ? 0 : 2);
      const judged = goal === undefined ? "" : `${value <= goal ? "meets" : "MISSES"} the goal of ${goal}`;
      process.stdout.write(`  ${name.padEnd(34)}${shown.padStart(9)} ${unit.padEnd(10)}${judged.padEnd(26)}${beside ?? ""}\n`);
    }
  }
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
