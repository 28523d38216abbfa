/**
 * Consent is a conversation that somebody had with the patient at a time; what arrives here is its record. An old grant
 * never beats a newer withdrawal, refusal or STOP, and a refusal counts whatever its date: so an EMR may post everything
 * again every night, and nothing re-opens.
 */
import { type Act, requestBytes } from "../audit.ts";
import { type Code, Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { expiryOf, folded, isApproved, withConsents } from "../consent.ts";
import { sha256 } from "../digest.ts";
import { localDate } from "../hours.ts";
import { type ConsentItem, type Discussion, keys, type NumberItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import { patientOwing } from "../people.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { base32 } from "../ulid.ts";

export interface ConsentGiven {
  /** `asked`: the patient has not answered yet. */
  readonly decision: "asked" | "granted" | "declined";
  readonly purposes: readonly string[];
  /** The patient's own id of the number. */
  readonly number: string;
  readonly wording: { readonly id: string; readonly version: number };
  readonly method: "in-person" | "phone" | "written" | "electronic";
  /** When the conversation took place (ms). */
  readonly agreedAt: number;
  readonly evidence?: string | undefined;
  readonly discussion?: Discussion | undefined;
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

const TYPES = { asked: "consent.asked", granted: "consent.granted", declined: "consent.declined" } as const;

/**
 * @throws Refusal `not-found`, `wording-unknown`, `purpose-not-in-wording`, `agreed-in-future`, `number-ended`, `busy`, and
 * `invalid-request` where the discussion names a question that the wording does not have
 */
export async function recordConsent(ports: Needs, patientId: string, given: ConsentGiven, act: Act): Promise<Recorded> {
  const { store, clinic, clock } = ports;
  const name = `${given.wording.id}/v${given.wording.version}`;
  const wording = clinic.wordings.find((each) => `${each.id}/v${each.version}` === name);
  if (!wording || !isApproved(clinic, name, localDate(given.agreedAt, clinic.timeZone))) {
    throw new Refusal("wording-unknown", { pointers: [{ pointer: "/wording", detail: "not an approved wording" }] });
  }
  if (!given.purposes.every((purpose) => wording.purposes.includes(purpose))) {
    throw new Refusal("purpose-not-in-wording", { pointers: [{ pointer: "/purposes", detail: "not covered by the wording" }] });
  }
  if (given.agreedAt > clock.now() + CLOCK_SKEW_MS)
    throw new Refusal("agreed-in-future", { pointers: [{ pointer: "/agreedAt", detail: "in the future" }] });
  const beyond = (given.discussion?.teachBack ?? []).flatMap(({ question }, at) =>
    question <= wording.teachBack.length
      ? []
      : [{ pointer: `/discussion/teachBack/${at}/question`, detail: `the wording has ${wording.teachBack.length}` }],
  );
  if (beyond.length > 0) throw new Refusal("invalid-request", { pointers: beyond });
  const id = `con_${base32(sha256(requestBytes({ patientId, given }))).slice(0, 26)}`;
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
    // So does the erasure of whoever had the number: what was agreed before is posted again every night.
    const stoppedAt = Math.max(number.stopAt ?? 0, patient.paused?.at ?? 0, number.erasedAt ?? 0);
    const counts = (purpose: string): boolean => {
      const held = patient.effective[purpose];
      if (given.decision === "declined") return true;
      // Having asked changes no answer.
      if (given.decision === "asked") return held === undefined || (held.status === "asked" && given.agreedAt >= held.agreedAt);
      if (given.agreedAt <= stoppedAt) return false;
      if (!held || held.status === "asked") return true;
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
      ver: patient.ver + 1,
      ...(granted ? { until: expiryOf(patientId, given.agreedAt, clinic) } : {}),
      ...(given.discussion === undefined ? {} : { discussion: given.discussion }),
      ...proxyOf(own),
    };
    plan.put(consent);
    const asked = granted && counted.length > 0 && patient.paused !== undefined && given.agreedAt > patient.paused.at;
    const patch = {
      ...withConsents(patient, folded(patient.effective, consent), now, clinic),
      ...(asked ? { paused: undefined } : {}),
    };
    plan.change(patient, consent.counted ? { ...patch, ...patientOwing(patched(patient, patch), now) } : {});
    plan.event(patient, `pat/${patientId}`, {
      type: consent.counted ? TYPES[given.decision] : "consent.not-counted",
      patient: patientId,
      why: consent.counted ? [] : ["agreed-before-withdrawal"],
      objects: given.purposes.map((purpose) => ({ t: "purpose", id: purpose })),
      consent: id,
    });
    // A STOP that commits first moves the epoch; then this is decided again, and the grant no longer counts.
    plan.check(number, [["epoch", "=", number.epoch]]);
    return { outcome: { consent, known: false, code: consent.counted ? undefined : ("agreed-before-withdrawal" as const) }, plan };
  });
}

/** Who spoke for the patient, where the number is a guardian's or a caregiver's. */
function proxyOf({ relationship, authority }: PatientNumberItem): Pick<ConsentItem, "proxy"> {
  if (relationship !== "guardian" && relationship !== "caregiver") return {};
  return { proxy: { relationship, ...(authority === undefined ? {} : { authority }) } };
}
