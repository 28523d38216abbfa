import type { Act } from "../audit.ts";
import type { EventType } from "../audit-catalogue.ts";
import type { NumberLevel } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { consentsAt, type InForce, inOrder } from "../consent-history.ts";
import {
  type ConsentItem,
  type ErasureItem,
  type IdentifierItem,
  identifierText,
  keys,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  type PatientNumberItem,
} from "../items.ts";
import { isSuspect, levelOf } from "../level.ts";
import { lineWarnings } from "../line.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import type { Registered } from "./register-number.ts";

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

/** One of the patient's numbers, and how sure we are of it. */
export interface Sure {
  readonly level: NumberLevel;
  readonly suspect: boolean;
  readonly line: Registered["line"];
}

export interface PatientRead {
  readonly patient: PatientItem;
  readonly numbers: PatientNumberItem[];
  readonly sure: Map<string, Sure>;
}

/**
 * A patient with their numbers (last four digits) and the consents in force; of one who is erased, or being erased, what stands in
 * their place. @throws Refusal `not-found`
 */
export async function readPatient(ports: Needs, id: string, act: Act): Promise<PatientRead | { readonly erasure: ErasureItem }> {
  const { store, clinic, clock } = ports;
  const seen = await commit<{ patient: PatientItem } | { erasure: ErasureItem }>(ports, async () => {
    const [patient, erasure] = await Promise.all([store.get<PatientItem>(keys.patient(id)), store.get<ErasureItem>(keys.erasure(id))]);
    const item = patient ?? erasure;
    if (!item) throw new Refusal("not-found");
    const plan = newPlan(ports, act, clock.now());
    plan.change<PatientItem | ErasureItem>(item, {});
    plan.event(item, `pat/${id}`, { type: "patient.viewed", patient: id, ...(patient ? {} : { why: ["erased"] }) });
    return { outcome: patient ? { patient } : { erasure: item as ErasureItem }, plan };
  });
  if ("erasure" in seen) return seen;
  const { patient } = seen;
  const numbers = await store.query<PatientNumberItem>(patient.PK, { prefix: "N#" });
  const sure = await Promise.all(
    numbers.map(async (each): Promise<[string, Sure]> => {
      const { number, links } = numberAndLinks(await store.query<NumberItem | LinkItem>(each.number));
      const link = links.find(({ patient: whose }) => whose === id);
      const level = number && !each.ended ? levelOf(number, link, clock.now(), clinic) : 0;
      const line = { type: number?.lookup?.type, warnings: number ? lineWarnings(number, link) : [] };
      return [each.id, { level, suspect: number !== undefined && isSuspect(number, link), line }];
    }),
  );
  return { patient, numbers, sure: new Map(sure) };
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
 * Every consent record of a patient, and what was in force at an instant, by purpose: see consent-history.ts.
 * @param at ms: as of then, by when things were recorded; undefined: now @throws Refusal `not-found`
 */
export async function readConsents(
  ports: Needs,
  id: string,
  at: number | undefined,
  act: Act,
): Promise<{ records: ConsentItem[]; effective: Record<string, InForce> }> {
  const { store, clinic, clock } = ports;
  const patient = await viewed(ports, id, "consent.viewed", act);
  const [all, numbers] = await Promise.all([
    store.query<ConsentItem>(patient.PK, { prefix: "K#" }),
    store.query<PatientNumberItem>(patient.PK, { prefix: "N#" }),
  ]);
  const found = await Promise.all([...new Set(numbers.map((each) => each.number))].map((PK) => store.get<NumberItem>({ PK, SK: "N" })));
  const phones = new Map(found.flatMap((number) => (number ? [[number.PK, number] as const] : [])));
  const when = at ?? clock.now();
  return {
    records: inOrder(all).filter((record) => record.recordedAt <= when),
    effective: consentsAt({ patient: id, records: all, numbers, phones }, when, clinic),
  };
}

/** One consent record, with the last four digits of the number it names. @throws Refusal `not-found` */
export async function readConsent(
  ports: Needs,
  patient: string,
  id: string,
  act: Act,
): Promise<{ record: ConsentItem; last4: string | undefined }> {
  const { PK } = await viewed(ports, patient, "consent.viewed", act);
  const [records, numbers] = await Promise.all([
    ports.store.query<ConsentItem>(PK, { prefix: "K#" }),
    ports.store.query<PatientNumberItem>(PK, { prefix: "N#" }),
  ]);
  const record = records.find((each) => each.id === id);
  if (!record) throw new Refusal("not-found");
  return { record, last4: numbers.find((each) => each.number === record.number)?.last4 };
}
