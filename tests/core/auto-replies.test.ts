import { describe, expect, test } from "vitest";
import { courtesy, type Heard, periodEnd, sameness, seen } from "../../lambdas/core/auto-replies.ts";
import { newConversation } from "../../lambdas/core/conversation.ts";
import { CALM } from "../../lambdas/core/emergency-net.ts";
import type { ConversationItem } from "../../lambdas/core/items.ts";
import { HOUR, MINUTE, START } from "../support/world.ts";

const BEFORE = newConversation("cnv_1", "N#1#a", "0123");
const CLOSED: Heard = {
  clinic: { acknowledge: false },
  cover: { open: false },
  net: CALM,
  word: false,
  careful: false,
  conversation: undefined,
  now: START,
};
const talk = (more: Partial<ConversationItem>): Partial<Heard> => ({ conversation: { ...BEFORE, ...more } });
const gets = (more: Partial<Heard>): unknown => courtesy({ ...CLOSED, ...more });

describe("after hours", () => {
  test("a text that nobody reads now is answered, once until somebody does", () => {
    expect(gets({})).toBe("after-hours");
    expect(gets(talk({}))).toBe("after-hours");
    expect(gets(talk({ toldClosedUntil: START + 1 }))).toBeUndefined();
    expect(gets(talk({ toldClosedUntil: START }))).toBe("after-hours");
  });

  test.each<[string, Partial<Heard>]>([
    ["a service word", { word: true }],
    ["a text that may be an opt-out, or tells of a death", { careful: true }],
    ["an emergency, answered or not", { net: { verdict: "emergency", kind: "stroke", silent: true } }],
    ["a phone that somebody else may read", talk({ tasks: [{ kind: "emergency", team: "t", at: START, code: "emergency-silent" }] })],
    ["a conversation in which a person wrote a quarter of an hour ago", talk({ lastStaffAt: START - 15 * MINUTE + 1 })],
    ["a conversation that a person holds", talk({ claim: { by: "a", until: START + 1 } })],
  ])("none to %s", (_, more) => {
    expect(gets(more)).toBeUndefined();
  });

  test("what has ended is no hindrance: a lapsed claim, a person's text before that", () => {
    expect(gets(talk({ claim: { by: "a", until: START } }))).toBe("after-hours");
    expect(gets(talk({ lastStaffAt: START - 15 * MINUTE }))).toBe("after-hours");
    // A text in another language is told too.
    expect(gets({ net: { verdict: "not-judged" } })).toBe("after-hours");
  });

  test("the period ends at the next opening; where none is known, in a day", () => {
    expect(periodEnd({ opensAt: START + HOUR }, START)).toBe(START + HOUR);
    expect(periodEnd({ opensAt: undefined }, START)).toBe(START + 24 * HOUR);
  });
});

test("in open hours only a clinic that wants it acknowledges", () => {
  expect(gets({ cover: { open: true } })).toBeUndefined();
  expect(gets({ cover: { open: true }, clinic: { acknowledge: true } })).toBe("acknowledgement");
  expect(gets({ cover: { open: true }, clinic: { acknowledge: true }, careful: true })).toBeUndefined();
});

describe("the third identical text", () => {
  test("within an hour is not answered; others between them change nothing", () => {
    let sames: ConversationItem["sames"];
    const comes = (mac: string, at: number): boolean => {
      const look = seen(sames, mac, at, at);
      sames = look.sames;
      return look.tooMany;
    };
    expect(comes("a", START)).toBe(false);
    expect(comes("b", START + MINUTE)).toBe(false);
    expect(comes("a", START + 2 * MINUTE)).toBe(false);
    expect(comes("a", START + 59 * MINUTE)).toBe(true);
    expect(comes("b", START + 59 * MINUTE)).toBe(false);
    // The first two are an hour old.
    expect(comes("a", START + 63 * MINUTE)).toBe(false);
    expect(sames).toHaveLength(3);
  });

  test("is told by its folded words, per sender, and the words are not in what is compared", () => {
    expect(sameness("+1", "Out of  OFFICE…")).toBe(sameness("+1", "out of office..."));
    expect(sameness("+1", "out of office")).not.toBe(sameness("+2", "out of office"));
    expect(sameness("+1", "out of office")).not.toBe(sameness("+1", "out of the office"));
    expect(sameness("+1", "out of office")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("no more than ten texts are remembered", () => {
    let sames: ConversationItem["sames"];
    for (let n = 0; n < 40; n++) sames = seen(sames, String(n), START, START).sames;
    expect(sames).toHaveLength(10);
  });
});
