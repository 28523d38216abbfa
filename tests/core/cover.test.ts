import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clinic } from "../../lambdas/core/clinic.ts";
import { coverAt, type Facts } from "../../lambdas/core/cover.ts";
import { instantOf, isOpen, opensAt } from "../../lambdas/core/hours.ts";

/** A zone that still changes its clocks; Alberta no longer does (tz database 2026). */
const ZONE = "America/Toronto";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"] as const;
const every = (days: readonly string[], blocks: string[]): Record<string, string[]> => Object.fromEntries(days.map((day) => [day, blocks]));

/** A nurse in the day, a physician in the evening, nobody at night; Saturdays the physician, Sundays nobody. */
const CLINIC: Pick<Clinic, "hours" | "holidays" | "timeZone" | "onCall" | "unattended"> = {
  timeZone: ZONE,
  hours: every(WEEKDAYS, ["08:00-12:00", "13:00-16:30"]),
  holidays: ["2026-12-25"],
  onCall: [
    { id: "nurse", name: "Nurse", email: "nurse@clinic.example", hours: every(WEEKDAYS, ["08:00-16:30"]) },
    {
      id: "physician",
      name: "Physician",
      email: "physician@clinic.example",
      hours: { ...every(WEEKDAYS, ["16:00-22:00"]), sat: ["00:00-24:00"] },
    },
  ],
  unattended: { ...every(WEEKDAYS, ["00:00-08:00", "22:00-24:00"]), sun: ["00:00-24:00"] },
};
const local = (date: string, clock: string): number => instantOf(date, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)), ZONE);
const names = (at: number, facts: Facts = {}): string[] => coverAt(CLINIC, facts, at).people.map(({ id }) => id);
const clock = (at: number | undefined): string | undefined =>
  at === undefined
    ? undefined
    : new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, dateStyle: "short", timeStyle: "short", hourCycle: "h23" }).format(at);

describe("who is on call", () => {
  test.each([
    ["2026-11-24", "08:00", ["nurse"], true],
    ["2026-11-24", "15:59", ["nurse"], true],
    // both, the first of the file first
    ["2026-11-24", "16:00", ["nurse", "physician"], true],
    ["2026-11-24", "16:30", ["physician"], true],
    ["2026-11-24", "21:59", ["physician"], true],
    ["2026-11-24", "22:00", [], false],
    ["2026-11-24", "07:59", [], false],
    // Saturday all day, up to the last minute; Sunday nobody
    ["2026-11-28", "00:00", ["physician"], true],
    ["2026-11-28", "23:59", ["physician"], true],
    ["2026-11-29", "00:00", [], false],
  ])("%s %s: %j", (date, time, people, attended) => {
    const cover = coverAt(CLINIC, {}, local(date, time));
    expect([cover.people.map(({ id }) => id), cover.attended]).toEqual([people, attended]);
  });

  test("in unattended hours it says when cover begins, over a weekend and a holiday too", () => {
    expect(clock(coverAt(CLINIC, {}, local("2026-11-24", "23:00")).attendedFrom)).toBe("2026-11-25, 08:00");
    expect(clock(coverAt(CLINIC, {}, local("2026-11-29", "12:00")).attendedFrom)).toBe("2026-11-30, 08:00");
    // Thursday night before a holiday on a Friday: the physician of Saturday is next.
    expect(clock(coverAt(CLINIC, {}, local("2026-12-24", "23:00")).attendedFrom)).toBe("2026-12-26, 00:00");
    expect(coverAt(CLINIC, {}, local("2026-11-24", "10:00")).attendedFrom).toBeUndefined();
    expect(coverAt({ ...CLINIC, onCall: [] }, {}, local("2026-11-24", "10:00"))).toMatchObject({ people: [], attended: false });
  });

  test("on a holiday nothing is promised, and whoever the week names is paged all the same", () => {
    const cover = coverAt(CLINIC, {}, local("2026-12-25", "10:00"));
    expect([cover.people.map(({ id }) => id), cover.attended, clock(cover.attendedFrom)]).toEqual([["nurse"], false, "2026-12-26, 00:00"]);
  });

  test("where the week names somebody in unattended hours, nothing is promised", () => {
    const both = { ...CLINIC, unattended: { tue: ["09:00-10:00"] } };
    expect(coverAt(both, {}, local("2026-11-24", "09:30")).attended).toBe(false);
  });

  test("what staff said counts until its end, on a holiday and at night too", () => {
    const night = local("2026-11-24", "23:00");
    const facts = { onCall: { person: "physician", until: night + HOUR } };
    expect(coverAt(CLINIC, facts, night)).toMatchObject({ attended: true, people: [{ id: "physician" }] });
    expect(names(night + HOUR, facts)).toEqual([]);
    const holiday = local("2026-12-25", "10:00");
    expect(coverAt(CLINIC, { onCall: { person: "physician", until: holiday + 1 } }, holiday).attended).toBe(true);
    // In the place of whoever the week names.
    const noon = local("2026-11-24", "12:00");
    expect(names(noon, { onCall: { person: "physician", until: noon + HOUR } })).toEqual(["physician"]);
  });

  test("nobody, by a call: cover begins again when that ends, or when the week says", () => {
    const noon = local("2026-11-24", "12:00");
    const cover = coverAt(CLINIC, { onCall: { until: noon + HOUR } }, noon);
    expect([cover.people, cover.attended, clock(cover.attendedFrom)]).toEqual([[], false, "2026-11-24, 13:00"]);
    const late = local("2026-11-24", "21:00");
    expect(clock(coverAt(CLINIC, { onCall: { until: local("2026-11-24", "23:00") } }, late).attendedFrom)).toBe("2026-11-25, 08:00");
  });
});

describe("whether somebody reads", () => {
  test.each([
    ["2026-11-24", "09:00", true, undefined],
    ["2026-11-24", "12:30", false, "2026-11-24, 13:00"],
    ["2026-11-24", "16:30", false, "2026-11-25, 08:00"],
    ["2026-11-28", "10:00", false, "2026-11-30, 08:00"],
    ["2026-12-25", "10:00", false, "2026-12-28, 08:00"],
  ])("%s %s: %j", (date, time, open, opens) => {
    const cover = coverAt(CLINIC, {}, local(date, time));
    expect([cover.open, clock(cover.opensAt)]).toEqual([open, opens]);
  });

  test("closed by a call until then, and by the week after that", () => {
    const ten = local("2026-11-24", "10:00");
    expect(clock(coverAt(CLINIC, { closed: { until: local("2026-11-24", "11:00") } }, ten).opensAt)).toBe("2026-11-24, 11:00");
    expect(clock(coverAt(CLINIC, { closed: { until: local("2026-11-24", "20:00") } }, ten).opensAt)).toBe("2026-11-25, 08:00");
    expect(coverAt(CLINIC, { closed: { until: ten } }, ten).open).toBe(true);
  });

  test("a clinic without an hour is never open", () => {
    expect(coverAt({ ...CLINIC, hours: {} }, {}, local("2026-11-24", "10:00"))).toMatchObject({ open: false, opensAt: undefined });
  });
});

describe("on the days on which clocks change", () => {
  // Spring 2027: March 14, 02:00 → 03:00. Autumn 2026: November 1, 02:00 → 01:00.
  const NIGHT = { sun: ["00:00-01:30", "01:30-02:30", "02:30-24:00"] };

  test.each([
    ["2026-11-01", 25],
    ["2027-03-14", 23],
  ])("%s: three blocks that meet leave no minute out in %i hours", (date, hours) => {
    const start = local(date, "00:00");
    for (let minute = 0; minute < hours * 60; minute++) expect(isOpen(NIGHT, ZONE, [], start + minute * MINUTE)).toBe(true);
    expect(isOpen(NIGHT, ZONE, [], start + hours * HOUR)).toBe(false);
    expect(isOpen(NIGHT, ZONE, [], start - 1)).toBe(false);
  });

  test("eight is eight on either side", () => {
    const week = { sat: ["08:00-09:00"], sun: ["08:00-09:00"], mon: ["08:00-09:00"] };
    expect(opensAt(week, ZONE, [], Date.parse("2026-10-31T13:30:00Z"))).toBe(Date.parse("2026-11-01T13:00:00Z"));
    expect(opensAt(week, ZONE, [], Date.parse("2027-03-13T14:30:00Z"))).toBe(Date.parse("2027-03-14T12:00:00Z"));
  });
});

test("what opens next is never before it is asked, is open, and nothing opens between", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse("2026-01-01T00:00:00Z") / MINUTE, max: Date.parse("2028-01-01T00:00:00Z") / MINUTE }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (minutes, part) => {
        const from = minutes * MINUTE;
        const opens = opensAt(CLINIC.hours, ZONE, CLINIC.holidays, from) ?? 0;
        expect(opens).toBeGreaterThanOrEqual(from);
        expect(isOpen(CLINIC.hours, ZONE, CLINIC.holidays, opens)).toBe(true);
        const between = from + Math.floor((opens - from) * part);
        if (between < opens) expect(isOpen(CLINIC.hours, ZONE, CLINIC.holidays, between)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
