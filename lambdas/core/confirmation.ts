/**
 * What the handset's own answer does to the consents that the question was about, planned with its record and event. YES
 * confirms what stands; it never makes a consent. NO takes it back: the question asks whether this is the right phone.
 */
import type { Clinic } from "./clinic.ts";
import { expiryOf, folded, isApproved, withConsents } from "./consent.ts";
import { sha256 } from "./digest.ts";
import { isShared } from "./hooks/number.ts";
import { localDate } from "./hours.ts";
import { type ConsentItem, type Effective, keys, type LinkItem, type NumberItem, type PatientItem } from "./items.ts";
import { patientOwing } from "./people.ts";
import { type Plan, patched } from "./plan.ts";
import { base32 } from "./ulid.ts";

export interface Answering {
  readonly plan: Plan;
  readonly clinic: Clinic;
  /** As it was read, its question still open. */
  readonly number: NumberItem;
  /** The active ones. */
  readonly links: readonly LinkItem[];
  readonly patients: readonly PatientItem[];
  /** ms */
  readonly now: number;
}

/** The purposes that rest on one record and stand on this number in its epoch. */
export const standingOn = (patient: PatientItem, record: string, number: Pick<NumberItem, "PK" | "epoch">): string[] =>
  Object.entries(patient.effective)
    .filter(([, held]) => held.record === record && held.status === "granted" && held.number === number.PK && held.epoch === number.epoch)
    .map(([purpose]) => purpose);

/**
 * YES: confirms the consents in question, and that the phone is the patient's (level 2).
 * @returns false where it cannot be taken for that patient's word any more, and a person must look
 */
export function confirmConsents({ plan, clinic, number, links, patients, now }: Answering): boolean {
  const patient = patients.find(({ id }) => id === number.question?.patient);
  const link = links.find((each) => each.patient === number.question?.patient);
  if (!patient || !link || isShared(links) || patient.deceased !== undefined || patient.left !== undefined) return false;
  const today = localDate(now, clinic.timeZone);
  const purposes = standingOn(patient, number.question?.consent ?? "", number).filter((purpose) =>
    isApproved(clinic, patient.effective[purpose]?.wording ?? "", today),
  );
  if (purposes.length === 0) return false;
  recorded({ plan, clinic, number, now }, patient, "confirmed", purposes, { until: expiryOf(patient.id, now, clinic) });
  plan.technical(link, { proofs: { ...link.proofs, handset: now } });
  return true;
}

/** NO: the consents in question are refused, as of now. @returns how many purposes */
export function denyConsents({ plan, clinic, number, patients, now }: Answering): number {
  const patient = patients.find(({ id }) => id === number.question?.patient);
  const purposes = patient ? standingOn(patient, number.question?.consent ?? "", number) : [];
  if (patient && purposes.length > 0) recorded({ plan, clinic, number, now }, patient, "declined", purposes, {});
  return purposes.length;
}

/**
 * The consents that stood when the number was stopped and whose wording is still approved, brought back by a YES after START.
 * @returns how many purposes
 */
export function restoreConsents({ plan, clinic, number, links, patients, now }: Answering): number {
  const [patient] = patients;
  if (links.length !== 1 || isShared(links) || !patient || patient.deceased !== undefined || patient.left !== undefined) return 0;
  const today = localDate(now, clinic.timeZone);
  const stood = Object.entries(patient.effective).filter(
    ([, held]: [string, Effective]) =>
      held.status === "granted" &&
      held.number === number.PK &&
      held.epoch === number.stoodEpoch &&
      held.epoch < number.epoch &&
      isApproved(clinic, held.wording, today),
  );
  if (stood.length === 0) return 0;
  const unpaused = patient.paused?.number === number.PK ? { paused: undefined } : {};
  recorded(
    { plan, clinic, number, now },
    patient,
    "restored",
    stood.map(([purpose]) => purpose),
    {},
    unpaused,
  );
  return stood.length;
}

const EVENTS = { confirmed: "consent.confirmed", declined: "consent.denied", restored: "consent.restored" } as const;

/** Puts the record of what the handset said, and what stands after it. */
function recorded(
  { plan, clinic, number, now }: Pick<Answering, "plan" | "clinic" | "number" | "now">,
  patient: PatientItem,
  decision: keyof typeof EVENTS,
  purposes: string[],
  more: Pick<ConsentItem, "until">,
  also: { paused?: undefined } = {},
): void {
  const id = `con_${base32(sha256("handset", decision, patient.id, number.PK, String(number.epoch), String(now))).slice(0, 26)}`;
  const wording = patient.effective[purposes[0] ?? ""]?.wording;
  const record: ConsentItem = {
    ...keys.consent(patient.id, now, id),
    id,
    decision,
    purposes,
    number: number.PK,
    ...(wording === undefined ? {} : { wording }),
    method: "text",
    agreedAt: now,
    recordedAt: now,
    by: number.id,
    role: "sender",
    app: "handset",
    counted: true,
    epoch: number.epoch,
    ver: patient.ver + 1,
    ...more,
  };
  plan.put(record);
  const patch = { ...withConsents(patient, folded(patient.effective, record), now, clinic), ...also };
  plan.change(patient, { ...patch, ...patientOwing(patched(patient, patch), now) });
  plan.event(patient, `pat/${patient.id}`, {
    type: EVENTS[decision],
    patient: patient.id,
    objects: purposes.map((purpose) => ({ t: "purpose", id: purpose })),
    consent: id,
  });
}
