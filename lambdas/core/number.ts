/**
 * The block belongs to the number. What its holder texted last, by the carrier's clock, decides: a STOP always applies,
 * a START lifts only when it is more than two seconds newer than the newest STOP.
 */
import { conversationOf, type NumberItem, newId, owing } from "./items.ts";
import type { Patch, Plan } from "./plan.ts";
import type { Key } from "./store.ts";
import { mayMeanAppointment } from "./words.ts";

/** SNS does not keep order and its clocks differ a little: a START this close to a STOP does not beat it. */
const START_MARGIN_MS = 2_000;
/** Our own block counts at once; the clinic's list at AWS follows when a quick STOP / START can no longer meet its 30-day rule. */
const MIRROR_AFTER_MS = 24 * 3_600_000;
/** CANCEL and END may have meant the appointment: so long staff may take them back, and so long AWS's list is left alone. */
export const UNDO_MS = 7 * 24 * 3_600_000;
/** AWS takes a number off its list once in 30 days (API reference: DeleteOptedOutNumber). */
export const CARRIER_WAIT_MS = 30 * 24 * 3_600_000;
export const QUESTION_MS = 24 * 3_600_000;
export const CONFIRM_WITHIN_MS = 5 * 60_000;

export const isE164 = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);

/** A number as it is first seen, open and nobody's. @param plain as the carrier or the EMR writes it @param e164 the same, sealed */
export function newNumber(
  key: Key,
  plain: string,
  e164: Uint8Array,
  made: { at: number; random: Uint8Array; dialable: boolean; kind: NumberItem["kind"]; trialNumbers: readonly string[] },
): NumberItem {
  return {
    ...key,
    id: newId("num", made.at, made.random),
    ...digitsOf(plain, e164, made.dialable, made.trialNumbers),
    dialable: made.dialable,
    kind: made.kind,
    conv: conversationOf(key.PK),
    state: "open",
    epoch: 0,
    ver: 0,
    confirmed: -1,
    listed: "no",
    aseq: -1,
    ahash: new Uint8Array(),
  };
}

/** The members of a number that say which one it is. @param plain as the carrier or the EMR writes it @param e164 the same, sealed */
const digitsOf = (plain: string, e164: Uint8Array, dialable: boolean, trialNumbers: readonly string[]) => ({
  e164,
  last4: dialable ? plain.slice(-4) : "",
  trial: onTrial(plain, trialNumbers),
});

/** A number whose patient was erased, with its digits again: somebody has used it, or registered it. The block, if any, stays. */
export const knownAgain = (number: NumberItem, plain: string, e164: Uint8Array, trialNumbers: readonly string[]): NumberItem => ({
  ...number,
  ...digitsOf(plain, e164, number.dialable, trialNumbers),
});

/** Plans that such a number has its digits again. */
export function returned(plan: Plan, { e164, last4, trial, ...number }: NumberItem): void {
  plan.change<NumberItem>(number as NumberItem, { e164, last4, trial });
  plan.event(number, numberChain(number), { type: "number.added", now: number.state });
}

/** Whether the newest START is later than the newest STOP, as far as carriers' clocks can tell. */
export const startIsLater = (startAt: number | undefined, stopAt: number | undefined): boolean =>
  startAt !== undefined && (stopAt === undefined || startAt > stopAt + START_MARGIN_MS);

/** So many STOPs of a number are remembered with their times. */
const STOPS_KEPT = 20;

/**
 * The members of a number that a STOP of this time changes. The epoch grows with each: no older agreement counts.
 * @param at the carrier's time, ms @param now ours
 */
export function stopped(
  number: NumberItem,
  at: number,
  word: string,
  now: number,
): Patch<NumberItem> & { state: NumberItem["state"]; epoch: number } {
  const stopAt = Math.max(number.stopAt ?? 0, at);
  const later = startIsLater(number.startAt, stopAt);
  const lifted = later && number.listed === "no";
  // A plain STOP before or after a CANCEL is a plain STOP: nobody but the handset takes it back.
  const plain = [word, ...(number.state === "stopped" && number.stopWord ? [number.stopWord] : [])].find(
    (each) => !mayMeanAppointment(each),
  );
  const mirrorAt = Math.min(number.mirrorAt ?? Number.POSITIVE_INFINITY, stopAt + (mayMeanAppointment(word) ? UNDO_MS : MIRROR_AFTER_MS));
  return {
    // A START that was waiting for AWS's list is overtaken by a newer STOP.
    ...(later ? {} : { liftAt: undefined, blockedUntil: undefined }),
    question: undefined,
    pause: undefined,
    releases: undefined,
    epoch: number.epoch + 1,
    stops: [...(number.stops ?? []), { epoch: number.epoch + 1, at: now }].slice(-STOPS_KEPT),
    stopAt,
    stopWord: plain ?? word,
    state: lifted ? "open" : "stopped",
    stoodEpoch: number.state === "open" ? number.epoch : (number.stoodEpoch ?? number.epoch),
    ...(lifted ? {} : { mirrorAt }),
    cancels: number.epoch + 1,
  };
}

/**
 * The epoch that was in force at an instant (ms, our clock), as far as the number's remembered STOPs tell; undefined before
 * the first of them where there were others.
 */
export function epochAt({ epoch, stops = [] }: Pick<NumberItem, "epoch" | "stops">, at: number): number | undefined {
  const then = stops.filter((stop) => stop.at <= at).at(-1);
  if (then) return then.epoch;
  const before = (stops[0]?.epoch ?? epoch + 1) - 1;
  return before === 0 || stops.length === 0 ? before : undefined;
}

/** Where numbers that stand on AWS's list are found in the index of queues: no team can be called that. */
export const LISTED = "#listed";

/** What follows from the other members: when the number next owes something, and whether it is among those on AWS's list. */
export function numberOwing(number: NumberItem, now: number): ReturnType<typeof owing> & Pick<Patch<NumberItem>, "q" | "qs"> {
  const times = [
    number.cancels !== undefined || number.releases !== undefined ? now : undefined,
    number.liftAt !== undefined ? (number.blockedUntil ?? now) : undefined,
    number.state === "stopped" && number.listed !== "yes" && number.e164 ? number.mirrorAt : undefined,
  ].filter((at) => at !== undefined);
  const listed = number.listed === "yes";
  return {
    ...owing(number, times.length > 0 ? Math.min(...times) : undefined),
    q: listed ? LISTED : undefined,
    qs: listed ? number.id : undefined,
  };
}

/** The chain of a number's own events. */
export const numberChain = (number: Pick<NumberItem, "id">): string => `num/${number.id}`;

/** Whether a trial list (numbers, or prefixes that end with `*`) names the number. */
export const onTrial = (e164: string, list: readonly string[]): boolean =>
  list.some((entry) => (entry.endsWith("*") ? e164.startsWith(entry.slice(0, -1)) : e164 === entry));
