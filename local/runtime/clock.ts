import type { Clock } from "../aws/index.ts";
import { simulateDate } from "./simulated-date.ts";

/** Simulated time: it runs as real time does, and can be moved on, never back. */
export interface SimulatedClock extends Clock {
  offset(): number;
  advance(ms: number): void;
  /** @throws Error where that would be in the past */
  set(ms: number): void;
  /** Is told after every move. */
  onMove(listener: (offset: number) => void): void;
  close(): void;
}

/** Installs simulated time in this process. @param offset where kept data left off */
export function openClock(offset = 0): SimulatedClock {
  let ahead = offset;
  const restore = simulateDate(() => ahead);
  const waiting = new Set<{ ms: number; fn: () => void; timer: NodeJS.Timeout | undefined }>();
  const listeners: ((offset: number) => void)[] = [];

  const arm = (entry: { ms: number; fn: () => void; timer: NodeJS.Timeout | undefined }): void => {
    clearTimeout(entry.timer);
    const left = entry.ms - Date.now();
    if (left <= 0) {
      waiting.delete(entry);
      entry.fn();
      return;
    }
    entry.timer = setTimeout(() => arm(entry), Math.min(left, 2 ** 30));
    entry.timer.unref();
  };
  const move = (by: number): void => {
    ahead += by;
    for (const entry of [...waiting].sort((a, b) => a.ms - b.ms)) if (waiting.has(entry)) arm(entry);
    for (const listener of listeners) listener(ahead);
  };

  return {
    now: () => Date.now(),
    offset: () => ahead,
    at(ms, fn) {
      const entry = { ms, fn, timer: undefined };
      waiting.add(entry);
      arm(entry);
      return () => {
        clearTimeout(entry.timer);
        waiting.delete(entry);
      };
    },
    advance(ms) {
      if (!(ms >= 0)) throw new Error("the clock never goes back");
      move(ms);
    },
    set(ms) {
      const by = ms - Date.now();
      if (!(by >= 0)) throw new Error("the clock never goes back");
      move(by);
    },
    onMove: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      for (const entry of waiting) clearTimeout(entry.timer);
      waiting.clear();
      restore();
    },
  };
}

/** Milliseconds of an ISO 8601 duration of days and below ("PT8H", "P1DT30M"). @throws Error for anything else */
export function durationMs(text: string): number {
  const [whole, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text) ?? [];
  if (whole === undefined || whole === "P" || whole.endsWith("T")) throw new Error('write a duration as "PT8H" or "P1DT30M"');
  return ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60_000 + Number(seconds ?? 0) * 1000;
}
