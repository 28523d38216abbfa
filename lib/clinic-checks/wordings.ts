import { names811, type StatementId, unsaid } from "./said.ts";
import { NO_811 } from "./templates.ts";
import { type Check, entriesOf, idsOf } from "./written.ts";

/** Who agrees has been told the limits of texting, its risks, the patient's own part in it, and the way out (CMPA: a consent is informed). */
const MUST = [
  "not-for-emergencies",
  "when-we-read",
  911,
  "who-can-read",
  "own-phone",
  "locked",
  "number-changes",
  "how-to-stop",
] as const satisfies readonly StatementId[];

/** wordings/: each tells the patient the limits of texting, and whatever patients are asked for can be agreed to in their language. */
export const wordings: Check = ({ wordings: files, purposes, scenarios, clinic }, say) => {
  const known = idsOf(purposes.draft?.purposes);
  const seen = new Set<string>();
  for (const file of files) {
    const { id, version, language, text, purposes: named, approved } = file.draft ?? {};
    for (const [index, purpose] of entriesOf(named))
      if (known && !known.includes(purpose)) say(file, ["purposes", index], `${purpose} is no purpose; name one of ${known.join(", ")}`);
    if (id !== undefined && version !== undefined) {
      if (seen.has(`${id}/${version}`)) say(file, ["version"], `${id} version ${version} stands twice; a changed text is a new version`);
      seen.add(`${id}/${version}`);
    }
    if (text === undefined || language === undefined) continue;
    for (const says of unsaid(text, language, MUST)) say(file, ["text"], says);
    if (names811(text) && clinic.draft && clinic.draft.afterHoursArrangement === undefined) say(file, ["text"], NO_811);
    if (approved?.at !== undefined && file.draft?.withdrawn !== undefined && file.draft.withdrawn < approved.at)
      say(file, ["withdrawn"], `is withdrawn before it was approved (${approved.at}); correct one of the days`);
  }

  // A purpose that scenarios need, in each language that the clinic speaks: agreed to by a wording in force, or by none.
  const needed = new Set(
    entriesOf(scenarios.draft?.scenarios).flatMap(([, { allowed, purpose }]) => (allowed && purpose ? [purpose] : [])),
  );
  if (files.some((file) => file.draft === undefined)) return;
  for (const [index, { id }] of entriesOf(purposes.draft?.purposes)) {
    if (id === undefined || !needed.has(id)) continue;
    for (const [, language] of entriesOf(clinic.draft?.languages)) {
      const about = files.filter(({ draft }) => draft?.language === language && draft.purposes?.includes(id) && !draft.withdrawn);
      if (about.some(({ draft }) => draft?.approved)) continue;
      for (const draft of about)
        say(draft, ["id"], `is used to ask for ${id} and nobody has approved it; have it approved, and write approved: { by, at }`);
      if (about.length === 0)
        say(
          purposes,
          ["purposes", index, "id"],
          `nobody can agree to ${id} in ${language === "en" ? "English" : "French"}: no wording in force names it; write one under wordings/`,
        );
    }
  }
};
