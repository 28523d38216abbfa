import type { Why } from "../audit-catalogue.ts";
import type { Code } from "../codes.ts";
import type { NumberItem, PatientItem } from "../items.ts";
import { numberChain, stopped } from "../number.ts";
import type { Plan } from "../plan.ts";
import { became, deskTask, type Heard, type Hearing } from "./heard.ts";

/**
 * The number is opted out, known or not, whatever was before it; every patient on it is paused until staff have asked.
 * @param word the keyword or the rule that understood it @param also what the text says besides, for staff to look at
 */
export function stop(hearing: Hearing, word: string, also: Code | undefined): Heard {
  const { plan, number, patients, at, now } = hearing;
  const after = became(hearing, stopped(number, at, word, now));
  optedOut(plan, number, after, [wordCode(word)]);
  for (const patient of patients) pausePatient(plan, patient, number, now);
  return {
    number: after,
    tasks: [deskTask(hearing, "opted-out", also)],
    replies: after.state === "stopped" ? ["stop-confirmation"] : [],
    cancels: true,
  };
}

/** The code of a keyword or rule. A pack's own word may hold anything: of that one, only the plain letters. */
function wordCode(word: string): Why {
  const plain =
    word
      .normalize("NFD")
      .toLowerCase()
      .match(/[a-z]{1,20}/g) ?? [];
  return `word-${plain.slice(0, 5).join("-") || "of-a-pack"}`;
}

/** Plans the event of an opt-out; the caller has planned the number as `stopped` makes it. */
export function optedOut(plan: Plan, before: NumberItem, after: NumberItem, why: readonly Why[]): void {
  plan.event(before, numberChain(before), { type: "number.opted-out", why, was: before.state, now: after.state });
}

/** Plans that the patient is texted on no number until staff have asked. */
export function pausePatient(plan: Plan, patient: PatientItem, number: NumberItem, now: number): void {
  plan.change(patient, { paused: { at: now, number: number.PK }, ver: patient.ver + 1 });
  plan.event(patient, `pat/${patient.id}`, {
    type: "patient.paused",
    patient: patient.id,
    objects: [{ t: "number", id: number.id }],
  });
}
