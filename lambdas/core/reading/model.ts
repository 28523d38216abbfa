/**
 * A small linear model beside the rules: hashed words, pairs of words, pieces of words, and the concepts that the rules
 * saw. It is deterministic, adds recall where no rule thought of a phrase, and can say which features decided. Its weights
 * are data under a hash, trained by `npm run train` from the project's own lines; rules may refuse, the model only asks.
 */
import { base64url, sha256 } from "../digest.ts";
import type { Folded } from "./fold.ts";

/** As it is stored: one small signed number per bucket and label. */
export interface StoredModel {
  readonly labels: readonly string[];
  /** log2 of the number of buckets. */
  readonly bits: number;
  /** log2 of the number of buckets that concepts have for themselves; absent: they share those of the words. */
  readonly conceptBits?: number;
  /** How much the concepts of a text weigh together against its words; 1 when absent. */
  readonly conceptWeight?: number;
  /** False where words are looked at whole: a reader that has undone the spellings of thumbs learns nothing from pieces. */
  readonly pieces?: boolean;
  /**
   * Where a text has fewer words' or concepts' features than these, each counts as if there were so many: a text of one or
   * two words has too few to say anything for sure. 1 when absent.
   */
  readonly fewest?: { readonly words: number; readonly concepts: number };
  /**
   * The buckets that have a weight (base64 of the steps between them, seven bits a byte, the last of a step below 128);
   * absent: all. A feature seen on a line or two while training says nothing, and one never seen has no other's weight.
   */
  readonly kept?: string;
  /** Bits of a weight; 8 when absent. */
  readonly weightBits?: number;
  /** By label: what a weight of 1 means, and where the score begins. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  /** By label, base64. Where the last label has none, what speaks for it is what does not speak for the others. */
  readonly weights: readonly string[];
}

/** Where the features of a text go, and what the two kinds of them weigh. */
export interface Shape extends Pick<StoredModel, "bits" | "conceptBits" | "conceptWeight" | "fewest" | "pieces"> {
  /** The buckets that have a weight, ascending; undefined: all. */
  readonly keeps?: Uint32Array | undefined;
}

export interface Model extends Shape {
  readonly labels: readonly string[];
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  readonly weights: readonly Int8Array[];
  /** SHA-256 (base64url) over the stored form: stands in every decision the model took part in. */
  readonly hash: string;
}

export function load(stored: StoredModel): Model {
  return {
    ...stored,
    keeps: stored.kept === undefined ? undefined : unpack(stored.kept),
    weights: stored.weights.map((text) => unpackWeights(text, stored.weightBits ?? 8)),
    hash: base64url(sha256(JSON.stringify(stored))),
  };
}

/** Ascending numbers as the steps between them. */
export function pack(keeps: Uint32Array): string {
  const bytes: number[] = [];
  let last = 0;
  for (const each of keeps) {
    let step = each - last;
    for (; step > 127; step = Math.floor(step / 128)) bytes.push(128 | (step % 128));
    bytes.push(step);
    last = each;
  }
  return Buffer.from(bytes).toString("base64");
}

/** The numbers that were packed. */
function unpack(text: string): Uint32Array {
  const out: number[] = [];
  let last = 0;
  let step = 0;
  let scale = 1;
  for (const byte of Buffer.from(text, "base64")) {
    step += (byte % 128) * scale;
    scale *= 128;
    if (byte < 128) {
      last += step;
      out.push(last);
      step = 0;
      scale = 1;
    }
  }
  return Uint32Array.from(out);
}

/** Signed numbers of a few bits each, one behind the other. */
export function packWeights(weights: Int8Array, bits: number): string {
  const bytes = Buffer.alloc(Math.ceil((weights.length * bits) / 8));
  for (const [index, weight] of weights.entries())
    for (let bit = 0; bit < bits; bit++) {
      const place = index * bits + bit;
      const at = place >> 3;
      bytes[at] = (bytes[at] ?? 0) | (((weight >> bit) & 1) << (place & 7));
    }
  return bytes.toString("base64");
}

/** The weights that were packed; what is left of the last byte is none. */
function unpackWeights(text: string, bits: number): Int8Array {
  const bytes = Buffer.from(text, "base64");
  const out = new Int8Array(Math.floor((bytes.length * 8) / bits));
  const sign = 32 - bits;
  for (let index = 0, place = 0; index < out.length; index++, place += bits) {
    const at = place >> 3;
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    out[index] = ((word >> (place & 7)) << sign) >> sign;
  }
  return out;
}

/** Where a number stands among ascending ones, or -1. */
function placeOf(keeps: Uint32Array, wanted: number): number {
  let low = 0;
  let high = keeps.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = keeps[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export interface Scored {
  /** Probability by label, in the model's order; they add up to 1. */
  readonly chances: readonly number[];
}

export interface Features {
  /** The words' first, then the concepts'; each once. */
  readonly buckets: Uint32Array;
  /** What each of them counts: by kind, so that a text's length says nothing. */
  readonly values: Float64Array;
  /** Their names for people, in the same order. */
  names(): string[];
}

/** Buckets that a shape asks for. */
export const sizeOf = ({ bits, conceptBits, keeps }: Shape): number => keeps?.length ?? 2 ** bits + (conceptBits ? 2 ** conceptBits : 0);

/**
 * What the model looks at, in order of appearance.
 * @param forgets asked of each feature of the words while training
 */
export function features(folded: Folded, concepts: readonly string[], shape: Shape, forgets?: () => boolean): Features {
  const words = folded.text.match(WORD) ?? [];
  const all = 2 ** shape.bits;
  const apart = shape.conceptBits ? 2 ** shape.conceptBits : 0;
  const { keeps } = shape;
  /** -1 for what has no weight. */
  const bucketOf = (hash: number, concept: boolean): number => {
    const bucket = concept && apart > 0 ? all + (hash & (apart - 1)) : hash & (all - 1);
    return keeps ? placeOf(keeps, bucket) : bucket;
  };
  const seen = new Set<number>();
  const see = (bucket: number): unknown => bucket >= 0 && seen.add(bucket);
  each(words, shape.pieces ?? true, (hash) => !forgets?.() && see(bucketOf(hash, false)));
  let many = seen.size;
  for (const concept of concepts) see(bucketOf(hashed(concept, 5), true));
  if (apart === 0) many = seen.size;
  const word = 1 / Math.sqrt(Math.max(shape.fewest?.words ?? 1, many));
  const concept = (shape.conceptWeight ?? 1) / Math.sqrt(Math.max(shape.fewest?.concepts ?? 1, seen.size - many));
  return {
    buckets: Uint32Array.from(seen),
    values: new Float64Array(seen.size).fill(word, 0, many).fill(concept, many),
    names: () => {
      const names = new Map<number, string>();
      const name = (bucket: number, as: () => string): unknown => bucket < 0 || names.has(bucket) || names.set(bucket, as());
      each(words, shape.pieces ?? true, (hash, as) => name(bucketOf(hash, false), as));
      for (const each of concepts) name(bucketOf(hashed(each, 5), true), () => each);
      return [...names.values()];
    },
  };
}

/** A word, or one sign that is no letter and no punctuation (an emoji, a sum). Digits count by their shape: 3 and 7 are alike. */
const WORD = /[\p{L}']+|\d+|[^\p{L}\d\s.,;:'"()-]/gu;

function each(words: readonly string[], pieces: boolean, emit: (hash: number, name: () => string) => unknown): void {
  let before = "^";
  let beforeThat = "";
  for (const raw of words) {
    const word = raw.charCodeAt(0) >= 48 && raw.charCodeAt(0) <= 57 ? "0".repeat(Math.min(raw.length, 12)) : raw;
    emit(hashed(word, 1), () => word);
    const pair = `${before} ${word}`;
    emit(hashed(pair, 2), () => pair);
    if (beforeThat !== "") {
      const apart = `${beforeThat} _ ${word}`;
      emit(hashed(apart, 3), () => apart);
    }
    if (pieces && word.length > 3) {
      const edged = `<${word.slice(0, 24)}>`;
      for (let from = 0; from + 3 <= edged.length; from++) {
        // One running hash serves the pieces of three, four and five letters that begin here.
        let hash = start(4);
        for (let i = from; i < Math.min(from + 5, edged.length); i++) {
          hash = next(hash, edged.charCodeAt(i));
          const length = i - from + 1;
          if (length >= 3) emit(mixed(hash), () => edged.slice(from, from + length));
        }
      }
    }
    beforeThat = before;
    before = word;
  }
}

const start = (kind: number): number => (0x811c9dc5 ^ kind) >>> 0;
const next = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193) >>> 0;
/** FNV-1a spreads its low bits badly; this last mix is murmur3's. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
function hashed(text: string, kind: number): number {
  let hash = start(kind);
  for (let i = 0; i < text.length; i++) hash = next(hash, text.charCodeAt(i));
  return mixed(hash);
}

/** How likely each label is. @param concepts names of what the rules saw in the text, such as `drug` or `negated` */
export function score(model: Model, folded: Folded, concepts: readonly string[]): Scored {
  const { buckets, values } = features(folded, concepts, model);
  const sums = model.labels.map((_, label) => {
    const weights = model.weights[label];
    let sum = 0;
    if (weights) for (let i = 0; i < buckets.length; i++) sum += (weights[buckets[i] ?? 0] ?? 0) * (values[i] ?? 0);
    return (model.biases[label] ?? 0) + sum * (model.scales[label] ?? 0);
  });
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const all = powers.reduce((a, b) => a + b, 0);
  return { chances: powers.map((power) => power / all) };
}

/** The features that spoke most for a label, strongest first. */
export function strongest(model: Model, label: string, folded: Folded, concepts: readonly string[], many = 4): string[] {
  const { buckets, values, names } = features(folded, concepts, model);
  const weights = model.weights[model.labels.indexOf(label)];
  const all = names();
  return [...buckets]
    .map((bucket, index) => ({ name: all[index] ?? "", weight: (weights?.[bucket] ?? 0) * (values[index] ?? 0) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, many)
    .map(({ name }) => name);
}
