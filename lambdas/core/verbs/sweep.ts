/**
 * Does what commits still owe. Every obligation stands on its item as `due`, written in the transaction that made it; the
 * handlers do most of it at once, and this finds what is overdue and does it through the same verbs. Effects are
 * idempotent: running it twice, or beside a handler that is just late, changes nothing.
 */
import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { endOfNextOpenDay } from "../hours.ts";
import { type ConversationItem, dueShards, keys, type NumberItem, type OutboundItem, owing, recordOf } from "../items.ts";
import { numberOwing } from "../number.ts";
import { crosses, crossing, earlier, enqueue, messageChain, move, owesByStatus, REQUEUE_MS, readingDue } from "../outbound.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import type { Key } from "../store.ts";
import { placeOf } from "../way-out.ts";
import { cancelWaiting, gateway } from "./cancel-waiting.ts";
import { eraseOn } from "./erase-round.ts";
import { liftBlock } from "./lift-block.ts";
import { listIncident } from "./list-incident.ts";
import { patientDebt } from "./patient-debt.ts";
import { releaseHeld } from "./release-held.ts";
import { phoneInstead } from "./send-text.ts";
import { once, settleConversation } from "./settle-conversation.ts";

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "carrier" | "outbox" | "alerts" | "clock" | "ids" | "backupDays">;

export interface Swept {
  readonly done: number;
  readonly failed: number;
}

const PAGE = 50;
/** A long erasure leaves time to what else is due. */
const ERASING_MS = 10_000;

/** @param until stop taking new work at this time (ms): what is left is still due a minute later */
export async function sweep(given: Needs, src: Source, until: number): Promise<Swept> {
  // Whoever is told twice in one run is told once: the page says no more the second time.
  const ports = { ...given, alerts: once(given.alerts) };
  let done = 0;
  let failed = 0;
  await Promise.all(
    dueShards.map(async (shard) => {
      const seen = new Set<string>();
      while (ports.clock.now() < until) {
        const page = (await ports.store.due(shard, ports.clock.now(), PAGE + seen.size)).filter((key) => !seen.has(`${key.PK}|${key.SK}`));
        if (page.length === 0) return;
        for (const key of page) {
          // One that fails must not keep the others waiting; it is still due next time.
          seen.add(`${key.PK}|${key.SK}`);
          try {
            await settleDebt(ports, key, src);
            done++;
          } catch {
            failed++;
          }
        }
      }
    }),
  );
  return { done, failed };
}

async function settleDebt(ports: Needs, key: Key, src: Source): Promise<void> {
  if (key.SK === "C") await settleConversation(ports, key, src);
  else if (key.SK === "N") await numberDebt(ports, key, src);
  else if (key.SK === "E") await listIncident(ports, key.PK.slice(2), src);
  else if (key.SK === "P") await patientDebt(ports, key, src);
  else if (key.SK === "Z") await eraseOn(ports, key.PK.slice(2), src, ports.clock.now() + ERASING_MS);
  else if (key.SK.startsWith("M#")) await messageDebt(ports, key, src);
  else throw new Error(`nothing is owed by a ${key.SK.slice(0, 2)} item`);
}

async function numberDebt(ports: Needs, key: Key, src: Source): Promise<void> {
  await cancelWaiting(ports, key.PK, src);
  await releaseHeld(ports, key.PK, src);
  await liftBlock(ports, key.PK, src);
  await mirrorBlock(ports, key, src);
  await forgetSettled(ports, key, src);
}

/** A due time that another writer's older reading has left behind: nothing is owed any more, so it goes. */
async function forgetSettled(ports: Needs, key: Key, src: Source): Promise<void> {
  const number = await ports.store.get<NumberItem>(key);
  const now = ports.clock.now();
  if (number?.da === undefined || number.da > now) return;
  const owed = numberOwing(number, now);
  if (owed.da !== undefined && owed.da <= now) return;
  const plan = newPlan(ports, gateway(src), now);
  plan.technical(number, owed, [
    ["da", "=", number.da],
    ["aseq", "=", number.aseq],
  ]);
  await ports.store.transact(plan.writes());
}

/**
 * The clinic's list at AWS follows our block a day later. `adding` is written before the call: if we die in between, the
 * number counts as possibly listed, and a START takes the slow way.
 */
async function mirrorBlock(ports: Needs, key: Key, src: Source): Promise<void> {
  const due = (number: NumberItem | undefined): number is NumberItem =>
    number?.state === "stopped" &&
    number.listed !== "yes" &&
    number.liftAt === undefined &&
    number.mirrorAt !== undefined &&
    number.mirrorAt <= ports.clock.now();

  const number = await ports.store.get<NumberItem>(key);
  if (!due(number)) return;
  if (!number.dialable || !number.e164) return;
  if (number.listed === "no") {
    const marked = newPlan(ports, gateway(src), ports.clock.now());
    marked.technical(number, { listed: "adding" }, [
      ["state", "=", "stopped"],
      ["aseq", "=", number.aseq],
      ["listed", "=", "no"],
    ]);
    if (!(await ports.store.transact(marked.writes()))) return;
  }
  const e164 = await ports.sealer.open(recordOf(key), number.e164);
  await ports.carrier.block(e164);
  const overtaken = await commit<boolean>(ports, async () => {
    const current = await ports.store.get<NumberItem>(key);
    if (current?.listed !== "adding") return { outcome: current?.state === "open" };
    const now = ports.clock.now();
    const plan = newPlan(ports, gateway(src), now);
    const patch = { listed: "yes" as const, listedAt: now, mirrorAt: undefined };
    plan.change(current, { ...patch, ...numberOwing(patched(current, patch), now) });
    plan.event(current, `num/${current.id}`, { type: "number.listed", now: "listed" });
    return { outcome: false, plan };
  });
  // A START lifted the block while we were listing the number: what we have just put there comes off again.
  if (overtaken) await ports.carrier.unblock(e164);
}

/** By status: an accepted text is asked for again or has gone stale; a held one is due; an unsettled one needs a person. */
async function messageDebt(ports: Needs, key: Key, src: Source): Promise<void> {
  await secondReadingDebt(ports, key, src);
  const send = await commit<OutboundItem | undefined>(ports, async () => {
    const message = await ports.store.get<OutboundItem>(key);
    const now = ports.clock.now();
    if (!message?.da || message.da > now || !message.number) return { outcome: undefined };
    const [number, conversation] = await Promise.all([
      ports.store.get<NumberItem>({ PK: message.number, SK: "N" }),
      ports.store.get<ConversationItem>(keys.conversation(message.id.slice(0, message.id.indexOf(".")))),
    ]);
    if (!number) return { outcome: undefined };
    const plan = newPlan(ports, gateway(src), now);
    switch (message.status) {
      case "accepted":
      case "held": {
        if (message.expiresAt <= now) {
          move(plan, message, "message.expired", { status: "expired" }, now, { why: ["expired"], out: 4 });
          if (message.ground?.kind !== "service") phoneInstead(ports, plan, message, conversation, number, "expired", now);
          return { outcome: undefined, plan };
        }
        if (message.status === "held") return { outcome: move(plan, message, "message.released", { status: "accepted" }, now), plan };
        plan.technical(message, owing(key, now + REQUEUE_MS), [
          ["status", "=", "accepted"],
          ["attempt", "=", message.attempt],
        ]);
        return { outcome: message, plan };
      }
      case "sending": {
        // The runner died between claim and outcome: nobody knows whether the carrier took the text, and nobody sends it again.
        const crossed = crosses(message, number);
        move(plan, message, "message.unknown", { status: "unknown", ...(crossed ? { crossed } : {}) }, now, { why: ["no-answer"], out: 8 });
        if (crossed) crossing(plan, message, number);
        return { outcome: undefined, plan };
      }
      case "unknown": {
        plan.change(message, owing(key, readingDue(message)), [["status", "=", "unknown"]]);
        plan.event(message, messageChain(message), {
          type: "message.unsettled",
          why: ["no-answer"],
          out: 8,
          patient: message.patient,
          now: "unknown",
        });
        phoneInstead(ports, plan, message, conversation, number, "no-answer", now);
        return { outcome: undefined, plan };
      }
      default:
        plan.technical(message, owing(key, readingDue(message)), [["status", "=", message.status]]);
        return { outcome: undefined, plan };
    }
  });
  if (send) await enqueue(ports, send);
}

/** Nobody has read yet what a person answered for, and the day for it is over: somebody is told to look, every open day until it is read. */
async function secondReadingDebt(ports: Needs, key: Key, src: Source): Promise<void> {
  let paged = false;
  await commit(ports, async () => {
    const message = await ports.store.get<OutboundItem>(key);
    const now = ports.clock.now();
    const due = message && readingDue(message);
    if (!message?.secondReading || due === undefined || due > now) return { outcome: undefined };
    if (!paged) await ports.alerts.someoneMustLook();
    paged = true;
    const { hours, timeZone, holidays } = ports.clinic;
    const secondReading = { due: endOfNextOpenDay(hours, timeZone, holidays, now), missed: message.secondReading.missed + 1 };
    // What the text itself owes keeps its time: it was due before this reading and still is, or comes after it, or is settled.
    const own = owesByStatus(message, now);
    const next = message.da !== due ? message.da : earlier(own !== undefined && own >= due ? own : undefined, secondReading.due);
    const plan = newPlan(ports, gateway(src), now);
    plan.change(message, { secondReading, qs: placeOf(secondReading.due, message.id), ...owing(key, next) });
    plan.event(message, messageChain(message), { type: "message.second-reading-missed", patient: message.patient, out: 4 });
    return { outcome: undefined, plan };
  });
}
