import { expect, test } from "vitest";
import { CODES } from "../../lambdas/core/codes.ts";
import { decide, HOOKS } from "../../lambdas/core/gate.ts";
import type { Facts } from "../../lambdas/core/hook.ts";
import { isShared } from "../../lambdas/core/hooks/number.ts";
import type { NumberItem } from "../../lambdas/core/items.ts";
import { render } from "../../lambdas/core/template.ts";
import { allowed, confirmation, conversation, effective, key, link, number, patient, reply } from "../support/facts.ts";
import { clinic, DAY, HOUR, START } from "../support/world.ts";

const [scenario] = clinic.scenarios;

test("everything in order is allowed, and every hook says so", () => {
  for (const facts of [allowed, reply, confirmation]) {
    const decision = decide(facts);
    expect(decision).toMatchObject({ outcome: "allow", codes: [], clinic: clinic.hash });
    expect(decision.hooks.map((hook) => hook.hook)).toEqual(HOOKS.map((hook) => hook.name));
  }
});

test.each<[string, Facts]>([
  ["scenario-unknown", { ...allowed, scenario: undefined }],
  ["scenario-refused", { ...allowed, scenario: clinic.scenarios[2] }],
  ["free-text-refused", { ...allowed, freeText: true }],
  ["template-unknown", { ...allowed, template: undefined }],
  ["template-params", { ...allowed, unrendered: "template-params" }],
  ["consent-missing", { ...allowed, patient: { ...patient, effective: {} } }],
  ["consent-declined", { ...allowed, patient: effective({ status: "declined" }) }],
  ["consent-withdrawn", { ...allowed, patient: effective({ status: "withdrawn" }) }],
  ["consent-not-in-force", { ...allowed, number: { ...number, epoch: 1 } }],
  ["consent-not-in-force", { ...allowed, patient: effective({ number: "N#1#other" }) }],
  ["opted-out", { ...allowed, number: { ...number, state: "stopped" } }],
  ["blocked-at-carrier", { ...allowed, number: { ...number, state: "stopped", blockedUntil: START + DAY } }],
  ["opted-out", { ...allowed, epoch: 0, number: { ...number, epoch: 1 }, patient: effective({ epoch: 1 }) }],
  ["patient-paused", { ...allowed, patient: { ...patient, paused: { at: START, number: key.PK } } }],
  ["patient-deceased", { ...allowed, patient: { ...patient, deceased: START } }],
  ["patient-left", { ...allowed, patient: { ...patient, left: START } }],
  ["number-missing", { ...allowed, number: undefined }],
  ["number-missing", { ...allowed, links: [link("pat_1", "self", false)] }],
  ["number-missing", { ...allowed, number: { ...number, noContact: { at: START, by: "p.officer", reason: "safety" } } }],
  ["number-missing", { ...allowed, patient: { ...patient, noContact: { at: START, by: "p.officer", reason: "safety" } } }],
  ["number-missing", { ...reply, patient: { ...patient, noContact: { at: START, by: "p.officer", reason: "safety" } } }],
  ["number-missing", { ...confirmation, patient: undefined, links: [{ ...link("pat_1"), noContact: true }] }],
  ["consent-asked", { ...allowed, patient: effective({ status: "asked" }) }],
  ["consent-expired", { ...allowed, patient: effective({ until: START }) }],
  ["proxy-review-due", { ...allowed, links: [{ ...link("pat_1", "guardian"), review: "2026-11-24" }] }],
  ["number-suspect", { ...allowed, number: { ...number, doubt: { at: START, why: "bounced" } } }],
  ["number-suspect", { ...allowed, links: [{ ...link("pat_1"), doubt: { at: START, why: "ended" } }] }],
  ["number-kind", { ...allowed, number: { ...number, kind: "work" } }],
  ["number-kind", { ...allowed, number: { ...number, kind: "home" } }],
  ["number-shared", { ...allowed, neutral: false, links: [link("pat_1"), link("pat_2")] }],
  ["number-shared", { ...allowed, neutral: false, links: [link("pat_1", "shared")] }],
  ["no-number-here", { ...allowed, number: { ...number, dialable: false } }],
  ["text-too-long", { ...allowed, parts: 4 }],
  ["expired", { ...allowed, expiresAt: START }],
  ["expired", { ...allowed, sendAt: START + 2 * HOUR }],
  ["stage-trial", { ...allowed, number: { ...number, trial: false } }],
  ["reply-too-late", { ...reply, conversation: { ...conversation, lastInboundAt: START - 72 * HOUR - 1 } }],
  ["reply-not-linked", { ...reply, conversation: { ...conversation, patient: undefined } as never }],
  ["patient-deceased", { ...reply, patient: { ...patient, deceased: START } }],
  ["opted-out", { ...reply, number: { ...number, state: "stopped" } }],
  ["opted-out", { ...confirmation, number: { ...number, state: "open", epoch: 3 } }],
  ["opted-out", { ...confirmation, epoch: 2 }],
  ["confirmation-sent", { ...confirmation, number: { ...number, state: "stopped", epoch: 3, confirmed: 3 } }],
])("%s refuses", (code, facts) => {
  const decision = decide(facts);
  expect(decision.outcome).toBe("refuse");
  expect(decision.codes).toContain(code);
  expect(decision.hooks).toHaveLength(HOOKS.length);
});

test("a refusal to a patient whom nobody may contact is the refusal to one whose number is no longer theirs, on every other ground for one", () => {
  const silent = { at: START, by: "p.officer", reason: "safety" };
  const ended = [link("pat_1", "self", false)];
  const states: Partial<NumberItem>[] = [{}, { state: "stopped" }, { kind: "home" }, { trial: false }, { epoch: 2 }];
  for (const state of states) {
    const here = { ...allowed, number: { ...number, ...state } };
    const theirs = decide({ ...here, links: ended });
    expect(theirs.outcome).toBe("refuse");
    expect(decide({ ...here, patient: { ...patient, noContact: silent } })).toEqual(theirs);
    expect(decide({ ...here, number: { ...here.number, noContact: silent } })).toEqual(theirs);
  }
});

test("a pause does not hold up a person's reply, nor is a reply bound to a consent", () => {
  expect(decide({ ...reply, patient: { ...patient, paused: { at: START, number: key.PK }, effective: {} } }).outcome).toBe("allow");
});

test("the fixed wording goes to a sender nobody knows yet", () => {
  expect(
    decide({ ...reply, freeText: false, patient: undefined, conversation: { ...conversation, patient: undefined } as never }).outcome,
  ).toBe("allow");
});

test("a text for later is held until then", () => {
  expect(decide({ ...allowed, sendAt: START + 1000 })).toMatchObject({ outcome: "hold", until: START + 1000 });
});

test("a hook that throws refuses, and the others still run", () => {
  const thrower = {
    name: "thrower",
    judge: () => {
      throw new Error("a bug");
    },
  };
  const failed: string[] = [];
  const gate = { hooks: [], failed: (hook: string) => void failed.push(hook) };
  const decision = decide(allowed, gate, [thrower, ...HOOKS]);
  expect(decision).toMatchObject({ outcome: "refuse", codes: ["hook-failed"] });
  expect(failed).toEqual(["thrower"]);
  expect(decision.hooks).toHaveLength(HOOKS.length + 1);
});

test("a guardian of all the number's patients shares it with nobody", () => {
  expect(isShared([link("pat_1", "guardian"), link("pat_2", "guardian")])).toBe(false);
  expect(isShared([link("pat_1", "guardian"), link("pat_2", "self")])).toBe(true);
  expect(isShared([link("pat_1"), link("pat_2", "self", false)])).toBe(false);
  expect(isShared([link("pat_1", "shared")])).toBe(true);
});

test("a template takes its parameters by type, and nothing else", () => {
  const template = scenario?.templates[0];
  if (!template) throw new Error("the test clinic has a template");
  expect(render(template, { date: "2026-12-01", time: "14:05" }, "en", clinic)).toBe(
    "Test Clinic: Tuesday, December 1 at 2:05 pm, call 403-555-0100",
  );
  expect(render(template, { date: "2026-12-01", time: "00:00" }, "fr", clinic)).toContain("mardi 1 décembre à 0 h 00");
  for (const wrong of [
    {},
    { date: "2026-12-01" },
    { date: "2026-13-01", time: "10:00" },
    { date: "2026-02-30", time: "10:00" },
    { date: "tomorrow", time: "10:00" },
    { date: "2026-12-01", time: "25:00" },
    { date: "2026-12-01", time: "10:00", more: "x" },
  ]) {
    expect(render(template, wrong as never, "en", clinic)).toBeUndefined();
  }
});

test("every code says what is wrong, what to do instead and who can change it", () => {
  for (const [code, { says, instead, who, status }] of Object.entries(CODES)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const sentence of [says, instead]) expect(sentence, code).toMatch(/^[A-Z].*[.!]$/s);
    expect(who.length, code).toBeGreaterThan(3);
    expect([200, 400, 403, 404, 405, 409, 412, 413, 415, 422, 428, 500, 503]).toContain(status);
  }
});
