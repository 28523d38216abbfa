import { PART_US_CENTS, plainer, segments } from "../../lambdas/core/segments.ts";

/** "ARRET for ARRÊT": the words of a text that force UCS-2, each with a spelling that does not. */
export function spellings(text: string): { word: string; instead: string }[] {
  const words = new Set(text.split(/\s+/u).filter((word) => segments(word).encoding === "UCS-2"));
  return [...words].map((word) => word.replace(/^[.,;:!?()]+|[.,;:!?()]+$/gu, "")).map((word) => ({ word, instead: plainer(word) }));
}

/** "2 parts, 2.6 US cents" */
export const cost = (text: string): string => {
  const { parts } = segments(text);
  return `${parts === 1 ? "1 part" : `${parts} parts`}, ${(parts * PART_US_CENTS).toFixed(1)} US cents`;
};
