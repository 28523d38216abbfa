/** How an outbound message comes to be, moves, and says that it moved: the one place that knows its life. */
import type { Act } from "./audit.ts";
import type { EventType } from "./audit-catalogue.ts";
import { type Clinic, type Language, type ReplyId, serviceText } from "./clinic.ts";
import type { Code } from "./codes.ts";
import type { Decision } from "./decision.ts";
import { keys, type NumberItem, type OutboundItem, owing, type Status } from "./items.ts";
import type { Plan } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { segments } from "./segments.ts";

/** How long the sweep leaves an accepted text to the queue before it asks again. */
export const REQUEUE_MS = 5 * 60_000;
/** A hand-over that has not ended by then has died: nobody knows whether the carrier took the text. */
const HANDOVER_MS = 2 * 60_000;
/** How long an unknown text may wait for its delivery event before a person is asked to look. */
const SETTLE_MS = 15 * 60_000;

/** Later statuses beat earlier ones, whatever order the news comes in. */
const RANK: Readonly<Record<Status, number>> = {
  accepted: 0,
  held: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  undelivered: 4,
  delivered: 5,
  refused: 9,
  failed: 9,
  expired: 9,
  cancelled: 9,
};
export const isFurther = (next: Status, current: Status): boolean => RANK[next] > RANK[current];

/** What may leave for a number after its opt-out, once and at once: the confirmation, or the apology for a wrong number. */
export const isLastWord = (reply: ReplyId): boolean => reply === "stop-confirmation" || reply === "wrong-number";

/** Whether this text is such a last word. */
export const lastWord = ({ ground }: Pick<OutboundItem, "ground">): boolean => ground?.kind === "service" && isLastWord(ground.reply);

/** Still waiting to leave: may be cancelled. */
export const isWaiting = (status: Status): boolean => status === "accepted" || status === "held";

/** The chain of a message's own events; its name begins with the conversation, or with the patient of a refusal that found no number. */
export const messageChain = (message: Pick<OutboundItem, "id">): string => `msg/${message.id}`;

/** By when a second person has to read what somebody answered for; undefined where nobody has to (any more). */
export const readingDue = ({ secondReading }: OutboundItem): number | undefined => (secondReading?.read ? undefined : secondReading?.due);

/** The earlier of two times that something is owed. */
export const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** When a message next owes something. */
const owes = (message: OutboundItem, now: number): number | undefined => earlier(owesByStatus(message, now), readingDue(message));

/** What its status owes. */
export function owesByStatus(message: OutboundItem, now: number): number | undefined {
  switch (message.status) {
    case "accepted":
      return now + REQUEUE_MS;
    case "held":
      return message.heldUntil ?? message.sendAt;
    case "sending":
      return (message.claimedAt ?? now) + HANDOVER_MS;
    case "unknown":
      return (message.claimedAt ?? now) + SETTLE_MS;
    default:
      return undefined;
  }
}

/** A new outbound message with its place in the `due` index and its history begun. */
export function born(message: Omit<OutboundItem, "PK" | "SK" | "aseq" | "ahash" | "history" | "d" | "da">): OutboundItem {
  const key = keys.message(message.id);
  const whole = { ...message, ...key, aseq: -1, ahash: new Uint8Array(), history: [{ status: message.status, at: message.at }] };
  const { d, da } = owing(key, owes(whole, message.at));
  return d === undefined || da === undefined ? whole : { ...whole, d, da };
}

/** The consent record that a text leaves on. */
const consentRecord = ({ ground }: OutboundItem): string | undefined => (ground && "record" in ground ? ground.record : undefined);

/** What the event of a move says besides the move itself. */
interface Said {
  readonly why?: readonly Code[];
  readonly out?: 0 | 4 | 8;
}

/**
 * Plans a move of a message to a status, with its event and the next thing owed.
 * @returns the message as it will be
 */
export function move(
  plan: Plan,
  before: OutboundItem,
  type: EventType,
  patch: Partial<OutboundItem> & { status: Status },
  now: number,
  said: Said = {},
): OutboundItem {
  const why = said.why ? [...new Set([...said.why])] : before.why;
  const after: OutboundItem = { ...before, ...patch, why, history: [...before.history, { status: patch.status, at: now }].slice(-20) };
  const { d, da } = owing(before, owes(after, now));
  plan.change(before, { ...patch, why, history: after.history, d, da }, [
    ["status", "=", before.status],
    ["attempt", "=", before.attempt],
  ]);
  plan.event(before, messageChain(before), {
    type,
    out: said.out ?? 0,
    ...(said.why ? { why: said.why } : {}),
    patient: before.patient,
    was: before.status,
    now: patch.status,
    consent: consentRecord(before),
  });
  return after;
}

/** A fixed service text for one cause: same cause, same id, so a redelivery never makes a second one. */
export function serviceMessage(
  clinic: Clinic,
  number: NumberItem,
  reply: ReplyId,
  language: Language,
  cause: string,
  made: { id: string; body: Uint8Array; at: number; expiresAt: number; patient: string | undefined; act: Act },
): OutboundItem {
  const { text, wording } = serviceText(clinic, reply, language);
  const decision: Decision = { at: made.at, clinic: clinic.hash, kind: "service", outcome: "allow", codes: [], hooks: [] };
  return born({
    id: made.id,
    direction: "out",
    at: made.at,
    body: made.body,
    parts: segments(text).parts,
    lane: "replies",
    number: number.PK,
    epoch: number.epoch,
    ...(made.patient ? { patient: made.patient } : {}),
    template: wording,
    neutral: true,
    ground: { kind: "service", reply, cause },
    status: "accepted",
    why: [],
    decision,
    attempt: 1,
    team: clinic.frontDesk,
    by: made.act.who.id,
    expiresAt: made.expiresAt,
  });
}

/** Plans the birth of a message with its first event. */
export function record(plan: Plan, message: OutboundItem): void {
  plan.put(message);
  const type = message.status === "refused" ? "message.refused" : message.status === "held" ? "message.held" : "message.accepted";
  plan.event(message, messageChain(message), {
    type,
    out: message.status === "refused" ? 4 : 0,
    why: message.why,
    patient: message.patient,
    objects: message.scenario ? [{ t: "scenario", id: message.scenario }] : [],
    now: message.status,
    consent: consentRecord(message),
  });
}

/**
 * Whether a STOP came between this text's claim and now. The claim itself could not have landed after it, so the call may
 * have gone out on either side: it is recorded as crossed wherever the text's fate is written down.
 */
export const crosses = (message: OutboundItem, number: NumberItem | undefined): boolean =>
  number !== undefined && !message.crossed && message.claimEpoch !== undefined && number.epoch !== message.claimEpoch;

/** Plans the event of a crossing; the caller's move carries `crossed: true`. */
export function crossing(plan: Plan, message: OutboundItem, number: NumberItem): void {
  plan.event(message, messageChain(message), {
    type: "message.crossed",
    why: ["crossed"],
    patient: message.patient,
    objects: [{ t: "number", id: number.id }],
  });
}

/** Puts an accepted message into its lane. */
export async function enqueue(ports: Pick<Ports, "outbox">, message: OutboundItem): Promise<void> {
  const conversation = message.id.slice(0, message.id.indexOf("."));
  if (message.number === undefined) throw new Error("an accepted message has no number");
  const { id, attempt, number, patient } = message;
  await ports.outbox.enqueue(message.lane, { conversation, message: id, attempt, number, patient });
}
