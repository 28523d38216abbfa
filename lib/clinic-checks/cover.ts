import type { Week } from "../../lambdas/core/clinic.ts";
import { clockOf, DAYS, holds } from "./weeks.ts";
import { type Check, checkTwice, entriesOf } from "./written.ts";

const DAY = 24 * 60;

/**
 * Each minute of the week, in local time, has somebody on call or stands under `unattended`, and never both: the answer to
 * an emergency says either that staff are told or that nobody reads, and must be true.
 */
export const cover: Check = ({ clinic }, say) => {
  const { draft } = clinic;
  checkTwice(draft?.onCall, clinic, ["onCall"], say);
  if (!draft?.onCall || !draft.unattended) return;
  const people = entriesOf(draft.onCall).map(([, person]) => person.hours);
  const isCovered = (day: keyof Week, minute: number): boolean => people.some((hours) => holds(hours, day, minute));
  const isUnattended = (day: keyof Week, minute: number): boolean => holds(draft.unattended, day, minute);
  for (const day of DAYS) {
    for (const range of rangesOf((minute) => !isCovered(day, minute) && !isUnattended(day, minute)))
      say(clinic, ["unattended", day], `${day} ${range}: nobody is on call; name somebody under onCall, or add the time to unattended`);
    for (const range of rangesOf((minute) => isCovered(day, minute) && isUnattended(day, minute)))
      say(clinic, ["unattended", day], `${day} ${range}: somebody is on call and it is unattended too; take it out of one of them`);
    for (const range of rangesOf((minute) => holds(draft.hours, day, minute) && isUnattended(day, minute)))
      say(clinic, ["unattended", day], `${day} ${range}: texts are read then, says hours, and nobody reads, says unattended; correct one`);
  }
};

/** The ranges of a day, "16:30-17:00", in which something is so. */
function rangesOf(isSo: (minute: number) => boolean): string[] {
  const ranges: string[] = [];
  let from: number | undefined;
  for (let minute = 0; minute <= DAY; minute++) {
    const now = minute < DAY && isSo(minute);
    if (now && from === undefined) from = minute;
    if (!now && from !== undefined) {
      ranges.push(`${clockOf(from)}-${clockOf(minute)}`);
      from = undefined;
    }
  }
  return ranges;
}
