import { segments } from "../../lambdas/core/segments.ts";

/** What a part to a Canadian mobile costs, in US cents: AWS's price and the carrier's fee together (docs/deploying.md). */
const PART_US_CENTS = 1.3;

/** Signs that word processors put in, and what a phone's own alphabet has for them. */
const PLAIN: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "…": "...",
  œ: "oe",
  Œ: "OE",
  "\u00a0": " ",
  "\u202f": " ",
};

/** Each character that GSM-7 lacks replaced by the nearest that it has; what has none, such as an emoji, stays. */
export function inGsm(text: string): string {
  return [...text]
    .map((character) => {
      if (segments(character).encoding === "GSM-7") return character;
      const plain = PLAIN[character] ?? character.normalize("NFD").replace(/\p{M}/gu, "");
      return segments(plain).encoding === "GSM-7" ? plain : character;
    })
    .join("");
}

/** "ARRET for ARRÊT": the words of a text that force UCS-2, each with a spelling that does not. */
export function spellings(text: string): { word: string; instead: string }[] {
  const words = new Set(text.split(/\s+/u).filter((word) => segments(word).encoding === "UCS-2"));
  return [...words].map((word) => word.replace(/^[.,;:!?()]+|[.,;:!?()]+$/gu, "")).map((word) => ({ word, instead: inGsm(word) }));
}

/** "2 parts, 2.6 US cents" */
export const cost = (text: string): string => {
  const { parts } = segments(text);
  return `${parts === 1 ? "1 part" : `${parts} parts`}, ${(parts * PART_US_CENTS).toFixed(1)} US cents`;
};
