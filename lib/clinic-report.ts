import type { Clinic, Week } from "../lambdas/core/clinic.ts";
import { rulesAt } from "../lambdas/core/rules.ts";
import { cost } from "./clinic-checks/cheaper.ts";
import { dearest, LANGUAGES, renderings } from "./clinic-checks/fill.ts";
import type { Finding } from "./clinic-checks/read.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly (keyof Week)[];

/**
 * What a clinic has decided, for a person to read on a screen.
 * @param today YYYY-MM-DD @returns lines without a last line end
 */
export function clinicReport(clinic: Clinic, advice: readonly Finding[], today: string): string {
  const { scenarios } = clinic;
  const [may, mayNot] = [scenarios.filter((each) => each.allowed), scenarios.filter((each) => !each.allowed)];
  const wide = Math.max(...scenarios.map((each) => each.id.length));
  return [
    `${clinic.senderName} (${clinic.id}${clinic.fictitious ? ", fictitious" : ""}): nothing to mend.`,
    "",
    `stage          ${clinic.stage === "live" ? "live" : `trial: texts leave only to ${clinic.trialNumbers.join(", ") || "nobody"}`}`,
    `reads texts    ${weekText(clinic.hours)}; ${clinic.timeZone}`,
    `texts arrive   ${weekText(clinic.textingHours)}`,
    ...clinic.onCall.map((person, index) => `${(index === 0 ? "on call" : "").padEnd(15)}${person.name}: ${weekText(person.hours)}`),
    `nobody reads   ${weekText(clinic.unattended)}`,
    `may override   ${clinic.overrideRoles.join(", ") || "nobody"}${clinic.overrideRoles.length > 0 ? `; read the next open day by ${clinic.secondReaderRoles.join(", ")}` : ""}`,
    `number lookup  ${clinic.numberLookup ? `at AWS, when a number is registered (${clinic.numberLookup.pia})` : "never"}`,
    ...rulesText(clinic, today),
    "",
    `care teams (${clinic.teams.length})`,
    ...clinic.teams.map(
      (team) =>
        `  ${team.id.padEnd(wide)}  ${team.retired ? `retired into ${team.retired.into}` : `answers within ${duration(team.answerWithin)}, then ${team.escalateTo ?? "somebody is paged"}`}`,
    ),
    "",
    `${`texts about (${may.length})`.padEnd(wide + 4)}purpose         level  risk   looked at by`,
    ...may.map(
      (each) =>
        `  ${each.id.padEnd(wide)}  ${each.purpose.padEnd(14)}  ${each.numberLevel}      ${each.risk.likelihood} × ${each.risk.harm}  ${each.review}${marks(each)}`,
    ),
    "",
    `does not text about (${mayNot.length})`,
    ...mayNot.map((each) => `  ${each.id.padEnd(wide)}  ${each.instead}`),
    "",
    "templates, as long as they can become",
    ...may.flatMap((scenario) =>
      scenario.templates.map((template) => {
        const prices = LANGUAGES.map((language) => `${language} ${cost(dearest(renderings(template, language, clinic)) ?? "")}`);
        return `  ${`${scenario.id}/${template.id}`.padEnd(wide + 20)}  ${prices.join("; ")}`;
      }),
    ),
    "",
    `consent wordings (${clinic.wordings.length})`,
    ...clinic.wordings.map(
      (each) =>
        `  ${`${each.id}/v${each.version}`.padEnd(wide + 2)}  ${each.language}  ${each.purposes.join(", ")}; ${each.withdrawn ? `withdrawn ${each.withdrawn}` : each.approved ? `approved ${each.approved.at}` : "a draft"}`,
    ),
    "",
    advice.length === 0 ? "advice: none" : `advice (${advice.length}); none of it stops a deployment`,
    ...advice.map(({ file, line, says }) => `  ${file}:${line}  ${says}`),
    "",
    `hash ${clinic.hash}`,
    clinic.approval && !clinic.approval.fictitious && clinic.approval.hash === clinic.hash
      ? `approved by ${clinic.approval.custodian} on ${clinic.approval.date}, ${clinic.approval.pia}`
      : "not approved yet: going live needs this hash in approval.yaml, with custodian, date and pia",
  ].join("\n");
}

function rulesText(clinic: Clinic, today: string): string[] {
  const rules = rulesAt(clinic, Date.parse(`${today}T12:00:00Z`));
  const said = [
    "STOP ends every text to the number",
    rules.hours && `texts arrive ${rules.hours.value}`,
    rules.maxCharacters && `at most ${rules.maxCharacters.value} characters`,
    rules.perDay && `${rules.perDay.value} a day`,
    rules.perWeek && `${rules.perWeek.value} a week`,
    rules.warnPerDay && `more than ${rules.warnPerDay.value} a day is said`,
    rules.revocationDays && `a withdrawal counts within ${rules.revocationDays.value} business days`,
    rules.retentionYears && `records are kept ${rules.retentionYears.value} years`,
  ].filter((each) => each !== undefined);
  return [
    `rules          ${clinic.rules.map((pack) => `${pack.id} (law as of ${pack.rules.map((rule) => rule.lawAsOf).toSorted()[0]})`).join(", ")}`,
    `               ${said.join("; ")}`,
  ];
}

const marks = (scenario: Clinic["scenarios"][number]): string =>
  (["freeText", "bulk", "neutral", "anyHour", "correction", "commercial"] as const)
    .filter((mark) => scenario[mark])
    .map(
      (mark) =>
        `  ${{ freeText: "free text", bulk: "in bulk", neutral: "neutral", anyHour: "at any hour", correction: "correction", commercial: "commercial" }[mark]}`,
    )
    .join("");

const duration = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} open h` : `${minutes} open min`);

/** "mon-wed 08:00-16:30, thu 08:00-19:00": days with the same blocks in a row stand together. */
function weekText(week: Week): string {
  const runs: { from: string; to: string; blocks: string }[] = [];
  for (const day of DAYS) {
    const blocks = (week[day] ?? []).join(" and ");
    const last = runs.at(-1);
    if (last?.blocks === blocks) last.to = day;
    else runs.push({ from: day, to: day, blocks });
  }
  const open = runs.filter((run) => run.blocks !== "");
  return open.map(({ from, to, blocks }) => `${from === to ? from : `${from}-${to}`} ${blocks}`).join(", ") || "never";
}
