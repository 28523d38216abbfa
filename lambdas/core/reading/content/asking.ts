import type { Match } from "./lexicon.ts";
import type { Tokens } from "./tokens.ts";
import type { ASKING } from "./words/asking.ts";

type Asking = keyof typeof ASKING;

/**
 * Where a text asks for an identifier in writing. Asking for it by voice or at the desk is what the clinic should do instead,
 * and a warning not to text it is the opposite of asking.
 * @param given whether the value of an identifier stands among these tokens: then it is told, not asked
 */
export function asksIdentifier(
  { sentences }: Tokens,
  matches: readonly Match<string>[],
  given: (first: number, end: number) => boolean,
): { first: number; end: number } | undefined {
  const inside = (concept: Asking, first: number, end: number): boolean =>
    matches.some((match) => match.concept === concept && match.first >= first && match.end <= end);
  for (const [at, sentence] of sentences.entries()) {
    const noun = matches.find((match) => match.concept === "ask.noun" && match.first >= sentence.first && match.end <= sentence.end);
    if (!noun || given((sentences[at - 1] ?? sentence).first, (sentences[at + 1] ?? sentence).end)) continue;
    const after = sentences[at + 1];
    const before = sentences[at - 1];
    const here = (concept: Asking): boolean => inside(concept, sentence.first, sentence.end);
    const nearby = (concept: Asking): boolean =>
      here(concept) || (!!after && inside(concept, after.first, after.end)) || (!!before && inside(concept, before.first, before.end));
    if (nearby("ask.not")) continue;
    const replies = nearby("ask.reply");
    if (here("ask.elsewhere") && !here("ask.reply") && !(after && inside("ask.reply", after.first, after.end))) continue;
    const short = sentence.end - sentence.first <= 9;
    if (replies || here("ask.want") || (sentence.asks && (short || here("ask.want")))) return { first: noun.first, end: noun.end };
  }
  return undefined;
}
