/** How a number and a patient come to belong together, and stop: both sides and both chains in one plan. */
import type { Act } from "./audit.ts";
import type { Language } from "./clinic.ts";
import { instantOf } from "./hours.ts";
import {
  keys,
  type LinkItem,
  type NumberItem,
  newId,
  owing,
  type PatientItem,
  type PatientNumberItem,
  type Proofs,
  type Relationship,
} from "./items.ts";
import { type HowKnown, PROOFS, proved } from "./level.ts";
import { type Patch, type Plan, patched } from "./plan.ts";
import type { Ports } from "./ports.ts";

/** The ETag of a patient. */
export const patientEtag = (patient: Pick<PatientItem, "ver">): string => `W/"${patient.ver}"`;

/** Where patients whose consents or reviews come next stand in the index of queues: no team can be called that. */
export const RENEWALS = "#renewals";

/** When a patient's record next owes something, as members of the `due` index (see sweep), and its place among the renewals. @param now ms */
export function patientOwing(patient: PatientItem, now: number): ReturnType<typeof owing> & Pick<Patch<PatientItem>, "q" | "qs"> {
  const times = [patient.renewAt, patient.reviewAt].filter((at) => at !== undefined);
  const next = times.length > 0 ? Math.min(...times) : undefined;
  return {
    ...owing(patient, patient.cancels ? Math.min(now, next ?? now) : next),
    q: next === undefined ? undefined : RENEWALS,
    qs: next === undefined ? undefined : `${new Date(next).toISOString()}#${patient.id}`,
  };
}

export interface Joining {
  readonly relationship: Relationship;
  /** Of a guardian or caregiver, as the EMR gives them. */
  readonly authority?: string | undefined;
  readonly review?: string | undefined;
  /** How it is known that the phone is the patient's, and since when (ms). */
  readonly known?: { readonly how: HowKnown; readonly at: number } | undefined;
  readonly kind: NumberItem["kind"];
  readonly team?: string | undefined;
  readonly language?: Language | undefined;
}

/** The records of a number and of a patient as they were read. */
export interface Both {
  readonly number: NumberItem;
  readonly links: readonly LinkItem[];
  readonly patient: PatientItem;
  readonly numbers: readonly PatientNumberItem[];
}

/** The patient's own record of the number, if it was ever theirs. */
export const ownRecord = ({ number, numbers }: Both): PatientNumberItem | undefined =>
  numbers.find((each) => each.number === number.PK && !each.ended);

/** Whether joining would change nothing: EMRs post everything again every night. */
export function isJoined(both: Both, how: Joining): boolean {
  const link = both.links.find((each) => each.patient === both.patient.id);
  const own = ownRecord(both);
  return (
    link?.active === true &&
    link.relationship === how.relationship &&
    (how.team === undefined || link.team === how.team) &&
    (how.language === undefined || link.language === how.language) &&
    proxy(link, how).authority === link.authority &&
    proxy(link, how).review === link.review &&
    same(proved(link.proofs, how.known), link.proofs) &&
    own !== undefined &&
    own.kind === how.kind &&
    own.relationship === how.relationship
  );
}

type Proxy = Pick<LinkItem, "authority" | "review">;

/** A guardian's or caregiver's authority and its review: what is given now, else what was given before; nobody else has one. */
function proxy(
  before: Proxy | undefined,
  { relationship, authority, review }: Joining,
): { [Name in keyof Proxy]: Proxy[Name] | undefined } {
  if (relationship !== "guardian" && relationship !== "caregiver") return { authority: undefined, review: undefined };
  return { authority: authority ?? before?.authority, review: review ?? before?.review };
}

const same = (a: Proofs | undefined, b: Proofs | undefined): boolean => PROOFS.every((kind) => a?.[kind] === b?.[kind]);

/** When the next authority of a guardian or caregiver is to be looked at (ms), among those that the desk was not told of. */
export function nextReview(numbers: readonly PatientNumberItem[], timeZone: string): number | undefined {
  const times = numbers
    .filter((each) => !each.ended && each.review !== undefined && each.review !== each.reviewTold)
    .map((each) => instantOf(each.review ?? "", 0, timeZone));
  return times.length > 0 ? Math.min(...times) : undefined;
}

/**
 * Plans that the number is this patient's. The number's block, if any, stays: registration lifts nothing.
 * @param isNew the number item is put by this plan @returns the patient's record of the number
 */
export function join(
  plan: Plan,
  both: Both,
  how: Joining,
  ports: Pick<Ports, "ids" | "clinic">,
  act: Act,
  now: number,
  isNew: boolean,
): PatientNumberItem {
  const { number, links, patient, numbers } = both;
  const link = links.find((each) => each.patient === patient.id);
  const given = proxy(link, how);
  const fields = {
    relationship: how.relationship,
    ...(how.team ? { team: how.team } : {}),
    ...(how.language ? { language: how.language } : {}),
    ...given,
    proofs: proved(link?.proofs, how.known),
    noContact: patient.noContact ? true : undefined,
  };
  if (link) plan.technical(link, { ...fields, active: true });
  else
    plan.put(
      patched<LinkItem>(
        { ...keys.link(number.PK, patient.id), patient: patient.id, relationship: how.relationship, active: true, since: now },
        fields,
      ),
    );

  const seen = { ver: number.ver + 1, kind: how.kind };
  if (isNew) plan.put({ ...number, ...seen });
  else plan.change(number, seen);
  if (isNew) plan.event(number, `num/${number.id}`, { type: "number.added", now: number.state });
  plan.event(number, `num/${number.id}`, { type: "number.linked", patient: patient.id, why: [how.relationship] });

  const own = ownRecord(both);
  const members = { kind: how.kind, relationship: how.relationship, ...given };
  const record = patched(own ?? newRecord(patient, number, how, newId("tel", now, ports.ids.random()), now), members);
  if (own) plan.technical(own, members);
  else plan.put(record);
  belongs(plan, patient, [...numbers.filter((each) => each.id !== record.id), record], ports.clinic.timeZone, now);
  plan.event(patient, `pat/${patient.id}`, {
    type: "patient.number-added",
    patient: patient.id,
    objects: [{ t: "number", id: number.id }],
    why: how.known ? [act.who.as, how.known.how] : [act.who.as],
  });
  return record;
}

function newRecord(patient: PatientItem, number: NumberItem, how: Joining, id: string, now: number): PatientNumberItem {
  return {
    ...keys.patientNumber(patient.id, id),
    id,
    number: number.PK,
    last4: number.last4,
    kind: how.kind,
    relationship: how.relationship,
    since: now,
  };
}

/** Plans the patient with these numbers: whatever was decided before is decided again, and the next review is due. */
function belongs(plan: Plan, patient: PatientItem, numbers: readonly PatientNumberItem[], timeZone: string, now: number): void {
  const patch = { ver: patient.ver + 1, reviewAt: nextReview(numbers, timeZone) };
  plan.change(patient, { ...patch, ...patientOwing(patched(patient, patch), now) });
}

type Reason = NonNullable<PatientNumberItem["ended"]>["reason"];

/** Plans the patient's side of a number that is theirs no more; the caller plans the number, and says in events what happened. */
export function letGo(
  plan: Plan,
  { links, patient, numbers }: Omit<Both, "number">,
  record: PatientNumberItem | undefined,
  reason: Reason,
  timeZone: string,
  now: number,
): void {
  const link = links.find((each) => each.patient === patient.id);
  // An EMR that posts the number again tonight makes it the patient's again, and proves nothing.
  if (link) plan.technical(link, { active: false, doubt: { at: now, why: "ended" } });
  if (record) plan.technical(record, { ended: { at: now, reason } });
  belongs(
    plan,
    patient,
    numbers.filter((each) => each.id !== record?.id),
    timeZone,
    now,
  );
}

/** Plans that the number is no longer this patient's. */
export function part(plan: Plan, both: Both, record: PatientNumberItem, reason: Reason, timeZone: string, now: number): void {
  const { number, patient } = both;
  letGo(plan, both, record, reason, timeZone, now);
  plan.change(number, { ver: number.ver + 1 });
  plan.event(number, `num/${number.id}`, { type: "number.unlinked", patient: patient.id, why: [reason] });
  plan.event(patient, `pat/${patient.id}`, {
    type: "patient.number-ended",
    patient: patient.id,
    objects: [{ t: "number", id: number.id }],
    why: [reason],
  });
}
