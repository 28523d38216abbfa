/** Each hook by itself, at its edges: what it lets through, beside what it stops. The gate's own tests ask what one hook stops alone. */
import { describe, expect, test } from "vitest";
import type { Clinic, Rule } from "../../lambdas/core/clinic.ts";
import type { Facts, Hook } from "../../lambdas/core/hook.ts";
import { commercial } from "../../lambdas/core/hooks/commercial.ts";
import { consent } from "../../lambdas/core/hooks/consent.ts";
import { content } from "../../lambdas/core/hooks/content.ts";
import { ground, REPLY_WINDOW_MS } from "../../lambdas/core/hooks/ground.ts";
import { leavesAt } from "../../lambdas/core/hooks/hours.ts";
import { length } from "../../lambdas/core/hooks/length.ts";
import { number as numberHook } from "../../lambdas/core/hooks/number.ts";
import { override } from "../../lambdas/core/hooks/override.ts";
import { patient as patientHook } from "../../lambdas/core/hooks/patient.ts";
import { preview } from "../../lambdas/core/hooks/preview.ts";
import { scenario as scenarioHook } from "../../lambdas/core/hooks/scenario.ts";
import { stage } from "../../lambdas/core/hooks/stage.ts";
import { time } from "../../lambdas/core/hooks/time.ts";
import { allowed, confirmation, conversation, effective, link, number, patient, reply } from "../support/facts.ts";
import { clinic, DAY, HOUR, START } from "../support/world.ts";

/** `allow`, `hold until code`, or the code of a refusal. */
const said = (hook: Hook, facts: Facts): string => {
  const verdict = hook.judge(facts);
  if (verdict.verdict === "hold") return `hold ${verdict.until - START} ${verdict.code}`;
  return verdict.verdict === "allow" ? "allow" : verdict.code;
};
const ruled = (sets: Rule["sets"]): Clinic => ({
  ...clinic,
  rules: [{ id: "us", name: "US", rules: [{ id: "rule", says: "A rule.", source: "a statute", lawAsOf: "2026-01-01", sets }] }] as never,
});
const scenario = (change: object): Facts["scenario"] => ({ ...allowed.scenario, ...change }) as Facts["scenario"];
const service: Facts = { ...allowed, kind: "service", ground: { kind: "service", reply: "help", cause: "x" }, scenario: undefined };
const { patient: _, ...unlinked } = conversation;
const nobody: Facts = { ...allowed, patient: undefined, links: [] };

describe("commercial", () => {
  const promotes = { ...allowed, scenario: scenario({ commercial: true }), judged: { characters: 60, namesSender: true, saysStop: true } };
  test.each<[string, Facts, string]>([
    ["a text that names its sender and says how to stop, to who agreed", promotes, "allow"],
    ["one whose words are not there yet", { ...promotes, judged: undefined }, "allow"],
    ["one to nobody known", { ...promotes, patient: undefined }, "commercial-consent"],
    [
      "a text that promotes nothing, without either",
      { ...allowed, judged: { characters: 60, namesSender: false, saysStop: false } },
      "allow",
    ],
    ["no scenario at all", { ...allowed, scenario: undefined }, "allow"],
    [
      "an answer under such a scenario",
      { ...promotes, kind: "reply", judged: { characters: 5, namesSender: false, saysStop: false } },
      "allow",
    ],
  ])("%s", (_, facts, says) => expect(said(commercial, facts)).toBe(says));
});

describe("consent", () => {
  const wording = (change: object): Facts => ({
    ...allowed,
    clinic: { ...clinic, wordings: [...clinic.wordings, { ...clinic.wordings[0], id: "other", ...change }] } as Clinic,
  });
  test.each<[string, Facts, string]>([
    ["given", allowed, "allow"],
    [
      "given on one wording, where another is for other purposes or not approved",
      wording({ purposes: ["recall"], approved: undefined }),
      "allow",
    ],
    ["under a scenario nobody knows", { ...allowed, scenario: undefined }, "consent-missing"],
    ["of a patient nobody knows", { ...allowed, patient: undefined }, "consent-missing"],
    [
      "on a wording of another purpose",
      { ...wording({ purposes: ["recall"] }), patient: effective({ wording: "other/v1" }) },
      "consent-wording",
    ],
    ["for an answer", { ...reply, patient: undefined }, "allow"],
  ])("%s", (_, facts, says) => expect(said(consent, facts)).toBe(says));
});

describe("content", () => {
  test.each<[string, Facts, string]>([
    ["words that nobody read", { ...reply, judged: { characters: 5, namesSender: false, saysStop: false } }, "content-not-read"],
    ["no words yet", { ...reply, judged: undefined }, "allow"],
    ["a template's words, unread", { ...allowed, judged: { characters: 5, namesSender: false, saysStop: false } }, "allow"],
  ])("%s", (_, facts, says) => expect(said(content, facts)).toBe(says));
});

describe("preview", () => {
  const shown = (freeText: boolean): Facts => ({
    ...reply,
    freeText,
    judged: {
      characters: 60,
      namesSender: false,
      saysStop: false,
      content: {
        label: "clinical",
        model: "m",
        findings: [{ id: "drug:0-4", kind: "drug", from: 0, to: 4, severity: "refuse", by: "rule", preview: true }],
      },
    },
  });
  test.each<[string, Facts, string]>([
    ["a person's words that open with it", shown(true), "content-preview"],
    ["acknowledged", { ...shown(true), acknowledged: ["drug:0-4"] }, "allow"],
    ["a template's", shown(false), "allow"],
    ["words that nobody read", { ...reply, judged: { characters: 5, namesSender: false, saysStop: false } }, "allow"],
    ["no words yet", { ...reply, judged: undefined }, "allow"],
  ])("%s", (_, facts, says) => expect(said(preview, facts)).toBe(says));
});

describe("ground", () => {
  const at = (ago: number): Facts => ({ ...reply, conversation: { ...conversation, lastInboundAt: START - ago } });
  test.each<[string, Facts, string]>([
    ["a consent is looked at elsewhere, whatever the number is", { ...allowed, number: { ...number, dialable: false } }, "allow"],
    ["an answer to the minute of seventy-two hours", at(REPLY_WINDOW_MS), "allow"],
    ["a millisecond later", at(REPLY_WINDOW_MS + 1), "reply-too-late"],
    ["an answer to no text", { ...reply, conversation: undefined }, "reply-too-late"],
    ["an answer where nothing can be sent", { ...reply, number: { ...number, dialable: false } }, "no-number-here"],
    ["an answer to nobody's number", { ...reply, number: undefined }, "no-number-here"],
    ["a person's own words to a sender whom nobody has linked", { ...reply, conversation: unlinked }, "reply-not-linked"],
    ["an answer of help, on a number that is open", service, "allow"],
    ["a service text before its ground is there", { ...service, ground: undefined }, "allow"],
    ["the last word of a STOP, once", confirmation, "allow"],
    ["twice", { ...confirmation, number: { ...number, state: "stopped", epoch: 3, confirmed: 3 } }, "confirmation-sent"],
    ["after a START", { ...confirmation, number: { ...number, state: "open", epoch: 3, confirmed: 2 } }, "opted-out"],
    ["of an older STOP", { ...confirmation, epoch: 2 }, "opted-out"],
  ])("%s", (_, facts, says) => expect(said(ground, facts)).toBe(says));
});

describe("hours", () => {
  test("a time in the past is now; a time to come is not", () => {
    expect(leavesAt({ ...reply, sendAt: START - HOUR })).toBe(START);
    expect(leavesAt({ ...reply, sendAt: START + HOUR })).toBe(START + HOUR);
  });
});

describe("length", () => {
  const us = { ...allowed, clinic: ruled({ maxCharacters: 160 }) };
  const long = (characters: number): Facts => ({ ...us, judged: { characters, namesSender: true, saysStop: true } });
  test.each<[string, Facts, string]>([
    ["as many parts as the clinic allows", { ...allowed, parts: clinic.maxParts }, "allow"],
    ["one more", { ...allowed, parts: clinic.maxParts + 1 }, "text-too-long"],
    ["as many characters as the law allows", long(160), "allow"],
    ["one more", long(161), "limit-characters"],
    ["no words yet", { ...us, judged: undefined }, "allow"],
    [
      "an answer of any length that has parts enough",
      { ...reply, clinic: us.clinic, judged: { characters: 161, namesSender: true, saysStop: true } },
      "allow",
    ],
    ["where no law counts", { ...allowed, judged: { characters: 9_999, namesSender: true, saysStop: true } }, "allow"],
  ])("%s", (_, facts, says) => expect(said(length, facts)).toBe(says));
});

describe("number", () => {
  const stopped = { ...number, state: "stopped" as const };
  const paused = (until: number, expiresAt: number): Facts => ({ ...allowed, expiresAt, number: { ...number, pause: { until } as never } });
  test.each<[string, Facts, string]>([
    ["none, where no consent names one", { ...allowed, number: undefined, patient: { ...patient, effective: {} } }, "allow"],
    ["none, of a patient nobody knows", { ...nobody, number: undefined }, "allow"],
    ["none, under no scenario", { ...allowed, number: undefined, scenario: undefined }, "allow"],
    ["none, where a consent names one", { ...allowed, number: undefined }, "number-missing"],
    ["none, and why", { ...allowed, number: undefined, numberless: "number-several" }, "number-several"],
    [
      "none, where somebody judged in a consent's place",
      { ...allowed, number: undefined, patient: { ...patient, effective: {} }, override: { role: "physician" } },
      "number-missing",
    ],
    ["none to answer to", { ...reply, number: undefined }, "number-missing"],
    ["one that cannot be texted", { ...allowed, number: { ...number, dialable: false } }, "no-number-here"],
    ["a STOP's last word to who has stopped", { ...confirmation, number: { ...stopped, epoch: 3, confirmed: 2 } }, "allow"],
    ["another service text to who has stopped", { ...service, number: stopped }, "opted-out"],
    ["a service text whose ground is not there, to who has stopped", { ...service, ground: undefined, number: stopped }, "opted-out"],
    [
      "a reminder with a last word's ground, to who has stopped",
      { ...allowed, ground: { kind: "service", reply: "stop-confirmation", cause: "x" }, number: stopped },
      "opted-out",
    ],
    ["stopped at the carrier too", { ...allowed, number: { ...stopped, blockedUntil: START + DAY } }, "blocked-at-carrier"],
    ["stopped and started again since the text was accepted", { ...allowed, epoch: 1, number: { ...number, epoch: 2 } }, "opted-out"],
    ["a service text, of whatever kind the number is", { ...service, number: { ...number, kind: "work" } }, "allow"],
    ["a service text while a pause stands", { ...service, number: { ...number, pause: { until: START + DAY } as never } }, "allow"],
    ["an answer to a home phone", { ...reply, number: { ...number, kind: "home" } }, "allow"],
    ["a reminder to a home phone", { ...allowed, number: { ...number, kind: "home" } }, "number-kind"],
    ["an answer to a work phone", { ...reply, number: { ...number, kind: "work" } }, "number-kind"],
    ["an answer while a pause stands", { ...reply, number: { ...number, pause: { until: START + DAY } as never } }, "opt-out-suspected"],
    ["a reminder to a phone of somebody else only", { ...allowed, links: [link("pat_2")] }, "number-missing"],
    [
      "a reminder to a phone that was this patient's, and is another's",
      { ...allowed, links: [link("pat_1", "self", false), link("pat_2")] },
      "number-missing",
    ],
    [
      "a text for one of a guardian's children",
      { ...allowed, neutral: false, links: [link("pat_1", "guardian"), link("pat_2", "guardian")] },
      "allow",
    ],
    ["for one of two who share", { ...allowed, neutral: false, links: [link("pat_1", "guardian"), link("pat_2")] }, "number-shared"],
    [
      "for one of a phone that somebody shares",
      { ...allowed, neutral: false, links: [link("pat_1"), link("pat_2", "shared")] },
      "number-shared",
    ],
    ["in neutral words", { ...allowed, neutral: true, links: [link("pat_1"), link("pat_2")] }, "allow"],
    [
      "shared with somebody who has left it",
      { ...allowed, neutral: false, links: [link("pat_1"), link("pat_2", "shared", false)] },
      "allow",
    ],
    [
      "under no scenario, to who share",
      { ...allowed, scenario: undefined, neutral: false, links: [link("pat_1"), link("pat_2")] },
      "allow",
    ],
    ["held until the pause is looked at", paused(START + 5 * HOUR, START + DAY), `hold ${5 * HOUR} opt-out-suspected`],
    ["looked at again in an hour, where the pause is overdue", paused(START - HOUR, START + DAY), `hold ${HOUR} opt-out-suspected`],
    ["not beyond the text's own end", paused(START + 5 * HOUR, START + 2 * HOUR), `hold ${2 * HOUR - 1} opt-out-suspected`],
    ["never for now: that would be for ever", paused(START + 5 * HOUR, START + 1), "hold 1 opt-out-suspected"],
  ])("%s", (_, facts, says) => expect(said(numberHook, facts)).toBe(says));

  test("a doubt about another patient's hold on the number is not this one's", () => {
    const doubted = { ...allowed, scenario: scenario({ numberLevel: 1 }), links: [link("pat_2"), link("pat_1")] };
    expect(said(numberHook, doubted)).toBe("allow");
  });
});

describe("override", () => {
  test.each<[string, Facts, string]>([
    ["nobody overrides", allowed, "allow"],
    ["who may", { ...allowed, override: { role: "physician" } }, "allow"],
    ["who may not", { ...allowed, override: { role: "clerk" } }, "override-not-allowed"],
    ["who says no role", { ...allowed, override: { role: undefined } }, "override-not-allowed"],
  ])("%s", (_, facts, says) => expect(said(override, facts)).toBe(says));
});

describe("patient", () => {
  const gone = { ...patient, deceased: START - DAY };
  const paused = { ...patient, paused: { at: START, number: number.PK } };
  test.each<[string, Facts, string]>([
    ["who has died", { ...allowed, patient: gone }, "patient-deceased"],
    ["who has died, and whose phone asks for help", { ...service, patient: gone }, "allow"],
    ["who has left", { ...reply, patient: { ...patient, left: START } }, "patient-left"],
    ["paused, and texted", { ...allowed, patient: paused }, "patient-paused"],
    ["paused, and answered", { ...reply, patient: paused }, "allow"],
    ["nobody known", { ...reply, patient: undefined }, "allow"],
  ])("%s", (_, facts, says) => expect(said(patientHook, facts)).toBe(says));
});

describe("scenario", () => {
  const today = new Date(START).toISOString().slice(0, 10);
  test.each<[string, Facts, string]>([
    ["to be looked at today: still good", { ...allowed, scenario: scenario({ review: today }) }, "allow"],
    ["an answer needs none", { ...reply, scenario: undefined }, "allow"],
    ["nobody wrote it down", { ...allowed, scenario: undefined }, "scenario-unknown"],
  ])("%s", (_, facts, says) => expect(said(scenarioHook, facts)).toBe(says));
});

describe("stage", () => {
  const unlisted = { ...number, trial: false };
  const live: Clinic = { ...clinic, stage: "live" };
  test.each<[string, Facts, string]>([
    ["on trial, to a number of the list", { ...allowed, number: { ...number, trial: true } }, "allow"],
    ["on trial, to any other", { ...allowed, number: unlisted }, "stage-trial"],
    ["on trial, to none yet", { ...allowed, number: undefined }, "allow"],
    ["live, to any", { ...allowed, clinic: live, number: unlisted }, "allow"],
    ["live, to none yet", { ...allowed, clinic: live, number: undefined }, "allow"],
  ])("%s", (_, facts, says) => {
    expect(clinic.stage).toBe("trial");
    expect(said(stage, facts)).toBe(says);
  });
});

describe("time", () => {
  test.each<[string, Facts, string]>([
    ["now", { ...allowed, sendAt: undefined }, "allow"],
    ["just now", { ...allowed, sendAt: START }, "allow"],
    ["a time that has passed", { ...allowed, sendAt: START - HOUR }, "allow"],
    ["a time to come", { ...allowed, sendAt: START + 1, expiresAt: START + HOUR }, "hold 1 for-later"],
    ["stale by now", { ...allowed, expiresAt: START }, "expired"],
    ["stale before its time", { ...allowed, sendAt: START + HOUR, expiresAt: START + HOUR }, "expired"],
  ])("%s", (_, facts, says) => expect(said(time, facts)).toBe(says));
});
