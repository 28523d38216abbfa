/**
 * Words that are a slip away from one of a list: first by how they sound ("kemo", "sykiatrist"), then by one letter too many,
 * too few, wrong or swapped, two in long words. Bit masks of the letters turn most candidates away before they are compared.
 */
interface Candidate {
  readonly sound: string;
  readonly letters: number;
  readonly id: number;
  /** It begins a word. */
  readonly stem: boolean;
}

/** The first letter must be right, and the second or the third. Shorter words are too near to other words. */
const SHORTEST = 5;
const ONE_SLIP = 7;
const TWO_SLIPS = 11;

/** How a word sounds, roughly, in English and French spelling: "psychiatre" and "sykiatre" alike. */
function soundOf(word: string): string {
  let out = "";
  for (let at = 0; at < word.length; at++) {
    const letter = word.charAt(at);
    const next = word.charAt(at + 1);
    let sound = letter;
    if (letter === "p" && next === "h") {
      sound = "f";
      at++;
    } else if (letter === "p" && next === "s" && at === 0) continue;
    else if ((letter === "c" || letter === "k" || letter === "t") && next === "h") {
      sound = letter === "t" ? "t" : "k";
      at++;
    } else if (letter === "c" || letter === "q") sound = "k";
    else if (letter === "y") sound = "i";
    else if (letter === "z") sound = "s";
    if (!out.endsWith(sound)) out += sound;
  }
  return out;
}

function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) % 31);
  return mask;
}

/** How many bits are set (counted in parallel). */
function bits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Words are compared up to this length. */
const LONGEST = 24;
/** Three rows of the table that `slips` fills; it calls nothing, so one set serves. */
const ROWS = [0, 1, 2].map(() => new Uint8Array(LONGEST + 3)) as [Uint8Array, Uint8Array, Uint8Array];

/** Slips between two words, swaps of neighbours counted once (optimal string alignment); more than `most` is `most + 1`. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row, next] = ROWS;
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, row, next] = [row, next, before];
  }
  return row[b.length] ?? most + 1;
}

export interface Speller {
  /** Ids of the words that this one may have been meant for. */
  near(word: string): readonly number[];
}

/** @param words words and stems by the id that a finder gives */
export function speller(words: Iterable<{ readonly word: string; readonly id: number; readonly stem: boolean }>): Speller {
  const byFirst = new Map<string, Candidate[]>();
  for (const { word, id, stem } of words) {
    if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) continue;
    const sound = soundOf(word);
    const first = sound.charAt(0);
    const candidates = byFirst.get(first);
    const candidate = { sound, letters: lettersOf(sound), id, stem };
    if (candidates) candidates.push(candidate);
    else byFirst.set(first, [candidate]);
  }
  return {
    near: (word) => {
      if (word.length < SHORTEST - 1 || word.length > LONGEST) return [];
      const sound = soundOf(word);
      const letters = lettersOf(sound);
      const found: number[] = [];
      for (const candidate of byFirst.get(sound.charAt(0)) ?? []) {
        const { sound: meant, stem } = candidate;
        const most = meant.length >= TWO_SLIPS ? 2 : meant.length >= ONE_SLIP && word.length >= ONE_SLIP ? 1 : 0;
        if (sound.length < meant.length - most || (!stem && sound.length > meant.length + most)) continue;
        if (bits(candidate.letters & ~letters) > most) continue;
        if (meant.charCodeAt(1) !== sound.charCodeAt(1) && meant.charCodeAt(2) !== sound.charCodeAt(2)) continue;
        if (most === 0 ? (stem ? sound.startsWith(meant) : sound === meant) : isNear(sound, meant, stem, most)) found.push(candidate.id);
      }
      return found;
    },
  };
}

function isNear(sound: string, meant: string, stem: boolean, most: number): boolean {
  if (!stem || sound.length <= meant.length) return slips(sound, meant, most) <= most;
  for (let length = meant.length - 1; length <= Math.min(sound.length, meant.length + 1); length++)
    if (slips(sound.slice(0, length), meant, most) <= most) return true;
  return false;
}
