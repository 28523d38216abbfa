import { confirmConsents, denyConsents, restoreConsents } from "../confirmation.ts";
import type { NumberItem } from "../items.ts";
import { levelFalls } from "../level.ts";
import { numberChain } from "../number.ts";
import { became, deskTask, type Heard, type Hearing, nothing } from "./heard.ts";

/** Whether a question to this number is open at an instant of the carrier's (ms). */
export const hasQuestion = ({ question, state }: NumberItem, at: number): boolean =>
  question !== undefined && question.until >= at && state === "open";

/**
 * YES and NO answer the question that is open, and mean nothing without one. After a START, YES brings back what stood
 * before the STOP; asked about a consent, it confirms it and the phone, and NO takes both back.
 */
export function answer(hearing: Hearing, said: "yes" | "no"): Heard {
  const { plan, number, now } = hearing;
  if (!hasQuestion(number, hearing.at)) return nothing(hearing);
  const about = number.question?.kind ?? "start";
  // The level of the number moves with the answer: a text that was about to leave is decided again.
  const level = about === "start" ? {} : said === "no" ? levelFalls(number, "wrong-number", now) : { ver: number.ver + 1 };
  const heard = { number: became(hearing, { question: undefined, ...level }), tasks: [], replies: [], cancels: false };
  plan.event(number, numberChain(number), { type: "number.question-answered", why: [about], now: said });
  if (said === "no") {
    if (about === "consent") denyConsents(hearing);
    return { ...heard, tasks: [deskTask(hearing, "answered-no")] };
  }
  if (about === "consent" && confirmConsents(hearing)) return { ...heard, replies: ["consent-receipt"] };
  if (about === "start" && restoreConsents(hearing) > 0) return { ...heard, replies: ["consents-restored"] };
  return { ...heard, tasks: [deskTask(hearing, "question-unclear")] };
}
