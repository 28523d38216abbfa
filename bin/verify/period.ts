/** Steps 2 and 3 for a period: every leaf of the interval, in its place, and with its surroundings the signed root. */
import { MalformedHashes, parseSurroundings, type Surroundings } from "../../lambdas/core/bundle/hash-lines.ts";
import { MalformedHeads, parseHeadLine } from "../../lambdas/core/bundle/heads.ts";
import { type Interval, parseHashesPath, parseHeadsPath, parseSegmentPath, paths, yearOf } from "../../lambdas/core/bundle/layout.ts";
import { linesOf } from "../../lambdas/core/bundle/lines.ts";
import { base64url } from "../../lambdas/core/digest.ts";
import { HASH_SIZE, leafHash, sameHash } from "../../lambdas/core/tlog/hashes.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { attempt, type Case, textOf } from "./case.ts";
import { type Checkpoints, utc } from "./checkpoints.ts";
import { unpack } from "./gzip.ts";
import { type Judge, judge, type Snapshot } from "./judge.ts";
import { count, some } from "./report.ts";
import type { Leaves } from "./segment.ts";

type Scope = Extract<Case["manifest"]["scope"], { kind: "period" }>;

/** Leaves [first, end), and the files that hold them and their hashes; without either there is a hole. */
interface Portion extends Interval {
  readonly segment: string | undefined;
  readonly hashes: string | undefined;
}

/** No more leaves in one file: they are held in memory. */
const MOST_LEAVES = 2 ** 17;

/** @returns whether the signed root came out */
export async function checkPeriod(it: Case, scope: Scope, checkpoints: Checkpoints | undefined): Promise<boolean> {
  const { report } = it;
  const from = Date.parse(scope.from);
  const to = Date.parse(scope.to);
  const seen = [checkpoints?.first, ...(checkpoints?.between ?? []), checkpoints?.last]
    .flatMap((each) => (each && each.seen.size > 0 ? [{ size: each.size, time: Math.max(...each.seen.values()) }] : []))
    .sort((a, b) => a.size - b.size);
  const judging = judge(seen, to);
  const snapshots = readSnapshots(it, judging);
  const before = report.findings.length;
  const tree = await readLeaves(it, scope, checkpoints, judging);
  if (tree === undefined) report.unproven("that these leaves are the log's, and that none is missing between them");
  // What is said of chains and heads over leaves that are not the log's would only repeat, many times, that they are not.
  if (
    tree === "whole" &&
    !report.findings.slice(before).some(({ kind, step }) => kind !== "alarm" && (step === "leaves" || step === "tree"))
  )
    judging.finish({ report, from, to, whole: scope.first === 0, snapshots, chosen: false });
  else report.unproven("chains, chain heads and alarms: they are judged over leaves that are proven only");
  beginning(it, scope, checkpoints);
  return tree !== undefined;
}

function readSnapshots(it: Case, judging: Judge): Map<number, Snapshot> {
  const snapshots = new Map<number, Snapshot>();
  for (const { path, rows } of it.manifest.files) {
    const index = parseHeadsPath(path);
    if (index === undefined) continue;
    attempt(
      it.report,
      "heads",
      path,
      () => {
        const gz = it.folder.read(path);
        if (!gz) return;
        const tree = new CompactRange();
        for (const line of linesOf(unpack(gz))) {
          tree.append(leafHash(line));
          judging.book.add(parseHeadLine(line), index);
        }
        if (tree.end !== rows) throw new MalformedHeads(`it has ${tree.end} rows, and the manifest says ${rows}`);
        snapshots.set(index, { n: tree.end, root: base64url(tree.root()) });
      },
      index,
    );
  }
  return snapshots;
}

/** "whole": every leaf is here and leads to the signed root. "holes": the root holds, leaves are missing. undefined: no root was reached. */
async function readLeaves(
  it: Case,
  scope: Scope,
  checkpoints: Checkpoints | undefined,
  judging: Judge,
): Promise<"whole" | "holes" | undefined> {
  const { report, reader, folder, progress } = it;
  const surroundings = surroundingsOf(it, scope);
  const portions = plan(it, scope);
  const roots = rootsToMeet(scope, checkpoints);
  let tree = surroundings?.left.copy();
  let done = scope.first;
  let holes = 0;
  let wrongAt: number | undefined;
  /** Where they differ first, the tree was built over the hashes. */
  let byHashes = false;
  let missed: { readonly name: string; readonly after: number; readonly size: number } | undefined;
  let reached = scope.first;

  const meet = (): void => {
    if (!tree) return;
    for (const { name, root } of roots.get(tree.end) ?? [])
      if (!sameHash(tree.root(), root)) missed ??= { name, after: reached, size: tree.end };
    if (roots.has(tree.end) && !missed) reached = tree.end;
  };
  meet();

  const asked: Promise<Leaves | undefined>[] = [];
  const ask = (portion: Portion | undefined): void => {
    if (!portion) return;
    const gz =
      portion.segment === undefined
        ? undefined
        : attempt(report, "leaves", portion.segment, () => folder.read(portion.segment as string), portion.first);
    const pending =
      gz && portion.end - portion.first <= MOST_LEAVES ? reader.read(gz, portion.end - portion.first) : Promise.resolve(undefined);
    // It is awaited below, in its turn; a failure before that is not lost.
    pending.catch(() => {});
    asked.push(pending);
  };
  for (const portion of portions.slice(0, reader.ahead)) ask(portion);

  for (const [n, portion] of portions.entries()) {
    const leaves = await (asked[n] as Promise<Leaves | undefined>);
    ask(portions[n + reader.ahead]);
    delete asked[n];
    const { first, end } = portion;
    const many = end - first;
    const hashes = hashesOf(it, portion);
    const got = Math.min(leaves?.count ?? 0, many);
    if (leaves) holes += saysOfLeaves(it, portion, leaves);
    else {
      holes += many;
      report.find(
        "incomplete",
        "leaves",
        `${some(many, "leaf", "leaves")} from ${count(first)} to ${count(end - 1)} ${many === 1 ? "is" : "are"} not in the export`,
        first,
      );
    }
    if (leaves && hashes && wrongAt === undefined) {
      const at = firstDifference(leaves.hashes, hashes, got);
      if (at !== undefined) wrongAt = first + at;
      byHashes = leaves.count !== many;
    }
    const feed = leaves && leaves.count === many ? leaves.hashes : hashes;
    if (!feed && tree) {
      report.find("incomplete", "tree", `the way to the root breaks off: neither leaves nor hashes from ${count(first)} on`, first);
      tree = undefined;
    }
    for (let at = 0; tree && feed && at < many; at++) {
      tree.append(feed.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE));
      if (roots.has(tree.end)) meet();
    }
    if (leaves) take(judging, first, got, leaves);
    done = end;
    progress(done - scope.first, scope.end - scope.first);
  }
  if (!report.has("contradiction", "leaves") && !report.has("unchecked", "leaves") && holes === 0)
    report.row(
      "leaves",
      `${count(scope.end - scope.first)} canonical, contiguous ${count(scope.first)}..${count(scope.end - 1)}, 1 gzip member a file`,
    );
  if (!tree || !surroundings || !checkpoints) {
    if (wrongAt !== undefined)
      report.find("contradiction", "leaves", `leaf ${count(wrongAt)} is not the one that its hash in the export belongs to`, wrongAt);
    return undefined;
  }
  tree.join(surroundings.right);
  if (sameHash(tree.root(), checkpoints.last.root) && !missed) {
    if (wrongAt !== undefined)
      report.find(
        "contradiction",
        "tree",
        byHashes
          ? `leaf ${count(wrongAt)} is not the one that was signed`
          : `hashes/: the hash of leaf ${count(wrongAt)} was altered; the leaf is the one that was signed`,
        wrongAt,
      );
    else if (holes === 0) report.row("tree", `${some(new Set([...roots.keys(), checkpoints.last.size]).size, "signed root")} reproduced`);
    return holes === 0 ? "whole" : "holes";
  }
  blame(it, scope, checkpoints, surroundings, portions, wrongAt, missed, reached);
  return undefined;
}

/** The root is another than the signed one: because of what? */
function blame(
  it: Case,
  scope: Scope,
  { last }: Checkpoints,
  { left, right }: Surroundings,
  portions: readonly Portion[],
  wrongAt: number | undefined,
  missed: { readonly name: string; readonly after: number; readonly size: number } | undefined,
  reached: number,
): void {
  const { report } = it;
  if (wrongAt !== undefined) {
    const tree = left.copy();
    for (const portion of portions) {
      const hashes = hashesOf(it, portion);
      for (let at = 0; hashes && at < hashes.length; at += HASH_SIZE) tree.append(hashes.subarray(at, at + HASH_SIZE));
    }
    if (tree.end === scope.end) tree.join(right);
    const signed = tree.end === last.size && sameHash(tree.root(), last.root);
    report.find(
      "contradiction",
      "tree",
      `leaf ${count(wrongAt)} is not the one that was signed${signed ? "" : "; neither do the hashes in the export lead to a signed root"}`,
      wrongAt,
    );
    return;
  }
  if (missed && missed.size > scope.first)
    report.find(
      "contradiction",
      "tree",
      `the leaves do not lead to the root of ${missed.name}; up to ${count(missed.after)} they do`,
      missed.after,
    );
  else if (missed)
    report.find(
      "contradiction",
      "tree",
      `what range.txt says of the leaves before ${count(scope.first)} does not lead to the root of ${missed.name}`,
    );
  else
    report.find(
      "contradiction",
      "tree",
      `the leaves and range.txt do not lead to the root of ${last.name}; up to ${count(reached)} they lead to signed roots`,
      reached < scope.end ? reached : undefined,
    );
}

function surroundingsOf(it: Case, scope: Scope): Surroundings | undefined {
  const path = paths(yearOf(it.manifest.log.origin)).range;
  const text = textOf(it, "tree", path);
  if (text === undefined) {
    it.report.find("incomplete", "tree", `${path} is missing: the leaves cannot be tied to the log`);
    return undefined;
  }
  return attempt(it.report, "tree", path, () => parseSurroundings(text, scope, it.manifest.log.size));
}

/** Which roots must come out at which sizes. */
function rootsToMeet(
  scope: Scope,
  checkpoints: Checkpoints | undefined,
): Map<number, { readonly name: string; readonly root: Uint8Array }[]> {
  const out = new Map<number, { name: string; root: Uint8Array }[]>();
  if (!checkpoints) return out;
  const { first, between, since, last } = checkpoints;
  for (const each of [...(first ? [first] : []), ...between, ...since]) {
    if (each.size < scope.first || each.size > scope.end || each.origin !== last.origin) continue;
    out.set(each.size, [...(out.get(each.size) ?? []), each]);
  }
  return out;
}

/** The files of the interval in order, without overlaps. */
function plan({ manifest, report }: Case, scope: Scope): Portion[] {
  const segments = new Map<number, Interval & { path: string }>();
  const hashes = new Map<number, Interval & { path: string }>();
  for (const { path, rows } of manifest.files) {
    const segment = parseSegmentPath(path);
    const its = segment ?? parseHashesPath(path);
    if (!its) continue;
    const into = segment ? segments : hashes;
    if (!(scope.first <= its.first && its.first < its.end && its.end <= scope.end) || into.has(its.first))
      report.find(
        "contradiction",
        "leaves",
        `${path} is not of leaves ${count(scope.first)} to ${count(scope.end)}, or stands there twice`,
        Math.max(scope.first, Math.min(its.first, scope.end)),
      );
    else into.set(its.first, { ...its, path });
    if (segment && rows !== segment.end - segment.first)
      report.find("contradiction", "leaves", `the manifest says that ${path} has ${rows} rows`, segment.first);
  }
  const starts = [...new Set([...segments.keys(), ...hashes.keys(), scope.end])].sort((a, b) => a - b);
  const out: Portion[] = [];
  let at = scope.first;
  for (const start of starts) {
    if (start > at) {
      out.push({ first: at, end: start, segment: undefined, hashes: undefined });
      at = start;
    }
    const segment = segments.get(start);
    const its = hashes.get(start);
    if (start < at && (segment || its))
      report.find("contradiction", "leaves", `${(segment ?? its)?.path} holds leaves that another file holds too`, start);
    if (start < at || !(segment || its)) continue;
    const end = segment?.end ?? (its?.end as number);
    if (segment && its && segment.end !== its.end)
      report.find("contradiction", "leaves", `${its.path} is not of the leaves of ${segment.path}`, Math.min(segment.end, its.end));
    out.push({ first: start, end, segment: segment?.path, hashes: its?.end === end ? its.path : undefined });
    at = end;
  }
  return out;
}

function hashesOf({ folder, report }: Case, { first, end, hashes }: Portion): Uint8Array | undefined {
  if (hashes === undefined) return undefined;
  return attempt(
    report,
    "tree",
    hashes,
    () => {
      const bytes = folder.read(hashes);
      if (bytes && bytes.length !== (end - first) * HASH_SIZE) throw new MalformedHashes(`it does not hold ${end - first} hashes`);
      return bytes;
    },
    first,
  );
}

/** @returns how many leaves are missing */
function saysOfLeaves({ report }: Case, { first, end, segment }: Portion, leaves: Leaves): number {
  const many = end - first;
  const say = (kind: "contradiction" | "incomplete" | "unchecked", says: string, at: number): void => report.find(kind, "leaves", says, at);
  if (leaves.unreadable !== undefined) {
    say("contradiction", `${segment} ${leaves.unreadable}`, first);
    return many;
  }
  for (const { kind, says, at, many: times } of leaves.faults)
    say(kind, `leaf ${count(first + at)} ${says}${times > 1 ? `, and ${count(times - 1)} more of this file` : ""}`, first + at);
  const got = leaves.count;
  if (leaves.cutOff !== undefined) say("contradiction", `${segment}: ${leaves.cutOff}`, Math.min(first + got, end - 1));
  else if (got > many) say("contradiction", `${segment} holds ${some(got, "leaf", "leaves")}, and its name says ${count(many)}`, end);
  else if (got < many) say("incomplete", `${segment} holds ${some(got, "leaf", "leaves")}, and its name says ${count(many)}`, first + got);
  return Math.max(0, many - got);
}

/** Index of the first hash that differs, of so many. */
function firstDifference(a: Uint8Array, b: Uint8Array, many: number): number | undefined {
  if (Buffer.compare(a.subarray(0, many * HASH_SIZE), b.subarray(0, many * HASH_SIZE)) === 0) return undefined;
  for (let at = 0; at < many; at++)
    if (Buffer.compare(a.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE), b.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)) !== 0) return at;
  return undefined;
}

function take(judging: Judge, first: number, many: number, leaves: Leaves): void {
  const chains = leaves.chains.split("\n");
  for (let at = 0; at < many; at++)
    judging.take({
      index: first + at,
      chain: chains[at] ?? "",
      seq: leaves.seqs[at] as number,
      time: leaves.times[at] as number,
      hash: leaves.hashes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
      prev: leaves.prevs.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
      own: leaves.own[at] === 1,
    });
  for (const { at, type, event } of leaves.notable) judging.notable(first + at, type, event);
}

/** Events before the interval were logged before the period: a witness had seen them by then. */
function beginning({ report }: Case, scope: Scope, checkpoints: Checkpoints | undefined): void {
  if (scope.first === 0 || !checkpoints) return;
  const { first } = checkpoints;
  const time = first && first.size === scope.first ? Math.min(...first.seen.values()) : Number.POSITIVE_INFINITY;
  // A witness tells whole seconds.
  if ((time + 1) * 1000 <= Date.parse(scope.from)) return;
  const known = Number.isFinite(time)
    ? `a witness saw leaf ${count(scope.first - 1)} at ${utc(time)} only`
    : "no witness says when the leaves before it were logged";
  report.find("incomplete", "leaves", `the export begins at leaf ${count(scope.first)}, and ${known}`);
  report.unproven(`that no event of the period was logged before leaf ${count(scope.first)}`);
}
