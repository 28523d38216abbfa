/**
 * What stands around a phrase and may turn it: "please don't stop the reminders", "how do I stop these", "no texts before
 * eight", "stop sending me the blister packs", "I stopped texting". A phrase that nothing turns is `plain`.
 */
import type { Hit } from "./pattern.ts";
import type { Rule } from "./rules.ts";
import type { Token } from "./tokens.ts";

export type Scope =
  | "plain"
  | "quoted"
  | "negated"
  | "asked"
  | "supposed"
  | "reported"
  | "past"
  | "limited"
  | "other-thing"
  | "other-sender"
  | "hedged";

const is = (token: Token | undefined, name: string): boolean =>
  token !== undefined && (token.word === name || token.classes.includes(name));
const any = (tokens: readonly Token[], ...names: string[]): boolean => tokens.some((token) => names.some((name) => is(token, name)));
const says = (tokens: readonly Token[], words: ReadonlySet<string>): boolean => tokens.some(({ word }) => words.has(word));

/** Rules that say their own "not": a negation before them turns nothing. */
const OWN_NEGATION = new Set([
  "never-text",
  "no-wish",
  "no-more-texts",
  "wish-vague",
  "consent-withdrawn",
  "end-of-texts",
  "wrong-number",
  "leave-alone",
]);

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const AUXILIARY = list("ai as a avez ont avons est sont ete etait avait avais had have has was were been got ive didnt did does do");
const HEDGES = list(
  "maybe perhaps probably might may thinking considering consider tempted peut_etre probablement pense songe envisage wondering",
);
const OLD = list("old previous ancien ancienne vieux former other autre previously ex");
const REPORTS = list("says said dit saying disait");
/** Behind "stop", "remove", "cancel" these are what should end, not the texts. */
const OTHER_THINGS = ["APPT", "DRUG", "HABIT", "SYMPTOM", "CALLING", "PAPER", "WAITLIST", "BODY", "EMAIL", "BUS", "PLACE", "DAY"] as const;

export function scopeOf(tokens: readonly Token[], { rule, from, to }: Hit<Rule>): Scope {
  let begin = from;
  while (begin > 0 && tokens[begin]?.breaks !== 2) begin--;
  let end = to;
  while (end < tokens.length && tokens[end]?.breaks !== 2) end++;
  const before = tokens.slice(begin, from);
  const within = tokens.slice(from, to);
  const after = tokens.slice(to, end);
  /** Words before, back to the last comma. */
  const comma = (tokens[from]?.breaks ?? 0) > 0 ? before.length : before.findLastIndex(({ breaks }) => breaks === 1);
  const near = before.slice(Math.max(0, comma, before.length - 4));

  if (within.some(({ quoted }) => quoted)) return "quoted";
  if (rule.says === "start" && any(within, "NOT", "NEVER", "PAS", "NOMORE")) return "negated";
  if (before.some((token, index) => is(token, "NOT") && any(before.slice(index, index + 3), "ASKED"))) return "negated";
  if (!OWN_NEGATION.has(rule.name)) {
    const no = near.findIndex((token) => is(token, "NOT") || is(token, "NEVER"));
    // "why don't you stop", "if you don't stop", "unless you stop" still ask for it.
    if (no >= 0 && !any(before, "WHY", "IF", "how about") && !any(near.slice(no + 1), "MSG", "please", "ANYMORE")) return "negated";
    // "arretez pas", "enlevez-moi pas"
    if (
      tokens.slice(from + 1, from + 3).some(({ word, breaks }) => breaks === 0 && /^(?:pas|jamais|not)$/.test(word)) &&
      !is(tokens[from], "UNSUB")
    )
      return "negated";
    const auxiliary = near.at(-1);
    if (auxiliary && AUXILIARY.has(auxiliary.word) && !is(tokens[from], "REMOVE") && !any(before, "WISH", "CAN")) return "past";
    if (is(tokens[from], "STOPPED")) return "past";
  }
  if (any(before, "HOW", "CANI") || any(within, "HOW")) return "asked";
  if (any(before, "WHY") && tokens[to - 1]?.asks) return "asked";
  const supposed = before.findLastIndex((token) => is(token, "IF"));
  if (supposed >= 0 && supposed >= comma && !any(before.slice(supposed), "YOU")) return "supposed";
  if (says(near.slice(-1), REPORTS)) return "reported";
  if (says([...near, ...within], HEDGES)) return "hedged";
  if (any(before, "ORG") || any(within, "ORG")) return "other-sender";
  if (says([...within, ...after.slice(0, 3)], OLD)) return "other-thing";
  if (any([...before, ...within, ...after.slice(0, 4)], "NOISE")) return "limited";
  if (rule.says === "certain") {
    const clock = (token: Token, index: number): boolean => is(token, "CLOCK") && /^\d/.test(after[index - 1]?.word ?? "");
    if (after.slice(0, 7).some((token, index) => is(token, "WHEN") || is(token, "EXCEPT") || clock(token, index))) return "limited";
    if ([...near.slice(-1), ...within, ...after.slice(0, 3)].some((token) => is(token, "ONLY") && !/^juste?$/.test(token.word)))
      return "limited";
  }
  const pause = after.findIndex(({ breaks }) => breaks > 0);
  const tail = (pause < 0 ? after : after.slice(0, pause)).slice(0, rule.name === "remove-number" || rule.name === "unsubscribe" ? 7 : 4);
  if (OTHER_THINGS.some((name) => any([...within.slice(1), ...tail], name)) && !any(within, "REMINDER")) return "other-thing";
  return "plain";
}

/** What turns one phrase turns those that share its words. */
export const TURNS: ReadonlySet<Scope> = new Set(["negated", "limited", "other-thing", "quoted", "other-sender"]);
