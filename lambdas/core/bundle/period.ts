/**
 * The export of a period: every leaf from one place of the log to another, with the hashes left and right of them, so that
 * nothing between can be missing; and the chain heads of that time, so that what never reached the log shows.
 */

import { leafHash, sameHash } from "../tlog/hashes.ts";
import { base64 } from "../tlog/note.ts";
import { consistencyProof } from "../tlog/proofs.ts";
import { hashLines, surroundingsText } from "./hash-lines.ts";
import { parseHeadLine } from "./heads.ts";
import { hashesPath, headsPath, type Interval, paths, segmentPath, yearOf } from "./layout.ts";
import { joined } from "./lines.ts";
import { BrokenArchive, type Leaf, type Log, type SignedCheckpoint } from "./log.ts";
import type { Manifest } from "./manifest.ts";
import { peek } from "./peek.ts";
import type { Writing } from "./writing.ts";

/** How files of events are made. */
export interface Packing {
  gzip(bytes: Uint8Array): Uint8Array;
  /** Leaves of one file at most: what a reader holds in memory at once. */
  readonly leaves: number;
}

export interface Period {
  /** RFC 3339 in UTC, milliseconds; `to` is not part of it. */
  readonly from: string;
  readonly to: string;
}

/** Bytes of one file of events at most, unpacked. */
const MOST_BYTES = 4 * 2 ** 20;
/** Checkpoints within the interval, spread over it: each is one signature to check. */
const MOST_CHECKPOINTS = 256;

type Said = Omit<Manifest, "files" | "format" | "v" | "id" | "made" | "recipient">;

/** @param since sizes of checkpoints that the recipient had kept: a proof from each is added @throws BrokenArchive */
export async function writePeriod(log: Log, period: Period, since: readonly number[], packing: Packing, out: Writing): Promise<Said> {
  const { gzip } = packing;
  const last = await log.checkpoint(log.sizes.at(-1) as number);
  const year = yearOf(last.origin);
  const at = paths(year);
  const begin = await beginOf(log, period.from);
  const interval = { first: begin?.size ?? 0, end: await endOf(log, begin?.size ?? 0, last.size, period) };

  await out.add(at.last, last.note);
  if (begin) {
    await out.add(at.first, begin.note);
    await out.add(at.consistency, hashLines(await consistencyProof(begin.size, last.size, log.subtree)));
  }
  await writeSince(log, last, since, out);
  const inside = await checkpointsIn(log, interval);
  if (inside.length > 0)
    await out.add(at.between, gzip(joined(inside.map(({ note }) => new TextEncoder().encode(JSON.stringify(note))))), inside.length);
  const left = await log.range({ first: 0, end: interval.first });
  const right = await log.range({ first: interval.end, end: last.size });
  await out.add(at.range, surroundingsText({ left, right }));

  const tree = left.copy();
  for await (const segment of segmentsOf(log.leaves(interval), packing.leaves)) {
    const hashes = segment.leaves.map(({ bytes }) => leafHash(bytes));
    for (const hash of hashes) tree.append(hash);
    await out.add(segmentPath(segment.day, segment), gzip(joined(segment.leaves.map(({ bytes }) => bytes))), hashes.length);
    await out.add(hashesPath(segment), Buffer.concat(hashes));
    for (const { index, bytes } of segment.leaves) {
      const { heads } = peek(bytes);
      const kept = heads && (await log.heads(heads.to));
      if (kept) await out.add(headsPath(index), kept.gz, kept.lines.length);
    }
  }
  tree.join(right);
  // What does not prove is not exported: better an error here than an auditor's alarm.
  if (!sameHash(tree.root(), last.root))
    throw new BrokenArchive(`the archive's leaves are not those of its checkpoint of size ${last.size}`);
  return { log: { origin: last.origin, size: last.size, root: base64(last.root) }, scope: { kind: "period", ...period, ...interval } };
}

/** @throws BrokenArchive where the log is smaller than a checkpoint that was kept */
export async function writeSince(log: Log, last: SignedCheckpoint, since: readonly number[], out: Writing): Promise<void> {
  for (const size of new Set(since)) {
    if (size > last.size)
      throw new BrokenArchive(`the archive's newest checkpoint has size ${last.size}, and one of size ${size} was kept`);
    await out.add(paths(yearOf(last.origin)).since(size), hashLines(await consistencyProof(size, last.size, log.subtree)));
  }
}

/**
 * The checkpoint to begin at: the last that a witness had seen by then, to the whole second that it tells. What it holds had been logged before the period, so
 * nothing of the period stands left of it. Where no witness looked, the log's own order and the writers' clocks must do.
 */
async function beginOf(log: Log, from: string): Promise<SignedCheckpoint | undefined> {
  const seconds = Date.parse(from) / 1000;
  let low = 0;
  let high = log.sizes.length;
  let timed = false;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [time] = (await log.checkpoint(log.sizes[middle] as number)).times;
    timed ||= time !== undefined;
    if (time !== undefined && time + 1 <= seconds) low = middle + 1;
    else high = middle;
  }
  if (timed) return low === 0 ? undefined : await log.checkpoint(log.sizes[low - 1] as number);
  for await (const { index, bytes } of log.leaves({ first: 0, end: log.sizes.at(-1) as number }))
    if (peek(bytes).time >= from) return await atMost(log, index);
  return await atMost(log, log.sizes.at(-1) as number);
}

async function atMost(log: Log, size: number): Promise<SignedCheckpoint | undefined> {
  const found = log.sizes.findLast((each) => each <= size && each > 0);
  return found === undefined ? undefined : await log.checkpoint(found);
}

/**
 * Where to end: after the first chain heads of a time at or after the period's end, and after the events that they name and
 * the log holds a little later; without any, after the period's last event.
 */
async function endOf(log: Log, first: number, size: number, { to }: Period): Promise<number> {
  let end = first;
  let closed = false;
  const awaited = new Map<string, number>();
  const reached = new Map<string, number>();
  for await (const { index, bytes } of log.leaves({ first, end: size })) {
    const { heads, time, chain = "", seq } = peek(bytes);
    if (heads && closed) return end;
    if (heads) {
      closed = heads.to >= to;
      for (const head of (await log.heads(heads.to))?.lines.map(parseHeadLine) ?? [])
        if ((reached.get(head.chain) ?? -1) < head.seq) awaited.set(head.chain, head.seq);
    }
    reached.set(chain, Math.max(seq, reached.get(chain) ?? -1));
    if ((awaited.get(chain) ?? Number.POSITIVE_INFINITY) <= seq) awaited.delete(chain);
    if (heads || closed || time < to) end = index + 1;
    if (closed && awaited.size === 0) return end;
  }
  return end;
}

/** Checkpoints of sizes in (first, end], spread evenly, the last one always. */
async function checkpointsIn(log: Log, { first, end }: Interval): Promise<SignedCheckpoint[]> {
  const sizes = log.sizes.filter((size) => size > first && size <= end);
  const step = Math.max(1, sizes.length / MOST_CHECKPOINTS);
  const chosen = Array.from(
    { length: Math.min(sizes.length, MOST_CHECKPOINTS) },
    (_, at) => sizes[sizes.length - 1 - Math.floor(at * step)] as number,
  );
  return await Promise.all(chosen.reverse().map(log.checkpoint));
}

/** Leaves in portions, each of one day by the log's order. */
async function* segmentsOf(leaves: AsyncIterable<Leaf>, most: number): AsyncGenerator<Interval & { day: string; leaves: Leaf[] }> {
  let held: Leaf[] = [];
  let bytes = 0;
  let day = "0000-00-00";
  const portion = (): Interval & { day: string; leaves: Leaf[] } => {
    const first = held[0]?.index as number;
    const out = { first, end: first + held.length, day, leaves: held };
    held = [];
    bytes = 0;
    return out;
  };
  for await (const leaf of leaves) {
    const its = peek(leaf.bytes).time.slice(0, 10);
    if (held.length > 0 && (its > day || held.length === most || bytes + leaf.bytes.length > MOST_BYTES)) yield portion();
    // An event that was logged late stands under the day that it was logged on.
    if (its > day) day = its;
    held.push(leaf);
    bytes += leaf.bytes.length + 1;
  }
  if (held.length > 0) yield portion();
}
