import type { EmergencyKind } from "../../clinic.ts";
import { BODY } from "./body.ts";
import { FRAME } from "./frame.ts";
import { MIND } from "./mind.ts";
import { REAL_WORDS } from "./real-words.ts";
import { POINTING, spelt, type Token } from "./tokens.ts";

/** What one line of the lexicon names. */
export interface Concept {
  readonly name: string;
  /** See frame.ts. */
  readonly group: string;
  /** Of complaints: 1 everyday · 2 worrying · 3 cannot wait. */
  readonly degree: number;
  readonly kind: EmergencyKind | undefined;
}

/** A phrase after its first one or two words. */
interface Phrase {
  readonly concept: number;
  readonly rest: readonly string[];
}

export interface Lexicon {
  readonly concepts: readonly Concept[];
  /** Phrases by their first word, and longer ones by their first two. */
  readonly one: ReadonlyMap<string, readonly Phrase[]>;
  readonly two: ReadonlyMap<string, readonly Phrase[]>;
  /** What stands before `~` and `*`. */
  readonly inflected: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly vocabulary: ReadonlySet<string>;
  /** Longer words that a misspelt one may stand for, by first letter. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
}

let built: Lexicon | undefined;

/** The lexicon, built at its first use. */
export function lexicon(): Lexicon {
  built ??= build([FRAME, BODY, MIND].join("\n"));
  return built;
}

const HEAD = /^([A-Z])(\d?)(?:\/(\w+))? (\w+): /;

function build(source: string): Lexicon {
  const concepts: Concept[] = [];
  const one = new Map<string, Phrase[]>();
  const two = new Map<string, Phrase[]>();
  const inflected = new Set<string>();
  const stems = new Set<string>();
  const vocabulary = new Set<string>();
  const spellOnce = new Map<string, readonly string[]>();
  const wordsOf = (entry: string): string[] => {
    const out: string[] = [];
    for (const piece of entry.split(" ")) {
      let words = spellOnce.get(piece);
      if (!words) {
        words = piecesOf(piece);
        spellOnce.set(piece, words);
      }
      for (const word of words) out.push(word);
    }
    return out;
  };
  for (const line of source.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("œ", "oe").split("\n")) {
    const head = HEAD.exec(line);
    if (!head) continue;
    const named = { name: head[4] ?? "", group: head[1] ?? "", degree: Number(head[2] ?? 0), kind: head[3] as EmergencyKind | undefined };
    const openly = concepts.push(named) - 1;
    const hinted = concepts.push({ ...named, name: `${named.name}?`, group: "H", degree: 0 }) - 1;
    const known = new Set<string>();
    for (const entry of line.slice(head[0].length).split(", ")) {
      const concept = entry.endsWith("?") ? hinted : openly;
      const words = wordsOf(entry);
      const [first, second] = words;
      const key = words.join(" ");
      // "my will" must not become "will": what only pointing words made a phrase of is none.
      if (first === undefined || (second === undefined && entry.includes(" ")) || known.has(key)) continue;
      known.add(key);
      for (const word of words) {
        if (word.endsWith("~")) inflected.add(word.slice(0, -1));
        else if (word.endsWith("*")) stems.add(word.slice(0, -1));
        else vocabulary.add(word);
      }
      if (second !== undefined && second !== "_") push(two, `${first} ${second}`, { concept, rest: words.slice(2) });
      else push(one, first, { concept, rest: words.slice(1) });
    }
  }
  const spellings = new Map<string, string[]>();
  for (const word of [...vocabulary, ...inflected]) if (word.length >= 5) push(spellings, word.charAt(0), word);
  return { concepts, one, two, inflected, stems, vocabulary, spellings };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}

/** The words of a piece of an entry, spelt as the texts' words are; `=911` is that number and no other. */
function piecesOf(piece: string): readonly string[] {
  if (piece === "_" || piece === "#") return [piece];
  if (piece.endsWith("*") || piece.endsWith("~")) return [piece];
  if (/^\d+$/.test(piece)) return [`=${piece}`];
  if (/^\d/.test(piece)) return [piece];
  return spelt(piece.replace(/[?.,!-]/g, "")).filter((word) => !POINTING.has(word));
}

/** The endings that `~` stands for. */
const ENDINGS = new Set(["", "s", "es", "d", "ed", "ing", "in", "e", "ent", "er", "ez", "ee", "ees", "ait", "ais", "aient", "ant"]);

/** What the lexicon may know a word as: itself, its singular, a stem with an ending. */
function symbolsOf({ word, number }: Token, { inflected, stems, vocabulary, spellings }: Lexicon): string[] {
  const out = [word];
  if (number !== undefined) {
    out.push(`=${number}`);
    if (word !== "#") out.push("#");
    return out;
  }
  const singular = word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : undefined;
  if (singular !== undefined) out.push(singular);
  for (let cut = Math.max(2, word.length - 5); cut <= word.length; cut++) {
    const head = word.slice(0, cut);
    if (inflected.has(head) && ENDINGS.has(word.slice(cut))) out.push(`${head}~`);
  }
  for (let cut = 2; cut <= Math.min(word.length, 12); cut++) if (stems.has(word.slice(0, cut))) out.push(`${word.slice(0, cut)}*`);
  if (
    word.length >= 6 &&
    !REAL_WORDS.has(word) &&
    out.length === (singular === undefined ? 1 : 2) &&
    !vocabulary.has(word) &&
    !(singular !== undefined && vocabulary.has(singular))
  ) {
    const meant = (spellings.get(word.charAt(0)) ?? []).find((known) => oneApart(word, known));
    if (meant !== undefined) out.push(meant, `${meant}~`);
  }
  return out;
}

/** Whether two words differ by one letter: another, one more, one less, or two that changed places. */
function oneApart(a: string, b: string): boolean {
  const longer = a.length >= b.length ? a : b;
  const shorter = a.length >= b.length ? b : a;
  if (longer.length - shorter.length > 1) return false;
  let at = 0;
  while (at < shorter.length && longer.charCodeAt(at) === shorter.charCodeAt(at)) at++;
  if (longer.length > shorter.length)
    return longer.endsWith(shorter.slice(at), longer.length) && longer.slice(at + 1) === shorter.slice(at);
  if (longer.slice(at + 1) === shorter.slice(at + 1)) return true;
  return (
    longer.charCodeAt(at) === shorter.charCodeAt(at + 1) &&
    longer.charCodeAt(at + 1) === shorter.charCodeAt(at) &&
    longer.slice(at + 2) === shorter.slice(at + 2)
  );
}

/** Where a concept stands among the words, end exclusive. */
export interface Seen {
  readonly concept: number;
  readonly from: number;
  readonly to: number;
}

/** Every phrase of the lexicon in the words of a text. */
export function seen(tokens: readonly Token[], lexicon: Lexicon): Seen[] {
  const symbols = tokens.map((token) => symbolsOf(token, lexicon));
  const found: Seen[] = [];
  const tryAll = (phrases: readonly Phrase[] | undefined, from: number, next: number): void => {
    for (const { concept, rest } of phrases ?? []) {
      const to = ends(symbols, next, rest);
      if (to >= 0 && tokens[from]?.sentence === tokens[to - 1]?.sentence) found.push({ concept, from, to });
    }
  };
  for (const [at, first] of symbols.entries()) {
    const after = symbols[at + 1] ?? [];
    for (const symbol of first) {
      tryAll(lexicon.one.get(symbol), at, at + 1);
      for (const next of after) tryAll(lexicon.two.get(`${symbol} ${next}`), at, at + 2);
    }
  }
  return found;
}

/** Where the rest of a phrase ends, or -1. */
function ends(symbols: readonly (readonly string[])[], from: number, rest: readonly string[]): number {
  let at = from;
  let gap = 0;
  for (const wanted of rest) {
    if (wanted === "_") {
      gap = 2;
      continue;
    }
    let hit = -1;
    for (let skip = 0; skip <= gap && hit < 0; skip++) if (symbols[at + skip]?.includes(wanted)) hit = at + skip;
    if (hit < 0) return -1;
    at = hit + 1;
    gap = 0;
  }
  return at;
}
