import { describe, expect, it } from "vitest";
import { durationMs, openClock } from "../../../local/runtime/clock.ts";

const HOUR = 3_600_000;

describe("simulated time", () => {
  it("is what Date tells while it is open, and real time afterwards", () => {
    const real = Date;
    const before = Date.now();
    const clock = openClock(HOUR);
    try {
      clock.advance(HOUR);
      expect(Date.now()).toBeGreaterThanOrEqual(before + 2 * HOUR);
      expect(Date.parse(new Date().toISOString())).toBeGreaterThanOrEqual(before + 2 * HOUR);
      expect(Date.parse(Date())).toBeGreaterThan(before + HOUR);
      expect(clock.offset()).toBe(2 * HOUR);
      // A given moment stays what it is, and a date is a date.
      expect(new Date(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
      expect(new Date(2026, 0, 2).getDate()).toBe(2);
      expect(Date.parse("1970-01-01T00:00:01Z")).toBe(1_000);
      expect(new Date()).toBeInstanceOf(Date);
      expect(new Date()).toBeInstanceOf(real);
    } finally {
      clock.close();
    }
    expect(Date).toBe(real);
    expect(Date.now()).toBeLessThan(before + HOUR);
  });

  it("never goes back", () => {
    const clock = openClock();
    try {
      expect(() => clock.advance(-1)).toThrow("never goes back");
      expect(() => clock.advance(Number.NaN)).toThrow("never goes back");
      expect(() => clock.set(clock.now() - HOUR)).toThrow("never goes back");
      expect(clock.offset()).toBe(0);
      clock.set(clock.now() + HOUR);
      expect(clock.offset()).toBe(HOUR);
    } finally {
      clock.close();
    }
  });

  it("wakes whoever waits, in the order of their times, once, and not those who took it back", () => {
    const clock = openClock();
    const woken: string[] = [];
    try {
      const start = clock.now();
      clock.at(start + 3 * HOUR, () => woken.push("third"));
      clock.at(start + HOUR, () => {
        woken.push("first");
        // Asked for on the way, already past: at once.
        clock.at(start + HOUR, () => woken.push("at once"));
      });
      clock.at(start + 2 * HOUR, () => woken.push("second"));
      const takeBack = clock.at(start + 2 * HOUR, () => woken.push("taken back"));
      clock.at(start + 30 * 24 * HOUR, () => woken.push("in a month"));
      takeBack();
      clock.advance(HOUR / 2);
      expect(woken).toEqual([]);
      clock.advance(3 * HOUR);
      expect(woken).toEqual(["first", "at once", "second", "third"]);
      clock.advance(60 * 24 * HOUR);
      expect(woken.slice(4)).toEqual(["in a month"]);
    } finally {
      clock.close();
    }
  });

  it("wakes by itself too, as time runs", async () => {
    const clock = openClock(HOUR);
    try {
      const at = clock.now() + 30;
      await new Promise<void>((resolve) => {
        clock.at(at, resolve);
        // The clock does not keep a process alive; something that waits for it does.
        setTimeout(() => undefined, 2_000);
      });
      expect(Date.now()).toBeGreaterThanOrEqual(at);
    } finally {
      clock.close();
    }
  });

  it("tells its listeners how far it is ahead", () => {
    const clock = openClock(5);
    const told: number[] = [];
    try {
      clock.onMove((offset) => told.push(offset));
      clock.advance(10);
      clock.advance(0);
      expect(told).toEqual([15, 15]);
    } finally {
      clock.close();
    }
  });
});

describe("durations", () => {
  it.each([
    ["PT8H", 8 * HOUR],
    ["P1D", 24 * HOUR],
    ["P1DT30M", 24.5 * HOUR],
    ["PT1.5S", 1_500],
    ["PT0S", 0],
  ])("%s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(["", "P", "PT", "P1DT", "8H", "PT8", "P1M", "P1Y", "-PT1H", "PT1H ", "pt1h"])("refuses %j", (text) => {
    expect(() => durationMs(text)).toThrow("write a duration as");
  });
});
