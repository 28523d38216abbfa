/**
 * Which rules of the clinic's jurisdiction packs are in force on a day, merged: of several packs the strictest rule counts.
 * A rule names its source in its pack; here it keeps its id, so that a decision record can name it.
 */
import type { Clinic, Language, Rule, Week } from "./clinic.ts";
import { localDate } from "./hours.ts";

/** A value in force and the rules that set it, as `pack/rule`: `us/hours`. */
export interface Ruled<T> {
  readonly value: T;
  readonly rules: readonly string[];
}

export interface Rules {
  /** Local times between which texts may arrive, "08:00-21:00"; where two packs leave no time, both ends are the same. */
  readonly hours?: Ruled<string>;
  readonly maxCharacters?: Ruled<number>;
  readonly perDay?: Ruled<number>;
  readonly perWeek?: Ruled<number>;
  readonly warnPerDay?: Ruled<number>;
  /** Words that opt out, and that ask for help, whatever else does. */
  readonly optOutWords: Ruled<readonly string[]>;
  readonly helpWords: Ruled<readonly string[]>;
  /** Business days within which a revocation by any means must have taken effect. */
  readonly revocationDays?: Ruled<number>;
  readonly retentionYears?: Ruled<number>;
  /** Sentences that the papers must say, in the packs' order. */
  readonly notices: readonly { readonly rule: string; readonly text: Readonly<Record<Language, string>> }[];
  /** Every rule in force, also those that set nothing. */
  readonly inForce: readonly string[];
}

type Sets = Rule["sets"];

/**
 * The rules in force at an instant (ms), by the clinic's own calendar: `from` is the first day on which a rule counts,
 * `until` the first on which it counts no more.
 */
export function rulesAt(clinic: Pick<Clinic, "rules" | "timeZone">, at: number): Rules {
  const today = localDate(at, clinic.timeZone);
  const rules = clinic.rules.flatMap((pack) =>
    pack.rules
      .filter(({ from, until }) => (from === undefined || from <= today) && (until === undefined || today < until))
      .map((rule) => ({ id: `${pack.id}/${rule.id}`, sets: rule.sets })),
  );
  const all = <K extends keyof Sets>(member: K): { id: string; value: NonNullable<Sets[K]> }[] =>
    rules.flatMap(({ id, sets }) => (sets[member] === undefined ? [] : [{ id, value: sets[member] as NonNullable<Sets[K]> }]));
  const best = <K extends keyof Sets>(member: K, stricter: (a: NonNullable<Sets[K]>, b: NonNullable<Sets[K]>) => boolean) => {
    const given = all(member);
    const value = given.map((each) => each.value).reduce((a, b) => (stricter(b, a) ? b : a), given[0]?.value as NonNullable<Sets[K]>);
    return given.length === 0 ? undefined : { value, rules: given.filter((each) => each.value === value).map((each) => each.id) };
  };
  const least = (member: "maxCharacters" | "perDay" | "perWeek" | "warnPerDay" | "revocationDays") => best(member, (a, b) => a < b);
  const words = (member: "optOutWords" | "helpWords") => {
    const given = all(member);
    return { value: [...new Set(given.flatMap((each) => each.value))], rules: given.map((each) => each.id) };
  };
  return defined({
    hours: common(all("hours")),
    maxCharacters: least("maxCharacters"),
    perDay: least("perDay"),
    perWeek: least("perWeek"),
    warnPerDay: least("warnPerDay"),
    optOutWords: words("optOutWords"),
    helpWords: words("helpWords"),
    revocationDays: least("revocationDays"),
    // Whoever keeps a record for the longest of several times has kept it for each.
    retentionYears: best("retentionYears", (a, b) => a > b),
    notices: all("notice").map(({ id, value }) => ({ rule: id, text: value })),
    inForce: rules.map((rule) => rule.id),
  });
}

/**
 * When texts may arrive at a patient's: the clinic's own hours, narrowed by those of its packs at that instant (ms).
 * A pack whose hours are wider widens nothing, and is not among the rules.
 */
export function textingHoursAt(clinic: Pick<Clinic, "rules" | "timeZone" | "textingHours">, at: number): Ruled<Week> {
  const { hours } = rulesAt(clinic, at);
  if (!hours) return { value: clinic.textingHours, rules: [] };
  const [opens = "", closes = ""] = hours.value.split("-");
  const week: Week = {};
  let narrowed = false;
  for (const [day, blocks] of Object.entries(clinic.textingHours) as [keyof Week, string[] | undefined][]) {
    const left = (blocks ?? []).flatMap((block) => {
      const [from = "", to = ""] = block.split("-");
      const [start, end] = [latest([from, opens]), earliest([to, closes])];
      if (start !== from || end !== to) narrowed = true;
      return start < end ? [`${start}-${end}`] : [];
    });
    week[day] = left;
  }
  return { value: week, rules: narrowed ? hours.rules : [] };
}

/** The time that every rule leaves: the latest opening and the earliest closing, with the rules that set either. */
function common(given: readonly { id: string; value: string }[]): Ruled<string> | undefined {
  if (given.length === 0) return undefined;
  const blocks = given.map(({ id, value }) => ({ id, from: value.slice(0, 5), to: value.slice(6) }));
  const from = latest(blocks.map((each) => each.from));
  const to = earliest(blocks.map((each) => each.to));
  return {
    value: from < to ? `${from}-${to}` : `${from}-${from}`,
    rules: blocks.filter((each) => each.from === from || each.to === to).map((each) => each.id),
  };
}

/** Clock times of two digits each sort as text. */
const latest = (times: readonly string[]): string => times.toSorted().at(-1) ?? "00:00";
const earliest = (times: readonly string[]): string => times.toSorted()[0] ?? "24:00";

/** The object without the members that are undefined. */
function defined<T extends object>(
  members: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
