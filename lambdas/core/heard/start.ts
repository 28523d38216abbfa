import { numberChain, QUESTION_MS, startIsLater } from "../number.ts";
import { became, type Heard, type Hearing } from "./heard.ts";

/** Only the handset lifts a block, by a START that is newer than the newest STOP; AWS's list, where it has the number, comes first. */
export function start(hearing: Hearing): Heard {
  const { plan, number, isNew, at, now, id } = hearing;
  const heard = { tasks: [], replies: [], cancels: false };
  const startAt = Math.max(number.startAt ?? 0, at);
  if (number.state !== "stopped" || !startIsLater(startAt, number.stopAt)) {
    const after = became(hearing, { startAt });
    if (!isNew) plan.event(number, numberChain(number), { type: "number.start-asked", was: number.state, now: after.state });
    return { ...heard, number: after };
  }
  if (number.listed !== "no") {
    const after = became(hearing, { startAt, liftAt: now });
    plan.event(number, numberChain(number), { type: "number.start-asked", was: number.state, now: after.state });
    return { ...heard, number: after };
  }
  const after = became(hearing, { startAt, state: "open", mirrorAt: undefined, question: { id, until: now + QUESTION_MS, kind: "start" } });
  plan.event(number, numberChain(number), { type: "number.opened", was: "stopped", now: "open" });
  return { ...heard, number: after, replies: ["start-question"] };
}
