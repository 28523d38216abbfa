/**
 * Inclusion and consistency proofs: made by RFC 6962 sections 2.1.1 and 2.1.2, checked by the loops of RFC 9162 sections
 * 2.1.3.2 and 2.1.4.2. Making follows the tree's definition, checking does not: neither repeats the other's mistake.
 */
import { EMPTY_ROOT, HASH_SIZE, nodeHash, sameHash } from "./hashes.ts";
import { cover, type Subtree, split } from "./subtrees.ts";

/** Answers the hash of a perfect subtree that the tree holds. */
export type ReadSubtree = (subtree: Subtree) => Uint8Array | Promise<Uint8Array>;

/** MTH of leaves [begin, end). */
async function rootOf(begin: number, end: number, read: ReadSubtree): Promise<Uint8Array> {
  const hashes = await Promise.all(cover(begin, end).map(read));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Root of a tree of that size. */
export async function treeRoot(size: number, read: ReadSubtree): Promise<Uint8Array> {
  return size === 0 ? EMPTY_ROOT : await rootOf(0, size, read);
}

/** PATH(index, D[size]), the leaf's sibling first. @throws RangeError where the tree has no such leaf */
export async function inclusionProof(index: number, size: number, read: ReadSubtree): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  const proof: Uint8Array[] = [];
  for (let begin = 0, end = size; end - begin > 1; ) {
    const middle = begin + split(end - begin);
    if (index < middle) {
      proof.push(await rootOf(middle, end, read));
      end = middle;
    } else {
      proof.push(await rootOf(begin, middle, read));
      begin = middle;
    }
  }
  return proof.reverse();
}

/** PROOF(first, D[second]); empty from 0 and to itself. @throws RangeError where the first tree is the larger one */
export async function consistencyProof(first: number, second: number, read: ReadSubtree): Promise<Uint8Array[]> {
  if (!(first >= 0 && first <= second)) throw new RangeError(`a tree of ${second} leaves does not continue one of ${first}`);
  if (first === 0 || first === second) return [];
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = second;
  while (first !== end) {
    const middle = begin + split(end - begin);
    if (first <= middle) {
      proof.push(await rootOf(middle, end, read));
      end = middle;
    } else {
      proof.push(await rootOf(begin, middle, read));
      begin = middle;
    }
  }
  if (begin > 0) proof.push(await rootOf(begin, end, read));
  return proof.reverse();
}

const odd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);
const areHashes = (proof: readonly Uint8Array[]): boolean => proof.every(({ length }) => length === HASH_SIZE);

/** Whether the proof leads from a leaf's hash to the root of a tree of that size. */
export function includes(proof: readonly Uint8Array[], index: number, size: number, leaf: Uint8Array, root: Uint8Array): boolean {
  if (!(index >= 0 && index < size) || !areHashes(proof)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else hash = nodeHash(hash, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameHash(hash, root);
}

/** Whether the proof shows that the second tree begins with all leaves of the first. */
export function continues(
  proof: readonly Uint8Array[],
  first: number,
  second: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
): boolean {
  if (!(first >= 0 && first <= second) || !areHashes(proof)) return false;
  if (first === second) return proof.length === 0 && sameHash(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && sameHash(firstRoot, EMPTY_ROOT);
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  const start = path[0];
  if (!start) return false;
  let node = first - 1;
  let last = second - 1;
  while (odd(node)) {
    node = half(node);
    last = half(last);
  }
  let one = start;
  let two = start;
  for (const hash of path.slice(1)) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      one = nodeHash(hash, one);
      two = nodeHash(hash, two);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else two = nodeHash(two, hash);
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameHash(one, firstRoot) && sameHash(two, secondRoot);
}
