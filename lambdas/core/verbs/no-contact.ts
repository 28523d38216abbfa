/**
 * Nobody texts this patient, or this number: absolute, whatever the ground. Whoever serves the patient may say so at once;
 * who may see and lift it is the clinic's decision (`noContactRoles`). No other answer tells it from a number that is no
 * longer the patient's, so the answer to setting it does not say whether it was set before.
 */
import type { Act } from "../audit.ts";
import type { Clinic } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { keys, type LinkItem, type NoContact, type NumberItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";

export const NO_CONTACT_REASONS = ["patient-asked", "safety", "legal", "set-by-mistake", "no-longer-needed"] as const;
export type NoContactReason = (typeof NO_CONTACT_REASONS)[number];

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** @throws Refusal `role-not-allowed` */
function officerOnly(clinic: Clinic, act: Act): void {
  if (!clinic.noContactRoles.includes(act.who.role ?? "")) throw new Refusal("role-not-allowed");
}

/**
 * Sets it or lifts it, for the patient or for one of the patient's numbers (the patient's id of it). Repeating it changes
 * nothing but the trail. @throws Refusal `not-found`, `role-not-allowed` for lifting
 */
export async function setNoContact(
  ports: Needs,
  patientId: string,
  given: { readonly set: boolean; readonly reason: NoContactReason; readonly number?: string | undefined },
  act: Act,
): Promise<void> {
  if (!given.set) officerOnly(ports.clinic, act);
  await commit(ports, async () => {
    const { store } = ports;
    const [patient, numbers] = await Promise.all([
      store.get<PatientItem>(keys.patient(patientId)),
      store.query<PatientNumberItem>(keys.patient(patientId).PK, { prefix: "N#" }),
    ]);
    if (!patient) throw new Refusal("not-found");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    const mark = (held: NoContact | undefined): NoContact | undefined =>
      given.set ? (held ?? { at: now, by: act.who.id, reason: given.reason }) : undefined;

    if (given.number !== undefined) {
      const own = numbers.find((each) => each.id === given.number);
      const number = own && (await store.get<NumberItem>({ PK: own.number, SK: "N" }));
      if (!number) throw new Refusal("not-found", { pointers: [{ pointer: "/number", detail: "not a number of this patient" }] });
      plan.change(number, { noContact: mark(number.noContact), ver: number.ver + 1 });
      plan.event(number, `num/${number.id}`, {
        type: given.set ? "number.no-contact" : "number.contact-allowed",
        patient: patientId,
        why: [given.reason],
      });
      return { outcome: undefined, plan };
    }

    plan.change(patient, { noContact: mark(patient.noContact), ver: patient.ver + 1 });
    plan.event(patient, `pat/${patientId}`, {
      type: given.set ? "patient.no-contact" : "patient.contact-allowed",
      patient: patientId,
      why: [given.reason],
    });
    // Service texts look at the links; the number's revision makes whatever was about to leave be decided again.
    for (const PK of new Set(numbers.map((each) => each.number))) {
      plan.technical(keys.link(PK, patientId) as LinkItem, { noContact: given.set ? true : undefined }, [["PK", "exists"]]);
      plan.add({ PK, SK: "N" }, { ver: 1 });
    }
    return { outcome: undefined, plan };
  });
}

export interface NoContactFound {
  readonly patient: NoContact | undefined;
  readonly numbers: readonly { readonly id: string; readonly noContact: NoContact }[];
}

/** What stands, for the privacy officer; a view, and recorded first. @throws Refusal `not-found`, `role-not-allowed` */
export async function readNoContact(ports: Needs, patientId: string, act: Act): Promise<NoContactFound> {
  officerOnly(ports.clinic, act);
  const { store } = ports;
  const patient = await commit(ports, async () => {
    const found = await store.get<PatientItem>(keys.patient(patientId));
    if (!found) throw new Refusal("not-found");
    const plan = newPlan(ports, act, ports.clock.now());
    plan.change(found, {});
    plan.event(found, `pat/${patientId}`, { type: "patient.viewed", patient: patientId, why: ["no-contact"] });
    return { outcome: found, plan };
  });
  const numbers = await store.query<PatientNumberItem>(patient.PK, { prefix: "N#" });
  const found = await Promise.all(
    numbers.map(async ({ id, number }) => ({ id, noContact: (await store.get<NumberItem>({ PK: number, SK: "N" }))?.noContact })),
  );
  return { patient: patient.noContact, numbers: found.flatMap(({ id, noContact }) => (noContact ? [{ id, noContact }] : [])) };
}
