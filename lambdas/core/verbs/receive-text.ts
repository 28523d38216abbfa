/**
 * A text came in. Whatever it says and whatever fails on the way, it is stored, sealed, in one transaction with its
 * place in a queue and its event; the rules that look at it may fail, and then it waits at the front desk, marked.
 * What the text does stands in `heard/`; here stands the order.
 *
 * Rounds of calls: 1 the number's MAC, and what staff said of today; 2 its item and links, the conversation, and everything
 * that is sealed; 3 the transaction; 4 only where a text goes back or somebody is paged. Ciphertexts are bound to full item
 * keys, which need the MAC, so sealing shares round 2: no round is added by it.
 */
import type { Act, Source } from "../audit.ts";
import { isUnasked, periodEnd, sameness, seen } from "../auto-replies.ts";
import { commit } from "../commit.ts";
import { newConversation, save } from "../conversation.ts";
import { safeCoverAt } from "../cover.ts";
import { hex, sha256 } from "../digest.ts";
import { answerWith, candidates, sealed as sealedCandidates } from "../heard/auto-reply.ts";
import { hear } from "../heard/hear.ts";
import type { Heard, Hearing } from "../heard/heard.ts";
import { placed, settled, withMark } from "../heard/placed.ts";
import { concerned, READERS, type Readers, type Reading, read, saidCodes, withoutRules } from "../heard/reading.ts";
import { urgent } from "../heard/urgent.ts";
import { isShared } from "../hooks/number.ts";
import {
  type ConversationItem,
  conversationOf,
  type FactsItem,
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
import { noContact } from "../no-contact.ts";
import { isE164, knownAgain, newNumber, onTrial, returned } from "../number.ts";
import { enqueue } from "../outbound.ts";
import { plan as newPlan, type Plan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";
import { cancelWaiting } from "./cancel-waiting.ts";
import { liftBlock } from "./lift-block.ts";
import { listIncident } from "./list-incident.ts";
import { numbersOf, patientsOn } from "./on-number.ts";
import { settleConversation } from "./settle-conversation.ts";

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

type Outcome = { duplicate: true } | { duplicate: false; answered: OutboundItem | undefined; heard: Heard; pages: boolean };

const SEEN_DAYS = 30;

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "outbox" | "clock" | "ids" | "origination" | "carrier" | "alerts">;

/**
 * @param readers what reads the text; whatever they do, it is stored
 * @throws where the store, KMS or the queue does not answer: the caller leaves the text in its queue, and it comes again
 */
export async function receiveText(ports: Needs, arrival: Arrival, src: Source, readers: Readers = READERS): Promise<Received> {
  const { clinic, store, sealer, indexer, clock } = ports;
  const text = ulid(arrival.at, sha256("in", arrival.inboundMessageId));
  const [mac, facts] = await Promise.all([
    indexer.mac("number", arrival.from),
    // Without them the clinic's written hours count.
    store.get<FactsItem>(keys.facts()).catch(() => undefined),
  ]);
  const key = keys.number(indexer.generation, mac);
  const conversation = conversationOf(key.PK);
  const inboundId = messageId(conversation, text);
  const answer = messageId(conversation, ulid(arrival.at + 1, sha256("answer", arrival.inboundMessageId)));
  const dialable = isE164(arrival.from) && arrival.from !== ports.origination.e164;
  const cover = safeCoverAt(clinic, facts ?? {}, clock.now());
  const reading = read(arrival.body, dialable, clinic, arrival.at, readers);
  const possible = dialable ? candidates(reading, clinic, cover) : [];
  const compared = possible.some(({ reply }) => isUnasked(reply));

  const sealed = Promise.all([
    sealer.seal(recordOf(keys.message(inboundId)), arrival.body),
    sealer.seal(recordOf(key), arrival.from),
    sealedCandidates(sealer, clinic, answer, possible),
    compared ? indexer.mac("text", sameness(arrival.from, arrival.body)).catch(() => undefined) : undefined,
  ]);

  const outcome = await commit<Outcome>(ports, async (attempt) => {
    const [partition, known, [body, e164, ready, alike], duplicate] = await Promise.all([
      store.query<NumberItem | LinkItem>(key.PK),
      store.get<ConversationItem>(keys.conversation(conversation)),
      sealed,
      attempt > 1 ? store.get<SeenItem>(keys.seen(arrival.inboundMessageId)) : undefined,
    ]);
    if (duplicate) return { outcome: { duplicate: true } };

    const now = clock.now();
    const { number: found, links: all } = numberAndLinks(partition);
    const links = all.filter((link) => link.active);
    const isBack = found !== undefined && found.e164 === undefined;
    const number = isBack
      ? knownAgain(found, arrival.from, e164, clinic.trialNumbers)
      : (found ??
        newNumber(key, arrival.from, e164, {
          at: now,
          random: ports.ids.random(),
          dialable,
          kind: "unknown",
          trialNumbers: clinic.trialNumbers,
        }));
    const theirs = concerned(reading, number, links, arrival.at) ? links : [];
    const [patients, numbers] = await Promise.all([
      patientsOn(store, theirs),
      reading.asked?.kind === "wrong-number" ? numbersOf(store, theirs) : [],
    ]);

    const act: Act = { who: { id: number.id, role: "sender", app: "handset", as: "handset" }, src };
    const made = { id: inboundId, entropy: ports.ids.random() };
    const hearing = { clinic, cover, conversation: known, number, isNew: !found, links, patients, numbers, at: arrival.at, now, ...made };
    const told = safelyHeard(ports, act, reading, hearing, (plan) => {
      if (isBack) returned(plan, number);
    });
    const { plan, heard } = told;
    plan.put<SeenItem>({
      ...keys.seen(arrival.inboundMessageId),
      conversation,
      message: inboundId,
      ttl: Math.floor(now / 1000) + SEEN_DAYS * 86_400,
    });
    if (found && found.trial !== onTrial(arrival.from, clinic.trialNumbers)) plan.technical(number, { trial: !found.trial });

    const before = known ? { ...known, last4: number.last4 } : newConversation(conversation, key.PK, number.last4);
    const same = alike === undefined ? undefined : seen(before.sames, alike, arrival.at, now);
    const language = reading.language ?? links.find((link) => link.language)?.language ?? clinic.languages[0] ?? "en";
    const about = { id: answer, cause: inboundId, clinic, number: heard.number, links, language, at: arrival.at, now, act };
    const wanted = same?.tooMany ? heard.replies.filter((reply) => !isUnasked(reply)) : heard.replies;
    const answered = answerWith(plan, wanted, ready, about);
    const reply = answered?.ground?.kind === "service" ? answered.ground.reply : undefined;

    const marked = withMark(heard, told.failed, clinic, now);
    const waiting = placed(clinic, settled(before, heard), links, marked, arrival.at, now, cover.closedUntil);
    // In trial a text to any other number is planned, and refused before it leaves; so is one where nobody may be texted.
    const mayLeave = (clinic.stage === "live" || onTrial(arrival.from, clinic.trialNumbers)) && !noContact(number, links, undefined);
    const after = {
      ...urgent(waiting, reading, { clinic, cover, message: inboundId, answered: reply !== undefined && mayLeave, now }),
      ...(same ? { sames: same.sames } : {}),
      ...(reply === "after-hours" ? { toldClosedUntil: periodEnd(cover, now) } : {}),
    };
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
        ...(links.length === 0 ? (["sender-unknown"] as const) : isShared(links) ? (["sender-shared"] as const) : []),
      ],
      patient: after.patient,
      objects: [
        { t: "message", id: inboundId, h: hex(sha256(body)) },
        { t: "team", id: after.team },
      ],
      was: before.state,
      now: after.state,
    });
    const pages = after.urgent?.pageAt !== undefined && after.urgent.pageAt <= now;
    return { outcome: { duplicate: false, answered, heard, pages }, plan };
  });

  await owed(ports, key.PK, conversation, possible.length > 0 ? answer : undefined, outcome, src);
  return { conversation, message: inboundId, duplicate: outcome.duplicate };
}

/** A plan with what the text does in it; where a rule throws, an empty plan but for the number: the text is stored without the rule. */
function safelyHeard(
  ports: Needs,
  act: Act,
  reading: Reading,
  facts: Omit<Hearing, "plan" | "reading">,
  first: (plan: Plan) => void,
): { plan: Plan; heard: Heard; failed: boolean } {
  const attempt = (understood: Reading): { plan: Plan; heard: Heard } => {
    const plan = newPlan(ports, act, facts.now);
    first(plan);
    return { plan, heard: hear({ ...facts, plan, reading: understood }) };
  };
  try {
    return { ...attempt(reading), failed: reading.failed };
  } catch {
    return { ...attempt(withoutRules(reading)), failed: true };
  }
}

/** Does at once what the commit owes; what fails here stands on its item as `due`, and the sweep does it. */
async function owed(
  ports: Needs,
  numberPk: string,
  conversation: string,
  answer: string | undefined,
  outcome: Outcome,
  src: Source,
): Promise<void> {
  const again = async (): Promise<void> => {
    if (!answer) return;
    const message = await ports.store.get<OutboundItem>(keys.message(answer));
    if (message?.status === "accepted") await enqueue(ports, message);
  };
  if (outcome.duplicate) {
    await Promise.allSettled([again(), settleConversation(ports, keys.conversation(conversation), src)]);
    return;
  }
  const { answered, heard, pages } = outcome;
  const work: Promise<unknown>[] = [];
  if (answered) work.push(enqueue(ports, answered));
  if (pages) work.push(settleConversation(ports, keys.conversation(conversation), src));
  if (heard.cancels) work.push(cancelWaiting(ports, numberPk, src));
  if (heard.incident) work.push(listIncident(ports, heard.incident, src));
  if (heard.number.liftAt !== undefined) work.push(liftBlock(ports, numberPk, src));
  await Promise.allSettled(work);
}
