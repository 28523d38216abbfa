/**
 * What stands around a phrase and may turn it: "please don't stop the reminders", "how do I stop these", "no texts before
 * eight", "stop sending me the blister packs", "I stopped texting". A phrase that nothing turns is `plain`.
 */
import type { Hit } from "../pattern.ts";
import type { Token } from "../tokens.ts";
import type { Rule } from "./rules.ts";

export type Scope = "plain" | "quoted" | "negated" | "asked" | "supposed" | "past" | "limited" | "other-thing" | "other-sender" | "hedged";

const is = (token: Token | undefined, name: string): boolean =>
  token !== undefined && (token.word === name || token.classes.includes(name));
const any = (tokens: readonly Token[], ...names: string[]): boolean => tokens.some((token) => names.some((name) => is(token, name)));

/** Rules whose verb asks for an end, so that a negation before it keeps the texts; the others bring their own. */
const POSITIVE = new Set([
  "stop-texting",
  "remove-number",
  "unsubscribe",
  "turn-off",
  "end-of-texts",
  "start-texting",
  "subscribe",
  "wants-texts",
  "undo-stop",
]);

const AUXILIARY = new Set(
  "ai as a avez ont avons est sont ete etait avait avais had have has was were been got id ive didnt did does do".split(" "),
);
const HEDGES = new Set(
  "maybe perhaps probably might may thinking considering consider tempted peut-etre probablement pense songe envisage wondering".split(" "),
);
const OLD = new Set("old previous ancien ancienne vieux former other autre previously ex".split(" "));
const OTHER_THINGS = ["APPT", "DRUG", "HABIT", "SYMPTOM", "CALLING", "PAPER", "WAITLIST", "BODY", "EMAIL", "BUS", "PLACE"] as const;

export function scopeOf(tokens: readonly Token[], { rule, from, to }: Hit<Rule>): Scope {
  let begin = from;
  while (begin > 0 && tokens[begin]?.breaks !== 2) begin--;
  let end = to;
  while (end < tokens.length && tokens[end]?.breaks !== 2) end++;
  const before = tokens.slice(begin, from);
  const within = tokens.slice(from, to);
  const after = tokens.slice(to, end);
  const near = tokens.slice(Math.max(begin, from - 4), from);

  if (within.some(({ quoted }) => quoted)) return "quoted";
  if (POSITIVE.has(rule.name)) {
    const turned = near.findIndex((token) => is(token, "NOT") || is(token, "NEVER"));
    // "why don't you stop", "if you don't stop", "unless you stop" still ask for it.
    const asks = any(before, "WHY", "IF") || any(before, "how about");
    if (turned >= 0 && !asks && !any(near.slice(turned + 1), "MSG", "please", "ANYMORE")) return "negated";
    // "arretez pas", "enlevez-moi pas"
    const next = tokens.slice(from + 1, from + 3);
    if (next.some(({ word }) => /^(pas|jamais|not)$/.test(word)) && next[0]?.breaks !== 2 && !is(tokens[from], "UNSUB")) return "negated";
    const auxiliary = tokens[from - 1];
    if (auxiliary && auxiliary.breaks !== 1 && AUXILIARY.has(auxiliary.word) && !is(tokens[from], "REMOVE") && !any(before, "WISH", "CAN"))
      return "past";
    if (within.some((token, index) => index === 0 && is(token, "STOPPED"))) return "past";
  } else if (any(near.slice(-2), "NOT") && rule.name !== "never-text" && rule.name !== "no-wish" && rule.name !== "no-more-texts")
    return "negated";
  if (any(before, "HOW", "CANI") || any(within, "HOW")) return "asked";
  if (any(before, "WHY") && tokens[to - 1]?.asks) return "asked";
  if (any(before, "IF") && !any(before, "YOU")) return "supposed";
  if ([...near, ...within].some(({ word }) => HEDGES.has(word))) return "hedged";
  if (any(before, "ORG") || any(within, "ORG")) return "other-sender";
  if (within.some(({ word }) => OLD.has(word))) return "other-thing";
  const close = [...within.slice(1), ...after.slice(0, 4)];
  if (any(within, "NOISE") || any(after.slice(0, 4), "NOISE")) return "limited";
  if (rule.says === "certain" && after.slice(0, 7).some((token) => is(token, "WHEN") || is(token, "CLOCK") || is(token, "EXCEPT")))
    return "limited";
  if (rule.says === "certain" && (is(tokens[from - 1], "ONLY") || any(within, "ONLY"))) return "limited";
  if (OTHER_THINGS.some((name) => any(close, name)) && !any(within, "REMINDER")) return "other-thing";
  return "plain";
}
