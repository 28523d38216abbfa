/**
 * A text came in. Whatever it says and whatever fails on the way, it is stored, sealed, in one transaction with its
 * place in a queue and its event; the rules that look at it may fail, and then it waits at the front desk, marked.
 * What the text does stands in `heard/`; here stands the order.
 *
 * Rounds of calls: 1 the number's MAC; 2 its item and links, the conversation, and everything that is sealed; 3 the
 * transaction; 4 only where a text goes back. Ciphertexts are bound to full item keys, which need the MAC, so sealing
 * shares round 2: no round is added by it.
 */
import type { Act, Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { newConversation, save } from "../conversation.ts";
import { hex, sha256 } from "../digest.ts";
import { answerWith, candidates, sealed as sealedCandidates } from "../heard/auto-reply.ts";
import { hear } from "../heard/hear.ts";
import type { Heard, Hearing } from "../heard/heard.ts";
import { placed, settled, withMark } from "../heard/placed.ts";
import { concerned, type Reading, read, saidCodes } from "../heard/reading.ts";
import { isShared } from "../hooks/number.ts";
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
  recordOf,
  type SeenItem,
} from "../items.ts";
import { isE164, newNumber, onTrial } from "../number.ts";
import { enqueue } from "../outbound.ts";
import { plan as newPlan, type Plan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";
import { cancelWaiting } from "./cancel-waiting.ts";
import { liftBlock } from "./lift-block.ts";
import { listIncident } from "./list-incident.ts";
import { patientsOn, recordsOn } from "./on-number.ts";

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

type Outcome = { duplicate: true } | { duplicate: false; answered: OutboundItem | undefined; heard: Heard };

const SEEN_DAYS = 30;

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
  const reading = read(arrival.body, dialable, clinic, arrival.at);
  const possible = candidates(reading, clinic);

  const sealed = Promise.all([
    sealer.seal(recordOf(keys.message(inboundId)), arrival.body),
    sealer.seal(recordOf(key), arrival.from),
    sealedCandidates(sealer, clinic, answer, possible),
  ]);

  const outcome = await commit<Outcome>(ports, async (attempt) => {
    const [partition, known, [body, e164, ready], seen] = await Promise.all([
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
    const theirs = concerned(reading, number, links, arrival.at) ? links : [];
    const [patients, own] = await Promise.all([
      patientsOn(store, theirs),
      reading.asked?.kind === "wrong-number" ? recordsOn(store, theirs, number) : [],
    ]);

    const act: Act = { who: { id: number.id, role: "sender", app: "handset", as: "handset" }, src };
    const made = { id: inboundId, entropy: ports.ids.random() };
    const facts = { clinic, number, isNew: !found, links, patients, own, at: arrival.at, now, ...made };
    const told = safelyHeard(ports, act, reading, facts);
    const { plan, heard } = told;
    plan.put<SeenItem>({
      ...keys.seen(arrival.inboundMessageId),
      conversation,
      message: inboundId,
      ttl: Math.floor(now / 1000) + SEEN_DAYS * 86_400,
    });
    if (found && found.trial !== onTrial(arrival.from, clinic.trialNumbers)) plan.technical(number, { trial: !found.trial });

    const about = { id: answer, cause: inboundId, clinic, number: heard.number, links, at: arrival.at, now, act };
    const answered = answerWith(plan, heard.replies, ready, about);

    const before = known ?? newConversation(conversation, key.PK, number.last4);
    const after = placed(clinic, settled(before, heard), links, withMark(heard, told.failed, clinic, now), arrival.at, now);
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
        ...saidCodes({ ...reading, failed: told.failed }),
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
    return { outcome: { duplicate: false, answered, heard }, plan };
  });

  await owed(ports, key.PK, possible.length > 0 ? answer : undefined, outcome, src);
  return { conversation, message: inboundId, duplicate: outcome.duplicate };
}

/** A plan with what the text does in it; where a rule throws, an empty plan but for the number: the text is stored without the rule. */
function safelyHeard(
  ports: Needs,
  act: Act,
  reading: Reading,
  facts: Omit<Hearing, "plan" | "reading">,
): { plan: Plan; heard: Heard; failed: boolean } {
  const attempt = (understood: Reading): { plan: Plan; heard: Heard } => {
    const plan = newPlan(ports, act, facts.now);
    return { plan, heard: hear({ ...facts, plan, reading: understood }) };
  };
  try {
    return { ...attempt(reading), failed: reading.failed };
  } catch {
    return { ...attempt({ asked: undefined, language: undefined, failed: true }), failed: true };
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
  const { answered, heard } = outcome;
  const work: Promise<unknown>[] = [];
  if (answered) work.push(enqueue(ports, answered));
  if (heard.cancels) work.push(cancelWaiting(ports, numberPk, src));
  if (heard.incident) work.push(listIncident(ports, heard.incident, src));
  if (heard.number.liftAt !== undefined) work.push(liftBlock(ports, numberPk, src));
  await Promise.allSettled(work);
}
