import type { Language } from "../clinic.ts";
import { type Word, wordOf } from "../words.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, type Model, score, strongest } from "./model.ts";
import { type Whole, whole } from "./opt-out/keyword.ts";
import { FORGIVEN, GLUABLE, LEXICON, REAL } from "./opt-out/lexicon.ts";
import { COMMON, NAMES } from "./opt-out/names.ts";
import { type Hit, hits, literals, type Patterns, patterns } from "./opt-out/pattern.ts";
import { RULES, type Rule } from "./opt-out/rules.ts";
import { type Scope, scopeOf, TURNS } from "./opt-out/scope.ts";
import { type Tables, type Token, tables, tokens } from "./opt-out/tokens.ts";
import stored from "./weights/opt-out.json" with { type: "json" };

export const OPT_OUT_LABELS = ["certain", "probable", "not", "start", "help"] as const;
export type OptOutLabel = (typeof OPT_OUT_LABELS)[number];

/** What the sender says beside or instead of an opt-out, where it has a handling of its own: staff see it named, and need not guess. */
export const OPT_OUT_INTENTS = ["wrong-number", "deceased", "left-clinic", "new-number", "channel"] as const;
export type OptOutIntent = (typeof OPT_OUT_INTENTS)[number];

/**
 * What an inbound text asks of texting itself.
 *
 * `certain`: opted out at once. `probable`: sends pause, and a person decides. `start`: asks to be texted again; YES alone
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
   * CANCEL, thanks" is `cancel`. For plain words the rule's name. Never the sender's own words: it may stand in an event.
   */
  readonly word: string | undefined;
  /**
   * With `probable`: `wrong-number` (not the patient's phone), `deceased`, `left-clinic` (patient elsewhere now), `channel`
   * (calls, e-mail or letters preferred). With `not` too: `new-number` (a patient tells another number to use), `channel`
   * (asks to be called about something without refusing texts).
   */
  readonly intent: OptOutIntent | undefined;
}

/** Keywords that the clinic's rule packs add to the table in words.ts: their rules' `optOutWords` and `helpWords`. */
export interface PackWords {
  readonly optOutWords?: readonly string[] | undefined;
  readonly helpWords?: readonly string[] | undefined;
}

const model = /* @__PURE__ */ load(stored);
/** What the model tells apart: it never decides `certain`, and its `start` is a guess. */
export const OPT_OUT_MODEL_LABELS = ["out", "start", "help", "not"] as const;

/**
 * How likely the model must find an opt-out, by what else speaks for one: a rule that names the reason ("wrong number", "he
 * passed away"), a rule that something turns or that only hints, words about texting at all, or nothing a rule knows. Chosen
 * by validation on the tuned lines so that everyday texts stay everyday texts.
 */
const ENOUGH = { reason: 0.08, hint: 0.35, texting: 0.75, nothing: 0.85 } as const;
const HELP = 0.5;
const START = 0.5;
/** Rules whose hit names a reason for a person to look. */
const REASONS: ReadonlySet<string> = new Set([
  "wrong-number",
  "deceased",
  "left-clinic",
  "channel",
  "how-to-stop",
  "how-to-stop asked",
  "leave-alone",
  "wish-vague",
]);
/** Rules that say that the reason is another: somebody else's death, a text gone astray, texts that shall go on. */
const OTHERWISE: ReadonlySet<string> = new Set(["own-text", "goes-on", "no-death", "reschedule", "keeps", "clinic-question"]);
/** Rules that hint at it, whatever turns them. */
const HINTS: ReadonlySet<string> = new Set([
  "complaint",
  ...RULES.filter(({ says }) => says === "certain" || says === "likely").map(({ name }) => name),
]);
/** Classes of words about texting, or about whom a text reaches. */
const TEXTING = new Set("MSG UNSUB WRONG NOTME NOBODY DONTKNOW CALLME ELETTER PREFER GOAWAY EXCLAIM KEYWORDSTOP SEND NUM".split(" "));

/** What speaks for an opt-out beside the model, as the least chance that the model must give it. */
function enough(concepts: readonly string[]): number {
  const seen = new Set(concepts);
  const doubted = seen.has("words-40") || (seen.has("left-clinic") && seen.has("asks")) || concepts.some((each) => OTHERWISE.has(each));
  if (!doubted && concepts.some((each) => REASONS.has(each))) return ENOUGH.reason;
  if (concepts.some((each) => HINTS.has(each.split(" ", 1)[0] ?? ""))) return ENOUGH.hint;
  return concepts.some((each) => TEXTING.has(each)) ? ENOUGH.texting : ENOUGH.nothing;
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
  for (const hit of found) {
    if (hit.scope !== "plain" || !hit.rule.turns) continue;
    const turned = found.find(
      ({ rule, scope, from, to }) => rule.says === hit.rule.says && TURNS.has(scope) && from < hit.to && hit.from < to,
    );
    if (turned) hit.scope = turned.scope;
  }
  // "stop mailing me, text works": where texts shall go on, nothing is certain.
  if (found.some(({ rule }) => rule.name === "goes-on"))
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
    intent: undefined,
  });
  if (start[0] && certain.length === 0) return ruled("start", start[0]);
  if (certain[0] && start.length === 0) return ruled("certain", certain[0]);
  if (certain[0]) return ruled("probable", certain[0]);
  const likely = plain("likely");
  if (seen.whole?.kind === "answer")
    return { label: "not", findings: [], language: undefined, by: "rule", word: undefined, intent: undefined };
  if (seen.whole?.kind === "perhaps")
    return {
      label: "probable",
      findings: [finding("probable", all, { severity: "ask", by: "rule", why: seen.whole.why })],
      language: undefined,
      by: "rule",
      word: undefined,
      intent: undefined,
    };
  void likely;
  const concepts = conceptsOf(seen, folded);
  const { chances } = score(using, folded, concepts);
  const chance = (label: (typeof OPT_OUT_MODEL_LABELS)[number]): number => chances[using.labels.indexOf(label)] ?? 0;
  const label: OptOutLabel =
    chance("out") > enough(concepts) && chance("out") > chance("start") && chance("out") > chance("help")
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
  return { label, findings, language: undefined, by: "model", word: undefined, intent: undefined };
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
