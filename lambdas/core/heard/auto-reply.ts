/**
 * The one automatic answer that an arrival gets, if any: never two for one arrival. Which it may be is known from the text and
 * the hour, so that it is sealed while the records are read; which it is, when they have been.
 */
import type { Act } from "../audit.ts";
import { COURTESIES, isUnasked } from "../auto-replies.ts";
import { type Clinic, type Language, type ReplyId, serviceText } from "../clinic.ts";
import type { Cover } from "../cover.ts";
import { emergencyReply } from "../emergency-net.ts";
import { localDate } from "../hours.ts";
import { keys, type LinkItem, type NumberItem, type OutboundItem, recordOf } from "../items.ts";
import { CONFIRM_WITHIN_MS } from "../number.ts";
import { isLastWord, record, serviceMessage } from "../outbound.ts";
import type { Plan } from "../plan.ts";
import type { Sealer } from "../ports.ts";
import type { Asked, Reading } from "./reading.ts";

/** An automatic answer that may go back. */
export interface Candidate {
  readonly reply: ReplyId;
  readonly language: Language;
}
export interface SealedCandidate extends Candidate {
  readonly body: Uint8Array;
}

const SERVICE_TEXTS_A_DAY = 3;
/** One of the three is kept for what matters more than a courtesy. */
const COURTESIES_A_DAY = 2;
const SERVICE_STALE_MS = 6 * 3_600_000;
/** What nobody asked for is true now, and perhaps not in an hour: whether staff are told, whether somebody reads. */
const UNASKED_STALE_MS = 15 * 60_000;

/** Every automatic answer that a text so read may get at this hour, in its own language, or in each of the clinic's where it tells none. */
export function candidates({ asked, net, language }: Reading, clinic: Clinic, cover: Cover): Candidate[] {
  const asks = asked ? ANSWERS[asked.kind] : undefined;
  const emergency = emergencyReply(net, cover);
  const courtesy = cover.open ? (clinic.acknowledge ? ["acknowledgement" as const] : []) : ["after-hours" as const];
  const replies = [...(emergency ? [emergency] : []), ...(asks ?? (net.verdict === "emergency" ? [] : courtesy))];
  return replies.flatMap((reply) => (language ? [language] : clinic.languages).map((each) => ({ reply, language: each })));
}

/** What may answer each thing that is asked. What may be an opt-out, and what only the model read, is answered by a person. */
const ANSWERS: Partial<Record<Asked["kind"], readonly ReplyId[]>> = {
  stop: ["stop-confirmation"],
  "wrong-number": ["wrong-number"],
  start: ["start-question"],
  help: ["help"],
  yes: ["consents-restored", "consent-receipt"],
};

/** Seals each of them as the message of this id. @throws where KMS does not answer */
export const sealed = (sealer: Sealer, clinic: Clinic, message: string, some: readonly Candidate[]): Promise<SealedCandidate[]> =>
  Promise.all(
    some.map(async (each) => ({
      ...each,
      body: await sealer.seal(recordOf(keys.message(message)), serviceText(clinic, each.reply, each.language).text),
    })),
  );

/**
 * Plans the one answer: the first of `wanted` that may go to this number now. The last word to a number leaves within five
 * minutes or not at all; every other service text goes to an open number only, three a day.
 * @returns the message, or undefined where none goes
 */
export function answerWith(
  plan: Plan,
  wanted: readonly ReplyId[],
  ready: readonly SealedCandidate[],
  about: {
    id: string;
    cause: string;
    clinic: Clinic;
    number: NumberItem;
    links: readonly LinkItem[];
    /** Taken where an answer is ready in several. */
    language?: Language;
    at: number;
    now: number;
    act: Act;
  },
): OutboundItem | undefined {
  const { clinic, number, links, at, now } = about;
  for (const reply of wanted) {
    const possible = ready.filter((each) => each.reply === reply);
    const candidate = possible.find((each) => each.language === about.language) ?? possible[0];
    const stale = isUnasked(reply) ? UNASKED_STALE_MS : SERVICE_STALE_MS;
    const expiresAt = isLastWord(reply) ? at + CONFIRM_WITHIN_MS : now + stale;
    if (!candidate || expiresAt <= now || !mayAnswer(number, reply, now, clinic.timeZone)) continue;
    const message = serviceMessage(clinic, number, reply, candidate.language, about.cause, {
      id: about.id,
      body: candidate.body,
      at: now,
      expiresAt,
      patient: links.length === 1 ? links[0]?.patient : undefined,
      act: about.act,
    });
    record(plan, message);
    if (!isLastWord(reply)) plan.technical(number, counted(number, now, clinic.timeZone));
    return message;
  }
  return undefined;
}

/** Three service texts a day and no more, the last word to a number aside. */
export function mayAnswer(number: NumberItem, reply: ReplyId, now: number, zone: string): boolean {
  if (isLastWord(reply)) return true;
  const today = number.serviceDay === localDate(now, zone) ? (number.serviceCount ?? 0) : 0;
  return number.state === "open" && today < (COURTESIES.includes(reply) ? COURTESIES_A_DAY : SERVICE_TEXTS_A_DAY);
}

/** The members of a number that count one more service text of its day. */
export function counted(number: NumberItem, now: number, zone: string): Partial<NumberItem> {
  const today = localDate(now, zone);
  return { serviceDay: today, serviceCount: number.serviceDay === today ? (number.serviceCount ?? 0) + 1 : 1 };
}
