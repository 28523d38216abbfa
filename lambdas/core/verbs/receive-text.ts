/**
 * A text came in. Whatever it says and whatever fails on the way, it is stored, sealed, in one transaction with its
 * place in a queue and its event; the rules that look at it may fail, and then it waits at the front desk, marked.
 *
 * Rounds of calls: 1 the number's MAC; 2 its item and links, the conversation, and everything that is sealed; 3 the
 * transaction; 4 only where a text goes back. Ciphertexts are bound to full item keys, which need the MAC, so sealing
 * shares round 2: no round is added by it.
 */
import type { Act, Source } from "../audit.ts";
import { type Language, type ReplyId, serviceText } from "../clinic.ts";
import type { Code } from "../codes.ts";
import { commit } from "../commit.ts";
import { newConversation, save, waitAt, withTask } from "../conversation.ts";
import { hex, sha256 } from "../digest.ts";
import { isShared } from "../hooks/number.ts";
import { localDate } from "../hours.ts";
import {
  type ConversationItem,
  conversationOf,
  type InboundItem,
  keys,
  type LinkItem,
  messageId,
  type NumberItem,
  numberAndLinks,
  type OutboundItem,
  type PatientItem,
  recordOf,
  type SeenItem,
  type Task,
} from "../items.ts";
import { CONFIRM_WITHIN_MS, isE164, newNumber, numberOwing, onTrial, QUESTION_MS, startIsLater, stopped } from "../number.ts";
import { enqueue, record, serviceMessage } from "../outbound.ts";
import { plan as newPlan, type Patch, type Plan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";
import { type Word, wordOf } from "../words.ts";
import { cancelWaiting } from "./cancel-waiting.ts";
import { liftBlock } from "./lift-block.ts";

export interface Arrival {
  /** As the carrier wrote it: usually E.164, sometimes a short code. */
  readonly from: string;
  readonly body: string;
  readonly inboundMessageId: string;
  /** SNS's timestamp, the only clock that both STOP and START have in common (ms). */
  readonly at: number;
}

export interface Received {
  readonly conversation: string;
  readonly message: string;
  readonly duplicate: boolean;
}

type Outcome = { duplicate: true } | { duplicate: false; answered: OutboundItem | undefined; stopped: boolean; lift: boolean };

const SEEN_DAYS = 30;
const SERVICE_TEXTS_A_DAY = 3;
const SERVICE_STALE_MS = 6 * 3_600_000;

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "outbox" | "clock" | "ids" | "origination" | "carrier">;

/** @throws where the store, KMS or the queue does not answer: the caller leaves the text in its queue, and it comes again */
export async function receiveText(ports: Needs, arrival: Arrival, src: Source): Promise<Received> {
  const { clinic, store, sealer, indexer, clock } = ports;
  const text = ulid(arrival.at, sha256("in", arrival.inboundMessageId));
  const key = keys.number(indexer.generation, await indexer.mac("number", arrival.from));
  const conversation = conversationOf(key.PK);
  const inboundId = messageId(conversation, text);
  const answer = messageId(conversation, ulid(arrival.at, sha256("answer", arrival.inboundMessageId)));
  const dialable = isE164(arrival.from) && arrival.from !== ports.origination.e164;
  const word = dialable ? safely(() => wordOf(arrival.body), undefined) : undefined;
  const reply = answerTo(word, clinic.languages[0] ?? "en");

  const sealed = Promise.all([
    sealer.seal(recordOf(keys.message(inboundId)), arrival.body),
    sealer.seal(recordOf(key), arrival.from),
    reply ? sealer.seal(recordOf(keys.message(answer)), serviceText(clinic, reply.reply, reply.language).text) : undefined,
  ]);

  const outcome = await commit<Outcome>(ports, async (attempt) => {
    const [partition, known, [body, e164, answerBody], seen] = await Promise.all([
      store.query<NumberItem | LinkItem>(key.PK),
      store.get<ConversationItem>(keys.conversation(conversation)),
      sealed,
      attempt > 1 ? store.get<SeenItem>(keys.seen(arrival.inboundMessageId)) : undefined,
    ]);
    if (seen) return { outcome: { duplicate: true } };

    const now = clock.now();
    const { number: found, links: all } = numberAndLinks(partition);
    const links = all.filter((link) => link.active);
    const number =
      found ??
      newNumber(key, arrival.from, e164, {
        at: now,
        random: ports.ids.random(),
        dialable,
        kind: "unknown",
        trialNumbers: clinic.trialNumbers,
      });
    const patients = await patientsToChange(store, word, links, number, arrival.at);

    const act: Act = { who: { id: number.id, role: "sender", app: "handset", as: "handset" }, src };
    const plan = newPlan(ports, act, now);
    plan.put({
      ...keys.seen(arrival.inboundMessageId),
      conversation,
      message: inboundId,
      ttl: Math.floor(now / 1000) + SEEN_DAYS * 86_400,
    });

    let answered: OutboundItem | undefined;
    const said = heard({ plan, word, number, isNew: !found, links, patients, arrival, now, clinic, text });
    if (reply && answerBody && said.reply && mayAnswer(said.number, reply.reply, now, clinic.timeZone)) {
      const expiresAt = reply.reply === "stop-confirmation" ? arrival.at + CONFIRM_WITHIN_MS : now + SERVICE_STALE_MS;
      if (expiresAt > now) {
        const message = serviceMessage(clinic, said.number, reply.reply, reply.language, inboundId, {
          id: answer,
          body: answerBody,
          at: now,
          expiresAt,
          patient: links.length === 1 ? links[0]?.patient : undefined,
          act,
        });
        record(plan, message);
        answered = message;
        if (reply.reply !== "stop-confirmation") plan.technical(number, counted(said.number, now, clinic.timeZone));
      }
    }
    if (found && found.trial !== onTrial(arrival.from, clinic.trialNumbers)) plan.technical(number, { trial: !found.trial });

    const before = known ?? newConversation(conversation, key.PK, number.last4);
    const after = placed(ports, before, links, said.tasks, arrival.at, now);
    const message: InboundItem = {
      ...keys.message(inboundId),
      id: inboundId,
      direction: "in",
      at: arrival.at,
      n: after.n,
      body,
      empty: arrival.body.trim() === "",
    };
    plan.put(message);
    plan.event(save(plan, known, after), `conv/${conversation}`, {
      type: "text.received",
      why: [
        ...(word ? [`word-${word.kind}`] : []),
        ...(links.length === 0 ? ["sender-unknown"] : isShared(links) ? ["sender-shared"] : []),
      ],
      patient: after.patient,
      objects: [
        { t: "message", id: inboundId, h: hex(sha256(body)) },
        { t: "team", id: after.team },
      ],
      was: before.state,
      now: after.state,
    });
    return { outcome: { duplicate: false, answered, stopped: said.stopped, lift: said.number.liftAt !== undefined }, plan };
  });

  await owed(ports, key.PK, reply ? answer : undefined, outcome, src);
  return { conversation, message: inboundId, duplicate: outcome.duplicate };
}

/** What a keyword is answered with, before it is known whether it may be answered. */
function answerTo(word: Word | undefined, usual: Language): { reply: ReplyId; language: Language } | undefined {
  if (!word) return undefined;
  const reply = ({ stop: "stop-confirmation", start: "start-question", help: "help", yes: "consents-restored", no: undefined } as const)[
    word.kind
  ];
  return reply && { reply, language: word.language ?? usual };
}

/** A STOP pauses every patient on the number; a YES may restore the consents of the only one. */
async function patientsToChange(
  store: Needs["store"],
  word: Word | undefined,
  links: readonly LinkItem[],
  number: NumberItem,
  at: number,
): Promise<PatientItem[]> {
  const wanted =
    word?.kind === "stop" || (word?.kind === "yes" && links.length === 1 && number.question !== undefined && number.question.until >= at);
  if (!wanted) return [];
  const items = await Promise.all(links.map((link) => store.get<PatientItem>(keys.patient(link.patient))));
  return items.filter((item) => item !== undefined);
}

interface Heard {
  readonly number: NumberItem;
  readonly tasks: Task[];
  /** Whether the keyword's own answer may go back. */
  readonly reply: boolean;
  readonly stopped: boolean;
}

/** What a keyword does to the number and the patients on it, planned with its events. */
function heard(facts: {
  plan: Plan;
  word: Word | undefined;
  number: NumberItem;
  isNew: boolean;
  links: readonly LinkItem[];
  patients: readonly PatientItem[];
  arrival: Arrival;
  now: number;
  clinic: Needs["clinic"];
  text: string;
}): Heard {
  const { plan, word, number, isNew, links, patients, arrival, now, clinic, text } = facts;
  const chain = `num/${number.id}`;
  const task = (kind: Task["kind"], code?: Code): Task => ({ kind, team: clinic.frontDesk, at: now, ...(code ? { code } : {}) });
  const added = { type: "number.added", now: number.state } as const;
  const nothing: Heard = { number, tasks: [], reply: false, stopped: false };

  /** Puts or changes the number with what the word did, and says so. */
  const became = (patch: Patch<NumberItem>): NumberItem => {
    const after = patched(number, patch);
    const all = { ...patch, ...numberOwing(after, now) };
    if (isNew) {
      plan.put(patched(number, all));
      plan.event(number, chain, added);
    } else plan.change(number, all);
    return after;
  };

  switch (word?.kind) {
    case "stop": {
      const after = became(stopped(number, arrival.at, word.word));
      plan.event(number, chain, {
        type: "number.opted-out",
        why: [`word-${word.word.replace(" ", "-")}`],
        was: number.state,
        now: after.state,
      });
      for (const patient of patients) {
        plan.change(patient, { paused: { at: now, number: number.PK }, ver: patient.ver + 1 });
        plan.event(patient, `pat/${patient.id}`, {
          type: "patient.paused",
          patient: patient.id,
          objects: [{ t: "number", id: number.id }],
        });
      }
      return { number: after, tasks: [task("opted-out")], reply: after.state === "stopped", stopped: true };
    }
    case "start": {
      const startAt = Math.max(number.startAt ?? 0, arrival.at);
      const wasStopped = number.state === "stopped";
      if (!wasStopped || !startIsLater(startAt, number.stopAt)) {
        const after = became({ startAt });
        if (!isNew) plan.event(number, chain, { type: "number.start-asked", was: number.state, now: after.state });
        return { ...nothing, number: after };
      }
      if (number.listed !== "no") {
        const after = became({ startAt, liftAt: now });
        plan.event(number, chain, { type: "number.start-asked", was: number.state, now: after.state });
        return { ...nothing, number: after };
      }
      const after = became({ startAt, state: "open", mirrorAt: undefined, question: { id: text, until: now + QUESTION_MS } });
      plan.event(number, chain, { type: "number.opened", was: "stopped", now: "open" });
      return { ...nothing, number: after, reply: true };
    }
    case "help": {
      if (isNew) became({});
      return number.state === "open" ? { ...nothing, reply: true } : { ...nothing, tasks: [task("asked-help")] };
    }
    case "yes":
    case "no": {
      const open = number.question !== undefined && number.question.until >= arrival.at && number.state === "open";
      if (!open) {
        if (isNew) became({});
        return nothing;
      }
      const after = became({ question: undefined });
      plan.event(number, chain, { type: "number.question-answered", now: word.kind });
      if (word.kind === "no") return { ...nothing, number: after, tasks: [task("answered-no")] };
      const [patient] = patients;
      const restored = links.length === 1 && !isShared(links) && patient ? restore(plan, patient, number, clinic, now) : 0;
      return restored > 0 ? { ...nothing, number: after, reply: true } : { ...nothing, number: after, tasks: [task("question-unclear")] };
    }
    default:
      if (isNew) became({});
      return nothing;
  }
}

/** Restores the consents that stood when the number was stopped and whose wording is still approved. @returns how many */
function restore(plan: Plan, patient: PatientItem, number: NumberItem, clinic: Needs["clinic"], now: number): number {
  const today = localDate(now, clinic.timeZone);
  const approved = (wording: string): boolean =>
    clinic.wordings.some((each) => `${each.id}/v${each.version}` === wording && (each.withdrawn === undefined || each.withdrawn > today));
  const stood = Object.entries(patient.effective).filter(
    ([, consent]) =>
      consent.status === "granted" &&
      consent.number === number.PK &&
      consent.epoch === number.stoodEpoch &&
      consent.epoch < number.epoch &&
      approved(consent.wording),
  );
  if (stood.length === 0 || patient.deceased !== undefined || patient.left !== undefined) return 0;
  const effective = { ...patient.effective };
  for (const [purpose, consent] of stood) effective[purpose] = { ...consent, epoch: number.epoch };
  const unpaused = patient.paused?.number === number.PK ? { paused: undefined } : {};
  plan.change(patient, { effective, ver: patient.ver + 1, ...unpaused });
  plan.event(patient, `pat/${patient.id}`, {
    type: "consent.restored",
    patient: patient.id,
    objects: stood.map(([purpose]) => ({ t: "purpose", id: purpose })),
  });
  return stood.length;
}

/** Service texts other than a STOP's confirmation: only to an open number, three a day. */
function mayAnswer(number: NumberItem, reply: ReplyId, now: number, zone: string): boolean {
  if (reply === "stop-confirmation") return true;
  return number.serviceDay !== localDate(now, zone) || (number.serviceCount ?? 0) < SERVICE_TEXTS_A_DAY;
}

function counted(number: NumberItem, now: number, zone: string): Partial<NumberItem> {
  const today = localDate(now, zone);
  return { serviceDay: today, serviceCount: number.serviceDay === today ? (number.serviceCount ?? 0) + 1 : 1 };
}

/** Where the conversation waits now. A rule that throws costs the text its place with the right team, never more. */
function placed(
  ports: Needs,
  before: ConversationItem,
  links: readonly LinkItem[],
  tasks: readonly Task[],
  at: number,
  now: number,
): ConversationItem {
  const { clinic } = ports;
  const counted = { ...before, n: before.n + 1, rev: before.rev + 1, lastInboundAt: Math.max(before.lastInboundAt ?? 0, at) };
  try {
    const [only] = links;
    const sure = links.length === 1 && only !== undefined && !isShared(links);
    let after: ConversationItem = counted;
    if (before.state === "idle") {
      const { patient: _, ...anonymous } = counted;
      const known = sure ? { ...anonymous, patient: only.patient, verify: false } : { ...anonymous, verify: true };
      const team = tasks.some((task) => task.kind === "opted-out") || !sure ? clinic.frontDesk : only.team;
      after = waitAt(known, clinic, team, now);
    } else if (before.dueAt === undefined) {
      const { dueAt, level } = waitAt(counted, clinic, before.team, now);
      after = { ...counted, level, ...(dueAt === undefined ? {} : { dueAt }) };
    }
    return tasks.reduce((conversation, task) => ({ ...withTask(conversation, clinic, task), rev: counted.rev }), after);
  } catch {
    const task: Task = { kind: "rule-failed", team: clinic.frontDesk, at: now, code: "rule-failed" };
    return {
      ...counted,
      team: clinic.frontDesk,
      state: "waiting",
      waitingSince: before.waitingSince ?? now,
      dueAt: now,
      verify: true,
      tasks: [...before.tasks, ...tasks, task],
    };
  }
}

/** Does at once what the commit owes; what fails here stands on its item as `due`, and the sweep does it. */
async function owed(ports: Needs, numberPk: string, answer: string | undefined, outcome: Outcome, src: Source): Promise<void> {
  const again = async (): Promise<void> => {
    if (!answer) return;
    const message = await ports.store.get<OutboundItem>(keys.message(answer));
    if (message?.status === "accepted") await enqueue(ports, message);
  };
  if (outcome.duplicate) {
    await Promise.allSettled([again()]);
    return;
  }
  const work: Promise<unknown>[] = [];
  if (outcome.answered) work.push(enqueue(ports, outcome.answered));
  if (outcome.stopped) work.push(cancelWaiting(ports, numberPk, src));
  if (outcome.lift) work.push(liftBlock(ports, numberPk, src));
  await Promise.allSettled(work);
}

function safely<T>(rule: () => T, otherwise: T): T {
  try {
    return rule();
  } catch {
    return otherwise;
  }
}
