/**
 * The tree as files (C2SP tlog-tiles): a tile holds up to 256 neighbouring hashes of every eighth level. Full tiles never
 * change; the last one of each level is partial.
 */
import { EMPTY_ROOT, HASH_SIZE, nodeHash } from "./hashes.ts";
import { cover, type Subtree } from "./subtrees.ts";

/** Levels of the tree in one tile, and hashes in a full one. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

export interface Tile {
  readonly level: number;
  readonly index: number;
  /** Hashes in it: 1 to 256; fewer than 256 in a partial one. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, with `.p/112` behind a partial one. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${numberPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ""}`;
}

/** `x001/x234/067` of 1234067. */
function numberPath(index: number): string {
  const parts = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return parts.join("/");
}

/** Every tile of a tree, level by level; the last of each level may be partial. */
export function tilesOf(size: number): Tile[] {
  const out: Tile[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    for (let index = 0; index * TILE_WIDTH < hashes; index++)
      out.push({ level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) });
  }
  return out;
}

/** A tile that became full, and its bytes. */
export interface FullTile extends Tile {
  readonly bytes: Uint8Array;
}

/**
 * The right edge of a tree: the hashes of each level's partial tile. All that a log must hold to grow and to know its root,
 * beside the full tiles.
 */
export class Edge {
  #size: number;
  /** By tile level, 0 to 255 hashes each. */
  readonly #levels: Uint8Array[][];

  /** @param levels by tile level the bytes of the partial tile; empty where there is none @throws RangeError where they do not belong to a tree of that size */
  constructor(size = 0, levels: readonly Uint8Array[] = []) {
    const widths = edgeWidths(size);
    if (levels.length !== widths.length || widths.some((width, level) => levels[level]?.length !== width * HASH_SIZE))
      throw new RangeError(`these partial tiles are not those of a tree of ${size} leaves`);
    this.#size = size;
    this.#levels = levels.map(hashesIn);
  }

  get size(): number {
    return this.#size;
  }

  /** By tile level the bytes of the partial tile. */
  get levels(): Uint8Array[] {
    return this.#levels.map(concat);
  }

  /** Adds a leaf; answers the tiles that it filled, lowest first. */
  append(leaf: Uint8Array): FullTile[] {
    const full: FullTile[] = [];
    let hash = leaf;
    this.#size++;
    for (let level = 0, count = this.#size; ; level++) {
      this.#levels[level] ??= [];
      const partial = this.#levels[level] as Uint8Array[];
      partial.push(hash);
      if (partial.length < TILE_WIDTH) return full;
      count = Math.floor(count / TILE_WIDTH);
      full.push({ level, index: count - 1, width: TILE_WIDTH, bytes: concat(partial) });
      hash = perfectRoot(partial);
      this.#levels[level] = [];
    }
  }

  /** The tree's root: what each level's partial tile holds, over what stands to its right below. */
  root(): Uint8Array {
    let right: Uint8Array | undefined;
    for (const partial of this.#levels) {
      const nodes = cover(0, partial.length).map(({ level, index }) =>
        perfectRoot(partial.slice(index * 2 ** level, (index + 1) * 2 ** level)),
      );
      for (const node of nodes.reverse()) right = right ? nodeHash(node, right) : node;
    }
    return right ?? EMPTY_ROOT;
  }

  copy(): Edge {
    return new Edge(this.#size, this.levels);
  }
}

/** By tile level, how many hashes the partial tile of a tree holds. */
function edgeWidths(size: number): number[] {
  const out: number[] = [];
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / TILE_WIDTH)) out.push(hashes % TILE_WIDTH);
  return out;
}

/** The root over a power of two of hashes. */
export function perfectRoot(hashes: readonly Uint8Array[]): Uint8Array {
  return rows([...hashes]).at(-1)?.[0] as Uint8Array;
}

/** Answers a tile's bytes; `undefined` where it is not there. */
export type ReadTile = (tile: Tile) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/**
 * Answers the hash of a perfect subtree out of the tiles of a tree. A tile is read and hashed through once, whatever is asked
 * of it: many proofs of one export share most of their tiles.
 * @throws Error that names the tile which is missing or too short
 */
export function readSubtrees(size: number, read: ReadTile): (subtree: Subtree) => Promise<Uint8Array> {
  const known = new Map<string, Promise<Uint8Array[][]>>();
  const rowsOf = async (tile: Tile): Promise<Uint8Array[][]> => {
    const bytes = await read(tile);
    if (!bytes || bytes.length < tile.width * HASH_SIZE) throw new Error(`${tilePath(tile)} is missing or too short`);
    return rows(hashesIn(bytes).slice(0, tile.width));
  };
  return async ({ level, index }) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const inside = level % TILE_HEIGHT;
    const tileIndex = Math.floor((index * 2 ** inside) / TILE_WIDTH);
    const all = Math.floor(size / TILE_WIDTH ** tileLevel);
    const tile: Tile = { level: tileLevel, index: tileIndex, width: Math.min(TILE_WIDTH, all - tileIndex * TILE_WIDTH) };
    const path = tilePath(tile);
    let found = known.get(path);
    if (!found) {
      found = rowsOf(tile);
      known.set(path, found);
    }
    const hash = (await found)[inside]?.[index - (tileIndex * TILE_WIDTH) / 2 ** inside];
    if (!hash) throw new RangeError(`a tree of ${size} leaves has no subtree ${index} of level ${level}`);
    return hash;
  };
}

/** A tile's hashes, and above them those of every perfect subtree inside it. */
function rows(hashes: Uint8Array[]): Uint8Array[][] {
  const out = [hashes];
  for (let row = hashes; row.length > 1; out.push(row))
    row = Array.from({ length: Math.floor(row.length / 2) }, (_, at) => nodeHash(row[2 * at] as Uint8Array, row[2 * at + 1] as Uint8Array));
  return out;
}

export function hashesIn(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / HASH_SIZE) }, (_, at) => bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE));
}

function concat(hashes: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(hashes.length * HASH_SIZE);
  for (const [at, hash] of hashes.entries()) out.set(hash, at * HASH_SIZE);
  return out;
}
