import type { Week } from "../../lambdas/core/clinic.ts";
import type { Draft, Read } from "./read.ts";
import { type Check, entriesOf, type Say } from "./written.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly (keyof Week)[];

/** Minutes of a local day: "16:30" is 990, "24:00" is 1440. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** "16:30" for 990. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** The minutes of a day that lie in one of its blocks, each true at its place. */
export function minutesIn(week: Draft<Week> | undefined, day: keyof Week): boolean[] {
  const minutes = new Array<boolean>(1440).fill(false);
  for (const [, block] of entriesOf(week?.[day])) minutes.fill(true, minutesOf(block), minutesOf(block.slice(6)));
  return minutes;
}

/** Whether the week has any time at all. */
export const isEver = (week: Draft<Week> | undefined): boolean => DAYS.some((day) => (week?.[day] ?? []).length > 0);

/** Blocks of a day are in order, end after they begin and lie within the day. */
export function checkWeek(week: Draft<Week> | undefined, file: Read<unknown>, path: readonly PropertyKey[], say: Say): void {
  for (const day of DAYS) {
    const times = entriesOf(week?.[day]).flatMap(([, block]) => block.split("-").map(minutesOf));
    if (times.some((time, at) => time > 1440 || (at > 0 && time <= (times[at - 1] ?? 0))))
      say(file, [...path, day], `${String(path.at(-1))}.${day}: write blocks in order, each from a time to a later one, up to 24:00`);
  }
}

/** The weeks of clinic.yaml. */
export const weeks: Check = ({ clinic }, say) => {
  const { draft } = clinic;
  for (const name of ["hours", "textingHours", "unattended"] as const) checkWeek(draft?.[name], clinic, [name], say);
  for (const [index, person] of entriesOf(draft?.onCall)) checkWeek(person.hours, clinic, ["onCall", index, "hours"], say);
  if (draft?.hours && !isEver(draft.hours)) say(clinic, ["hours"], "hours: nobody ever reads a text; write when somebody does");
  if (draft?.textingHours && !isEver(draft.textingHours))
    say(clinic, ["textingHours"], "textingHours: no text could ever leave; write when texts may arrive");
};
