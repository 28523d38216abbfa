import type { Folded } from "../fold.ts";

/** A word, a number or an emoji of the folded text. Apostrophes and hyphens part words: "l'IRM", "x-ray", "can't" are two each. */
export interface Token {
  readonly word: string;
  /** Units of the folded text, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Which sentence it stands in, from 0. */
  readonly sentence: number;
}

export interface Sentence {
  /** Tokens, end exclusive. */
  readonly first: number;
  readonly end: number;
  readonly asks: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

const PIECE = /\p{L}+|\d+|[!?;.:]|[%#]|[^\p{L}\d\s\p{P}]/gu;
/** A full stop behind these ends no sentence. */
const SHORT = new Set(
  "soc sec ins ass num ref fact dr dre dres drs mr mrs ms mme mlle m st ste no nos tel ext app appt apt vs etc env approx min hr hrs am pm a p b c d e f g h i j k l n o r s t u v w x y z inc dept mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sept sep oct nov dec janv fev avr juil lun mar mer jeu ven sam dim".split(
    " ",
  ),
);

/** One pass over the text. Initials with full stops ("S.I.N.") are one word, "#" is the word "number". */
export function tokenise({ text }: Pick<Folded, "text">): Tokens {
  const tokens: Token[] = [];
  const sentences: Sentence[] = [];
  let first = 0;
  const close = (asks: boolean): void => {
    if (tokens.length > first) sentences.push({ first, end: tokens.length, asks });
    first = tokens.length;
  };
  for (const { 0: piece, index: from } of text.matchAll(PIECE)) {
    const to = from + piece.length;
    const last = tokens.at(-1);
    if (piece === "." || piece === ":") {
      const next = text.charAt(to);
      if (piece === ":" || (next !== " " && next !== "")) continue;
      if (last && last.to === from && (SHORT.has(last.word) || last.to - last.from > last.word.length)) continue;
      close(false);
    } else if (piece === "!" || piece === "?" || piece === ";") close(piece === "?");
    else if (
      last &&
      piece.length === 1 &&
      last.to === from - 1 &&
      text.charAt(from - 1) === "." &&
      isInitials(text, last) &&
      /\p{L}/u.test(piece)
    ) {
      tokens[tokens.length - 1] = { ...last, word: last.word + piece, to };
    } else tokens.push({ word: piece === "#" ? "number" : piece, from, to, sentence: sentences.length });
  }
  close(false);
  return { tokens, sentences };
}

/** Whether a token is one letter, or letters that were joined over full stops so far. */
const isInitials = (text: string, { word, from, to }: Token): boolean =>
  word.length === 1 || text.slice(from, to).length === word.length * 2 - 1;

export const isNumber = (word: string): boolean => word.charCodeAt(0) >= 48 && word.charCodeAt(0) <= 57;
