import { clockOf, DAYS, minutesIn } from "./weeks.ts";
import { type Check, checkTwice, entriesOf } from "./written.ts";

/**
 * Each minute of the week, in local time, has somebody on call or stands under `unattended`, and never both: the answer to
 * an emergency says either that staff are told or that nobody reads, and must be true.
 */
export const cover: Check = ({ clinic }, say) => {
  const { draft } = clinic;
  checkTwice(draft?.onCall, clinic, ["onCall"], say);
  if (!draft?.onCall || !draft.unattended) return;
  for (const day of DAYS) {
    const people = entriesOf(draft.onCall).map(([, person]) => minutesIn(person.hours, day));
    const unattended = minutesIn(draft.unattended, day);
    const open = minutesIn(draft.hours, day);
    const covered = unattended.map((_, minute) => people.some((minutes) => minutes[minute]));
    const wrong = (minutes: readonly boolean[], says: string): void => {
      for (const range of rangesOf(minutes)) say(clinic, ["unattended", day], `${day} ${range}: ${says}`);
    };
    wrong(
      covered.map((is, minute) => !is && !unattended[minute]),
      "nobody is on call; name somebody under onCall, or add the time to unattended",
    );
    wrong(
      covered.map((is, minute) => is && unattended[minute] === true),
      "somebody is on call and it is unattended too; take it out of one of them",
    );
    wrong(
      open.map((is, minute) => is && unattended[minute] === true),
      "texts are read then, says hours, and nobody reads, says unattended; correct one",
    );
  }
};

/** The ranges of a day, "16:30-17:00", whose minutes are true. */
function rangesOf(minutes: readonly boolean[]): string[] {
  const ranges: string[] = [];
  let from: number | undefined;
  for (const [minute, is] of [...minutes, false].entries()) {
    if (is) from ??= minute;
    else if (from !== undefined) {
      ranges.push(`${clockOf(from)}-${clockOf(minute)}`);
      from = undefined;
    }
  }
  return ranges;
}
