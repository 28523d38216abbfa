import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Clinic, type Pack, packSchema } from "../../lambdas/core/clinic.ts";
import { rulesAt, textingHoursAt } from "../../lambdas/core/rules.ts";
import { packBytes, packNames } from "../../lib/packs.ts";
import { clinic } from "../support/world.ts";

const shipped = (name: string): Pack => packSchema.parse(parse(packBytes(name).toString("utf8")));
const under = (...names: string[]): Clinic => ({ ...clinic, packs: names, rules: names.map(shipped) });

/** Noon in Alberta on a day. */
const on = (day: string): number => Date.parse(`${day}T19:00:00Z`);
const NOW = on("2026-11-25");

const pack = (id: string, rules: readonly (Partial<Pack["rules"][number]> & { id: string })[]): Pack =>
  packSchema.parse({
    id,
    name: `Pack ${id}`,
    rules: rules.map((rule) => ({ says: "A rule of a test.", source: "the test", lawAsOf: "2026-01-01", sets: {}, ...rule })),
  });
const made = (...packs: Pack[]): Clinic => ({ ...clinic, rules: packs });

describe("the packs that ship", () => {
  test("are Alberta, Ontario and the United States; each rule has its source and the day it was read", () => {
    expect(packNames()).toEqual(["ca-ab", "ca-on", "us"]);
    for (const name of packNames()) {
      const { id, rules } = shipped(name);
      expect(id).toBe(name);
      expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
      for (const rule of rules) expect(rule.lawAsOf >= "2026-11-22").toBe(true);
    }
  });

  test("the United States: hours, 160 characters, one a day and three a week, ten business days, the FCC's seven words", () => {
    const { inForce, notices, ...rules } = rulesAt(under("us"), NOW);
    expect(rules).toEqual({
      hours: { value: "08:00-21:00", rules: ["us/hours"] },
      maxCharacters: { value: 160, rules: ["us/characters"] },
      perDay: { value: 1, rules: ["us/how-many"] },
      perWeek: { value: 3, rules: ["us/how-many"] },
      optOutWords: { value: ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"], rules: ["us/opt-out-words"] },
      helpWords: { value: ["help", "info"], rules: ["us/opt-out-words"] },
      revocationDays: { value: 10, rules: ["us/revocation"] },
      retentionYears: { value: 6, rules: ["us/documents"] },
    });
    expect(inForce).not.toContain("us/revoke-all");
    expect(notices.map((each) => each.rule)).toEqual(["us/revocation", "us/patients-preference"]);
  });

  test("the waiver of revoke-all ends with the first minute of 2027-01-31, by the clinic's own clock", () => {
    const inNewYork = { ...under("us"), timeZone: "America/New_York" };
    const inForce = (at: string) => rulesAt(inNewYork, Date.parse(at)).inForce.filter((rule) => rule.startsWith("us/revoke-all"));
    expect(inForce("2027-01-31T04:59:59Z")).toEqual(["us/revoke-all-waived"]);
    expect(inForce("2027-01-31T05:00:00Z")).toEqual(["us/revoke-all"]);
  });

  test("before the FCC's rules came into force, none of them counts", () => {
    const { optOutWords, revocationDays, inForce } = rulesAt(under("us"), on("2025-04-10"));
    expect(optOutWords.value).toEqual([]);
    expect(revocationDays).toBeUndefined();
    expect(inForce).toContain("us/one-confirmation");
  });

  test.each(["ca-ab", "ca-on"])("%s counts no texts and knows no hours of its own", (name) => {
    const rules = rulesAt(under(name), NOW);
    expect(rules).not.toHaveProperty("hours");
    expect(rules).not.toHaveProperty("maxCharacters");
    expect(rules).not.toHaveProperty("perDay");
    expect(rules.warnPerDay).toEqual({ value: 4, rules: [`${name}/many-a-day`] });
    expect(rules.inForce).toContain(`${name}/opt-out-scope`);
    expect(rules.retentionYears?.value).toBe(10);
  });

  test("a clinic under two packs follows the stricter of both", () => {
    const rules = rulesAt(under("us", "ca-ab"), NOW);
    expect(rules.retentionYears).toEqual({ value: 10, rules: ["ca-ab/retention"] });
    expect(rules.revocationDays).toEqual({ value: 10, rules: ["us/revocation", "ca-ab/revocation"] });
    expect(rules.optOutWords.value).toEqual(expect.arrayContaining(["arret", "revoke"]));
    expect(rules.perDay?.value).toBe(1);
  });
});

describe("of several rules", () => {
  test.each([
    ["maxCharacters", 160, 300, 160],
    ["perDay", 3, 1, 1],
    ["perWeek", 3, 5, 3],
    ["warnPerDay", 6, 4, 4],
    ["revocationDays", 10, 5, 5],
    ["retentionYears", 6, 10, 10],
  ] as const)("the stricter %s counts", (member, one, other, counts) => {
    const rules = rulesAt(
      made(pack("aa", [{ id: "r1", sets: { [member]: one } }]), pack("bb", [{ id: "r2", sets: { [member]: other } }])),
      NOW,
    );
    expect(rules[member]).toEqual({ value: counts, rules: [counts === one ? "aa/r1" : "bb/r2"] });
  });

  test("hours are those that all of them leave", () => {
    const hours = (...given: string[]) =>
      rulesAt(made(...given.map((block, index) => pack(`p${index}`, [{ id: "hours", sets: { hours: block } }]))), NOW).hours;
    expect(hours("08:00-21:00", "09:00-22:00")).toEqual({ value: "09:00-21:00", rules: ["p0/hours", "p1/hours"] });
    expect(hours("08:00-21:00", "09:00-20:00")).toEqual({ value: "09:00-20:00", rules: ["p1/hours"] });
    expect(hours("08:00-12:00", "13:00-20:00")?.value).toBe("13:00-13:00");
  });
});

describe("the hours in which texts may arrive", () => {
  const week = { mon: ["07:00-12:00", "13:00-22:00"], tue: ["06:00-07:30"], wed: ["09:00-17:00"] };
  const within = (block: string) =>
    textingHoursAt({ ...made(pack("pp", [{ id: "hours", sets: { hours: block } }])), textingHours: week }, NOW);

  test("are narrowed by a pack, and it is named", () => {
    expect(within("08:00-21:00")).toEqual({
      value: { mon: ["08:00-12:00", "13:00-21:00"], tue: [], wed: ["09:00-17:00"] },
      rules: ["pp/hours"],
    });
  });

  test("are not widened by a pack, nor is it named", () => {
    expect(within("00:00-24:00")).toEqual({ value: week, rules: [] });
  });

  test("without any rule about them are the clinic's own", () => {
    expect(textingHoursAt({ ...under("ca-ab"), textingHours: week }, NOW)).toEqual({ value: week, rules: [] });
  });
});
