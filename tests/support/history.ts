/**
 * One random history of a number: texts in any order and number, reminders, workers that die, calls that lose their answers, sweeps,
 * hours that pass. Every port call waits for its turn, and a seeded generator gives the turns: the same seed is the same history.
 */

import { leafHash } from "../../lambdas/core/audit.ts";
import { base64url } from "../../lambdas/core/digest.ts";
import {
  type ConversationItem,
  conversationOf,
  dueShards,
  type InboundItem,
  keys,
  type NumberItem,
  type OutboundItem,
  type PatientItem,
} from "../../lambdas/core/items.ts";
import { lastWord } from "../../lambdas/core/outbound.ts";
import type { Key, Write } from "../../lambdas/core/store.ts";
import { ulidTime } from "../../lambdas/core/ulid.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { claimThis } from "../../lambdas/core/verbs/claim-conversation.ts";
import { decideOptOut, type OptOutDecision } from "../../lambdas/core/verbs/decide-opt-out.ts";
import { type Arrival, receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { reconcileOptOuts } from "../../lambdas/core/verbs/reconcile-opt-outs.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { sweep } from "../../lambdas/core/verbs/sweep.ts";
import { trackDelivery } from "../../lambdas/core/verbs/track-delivery.ts";
import type { Mishap } from "./memory-store.ts";
import { APPLICATION, DAY, HOUR, MINUTE, PERSON, SRC, START, seeded, type World, world } from "./world.ts";

export interface Told {
  readonly seed: number;
  /** What must never be and was; empty for a good history. */
  readonly broken: readonly string[];
  /** Event types that were written. */
  readonly types: ReadonlySet<string>;
  readonly claims: number;
  readonly stops: number;
  readonly crossings: number;
}

const PHONE = "+14035550123";
const WORDS = [
  ...["STOP", "STOP", "START", "START", "YES", "NO", "HELP", "ARRET", "hello there", "can I come at 3?"],
  ...["ANNULER", "ANNULER", "wrong number"],
] as const;
const STOPS: readonly string[] = ["STOP", "ARRET", "wrong number"];

/** Runs one history to its end and looks at all of it. @param faults whether calls may fail */
export async function history(seed: number, faults = true): Promise<Told> {
  const random = seeded(seed);
  const broken: string[] = [];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  // The scheduler: a call waits here; a worker that dies waits for ever.
  let open = false;
  const turns: (() => void)[] = [];
  let mischief = 0;
  const before = async (call: string): Promise<Mishap> => {
    if (!open) return "none";
    await new Promise<void>((resolve) => turns.push(resolve));
    const draw = random();
    if (draw >= mischief) return "none";
    if (draw < mischief * 0.15) return new Promise<Mishap>(() => undefined);
    if (call === "transact") return pick(["refuse", "lose-answer", "conflict", "conflict"]);
    return pick(["refuse", "lose-answer"]);
  };

  const called: { message: string; epochThen: number; claimEpoch: number }[] = [];
  const here: World = world({
    before,
    random,
    carrier: (id) => {
      const message = here.store.peek<OutboundItem>(keys.message(id));
      const number = here.store.peek<NumberItem>({ PK: message?.number ?? "", SK: "N" });
      if (!message || !number || message.status !== "sending") broken.push(`the carrier was called for a text that is ${message?.status}`);
      else called.push({ message: id, epochThen: number.epoch, claimEpoch: message.claimEpoch ?? -1 });
      const draw = random();
      if (draw < mischief / 2) return { kind: "ambiguous" };
      if (draw < mischief) return { kind: "account", holdMs: 2_000 };
      return { kind: "taken", carrierId: `carrier-${called.length}` };
    },
    committed: (writes) => atCommit(writes, here, confirmed, broken),
  });
  const confirmed = new Map<string, number>();

  // A patient who has agreed, as the world finds them.
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value: "1" }], team: "nurses" }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  const consent = {
    decision: "granted",
    purposes: ["appointments"],
    number: number.id,
    wording: { id: "basics", version: 1 },
    method: "phone",
    agreedAt: START - DAY,
  } as const;
  await recordConsent(here, patient.id, consent, PERSON);

  const inbound: Arrival[] = [];
  const arrived: { word: string; at: number }[] = [];
  const events: Parameters<typeof trackDelivery>[1][] = [];
  let reminders = 0;

  /** Starts something that may fail or die; what failed comes again where it came from. */
  const job = (work: () => Promise<unknown>, again?: () => void): void => {
    let over = false;
    const failed = (): void => {
      if (!over) again?.();
      over = true;
    };
    deaths.push(failed);
    work().then(() => {
      over = true;
    }, failed);
  };
  const deaths: (() => void)[] = [];

  const receive = (arrival: Arrival): void =>
    job(
      () => receiveText(here, arrival, SRC),
      () => inbound.push(arrival),
    );
  /** Somebody at the desk looks, and decides where something waits for it. */
  const decide = (decision: OptOutDecision): void =>
    job(async () => {
      const conversation = conversationOf(number.number);
      await claimThis(here, conversation, PERSON);
      await decideOptOut(here, conversation, decision, "the-text", PERSON);
    });
  const send = (): void => {
    const next = here.errands.splice(Math.floor(random() * here.errands.length), 1)[0];
    if (next)
      job(
        async () => {
          const answer = await sendText(here, next.errand, SRC);
          if (answer.kind === "later") here.errands.push(next);
        },
        () => here.errands.push(next),
      );
  };
  const remind = (): void => {
    const key = `reminder-${reminders++}`;
    const request = {
      patient: { id: patient.id },
      scenario: "reminder",
      template: "reminder",
      params: { date: "2026-12-01", time: "10:00" },
    };
    job(() => acceptMessage(here, request, key, "emr", APPLICATION));
  };

  open = true;
  mischief = faults ? random() * 0.25 : 0;
  const steps = 6 + Math.floor(random() * 9);
  let sentAlready = 0;
  const news = (): void => {
    for (const text of here.sent.slice(sentAlready)) {
      events.push({ message: text.message, eventType: "TEXT_SUCCESSFUL", isFinal: false, carrierId: "c" });
      events.push({
        message: text.message,
        eventType: pick(["TEXT_DELIVERED", "TEXT_DELIVERED", "TEXT_UNREACHABLE"]),
        isFinal: true,
        carrierId: "c",
      });
    }
    sentAlready = here.sent.length;
  };

  for (let step = 0; step < steps; step++) {
    switch (Math.floor(random() * 10)) {
      case 0:
      case 1:
      case 2: {
        const body = pick(WORDS);
        const late = random() < 0.3 ? Math.floor(random() * 20_000) : 0;
        const arrival = { from: PHONE, body, inboundMessageId: `in-${seed}-${step}`, at: here.time.now - late };
        arrived.push({ word: body, at: arrival.at });
        inbound.push(arrival);
        if (random() < 0.2) inbound.push(arrival);
        break;
      }
      case 3:
        remind();
        break;
      case 4:
        job(() => sweep(here, SRC, here.time.now + MINUTE));
        break;
      case 5:
        here.time.now += pick([500, 3_000, 10_000, 2 * MINUTE, 6 * MINUTE, HOUR, 25 * HOUR]);
        break;
      case 6:
        job(() => recordConsent(here, patient.id, consent, PERSON));
        break;
      case 7:
        decide(pick(["opted-out", "not", "not", "wrong-number"]));
        break;
      case 8:
        job(() => reconcileOptOuts(here, SRC, here.time.now + HOUR));
        break;
      default:
        news();
        if (events.length > 0) {
          const event = events.splice(Math.floor(random() * events.length), 1)[0];
          if (event)
            job(
              () => trackDelivery(here, event, SRC),
              () => events.push(event),
            );
        }
    }
    while (inbound.length > 0 && random() < 0.7) receive(inbound.splice(Math.floor(random() * inbound.length), 1)[0] as Arrival);
    while (here.errands.length > 0 && random() < 0.7) send();
    await play(Math.floor(random() * 25));
  }

  // Quiet: the dead are buried, what was theirs comes again, nothing fails any more.
  mischief = 0;
  await play(Number.POSITIVE_INFINITY);
  for (const death of deaths.splice(0)) death();
  for (let round = 0; round < 400; round++) {
    news();
    while (inbound.length > 0) receive(inbound.pop() as Arrival);
    while (here.errands.length > 0) send();
    while (events.length > 0) {
      const event = events.pop() as (typeof events)[number];
      job(() => trackDelivery(here, event, SRC));
    }
    await play(Number.POSITIVE_INFINITY);
    deaths.splice(0);
    if (here.store.peek<NumberItem>({ PK: number.number, SK: "N" })?.pause) decide(pick(["opted-out", "not"]));
    await play(Number.POSITIVE_INFINITY);
    const owed = await overdue();
    if (owed) job(() => sweep(here, SRC, here.time.now + MINUTE));
    await play(Number.POSITIVE_INFINITY);
    const idle = !owed && inbound.length === 0 && here.errands.length === 0 && events.length === 0 && here.sent.length === sentAlready;
    if (idle && here.time.now > START + 5 * DAY) break;
    here.time.now += idle ? 6 * HOUR : MINUTE;
    if (round === 399) broken.push("it never came to rest");
  }

  look();
  return {
    seed,
    broken,
    types: new Set(auditEvents(here).map((event) => event.type)),
    claims: called.length,
    stops: arrived.filter(({ word }) => STOPS.includes(word)).length,
    crossings: auditEvents(here).filter((event) => event.type === "message.crossed").length,
  };

  async function play(turnsToGive: number): Promise<void> {
    for (let given = 0; given < turnsToGive; given++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (turns.length === 0) return;
      turns.splice(Math.floor(random() * turns.length), 1)[0]?.();
    }
  }

  async function overdue(): Promise<boolean> {
    open = false;
    const found = await Promise.all(dueShards.map((shard) => here.store.due(shard, here.time.now, 1)));
    open = true;
    return found.some((keysDue) => keysDue.length > 0);
  }

  function look(): void {
    const items = here.store.state();
    const stored = items.filter((item) => item["direction"] === "in") as unknown as InboundItem[];
    const expected = new Set(arrived.map((_, index) => index)).size;
    if (stored.length !== expected) broken.push(`${stored.length} texts stored of ${expected}`);

    for (const message of items.filter((item) => item["direction"] === "out") as unknown as OutboundItem[]) {
      if (["accepted", "held", "sending"].includes(message.status)) broken.push(`a text is stuck in ${message.status}`);
      const times = here.sent.filter((text) => text.message === message.id).length;
      if (times > 1) broken.push(`a text was handed over ${times} times`);
      if (times === 0 && ["sent", "delivered", "undelivered"].includes(message.status))
        broken.push(`a text that never left is ${message.status}`);
    }
    for (const { message, epochThen, claimEpoch } of called) {
      const item = here.store.peek<OutboundItem>(keys.message(message));
      const left = here.sent.some((text) => text.message === message);
      if (left && epochThen !== claimEpoch && item?.crossed !== true) broken.push("a crossing was not recorded");
    }
    for (const item of items) {
      if (item.SK === "E" && item["texts"] === undefined) broken.push("an incident without its texts");
      if (item.SK === "N" && (item["pause"] ?? item["releases"] ?? item["cancels"]) !== undefined)
        broken.push("a number still owes something");
    }
    for (const conversation of items.filter((item) => item.SK === "C") as unknown as ConversationItem[]) {
      if ((conversation.state === "idle") !== (conversation.q === undefined))
        broken.push(`a conversation is ${conversation.state} and its queue is ${conversation.q}`);
    }
    whatWasSaidLast();
    chains(here, broken);
  }

  function whatWasSaidLast(): void {
    const at = (words: readonly string[]): number =>
      Math.max(Number.NEGATIVE_INFINITY, ...arrived.filter(({ word }) => words.includes(word)).map((text) => text.at));
    const told = auditEvents(here);
    // What a person took for an opt-out counts at the time of its text, which stands in the text's id.
    const decided = told.filter(({ type, why }) => type === "number.pause-decided" && !why?.includes("not"));
    const stopAt = Math.max(at(STOPS), ...decided.map(({ ent }) => ulidTime(ent?.[0]?.id.split(".")[1] ?? "")));
    const startAt = at(["START"]);
    // A mirror that was held up for hours may be met by the comparison of the lists, which only ever blocks.
    const compared = told.some(({ type, why }) => type === "number.opted-out" && why?.includes("carrier-list"));
    const item = here.store.state().find((each) => each.SK === "N") as unknown as NumberItem;
    const wanted = stopAt === Number.NEGATIVE_INFINITY || startAt > stopAt + 2_000 ? "open" : "stopped";
    if (item.state !== wanted && item.blockedUntil === undefined && !(compared && item.state === "stopped"))
      broken.push(`the last word says ${wanted}, the number is ${item.state}`);
    if (item.state === "open" && here.listed.has(PHONE)) broken.push("the number is open and stands on AWS's list");
    const held = here.store.peek<PatientItem>(keys.patient(patient.id))?.effective["appointments"];
    const restored = auditEvents(here).some((event) => event.type === "consent.restored");
    if (held && held.epoch === item.epoch && item.epoch > 0 && !restored) broken.push("a consent from before the STOP is in force");
    if (conversationOf(item.PK) !== item.conv) broken.push("the number has another conversation");
  }
}

/** What holds at every single commit. */
function atCommit(writes: readonly Write[], here: World, confirmed: Map<string, number>, broken: string[]): void {
  for (const write of writes) {
    if (write.op !== "update" || write.set["status"] !== "sending") continue;
    const message = here.store.peek<OutboundItem>(write.key as Key);
    const number = here.store.peek<NumberItem>({ PK: message?.number ?? "", SK: "N" });
    if (!message || !number) broken.push("a claim without its records");
    else if (lastWord(message)) {
      if (number.state !== "stopped" || number.epoch !== message.epoch) broken.push("a confirmation of a STOP that is not the newest");
      const name = `${number.PK} ${message.epoch}`;
      const before = confirmed.get(name);
      if (before !== undefined && message.attempt <= before) broken.push("a STOP was confirmed twice");
      confirmed.set(name, message.attempt);
    } else if (number.state !== "open" || number.epoch !== message.epoch) broken.push("a claim after a committed STOP");
    else if (number.pause && message.ground?.kind !== "service") broken.push("a claim while a person has to decide");
  }
}

interface Event {
  readonly type: string;
  readonly chain: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly why?: readonly string[];
  readonly ent?: readonly { readonly t: string; readonly id: string }[];
}

const auditEvents = (here: World): Event[] =>
  here.store.audit().map((item) => JSON.parse(new TextDecoder().decode(item["e"] as Uint8Array)) as Event);

/** Every chain gapless and linked, every item's head its chain's end, every event small enough. */
export function chains(here: World, broken: string[]): void {
  const heads = new Map<string, { seq: number; hash: string }>();
  const items = here.store.audit().sort((a, b) => (a.PK === b.PK ? (a.SK < b.SK ? -1 : 1) : a.PK < b.PK ? -1 : 1));
  for (const item of items) {
    const bytes = item["e"] as Uint8Array;
    const event = JSON.parse(new TextDecoder().decode(bytes)) as Event;
    const head = heads.get(event.chain);
    if (event.seq !== (head?.seq ?? -1) + 1 || event.prev !== (head?.hash ?? null))
      broken.push(`a gap or a wrong link in a ${event.chain.split("/")[0]} chain`);
    if (item.PK.length + item.SK.length + bytes.length + 32 + 8 > 1024) broken.push(`an event of ${bytes.length} bytes: ${event.type}`);
    heads.set(event.chain, { seq: event.seq, hash: base64url(leafHash(bytes)) });
  }
  const ends = new Set([...heads.values()].map(({ seq, hash }) => `${seq} ${hash}`));
  for (const item of here.store.state()) {
    if (item["aseq"] !== undefined && !ends.has(`${item["aseq"]} ${base64url(item["ahash"] as Uint8Array)}`))
      broken.push(`a ${item.SK.slice(0, 2)} item whose head ends no chain`);
  }
}
