/** Each hook refuses something that no other does: a gate that lacks one lets it through. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clinic, Rule } from "../../lambdas/core/clinic.ts";
import { decide, HOOKS } from "../../lambdas/core/gate.ts";
import type { Facts } from "../../lambdas/core/hook.ts";
import { leavesAt, zoneOf } from "../../lambdas/core/hooks/hours.ts";
import { localDate, localTime } from "../../lambdas/core/hours.ts";
import type { Doubt } from "../../lambdas/core/items.ts";
import type { Found } from "../../lambdas/core/judged.ts";
import { CONTENT_KINDS, type ContentKind, IDENTIFIER_KINDS } from "../../lambdas/core/reading/content-kinds.ts";
import { allowed, conversation, effective, key, link, number, patient, reply } from "../support/facts.ts";
import { clinic, DAY, HOUR, MINUTE, START } from "../support/world.ts";

const PLAIN = { hooks: [], failed: () => undefined };
const before = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most }).map((ms) => START - ms);

/** A clinic with rules of a jurisdiction's pack. */
const ruled = (sets: Rule["sets"]): Clinic => ({
  ...clinic,
  rules: [{ id: "us", name: "US", rules: [{ id: "rule", says: "A rule.", source: "a statute", lawAsOf: "2026-01-01", sets }] }] as never,
});
const scenario = (change: object): Facts["scenario"] => ({ ...allowed.scenario, ...change }) as Facts["scenario"];

/** The scheduling scenario with a person's own words, in which these findings were made. */
const written = (findings: readonly Found[], acknowledged: readonly string[] = []): Facts => ({
  ...allowed,
  scenario: clinic.scenarios[1],
  template: undefined,
  freeText: true,
  judged: { characters: 60, namesSender: false, saysStop: false, content: { label: "clinical", findings, model: "m" } },
  acknowledged,
});
const found = (kind: fc.Arbitrary<ContentKind>, preview = false): fc.Arbitrary<Found> =>
  fc.record({ kind, from: fc.nat(39), by: fc.constantFrom("rule" as const, "model" as const) }).map(({ kind: what, from, by }) => ({
    id: `${what}:${from}-${from + 5}`,
    kind: what,
    from,
    to: from + 5,
    severity: by === "rule" ? "refuse" : "ask",
    by,
    ...(preview ? { preview: true as const } : {}),
  }));
const anyKind = fc.constantFrom(...CONTENT_KINDS);
const identifier = fc.constantFrom(...IDENTIFIER_KINDS);

const doubtful = (why: Doubt): Facts => ({ ...allowed, number: { ...number, doubt: { at: START - HOUR, why } } });

/** For each hook, facts that it alone stops. */
const ONLY: Readonly<Record<string, fc.Arbitrary<Facts>>> = {
  scenario: fc.oneof(
    fc.constantFrom<Facts>(
      { ...allowed, scenario: scenario({ allowed: false }) },
      { ...allowed, template: undefined },
      { ...written([]), scenario: scenario({}) },
    ),
    fc.constantFrom("template-params", "text-empty", "text-control-characters").map((unrendered) => ({ ...allowed, unrendered }) as Facts),
    fc.integer({ min: 1, max: 800 }).map((days) => ({
      ...allowed,
      scenario: scenario({ review: new Date(START - days * DAY).toISOString().slice(0, 10) }),
    })),
  ),
  ground: fc
    .integer({ min: 72 * HOUR + 1, max: 900 * DAY })
    .map((ago) => ({ ...reply, conversation: { ...conversation, lastInboundAt: START - ago } })),
  consent: fc.oneof(
    fc.constantFrom("declined", "withdrawn", "asked").map((status) => ({ ...allowed, patient: effective({ status }) })),
    before(900 * DAY).map((until) => ({ ...allowed, patient: effective({ until }) })),
    fc.integer({ min: 1, max: 99 }).map((epoch) => ({ ...allowed, number: { ...number, epoch } })),
    fc.constantFrom("basics/v2", "other/v1", "").map((wording) => ({ ...allowed, patient: effective({ wording }) })),
    fc
      .constantFrom({ approved: undefined }, { withdrawn: "2026-11-23" }, { purposes: ["recall"] })
      .map((change) => ({ ...allowed, clinic: { ...clinic, wordings: clinic.wordings.map((each) => ({ ...each, ...change })) } }) as Facts),
    fc.constant({ ...allowed, patient: { ...patient, effective: {} } }),
  ),
  patient: fc.oneof(
    before(900 * DAY).map((at) => ({ ...allowed, patient: { ...patient, deceased: at } })),
    before(900 * DAY).map((at) => ({ ...reply, patient: { ...patient, left: at } })),
    before(900 * DAY).map((at) => ({ ...allowed, patient: { ...patient, paused: { at, number: key.PK } } })),
  ),
  number: fc.oneof(
    fc.constantFrom<Facts>(
      { ...allowed, number: { ...number, state: "stopped" } },
      { ...reply, number: { ...number, state: "stopped" } },
      { ...allowed, number: { ...number, kind: "work" } },
      { ...allowed, links: [link("pat_1", "self", false)] },
      { ...allowed, neutral: false, links: [link("pat_1"), link("pat_2")] },
      { ...allowed, patient: { ...patient, noContact: { at: START, by: "p.officer", reason: "safety" } } },
      { ...reply, number: { ...number, noContact: { at: START, by: "p.officer", reason: "safety" } } },
    ),
    fc.constantFrom<Doubt>("bounced", "wrong-number", "ended").map(doubtful),
    fc.constantFrom(2, 3, 4).map((numberLevel) => ({ ...allowed, scenario: scenario({ numberLevel }) })),
  ),
  content: fc.oneof(
    fc.array(found(anyKind), { minLength: 1, maxLength: 6 }).map((findings) => written(findings)),
    // An identifier stays one, whatever is acknowledged.
    found(identifier).map((each) => written([each], [each.id])),
    found(anyKind).map((each) => ({ ...reply, judged: written([each]).judged })),
    fc.constant({ ...written([]), judged: { characters: 60, namesSender: false, saysStop: false } }),
  ),
  preview: fc.oneof(
    fc.array(found(anyKind, true), { minLength: 1, maxLength: 6 }).map((findings) => written(findings)),
    found(identifier, true).map((each) => written([each], [each.id])),
  ),
  length: fc.oneof(
    fc.integer({ min: clinic.maxParts + 1, max: 20 }).map((parts) => ({ ...allowed, parts })),
    fc.integer({ min: 161, max: 459 }).map((characters) => ({
      ...allowed,
      clinic: ruled({ maxCharacters: 160 }),
      judged: { characters, namesSender: true, saysStop: true },
    })),
  ),
  time: fc.oneof(
    before(900 * DAY).map((expiresAt) => ({ ...allowed, expiresAt })),
    fc.integer({ min: 1, max: 30 * DAY }).map((ms) => ({ ...allowed, sendAt: START + ms, expiresAt: START + ms + HOUR })),
  ),
  hours: fc.oneof(
    // A Tuesday at ten: open from the afternoon on, or not before Thursday.
    fc.integer({ min: 11, max: 22 }).map((hour) => ({
      ...allowed,
      clinic: { ...clinic, textingHours: { tue: [`${hour}:30-23:00`] } },
      expiresAt: START + 30 * DAY,
    })),
    fc.integer({ min: 1, max: 40 }).map((hours) => ({
      ...allowed,
      clinic: { ...clinic, textingHours: { thu: ["08:00-20:00"] } },
      expiresAt: START + hours * HOUR,
    })),
    // Ten in Alberta is no hour to text somebody who is in Tokyo.
    fc.constant<Facts>({
      ...allowed,
      clinic: { ...clinic, textingHours: { tue: ["08:00-20:00"], wed: ["08:00-20:00"] } },
      patient: { ...patient, zone: "Asia/Tokyo" },
      expiresAt: START + 2 * DAY,
    }),
  ),
  limits: fc.oneof(
    fc.integer({ min: 1, max: 9 * HOUR }).map((ago) => ({
      ...allowed,
      clinic: ruled({ perDay: 1 }),
      number: { ...number, counted: [START - ago] },
    })),
    fc.array(before(7 * DAY - 1), { minLength: 3, maxLength: 9 }).map((counted) => ({
      ...allowed,
      clinic: ruled({ perWeek: 3 }),
      number: { ...number, counted },
    })),
  ),
  commercial: fc.oneof(
    fc.constantFrom([true, false] as const, [false, true] as const, [false, false] as const).map(([namesSender, saysStop]) => ({
      ...allowed,
      scenario: scenario({ commercial: true }),
      judged: { characters: 60, namesSender, saysStop },
    })),
    // A judgement is no agreement to be sold something.
    fc.constant({
      ...allowed,
      scenario: scenario({ commercial: true }),
      judged: { characters: 60, namesSender: true, saysStop: true },
      patient: { ...patient, effective: {} },
      override: { role: "physician" },
    }),
  ),
  stage: fc.constantFrom(allowed, reply).map((facts) => ({ ...facts, number: { ...number, trial: false } })),
  override: fc
    .option(
      fc.string().filter((role) => role !== "physician"),
      { nil: undefined },
    )
    .map((role) => ({ ...allowed, override: { role } })),
};

describe.each(Object.entries(ONLY))("%s", (name, facts) => {
  test("stops what no other hook does", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decide(given);
        expect(decision.outcome).not.toBe("allow");
        expect(decision.hooks.filter(({ verdict }) => verdict === "refuse" || verdict === "hold").map(({ hook }) => hook)).toEqual([name]);
        const without = HOOKS.filter((hook) => hook.name !== name);
        expect(without).toHaveLength(HOOKS.length - 1);
        expect(decide(given, PLAIN, without).outcome).toBe("allow");
      }),
    );
  });
});

test("every hook of the gate is tried", () => {
  expect(Object.keys(ONLY).sort()).toEqual(HOOKS.map(({ name }) => name).sort());
});

test("words pass exactly where a person has acknowledged all that was found, and no identifier is among it", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(found(anyKind), fc.boolean()), { maxLength: 6 }), (findings) => {
      const acknowledged = findings.filter(([, said]) => said).map(([each]) => each.id);
      const passes = findings.every(([each]) => !IDENTIFIER_KINDS.has(each.kind) && acknowledged.includes(each.id));
      expect(
        decide(
          written(
            findings.map(([each]) => each),
            acknowledged,
          ),
        ).outcome,
      ).toBe(passes ? "allow" : "refuse");
    }),
  );
});

test.each<[string, ContentKind[], "rule" | "model"]>([
  ["content-identifier", ["phn", "result", "asks-identifier"], "rule"],
  ["content-asks-identifier", ["asks-identifier", "result"], "rule"],
  ["content-sensitive", ["result", "sexual-health"], "rule"],
  ["content-clinical", ["result", "link-shortener"], "rule"],
  ["content-link", ["link-shortener"], "rule"],
  ["content-doubtful", ["perhaps-clinical", "perhaps-sensitive"], "model"],
])("%s is told of %s", (code, kinds, by) => {
  const findings = kinds.map((kind, at): Found => ({ id: `${kind}:${at}-9`, kind, from: at, to: 9, severity: "refuse", by }));
  expect(decide(written(findings)).codes).toEqual([code]);
});

/** Zones whose clocks change, on either side of the equator and by half an hour, and some that do not. */
const ZONES = ["America/Toronto", "America/St_Johns", "America/Vancouver", "Australia/Lord_Howe", "Europe/Paris", "Asia/Tokyo", "UTC"];
const WEEK = {
  mon: ["08:00-12:00", "13:00-20:00"],
  tue: ["08:00-20:00"],
  wed: ["08:00-20:00"],
  thu: ["08:00-20:00"],
  fri: ["08:00-24:00"],
  sat: ["00:00-02:30"],
  sun: ["09:00-18:00"],
};
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

test("a text leaves at the first instant at which the patient's own clock shows an hour for texts, on both sides of every change of it", () => {
  const mayArrive = (at: number, zone: string): boolean => {
    const day = DAYS[new Date(`${localDate(at, zone)}T12:00:00Z`).getUTCDay()] ?? "sun";
    const time = localTime(at, zone);
    return WEEK[day].some((block) => block.slice(0, 5) <= time && time < block.slice(6));
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.oneof(
        fc.integer({ min: Date.parse("2026-01-01T00:00:00Z") / MINUTE, max: Date.parse("2029-01-01T00:00:00Z") / MINUTE }),
        // Within two days of a change of the clocks.
        fc
          .tuple(
            fc.constantFrom("2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01", "2027-03-14", "2027-11-07"),
            fc.integer({ min: -2880, max: 2880 }),
          )
          .map(([day, minutes]) => Date.parse(`${day}T06:00:00Z`) / MINUTE + minutes),
      ),
      (zone, minute) => {
        const now = minute * MINUTE;
        const facts = { ...allowed, now, clinic: { ...clinic, textingHours: WEEK }, patient: { ...patient, zone } };
        expect(zoneOf(facts)).toBe(zone);
        const at = leavesAt(facts) ?? Number.NaN;
        expect(at).toBeGreaterThanOrEqual(now);
        expect(mayArrive(at, zone)).toBe(true);
        for (let earlier = now; earlier < at; earlier += 15 * MINUTE) expect(mayArrive(earlier, zone)).toBe(false);
        if (at > now) expect(mayArrive(at - MINUTE, zone)).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

test.each([
  // Toronto, spring: 02:00 became 03:00 on 14 March 2027, a Sunday. Nine is nine, and came an hour early.
  ["America/Toronto", "2027-03-14T01:00:00Z", "2027-03-14T13:00:00.000Z"],
  ["America/Toronto", "2027-03-07T02:00:00Z", "2027-03-07T14:00:00.000Z"],
  // Autumn: 02:00 became 01:00 on 7 November 2027, a Sunday.
  ["America/Toronto", "2027-11-07T02:00:00Z", "2027-11-07T14:00:00.000Z"],
  ["America/Toronto", "2027-10-31T02:00:00Z", "2027-10-31T13:00:00.000Z"],
])("in %s, a text asked for at %s leaves at %s", (zone, now, at) => {
  const facts = { ...allowed, now: Date.parse(now), clinic: { ...clinic, textingHours: WEEK }, patient: { ...patient, zone } };
  expect(new Date(leavesAt(facts) ?? 0).toISOString()).toBe(at);
});

test("replies, service texts and what cannot wait pass at any hour; a pack narrows the clinic's hours and never widens them", () => {
  const closed = { ...clinic, textingHours: {} };
  expect(decide({ ...reply, clinic: closed }).outcome).toBe("allow");
  expect(decide({ ...allowed, clinic: closed, scenario: scenario({ anyHour: true }) }).outcome).toBe("allow");
  expect(decide({ ...allowed, clinic: closed })).toMatchObject({ outcome: "refuse", codes: ["expires-while-held"] });
  const narrow = { ...allowed, clinic: ruled({ hours: "12:00-13:00" }), expiresAt: START + DAY };
  // Noon in Alberta is 18:00 or 19:00 UTC, as the zone's table has it.
  expect(localTime(leavesAt(narrow) ?? 0, clinic.timeZone)).toBe("12:00");
  const wide = { ...allowed, clinic: { ...ruled({ hours: "00:00-24:00" }), textingHours: {} } };
  expect(leavesAt(wide)).toBeUndefined();
});

test("a day is the recipient's own, a week any seven days, and corrections neither count nor are counted", () => {
  const us = ruled({ perDay: 1, perWeek: 3, warnPerDay: 1 });
  const at = (now: string, counted: string[], zone = "America/Toronto"): string[] =>
    decide({
      ...allowed,
      now: Date.parse(now),
      expiresAt: Date.parse(now) + DAY,
      clinic: us,
      number: { ...number, counted: counted.map((each) => Date.parse(each)) },
      patient: { ...patient, zone },
    }).codes;
  // 23:00 in Toronto, and an hour and a half later, past midnight.
  expect(at("2026-11-25T04:30:00Z", ["2026-11-25T04:00:00Z"])).toEqual(["limit-day"]);
  expect(at("2026-11-25T05:30:00Z", ["2026-11-25T04:00:00Z"])).toEqual([]);
  expect(at("2026-11-25T05:30:00Z", ["2026-11-25T04:00:00Z"], "America/Vancouver")).toEqual(["limit-day"]);
  const week = ["2026-11-19T12:00:00Z", "2026-11-21T12:00:00Z", "2026-11-23T12:00:00Z"];
  expect(at("2026-11-26T11:59:00Z", week)).toEqual(["limit-week"]);
  expect(at("2026-11-26T12:00:00Z", week)).toEqual([]);
  const many = { ...number, counted: [START - 1, START - 2, START - 3] };
  expect(decide({ ...allowed, clinic: us, number: many, scenario: scenario({ correction: true }) }).outcome).toBe("allow");
  expect(decide({ ...reply, clinic: us, number: many }).outcome).toBe("allow");
});

test("elsewhere many texts a day are only said: the fifth to a number, where four are usual", () => {
  const number4 = { ...number, counted: [1, 2, 3, 4].map((hours) => START - hours * HOUR) };
  const fifth = decide({ ...allowed, number: number4 });
  expect(fifth).toMatchObject({ outcome: "allow", warnings: ["many-today"], says: expect.stringContaining("many texts today") });
  expect(decide({ ...allowed, number: { ...number4, counted: number4.counted.slice(1) } }).warnings).toBeUndefined();
});
