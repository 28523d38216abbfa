/**
 * Patterns over words with meanings, as reviewed data. A pattern is a line of steps:
 *
 *     STOP ..2 SEND|MSG      a word of the class STOP, up to two words, one of SEND or MSG
 *     TAKE --3 OFF           up to three words, none of the class BAR (conjunctions and the like)
 *     ^ MSG? arret           the sentence begins; perhaps MSG; the very word "arret"
 *     NOT SEND!ONLY $        NOT, then SEND that is not also ONLY, and nothing after it in the sentence
 *     UNSUB POLITE|$         UNSUB, then one of POLITE or the end
 *
 * Capitals name classes, small letters words (`no_more` is one entry of two words). Steps stay within one sentence; `//` lets the next one begin there. A match is
 * found in time linear in the text: steps and gaps are bounded by the pattern.
 */
import type { Token } from "./tokens.ts";

interface Step {
  readonly kind: "word" | "gap" | "start" | "end" | "next";
  readonly any: readonly string[];
  readonly none: readonly string[];
  readonly optional: boolean;
  readonly most: number;
  /** Of a gap: whether it ends before a word of the class BAR. */
  readonly barred: boolean;
}

export interface Pattern<Rule> {
  readonly rule: Rule;
  readonly steps: readonly Step[];
}

/** Patterns by the classes and words that a match may begin with. */
export type Patterns<Rule> = ReadonlyMap<string, readonly Pattern<Rule>[]>;

/** @throws where a pattern does not begin with a word that must be there: a mistake of whoever wrote it */
export function patterns<Rule>(rules: Iterable<readonly [rule: Rule, lines: string]>): Patterns<Rule> {
  const all = new Map<string, Pattern<Rule>[]>();
  for (const [rule, lines] of rules)
    for (const line of lines.split("\n")) {
      const text = line.trim();
      if (text === "") continue;
      const steps = text.split(/\s+/).map(step);
      const words = steps.filter(({ kind }) => kind === "word");
      const first = words.slice(0, words.findIndex(({ optional }) => !optional) + 1);
      if (first.length === 0 || first.some(({ any }) => any.length === 0) || steps[0]?.kind === "gap")
        throw new Error(`a pattern must begin with a word: ${text}`);
      for (const key of new Set(first.flatMap(({ any }) => any))) {
        const known = all.get(key);
        if (known) known.push({ rule, steps });
        else all.set(key, [{ rule, steps }]);
      }
    }
  return all;
}

const plain = { any: [], none: [], optional: false, most: 0, barred: false };

function step(text: string): Step {
  if (text === "^") return { ...plain, kind: "start" };
  if (text === "$") return { ...plain, kind: "end" };
  if (text === "//") return { ...plain, kind: "next" };
  if (text.startsWith("..") || text.startsWith("--"))
    return { ...plain, kind: "gap", most: Number(text.slice(2)), barred: text.startsWith("--") };
  const optional = text.endsWith("?");
  const [wanted = "", ...none] = (optional ? text.slice(0, -1) : text).split("!");
  const any = wanted === "" ? [] : wanted.split("|").map((name) => name.replaceAll("_", " "));
  return { ...plain, kind: "word", any, none, optional };
}

const has = (token: Token, name: string): boolean => token.word === name || token.classes.includes(name);

/** Where a match of the steps that begins at a token ends (exclusive); -1 where there is none. */
function end(tokens: readonly Token[], steps: readonly Step[], at: number, step: number, crossing: boolean): number {
  const now = steps[step];
  if (!now) return at;
  const token = tokens[at];
  const apart = token?.breaks === 2 && !crossing;
  switch (now.kind) {
    case "start":
      return token?.breaks === 2 ? end(tokens, steps, at, step + 1, true) : -1;
    case "end":
      return !token || token.breaks === 2 ? end(tokens, steps, at, step + 1, crossing) : -1;
    case "next":
      return end(tokens, steps, at, step + 1, true);
    case "gap": {
      for (let skipped = 0; skipped <= now.most; skipped++) {
        const found = end(tokens, steps, at + skipped, step + 1, crossing && skipped === 0);
        if (found >= 0) return found;
        const passed = tokens[at + skipped];
        if (!passed || (now.barred && passed.classes.includes("BAR")) || (passed.breaks === 2 && !(crossing && skipped === 0))) return -1;
      }
      return -1;
    }
    case "word": {
      const fits =
        token !== undefined &&
        !apart &&
        (now.any.length === 0 || now.any.some((name) => has(token, name))) &&
        !now.none.some((name) => has(token, name));
      if (fits) {
        const found = end(tokens, steps, at + 1, step + 1, false);
        if (found >= 0) return found;
      }
      // "POLITE|$": one of the class, or the end.
      if (now.any.includes("$") && (!token || token.breaks === 2)) return end(tokens, steps, at, step + 1, crossing);
      return now.optional ? end(tokens, steps, at, step + 1, crossing) : -1;
    }
  }
}

export interface Hit<Rule> {
  readonly rule: Rule;
  /** Tokens, end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Every place where a rule's pattern matches, in the text's order; a rule at most once from one word. */
export function hits<Rule>(tokens: readonly Token[], all: Patterns<Rule>): Hit<Rule>[] {
  const found: Hit<Rule>[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const tried = new Set<Pattern<Rule>>();
    const done = new Set<Rule>();
    for (const key of [token.word, ...token.classes])
      for (const pattern of all.get(key) ?? []) {
        if (tried.has(pattern) || done.has(pattern.rule)) continue;
        tried.add(pattern);
        // The first word stands behind the sign for a sentence's beginning, if there is one.
        const to = end(tokens, pattern.steps, at, 0, true);
        if (to < 0) continue;
        done.add(pattern.rule);
        found.push({ rule: pattern.rule, from: at, to });
      }
  }
  return found;
}

/** The words that patterns name themselves, outside of classes: no slip of a word in a class. */
export function literals(lines: string): string[] {
  return lines
    .split(/\s+/)
    .flatMap((text) => text.replace(/\?$/, "").split(/[|!]/))
    .filter((word) => /^[a-z]/.test(word));
}
