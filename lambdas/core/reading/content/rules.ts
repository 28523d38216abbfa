import type { ContentKind } from "../content-kinds.ts";
import { type Concept, isOrdinary, kindOf, type Ordinary, type Sight } from "./concepts.ts";
import type { Match } from "./lexicon.ts";

/**
 * Concepts whose words disclose something wherever a clinic texts them to a patient, by the tuned lines and by reading. The
 * others ("back to normal", "stop the", "stage 2") disclose in company only: the model weighs them.
 */
const SURE: ReadonlySet<Concept> = new Set<Concept>([
  "drug",
  "dose",
  "diagnosis",
  "specialty",
  "symptom/pain",
  "symptom/breath-heart-heat",
  "symptom/gut-urine-bleeding",
  "symptom/skin-wound",
  "symptom/nerves-senses",
  "procedure/imaging",
  "procedure/scope",
  "procedure/heart-lung-nerve",
  "procedure/lab",
  "procedure/senses",
  "procedure/skin-wound",
  "procedure/bones",
  "procedure/surgery",
  "procedure/lines",
  "body/fasting",
  "body/bladder-bowel",
  "body/skin-clothes",
  "result/reassurance",
  "mental-health/care",
  "mental-health/condition",
  "mental-health/drug",
  "mental-health/memory",
  "sexual-health/infection",
  "sexual-health/partners",
  "sexual-health/gender",
  "substance-use/treatment",
  "substance-use/use",
  "reproductive/pregnancy",
  "reproductive/fertility-cycle",
  "cancer/named",
  "genetic",
  "end-of-life",
  "violence/abuse",
  "violence/safety",
  "social/child-family",
  "social/law-money",
]);

/** What a sentence is about when it is not about the patient; there the model alone asks. */
const NOT_THEIRS: ReadonlySet<Ordinary> = new Set<Ordinary>(["staff", "public", "event", "thing"]);
/** Unless it is the patient's in so many words: "your scan" stays theirs in a sentence about the receptionist. */
const THEIRS: ReadonlySet<string> = new Set("your ur yr votre vos vot ton ta tes yours".split(" "));

/** A kind that a rule is sure of, and the words it stands in. */
export interface Ruling {
  readonly kind: ContentKind;
  readonly match: Match<Concept>;
}

/** What rules are sure of; of words within words the longest. */
export function rulings({ tokens: { tokens }, matches }: Sight): Ruling[] {
  const sentenceOf = ({ first }: Match<Concept>): number => tokens[first]?.sentence ?? 0;
  const others = new Set<number>();
  for (const match of matches) if (isOrdinary(match.concept) && NOT_THEIRS.has(match.concept)) others.add(sentenceOf(match));
  const theirs = ({ first, end }: Match<Concept>): boolean =>
    tokens.slice(Math.max(0, first - 2), end).some(({ word }) => THEIRS.has(word));
  const sure = matches
    .filter((match) => SURE.has(match.concept) && (!others.has(sentenceOf(match)) || theirs(match)))
    .sort((a, b) => a.first - b.first || b.end - a.end);
  const ends = new Map<string, number>();
  const longest: Ruling[] = [];
  for (const match of sure) {
    const kind = kindOf(match.concept);
    if (match.end <= (ends.get(kind) ?? 0)) continue;
    ends.set(kind, match.end);
    longest.push({ kind: kind as ContentKind, match });
  }
  return longest;
}
