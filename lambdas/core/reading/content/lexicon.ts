/**
 * Word lists as a machine that finds their patterns in a text's tokens. In a pattern `word*` begins a word, `*word` ends one
 * (as the first word only), `#` is a number, `_` stands for up to three words of the sentence.
 *
 * Patterns are kept under their first word and read on only where that word stands: ten thousand cost a few milliseconds to
 * put away, and a text pays for those whose first word it has.
 */
import { type Speller, speller } from "./misspelling.ts";
import { isNumber, type Token, type Tokens } from "./tokens.ts";

/** Patterns by concept, apart by commas or lines. */
export type Words<Concept extends string> = Readonly<Record<Concept, string>>;

export interface Match<Concept extends string> {
  readonly concept: Concept;
  /** Tokens, end exclusive. */
  readonly first: number;
  readonly end: number;
}

export interface Lexicon<Concept extends string> {
  /** Every match, also those within another. */
  find(tokens: Tokens): Match<Concept>[];
}

interface Piece {
  readonly kind: "word" | "stem" | "number" | "gap";
  readonly text: string;
}

/** The patterns under one first word: put in order when that word is first met. */
interface Family {
  readonly alone: number[];
  readonly bySecond: Map<string, number[]>;
  /** Those whose second word is no plain word. */
  readonly others: number[];
}

/** How many words `_` may stand for. */
const GAP = 3;

/**
 * @param forgiving concepts whose single words are also found misspelt, where a text's word is in no list at all
 * @param known words that are meant as they stand
 */
export function compile<Concept extends string>(
  list: Words<Concept>,
  { forgiving, known }: { forgiving(concept: Concept): boolean; known: string },
): Lexicon<Concept> {
  const patterns: string[] = [];
  const concepts: Concept[] = [];
  /** Patterns by their first word: as it is, as a beginning, as an ending. */
  const exact = new Map<string, number[]>();
  const beginnings = new Map<string, number[]>();
  const endings = new Map<string, number[]>();
  let shortest = 99;
  let longest = 0;
  const put = (map: Map<string, number[]>, word: string, pattern: number): void => {
    const there = map.get(word);
    if (there) there.push(pattern);
    else map.set(word, [pattern]);
  };
  for (const [concept, all] of Object.entries<string>(list) as [Concept, string][]) {
    for (const pattern of all.trim().split(/,\s*/)) {
      if (pattern === "") continue;
      const number = patterns.push(pattern) - 1;
      concepts.push(concept);
      const space = pattern.indexOf(" ");
      const word = space < 0 ? pattern : pattern.slice(0, space);
      if (word.endsWith("*")) {
        put(beginnings, word.slice(0, -1), number);
        shortest = Math.min(shortest, word.length - 1);
        longest = Math.max(longest, word.length - 1);
      } else if (word.startsWith("*")) put(endings, word.slice(1), number);
      else put(exact, word, number);
    }
  }
  const ordinary = new Set(known.split(/\s+/));
  let slipped: Speller | undefined;
  const misspelt = (word: string, asked: Map<string, readonly number[]>): readonly number[] => {
    const before = asked.get(word);
    if (before) return before;
    const near = ordinary.has(word) ? [] : nearest(word);
    asked.set(word, near);
    return near;
  };
  const nearest = (word: string): readonly number[] => {
    slipped ??= speller(
      patterns.flatMap((pattern, id) => {
        if (/[ #]|^\*/.test(pattern) || !forgiving(concepts[id] as Concept)) return [];
        const stem = pattern.endsWith("*");
        return [{ word: stem ? pattern.slice(0, -1) : pattern, stem, id }];
      }),
    );
    return slipped.near(word);
  };
  /** The words of patterns behind their first, split when first needed. */
  const rests: (readonly Piece[] | undefined)[] = [];
  const restOf = (number: number): readonly Piece[] => {
    let rest = rests[number];
    if (!rest) {
      rest = (patterns[number] ?? "").split(" ").slice(1).map(pieceOf);
      rests[number] = rest;
    }
    return rest;
  };
  const sorted = new Map<readonly number[], Family>();
  const family = (numbers: readonly number[]): Family => {
    let there = sorted.get(numbers);
    if (!there) {
      there = { alone: [], bySecond: new Map(), others: [] };
      for (const number of numbers) {
        const [second] = restOf(number);
        if (second === undefined) there.alone.push(number);
        else if (second.kind === "word") put(there.bySecond, second.text, number);
        else there.others.push(number);
      }
      sorted.set(numbers, there);
    }
    return there;
  };

  /** The patterns that may begin at a word, by the word behind it. */
  const beginningWith = ({ word }: Token, second: string, asked: Map<string, readonly number[]>): readonly number[] => {
    const found: number[] = [];
    let known = false;
    const take = (numbers: readonly number[] | undefined): void => {
      if (!numbers) return;
      const { alone, bySecond, others } = family(numbers);
      known ||= alone.length > 0;
      found.push(...alone, ...(bySecond.get(second) ?? []), ...others);
    };
    const itself = exact.get(word);
    take(itself);
    if (isNumber(word)) take(exact.get("#"));
    else {
      for (let length = shortest; length <= longest && length <= word.length; length++) take(beginnings.get(word.slice(0, length)));
      for (let length = 3; length < word.length && length < 12; length++) take(endings.get(word.slice(-length)));
      if (!itself && !known) found.push(...misspelt(word, asked));
    }
    return found;
  };

  return {
    find: ({ tokens, sentences }) => {
      const found: Match<Concept>[] = [];
      const asked = new Map<string, readonly number[]>();
      /** Where the rest of a pattern ends that goes on at a token; undefined where it does not. */
      const reach = (rest: readonly Piece[], from: number, token: number, end: number): number | undefined => {
        let at = token;
        for (let i = from; i < rest.length; i++) {
          const piece = rest[i] as Piece;
          if (piece.kind === "gap") {
            for (let skipped = 0; skipped <= GAP && at + skipped < end; skipped++) {
              const reached = reach(rest, i + 1, at + skipped, end);
              if (reached !== undefined) return reached;
            }
            return undefined;
          }
          const word = at < end ? tokens[at]?.word : undefined;
          if (word === undefined || !fits(piece, word)) return undefined;
          at++;
        }
        return at;
      };
      for (const { first, end } of sentences) {
        for (let token = first; token < end; token++) {
          const second = token + 1 < end ? (tokens[token + 1]?.word ?? "") : "";
          for (const number of beginningWith(tokens[token] as Token, second, asked)) {
            const reached = reach(restOf(number), 0, token + 1, end);
            if (reached !== undefined) found.push({ concept: concepts[number] as Concept, first: token, end: reached });
          }
        }
      }
      return found;
    },
  };
}

function fits({ kind, text }: Piece, word: string): boolean {
  if (kind === "word") return text === word;
  return kind === "stem" ? word.startsWith(text) : isNumber(word);
}

function pieceOf(word: string): Piece {
  if (word === "_") return { kind: "gap", text: "" };
  if (word === "#") return { kind: "number", text: "" };
  return word.endsWith("*") ? { kind: "stem", text: word.slice(0, -1) } : { kind: "word", text: word };
}
