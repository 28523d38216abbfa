import type { Pack, Week } from "../../lambdas/core/clinic.ts";
import { type Ruled, type Rules, rulesAt, textingHoursAt } from "../../lambdas/core/rules.ts";
import { DAYS, isEver } from "./weeks.ts";
import type { Check } from "./written.ts";

/** Instants (ms) at which the packs differ: one on each day on which a rule comes or goes, and one before them all. */
const instantsOf = (packs: readonly Pack[]): number[] => [
  0,
  ...packs.flatMap(({ rules }) =>
    rules.flatMap(({ from, until }) => [from, until].flatMap((day) => (day ? Date.parse(`${day}T12:00:00Z`) : []))),
  ),
];

/** The strictest that the packs ever set, so that a template that passes today is not refused on the day a rule comes. */
export function limitsOf(packs: readonly Pack[]): Pick<Rules, "maxCharacters"> {
  const given = instantsOf(packs).flatMap((at) => rulesAt({ rules: [...packs], timeZone: "UTC" }, at).maxCharacters ?? []);
  const [strictest] = given.toSorted((a: Ruled<number>, b: Ruled<number>) => a.value - b.value);
  return strictest ? { maxCharacters: strictest } : {};
}

/** A pack's hours narrow the clinic's; they must leave some. */
export const packHours: Check = ({ clinic, packs }, say) => {
  const { textingHours } = clinic.draft ?? {};
  if (!textingHours || !isEver(textingHours)) return;
  const week: Week = Object.fromEntries(DAYS.map((day) => [day, (textingHours[day] ?? []).flatMap((block) => block ?? [])]));
  for (const at of instantsOf(packs)) {
    const { value, rules } = textingHoursAt({ rules: [...packs], timeZone: "UTC", textingHours: week }, at);
    if (isEver(value)) continue;
    say(clinic, ["textingHours"], `textingHours: ${rules.join(", ")} leaves no time in which a text may arrive; widen them`);
    return;
  }
};
