/** What a person's override passes, and what nothing does; what an acknowledgement leaves behind, and who reads it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CODES, type Code } from "../../lambdas/core/codes.ts";
import { decide } from "../../lambdas/core/gate.ts";
import type { Facts } from "../../lambdas/core/hook.ts";
import type { Found } from "../../lambdas/core/judged.ts";
import type { ContentKind } from "../../lambdas/core/reading/content-kinds.ts";
import { answered, answeringFor, wayTaken } from "../../lambdas/core/way-out.ts";
import { allowed, conversation, effective, key, link, number, patient, reply } from "../support/facts.ts";
import { APPLICATION, clinic, DAY, HOUR, PERSON, START } from "../support/world.ts";

const PHYSICIAN = { role: "physician" };
const finding = (kind: ContentKind, preview = false): Found => ({
  id: `${kind}:0-9`,
  kind,
  from: 0,
  to: 9,
  severity: "refuse",
  by: kind.startsWith("perhaps") ? "model" : "rule",
  ...(preview ? { preview: true } : {}),
});
const words = (...findings: Found[]): Partial<Facts> => ({
  scenario: { ...clinic.scenarios[1], bulk: false } as Facts["scenario"],
  template: undefined,
  freeText: true,
  judged: { characters: 40, namesSender: true, saysStop: true, content: { label: "clinical", findings, model: "m" } },
});
const rules = (sets: object): Partial<Facts> => ({
  clinic: {
    ...clinic,
    rules: [{ id: "us", name: "US", rules: [{ id: "r", says: "", source: "", lawAsOf: "2026-01-01", sets }] }],
  } as never,
});

/** Each changes one thing that an override passes. */
const SOFT: Readonly<Record<string, Partial<Facts>>> = {
  "content-clinical": words(finding("result")),
  "content-sensitive": words(finding("sexual-health")),
  "content-link": words(finding("link-shortener")),
  "content-doubtful": words(finding("perhaps-clinical")),
  "content-preview": words(finding("specialty", true)),
  "outside-hours": { clinic: { ...clinic, textingHours: { sun: ["09:00-18:00"] } }, expiresAt: START + 30 * DAY },
  "expires-while-held": { clinic: { ...clinic, textingHours: { sun: ["09:00-18:00"] } } },
  "limit-characters": { ...rules({ maxCharacters: 10 }) },
  "limit-day": { ...rules({ perDay: 1 }), number: { ...number, counted: [START - HOUR] } },
  "limit-week": { ...rules({ perWeek: 1 }), number: { ...number, counted: [START - 2 * DAY] } },
  "number-level": { scenario: { ...allowed.scenario, numberLevel: 3 } as Facts["scenario"] },
  "consent-missing": { patient: { ...patient, effective: {} } },
};

/** Each changes one thing that nothing passes. */
const HARD: Readonly<Record<string, Partial<Facts>>> = {
  "opted-out": { number: { ...number, state: "stopped" } },
  "blocked-at-carrier": { number: { ...number, state: "stopped", blockedUntil: START + DAY } },
  "consent-withdrawn": { patient: effective({ status: "withdrawn" }) },
  "consent-declined": { patient: effective({ status: "declined" }) },
  "consent-asked": { patient: effective({ status: "asked" }) },
  "consent-expired": { patient: effective({ until: START }) },
  "consent-not-in-force": { patient: effective({ epoch: 7 }) },
  "consent-wording": { patient: effective({ wording: "gone/v1" }) },
  "patient-deceased": { patient: { ...patient, deceased: START } },
  "patient-left": { patient: { ...patient, left: START } },
  "patient-paused": { patient: { ...patient, paused: { at: START, number: key.PK } } },
  "number-missing": { patient: { ...patient, noContact: { at: START, by: "p.officer", reason: "safety" } } },
  "number-suspect": { number: { ...number, doubt: { at: START, why: "wrong-number" } } },
  "number-kind": { number: { ...number, kind: "work" } },
  "number-shared": { neutral: false, links: [link("pat_1"), link("pat_2")] },
  "number-several": { number: undefined, numberless: "number-several", patient: { ...patient, effective: {} } },
  "content-identifier": words(finding("phn")),
  "content-asks-identifier": words(finding("asks-identifier")),
  "scenario-refused": { scenario: { ...allowed.scenario, allowed: false } as Facts["scenario"] },
  "scenario-review-overdue": { scenario: { ...allowed.scenario, review: "2026-11-01" } as Facts["scenario"] },
  "text-too-long": { parts: 9 },
  "commercial-consent": {
    scenario: { ...allowed.scenario, commercial: true } as Facts["scenario"],
    judged: { characters: 9, namesSender: true, saysStop: true },
    patient: { ...patient, effective: {} },
  },
  expired: { expiresAt: START },
  "stage-trial": { number: { ...number, trial: false } },
};

describe.each(Object.entries(SOFT))("%s", (code, change) => {
  test("stops a text, and an override of a named role lets it pass and says so", () => {
    const facts = { ...allowed, ...change };
    const stopped = decide(facts);
    expect(stopped.outcome).not.toBe("allow");
    const passed = decide({ ...facts, override: PHYSICIAN });
    expect(passed).toMatchObject({ outcome: "allow", codes: [], overridden: [code] });
    expect(passed.until).toBeUndefined();
    expect(passed.says).toMatch(/^Allowed by a person's judgement, although /);
    const wrong = decide({ ...facts, override: { role: "front-desk" } });
    expect(wrong.codes).toContain("override-not-allowed");
    expect(wrong.overridden).toBeUndefined();
  });
});

test.each(Object.entries(HARD))("%s is never passed, alone or beside what may be", (code, change) => {
  expect(CODES[code as Code]).toBeDefined();
  fc.assert(
    fc.property(fc.constantFrom({}, ...Object.values(SOFT)), (soft) => {
      const decision = decide({ ...allowed, ...soft, ...change, override: PHYSICIAN });
      expect(decision.outcome).toBe("refuse");
      expect(decision.codes).toContain(code);
    }),
  );
});

test("an answer to a patient takes an override for its words, and for nothing that a STOP or a stranger is", () => {
  const said = { ...reply, judged: words(finding("result")).judged, override: PHYSICIAN };
  expect(decide(said)).toMatchObject({ outcome: "allow", overridden: ["content-clinical"] });
  expect(decide({ ...said, number: { ...number, state: "stopped" } }).codes).toEqual(["opted-out"]);
  expect(decide({ ...said, conversation: { ...conversation, patient: undefined } as never }).codes).toEqual(["reply-not-linked"]);
});

test("what was not needed is not on record: an override of a text that may leave anyway, a finding that is not there", () => {
  const facts = { ...allowed, override: PHYSICIAN, acknowledged: ["result:0-9"] };
  expect(wayTaken(facts, decide(facts))).toBeUndefined();
  const found = { ...allowed, ...words(finding("result"), finding("drug")), acknowledged: ["result:0-9", "dose:0-9"] } as Facts;
  expect(wayTaken(found, decide(found))).toBeUndefined();
  const both = { ...found, acknowledged: ["result:0-9", "drug:0-9", "dose:0-9"] };
  expect(wayTaken(both, decide(both))).toEqual({ findings: ["result:0-9", "drug:0-9"], codes: [] });
});

test("only a person answers for a text", () => {
  expect(() => answeringFor({ acknowledge: ["result:0-9"] }, APPLICATION)).toThrow("acting-user-missing");
  expect(() => answeringFor({ override: { reason: "because" } }, APPLICATION)).toThrow("acting-user-missing");
  expect(answeringFor({}, APPLICATION)).toEqual({ acknowledged: [], override: undefined });
  expect(answeringFor({ override: { reason: "because" } }, PERSON).override).toEqual({ role: "front-desk" });
});

test.each([
  // A Tuesday is read by Wednesday's end, a Friday by Monday's, the day before a holiday and a weekend by the Monday after.
  ["2026-11-24T17:00:00Z", "2026-11-25"],
  ["2026-11-27T17:00:00Z", "2026-11-30"],
  ["2026-12-24T17:00:00Z", "2026-12-28"],
])("what is answered for at %s is read by a second person by the end of %s", (now, day) => {
  const note = { id: "note" } as never;
  const made = answered(clinic, "cnv_1.1", { findings: ["result:0-9"], codes: [] }, { acknowledged: note }, PERSON, Date.parse(now));
  expect(made.acknowledged).toMatchObject({ by: "m.tremblay", findings: ["result:0-9"], note: "note" });
  expect(made.q).toBe("#second-readings");
  const due = made.secondReading?.due ?? 0;
  const local = new Intl.DateTimeFormat("en-CA", { timeZone: clinic.timeZone, dateStyle: "short", timeStyle: "short", hourCycle: "h23" });
  expect(local.format(due)).toBe(`${day}, 16:30`);
});
