import type { Clock } from "../../../../local/aws/clock.ts";

/** A clock that stands still until a test moves it. `Date.now()` stays real: what is tested with it asks the clock only. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(start = Date.now()): ManualClock {
  let now = start;
  let waiting: { ms: number; fn: () => void }[] = [];
  return {
    now: () => now,
    at: (ms, fn) => {
      if (ms <= now) {
        fn();
        return () => {};
      }
      const entry = { ms, fn };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance: (by) => {
      now += by;
      const due = waiting.filter(({ ms }) => ms <= now).sort((left, right) => left.ms - right.ms);
      waiting = waiting.filter((entry) => !due.includes(entry));
      for (const { fn } of due) fn();
    },
  };
}
