/** Step 1: checkpoints. Which of them the trusted keys signed, and whether together they can be one log's. */
import { paths, yearOf } from "../../lambdas/core/bundle/layout.ts";
import { linesOf } from "../../lambdas/core/bundle/lines.ts";
import { type Checkpoint, parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { sameHash } from "../../lambdas/core/tlog/hashes.ts";
import { base64, hexId, type NoteKey, parseNote, signedBy } from "../../lambdas/core/tlog/note.ts";
import { witnessed } from "../../lambdas/core/tlog/policy.ts";
import { attempt, type Case, textOf } from "./case.ts";
import { unpack } from "./gzip.ts";
import { count, some } from "./report.ts";

export interface Trusted extends Checkpoint {
  /** File that it stands in. */
  readonly name: string;
  readonly note: string;
  readonly key: NoteKey;
  /** Seconds, by each witness's clock. */
  readonly seen: ReadonlyMap<NoteKey, number>;
}

export interface Checkpoints {
  readonly last: Trusted;
  readonly first: Trusted | undefined;
  readonly between: readonly Trusted[];
  readonly since: readonly Trusted[];
}

/** A witness's clock and ours may differ by so much. */
const SKEW = 5 * 60;

export const utc = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

/** undefined: there is no checkpoint that anything could be proven against. */
export function checkCheckpoints(it: Case): Checkpoints | undefined {
  const { manifest, report } = it;
  const at = paths(yearOf(manifest.log.origin));
  const last = fromFile(it, at.last);
  if (!last) return undefined;
  if (last.origin !== manifest.log.origin || last.size !== manifest.log.size || base64(last.root) !== manifest.log.root)
    report.find("contradiction", "checkpoint", `${at.last} is not the checkpoint that the manifest names`);
  const first = manifest.files.some(({ path }) => path === at.first) ? fromFile(it, at.first) : undefined;
  const between = betweenOf(it, at.between);
  const since = it.since.flatMap(({ name, note }) => trusted(it, name, note) ?? []);

  const all = [...(first ? [first] : []), ...between, last, ...since].sort((a, b) => a.size - b.size);
  for (const each of all) {
    if (each.origin !== last.origin) report.find("contradiction", "checkpoint", `${each.name} is of another log, ${each.origin}`);
  }
  agree(it, all);
  quorum(it, last);
  return { last, first, between, since };
}

function fromFile(it: Case, path: string): Trusted | undefined {
  const note = textOf(it, "checkpoint", path);
  if (note === undefined) it.report.find("incomplete", "checkpoint", `${path} is missing`);
  return note === undefined ? undefined : trusted(it, path, note);
}

function betweenOf(it: Case, path: string): Trusted[] {
  if (!it.manifest.files.some((file) => file.path === path)) return [];
  const notes = attempt(it.report, "checkpoint", path, () => {
    const gz = it.folder.read(path);
    return gz && [...linesOf(unpack(gz))].map((line) => Buffer.from(line).toString("utf8"));
  });
  return (notes ?? []).flatMap((line, n) => {
    const name = `${path} line ${n + 1}`;
    let note: unknown;
    try {
      note = JSON.parse(line);
    } catch {
      note = undefined;
    }
    if (typeof note === "string") return trusted(it, name, note) ?? [];
    it.report.find("contradiction", "checkpoint", `${name} is not a note`);
    return [];
  });
}

/** The checkpoint, where a trusted key of its log signed it. */
function trusted({ policy, report, now }: Case, name: string, note: string): Trusted | undefined {
  const read = attempt(report, "checkpoint", name, () => {
    const parsed = parseNote(note);
    return { ...parseCheckpoint(parsed.text), signed: signedBy(parsed, [...policy.logs, ...policy.witnesses]) };
  });
  if (!read) return undefined;
  const { signed, ...checkpoint } = read;
  const key = signed.find(({ key, time }) => time === undefined && key.name === checkpoint.origin)?.key;
  if (!key) {
    const known = policy.logs.find((each) => each.name === checkpoint.origin);
    const why = known ? `not by the trusted key +${hexId(known.id)}` : "by a log that the trust policy does not name";
    report.find("unchecked", "checkpoint", `${name} is signed ${why}`);
    return undefined;
  }
  const seen = new Map(signed.flatMap(({ key: by, time }) => (time === undefined ? [] : [[by, time] as const])));
  for (const [by, time] of seen)
    if (time > now / 1000 + SKEW)
      report.find("contradiction", "checkpoint", `${name}: ${by.name} saw it at ${utc(time)}, which is after now by this computer's clock`);
  return { ...checkpoint, name, note, key, seen };
}

/** One root for each size, and no witness that saw a larger tree before a smaller one. @param all by size, ascending */
function agree({ report }: Case, all: readonly Trusted[]): void {
  const latest = new Map<NoteKey, { readonly time: number; readonly of: Trusted }>();
  for (const one of all.filter(({ size }, n) => size !== all[n - 1]?.size)) {
    const same = all.filter(({ size }) => size === one.size);
    const other = same.find(({ root }) => !sameHash(root, one.root));
    if (other)
      report.find(
        "contradiction",
        "checkpoint",
        `${one.name} and ${other.name} are a fork: two roots of ${count(one.size)} leaves, both signed`,
      );
    for (const each of same)
      for (const [by, time] of each.seen) {
        const before = latest.get(by);
        if (before && time < before.time)
          report.find(
            "contradiction",
            "checkpoint",
            `${each.name}: ${by.name} saw it at ${utc(time)}, before the smaller ${before.of.name} at ${utc(before.time)}`,
          );
      }
    for (const each of same)
      for (const [by, time] of each.seen) if (time > (latest.get(by)?.time ?? -1)) latest.set(by, { time, of: each });
  }
}

function quorum({ policy, report, requireWitness }: Case, last: Trusted): void {
  const by = new Set(last.seen.keys());
  const enough = witnessed(policy, by) && by.size >= requireWitness;
  const latest = Math.max(...last.seen.values());
  const witnesses =
    policy.witnesses.length === 0
      ? "no witness in the policy"
      : `witnesses ${by.size}/${policy.witnesses.length}${by.size > 0 ? ` (${utc(latest)})` : ""}`;
  report.row(
    "checkpoint",
    `size ${count(last.size)}  root ${base64(last.root).slice(0, 6)}…${base64(last.root).slice(-6)}  log sig ok  ${witnesses}`,
  );
  if (!enough)
    report.find(
      "incomplete",
      "checkpoint",
      `${last.name} was seen by ${some(by.size, "witness", "witnesses")}, fewer than ${requireWitness > by.size ? "you require" : "the trust policy asks for"}`,
    );
  if (by.size === 0) report.unproven("that others are shown the same log: no witness whom you trust has seen this checkpoint");
}
