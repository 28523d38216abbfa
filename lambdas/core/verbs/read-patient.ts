import type { Act, EventType } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import {
  type ConsentItem,
  type Effective,
  type IdentifierItem,
  identifierText,
  keys,
  type PatientItem,
  type PatientNumberItem,
} from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** Reads are recorded first, with the person: the record is shown only once the view event has landed. */
async function viewed(ports: Needs, id: string, type: EventType, act: Act): Promise<PatientItem> {
  return commit(ports, async () => {
    const patient = await ports.store.get<PatientItem>(keys.patient(id));
    if (!patient) throw new Refusal("not-found");
    const plan = newPlan(ports, act, ports.clock.now());
    plan.change(patient, {});
    plan.event(patient, `pat/${id}`, { type, patient: id });
    return { outcome: patient, plan };
  });
}

/** A patient with their numbers (last four digits) and the consents in force. @throws Refusal `not-found` */
export async function readPatient(ports: Needs, id: string, act: Act): Promise<{ patient: PatientItem; numbers: PatientNumberItem[] }> {
  const patient = await viewed(ports, id, "patient.viewed", act);
  return { patient, numbers: await ports.store.query<PatientNumberItem>(patient.PK, { prefix: "N#" }) };
}

/** The patient's id by an identifier of the EMR's, or undefined. An id says nothing, so this is no view. */
export async function findPatient(
  ports: Pick<Ports, "store" | "indexer">,
  identifier: { system: string; value: string },
): Promise<string | undefined> {
  const mac = await ports.indexer.mac("identifier", identifierText(identifier));
  return (await ports.store.get<IdentifierItem>(keys.identifier(ports.indexer.generation, mac)))?.patient;
}

/**
 * Every consent record of a patient, and what was in force at an instant, by purpose.
 * @param at ms: as of then, by when things were recorded; undefined: now @throws Refusal `not-found`
 */
export async function readConsents(
  ports: Needs,
  id: string,
  at: number | undefined,
  act: Act,
): Promise<{ records: ConsentItem[]; effective: Record<string, Pick<Effective, "status" | "wording" | "agreedAt" | "record">> }> {
  const patient = await viewed(ports, id, "consent.viewed", act);
  const all = await ports.store.query<ConsentItem>(patient.PK, { prefix: "K#" });
  const records = all.filter((record) => record.recordedAt <= (at ?? Number.POSITIVE_INFINITY)).sort((a, b) => a.recordedAt - b.recordedAt);
  if (at === undefined) return { records, effective: patient.effective };
  const effective: Record<string, Pick<Effective, "status" | "wording" | "agreedAt" | "record">> = {};
  for (const record of records.filter((each) => each.counted)) {
    for (const purpose of record.purposes) {
      effective[purpose] = { status: record.decision, wording: record.wording ?? "", agreedAt: record.agreedAt, record: record.id };
    }
  }
  return { records, effective };
}
