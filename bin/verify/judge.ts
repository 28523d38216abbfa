/**
 * Steps 5 to 7: chains, chain heads and alarms. Events are taken one by one in the log's order; the judgement comes at the
 * end, and only over leaves that are proven to be the log's.
 */
import { type HeadsLeaf, headsLeaf } from "../../lambdas/core/bundle/heads.ts";
import { type Chains, chains } from "./chains.ts";
import { utc } from "./checkpoints.ts";
import { type HeadsBook, headsBook } from "./heads-book.ts";
import { count, type Report, some } from "./report.ts";

export interface Taken {
  readonly index: number;
  readonly chain: string;
  readonly seq: number;
  /** ms */
  readonly time: number;
  readonly hash: Uint8Array;
  readonly prev: Uint8Array;
  readonly own: boolean;
}

/** Chain heads that a file holds, under the leaf that commits to them. */
export interface Snapshot {
  readonly n: number;
  /** base64url */
  readonly root: string;
}

export interface Judge {
  readonly book: HeadsBook;
  take(event: Taken): void;
  notable(index: number, type: string, event: unknown): void;
  finish(over: Over): void;
}

export interface Over {
  readonly report: Report;
  /** ms; events from here on are carried for the proof alone */
  readonly to: number;
  readonly from: number;
  /** Leaves begin with the log. */
  readonly whole: boolean;
  readonly snapshots: ReadonlyMap<number, Snapshot>;
  /** Only chosen chains: what lies between is not here. */
  readonly chosen: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MOST_ALARMS = 1000;

/** @param seen sizes of the log, ascending, and when each was witnessed, in seconds @param to ms, the end of what was asked for */
export function judge(seen: readonly { readonly size: number; readonly time: number }[], to: number): Judge {
  const all: Chains = chains();
  const book = headsBook();
  const headsLeaves: { index: number; leaf: HeadsLeaf | undefined }[] = [];
  const alarms: { index: number; says: string }[] = [];
  /** The log is one of a later year: its chains may have begun before it. */
  let continued = false;
  const canaries: { index: number; time: number }[] = [];
  const early = { many: 0, first: -1 };
  const late = { many: 0, first: -1 };
  const beyond = { many: 0, first: -1 };
  let events = 0;
  let next = 0;
  const tally = (of: { many: number; first: number }, index: number): void => {
    if (of.many++ === 0) of.first = index;
  };

  return {
    book,
    take: ({ index, chain, seq, time, hash, prev, own }) => {
      events++;
      while (next < seen.length && (seen[next] as { size: number }).size <= index) next++;
      const after = seen[next]?.time;
      const before = seen[next - 1]?.time;
      if (after !== undefined && time > after * 1000 + 5 * MINUTE) tally(early, index);
      if (before !== undefined && time < before * 1000 - DAY) tally(late, index);
      if (chain === "") return;
      all.add(index, chain, seq, hash, prev);
      if (!own && book.see(index, chain, seq, hash) === "beyond" && time < to) tally(beyond, index);
    },
    notable: (index, type, event) => {
      if (type === "log.opened") continued ||= (event as { ent?: unknown }).ent !== undefined;
      else if (type === "audit.heads") headsLeaves.push({ index, leaf: headsLeaf(event) });
      else if (type === "sys.canary") canaries.push({ index, time: Date.parse((event as { ts: string }).ts) });
      else if (type.startsWith("audit.") && type !== "audit.verified" && alarms.length < MOST_ALARMS)
        alarms.push({ index, says: alarmOf(type, event) });
    },
    finish: (over) => {
      const { report } = over;
      const whole = over.whole && !continued;
      judgeChains(over, all, whole);
      judgeHeads({ ...over, whole }, book, headsLeaves, beyond);
      for (const { index, says } of alarms) report.find("alarm", "alarms", says, index);
      if (early.many > 0)
        report.find("alarm", "alarms", `${some(early.many, "event")} dated after a witness had already seen them`, early.first);
      if (late.many > 0) report.find("alarm", "alarms", `${some(late.many, "event")} logged more than a day late`, late.first);
      for (const [n, { index, time }] of canaries.slice(1).entries()) {
        const before = canaries[n] as { time: number };
        if (time - before.time > 15 * MINUTE)
          report.find("alarm", "alarms", `no canary from ${utc(before.time / 1000)} to ${utc(time / 1000)}`, index);
      }
      if (canaries.length === 0 && !over.chosen && events > 0) report.unproven("that the log was alive all the time: it holds no canaries");
      if (!report.has("alarm")) report.row("alarms", "none recorded");
    },
  };
}

function judgeChains({ report, chosen }: Over, all: Chains, whole: boolean): void {
  const { chains: many, begun, faults, gaps } = all.finish(whole || chosen);
  for (const { index, says } of faults) report.find("contradiction", "chains", says, index);
  for (const { chain, seq, index } of gaps)
    report.find(
      "incomplete",
      "chains",
      `${chain}#${seq} is missing, and a later event of that chain is here${chosen && seq === 0 ? "; it may stand in an earlier year's log" : ""}`,
      index,
    );
  if (faults.length === 0 && gaps.length === 0) report.row("chains", `${some(many, "chain")}, 0 gaps, 0 forks`);
  if (begun > 0) report.unproven(`what came before in ${some(begun, "chain")} that began before this export`);
}

function judgeHeads(
  { report, from, to, whole, snapshots, chosen }: Over,
  book: HeadsBook,
  leaves: readonly { index: number; leaf: HeadsLeaf | undefined }[],
  beyond: { readonly many: number; readonly first: number },
): void {
  const before = report.findings.length;
  const times = new Map<number, HeadsLeaf>();
  for (const { index, leaf } of leaves) {
    const file = snapshots.get(index);
    if (!leaf) report.find("contradiction", "heads", "an audit.heads leaf does not say what it must", index);
    else if (!file) report.find("incomplete", "heads", `the chain heads that leaf ${count(index)} commits to are not in the export`, index);
    else if (file.n !== leaf.n || file.root !== leaf.root)
      report.find("contradiction", "heads", `the chain heads of leaf ${count(index)} are not those that it commits to`, index);
    else times.set(index, leaf);
  }
  for (const index of snapshots.keys())
    if (!leaves.some((each) => each.index === index))
      report.find("contradiction", "heads", `no audit.heads leaf stands at ${index}`, index);
  // What they say counts only where they are those that the log commits to.
  if (report.has("contradiction", "heads")) return;
  for (const { says, index } of book.faults) report.find("contradiction", "heads", says, index);
  let earlier = 0;
  for (const { chain, seq, snapshot } of book.missing()) {
    const since = times.get(snapshot)?.from;
    if (whole || chosen || (since !== undefined && Date.parse(since) >= from))
      report.find(
        "incomplete",
        "heads",
        `${chain}#${seq} stood in the audit table by the snapshot of leaf ${count(snapshot)}, and is missing here`,
        snapshot,
      );
    else earlier++;
  }
  if (earlier > 0) report.unproven(`${some(earlier, "chain head")} of events before this export`);
  const ordered = [...times.values()];
  if (!chosen) coverage(report, ordered, from, to);
  if (beyond.many > 0) {
    report.find(
      "incomplete",
      "heads",
      `${some(beyond.many, "event")} ${beyond.many === 1 ? "has" : "have"} no snapshot of chain heads that reaches so far`,
      beyond.first,
    );
    report.unproven(`that no event is missing behind the last chain heads: ${some(beyond.many, "event")} without a snapshot`);
  }
  const agree = report.findings.slice(before).every(({ kind }) => kind !== "contradiction");
  const last = ordered.at(-1)?.to;
  if (agree && snapshots.size > 0)
    report.row("heads", `${snapshots.size}/${leaves.length} snapshots agree with the events${last === undefined ? "" : ` (last ${last})`}`);
}

/** Whether the snapshots follow on one another over the whole time that was asked for. */
function coverage(report: Report, heads: readonly HeadsLeaf[], from: number, to: number): void {
  const [first] = heads;
  if (!first) {
    report.find("incomplete", "heads", "the export has no snapshot of chain heads: an event that never reached the log does not show");
    report.unproven("that every event of the audit table reached the log");
    return;
  }
  if (Date.parse(first.from) > from) uncovered(report, new Date(from).toISOString(), first.from);
  for (const [n, each] of heads.slice(1).entries()) {
    const before = heads[n] as HeadsLeaf;
    if (Date.parse(each.from) > Date.parse(before.to)) uncovered(report, before.to, each.from);
  }
  const last = heads.at(-1) as HeadsLeaf;
  if (Date.parse(last.to) < to) uncovered(report, last.to, new Date(to).toISOString());
}

function uncovered(report: Report, from: string, to: string): void {
  report.find("incomplete", "heads", `no snapshot of chain heads covers ${from} to ${to}`);
  report.unproven(`that no event is missing from ${from} to ${to}: no chain heads of that time`);
}

function alarmOf(type: string, event: unknown): string {
  const { ts, why, ent } = event as { ts: string; why?: unknown; ent?: unknown };
  const objects = (Array.isArray(ent) ? (ent as { t?: unknown; id?: unknown }[]) : []).map((each) => `${each?.t} ${each?.id}`);
  return [type, ts, ...(Array.isArray(why) ? why : []), ...objects].join("  ").slice(0, 300);
}
