import type { Clinic } from "../../lambdas/core/clinic.ts";
import { origin, type Paper, plain, type Source, table } from "./paper.ts";

/** What the review needs of an audit event; `clinic-sms papers` reads them from the audit table. */
export interface ReviewEvent {
  readonly ts: string;
  readonly chain: string;
  readonly type: string;
  readonly why?: readonly string[];
  readonly who: { readonly id: string; readonly role?: string };
  readonly now?: string;
  readonly pat?: string;
  readonly ent?: readonly { readonly t: string; readonly id: string }[];
}

export interface Period {
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
}

/** How often each name comes, most first. */
function counts(names: readonly string[]): [string, number][] {
  const many = new Map<string, number>();
  for (const name of names) many.set(name, (many.get(name) ?? 0) + 1);
  return [...many].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

const listed = (head: string, rows: readonly [string, number][]): string =>
  rows.length === 0
    ? "None in this period."
    : table(
        [head, "How often"],
        rows.map(([name, many]) => [plain(name), String(many)]),
      );

const conversationOf = (event: ReviewEvent): string | undefined =>
  event.chain.startsWith("conv/") ? event.chain.slice(5) : event.ent?.find(({ t }) => t === "conversation")?.id;

const scenarioOf = (event: ReviewEvent): string | undefined => event.ent?.find(({ t }) => t === "scenario")?.id;

/** The scenario of the last text that was accepted for a conversation before each opt-out in it: what patients stop after. */
function optOutsByScenario(events: readonly ReviewEvent[], clinic: Clinic): string[] {
  const last = new Map<string, string>();
  const stopped: string[] = [];
  for (const event of events) {
    const conversation = conversationOf(event);
    if (conversation === undefined) continue;
    const scenario = scenarioOf(event);
    if (scenario !== undefined && event.type === "message.accepted") last.set(conversation, scenario);
    if (event.type === "text.received" && event.why?.includes("word-stop")) {
      const after = last.get(conversation);
      stopped.push(after === undefined ? "no text from us before it" : (clinic.scenarios.find((each) => each.id === after)?.name ?? after));
    }
  }
  return stopped;
}

/** What to look at in a review, counted from the audit trail: codes and ids, never a text. */
export function reviewPack(source: Source, period: Period, all: readonly ReviewEvent[]): Paper {
  const { clinic, today } = source;
  const events = [...all].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const of = (...types: string[]): ReviewEvent[] => events.filter(({ type }) => types.includes(type));
  const codes = (found: readonly ReviewEvent[]): string[] => found.flatMap(({ why }) => why ?? []);
  const people = (found: readonly ReviewEvent[]): string[] => found.map(({ who }) => (who.role ? `${who.id} (${who.role})` : who.id));
  const refused = of("message.refused");
  const acknowledged = of("message.acknowledged");
  const overridden = of("message.overridden");
  const read = of("message.second-read");
  const unfiled = of("conversation.resolved").filter(({ why }) => why?.some((code) => code.startsWith("not-filed-")));
  const opened = of("incident.opened");
  const closed = of("incident.closed");
  const stillOpen = opened.filter(({ chain }) => !closed.some((each) => each.chain === chain));
  const overdue = clinic.scenarios.filter((scenario) => scenario.review < today);
  const figures: [string, number][] = [
    ["Texts received", of("text.received").length],
    ["Texts accepted", of("message.accepted").length],
    ["Texts delivered", of("message.delivered").length],
    ["Texts refused", refused.length],
    ["Opt-outs", of("number.opted-out").length],
    ["Texts that crossed a STOP", of("message.crossed").length],
    ["Answers whose fate nobody knows", of("message.unsettled").length],
  ];
  return {
    name: "review-pack",
    title: `Review of texting, ${period.from} to ${period.to}`,
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      `# Review of texting, ${period.from} to ${period.to}`,
      "",
      events.length === 0
        ? "**No event in this period.** Is the period right, and the table?"
        : `From ${events.length} audit events. The figures name codes and people who acted; no text and no patient.`,
      "",
      table(
        ["What", "How many"],
        figures.map(([name, many]) => [name, String(many)]),
      ),
      "",
      "## Refusals by reason",
      "",
      listed("Reason", counts(codes(refused))),
      "",
      "Again and again the same reason? Then a scenario, a consent conversation or a training is missing.",
      "",
      "## Acknowledgements",
      "",
      `${acknowledged.length} texts left although the gateway had a doubt about their content; a person acknowledged it, with a reason. ${read.length} were read by a second person.`,
      "",
      listed("Who", counts(people(acknowledged))),
      "",
      "## Overrides",
      "",
      `${overridden.length} texts left on a named person's judgement that not texting was the greater risk.`,
      "",
      listed("Who", counts(people(overridden))),
      "",
      "## Slow answers",
      "",
      listed(
        "What happened",
        counts(
          of("conversation.escalated", "conversation.overdue", "conversation.lapsed").map(({ type }) => type.slice("conversation.".length)),
        ),
      ),
      "",
      "## Opt-outs, by what we had texted before",
      "",
      listed("After", counts(optOutsByScenario(events, clinic))),
      "",
      "## Resolved without filing",
      "",
      listed("Why not filed", counts(unfiled.flatMap(({ why }) => (why ?? []).filter((code) => code.startsWith("not-filed-"))))),
      "",
      "## Incidents",
      "",
      `${opened.length} were opened in this period; ${stillOpen.length} of them are still open. ${closed.length} were closed:`,
      "",
      listed("With which outcome", counts(codes(closed))),
      "",
      listed("By whom", counts(people(closed))),
      "",
      "## Scenarios past their review",
      "",
      overdue.length === 0
        ? "None."
        : overdue.map(({ name, review, owner }) => `- ${plain(name)}: due ${review}, owner ${plain(owner)}`).join("\n"),
      "",
      "## Signed",
      "",
      "Custodian: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ Date: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ Decided: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
      "",
    ].join("\n"),
  };
}
