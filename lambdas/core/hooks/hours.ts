import { ALLOW, type Facts, type Hook, hold, refuse } from "../hook.ts";
import { opensAt } from "../hours.ts";
import { textingHoursAt } from "../rules.ts";

/** The patient's time zone where the EMR gave it, else the clinic's. A phone's area code says nothing about where its owner sleeps. */
export const zoneOf = ({ patient, clinic }: Pick<Facts, "patient" | "clinic">): string => patient?.zone ?? clinic.timeZone;

/** When the text would leave (ms): not before the caller's time, and in the hours in which texts may arrive; undefined for never. */
export function leavesAt(facts: Facts): number | undefined {
  const { clinic, kind, scenario, now, sendAt } = facts;
  const from = Math.max(now, sendAt ?? now);
  if (kind !== "consent" || scenario?.anyHour) return from;
  return opensAt(textingHoursAt(clinic, from).value, zoneOf(facts), [], from);
}

/**
 * Texts of the clinic's own arrive when the clinic and its packs say so, in the patient's own time. A text at another hour waits and
 * is never dropped. An answer to the patient, a service text and what the clinic marked as unable to wait pass.
 */
export const hours: Hook = {
  name: "hours",
  judge(facts) {
    const at = leavesAt(facts);
    if (at === undefined) return refuse("expires-while-held");
    return at > Math.max(facts.now, facts.sendAt ?? facts.now) ? hold(at, "outside-hours") : ALLOW;
  },
};
