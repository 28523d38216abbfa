import type { Clinic } from "../clinic.ts";
import { isShared } from "../hooks/number.ts";
import { localDate } from "../hours.ts";
import type { NumberItem, PatientItem } from "../items.ts";
import type { Plan } from "../plan.ts";
import { became, deskTask, type Heard, type Hearing, nothing, numberChain } from "./heard.ts";

/** Whether a question to this number is open at an instant of the carrier's (ms). */
export const hasQuestion = ({ question, state }: NumberItem, at: number): boolean =>
  question !== undefined && question.until >= at && state === "open";

/** YES and NO answer the question that is open, and mean nothing without one. */
export function answer(hearing: Hearing, said: "yes" | "no"): Heard {
  const { plan, number, links, patients, at, now, clinic } = hearing;
  if (!hasQuestion(number, at)) return nothing(hearing);
  const heard = { number: became(hearing, { question: undefined }), tasks: [], replies: [], cancels: false };
  plan.event(number, numberChain(number), { type: "number.question-answered", now: said });
  if (said === "no") return { ...heard, tasks: [deskTask(hearing, "answered-no")] };
  const [patient] = patients;
  const restored = links.length === 1 && !isShared(links) && patient ? restore(plan, patient, number, clinic, now) : 0;
  return restored > 0 ? { ...heard, replies: ["consents-restored"] } : { ...heard, tasks: [deskTask(hearing, "question-unclear")] };
}

/** Restores the consents that stood when the number was stopped and whose wording is still approved. @returns how many */
function restore(plan: Plan, patient: PatientItem, number: NumberItem, clinic: Clinic, now: number): number {
  const today = localDate(now, clinic.timeZone);
  const approved = (wording: string): boolean =>
    clinic.wordings.some((each) => `${each.id}/v${each.version}` === wording && (each.withdrawn === undefined || each.withdrawn > today));
  const stood = Object.entries(patient.effective).filter(
    ([, consent]) =>
      consent.status === "granted" &&
      consent.number === number.PK &&
      consent.epoch === number.stoodEpoch &&
      consent.epoch < number.epoch &&
      approved(consent.wording),
  );
  if (stood.length === 0 || patient.deceased !== undefined || patient.left !== undefined) return 0;
  const effective = { ...patient.effective };
  for (const [purpose, consent] of stood) effective[purpose] = { ...consent, epoch: number.epoch };
  const unpaused = patient.paused?.number === number.PK ? { paused: undefined } : {};
  plan.change(patient, { effective, ver: patient.ver + 1, ...unpaused });
  plan.event(patient, `pat/${patient.id}`, {
    type: "consent.restored",
    patient: patient.id,
    objects: stood.map(([purpose]) => ({ t: "purpose", id: purpose })),
  });
  return stood.length;
}
