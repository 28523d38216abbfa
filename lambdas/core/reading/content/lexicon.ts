/**
 * A word list as a machine: patterns of words are compiled once into a tree and found in one walk over a text's tokens.
 * In a pattern `word*` begins a word, `*word` ends one, `#` is a number, `_` stands for up to three words of the sentence.
 */
import { isNumber, type Token, type Tokens } from "./tokens.ts";

/** Patterns by concept, apart by commas or lines. */
export type Words<Concept extends string> = Readonly<Record<Concept, string>>;

export interface Match<Concept extends string> {
  readonly concept: Concept;
  /** Tokens, end exclusive. */
  readonly first: number;
  readonly end: number;
}

/** How many words `_` may stand for. */
const GAP = 3;
/** Nodes and pieces share one key; both stay far below this. */
const SPAN = 2 ** 20;

export interface Lexicon<Concept extends string> {
  /** Every match, also those within another. */
  find(tokens: Tokens): Match<Concept>[];
}

/** Compiles lists of patterns; thousands take a few milliseconds. */
export function compile<Concept extends string>(...lists: Partial<Words<Concept>>[]): Lexicon<Concept> {
  const concepts: Concept[] = [];
  const exact = new Map<string, number>();
  const prefixes = new Map<string, number>();
  const suffixes = new Map<string, number>();
  /** The tree: by node and piece, the next node; by node, the one behind a gap, and the concepts that end there. */
  const next = new Map<number, number>();
  const gaps = new Map<number, number>();
  const ends = new Map<number, number[]>();
  let nodes = 1;
  let pieces = 0;
  let shortest = 99;
  let longest = 0;
  const numbered = (map: Map<string, number>, word: string): number => {
    let number = map.get(word);
    if (number === undefined) {
      number = pieces++;
      map.set(word, number);
    }
    return number;
  };
  const piece = (word: string): number => {
    if (word.endsWith("*")) {
      shortest = Math.min(shortest, word.length - 1);
      longest = Math.max(longest, word.length - 1);
      return numbered(prefixes, word.slice(0, -1));
    }
    return word.startsWith("*") ? numbered(suffixes, word.slice(1)) : numbered(exact, word);
  };
  const follow = (map: Map<number, number>, key: number): number => {
    let node = map.get(key);
    if (node === undefined) {
      node = nodes++;
      map.set(key, node);
    }
    return node;
  };
  for (const list of lists) {
    for (const [concept, patterns] of Object.entries<string | undefined>(list)) {
      const number = concepts.push(concept as Concept) - 1;
      for (const pattern of (patterns ?? "").split(/[,\n]/)) {
        const words = pattern.trim();
        if (words === "") continue;
        let node = 0;
        for (const word of words.split(" ")) node = word === "_" ? follow(gaps, node) : follow(next, node * SPAN + piece(word));
        const here = ends.get(node);
        if (!here) ends.set(node, [number]);
        else if (!here.includes(number)) here.push(number);
      }
    }
  }
  const digits = exact.get("#");

  /** The pieces of patterns that a word fits. */
  const fits = ({ word }: Token): number[] => {
    const found: number[] = [];
    const known = exact.get(word);
    if (known !== undefined) found.push(known);
    if (isNumber(word)) {
      if (digits !== undefined) found.push(digits);
      return found;
    }
    for (let length = shortest; length <= longest && length <= word.length; length++) {
      const id = prefixes.get(word.slice(0, length));
      if (id !== undefined) found.push(id);
    }
    for (let length = 3; length < word.length && length < 12; length++) {
      const id = suffixes.get(word.slice(-length));
      if (id !== undefined) found.push(id);
    }
    return found;
  };

  return {
    find: ({ tokens, sentences }) => {
      const fitting = tokens.map(fits);
      const found: Match<Concept>[] = [];
      const walk = (node: number, first: number, token: number, end: number): void => {
        for (const number of ends.get(node) ?? []) found.push({ concept: concepts[number] as Concept, first, end: token });
        if (token < end) {
          for (const id of fitting[token] ?? []) {
            const to = next.get(node * SPAN + id);
            if (to !== undefined) walk(to, first, token + 1, end);
          }
        }
        const behind = gaps.get(node);
        if (behind === undefined) return;
        for (let skipped = 0; skipped <= GAP && token + skipped < end; skipped++) walk(behind, first, token + skipped, end);
      };
      for (const { first, end } of sentences) for (let token = first; token < end; token++) walk(0, token, token, end);
      return found;
    },
  };
}
