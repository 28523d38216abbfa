import type { Answer, TestStack } from "./stack.ts";

/** A patient with one mobile number and a consent to appointments. */
export interface Enrolled {
  readonly e164: string;
  /** The patient's id. */
  readonly patient: string;
  /** The patient's own id of the number. */
  readonly number: string;
}

/** Registers a patient as an EMR does. @throws Error where a step is not answered with success */
export async function enrol(clinic: TestStack, e164: string): Promise<Enrolled> {
  const must = async (asked: Promise<Answer>): Promise<Answer["body"]> => {
    const { status, body } = await asked;
    if (status >= 300) throw new Error(`enrolling was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const { id } = await must(
    clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: e164.slice(2) }], language: "en" }),
  );
  const number = await must(clinic.call("POST", `/v1/patients/${id}/numbers`, { e164, kind: "mobile", relationship: "self" }));
  await agree(clinic, { patient: id, number: number.id });
  return { e164, patient: id, number: number.id };
}

/** Records that the patient agreed to texts about appointments, just now. */
export async function agree(clinic: TestStack, { patient, number }: Pick<Enrolled, "patient" | "number">): Promise<Answer> {
  return clinic.call("POST", `/v1/patients/${patient}/consents`, {
    decision: "granted",
    purposes: ["appointments"],
    number,
    wording: { id: "texting-basics", version: 1 },
    method: "phone",
    agreedAt: new Date(clinic.stack.clock.now()).toISOString(),
  });
}

/** The request for a reminder to this patient. */
export const reminder = (patient: string, more: object = {}): object => ({
  patient: { id: patient },
  scenario: "appointment-reminder",
  template: "reminder",
  params: { date: "2027-05-03", time: "10:00" },
  ...more,
});
