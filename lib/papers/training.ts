import { createHash } from "node:crypto";
import type { Scenario } from "../../lambdas/core/clinic.ts";
import { origin, type Paper, plain, type Source } from "./paper.ts";

interface Case {
  readonly scenario: Scenario;
  readonly text: string;
  readonly fits: boolean;
  readonly because: "content" | "purpose" | "person" | "time" | undefined;
}

const BECAUSE = {
  content: "It says something about health, or lets it be guessed.",
  purpose: "It is about something else than what the patient agreed to here.",
  person: "It may reach somebody else than the patient.",
  time: "It would come too late, or at the wrong time.",
} as const;

/** The scenarios' own examples in an order that gives no hint, the same at each printing. */
function cases({ clinic }: Source): Case[] {
  const all = clinic.scenarios.flatMap((scenario) => [
    ...scenario.examples.appropriate.map((text) => ({ scenario, text, fits: true, because: undefined })),
    ...scenario.examples.notAppropriate.map(({ text, because }) => ({ scenario, text, fits: false, because })),
  ]);
  const place = ({ scenario, text }: Case): string => createHash("sha256").update(`${scenario.id} ${text}`).digest("hex");
  return all.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Training cases, and the answers on a paper of their own. */
export function training(source: Source): Paper[] {
  const all = cases(source);
  const footer = origin(source);
  const questions = all.flatMap(({ scenario, text }, at) => [
    `### Case ${at + 1}`,
    "",
    `You are about: **${plain(scenario.name)}**. You want to write:`,
    "",
    `> ${plain(text)}`,
    "",
    "May this be texted? ☐ yes ☐ no. If not, why, and what do you do instead?",
    "",
  ]);
  const answers = all.flatMap(({ scenario, fits, because }, at) => {
    const verdict = fits
      ? scenario.allowed
        ? "**Yes**, with the patient's consent."
        : `**Yes**, but not as “${plain(scenario.name)}”: this says nothing of it.`
      : `**No.** ${because ? BECAUSE[because] : ""} Instead: ${plain(scenario.instead)}`;
    return [`${at + 1}. ${verdict}`];
  });
  return [
    {
      name: "training-cases",
      title: "Training cases",
      language: "en",
      readers: "staff",
      footer,
      markdown: [
        "# Training cases",
        "",
        "Real cases from our own scenarios. Decide each before you turn to the answers.",
        "",
        ...questions,
      ].join("\n"),
    },
    {
      name: "training-answers",
      title: "Training cases: the answers",
      language: "en",
      readers: "staff",
      footer,
      markdown: ["# Training cases: the answers", "", ...answers, ""].join("\n"),
    },
  ];
}
