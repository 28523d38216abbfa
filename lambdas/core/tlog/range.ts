/**
 * A compact range: the hashes of the fewest perfect subtrees that cover leaves [begin, end). Two neighbours join into one;
 * a range from 0 is a whole tree and has a root. With the range left of some leaves and the range right of them, the leaves
 * prove that none is missing between them.
 */
import { EMPTY_ROOT, HASH_SIZE, nodeHash } from "./hashes.ts";
import { cover } from "./subtrees.ts";

export class CompactRange {
  readonly begin: number;
  #end: number;
  readonly #hashes: Uint8Array[];

  /**
   * @param hashes those of `cover(begin, end)`, in its order
   * @throws RangeError where there are more or fewer, or one is not of 32 bytes
   */
  constructor(begin = 0, end: number = begin, hashes: readonly Uint8Array[] = []) {
    if (!(Number.isSafeInteger(begin) && Number.isSafeInteger(end) && begin >= 0 && begin <= end))
      throw new RangeError(`no range goes from ${begin} to ${end}`);
    const wanted = cover(begin, end).length;
    if (hashes.length !== wanted) throw new RangeError(`leaves ${begin} to ${end} have ${wanted} subtrees, not ${hashes.length}`);
    if (hashes.some(({ length }) => length !== HASH_SIZE)) throw new RangeError("a hash has 32 bytes");
    this.begin = begin;
    this.#end = end;
    this.#hashes = [...hashes];
  }

  get end(): number {
    return this.#end;
  }

  get hashes(): readonly Uint8Array[] {
    return this.#hashes;
  }

  /** Adds one leaf at the end. */
  append(leaf: Uint8Array): void {
    this.#add(1, leaf);
  }

  /** Adds the neighbour to the right. @throws RangeError where it does not begin where this one ends */
  join(right: CompactRange): void {
    if (right.begin !== this.#end)
      throw new RangeError(`a range that begins at ${right.begin} does not follow one that ends at ${this.#end}`);
    for (const [at, { level }] of cover(right.begin, right.end).entries()) this.#add(2 ** level, right.hashes[at] as Uint8Array);
  }

  /** The tree's root (RFC 6962 section 2.1). @throws RangeError of a range that does not begin at 0 */
  root(): Uint8Array {
    if (this.begin !== 0) throw new RangeError(`a range that begins at ${this.begin} has no root`);
    return (
      this.#hashes.reduceRight<Uint8Array | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ?? EMPTY_ROOT
    );
  }

  copy(): CompactRange {
    return new CompactRange(this.begin, this.#end, this.#hashes);
  }

  #add(many: number, subtree: Uint8Array): void {
    let hash = subtree;
    let start = this.#end;
    for (let width = many; (start / width) % 2 === 1 && start - width >= this.begin; width *= 2) {
      hash = nodeHash(this.#hashes.pop() as Uint8Array, hash);
      start -= width;
    }
    this.#hashes.push(hash);
    this.#end += many;
  }
}
