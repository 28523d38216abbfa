/**
 * Which events are in the log already. A stream may be read twice: a batch fails after its commit, or its answer is lost. An
 * event of Lambda's does not say from which shard it comes, so positions in the stream cannot tell; the log can, whose
 * level-0 tiles are the hashes of its leaves.
 */
import { keysOf } from "../archive.ts";
import { hex } from "../digest.ts";
import { HASH_SIZE } from "../tlog/hashes.ts";
import { TILE_WIDTH, tilePath } from "../tlog/tiles.ts";
import type { LogState, Mark, SequencePorts } from "./ports.ts";

/** A stream keeps records for 24 hours; nothing that was sequenced before then can come again. */
const STREAM_MS = 26 * 3_600_000;
const MARK_MS = 10 * 60_000;
/** How far the clock that stamps records and that of the sequencer may be apart, with the second that is rounded away. */
const SKEW_MS = 5 * 60_000;

/** The marks of a log that is about to grow. */
export function marked(marks: readonly Mark[], now: number, year: number, size: number): readonly Mark[] {
  const last = marks.at(-1);
  const all = last && last.year === year && now - last.at < MARK_MS ? marks : [...marks, { at: now, year, size }];
  // The newest of those that are too old stays: what came after it is not known more exactly.
  const first = all.findLastIndex(({ at }) => at < now - STREAM_MS);
  return first > 0 ? all.slice(first) : all;
}

type Needs = Pick<SequencePorts, "archive" | "tiles">;

const MOST_TILES = 4_096;
const AT_ONCE = 32;

/**
 * Which of these hashes are among the leaves that were added since the earliest of their records was written; in hex.
 * @param oldest when that was (ms) @throws Error that names a tile which is missing
 */
export async function known(state: LogState, hashes: readonly Uint8Array[], oldest: number, ports: Needs): Promise<Set<string>> {
  const found = new Set<string>();
  if (hashes.length === 0) return found;
  const wanted = Map.groupBy(hashes, (hash) => short(hash));
  const search = (tile: Uint8Array): void => {
    for (let at = 0; at < tile.length; at += HASH_SIZE)
      for (const hash of wanted.get(short(tile, at)) ?? [])
        if (hash.every((byte, index) => byte === tile[at + index])) found.add(hex(hash));
  };
  const from = state.marks.findLast(({ at }) => at <= oldest - SKEW_MS) ?? state.marks[0] ?? { year: state.year, size: 0 };
  const paths: string[] = [];
  const tilesOf = (year: number, begin: number, end: number): void => {
    for (let index = Math.floor(begin / TILE_WIDTH); (index + 1) * TILE_WIDTH <= end; index++)
      paths.push(keysOf(year).tile(tilePath({ level: 0, index, width: TILE_WIDTH })));
  };
  if (from.year !== state.year && state.before) {
    tilesOf(state.before.year, from.year === state.before.year ? from.size : 0, state.before.size);
    search(state.before.tail);
  }
  tilesOf(state.year, from.year === state.year ? from.size : 0, state.size);
  search(state.edge[0] ?? new Uint8Array());
  for (let at = 0; at < paths.length; at += AT_ONCE)
    for (const tile of await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => read(path, ports)))) search(tile);
  return found;
}

async function read(path: string, { archive, tiles }: Needs): Promise<Uint8Array> {
  const cached = tiles.get(path);
  if (cached) return cached;
  const tile = await archive.get(path);
  if (tile?.length !== TILE_WIDTH * HASH_SIZE) throw new Error(`${path} is missing or too short`);
  if (tiles.size >= MOST_TILES) tiles.clear();
  tiles.set(path, tile);
  return tile;
}

/** Six bytes of a hash, as a number: enough to look it up by, and not enough to know it by. */
const short = (bytes: Uint8Array, at = 0): number =>
  (bytes[at] as number) * 2 ** 40 +
  (bytes[at + 1] as number) * 2 ** 32 +
  (bytes[at + 2] as number) * 2 ** 24 +
  (bytes[at + 3] as number) * 2 ** 16 +
  (bytes[at + 4] as number) * 2 ** 8 +
  (bytes[at + 5] as number);
