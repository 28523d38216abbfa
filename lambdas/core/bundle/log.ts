/** A log as it lies in the archive, for whoever exports from it: its checkpoints, its leaves, the hashes of its tree. */
import { type Archive, keysOf } from "../archive.ts";
import { type Checkpoint, parseCheckpoint } from "../tlog/checkpoint.ts";
import { leafHash } from "../tlog/hashes.ts";
import { parseNote } from "../tlog/note.ts";
import type { ReadSubtree } from "../tlog/proofs.ts";
import { CompactRange } from "../tlog/range.ts";
import { cover } from "../tlog/subtrees.ts";
import { hashesIn, perfectRoot, readSubtrees, TILE_WIDTH, type Tile, tilePath } from "../tlog/tiles.ts";
import type { Interval } from "./layout.ts";
import { linesOf } from "./lines.ts";

/** The archive lacks something, or holds what cannot be so; one sentence. */
export class BrokenArchive extends Error {}

/** One gzip member to its content. */
export type Gunzip = (bytes: Uint8Array) => Uint8Array;

export interface SignedCheckpoint extends Checkpoint {
  /** The note as it stands. */
  readonly note: string;
  /** POSIX seconds of its cosignatures, by the witnesses' clocks, ascending. */
  readonly times: readonly number[];
}

export interface Leaf {
  readonly index: number;
  readonly bytes: Uint8Array;
}

export interface Log {
  /** Sizes of the checkpoints, ascending; never none. */
  readonly sizes: readonly number[];
  checkpoint(size: number): Promise<SignedCheckpoint>;
  /** Leaves [first, end), in order. */
  leaves(interval: Interval): AsyncGenerator<Leaf>;
  subtree: ReadSubtree;
  range(interval: Interval): Promise<CompactRange>;
  /** The lines of the chain heads up to that time; undefined where the archive has none. */
  heads(to: string): Promise<{ readonly gz: Uint8Array; readonly lines: readonly Uint8Array[] } | undefined>;
}

/** @throws BrokenArchive where there is no such log, or it lacks leaves */
export async function openLog(archive: Pick<Archive, "get" | "list">, year: number, gunzip: Gunzip): Promise<Log> {
  const keys = keysOf(year);
  const sizes: number[] = [];
  for await (const key of archive.list(`${keys.prefix}ckpt/`)) sizes.push(Number(/(\d+)\.note$/.exec(key)?.[1]));
  const size = sizes.at(-1);
  if (size === undefined) throw new BrokenArchive(`the archive has no signed checkpoint of a log of ${year}`);
  const segments: (Interval & { readonly key: string })[] = [];
  for await (const key of archive.list(`${keys.prefix}seg/`)) {
    const [, first, end] = /(\d+)-(\d+)\.ndjson\.gz$/.exec(key) ?? [];
    segments.push({ key, first: Number(first), end: Number(end) });
  }

  async function read(key: string): Promise<Uint8Array> {
    const bytes = await archive.get(key);
    if (!bytes) throw new BrokenArchive(`the archive lacks ${key}`);
    return bytes;
  }

  async function* leaves({ first, end }: Interval): AsyncGenerator<Leaf> {
    let index = first;
    for (const segment of segments) {
      if (segment.end <= index || segment.first >= end) continue;
      if (segment.first > index) break;
      let at = segment.first;
      for (const bytes of linesOf(gunzip(await read(segment.key)))) {
        if (at === index && index < end) {
          yield { index, bytes };
          index++;
        }
        at++;
      }
      if (at !== segment.end) throw new BrokenArchive(`${segment.key} holds ${at - segment.first} leaves`);
    }
    if (index < end) throw new BrokenArchive(`the archive has no segment with leaf ${index}`);
  }

  const tile = async ({ level, index, width }: Tile): Promise<Uint8Array> => {
    if (width === TILE_WIDTH) return await read(keys.tile(tilePath({ level, index, width })));
    // Partial tiles are not kept: their hashes are those of leaves, or roots of the full tiles below.
    const first = index * TILE_WIDTH;
    const hashes: Uint8Array[] = [];
    if (level === 0) for await (const { bytes } of leaves({ first, end: first + width })) hashes.push(leafHash(bytes));
    else
      for (let at = first; at < first + width; at++)
        hashes.push(perfectRoot(hashesIn(await tile({ level: level - 1, index: at, width: TILE_WIDTH }))));
    return Buffer.concat(hashes);
  };
  const subtree = readSubtrees(size, tile);

  return {
    sizes,
    leaves,
    subtree,
    range: async ({ first, end }) => new CompactRange(first, end, await Promise.all(cover(first, end).map(subtree))),
    checkpoint: async (at) => {
      const note = new TextDecoder().decode(await read(keys.checkpoint(at)));
      const { text, signatures } = parseNote(note);
      // A cosignature begins with its time (C2SP tlog-cosignature); a log's own signature has 64 bytes.
      const times = signatures.filter(({ bytes }) => bytes.length === 72).map(({ bytes }) => Number(Buffer.from(bytes).readBigUInt64BE()));
      return { ...parseCheckpoint(text), note, times: times.sort((a, b) => a - b) };
    },
    heads: async (to) => {
      const gz = await archive.get(keys.heads(to));
      return gz && { gz, lines: [...linesOf(gunzip(gz))] };
    },
  };
}
