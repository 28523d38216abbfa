import type { LinkItem, NumberItem } from "../items.ts";
import { type Word, wordOf } from "../words.ts";
import { hasQuestion } from "./answer.ts";

/** What a text was understood to say, before any record is read. */
export interface Reading {
  /** The keyword that the whole text is. */
  readonly word: Word | undefined;
  /** A rule threw on the text: it is stored without it, and waits at the front desk, marked. */
  readonly failed: boolean;
}

/**
 * Reads a text. A rule that throws costs the text that rule's reading, never its place in the store.
 * @param dialable whether texts can be sent where it came from: a short code's texts are read by people only
 */
export function read(body: string, dialable: boolean): Reading {
  if (!dialable) return { word: undefined, failed: false };
  try {
    return { word: wordOf(body), failed: false };
  } catch {
    return { word: undefined, failed: true };
  }
}

/**
 * Whether the text may change the patients on the number: an opt-out pauses each; a YES may restore the consents of the only
 * one; both answers to the question about a consent concern its patient.
 */
export function concerned({ word }: Reading, number: NumberItem, links: readonly LinkItem[], at: number): boolean {
  if (word?.kind === "stop") return true;
  if ((word?.kind !== "yes" && word?.kind !== "no") || !hasQuestion(number, at)) return false;
  return number.question?.kind === "consent" || (word.kind === "yes" && links.length === 1);
}
