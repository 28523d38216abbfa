/**
 * Texts that a phone cannot be reached with. Three in a row and it is in doubt whose phone it is: a number that was given up is
 * given to somebody else within months. Counted where delivery events look anyway, on the conversation, so that a text that
 * arrives costs no further read.
 */
import type { Code } from "./codes.ts";
import type { ConversationItem, NumberItem } from "./items.ts";
import { levelFalls } from "./level.ts";
import { numberChain } from "./number.ts";
import type { Plan } from "./plan.ts";

/** What says something of the phone, and not of the text, the hour or our account. */
const BOUNCES: ReadonlySet<Code> = new Set<Code>(["carrier-unreachable", "carrier-invalid"]);
/** One or two are a phone that was off for a day. */
const TOO_MANY = 3;

/** How many texts in a row will not have arrived with this one; 0 where it says nothing of the phone. */
export const bouncesWith = (conversation: Pick<ConversationItem, "bounces"> | undefined, code: Code | undefined): number =>
  code !== undefined && BOUNCES.has(code) ? (conversation?.bounces ?? 0) + 1 : 0;

/** Whether it is so many that nothing more is texted there until somebody has made sure of the number. */
export const isTooMany = (bounces: number): boolean => bounces >= TOO_MANY;

/** Plans that the number is suspect. */
export function suspect(plan: Plan, number: NumberItem, now: number): void {
  plan.change(number, levelFalls(number, "bounced", now));
  plan.event(number, numberChain(number), { type: "number.bounced", why: ["number-suspect"] });
}
