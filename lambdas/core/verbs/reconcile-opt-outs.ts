/**
 * Once a day the clinic's list at AWS and our own blocks are held against each other. It only ever blocks: what stands on one
 * list and not on the other stands on both afterwards. Numbers that are just being put there or taken off are left alone: our
 * block leads AWS's list by a day on purpose, and a START takes a number off there before it opens here.
 */
import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { newConversation, save, withTask } from "../conversation.ts";
import { optedOut, pausePatient } from "../heard/stop.ts";
import { type ConversationItem, keys, type LinkItem, type NumberItem, numberAndLinks, recordOf, type Task } from "../items.ts";
import { isE164, LISTED, newNumber, numberChain, numberOwing, stopped } from "../number.ts";
import { plan as newPlan, type Patch, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { cancelWaiting, gateway } from "./cancel-waiting.ts";
import { patientsOn } from "./on-number.ts";

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "optOutList" | "clock" | "ids">;

/** DescribeOptedOutNumbers may be called once a second (docs: quotas). */
const BETWEEN_PAGES_MS = 1_100;
/** What changed this recently may still be on its way to AWS's list, or off it. */
const SETTLED_MS = 3_600_000;
const PAGE = 100;
/** The word under which such a block stands on its number. */
const CARRIER_LIST = "carrier-list";

export interface Reconciled {
  /** Numbers on AWS's list. */
  readonly listed: number;
  /** Numbers that stood on one list only. */
  readonly drift: number;
}

/**
 * @param until give up at this time (ms) @throws where AWS, the store or KMS does not answer, or the time is over: what was found
 * until then is done, and the next run does the rest
 */
export async function reconcileOptOuts(ports: Needs, src: Source, until: number): Promise<Reconciled> {
  const began = ports.clock.now();
  const theirs = new Set<string>();
  let drift = 0;
  let after: string | undefined;
  do {
    if (after !== undefined) await ports.clock.sleep(BETWEEN_PAGES_MS);
    const page = await ports.optOutList.page(after);
    for (const e164 of page.numbers) {
      if (ports.clock.now() > until) throw new Error("the list is longer than the time");
      const key = keys.number(ports.indexer.generation, await ports.indexer.mac("number", e164));
      theirs.add(key.PK);
      if (await blockHere(ports, key, e164, src)) drift++;
    }
    after = page.next;
  } while (after !== undefined);

  let cursor: string | undefined;
  do {
    const ours = await ports.store.queue<NumberItem>(LISTED, { limit: PAGE, ...(cursor ? { after: cursor } : {}) });
    for (const number of ours) {
      if (ports.clock.now() > until) throw new Error("the list is longer than the time");
      if (!theirs.has(number.PK) && (await blockThere(ports, number, began, src))) drift++;
    }
    cursor = ours.length === PAGE ? ours.at(-1)?.qs : undefined;
  } while (cursor !== undefined);
  return { listed: theirs.size, drift };
}

/** A number on AWS's list is blocked here too, known or not. @returns whether it was not */
async function blockHere(ports: Needs, key: ReturnType<typeof keys.number>, e164: string, src: Source): Promise<boolean> {
  const { clinic, store, clock } = ports;
  let sealed: Promise<Uint8Array> | undefined;
  const blocked = await commit<boolean>(ports, async () => {
    const { number: found, links: all } = numberAndLinks(await store.query<NumberItem | LinkItem>(key.PK));
    const now = clock.now();
    const plan = newPlan(ports, gateway(src), now);
    const onList = { listed: "yes", listedAt: now, mirrorAt: undefined } as const;
    if (found?.state === "stopped") {
      // Being put there by the sweep, or taken off for a START: they write down what becomes of it.
      if (found.listed !== "no" || found.liftAt !== undefined) return { outcome: false };
      plan.change(found, { ...onList, ...numberOwing(patched(found, onList), now) });
      plan.event(found, numberChain(found), { type: "number.listed", now: "listed" });
      return { outcome: false, plan };
    }
    if (found && (!found.dialable || (found.startAt !== undefined && found.startAt > now - SETTLED_MS))) return { outcome: false };

    sealed ??= ports.sealer.seal(recordOf(key), e164);
    const made = {
      at: now,
      random: ports.ids.random(),
      dialable: isE164(e164),
      kind: "unknown",
      trialNumbers: clinic.trialNumbers,
    } as const;
    const number = found ?? newNumber(key, e164, await sealed, made);
    // Whatever the handset said before: AWS refuses every text to it until it is taken off there.
    const patch: Patch<NumberItem> = { ...stopped({ ...number, startAt: 0 }, now, CARRIER_LIST, now), ...onList };
    const after = patched(number, patch);
    if (found) plan.change(found, { ...patch, ...numberOwing(after, now) });
    else {
      plan.put({ ...after, ...numberOwing(after, now) } as NumberItem);
      plan.event(number, numberChain(number), { type: "number.added", now: number.state });
    }
    optedOut(plan, number, after, [CARRIER_LIST]);
    const links = all.filter((link) => link.active);
    for (const patient of await patientsOn(store, links)) pausePatient(plan, patient, number, now);
    if (links.length > 0) {
      const conversation = await store.get<ConversationItem>(keys.conversation(number.conv));
      const before = conversation ?? newConversation(number.conv, number.PK, number.last4);
      const task: Task = { kind: "opted-out", team: clinic.frontDesk, at: now, code: "carrier-opted-out" };
      plan.event(save(plan, conversation, withTask(before, clinic, task)), `conv/${before.id}`, {
        type: "task.opened",
        why: ["carrier-opted-out"],
      });
    }
    return { outcome: true, plan };
  });
  if (blocked) await cancelWaiting(ports, key.PK, src);
  return blocked;
}

/** A number that we had put on AWS's list, and that is not there any more, is put there again by the sweep. @returns whether it was so */
async function blockThere(ports: Needs, { PK, SK }: NumberItem, began: number, src: Source): Promise<boolean> {
  return commit<boolean>(ports, async () => {
    const number = await ports.store.get<NumberItem>({ PK, SK });
    const settled = number?.listedAt === undefined || number.listedAt < began - SETTLED_MS;
    if (number?.state !== "stopped" || number.listed !== "yes" || number.liftAt !== undefined || !settled) return { outcome: false };
    const now = ports.clock.now();
    const plan = newPlan(ports, gateway(src), now);
    const patch: Patch<NumberItem> = { listed: "no", listedAt: undefined, mirrorAt: now };
    plan.change(number, { ...patch, ...numberOwing(patched(number, patch), now) });
    plan.event(number, numberChain(number), { type: "number.list-lost", out: 4 });
    return { outcome: true, plan };
  });
}
