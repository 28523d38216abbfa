/** The one sentence that staff read of a decision. */
import { describe, expect, test } from "vitest";
import { CODES, type Code } from "../../lambdas/core/codes.ts";
import { type Decision, insteadOf, type Line, sentence } from "../../lambdas/core/decision.ts";
import { decide } from "../../lambdas/core/gate.ts";
import { allowed } from "../support/facts.ts";

const decision = (change: Partial<Decision>): Decision => ({
  at: 0,
  clinic: "hash",
  kind: "consent",
  outcome: "allow",
  codes: [],
  hooks: [{ hook: "stage", verdict: "allow" }, ...(change.hooks ?? [])],
  ...(({ hooks: _, ...rest }) => rest)(change),
});
const line = (verdict: Line["verdict"], code: Code, more: Partial<Line> = {}): Line => ({ hook: "a", verdict, code, ...more });

describe("a refusal", () => {
  test("is told by the first rule that refused, with what to do instead", () => {
    const hooks = [line("warn", "clinic-note"), line("refuse", "opted-out"), line("refuse", "limit-day")];
    expect(sentence(decision({ outcome: "refuse", hooks }), undefined, undefined)).toBe(
      `Refused: the number has opted out. ${CODES["opted-out"].instead}`,
    );
  });

  test("names the scenario's own way where it answers, and a clinic hook's before it", () => {
    const hooks = [line("refuse", "number-level")];
    expect(sentence(decision({ outcome: "refuse", hooks }), "Phone the ward.", undefined)).toMatch(/ Phone the ward\.$/);
    const own = [line("refuse", "clinic-rule", { reason: "Closed for the move.", instead: "Send a letter." })];
    expect(sentence(decision({ outcome: "refuse", hooks: own }), "Phone the ward.", undefined)).toBe(
      "Refused: closed for the move. Send a letter.",
    );
  });
});

test("a hold says until when, in local time, and why", () => {
  const hooks = [line("allow", "outside-hours"), line("hold", "outside-hours", { until: 1 })];
  const told = sentence(decision({ outcome: "hold", until: 1, hooks }), "Phone.", "2026-11-25 09:00");
  expect(told).toMatch(/^It waits until 2026-11-25 09:00: [a-z]/);
  expect(told).not.toContain("Phone.");
  const own = [line("hold", "clinic-note", { until: 1, reason: "Not on paydays." })];
  expect(sentence(decision({ outcome: "hold", until: 1, hooks: own }), undefined, "2026-11-25 09:00")).toBe(
    "It waits until 2026-11-25 09:00: not on paydays.",
  );
});

test("what may leave says on what ground, and then what is worth saying", () => {
  const told = (change: Partial<Decision>): string => sentence(decision(change), "Phone.", undefined);
  expect(told({})).toBe("Allowed: the patient agreed to this purpose on this number, and nothing stands against it.");
  expect(told({ kind: "reply" })).toBe("Allowed: it answers a text that came from this number in the last 72 hours.");
  expect(told({ kind: "service" })).toBe("Allowed: a fixed wording, once for its cause.");
  expect(told({ warnings: ["clinic-note"] })).toBe(
    `Allowed: the patient agreed to this purpose on this number, and nothing stands against it. ${CODES["clinic-note"].says}`,
  );
  expect(told({ overridden: ["number-level", "outside-hours"] })).toMatch(
    /^Allowed by a person's judgement, although it is not certain .*\. [a-z].*\.$/,
  );
});

test("the clinic's own sentence answers what a phone call answers, and a scenario that is refused; nothing else", () => {
  const answers = (Object.keys(CODES) as Code[]).filter((code) => insteadOf(code, "Phone the ward.") !== undefined);
  expect(answers).toContain("scenario-refused");
  for (const code of answers) {
    expect(CODES[code].status, code).toBe(422);
    if (code !== "scenario-refused") expect(CODES[code].instead, code).toMatch(/^Phone/);
  }
  for (const code of Object.keys(CODES) as Code[])
    if (CODES[code].status === 422 && CODES[code].instead.startsWith("Phone")) expect(answers).toContain(code);
  expect(insteadOf("scenario-refused", undefined)).toBeUndefined();
});

test("a decision names the versions of all that was looked at, and no more", () => {
  const judged = {
    characters: 40,
    namesSender: true,
    saysStop: true,
    content: { label: "administrative" as const, findings: [], model: "m" },
  };
  const { saw } = decide({ ...allowed, judged });
  const { scenario, template, number, patient } = allowed;
  const agreed = patient?.effective[scenario?.purpose ?? ""];
  expect(saw).toEqual({
    scenario: `${scenario?.id}/${scenario?.review}`,
    template: `${template?.id}/v${template?.version}`,
    wording: agreed?.wording,
    consent: agreed?.record,
    number: { id: number?.id, epoch: number?.epoch, ver: number?.ver },
    patient: { id: patient?.id, ver: patient?.ver },
    rules: expect.any(Array),
    model: "m",
  });
  expect(agreed?.record).toBeDefined();
  const bare = decide({ ...allowed, scenario: undefined, template: undefined, number: undefined, patient: undefined, judged: undefined });
  expect(Object.keys(bare.saw ?? {})).toEqual(["rules"]);
});
