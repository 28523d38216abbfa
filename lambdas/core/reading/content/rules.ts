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

/** Whose a sentence is when it is not the patient's; there the model alone asks. */
const NOT_THEIRS: ReadonlySet<Ordinary> = new Set<Ordinary>(["staff", "public", "event"]);

/** A kind that a rule is sure of, and the words it stands in. */
export interface Ruling {
  readonly kind: ContentKind;
  readonly match: Match<Concept>;
}

/** What rules are sure of; of words within words the longest. */
export function rulings({ tokens, matches }: Sight): Ruling[] {
  const others = new Set<number>();
  const sentenceOf = (match: Match<Concept>): number => tokens.tokens[match.first]?.sentence ?? 0;
  for (const match of matches) if (isOrdinary(match.concept) && NOT_THEIRS.has(match.concept)) others.add(sentenceOf(match));
  const sure = matches.filter((match) => SURE.has(match.concept) && !others.has(sentenceOf(match)));
  return sure
    .filter((match) => !sure.some((other) => kindOf(other.concept) === kindOf(match.concept) && covers(other, match)))
    .map((match) => ({ kind: kindOf(match.concept) as ContentKind, match }));
}

const covers = (a: Match<Concept>, b: Match<Concept>): boolean =>
  a !== b && a.first <= b.first && a.end >= b.end && (a.end - a.first > b.end - b.first || a.concept < b.concept);
