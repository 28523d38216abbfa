/**
 * The states of a consent, of one purpose at a time: asked · declined · granted · confirmed (from the handset) · withdrawn ·
 * expired. What stands is folded from immutable records, the same way when one is recorded and when somebody asks what was in
 * force on a day. Age is never written down: a consent expires by being read.
 */
import type { Clinic } from "./clinic.ts";
import type { RefusalCode } from "./codes.ts";
import { sha256 } from "./digest.ts";
import { addMonths, localDate } from "./hours.ts";
import type { ConsentItem, Effective, LinkItem, NumberItem, PatientItem } from "./items.ts";

export type ConsentState = "asked" | "declined" | "granted" | "confirmed" | "withdrawn" | "expired";

const DAY_MS = 24 * 3_600_000;
/** Renewals are spread over the last quarter of the time that a consent lasts, over 90 days at most. */
const MAX_SPREAD_DAYS = 90;
const DAYS_A_MONTH = 30;

/**
 * When a consent must be asked for again: never later than the clinic's `consentMonths` after it was given or confirmed, and
 * up to a quarter of that time earlier, by a hash of the patient: consents that were imported on one day do not run out on
 * one day, and those of one patient do. @param agreedAt ms
 */
export function expiryOf(patient: string, agreedAt: number, clinic: Pick<Clinic, "consentMonths">): number {
  const days = Math.min(MAX_SPREAD_DAYS, Math.floor((clinic.consentMonths * DAYS_A_MONTH) / 4));
  const [a = 0, b = 0, c = 0] = sha256("consent-expiry", patient);
  return addMonths(agreedAt, clinic.consentMonths) - (((a << 16) | (b << 8) | c) % (days + 1)) * DAY_MS;
}

/** When this consent runs out (ms): as decided when it was recorded or as the clinic decides today, whichever is earlier. */
export const runsOut = (patient: string, held: Effective, clinic: Pick<Clinic, "consentMonths">): number =>
  Math.min(held.until ?? Number.POSITIVE_INFINITY, expiryOf(patient, Math.max(held.agreedAt, held.confirmedAt ?? 0), clinic));

/** The state of what is held for a purpose, at a time (ms). */
export function stateOf(patient: string, held: Effective, now: number, clinic: Pick<Clinic, "consentMonths">): ConsentState {
  if (held.status !== "granted") return held.status;
  if (runsOut(patient, held, clinic) <= now) return "expired";
  return held.confirmedAt === undefined ? "granted" : "confirmed";
}

/** What stands by purpose after one more record; one that does not count changes nothing. */
export function folded(effective: Readonly<Record<string, Effective>>, record: ConsentItem): Record<string, Effective> {
  const after = { ...effective };
  if (!record.counted) return after;
  for (const purpose of record.purposes) {
    const held = after[purpose];
    switch (record.decision) {
      case "confirmed":
        if (held)
          after[purpose] = { ...held, confirmedAt: record.agreedAt, ...(record.until === undefined ? {} : { until: record.until }) };
        break;
      case "restored":
        if (held) after[purpose] = { ...held, epoch: record.epoch ?? held.epoch };
        break;
      case "withdrawn":
        after[purpose] = {
          status: "withdrawn",
          number: held?.number ?? "",
          wording: held?.wording ?? "",
          // Dated as the agreement it ends where that is newer: what counts from here on is that it was said.
          agreedAt: Math.max(record.agreedAt, held?.agreedAt ?? 0),
          epoch: held?.epoch ?? 0,
          record: record.id,
        };
        break;
      default: {
        const entry: Effective = {
          status: record.decision,
          number: record.number ?? "",
          wording: record.wording ?? "",
          agreedAt: record.agreedAt,
          epoch: record.epoch ?? 0,
          record: record.id,
          ...(record.until === undefined ? {} : { until: record.until }),
        };
        after[purpose] = { ...entry, ...stillConfirmed(held, entry) };
      }
    }
  }
  return after;
}

/** The same conversation recorded again, with more about it, is as confirmed as it was. */
function stillConfirmed(held: Effective | undefined, entry: Effective): Pick<Effective, "confirmedAt" | "until"> {
  if (entry.status !== "granted" || held?.status !== "granted" || held.confirmedAt === undefined) return {};
  const same = held.number === entry.number && held.epoch === entry.epoch && held.wording === entry.wording;
  if (!same || entry.agreedAt > held.confirmedAt) return {};
  return { confirmedAt: held.confirmedAt, ...(held.until === undefined ? {} : { until: held.until }) };
}

/**
 * The members of a patient with these consents in place of those before, and when the desk is told that the next has run out.
 * One that has run out and nobody was told of keeps its time. @param now ms
 */
export function withConsents(
  patient: PatientItem,
  effective: Record<string, Effective>,
  now: number,
  clinic: Pick<Clinic, "consentMonths">,
): Pick<PatientItem, "effective" | "ver"> & { renewAt: number | undefined } {
  const overdue = patient.renewAt !== undefined && patient.renewAt <= now;
  return { effective, ver: patient.ver + 1, renewAt: overdue ? patient.renewAt : renewalAfter(patient.id, effective, now, clinic) };
}

/** When the next of these consents runs out after an instant (ms), or undefined where none does. */
export function renewalAfter(
  patient: string,
  effective: Readonly<Record<string, Effective>>,
  after: number,
  clinic: Pick<Clinic, "consentMonths">,
): number | undefined {
  const times = Object.values(effective)
    .filter((held) => held.status === "granted")
    .map((held) => runsOut(patient, held, clinic))
    .filter((at) => at > after);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Whether a wording (`id/v1`) may be agreed to, or restored, on the clinic's day: somebody approved it, and it is not withdrawn. */
export const isApproved = (clinic: Pick<Clinic, "wordings">, wording: string, day: string): boolean =>
  clinic.wordings.some(
    (each) =>
      `${each.id}/v${each.version}` === wording &&
      each.approved !== undefined &&
      each.approved.at <= day &&
      (each.withdrawn === undefined || each.withdrawn > day),
  );

/** Whether the authority of whoever answers this phone for the patient is to be looked at first. @param today the clinic's day */
const proxyReviewDue = (link: Pick<LinkItem, "relationship" | "review"> | undefined, today: string): boolean =>
  link !== undefined &&
  (link.relationship === "guardian" || link.relationship === "caregiver") &&
  link.review !== undefined &&
  link.review <= today;

/**
 * Why no text may rest on what is held for a purpose, or undefined where it may: it stands, on this number, no STOP has come
 * since, it is not too old, and the authority of a guardian or caregiver is not waiting to be looked at.
 */
export function consentRefusal(
  held: Effective | undefined,
  facts: {
    readonly patient: string;
    readonly number: Pick<NumberItem, "PK" | "epoch"> | undefined;
    readonly links: readonly LinkItem[];
    readonly clinic: Pick<Clinic, "consentMonths" | "timeZone">;
    readonly now: number;
  },
): RefusalCode | undefined {
  if (!held) return "consent-missing";
  const { patient, number, links, clinic, now } = facts;
  const state = stateOf(patient, held, now, clinic);
  if (state === "asked") return "consent-asked";
  if (state === "declined") return "consent-declined";
  if (state === "withdrawn") return "consent-withdrawn";
  if (!number || number.PK !== held.number || number.epoch !== held.epoch) return "consent-not-in-force";
  if (state === "expired") return "consent-expired";
  const link = links.find((each) => each.active && each.patient === patient);
  return proxyReviewDue(link, localDate(now, clinic.timeZone)) ? "proxy-review-due" : undefined;
}
