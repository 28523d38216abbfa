import { stopped } from "../number.ts";
import { became, deskTask, type Heard, type Hearing, numberChain } from "./heard.ts";

/**
 * The number is opted out, known or not, whatever was before it; every patient on it is paused until staff have asked.
 * @param word the keyword or the rule that understood it
 */
export function stop(hearing: Hearing, word: string): Heard {
  const { plan, number, patients, at, now } = hearing;
  const after = became(hearing, stopped(number, at, word, now));
  plan.event(number, numberChain(number), {
    type: "number.opted-out",
    why: [`word-${word.replace(" ", "-")}`],
    was: number.state,
    now: after.state,
  });
  for (const patient of patients) {
    plan.change(patient, { paused: { at: now, number: number.PK }, ver: patient.ver + 1 });
    plan.event(patient, `pat/${patient.id}`, {
      type: "patient.paused",
      patient: patient.id,
      objects: [{ t: "number", id: number.id }],
    });
  }
  return {
    number: after,
    tasks: [deskTask(hearing, "opted-out")],
    replies: after.state === "stopped" ? ["stop-confirmation"] : [],
    cancels: true,
  };
}
