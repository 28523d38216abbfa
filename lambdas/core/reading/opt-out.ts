import type { Language } from "../clinic.ts";
import { type Word, wordOf } from "../words.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, type Model, score, strongest } from "./model.ts";
import { type Whole, whole } from "./opt-out/keyword.ts";
import { FORGIVEN, GLUABLE, LEXICON, REAL } from "./opt-out/lexicon.ts";
import { COMMON, NAMES } from "./opt-out/names.ts";
import { isNewNumber } from "./opt-out/new-number.ts";
import { type Hit, hits, literals, type Patterns, patterns } from "./opt-out/pattern.ts";
import { RULES, type Rule } from "./opt-out/rules.ts";
import { type Scope, scopeOf, TURNS } from "./opt-out/scope.ts";
import { type Tables, type Token, tables, tokens } from "./opt-out/tokens.ts";
import { isWrongNumber } from "./opt-out/wrong-number.ts";
import stored from "./weights/opt-out.json" with { type: "json" };

export const OPT_OUT_LABELS = ["certain", "probable", "not", "start", "help"] as const;
export type OptOutLabel = (typeof OPT_OUT_LABELS)[number];

/** What the sender says beside or instead of an opt-out, where it has a handling of its own: staff see it named, and need not guess. */
export const OPT_OUT_INTENTS = ["deceased", "wrong-number", "left-clinic", "new-number", "channel"] as const;
export type OptOutIntent = (typeof OPT_OUT_INTENTS)[number];

/**
 * What an inbound text asks of texting itself.
 *
 * `certain`: opted out at once. `probable`: a person decides, and where the doubt is firm, sends wait for it. `start`: asks to be texted again; YES alone
 * is not (`wordOf` reads YES and NO). `help`: asks how texting works here. `not`: none of these.
 */
export interface OptOutReading {
  readonly label: OptOutLabel;
  /** Where in the text as written; `why` names the rule or the model's features. `not` has none, but for its intent. */
  readonly findings: readonly Finding[];
  /** Of the word or phrase that was understood; undefined where both languages have it, or none was. */
  readonly language: Language | undefined;
  /** Rules alone decide `certain`; a `start` of the model's is a guess that lifts nothing. */
  readonly by: "rule" | "model";
  /**
   * The keyword (of the table in words.ts or of a pack) that the whole message comes down to, in folded letters: "please
   * CANCEL, thanks" is `cancel`. For plain words the rule's name, so `wrong-number` where the whole text says that beyond mistaking. Never the sender's own words: it may stand in an event.
   */
  readonly word: string | undefined;
  /**
   * With `probable`: `wrong-number` (not the patient's phone), `deceased`, `left-clinic` (patient elsewhere now), `channel`
   * (calls, e-mail or letters preferred). With `not` too: `new-number` (a patient tells another number to use), `channel`
   * (asks to be called about something without refusing texts).
   */
  readonly intent: OptOutIntent | undefined;
  /** With `probable`: whether the doubt is firm enough for sends to wait until a person has decided. A rule's always is. */
  readonly firm: boolean;
}

/** Keywords that the clinic's rule packs add to the table in words.ts: their rules' `optOutWords` and `helpWords`. */
export interface PackWords {
  readonly optOutWords?: readonly string[] | undefined;
  readonly helpWords?: readonly string[] | undefined;
}

const model = /* @__PURE__ */ load(stored);
/** What the model tells apart: it never decides `certain`, and its `start` is a guess. */
export const OPT_OUT_MODEL_LABELS = ["out", "start", "help", "not"] as const;

/** What speaks for an opt-out beside the model. */
type Evidence = "reason" | "elsewhere" | "turned" | "asked" | "complaint" | "texting" | "number" | "otherwise" | "nothing";

/**
 * How likely the model must find an opt-out, by what else speaks for one: to be called probable, and for sends to wait. Chosen
 * by validation on the tuned lines: a person may look at a few texts too many, but everyday texts must not hold back others.
 */
const ENOUGH: Readonly<Record<Evidence, { readonly called: number; readonly firm: number }>> = {
  reason: { called: 0.03, firm: 0.4 },
  elsewhere: { called: 0.08, firm: 0.95 },
  turned: { called: 0.06, firm: 0.85 },
  asked: { called: 0.4, firm: 0.9 },
  complaint: { called: 0.1, firm: 0.93 },
  texting: { called: 0.05, firm: 0.9 },
  number: { called: 0.13, firm: 0.92 },
  otherwise: { called: 0.7, firm: 0.98 },
  nothing: { called: 0.4, firm: 0.98 },
};
const HELP = 0.4;
const START = 0.4;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** Rules whose hit names a reason for a person to look: `elsewhere` are those that everyday texts resemble more. */
const REASONS = setOf("wrong-number deceased how-to-stop leave-alone wish-vague");
const ELSEWHERE = setOf("left-clinic channel");
/** Rules that say that the reason is another: somebody else's death, a text gone astray, texts that shall go on. */
const OTHERWISE = setOf("own-text goes-on no-death reschedule keeps clinic-question");
/** Rules that find a question about the texting itself. */
const ABOUT = setOf("who-texts about-texting");
/** Classes of words about texting, and about phones and calls. */
const TEXTING = setOf("MSG SEND UNSUB NOTME DONTKNOW ELETTER KEYWORDSTOP");
const NUMBER = setOf("NUM CALLME PREFER EXCLAIM NOBODY WRONG GOAWAY");
/** Rules that would say it if nothing turned them. */
const TURNED: ReadonlySet<string> = new Set(RULES.filter(({ says }) => says === "certain").map(({ name }) => name));

/** The strongest of what speaks for an opt-out beside the model. */
function evidenceOf(concepts: readonly string[]): Evidence {
  const seen = new Set(concepts);
  const ruled = (names: ReadonlySet<string>): boolean =>
    concepts.some((each) => names.has(each) || (each.endsWith(" asked") && names.has(each.slice(0, -6))));
  const otherwise = concepts.some((each) => OTHERWISE.has(each));
  const doubted = otherwise || seen.has("words-40");
  if (!doubted && ruled(REASONS)) return "reason";
  if (!doubted && !seen.has("asks") && ruled(ELSEWHERE)) return "elsewhere";
  if (concepts.some((each) => ABOUT.has(each)) && !seen.has("complaint")) return "asked";
  if (concepts.some((each) => TURNED.has(each.split(" ", 1)[0] ?? ""))) return "turned";
  if (concepts.some((each) => TEXTING.has(each))) return "texting";
  if (seen.has("complaint")) return "complaint";
  if (otherwise) return "otherwise";
  return concepts.some((each) => NUMBER.has(each)) ? "number" : "nothing";
}

/** What the sender says beside or instead of an opt-out; the graver first. */
function intentOf(hits: readonly Readonly<Found>[], label: OptOutLabel, folded: Folded): OptOutIntent | undefined {
  const hit = (name: string): boolean => hits.some(({ rule, scope }) => rule.name === name && scope === "plain");
  const told = (intent: OptOutIntent): boolean => (intent === "new-number" ? isNewNumber(folded) : hit(intent));
  if (label === "certain" || label === "probable") return OPT_OUT_INTENTS.find(told);
  if (isNewNumber(folded)) return "new-number";
  return label === "not" && hit("channel") && !hit("own-text") && !hit("no-death") ? "channel" : undefined;
}

/** Lexicon and rules are made ready at the first text, not at the start of a function that reads none. */
let ready: { readonly tables: Tables; readonly patterns: Patterns<Rule> } | undefined;
function prepared(): { readonly tables: Tables; readonly patterns: Patterns<Rule> } {
  ready ??= {
    tables: tables(LEXICON, {
      words: FORGIVEN,
      real: [...REAL, ...RULES.flatMap(({ lines }) => literals(lines))],
      gluable: GLUABLE,
    }),
    patterns: patterns(RULES.map((rule) => [rule, rule.lines] as const)),
  };
  return ready;
}

/** Hits that may share words with one, before and behind it. */
const NEAR = 50;

interface Found extends Hit<Rule> {
  scope: Scope;
}

interface Seen {
  readonly tokens: readonly Token[];
  readonly whole: Whole | undefined;
  readonly hits: readonly Readonly<Found>[];
}

function look(folded: Folded, extra: ReadonlyMap<string, Word>): Seen {
  const { tables, patterns } = prepared();
  const all = tokens(folded, tables).map(named);
  const found = hits(all, patterns).map((hit): Found => ({ ...hit, scope: hit.rule.turns ? scopeOf(all, hit) : "plain" }));
  for (const [index, hit] of found.entries()) {
    if (hit.scope !== "plain" || !hit.rule.turns) continue;
    // They stand in the text's order: those that share its words are near.
    const turned = found
      .slice(Math.max(0, index - NEAR), index + NEAR)
      .find(({ rule, scope, from, to }) => rule.says === hit.rule.says && TURNS.has(scope) && from < hit.to && hit.from < to);
    if (turned) hit.scope = turned.scope;
  }
  // "stop mailing me, text works": where texts shall go on, nothing is certain.
  // But not in words of the very phrase: "don't text me at all", "you keep texting me, please stop".
  const ordered = new Set<number>();
  for (const { rule, from, to } of found)
    if (rule.says === "certain" && all.slice(from + 1, to).every(({ breaks }) => breaks === 0))
      for (let at = from; at < to; at++) ordered.add(at);
  const apart = ({ from, to }: Found): boolean => {
    for (let at = from; at < to; at++) if (ordered.has(at)) return false;
    return true;
  };
  if (found.some((hit) => hit.rule.name === "goes-on" && apart(hit)))
    for (const hit of found) if (hit.rule.says === "certain" && hit.scope === "plain") hit.scope = "limited";
  return { tokens: all, whole: whole(all, extra), hits: found };
}

/** A token that names somebody has the class NAME too: a given name, or a strange word with a capital inside a sentence. */
function named(token: Token): Token {
  const { word, classes, capital, breaks } = token;
  const inside = capital && breaks !== 2;
  const name = NAMES.has(word) ? !COMMON.has(word) || inside : inside && classes.length === 0 && /^[a-z]{3,}$/.test(word);
  return name ? { ...token, classes: [...classes, "NAME"] } : token;
}

/** What the rules see in a text, by name: the model's most telling features. */
export function optOutConcepts(folded: Folded): string[] {
  return conceptsOf(look(folded, new Map()), folded);
}

function conceptsOf({ tokens: all, whole, hits }: Seen, folded: Folded): string[] {
  const seen = new Set<string>();
  if (whole) seen.add(whole.kind === "perhaps" ? `whole-${whole.why}` : `whole-${whole.kind}`);
  for (const { rule, scope } of hits) seen.add(scope === "plain" ? rule.name : `${rule.name} ${scope}`);
  let before: readonly string[] = [];
  for (const token of all) {
    const classes = token.classes.filter((name) => !QUIET.has(name));
    if (token.breaks === 2) before = [];
    if (classes.length === 0) continue;
    for (const name of classes) {
      seen.add(name);
      for (const last of before) seen.add(`${last} ${name}`);
    }
    before = classes;
  }
  seen.add(`words-${all.length < 4 ? all.length : all.length < 7 ? 4 : all.length < 15 ? 7 : all.length < 40 ? 15 : 40}`);
  if (all.at(-1)?.asks) seen.add("asks");
  if (folded.text.includes("!!")) seen.add("shouts");
  return [...seen];
}
/** Classes that tell the model nothing. */
const QUIET = new Set(["POLITE", "SIGN", "MINE", "TAKE", "ANYTHING"]);

/**
 * What an inbound text asks of texting itself. Never throws; linear in the text's length.
 * @param more keywords of the packs in force
 */
export function readOptOut(text: string, more: PackWords = {}): OptOutReading {
  return readWith(model, text, more);
}

/** The same with weights that are not the stored ones: how validation reads lines that its model was not trained on. */
export function readWith(using: Model, text: string, more: PackWords = {}): OptOutReading {
  const folded = fold(text);
  const extra = packWords(more);
  const word = wordOf(text);
  const seen = look(folded, extra);
  const span = (from: number, to: number): { from: number; to: number } => {
    const first = seen.tokens[from];
    const last = seen.tokens[to - 1];
    return first && last ? spanOf(folded, first.from, last.to) : spanOf(folded, 0, folded.text.length);
  };
  const all = span(0, seen.tokens.length);
  const keyword = word && word.kind !== "yes" && word.kind !== "no" ? word : seen.whole?.kind === "keyword" ? seen.whole.word : undefined;
  if (keyword && keyword.kind !== "yes" && keyword.kind !== "no") {
    const label = keyword.kind === "stop" ? "certain" : keyword.kind;
    return {
      label,
      findings: [finding(label, all, { severity: "refuse", by: "rule", why: "word" })],
      language: keyword.language,
      by: "rule",
      word: keyword.word,
      intent: undefined,
      firm: true,
    };
  }
  const plain = (says: Rule["says"]): Readonly<Found>[] => seen.hits.filter(({ rule, scope }) => rule.says === says && scope === "plain");
  const certain = plain("certain");
  const start = plain("start");
  const ruled = (label: OptOutLabel, hit: Hit<Rule>): OptOutReading => ({
    label,
    findings: [
      finding(label, span(hit.from, hit.to), { severity: label === "certain" ? "refuse" : "ask", by: "rule", why: hit.rule.name }),
    ],
    language: undefined,
    by: "rule",
    word: hit.rule.name,
    intent: intentOf(seen.hits, label, folded),
    firm: true,
  });
  if (isWrongNumber(folded)) {
    const label = certain.length > 0 ? "certain" : "probable";
    return {
      label,
      findings: [finding(label, all, { severity: label === "certain" ? "refuse" : "ask", by: "rule", why: "wrong-number" })],
      language: undefined,
      by: "rule",
      word: "wrong-number",
      intent: "wrong-number",
      firm: true,
    };
  }
  if (start[0] && certain.length === 0) return ruled("start", start[0]);
  if (certain[0] && start.length === 0) return ruled("certain", certain[0]);
  if (certain[0]) return ruled("probable", certain[0]);
  if (seen.whole?.kind === "answer")
    return { label: "not", findings: [], language: undefined, by: "rule", word: undefined, intent: undefined, firm: false };
  if (seen.whole?.kind === "perhaps")
    return {
      label: "probable",
      findings: [finding("probable", all, { severity: "ask", by: "rule", why: seen.whole.why })],
      language: undefined,
      by: "rule",
      word: undefined,
      intent: undefined,
      firm: true,
    };
  // "stop texting my father": plain words, but not the writer's own.
  const another = seen.hits.find(({ rule, scope }) => rule.says === "certain" && scope === "for-another");
  if (another) return ruled("probable", another);
  const concepts = conceptsOf(seen, folded);
  const { chances } = score(using, folded, concepts);
  const chance = (label: (typeof OPT_OUT_MODEL_LABELS)[number]): number => chances[using.labels.indexOf(label)] ?? 0;
  const enough = ENOUGH[evidenceOf(concepts)];
  const label: OptOutLabel =
    chance("out") > enough.called && chance("out") > chance("start") && chance("out") > chance("help")
      ? "probable"
      : chance("help") > HELP
        ? "help"
        : chance("start") > START
          ? "start"
          : "not";
  const findings =
    label === "not"
      ? []
      : [
          finding(label, all, {
            severity: "ask",
            by: "model",
            why: strongest(using, label === "probable" ? "out" : label, folded, concepts).join(" "),
          }),
        ];
  return {
    label,
    findings,
    language: undefined,
    by: "model",
    word: undefined,
    intent: intentOf(seen.hits, label, folded),
    firm: label === "probable" && chance("out") > enough.firm,
  };
}

function packWords({ optOutWords = [], helpWords = [] }: PackWords): Map<string, Word> {
  const words = new Map<string, Word>();
  for (const [kind, list] of [
    ["stop", optOutWords],
    ["help", helpWords],
  ] as const)
    for (const each of list) {
      const word = fold(each).text;
      words.set(word, { kind, language: undefined, word });
    }
  return words;
}
