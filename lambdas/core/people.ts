/** How a number and a patient come to belong together, and stop: both sides and both chains in one plan. */
import type { Act } from "./audit.ts";
import type { Language } from "./clinic.ts";
import { keys, type LinkItem, type NumberItem, newId, type PatientItem, type PatientNumberItem, type Relationship } from "./items.ts";
import type { Plan } from "./plan.ts";
import type { Ports } from "./ports.ts";

/** The ETag of a patient. */
export const patientEtag = (patient: PatientItem): string => `W/"${patient.ver}"`;

export interface Joining {
  readonly relationship: Relationship;
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
    own !== undefined &&
    own.kind === how.kind &&
    own.relationship === how.relationship
  );
}

/**
 * Plans that the number is this patient's. The number's block, if any, stays: registration lifts nothing.
 * @param isNew the number item is put by this plan @returns the patient's record of the number
 */
export function join(
  plan: Plan,
  both: Both,
  how: Joining,
  ports: Pick<Ports, "ids">,
  act: Act,
  now: number,
  isNew: boolean,
): PatientNumberItem {
  const { number, links, patient } = both;
  const link = links.find((each) => each.patient === patient.id);
  const fields = {
    relationship: how.relationship,
    ...(how.team ? { team: how.team } : {}),
    ...(how.language ? { language: how.language } : {}),
  };
  if (link) plan.technical(link, { ...fields, active: true });
  else plan.put<LinkItem>({ ...keys.link(number.PK, patient.id), patient: patient.id, active: true, ...fields });

  const members = { ver: number.ver + 1, kind: how.kind };
  if (isNew) plan.put({ ...number, ...members });
  else plan.change(number, members);
  if (isNew) plan.event(number, `num/${number.id}`, { type: "number.added", now: number.state });
  plan.event(number, `num/${number.id}`, { type: "number.linked", patient: patient.id, why: [how.relationship] });

  const own = ownRecord(both);
  const record: PatientNumberItem = own
    ? { ...own, kind: how.kind, relationship: how.relationship }
    : newRecord(patient, number, how, newId("tel", now, ports.ids.random()));
  if (own) plan.technical(own, { kind: how.kind, relationship: how.relationship });
  else plan.put(record);
  plan.change(patient, { ver: patient.ver + 1 });
  plan.event(patient, `pat/${patient.id}`, {
    type: "patient.number-added",
    patient: patient.id,
    objects: [{ t: "number", id: number.id }],
    why: [act.who.as],
  });
  return record;
}

function newRecord(patient: PatientItem, number: NumberItem, how: Joining, id: string): PatientNumberItem {
  return {
    ...keys.patientNumber(patient.id, id),
    id,
    number: number.PK,
    last4: number.last4,
    kind: how.kind,
    relationship: how.relationship,
  };
}

/** Plans that the number is no longer this patient's. */
export function part(
  plan: Plan,
  { number, links, patient }: Both,
  record: PatientNumberItem,
  reason: NonNullable<PatientNumberItem["ended"]>["reason"],
  now: number,
): void {
  const link = links.find((each) => each.patient === patient.id);
  if (link) plan.technical(link, { active: false });
  plan.change(number, { ver: number.ver + 1 });
  plan.event(number, `num/${number.id}`, { type: "number.unlinked", patient: patient.id, why: [reason] });
  plan.technical(record, { ended: { at: now, reason } });
  plan.change(patient, { ver: patient.ver + 1 });
  plan.event(patient, `pat/${patient.id}`, {
    type: "patient.number-ended",
    patient: patient.id,
    objects: [{ t: "number", id: number.id }],
    why: [reason],
  });
}
