import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Act } from "../audit.ts";
import { type Language, teamOf } from "../clinic.ts";
import { type Code, Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { isShared } from "../hooks/number.ts";
import {
  keys,
  type LineType,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  type PatientNumberItem,
  type Relationship,
  recordOf,
} from "../items.ts";
import { type HowKnown, proved } from "../level.ts";
import { askLine, keepLine, lineWarnings } from "../line.ts";
import { isE164, knownAgain, newNumber, onTrial, returned } from "../number.ts";
import { isJoined, join, ownRecord, part } from "../people.ts";
import { plan as newPlan } from "../plan.ts";
import type { Line, Ports } from "../ports.ts";

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "carrierLookup" | "clock" | "ids" | "origination">;

export interface NumberGiven {
  readonly e164: string;
  readonly kind: NumberItem["kind"];
  readonly relationship: Relationship;
  readonly team?: string | undefined;
  readonly language?: Language | undefined;
  /** A guardian's or caregiver's: the EMR's reference, and the day (YYYY-MM-DD) on which it is looked at again. */
  readonly authority?: string | undefined;
  readonly review?: string | undefined;
  /** How and when (ms) somebody made sure that the phone is the patient's. */
  readonly known?: { readonly how: HowKnown; readonly at: number } | undefined;
}

export interface Registered {
  readonly number: PatientNumberItem;
  readonly shared: boolean;
  readonly created: boolean;
  /** The kind of line, where the number was ever looked up, and what staff are warned of. */
  readonly line: { readonly type: LineType | undefined; readonly warnings: readonly Code[] };
}

/**
 * A number becomes a patient's. A block on it survives, and posting the same again changes nothing. Where the clinic has numbers
 * looked up, it is asked whenever that says something new of the number, and as long as there was no answer.
 * @throws Refusal `number-invalid` (never with the number in it), `number-not-allowed`, `not-found`, `team-unknown`
 */
export async function registerNumber(ports: Needs, patientId: string, given: NumberGiven, act: Act): Promise<Registered> {
  const { store, clinic } = ports;
  if (!isNumber(given.e164) || given.e164 === ports.origination.e164)
    throw new Refusal("number-invalid", { pointers: [{ pointer: "/e164", detail: "not an E.164 number" }] });
  if (!clinic.allowedPrefixes.some((prefix) => given.e164.startsWith(prefix)))
    throw new Refusal("number-not-allowed", { pointers: [{ pointer: "/e164", detail: "country not allowed" }] });
  if (given.team !== undefined && !teamOf(clinic, given.team))
    throw new Refusal("team-unknown", { pointers: [{ pointer: "/team", detail: "no such team" }] });
  const key = keys.number(ports.indexer.generation, await ports.indexer.mac("number", given.e164));
  let sealed: Promise<Uint8Array> | undefined;
  const seal = (): Promise<Uint8Array> => {
    sealed ??= ports.sealer.seal(recordOf(key), given.e164);
    return sealed;
  };
  let asked: Promise<Line | "failed"> | undefined;
  const look = (): Promise<Line | "failed"> => {
    asked ??= askLine(ports.carrierLookup, given.e164);
    return asked;
  };

  return commit(ports, async () => {
    const [partition, patient, numbers] = await Promise.all([
      store.query<NumberItem | LinkItem>(key.PK),
      store.get<PatientItem>(keys.patient(patientId)),
      store.query<PatientNumberItem>(keys.patient(patientId).PK, { prefix: "N#" }),
    ]);
    if (!patient) throw new Refusal("not-found");
    const { number: found, links } = numberAndLinks(partition);
    const now = ports.clock.now();
    const isBack = found !== undefined && found.e164 === undefined;
    const number = isBack
      ? knownAgain(found, given.e164, await seal(), clinic.trialNumbers)
      : (found ??
        newNumber(key, given.e164, await seal(), {
          at: now,
          random: ports.ids.random(),
          dialable: true,
          kind: given.kind,
          trialNumbers: clinic.trialNumbers,
        }));
    const how = {
      relationship: given.relationship,
      kind: given.kind,
      team: given.team ?? patient.team,
      language: given.language ?? patient.language,
      authority: given.authority,
      review: given.review,
      // Nobody can have made sure in the future.
      known: given.known && { ...given.known, at: Math.min(given.known.at, now) },
    };
    const both = { number, links, patient, numbers };
    const others = links.filter((link) => link.patient !== patientId);
    const shared = isShared([...others, newLink(number, patientId, given)]);
    const own = ownRecord(both);
    const plan = newPlan(ports, act, now);
    if (isBack) returned(plan, number);
    const trial = onTrial(given.e164, clinic.trialNumbers);
    if (found && found.trial !== trial) plan.technical(found, { trial });
    const joined = own !== undefined && isJoined(both, how);
    const line = clinic.numberLookup && (!joined || !number.lookup) ? await look() : undefined;
    const record = joined ? own : join(plan, both, how, ports, act, now, !found);
    if (line) keepLine(plan, number, line, { now, sureAt: proved(undefined, how.known) && how.known?.at });
    const nothingNew = joined && !line && found?.trial === trial;
    const after = plan.result(number);
    const link = plan.result(links.find((each) => each.patient === patientId) ?? newLink(number, patientId, given));
    const warnings: Code[] = [...(line === "failed" ? (["lookup-failed"] as const) : []), ...lineWarnings(after, link)];
    return {
      outcome: { number: record, shared, created: own === undefined, line: { type: after.lookup?.type, warnings } },
      plan: nothingNew ? undefined : plan,
    };
  });
}

const newLink = (number: NumberItem, patient: string, { relationship }: NumberGiven): LinkItem => ({
  ...keys.link(number.PK, patient),
  patient,
  relationship,
  active: true,
});

/** Written as E.164, and of a length that its country has: a digit too few is caught at the desk, not at the carrier. */
const isNumber = (text: string): boolean => isE164(text) && parsePhoneNumberFromString(text)?.isPossible() === true;

/** A number stops being a patient's: waiting texts are refused at the gate, and consents given for it no longer serve. */
export async function endNumber(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  patientId: string,
  numberId: string,
  reason: NonNullable<PatientNumberItem["ended"]>["reason"],
  act: Act,
): Promise<PatientNumberItem> {
  return commit(ports, async () => {
    const [record, patient] = await Promise.all([
      ports.store.get<PatientNumberItem>(keys.patientNumber(patientId, numberId)),
      ports.store.get<PatientItem>(keys.patient(patientId)),
    ]);
    if (!record || !patient) throw new Refusal("not-found");
    if (record.ended) return { outcome: record };
    const [partition, numbers] = await Promise.all([
      ports.store.query<NumberItem | LinkItem>(record.number),
      ports.store.query<PatientNumberItem>(patient.PK, { prefix: "N#" }),
    ]);
    const { number, links } = numberAndLinks(partition);
    if (!number) throw new Refusal("not-found");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    part(plan, { number, links, patient, numbers }, record, reason, ports.clinic.timeZone, now);
    return { outcome: plan.result(record), plan };
  });
}
