import { type Act, requestBytes } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { folded, withConsents } from "../consent.ts";
import { sha256 } from "../digest.ts";
import { type ConsentItem, keys, type PatientItem } from "../items.ts";
import { patientOwing } from "../people.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { base32 } from "../ulid.ts";
import type { Recorded } from "./record-consent.ts";

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
export async function withdrawConsent(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  patientId: string,
  given: Withdrawal,
  act: Act,
): Promise<Recorded> {
  const id = `con_${base32(sha256(requestBytes({ patientId, withdrawal: given }))).slice(0, 26)}`;
  const key = keys.consent(patientId, given.at, id);
  return commit<Recorded>(ports, async () => {
    const [patient, known] = await Promise.all([ports.store.get<PatientItem>(keys.patient(patientId)), ports.store.get<ConsentItem>(key)]);
    if (!patient) throw new Refusal("not-found");
    if (known) return { outcome: { consent: known, known: true, code: undefined } };
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    const consent: ConsentItem = {
      ...key,
      id,
      decision: "withdrawn",
      purposes: purposesOf(ports.clinic, patient, given.purposes),
      method: given.method,
      agreedAt: given.at,
      recordedAt: now,
      ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
      by: act.who.id,
      ...(act.who.role ? { role: act.who.role } : {}),
      app: act.who.app,
      counted: true,
      ver: patient.ver + 1,
    };
    plan.put(consent);
    const patch = withConsents(patient, folded(patient.effective, consent), now, ports.clinic);
    plan.change(patient, { ...patch, ...patientOwing(patched(patient, patch), now) });
    plan.event(patient, `pat/${patientId}`, {
      type: "consent.withdrawn",
      patient: patientId,
      objects: consent.purposes.map((purpose) => ({ t: "purpose", id: purpose })),
      consent: id,
    });
    return { outcome: { consent, known: false, code: undefined }, plan };
  });
}

/** The purposes that a withdrawal names, or every one. @throws Refusal `invalid-request` for one that nobody knows */
export function purposesOf(
  clinic: Ports["clinic"],
  patient: PatientItem,
  named: readonly string[] | undefined,
  pointer = "/purposes",
): string[] {
  const pointers = (named ?? []).flatMap((purpose, at) =>
    clinic.purposes.some(({ id }) => id === purpose) || Object.hasOwn(patient.effective, purpose)
      ? []
      : [{ pointer: `${pointer}/${at}`, detail: "no such purpose" }],
  );
  if (pointers.length > 0) throw new Refusal("invalid-request", { pointers });
  return named ? [...named] : [...new Set([...clinic.purposes.map(({ id }) => id), ...Object.keys(patient.effective)])];
}
