import type { Check } from "./written.ts";

/** clinic.yaml: a front desk that is open, an id that AWS takes, a time zone that there is, and a second reader for each override. */
export const clinicFile: Check = ({ clinic, teams }, say) => {
  const { id, timeZone, frontDesk, overrideRoles, secondReaderRoles } = clinic.draft ?? {};
  if (frontDesk !== undefined && teams.draft?.teams) {
    const front = teams.draft.teams.find((team) => team?.id === frontDesk);
    if (!front || front.retired) say(clinic, ["frontDesk"], `frontDesk: ${frontDesk} is no open team of care-teams.yaml`);
  }
  // The id is part of the sign-in domain, where AWS does not take its own names.
  const [taken] = /aws|amazon|cognito/.exec(id ?? "") ?? [];
  if (taken) say(clinic, ["id"], `id: AWS does not let ${taken} stand in a domain; choose another id`);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    say(clinic, ["timeZone"], `timeZone: ${timeZone} is no time zone; write one such as America/Edmonton`);
  if ((overrideRoles ?? []).length > 0 && (secondReaderRoles ?? []).length === 0)
    say(
      clinic,
      ["overrideRoles"],
      "overrideRoles: nobody reads an override the next day; name who does under secondReaderRoles, or let nobody override",
    );
};

/** Whether there is such a time zone. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-CA", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
