import fc from "fast-check";
import { expect, test } from "vitest";
import { afterOneOpenDay, afterOpenMinutes, instantOf, localDate } from "../../lambdas/core/hours.ts";

/** A zone that still changes its clocks; Alberta no longer does (tz database 2026). */
const ZONE = "America/Toronto";
const WEEK = {
  mon: ["08:00-12:00", "13:00-16:30"],
  tue: ["08:00-16:30"],
  wed: ["08:00-16:30"],
  thu: ["08:00-19:00"],
  fri: ["08:00-16:00"],
};
const at = (text: string): number => Date.parse(text);
const due = (from: string, minutes: number, holidays: string[] = []): string =>
  new Date(afterOpenMinutes(WEEK, ZONE, holidays, at(from), minutes)).toISOString();

test.each([
  // in the open hours: plain time (Tuesday 10:00 in Toronto is 15:00 UTC in winter)
  ["2026-11-24T15:00:00Z", 120, "2026-11-24T17:00:00.000Z"],
  // Tuesday 16:00 + 60: half an hour is left today, the rest on Wednesday morning
  ["2026-11-24T21:00:00Z", 60, "2026-11-25T13:30:00.000Z"],
  // at night, before opening, and on the weekend
  ["2026-11-24T06:00:00Z", 30, "2026-11-24T13:30:00.000Z"],
  ["2026-11-28T16:00:00Z", 15, "2026-11-30T13:15:00.000Z"],
  // over the lunch break of a Monday
  ["2026-11-30T16:50:00Z", 20, "2026-11-30T18:10:00.000Z"],
])("%s + %i open minutes is %s", (from, minutes, expected) => {
  expect(due(from, minutes)).toBe(expected);
});

test("a holiday is closed all day", () => {
  expect(due("2026-12-24T21:00:00Z", 300, ["2026-12-25"])).toBe("2026-12-28T15:00:00.000Z");
});

test("the clock changes: 08:00 is 08:00 on both sides, and a skipped or doubled hour is told apart", () => {
  // Spring 2027: March 14, 02:00 → 03:00. Autumn 2026: November 1, 02:00 → 01:00.
  expect(new Date(instantOf("2027-03-13", 480, ZONE)).toISOString()).toBe("2027-03-13T13:00:00.000Z");
  expect(new Date(instantOf("2027-03-14", 480, ZONE)).toISOString()).toBe("2027-03-14T12:00:00.000Z");
  expect(new Date(instantOf("2026-11-01", 90, ZONE)).toISOString()).toBe("2026-11-01T05:30:00.000Z");
  const skipped = instantOf("2027-03-14", 150, ZONE);
  expect(skipped).toBeGreaterThanOrEqual(at("2027-03-14T07:00:00Z"));
  expect(skipped).toBeLessThanOrEqual(at("2027-03-14T08:00:00Z"));
});

test("no open hour at all: never means never due, so plain time counts", () => {
  expect(afterOpenMinutes({}, ZONE, [], at("2026-11-24T15:00:00Z"), 45)).toBe(at("2026-11-24T15:45:00Z"));
});

test("due is later than asked, later the more minutes, and always in the open hours", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2028-01-01T00:00:00Z") }),
      fc.integer({ min: 1, max: 2000 }),
      (from, minutes) => {
        const one = afterOpenMinutes(WEEK, ZONE, [], from, minutes);
        expect(one).toBeGreaterThanOrEqual(from + minutes * 60_000);
        expect(afterOpenMinutes(WEEK, ZONE, [], from, minutes + 1)).toBeGreaterThan(one);
        const clock = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(
          one,
        );
        expect(clock).not.toMatch(/^(Sat|Sun)/);
        const [hour = 0, minute = 0] = clock.slice(-5).split(":").map(Number);
        expect(hour * 60 + minute).toBeGreaterThanOrEqual(480);
        expect(hour * 60 + minute).toBeLessThanOrEqual(1140);
      },
    ),
    { numRuns: 300 },
  );
});

test("a local day is the clinic's, not Greenwich's", () => {
  expect(localDate(at("2026-11-25T04:59:00Z"), ZONE)).toBe("2026-11-24");
  expect(localDate(at("2026-11-25T05:00:00Z"), ZONE)).toBe("2026-11-25");
});

test.each([
  // As much open time as the day itself has.
  ["2026-11-24T10:00:00-05:00", "2026-11-25T10:00:00-05:00"],
  ["2026-11-26T10:00:00-05:00", "2026-11-27T10:00:00-05:00"],
  // On a Saturday, and on a holiday, the next open day's whole time.
  ["2026-11-28T10:00:00-05:00", "2026-11-30T16:30:00-05:00"],
  ["2026-12-25T10:00:00-05:00", "2026-12-28T16:30:00-05:00"],
  // Before it opens, the day itself; a night's change of clocks takes no open time.
  ["2026-11-24T05:00:00-05:00", "2026-11-24T16:30:00-05:00"],
  ["2026-10-31T10:00:00-04:00", "2026-11-02T16:30:00-05:00"],
])("one open day after %s is %s", (from, until) => {
  expect(new Date(afterOneOpenDay(WEEK, ZONE, ["2026-12-25"], at(from))).toISOString()).toBe(new Date(until).toISOString());
});

test("where no day is ever open, one open day is a day", () => {
  expect(afterOneOpenDay({}, ZONE, [], 0)).toBe(86_400_000);
});
