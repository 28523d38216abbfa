import { expect, test } from "vitest";
import type { Doubt, LinkItem, NumberItem, Proofs } from "../../lambdas/core/items.ts";
import { isSuspect, levelFalls, levelOf, proved } from "../../lambdas/core/level.ts";
import { DAY, START } from "../support/world.ts";

const clinic = { numberMonths: 12 };
type Link = Pick<LinkItem, "active" | "since" | "proofs" | "doubt">;
const link = (more: Partial<Link> = {}): Link => ({ active: true, since: START - 900 * DAY, ...more });
const doubt = (why: Doubt, at: number): Pick<NumberItem, "doubt"> => ({ doubt: { why, at } });

test("nobody's number is unknown, a registered one is on file, and each proof lifts it to its level", () => {
  expect(levelOf({}, undefined, START, clinic)).toBe(0);
  expect(levelOf({}, link({ active: false, proofs: { callback: START } }), START, clinic)).toBe(0);
  expect(levelOf({}, link(), START, clinic)).toBe(1);
  const levels: [keyof Proofs, number][] = [
    ["handset", 2],
    ["desk", 3],
    ["identifiers", 3],
    ["callback", 4],
  ];
  for (const [kind, level] of levels) expect(levelOf({}, link({ proofs: { [kind]: START - DAY } }), START, clinic)).toBe(level);
  expect(levelOf({}, link({ proofs: { callback: START - DAY, handset: START } }), START, clinic)).toBe(4);
});

test("a proof counts for the clinic's months, to the day, and an older one of a higher level goes before a newer one", () => {
  const year = Date.parse("2025-11-24T17:00:00Z");
  expect(levelOf({}, link({ proofs: { callback: year } }), START, clinic)).toBe(4);
  expect(levelOf({}, link({ proofs: { callback: year - 1 } }), START, clinic)).toBe(1);
  expect(levelOf({}, link({ proofs: { callback: year - 1, handset: year } }), START, clinic)).toBe(2);
  expect(levelOf({}, link({ proofs: { callback: year } }), START, { numberMonths: 11 })).toBe(1);
});

test("doubt ends what was proved before it; only a newer proof brings the level back", () => {
  const proofs = { callback: START - 2 * DAY };
  const cases: [Doubt, number, boolean][] = [
    ["bounced", 1, true],
    ["carrier-changed", 1, false],
    ["new-number", 1, false],
    ["wrong-number", 0, true],
    ["ended", 0, true],
  ];
  for (const [why, level, suspect] of cases) {
    const number = doubt(why, START - DAY);
    expect([why, levelOf(number, link({ proofs }), START, clinic), isSuspect(number, link({ proofs }))]).toEqual([why, level, suspect]);
    const again = link({ proofs: { ...proofs, identifiers: START } });
    expect([why, levelOf(number, again, START, clinic), isSuspect(number, again)]).toEqual([why, 3, false]);
    // On the link it concerns that patient alone, and weighs the same.
    const theirs = link({ proofs, doubt: { why, at: START - DAY } });
    expect([why, levelOf({}, theirs, START, clinic), isSuspect({}, theirs)]).toEqual([why, level, suspect]);
  }
});

test("whoever is registered with the number after it was said to be another's is on file; one who was there before is not", () => {
  const number = doubt("wrong-number", START - DAY);
  expect(levelOf(number, link({ since: START }), START, clinic)).toBe(1);
  expect(isSuspect(number, link({ since: START }))).toBe(false);
  expect(levelOf(number, link({ since: START - 2 * DAY }), START, clinic)).toBe(0);
  // A phone that takes no texts takes none from a new patient either.
  expect(isSuspect(doubt("bounced", START - DAY), link({ since: START }))).toBe(true);
});

test("a level that falls moves the number's revision, so that a text about to leave is decided again", () => {
  expect(levelFalls({ ver: 4 }, "carrier-changed", START)).toEqual({ doubt: { at: START, why: "carrier-changed" }, ver: 5 });
});

test("a lighter doubt lifts no graver one, and a newer proof settles both", () => {
  const bounced = { at: START - 2 * DAY, why: "bounced" } as const;
  for (const why of ["new-number", "carrier-changed"] as const) {
    const { ver, ...members } = levelFalls({ ver: 4, doubt: bounced }, why, START - DAY);
    const number = members as Pick<NumberItem, "doubt" | "graver">;
    expect([ver, number]).toEqual([5, { doubt: { at: START - DAY, why }, graver: bounced }]);
    expect(isSuspect(number, link())).toBe(true);
    const again = link({ proofs: { callback: START } });
    expect([isSuspect(number, again), levelOf(number, again, START, clinic)]).toEqual([false, 4]);
  }
  expect(levelFalls({ ver: 4, doubt: bounced }, "wrong-number", START)).toEqual({ doubt: { at: START, why: "wrong-number" }, ver: 5 });
});

test("a known voice proves nothing, and an older proof of a kind replaces no newer one", () => {
  expect(proved(undefined, { how: "known-to-staff", at: START })).toBeUndefined();
  expect(proved({ callback: START }, { how: "called-back", at: START - DAY })).toEqual({ callback: START });
  expect(proved({ callback: START }, { how: "at-the-desk", at: START })).toEqual({ callback: START, desk: START });
  expect(proved(undefined, { how: "two-identifiers-by-voice", at: START })).toEqual({ identifiers: START });
});
