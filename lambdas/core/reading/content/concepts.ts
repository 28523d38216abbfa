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
import { MEDICINES } from "./words/medicines.ts";
import { ORDINARY } from "./words/ordinary.ts";
import { SENSITIVE } from "./words/sensitive.ts";
import { SPECIALTIES } from "./words/specialties.ts";
import { TESTS } from "./words/tests.ts";

const TELLING = { ...MEDICINES, ...CONDITIONS, ...TESTS, ...FINDINGS, ...SPECIALTIES, ...SENSITIVE };
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
export const kindOf = (concept: string): string => concept.split(/[/.]/, 1)[0] ?? concept;
export const isCue = (concept: string): boolean => concept.includes(".");

let lexicon: Lexicon<Concept> | undefined;
/** Compiled at the first text, not at the start of a function that may read none. */
const words = (): Lexicon<Concept> => {
  lexicon ??= compile<Concept>({ ...TELLING, ...ORDINARY, ...ASKING });
  return lexicon;
};

export interface Sight {
  readonly tokens: Tokens;
  /** What was found, without what stands inside a figure of speech or a name ("heart of downtown", "Dr. Payne"). */
  readonly matches: readonly Match<Concept>[];
}

const TITLES = new Set("dr dre dres drs doctor docteur docteure mr mrs ms mme mlle m madame monsieur".split(" "));

export function see(folded: Folded): Sight {
  const tokens = tokenise(folded);
  const all = words().find(tokens);
  const hidden = new Uint8Array(tokens.tokens.length);
  for (const { concept, first, end } of all) if (concept === "plain") hidden.fill(1, first, end);
  for (const [at, { word }] of tokens.tokens.entries()) if (TITLES.has(word) && at + 1 < hidden.length) hidden[at + 1] = 1;
  const matches = all.filter(({ concept, first, end }) => !isTelling(concept) || hidden.subarray(first, end).includes(0));
  return { tokens, matches };
}

/** What the model is told of a sight: concepts, their kinds, which kinds stand in one sentence, and how many there are. */
export function namesOf({ tokens, matches }: Sight): string[] {
  const names = new Set<string>();
  const kinds = new Set<string>();
  const bySentence = tokens.sentences.map(({ asks }) => new Set<string>(asks ? ["asks"] : []));
  for (const { concept, first } of matches) {
    if (isAsking(concept)) continue;
    names.add(concept);
    if (concept === "plain") continue;
    const kind = isCue(concept) ? concept : kindOf(concept);
    names.add(kind);
    if (isTelling(concept) && !isCue(concept)) kinds.add(kind);
    bySentence[tokens.tokens[first]?.sentence ?? 0]?.add(kind);
  }
  for (const together of bySentence) {
    const all = [...together].sort();
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) if (!ORDINARIES.has(one) || !ORDINARIES.has(other)) names.add(`${one}+${other}`);
    }
  }
  names.add(["none", "one", "two"][kinds.size] ?? "many");
  return [...names];
}
