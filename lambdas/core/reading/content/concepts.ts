/**
 * What stands in a text, by the concepts of the word lists, sentence by sentence: who and what a sentence is about decides
 * what a word in it means. "Dr. Ito has pneumonia" is about staff, "measles shots for everyone" about the public.
 */
import type { Folded } from "../fold.ts";
import { compile, type Lexicon, type Match } from "./lexicon.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { ASKING } from "./words/asking.ts";
import { CONDITIONS } from "./words/conditions.ts";
import { FINDINGS } from "./words/findings.ts";
import { KNOWN } from "./words/known.ts";
import { MEDICINES } from "./words/medicines.ts";
import { ORDINARY } from "./words/ordinary.ts";
import { SENSITIVE } from "./words/sensitive.ts";
import { SERVICES } from "./words/services.ts";
import { SPECIALTIES } from "./words/specialties.ts";
import { TESTS } from "./words/tests.ts";

const TELLING = { ...MEDICINES, ...CONDITIONS, ...TESTS, ...FINDINGS, ...SPECIALTIES, ...SENSITIVE, ...SERVICES };
/** A concept that may disclose something: `kind`, `kind/part of it`, or `kind.cue`, which weighs only beside others. */
export type Telling = keyof typeof TELLING;
export type Ordinary = keyof typeof ORDINARY;
export type Concept = Telling | Ordinary | keyof typeof ASKING;

const ORDINARIES: ReadonlySet<string> = new Set(Object.keys(ORDINARY));
const ASKINGS: ReadonlySet<string> = new Set(Object.keys(ASKING));
export const isOrdinary = (concept: Concept): concept is Ordinary => ORDINARIES.has(concept);
const isAsking = (concept: Concept): concept is keyof typeof ASKING => ASKINGS.has(concept);
export const isTelling = (concept: Concept): concept is Telling => !isOrdinary(concept) && !isAsking(concept);
/** `procedure` of `procedure/imaging` and of `procedure.cue`. */
export function kindOf(concept: string): string {
  const end = concept.search(/[/.]/);
  return end < 0 ? concept : concept.slice(0, end);
}
const isCue = (concept: string): boolean => concept.includes(".");

/** What people misspell: names of things, not the everyday words of results and advice. */
const isForgiven = (concept: Concept): boolean =>
  isTelling(concept) &&
  !isCue(concept) &&
  !/^(?:result|advice|body|dose|symptom|social|violence)|\/(?:service|society|transition)$/.test(concept);

let lexicon: Lexicon<Concept> | undefined;
/** Compiled at the first text, not at the start of a function that may read none. */
const words = (): Lexicon<Concept> => {
  lexicon ??= compile<Concept>({ ...TELLING, ...ORDINARY, ...ASKING }, { forgiving: isForgiven, known: KNOWN });
  return lexicon;
};

export interface Sight {
  readonly tokens: Tokens;
  /** What was found, without what stands inside a figure of speech or a name ("heart of downtown", "Dr. Payne"). */
  readonly matches: readonly Match<Concept>[];
}

const TITLES = new Set("dr dre dres drs doctor docteur docteure mr mrs ms mme mlle m madame monsieur".split(" "));
/** "Parkinson Ave", "rue Lavoie": a place is called after somebody. */
const WAYS_BEHIND = new Set("ave avenue street road rd blvd drive crescent arena society foundation school".split(" "));
const WAYS_BEFORE = new Set("rue boulevard boul chemin avenue arena ecole fondation".split(" "));

export function see(folded: Folded): Sight {
  const tokens = tokenise(folded);
  return sightOf(tokens, words().find(tokens));
}

/** Turns away what stands inside a figure of speech or a name. */
function sightOf(tokens: Tokens, all: readonly Match<Concept>[]): Sight {
  const hidden = new Uint8Array(tokens.tokens.length);
  for (const { concept, first, end } of all) if (concept === "plain") hidden.fill(1, first, end);
  for (const [at, { word }] of tokens.tokens.entries()) {
    if ((TITLES.has(word) || WAYS_BEFORE.has(word)) && at + 1 < hidden.length) hidden[at + 1] = 1;
    if (WAYS_BEHIND.has(word) && at > 0) hidden[at - 1] = 1;
  }
  const matches = all.filter(({ concept, first, end }) => !isTelling(concept) || hidden.subarray(first, end).includes(0));
  return { tokens, matches };
}

/** Whether a word stands in it that may tell something by itself, not only in company. */
export const tells = ({ matches }: Sight): boolean => matches.some(({ concept }) => isTelling(concept) && !isCue(concept));

/**
 * What the model is told of a sight: concepts, their kinds, and how many kinds there are.
 * @param forgotten matches that count as never seen: training forgets some, because no list knows every word there is
 */
export function namesOf({ tokens, matches }: Sight, forgotten: (match: Match<Concept>) => boolean = () => false): string[] {
  const names = new Set<string>();
  const kinds = new Set<string>();
  for (const match of matches) {
    const { concept } = match;
    if (isAsking(concept) || forgotten(match)) continue;
    names.add(concept);
    if (!isTelling(concept) || isCue(concept)) continue;
    names.add(kindOf(concept));
    kinds.add(kindOf(concept));
  }
  if (tokens.sentences.some(({ asks }) => asks)) names.add("asks");
  names.add(["none", "one", "two"][kinds.size] ?? "many");
  return [...names];
}
