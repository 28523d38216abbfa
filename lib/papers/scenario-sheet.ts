import type { Scenario } from "../../lambdas/core/clinic.ts";
import { origin, type Paper, plain, type Source, table } from "./paper.ts";

/** Past its day of review a scenario narrows: the gate refuses it, and the sheet says whom to ask. */
const isOverdue = (scenario: Scenario, today: string): boolean => scenario.review < today;

/** When the clinic texts and when it does not, on one sheet for the wall behind the desk. */
export function scenarioSheet(source: Source): Paper {
  const { clinic, today } = source;
  const purpose = (id: string): string => clinic.purposes.find((each) => each.id === id)?.name.en ?? id;
  const block = (scenario: Scenario): string => {
    const overdue = isOverdue(scenario, today);
    const { appropriate, notAppropriate } = scenario.examples;
    return [
      `### ${plain(scenario.name)}`,
      ...(overdue
        ? [`**Not reviewed since ${scenario.review}: ask the privacy officer before any text of this kind. The gateway refuses it.**`, ""]
        : []),
      `${plain(scenario.why)}`,
      "",
      `- **Instead of texting:** ${plain(scenario.instead)}`,
      ...(scenario.allowed
        ? [
            `- **Needs:** the patient's consent for “${plain(purpose(scenario.purpose))}”; a number of level ${scenario.numberLevel} or more${scenario.neutral ? "; fit for a shared phone" : "; never to a shared phone"}.`,
            `- **How:** ${scenario.freeText ? "staff may write the text; the gateway reads it first" : "from its template only"}; stale after ${scenario.staleAfterHours} hours.`,
          ]
        : []),
      `- **Risk:** ${scenario.risk.likelihood * scenario.risk.harm} of 9 (likelihood ${scenario.risk.likelihood} × harm ${scenario.risk.harm}). Owner: ${plain(scenario.owner)}. Review by ${scenario.review}.`,
      `- **${scenario.allowed ? "Belongs here" : "May be texted instead"}:** ${appropriate.map((text) => `“${plain(text)}”`).join(" · ")}`,
      `- **Never:** ${notAppropriate.map(({ text }) => `“${plain(text)}”`).join(" · ")}`,
      "",
    ].join("\n");
  };
  const allowed = clinic.scenarios.filter((scenario) => scenario.allowed);
  const refused = clinic.scenarios.filter((scenario) => !scenario.allowed);
  return {
    name: "scenario-sheet",
    title: "When we text, and when we do not",
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      "# When we text, and when we do not",
      "",
      "Before you text, decide why. If it is not documented, it did not happen. When in doubt, phone.",
      "",
      "## At a glance",
      "",
      table(
        ["What", "Text?", "Instead"],
        clinic.scenarios.map((scenario) => [
          plain(scenario.name),
          !scenario.allowed ? "never" : isOverdue(scenario, today) ? "ask the privacy officer" : "yes, with consent",
          plain(scenario.instead),
        ]),
      ),
      "",
      "## What we text",
      "",
      ...allowed.map(block),
      "## What we never text",
      "",
      ...refused.map(block),
    ].join("\n"),
  };
}
