import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMERGENCY_KINDS, type EmergencyKind, REPLY_IDS } from "../../lambdas/core/clinic.ts";
import { newConversation, save, waitAgain, waitAt } from "../../lambdas/core/conversation.ts";
import { emergencyReply, judge, type Net, urgentTask } from "../../lambdas/core/emergency-net.ts";
import type { ConversationItem } from "../../lambdas/core/items.ts";
import { plan } from "../../lambdas/core/plan.ts";
import type { EmergencyReading } from "../../lambdas/core/reading/emergency.ts";
import { finding } from "../../lambdas/core/reading/finding.ts";
import { inHand, lookedAt, told, URGENT_MS, withUrgency } from "../../lambdas/core/urgency.ts";
import { clinic, MINUTE, PERSON, START, world } from "../support/world.ts";

const VIOLENCE = { silentEmergencies: ["violence" as const] };
const reads =
  (kind: EmergencyKind | undefined, ...found: EmergencyKind[]): (() => EmergencyReading) =>
  () => ({
    label: "emergency",
    kind,
    findings: found.map((each) => finding(each, { from: 0, to: 1 }, { severity: "ask", by: "rule", why: "a test" })),
    judged: true,
  });

describe("what the net says", () => {
  test("an emergency with its kind; without one, some other emergency", () => {
    expect(judge("x", VIOLENCE, reads("cardiac", "cardiac"))).toEqual({ verdict: "emergency", kind: "cardiac", silent: false });
    expect(judge("x", VIOLENCE, reads(undefined))).toEqual({ verdict: "emergency", kind: "other", silent: false });
  });

  test("a kind that the clinic does not answer is not answered, wherever it was seen in the text", () => {
    expect(judge("x", VIOLENCE, reads("violence"))).toMatchObject({ silent: true });
    expect(judge("x", VIOLENCE, reads("breathing", "breathing", "violence"))).toMatchObject({ kind: "breathing", silent: true });
    expect(judge("x", { silentEmergencies: [] }, reads("violence"))).toMatchObject({ silent: false });
  });

  test("the net's own reader: a plain question is none, and a language it does not read is not judged", () => {
    expect(judge("Can I move my appointment to Thursday please?", VIOLENCE)).toEqual({ verdict: "calm" });
    expect(judge("我胸口疼得厉害，喘不过气来", VIOLENCE)).toEqual({ verdict: "not-judged" });
  });

  test("a reader that throws, or answers anything, has not judged; nothing it does gets out", () => {
    const throws = (): never => {
      throw new Error("the reader failed");
    };
    expect(judge("x", VIOLENCE, throws)).toEqual({ verdict: "not-judged" });
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        const net = judge("x", VIOLENCE, () => answer as EmergencyReading);
        expect(["emergency", "not-judged", "calm"]).toContain(net.verdict);
        if (net.verdict === "emergency") expect(EMERGENCY_KINDS).toContain(net.kind);
      }),
    );
    for (const answer of [undefined, null, "emergency", {}, { label: "not" }, { label: "emergency", findings: null }])
      expect(judge("x", VIOLENCE, () => answer as unknown as EmergencyReading)).toEqual({ verdict: "not-judged" });
  });
});

describe("the answer", () => {
  const net = (kind: EmergencyKind, silent = false): Net => ({ verdict: "emergency", kind, silent });
  test("by kind and cover; none where nobody else may read it, and none to a text that is no emergency", () => {
    expect(emergencyReply(net("stroke"), { attended: true })).toBe("emergency");
    expect(emergencyReply(net("stroke"), { attended: false })).toBe("emergency-unattended");
    expect(emergencyReply(net("suicide"), { attended: true })).toBe("emergency-suicide");
    expect(emergencyReply(net("suicide"), { attended: false })).toBe("emergency-suicide-unattended");
    for (const attended of [true, false]) {
      expect(emergencyReply(net("violence", true), { attended })).toBeUndefined();
      expect(emergencyReply({ verdict: "not-judged" }, { attended })).toBeUndefined();
      expect(emergencyReply({ verdict: "calm" }, { attended })).toBeUndefined();
    }
    for (const kind of EMERGENCY_KINDS) expect(REPLY_IDS).toContain(emergencyReply(net(kind), { attended: true }));
  });

  test("the task says what to do, by what was answered", () => {
    const code = (of: Net, answered: boolean): unknown => urgentTask(of, "nurses", "m", answered, START)?.code;
    expect(code(net("child"), true)).toBe("emergency");
    expect(code(net("child"), false)).toBe("emergency-phone");
    expect(code(net("violence", true), false)).toBe("emergency-silent");
    expect(code({ verdict: "not-judged" }, false)).toBe("not-judged");
    expect(urgentTask({ verdict: "calm" }, "nurses", "m", true, START)).toBeUndefined();
    expect(urgentTask(net("child"), "nurses", "m", true, START)).toMatchObject({ kind: "emergency", about: "child", message: "m" });
  });
});

const COVERED = { attended: true, attendedFrom: undefined, people: clinic.onCall };
const NIGHT = { attended: false, attendedFrom: START + 10 * 60 * MINUTE, people: [] };
const fresh = { ...newConversation("cnv_1", "N#1#a", "0123"), n: 1, rev: 1 };
const waiting = waitAt(fresh, clinic, "nurses", START);
/** The conversation as it would be stored. */
function stored(conversation: ConversationItem): ConversationItem {
  const empty = plan({ ...world(), clinic }, PERSON, START);
  return save(empty, undefined, conversation);
}

describe("what an urgent text does to its conversation", () => {
  test("head of its queue, due in five minutes, paged at once; one that nobody judged right behind, not paged", () => {
    const urgent = stored(withUrgency(waiting, "emergency", COVERED, START + MINUTE));
    const unjudged = stored(withUrgency(waiting, "not-judged", COVERED, START));
    expect(urgent).toMatchObject({ team: "nurses", dueAt: START + MINUTE + URGENT_MS, da: START + MINUTE });
    expect(unjudged).toMatchObject({ team: "nurses", dueAt: START + URGENT_MS, da: START + URGENT_MS });
    expect([urgent.qs ?? "", unjudged.qs ?? "", stored(waiting).qs ?? ""].toSorted()).toEqual([urgent.qs, unjudged.qs, stored(waiting).qs]);
  });

  test("in unattended hours it is due five minutes after cover begins, and somebody is told now", () => {
    const urgent = stored(withUrgency(waiting, "emergency", NIGHT, START));
    expect(urgent).toMatchObject({ dueAt: NIGHT.attendedFrom + URGENT_MS, da: START });
  });

  test("a claim that was made for something else lasts five minutes more, never longer than it did", () => {
    const claim = (until: number): ConversationItem => ({ ...waiting, state: "claimed", claim: { by: "a", until } });
    expect(withUrgency(claim(START + 30 * MINUTE), "emergency", COVERED, START).claim?.until).toBe(START + URGENT_MS);
    expect(withUrgency(claim(START + MINUTE), "emergency", COVERED, START).claim?.until).toBe(START + MINUTE);
    // Whoever is on call is paged although somebody holds it.
    expect(stored(withUrgency(claim(START + 30 * MINUTE), "emergency", COVERED, START)).da).toBe(START);
    expect(stored(withUrgency(claim(START + 30 * MINUTE), "not-judged", COVERED, START)).da).toBe(START + URGENT_MS);
  });

  test("ten texts in two minutes are one page; a text ten minutes later is another", () => {
    let conversation = withUrgency(waiting, "emergency", COVERED, START);
    conversation = { ...conversation, urgent: told(conversation.urgent ?? { kind: "emergency", since: 0, pages: 0 }, 0, COVERED, START) };
    const after = conversation.urgent;
    for (let n = 1; n < 10; n++) conversation = withUrgency(conversation, "emergency", COVERED, START + n * 12_000);
    expect(conversation.urgent).toEqual(after);
    expect(conversation.dueAt).toBe(START + URGENT_MS);
    const claimed: ConversationItem = {
      ...conversation,
      state: "claimed",
      urgent: inHand(after ?? { kind: "emergency", since: 0, pages: 0 }),
    };
    expect(withUrgency(claimed, "emergency", COVERED, START + 4 * MINUTE).urgent?.pageAt).toBeUndefined();
    expect(withUrgency(claimed, "emergency", COVERED, START + 10 * MINUTE).urgent?.pageAt).toBe(START + 10 * MINUTE);
  });

  test("an emergency after a text that nobody judged raises it, and is not lowered by a later one", () => {
    const unjudged = { ...withUrgency(waiting, "not-judged", COVERED, START), level: 2 };
    const raised = withUrgency(unjudged, "emergency", COVERED, START + MINUTE);
    expect(raised).toMatchObject({ level: 0, dueAt: START + MINUTE + URGENT_MS, urgent: { kind: "emergency", pageAt: START + MINUTE } });
    expect(withUrgency({ ...raised, level: 1 }, "not-judged", COVERED, START + 2 * MINUTE)).toMatchObject({
      level: 1,
      urgent: { kind: "emergency" },
    });
  });

  test("moved or given back it is as urgent there; an idle conversation is not urgent", () => {
    const urgent = withUrgency(waiting, "emergency", COVERED, START);
    expect(waitAt(urgent, clinic, "front-desk", START + 9 * MINUTE)).toMatchObject({
      team: "front-desk",
      dueAt: START + 14 * MINUTE,
      urgent: { kind: "emergency", pageAt: START + 14 * MINUTE },
    });
    expect(waitAgain({ ...urgent, state: "claimed" }, START + MINUTE)).toMatchObject({
      state: "waiting",
      urgent: { pageAt: START + MINUTE },
    });
    expect(withUrgency(fresh, "emergency", COVERED, START)).toBe(fresh);
  });
});

describe("how often somebody is told", () => {
  const first = { kind: "emergency" as const, since: START, pages: 0, pageAt: START };
  test("at once, after two minutes, and every fifteen from then on", () => {
    const one = told(first, 0, COVERED, START);
    expect(one).toMatchObject({ pages: 1, pagedAt: START, pageAt: START + 2 * MINUTE });
    const two = told(one, 0, COVERED, START + 2 * MINUTE);
    expect(two).toMatchObject({ pages: 2, pageAt: START + 17 * MINUTE });
    expect(told(one, 1, COVERED, START + 5 * MINUTE).pageAt).toBe(START + 20 * MINUTE);
  });

  test("with nobody on call it is looked up every fifteen minutes, and when cover begins", () => {
    expect(told(first, 0, NIGHT, START).pageAt).toBe(START + 15 * MINUTE);
    const soon = { people: [], attendedFrom: START + 7 * MINUTE };
    expect(lookedAt(first, 0, soon, START).pageAt).toBe(START + 7 * MINUTE);
  });

  test("one that nobody judged is not paged again by itself", () => {
    expect(told({ kind: "not-judged", since: START, pages: 0 }, 1, COVERED, START).pageAt).toBeUndefined();
  });
});
