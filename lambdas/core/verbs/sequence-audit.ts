/**
 * Puts the audit table's events into the log, in the order in which its stream tells them, and publishes a signed checkpoint.
 *
 * Eight steps; the fifth is the commit. At each it is said what is durable, and what a crash there means. Two runs may go on
 * at once (a stream has shards, and people start things twice): the lock lets one of them commit, and the other begins again.
 */
import type { Act, Entry, Source } from "../audit.ts";
import { hex } from "../digest.ts";
import { closed, type Grown, grown, opened, type Told } from "../sequence/grow.ts";
import { known } from "../sequence/known.ts";
import { type Change, leafOf, type Sound } from "../sequence/leaves.ts";
import type { LogState, SequencePorts } from "../sequence/ports.ts";
import { finish, stagingKey } from "../sequence/publish.ts";
import { stagedBytes } from "../sequence/staged.ts";
import { gateway } from "./cancel-waiting.ts";

export interface Sequenced {
  /** Leaves added, by this run. */
  readonly leaves: number;
  /** Leaves among them that say that somebody has been at the table. */
  readonly alarms: number;
  /** Cosignatures that witnesses did not give. */
  readonly unwitnessed: number;
}

const TRIES = 8;

/**
 * @param changes a batch of the stream's records, in its order; none, to finish what an earlier run has left
 * @throws LogBroken where nothing may be signed any more; any other error may be met by trying again
 */
export async function sequenceAudit(ports: SequencePorts, changes: readonly Change[], src: Source): Promise<Sequenced> {
  const act = gateway(src);
  const read = changes.map((change) => ({ change, leaf: leafOf(change) }));
  let sum: Sequenced = { leaves: 0, alarms: 0, unwitnessed: 0 };
  for (let attempt = 1; attempt <= TRIES; ) {
    // 1 Nothing of ours is durable yet. What an earlier run committed and did not finish is finished first: the log never has two
    //   commits without a checkpoint between them.
    const state = await ports.lock.read();
    if (state) sum = { ...sum, unwitnessed: sum.unwitnessed + (await finish(ports, state)) };
    const now = ports.clock.now();

    // 2 and 3 In memory only: a crash loses nothing, the stream gives the batch again.
    const next = await step(ports, state, read, now, act);
    if (!next) return sum;
    const { to, objects, alarms, last } = next;

    // 4 Staged, under the root that it leads to. A crash leaves an object that nothing points to; it goes after some days.
    const staged = { from: state?.year === to.year ? state.size : 0, objects };
    await ports.archive.put(stagingKey(to), stagedBytes(staged, to));

    // 5 THE COMMIT. Before it, nothing has happened. After it, the log is what the lock says, and a crash at any later step, or
    //   an answer that is lost, is finished by step 1 of the next run, which reads the staged bytes; the stream gives the batch
    //   again, and step 2 finds its events in the log.
    if (!(await ports.lock.swap(state, to))) {
      attempt++;
      await discard(ports, to);
      await ports.clock.sleep(((ports.ids.random()[0] ?? 0) / 256) * 50 * 2 ** attempt);
      continue;
    }

    // 6, 7 and 8 are those of `finish`.
    const missing = await finish(ports, to, staged);
    sum = { leaves: sum.leaves + to.size - staged.from, alarms: sum.alarms + alarms, unwitnessed: sum.unwitnessed + missing };
    if (last) return sum;
  }
  throw new Error("another run was faster each time");
}

/** What was staged for a commit that was lost, unless the winner led to the very same root: then it is the winner's too. */
async function discard(ports: SequencePorts, lost: LogState): Promise<void> {
  const won = await ports.lock.read();
  if (won && stagingKey(won) === stagingKey(lost)) return;
  await ports.archive.remove(stagingKey(lost));
}

type Read = readonly { readonly change: Change; readonly leaf: Sound | Entry }[];

/** The log's next state; undefined where nothing is left to add. `last`: nothing will be left after it. */
async function step(
  ports: SequencePorts,
  state: LogState | undefined,
  read: Read,
  now: number,
  act: Act,
): Promise<(Grown & { alarms: number; last: boolean }) | undefined> {
  const leaves = await fresh(ports, state, read);
  const alarms = leaves.filter((leaf) => "entry" in leaf).length;
  if (!state || state.closed) {
    if (state && leaves.length === 0) return undefined;
    return { ...opened(ports, state, leaves, now, act), alarms, last: true };
  }
  if (leaves.length === 0) return undefined;
  // A clock that goes back leaves the year as it is.
  if (state.year < new Date(now).getUTCFullYear()) return { ...closed(ports, state, now, act), alarms: 0, last: false };
  return { ...grown(ports, state, leaves, now, act), alarms, last: true };
}

/** The batch's leaves that are not in the log yet, in its order. */
async function fresh(ports: SequencePorts, state: LogState | undefined, read: Read): Promise<(Sound | Told)[]> {
  const hashes = read.flatMap(({ leaf }) => ("bytes" in leaf ? [leaf.hash] : []));
  const oldest = read.reduce((least, { change }) => Math.min(least, change.at), Number.POSITIVE_INFINITY);
  const seen = state ? await known(state, hashes, oldest, ports) : new Set<string>();
  const told = new Set(state?.told);
  return read.flatMap(({ change, leaf }): (Sound | Told)[] => {
    if ("bytes" in leaf) {
      const hash = hex(leaf.hash);
      if (seen.has(hash)) return [];
      seen.add(hash);
      return [leaf];
    }
    if (told.has(change.id)) return [];
    told.add(change.id);
    return [{ entry: leaf, record: change.id }];
  });
}
