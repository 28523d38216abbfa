/**
 * Consent is a conversation that somebody had with the patient at a time; what arrives here is its record. An old grant
 * never beats a newer withdrawal, refusal or STOP, and a withdrawal counts whatever its date: so an EMR may post
 * everything again every night, and nothing re-opens.
 */
import { type Act, canonical } from "../audit.ts";
import { type Code, Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { sha256 } from "../digest.ts";
import { localDate } from "../hours.ts";
import { type ConsentItem, type Effective, keys, type NumberItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { base32 } from "../ulid.ts";

export interface ConsentGiven {
  readonly decision: "granted" | "declined";
  readonly purposes: readonly string[];
  /** The patient's own id of the number. */
  readonly number: string;
  readonly wording: { readonly id: string; readonly version: number };
  readonly method: "in-person" | "phone" | "written" | "electronic";
  /** When the conversation took place (ms). */
  readonly agreedAt: number;
  readonly evidence?: string | undefined;
}

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** An EMR's clock may be a little ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

export interface Recorded {
  readonly consent: ConsentItem;
  /** Nothing new: the same record was posted before. */
  readonly known: boolean;
  /** Why it changed nothing, where it did not. */
  readonly code: Code | undefined;
}

/** @throws Refusal `not-found`, `wording-unknown`, `purpose-not-in-wording`, `agreed-in-future`, `number-ended`, `busy` */
export async function recordConsent(ports: Needs, patientId: string, given: ConsentGiven, act: Act): Promise<Recorded> {
  const { store, clinic, clock } = ports;
  const wording = clinic.wordings.find((each) => each.id === given.wording.id && each.version === given.wording.version);
  if (!wording || (wording.withdrawn !== undefined && wording.withdrawn <= localDate(given.agreedAt, clinic.timeZone))) {
    throw new Refusal("wording-unknown", { pointers: [{ pointer: "/wording", detail: "not an approved wording" }] });
  }
  if (!given.purposes.every((purpose) => wording.purposes.includes(purpose))) {
    throw new Refusal("purpose-not-in-wording", { pointers: [{ pointer: "/purposes", detail: "not covered by the wording" }] });
  }
  if (given.agreedAt > clock.now() + CLOCK_SKEW_MS)
    throw new Refusal("agreed-in-future", { pointers: [{ pointer: "/agreedAt", detail: "in the future" }] });
  const name = `${wording.id}/v${wording.version}`;
  const id = `con_${base32(sha256(canonical({ patientId, given }))).slice(0, 26)}`;
  const key = keys.consent(patientId, given.agreedAt, id);

  return commit<Recorded>(ports, async () => {
    const [patient, known, own] = await Promise.all([
      store.get<PatientItem>(keys.patient(patientId)),
      store.get<ConsentItem>(key),
      store.get<PatientNumberItem>(keys.patientNumber(patientId, given.number)),
    ]);
    if (!patient) throw new Refusal("not-found");
    if (known) return { outcome: { consent: known, known: true, code: known.counted ? undefined : ("agreed-before-withdrawal" as const) } };
    if (!own) throw new Refusal("not-found", { pointers: [{ pointer: "/number", detail: "not a number of this patient" }] });
    if (own.ended) throw new Refusal("number-ended", { pointers: [{ pointer: "/number", detail: "no longer this patient's" }] });
    const number = await store.get<NumberItem>({ PK: own.number, SK: "N" });
    if (!number) throw new Refusal("not-found");

    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const granted = given.decision === "granted";
    // A STOP's pause is one too: it counts on every number of the patient until somebody has asked.
    const stoppedAt = Math.max(number.stopAt ?? 0, patient.paused?.at ?? 0);
    const counts = (purpose: string): boolean => {
      const held = patient.effective[purpose];
      if (!granted) return true;
      if (given.agreedAt <= stoppedAt) return false;
      if (!held) return true;
      return held.status === "granted" ? given.agreedAt >= held.agreedAt : given.agreedAt > held.agreedAt;
    };
    const counted = given.purposes.filter(counts);
    const consent: ConsentItem = {
      ...key,
      id,
      decision: given.decision,
      purposes: counted.length > 0 ? counted : [...given.purposes],
      number: number.PK,
      numberId: own.id,
      wording: name,
      method: given.method,
      agreedAt: given.agreedAt,
      recordedAt: now,
      ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
      by: act.who.id,
      ...(act.who.role ? { role: act.who.role } : {}),
      app: act.who.app,
      counted: counted.length > 0,
      epoch: number.epoch,
    };
    plan.put(consent);
    const entry: Effective = {
      status: given.decision,
      number: number.PK,
      wording: name,
      agreedAt: given.agreedAt,
      epoch: number.epoch,
      record: id,
    };
    const effective =
      counted.length === 0
        ? patient.effective
        : { ...patient.effective, ...Object.fromEntries(counted.map((purpose) => [purpose, entry])) };
    const asked = granted && counted.length > 0 && patient.paused !== undefined && given.agreedAt > patient.paused.at;
    plan.change(patient, counted.length === 0 ? {} : { effective, ver: patient.ver + 1, ...(asked ? { paused: undefined } : {}) });
    plan.event(patient, `pat/${patientId}`, {
      type: counted.length === 0 ? "consent.not-counted" : granted ? "consent.granted" : "consent.declined",
      patient: patientId,
      why: counted.length === 0 ? ["agreed-before-withdrawal"] : [],
      objects: given.purposes.slice(0, 4).map((purpose) => ({ t: "purpose", id: purpose })),
      consent: id,
    });
    // A STOP that commits first moves the epoch; then this is decided again, and the grant no longer counts.
    plan.check(number, [["epoch", "=", number.epoch]]);
    return { outcome: { consent, known: false, code: counted.length === 0 ? ("agreed-before-withdrawal" as const) : undefined }, plan };
  });
}

export interface Withdrawal {
  /** Absent: all of them. */
  readonly purposes?: readonly string[] | undefined;
  readonly method: "in-person" | "phone" | "written" | "electronic" | "text";
  readonly at: number;
  readonly evidence?: string | undefined;
}

/**
 * A withdrawal counts whatever its date. Posting the same again changes nothing.
 * @throws Refusal `not-found`, `invalid-request` for a purpose that nobody knows: a slip of the pen must not pass for a withdrawal
 */
export async function withdrawConsent(ports: Needs, patientId: string, given: Withdrawal, act: Act): Promise<Recorded> {
  const id = `con_${base32(sha256(canonical({ patientId, withdrawal: given }))).slice(0, 26)}`;
  const key = keys.consent(patientId, given.at, id);
  return commit<Recorded>(ports, async () => {
    const [patient, known] = await Promise.all([ports.store.get<PatientItem>(keys.patient(patientId)), ports.store.get<ConsentItem>(key)]);
    if (!patient) throw new Refusal("not-found");
    if (known) return { outcome: { consent: known, known: true, code: undefined } };
    const pointers = (given.purposes ?? []).flatMap((purpose, at) =>
      ports.clinic.purposes.some(({ id: each }) => each === purpose) || Object.hasOwn(patient.effective, purpose)
        ? []
        : [{ pointer: `/purposes/${at}`, detail: "no such purpose" }],
    );
    if (pointers.length > 0) throw new Refusal("invalid-request", { pointers });
    const now = ports.clock.now();
    const purposes = given.purposes ? [...given.purposes] : ports.clinic.purposes.map((purpose) => purpose.id);
    const plan = newPlan(ports, act, now);
    const consent: ConsentItem = {
      ...key,
      id,
      decision: "withdrawn",
      purposes,
      method: given.method,
      agreedAt: given.at,
      recordedAt: now,
      ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
      by: act.who.id,
      ...(act.who.role ? { role: act.who.role } : {}),
      app: act.who.app,
      counted: true,
    };
    plan.put(consent);
    const effective = { ...patient.effective };
    for (const purpose of purposes) {
      const held = effective[purpose];
      // Dated now where it is older than the agreement it ends: what counts from here on is that it was said.
      const agreedAt = Math.max(given.at, held?.agreedAt ?? 0);
      effective[purpose] = {
        status: "withdrawn",
        number: held?.number ?? "",
        wording: held?.wording ?? "",
        agreedAt,
        epoch: held?.epoch ?? 0,
        record: id,
      };
    }
    plan.change(patient, { effective, ver: patient.ver + 1 });
    plan.event(patient, `pat/${patientId}`, {
      type: "consent.withdrawn",
      patient: patientId,
      objects: purposes.slice(0, 4).map((purpose) => ({ t: "purpose", id: purpose })),
      consent: id,
    });
    return { outcome: { consent, known: false, code: undefined }, plan };
  });
}
