/** The phone is not its patients': what ends, in one plan, whether the holder's own words said so or a person decided. */
import { openIncident } from "./incident.ts";
import type { LinkItem, NumberItem, PatientItem, PatientNumberItem } from "./items.ts";
import { levelFalls } from "./level.ts";
import { numberChain, numberOwing, stopped } from "./number.ts";
import { letGo } from "./people.ts";
import { type Patch, type Plan, patched } from "./plan.ts";

/** The word under which such a block stands on its number. */
export const WRONG_NUMBER = "wrong-number";

export interface Wrong {
  readonly number: NumberItem;
  /** Active ones. */
  readonly links: readonly LinkItem[];
  readonly patients: readonly PatientItem[];
  /** All numbers of those patients. */
  readonly numbers: readonly PatientNumberItem[];
}

/**
 * Plans that the number is nobody's any more and is blocked as by a STOP: its holder was told that no more texts come. Where it
 * had patients, an incident opens. The caller plans the number's own members (it may be new) with what is returned.
 * @param made `incident` its id, `cause` the text that said so, `at` the carrier's time of it, `now` ours (ms)
 */
export function endAsWrong(
  plan: Plan,
  { number, links, patients, numbers }: Wrong,
  timeZone: string,
  made: { incident: string; cause: string; at: number; now: number },
): Patch<NumberItem> {
  for (const patient of patients) {
    const theirs = numbers.filter((each) => each.PK === patient.PK);
    const record = theirs.find((each) => each.number === number.PK && !each.ended);
    letGo(plan, { links, patient, numbers: theirs }, record, "wrong", timeZone, made.now);
    plan.event(patient, `pat/${patient.id}`, {
      type: "patient.number-wrong",
      patient: patient.id,
      objects: [{ t: "number", id: number.id }],
    });
  }
  if (links.length > 0) openIncident(plan, number, links, { id: made.incident, cause: made.cause, now: made.now, until: made.now });
  const patch: Patch<NumberItem> = { ...stopped(number, made.at, WRONG_NUMBER, made.now), ...levelFalls(number, "wrong-number", made.now) };
  return { ...patch, ...numberOwing(patched(number, patch), made.now) };
}

/** Plans the event; call it once the number itself is planned. */
export function toldWrong(plan: Plan, before: NumberItem, after: NumberItem): void {
  plan.event(before, numberChain(before), { type: "number.opted-out", why: [WRONG_NUMBER], was: before.state, now: after.state });
}
