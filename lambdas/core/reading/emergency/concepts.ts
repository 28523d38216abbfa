import type { EmergencyKind } from "../../clinic.ts";
import type { Folded } from "../fold.ts";
import { type Concept, lexicon, seen } from "./lexicon.ts";
import { numbersOf } from "./numbers.ts";
import { type Token, tokensOf, words } from "./tokens.ts";

/** A concept where a text names it. */
export interface Occurrence {
  readonly name: string;
  readonly group: string;
  readonly degree: number;
  readonly kind: EmergencyKind | undefined;
  /** Words, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly sentence: number;
  readonly negated: boolean;
}

export interface Understood {
  readonly tokens: readonly Token[];
  readonly occurrences: readonly Occurrence[];
}

const DENIES = words("no not never without none nor denies deny denied zero aucun aucune sans ni jamais aucuns");
/** These deny what follows only with "have" or a complaint behind them, and not a verb before them. */
const DENIES_ENGLISH = words("dont doesnt didnt isnt hasnt");
const DENIES_FRENCH = words("pas pu plus");
/** Verbs whose loss is the complaint: "respire pas", "bouge pu". */
const LOST = words(
  "respire respir bouge boug repond répond mange boit bois arrete arretent reveille marche marchent sens sent vois voit parle dort dors tient tiens leve reconnait avale urine pisse comprend passe veut veux peut peux capable file sait sais arrive coopere va vas entend mouille tete fonctionne aide descend baisse rentre ferme cesse lache grouille suit mouve endort",
);
const LIMITS = words(
  "just only now juste seulement mais but since depuis when quand because parce until jusque yet encore et pis and puis then",
);
const AGAIN = words("no not pas ni nor or ou sans aucun aucune");

/** Words under a denial. */
function denied(tokens: readonly Token[]): boolean[] {
  const out = tokens.map(() => false);
  for (const [at, token] of tokens.entries()) {
    const { word } = token;
    const next = tokens[at + 1];
    let reach = 0;
    if (DENIES.has(word)) reach = word === "not" ? 4 : 6;
    else if (DENIES_ENGLISH.has(word)) reach = next && ["have", "feel", "got", "look", "seem", "any", "had"].includes(next.word) ? 5 : 0;
    else if (DENIES_FRENCH.has(word)) {
      const before = tokens[at - 1];
      if (next?.word === "mal" && word === "pas") reach = 0;
      // "Kidney stone plus 39.4": the English word.
      else if (word === "plus" && next?.number !== undefined) reach = 0;
      else if (before && before.part === token.part && LOST.has(before.word)) reach = 0;
      else reach = 4;
    }
    if (word === "no" && next && ["longer", "relief", "better", "way", "one", "idea"].includes(next.word)) reach = 0;
    for (let i = at + 1; i < tokens.length && i <= at + reach; i++) {
      const each = tokens[i];
      if (!each || each.sentence !== token.sentence) break;
      if (each.part !== token.part && !AGAIN.has(each.word)) break;
      if (LIMITS.has(each.word) && !AGAIN.has(tokens[i + 1]?.word ?? "")) break;
      out[i] = true;
    }
  }
  return out;
}

export function understand(folded: Folded): Understood {
  const tokens = tokensOf(folded);
  const { concepts } = lexicon();
  const not = denied(tokens);
  const found = seen(tokens, lexicon());

  // What is no complaint at all hides the words it is made of.
  const hidden = tokens.map(() => false);
  for (const { concept, from, to } of found) if (concepts[concept]?.group === "X") hidden.fill(true, from, to);

  const occurrences: Occurrence[] = [];
  const add = (concept: Concept, from: number, to: number): void => {
    occurrences.push({ ...concept, from, to, sentence: tokens[from]?.sentence ?? 0, negated: not[from] ?? false });
  };
  for (const { concept, from, to } of found) {
    const named = concepts[concept];
    if (named && (named.group === "X" || !hidden.slice(from, to).includes(true))) add(named, from, to);
  }
  for (const { name, from, to } of numbersOf(tokens)) add({ name, group: "N", degree: 0, kind: undefined }, from, to);
  return { tokens, occurrences };
}

const ROUND = "TWMAG";
const ALARMING = words(
  "bp-high bp-low pulse-high pulse-low o2-low sugar-high sugar-low lab-bad fever-very-high temp-low breaths-fast pills-many bp-highish every-mins",
);

/** How bad a complaint or a reading is taken alone. */
export const degree = (each: Occurrence): number => (each.group === "S" ? each.degree : ALARMING.has(each.name) ? 3 : 0);
export const serious = (each: Occurrence): boolean => degree(each) > 1 && !each.negated;

/**
 * What a text says, by name, each once: concepts, denied ones, how many complaints of which degree and kind, what stands
 * beside a serious one, in its sentence (`&`) or in another (`..`), and how long the text is.
 */
export function namesOf({ tokens, occurrences }: Understood): string[] {
  const names = new Set<string>();
  const counts = new Map<string, Set<string>>();
  const count = (what: string, name: string): void => {
    const found = counts.get(what);
    if (found) found.add(name);
    else counts.set(what, new Set([name]));
  };
  /** In which sentences something serious stands, and what may stand round it. */
  const grave = new Map<string, Set<number>>();
  const round = new Map<string, Set<number>>();
  const stands = (where: Map<string, Set<number>>, name: string, sentence: number): void => {
    const found = where.get(name);
    if (found) found.add(sentence);
    else where.set(name, new Set([sentence]));
  };
  for (const each of occurrences) {
    names.add(each.negated ? `!${each.name}` : each.name);
    if (degree(each) > 0) {
      count(`${each.negated ? "!" : ""}deg${degree(each)}`, each.name);
      if (each.kind && !each.negated && degree(each) > 1) count(`k:${each.kind}`, each.name);
    }
    if (each.group === "A" || each.group === "X" || (each.group === "H" && !each.negated)) count(`group${each.group}`, each.name);
    if (serious(each)) {
      stands(grave, `deg${degree(each)}`, each.sentence);
      if (each.kind) stands(grave, each.kind, each.sentence);
    }
    if (ROUND.includes(each.group) && !each.negated) stands(round, each.group === "G" ? `${each.name}:` : each.name, each.sentence);
  }
  for (const [what, which] of counts) {
    names.add(what);
    if (which.size > 1) names.add(`${what}x2`);
    if (which.size > 2) names.add(`${what}x3`);
  }
  for (const [what, its] of grave) {
    for (const [marked, others] of round) {
      const grammar = marked.endsWith(":");
      if (grammar && !what.startsWith("deg")) continue;
      const name = grammar ? marked.slice(0, -1) : marked;
      if (meet(its, others)) names.add(`${what}&${name}`);
      if (its.size > 1 || others.size > 1 || !its.has([...others][0] ?? -1)) names.add(`${what}..${name}`);
    }
  }
  names.add(`long${Math.min(6, Math.floor(Math.log2(1 + tokens.length)))}`);
  return [...names];
}

function meet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const each of few) if (many.has(each)) return true;
  return false;
}
