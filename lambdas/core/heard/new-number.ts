import { levelFalls } from "../level.ts";
import { numberChain } from "../number.ts";
import { became, deskTask, type Heard, type Hearing } from "./heard.ts";

/**
 * The patient says that another number is to be used. Nothing is taken from the text: staff verify by voice and register it.
 * Until then this one counts as on file only.
 */
export function newNumber(hearing: Hearing): Heard {
  const { plan, number, now } = hearing;
  const after = became(hearing, levelFalls(number, "new-number", now));
  plan.event(number, numberChain(number), { type: "number.reverify-asked", why: ["new-number-given"] });
  return { number: after, tasks: [deskTask(hearing, "new-number", "new-number-given")], replies: [], cancels: false };
}
