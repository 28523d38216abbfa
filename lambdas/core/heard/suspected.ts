import { teamOrFrontDesk } from "../clinic.ts";
import type { Code } from "../codes.ts";
import { afterOneOpenDay } from "../hours.ts";
import type { Pause } from "../items.ts";
import { numberChain, startIsLater } from "../number.ts";
import type { OptOutIntent } from "../reading/opt-out.ts";
import { became, deskTask, type Heard, type Hearing, nothing } from "./heard.ts";

/** What staff are told of a text, by what it says beside or instead of an opt-out. */
export const INTENT_CODES: Readonly<Record<OptOutIntent, Code>> = {
  "wrong-number": "wrong-number-suspected",
  deceased: "deceased-suspected",
  "left-clinic": "left-suspected",
  channel: "channel-asked",
  "new-number": "new-number-given",
};

/**
 * The text may be an opt-out, or say that texts reach the wrong person: what would leave waits, nothing answers by itself, and
 * within one open day of the front desk a person decides. A number that has opted out, or whose holder texted START after this
 * text, has nothing to wait; there staff look only where the text says more.
 */
export function suspected(hearing: Hearing, intent: OptOutIntent | undefined): Heard {
  const { plan, clinic, number, at, now, id } = hearing;
  if (number.state !== "open" || startIsLater(number.startAt, at)) {
    const heard = nothing(hearing);
    return intent ? { ...heard, tasks: [deskTask(hearing, "look-closer", INTENT_CODES[intent])] } : heard;
  }
  const before = number.pause;
  const { hours } = teamOrFrontDesk(clinic, clinic.frontDesk);
  const known = intent ?? before?.intent;
  const after: Pause = {
    text: before && before.at > at ? before.text : id,
    at: Math.max(before?.at ?? 0, at),
    until: before?.until ?? afterOneOpenDay(hours, clinic.timeZone, clinic.holidays, now),
    ...(known ? { intent: known } : {}),
  };
  // No claim that was decided before this lands after it.
  const changed = became(hearing, { pause: after, releases: undefined, ver: number.ver + 1 });
  plan.event(number, numberChain(number), { type: "number.paused", why: [intent ? INTENT_CODES[intent] : "opt-out-suspected"] });
  const task = deskTask(hearing, "opt-out-suspected", intent ? INTENT_CODES[intent] : "opt-out-suspected");
  return { ...nothing({ ...hearing, isNew: false }), number: changed, tasks: [{ ...task, due: after.until }] };
}
