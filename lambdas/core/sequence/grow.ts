/** The next state of the log, and the objects that must be kept for it. Pure: nothing has happened yet. */

import { keysOf } from "../archive.ts";
import { type Act, append, type Entry, type EventObject, type Head } from "../audit.ts";
import { hex } from "../digest.ts";
import { leafHash, sameHash } from "../tlog/hashes.ts";
import { CompactRange } from "../tlog/range.ts";
import { cover } from "../tlog/subtrees.ts";
import { Edge, hashesIn, perfectRoot, TILE_HEIGHT, tilePath } from "../tlog/tiles.ts";
import { ulid } from "../ulid.ts";
import { marked } from "./known.ts";
import type { Sound } from "./leaves.ts";
import { type LogState, originOf, type SequencePorts } from "./ports.ts";

/** What is kept for one flush, by key. */
export type Objects = ReadonlyMap<string, Uint8Array>;

export interface Grown {
  readonly to: LogState;
  readonly objects: Objects;
}

type Needs = Pick<SequencePorts, "clinic" | "gzip" | "ids">;

/** A log that was told one thing and finds another: nothing may be signed. */
export class LogBroken extends Error {}

const MOST_TOLD = 256;
const LINE_FEED = 10;

/** The state before a deployment's first log: a chain without events. */
const NOTHING = { seq: -1, hash: undefined } as const;

/** The log of a new year, with its first leaf: which log it continues, and at what root. */
export function opened(ports: Needs, from: LogState | undefined, leaves: readonly (Sound | Told)[], now: number, act: Act): Grown {
  const year = new Date(now).getUTCFullYear();
  const empty: Base = {
    year,
    origin: originOf(ports.clinic.id, year),
    size: 0,
    edge: new Edge(),
    range: new CompactRange(),
    own: from?.own ?? NOTHING,
    marks: from?.marks ?? [],
    told: from?.told ?? [],
    ...(from ? { before: { year: from.year, size: from.size, tail: from.edge[0] ?? new Uint8Array() } } : {}),
  };
  const opening: Entry = { type: "log.opened", ...(from ? { objects: [checkpointOf(from)] } : {}) };
  return grow(ports, empty, [{ entry: opening }, ...leaves], now, act, false);
}

/** The log of a year that is over, with its last leaf: its size and root before it. */
export const closed = (ports: Needs, from: LogState, now: number, act: Act): Grown =>
  grow(ports, baseOf(from), [{ entry: { type: "log.closed", objects: [checkpointOf(from)] } }], now, act, true);

export const grown = (ports: Needs, from: LogState, leaves: readonly (Sound | Told)[], now: number, act: Act): Grown =>
  grow(ports, baseOf(from), leaves, now, act, false);

/** An event of the sequencer's own, and the stream record that it tells of. */
export interface Told {
  readonly entry: Entry;
  readonly record?: string;
}

const checkpointOf = ({ origin, size, root }: LogState): EventObject => ({ t: "checkpoint", id: origin, n: size, h: hex(root) });

interface Base extends Omit<LogState, "root" | "edge" | "closed" | "own"> {
  readonly edge: Edge;
  readonly range: CompactRange;
  readonly own: Omit<Head, "chain">;
}

/** The tree that a state holds. @throws LogBroken where its parts do not lead to its root, by either way */
function baseOf(state: LogState): Base {
  const edge = new Edge(state.size, state.edge);
  const range = new CompactRange(0, state.size, rangeHashes(state));
  if (!sameHash(edge.root(), state.root) || !sameHash(range.root(), state.root))
    throw new LogBroken("the lock's partial tiles do not lead to its root");
  return { ...state, edge, range };
}

/** Hashes of the subtrees that cover the tree, out of its partial tiles. */
function rangeHashes({ size, edge }: LogState): Uint8Array[] {
  return cover(0, size).map(({ level, index }) => {
    const tile = hashesIn(edge[Math.floor(level / TILE_HEIGHT)] ?? new Uint8Array());
    const width = 2 ** (level % TILE_HEIGHT);
    const first = (index * width) % 256;
    return perfectRoot(tile.slice(first, first + width));
  });
}

function grow(ports: Needs, base: Base, leaves: readonly (Sound | Told)[], now: number, act: Act, closes: boolean): Grown {
  const chain = `log/${ports.clinic.id}`;
  let own: Head = { chain, seq: base.own.seq, hash: base.own.hash };
  let told = base.told;
  const keys = keysOf(base.year);
  const objects = new Map<string, Uint8Array>();
  const { edge } = base;
  const lines: Uint8Array[] = [];
  for (const leaf of leaves) {
    let sound: Sound;
    if ("entry" in leaf) {
      const { item, head } = append(own, leaf.entry, act, now, ulid(now, ports.ids.random()), ports.clinic);
      own = head;
      sound = { bytes: item.e, hash: item.h };
      if (leaf.record !== undefined) told = [...told, leaf.record].slice(-MOST_TOLD);
    } else sound = leaf;
    lines.push(sound.bytes);
    for (const tile of edge.append(sound.hash)) objects.set(keys.tile(tilePath(tile)), tile.bytes);
  }
  const segment = ports.gzip.pack(joined(lines));
  objects.set(keys.segment(base.size, edge.size), segment);
  const root = edge.root();
  if (!sameHash(rootFrom(base.range, ports.gzip.unpack(segment)), root))
    throw new LogBroken("the segment's own bytes lead to another root than its leaves did");
  if (own.hash === undefined) throw new LogBroken("a log begins with an event of its own");
  return {
    objects,
    to: {
      year: base.year,
      origin: base.origin,
      size: edge.size,
      root,
      edge: edge.levels,
      own: { seq: own.seq, hash: own.hash },
      marks: marked(base.marks, now, base.year, base.size),
      told,
      closed: closes,
      ...(base.before ? { before: base.before } : {}),
    },
  };
}

/**
 * The root a second time, by other code and from the very bytes that will be kept: a log once signed a root that it could
 * never serve, because one bit flipped between hashing and storing, and had to be given up (CT's Yeti, 2022).
 */
function rootFrom(range: CompactRange, lines: Uint8Array): Uint8Array {
  const again = range.copy();
  for (let at = 0; at < lines.length; ) {
    const end = lines.indexOf(LINE_FEED, at);
    again.append(leafHash(lines.subarray(at, end)));
    at = end + 1;
  }
  return again.root();
}

function joined(lines: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    out.set(line, at);
    at += line.length;
    out[at++] = LINE_FEED;
  }
  return out;
}
