import type { ContentKind } from "../content-kinds.ts";
import { type Concept, isOrdinary, kindOf, type Ordinary, type Sight } from "./concepts.ts";
import type { Match } from "./lexicon.ts";
import { isNumber } from "./tokens.ts";
import { EVERYDAY } from "./words/everyday.ts";

/**
 * Concepts whose words disclose something wherever a clinic texts them to a patient, by the tuned lines and by reading. The
 * others ("back to normal", "stop the") disclose in company only, and so do words with an everyday sense: the model weighs them.
 */
const SURE: ReadonlySet<Concept> = new Set<Concept>([
  "drug",
  "diagnosis",
  "specialty",
  "procedure/imaging",
  "procedure/scope",
  "procedure/heart-lung-nerve",
  "procedure/lab",
  "procedure/senses",
  "procedure/skin-wound",
  "procedure/bones",
  "procedure/surgery",
  "procedure/lines",
  "mental-health/care",
  "mental-health/drug",
  "sexual-health/infection",
  "sexual-health/partners",
  "sexual-health/gender",
  "substance-use/treatment",
  "cancer/named",
  "genetic",
  "dose",
  "symptom/pain",
  "symptom/breath-heart-heat",
  "symptom/gut-urine-bleeding",
  "symptom/skin-wound",
  "symptom/nerves-senses",
  "body/fasting",
  "body/bladder-bowel",
  "body/skin-clothes",
  "result/reassurance",
  "mental-health/condition",
  "mental-health/memory",
  "substance-use/use",
  "reproductive/pregnancy",
  "reproductive/fertility-cycle",
  "end-of-life",
  "violence/abuse",
  "violence/safety",
  "social/child-family",
  "social/law-money",
  "mental-health/service",
  "substance-use/service",
  "sexual-health/service",
  "sexual-health/transition",
  "reproductive/service",
  "cancer/service",
  "end-of-life/service",
  "violence/service",
  "social/service",
  "specialty/society",
]);

/** What a sentence is about when it is not about the patient; there the model alone asks. */
const NOT_THEIRS: ReadonlySet<Ordinary> = new Set<Ordinary>(["staff", "public", "event", "thing"]);
/** Unless it is the patient's in so many words: "your scan" stays theirs in a sentence about the receptionist. */
const THEIRS: ReadonlySet<string> = new Set("your ur yr votre vos vot ton ta tes yours".split(" "));

/** What tells nothing alone and all in company: how somebody is called in ("bring someone with you") beside what came back. */
const CALLED_IN: Concept = "result/tell-in-person";
const CAME_BACK: Concept = "result.subject";

/** A kind that a rule is sure of, and the words it stands in. */
export interface Ruling {
  readonly kind: ContentKind;
  readonly match: Match<Concept>;
}

let everyday: ReadonlySet<string> | undefined;
/** Whether words have an everyday sense; of numbers any will do. */
const isEveryday = (words: string): boolean => {
  everyday ??= new Set(EVERYDAY.trim().split(/,\s*/));
  return everyday.has(words);
};

/** What rules are sure of; of words within words the longest. */
export function rulings({ tokens: { tokens }, matches }: Sight): Ruling[] {
  const sentenceOf = ({ first }: Match<Concept>): number => tokens[first]?.sentence ?? 0;
  const others = new Set<number>();
  for (const match of matches) if (isOrdinary(match.concept) && NOT_THEIRS.has(match.concept)) others.add(sentenceOf(match));
  const theirs = ({ first, end }: Match<Concept>): boolean =>
    tokens.slice(Math.max(0, first - 2), end).some(({ word }) => THEIRS.has(word));
  const wordsOf = ({ first, end }: Match<Concept>): string =>
    tokens
      .slice(first, end)
      .map(({ word }) => (isNumber(word) ? "#" : word))
      .join(" ");
  const within = (inner: Match<Concept>, outer: Match<Concept>): boolean => inner.first >= outer.first && inner.end <= outer.end;
  const cameBack = matches.filter(({ concept }) => concept === CAME_BACK);
  const calledIn = (match: Match<Concept>): boolean => match.concept === CALLED_IN && cameBack.some((other) => !within(other, match));
  const sure = matches
    .filter(
      (match) =>
        (SURE.has(match.concept) || calledIn(match)) && (!others.has(sentenceOf(match)) || theirs(match)) && !isEveryday(wordsOf(match)),
    )
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
