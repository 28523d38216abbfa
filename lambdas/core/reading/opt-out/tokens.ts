/**
 * A folded text as words with meanings. A lexicon says which classes a word belongs to; a word may have several, and
 * several words may be one entry ("bus stop"). Spelling is forgiven where a class asks for it: letters typed three times,
 * digits for letters, glued pronouns ("jveux", "menvoyer") and one slip in a word of six letters, two in one of nine.
 */
import type { Folded } from "../fold.ts";

export interface Token {
  /** In folded letters, without apostrophes. */
  readonly word: string;
  /** UTF-16 units of the folded text, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** What stands before it: 0 nothing, 1 a comma, dash or bracket, 2 the end of a sentence. */
  readonly breaks: 0 | 1 | 2;
  /** Whether its sentence ends with a question mark. */
  readonly asks: boolean;
  /** Whether it stands between quotation marks. */
  readonly quoted: boolean;
  readonly classes: readonly string[];
  /** Whether a slip was forgiven. */
  readonly slip: boolean;
  /** Whether it was written with a capital in a text that is not all capitals. */
  readonly capital: boolean;
}

/**
 * Classes by name, their entries parted by spaces: `word`, `stem~` (with any ending of an English or French verb or
 * plural), `two_words`. Entries are written as folded text is. Entries of the class GLUED are read as several words:
 * `jveux=j_veux`.
 */
export type Lexicon = Readonly<Record<string, string>>;

type Classes = readonly string[];

export interface Tables {
  readonly words: ReadonlyMap<string, Classes>;
  readonly stems: ReadonlyMap<string, Classes>;
  /** By first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly classes: Classes }[]>;
  readonly glued: ReadonlyMap<string, readonly string[]>;
  /** Classes of words that a pronoun may be glued to. */
  readonly gluable: ReadonlySet<string>;
  /** Words that are no slip of another, though they look like one. */
  readonly real: ReadonlySet<string>;
  /** Forgiven words by themselves and by what is left of them without one letter. */
  readonly near: ReadonlyMap<string, readonly string[]>;
}

const ENDINGS = new Set(
  (
    "e s es d ed ing in er ers ez ons ent ai as ais ait aient iez ions ant ee ees erai eras era erons erez eront " +
    "erais erait eraient eriez ir it is issez irez ement ment"
  ).split(" "),
);
const LONGEST_ENDING = 7;
/** Shorter words are one slip away from too many others. */
const SHORTEST_FORGIVEN = 6;

export interface Forgiving {
  /** Words that are understood with one slip behind their first letter, two where they have nine letters or more. */
  readonly words: Iterable<string>;
  /** Words that only look like a slip of those. */
  readonly real: Iterable<string>;
  /** Classes of words that a pronoun may be glued to. */
  readonly gluable: Iterable<string>;
}

export function tables(lexicon: Lexicon, forgiving: Forgiving): Tables {
  const words = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  const phrases = new Map<string, { words: string[]; classes: string[] }[]>();
  const glued = new Map<string, string[]>();
  const near = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string): void => {
    const known = map.get(key);
    if (!known) map.set(key, [value]);
    else if (!known.includes(value)) known.push(value);
  };
  for (const [name, entries] of Object.entries(lexicon))
    for (const entry of entries.split(/\s+/)) {
      if (entry === "") continue;
      if (name === "GLUED") {
        const [whole = "", parts = ""] = entry.split("=");
        glued.set(whole, parts.split("_"));
      } else if (entry.includes("_")) {
        const parts = entry.split("_");
        const known = phrases.get(parts[0] ?? "") ?? [];
        phrases.set(parts[0] ?? "", known);
        const same = known.find((each) => each.words.join("_") === entry);
        if (!same) known.push({ words: parts, classes: [name] });
        else if (!same.classes.includes(name)) same.classes.push(name);
      } else if (entry.endsWith("~")) add(stems, entry.slice(0, -1), name);
      else add(words, entry, name);
    }
  for (const word of forgiving.words) for (const key of [word, ...without(word)]) add(near, key, word);
  for (const each of phrases.values()) each.sort((a, b) => b.words.length - a.words.length);
  return { words, stems, phrases, glued, gluable: new Set(forgiving.gluable), real: new Set(forgiving.real), near };
}

/** Every form of a word that lacks one letter. */
const without = (word: string): string[] => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));

const NONE: Classes = [];

/** The classes of a word as it is spelt, by itself or by stem and ending. */
function spelt({ words, stems }: Tables, word: string): Classes {
  const known = words.get(word);
  const stem = stems.get(word);
  if (known || stem) return known && stem ? [...known, ...stem] : (known ?? stem ?? NONE);
  for (let cut = 1; cut <= LONGEST_ENDING && word.length - cut >= 2; cut++) {
    const ending = word.slice(-cut);
    if (!ENDINGS.has(ending)) continue;
    const stem = word.slice(0, -cut);
    const found = stems.get(stem);
    if (found) return found;
    // stopp-ing, quitt-ing
    const last = stem.length - 1;
    if (last > 2 && stem[last] === stem[last - 1]) {
      const single = stems.get(stem.slice(0, -1));
      if (single) return single;
    }
  }
  return NONE;
}

/** The classes of a word, its spelling forgiven. */
function understood(all: Tables, word: string): { word: string; classes: Classes } {
  const plain = spelt(all, word);
  if (plain.length > 0 || word.length < 3 || all.real.has(word)) return { word, classes: plain };
  if (/(.)\1\1/.test(word)) {
    for (const squeezed of [word.replace(/(.)\1{2,}/g, "$1"), word.replace(/(.)\1{2,}/g, "$1$1")]) {
      const classes = spelt(all, squeezed);
      if (classes.length > 0) return { word: squeezed, classes };
    }
  }
  if (/\d/.test(word) && /[a-z]/.test(word)) {
    const lettered = word.replace(/[01345@$]/g, (digit) => LETTERS[digit] ?? digit);
    const classes = /\d/.test(lettered) ? NONE : spelt(all, lettered);
    return classes.length > 0 ? { word: lettered, classes } : { word, classes: plain };
  }
  if (/\d/.test(word) || word.length < SHORTEST_FORGIVEN - 1 || word.length > 20) return { word, classes: plain };
  for (const key of [word, ...without(word)])
    for (const meant of all.near.get(key) ?? [])
      if (meant[0] === word[0] && slips(word, meant) <= (meant.length >= 9 ? 2 : 1)) return { word: meant, classes: spelt(all, meant) };
  return { word, classes: plain };
}

const LETTERS: Readonly<Record<string, string>> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", "@": "a", $: "s" };

/** How many letters were missed, added, changed or swapped (optimal string alignment distance). */
export function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 4;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** A run of letters and digits with apostrophes or points inside, or one sign. */
const PIECE = /[\p{L}\p{N}]+(?:['.][\p{L}\p{N}]+)*|[.!?;:]+|\p{Extended_Pictographic}|[^\s]/gu;
/** What French puts before a vowel. */
const ELIDED = new Set(["j", "l", "m", "t", "d", "n", "s", "c", "qu", "jusqu", "lorsqu", "puisqu"]);
const TITLES = new Set(["dr", "mr", "mrs", "ms", "mme", "m", "st", "ste", "dre", "ext"]);
const GLUE = /^[jmltdns]/;

interface Piece {
  word: string;
  from: number;
  to: number;
  breaks: 0 | 1 | 2;
  asks: boolean;
  quoted: boolean;
}

/** The words of a text, each with its classes. Linear in the text's length. */
export function tokens(folded: Folded, all: Tables): Token[] {
  const pieces = split(folded.text);
  const out: Token[] = [];
  const shouted = folded.original.toUpperCase() === folded.original;
  const isCapital = ({ from }: Piece): boolean => {
    const letter = folded.original.charAt(folded.at[from] ?? 0);
    return !shouted && letter !== letter.toLowerCase();
  };
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at] as Piece;
    const phrase = all.phrases
      .get(piece.word)
      ?.find(({ words }) =>
        words.every((word, ahead) => pieces[at + ahead]?.word === word && (ahead === 0 || pieces[at + ahead]?.breaks !== 2)),
      );
    if (phrase) {
      const last = pieces[at + phrase.words.length - 1] as Piece;
      out.push({ ...piece, word: phrase.words.join(" "), to: last.to, classes: phrase.classes, slip: false, capital: isCapital(piece) });
      at += phrase.words.length;
      continue;
    }
    at++;
    const glued = all.glued.get(piece.word);
    const { word, classes } = glued ? { word: piece.word, classes: NONE } : understood(all, piece.word);
    const parts = glued ?? (classes.length === 0 ? unglued(all, piece.word) : undefined);
    const capital = isCapital(piece);
    if (!parts) out.push({ ...piece, word, classes, slip: word !== piece.word, capital });
    else
      for (const [index, part] of parts.entries())
        out.push({ ...piece, word: part, breaks: index === 0 ? piece.breaks : 0, classes: spelt(all, part), slip: false, capital });
  }
  return out;
}

/** "menvoyer" is m' and envoyer; undefined where a word is one. */
function unglued(all: Tables, word: string): readonly string[] | undefined {
  if (word.length < 6 || !GLUE.test(word) || all.real.has(word)) return undefined;
  const rest = word.slice(1);
  return spelt(all, rest).some((name) => all.gluable.has(name)) ? [word.slice(0, 1), rest] : undefined;
}

function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  let breaks: 0 | 1 | 2 = 0;
  let sentence = 0;
  let quoted = false;
  const put = (word: string, from: number, to: number): void => {
    pieces.push({ word, from, to, breaks: pieces.length === 0 ? 2 : breaks, asks: false, quoted });
    breaks = 0;
  };
  for (const match of text.matchAll(PIECE)) {
    const [raw] = match;
    const from = match.index;
    if (/^[.!?;:]/.test(raw)) {
      const last = pieces.at(-1);
      // The point of an initial or a title ends nothing.
      if (raw === "." && last && last.to === from && (last.word.length === 1 || TITLES.has(last.word))) continue;
      if (raw.includes("?")) for (let at = pieces.length - 1; at >= sentence; at--) (pieces[at] as Piece).asks = true;
      sentence = pieces.length;
      breaks = 2;
    } else if (/^[\p{L}\p{N}]/u.test(raw)) {
      // s.v.p. and s.t.o.p. are one word, "mardi.merci" two; "don't" is one, "j'en" two.
      const points = raw.includes(".") && !/^(?:[\p{L}\p{N}]\.)+[\p{L}\p{N}]?$/u.test(raw) && !/^[\d.]+$/.test(raw);
      let start = from;
      const parts = points ? raw.split(".") : [raw.includes(".") && !/^[\d.]+$/.test(raw) ? raw.replaceAll(".", "") : raw];
      for (const [index, part] of parts.entries()) {
        if (index > 0) {
          breaks = 2;
          sentence = pieces.length;
        }
        start = elided(part, start, points ? part.length : raw.length, put) + 1;
      }
    } else if (raw === "-" && pieces.at(-1)?.to === from && /[\p{L}\p{N}]/u.test(text[from + 1] ?? "")) {
      // "textez-moi": nothing stands between.
    } else if (raw === '"' || raw === "'") quoted = !quoted && text.indexOf(raw, from + 1) > 0;
    else if (/^[,()[\]{}/-]$/.test(raw)) breaks = breaks === 2 ? 2 : 1;
    else put(raw, from, from + raw.length);
  }
  return pieces;
}

/** One word, or the elided ones it begins with and the word. Returns where it ends. */
function elided(part: string, from: number, length: number, put: (word: string, from: number, to: number) => void): number {
  let rest = part;
  let at = from;
  for (let mark = rest.indexOf("'"); mark > 0 && ELIDED.has(rest.slice(0, mark)); mark = rest.indexOf("'")) {
    put(rest.slice(0, mark), at, at + mark);
    rest = rest.slice(mark + 1);
    at += mark + 1;
  }
  if (rest !== "") put(rest.replaceAll("'", ""), at, from + length);
  return from + length;
}
