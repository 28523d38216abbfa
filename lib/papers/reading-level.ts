/**
 * How many years of school a text asks for. English: Flesch-Kincaid grade level (Kincaid et al. 1975). French: Flesch's ease
 * as Kandel and Moles fitted it to French (1958), told as the grade of the same band in Flesch's own table. Both count
 * words, sentences and syllables; they say nothing of whether a text is understood, which is what the teach-back asks.
 */
import { syllable } from "syllable";
import type { Language } from "../../lambdas/core/clinic.ts";

export interface ReadingLevel {
  /** School grade; 6 is an eleven-year-old. */
  readonly grade: number;
  /** The sentences with most words: where to shorten first. */
  readonly longest: readonly string[];
}

/** @param markdown the paper's text; headings, lists and table cells count as sentences of their own */
export function readingLevel(markdown: string, language: Language): ReadingLevel {
  const sentences = markdown
    .replace(/^\|?[\s|:-]+$/gm, "")
    .replace(/[\\*_`#>|]/g, " ")
    .split(/(?<=[.!?:])\s+|\n\s*\n|\n\s*[-\d]+[.)]?\s/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence));
  const words = sentences.map((sentence) => sentence.match(/\p{L}[\p{L}'’-]*/gu) ?? []);
  const many = words.flat().length;
  if (many === 0) return { grade: 0, longest: [] };
  const syllables = words.flat().reduce((sum, word) => sum + (language === "fr" ? frenchSyllables(word) : syllable(word)), 0);
  const perSentence = many / sentences.length;
  const perWord = syllables / many;
  const grade = language === "fr" ? gradeOfEase(207 - 1.015 * perSentence - 73.6 * perWord) : 0.39 * perSentence + 11.8 * perWord - 15.59;
  const byLength = sentences.map((sentence, at) => ({ sentence, length: words[at]?.length ?? 0 })).sort((a, b) => b.length - a.length);
  return { grade: Math.max(0, grade), longest: byLength.slice(0, 3).map(({ sentence }) => sentence) };
}

/** Groups of vowels; a mute ending does not count. */
function frenchSyllables(word: string): number {
  const bare = word
    .toLowerCase()
    .normalize("NFC")
    .replace(/(?<=[^aeiouyàâéèêëîïôöùûü])(?:e|es|ent)$/u, "");
  return Math.max(1, (bare.match(/[aeiouyàâéèêëîïôöùûüœæ]+/gu) ?? []).length);
}

/** Flesch's bands (1949): 90 and more is grade 5, 80 is 6, 70 is 7, 60 is 8 to 9, 50 is 10 to 12, below is college. */
function gradeOfEase(ease: number): number {
  if (ease >= 60) return 5 + Math.max(0, (90 - ease) / 10);
  return 8 + (60 - ease) / 3.5;
}
