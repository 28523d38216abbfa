import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { rulesAt } from "../../lambdas/core/rules.ts";
import { loadClinic } from "../../lib/clinic.ts";
import type { Source } from "../../lib/papers/paper.ts";
import { PATIENTS_GRADE, papers, printed } from "../../lib/papers/papers.ts";
import { readingLevel } from "../../lib/papers/reading-level.ts";
import { type ReviewEvent, reviewPack } from "../../lib/papers/review-pack.ts";

const clinic = loadClinic(fileURLToPath(new URL("../../clinic", import.meta.url)));
const source: Source = { clinic, number: "+15875550199", today: "2026-11-25" };
const made = papers(source);
const paper = (name: string) => made.find((each) => each.name === name)?.markdown ?? "";

describe("papers from the clinic's decisions", () => {
  test("patients' papers in both languages, in two sizes, and readable after six years of school", () => {
    const { files, tooHard } = printed(source, made);
    expect(tooHard).toEqual([]);
    for (const language of ["en", "fr"])
      for (const kind of ["handout", "authorization"])
        for (const size of ["", "-large"]) expect(files.has(`${kind}-${language}${size}.html`)).toBe(true);
    expect(files.get("handout-en-large.html")).toContain('class="large"');
  });

  test("the handout says what the wording in force says, and the form ticks nothing", () => {
    const wording = clinic.wordings.find((each) => each.id === "texting-basics");
    for (const section of wording?.text.split(/^(?=## )/m) ?? []) expect(paper("handout-en")).toContain(section.trim());
    expect(paper("handout-en")).toContain("587-555-0199");
    expect(paper("authorization-fr")).toContain("☐");
    expect(paper("authorization-fr")).not.toMatch(/[☑☒✓]/u);
    for (const { ask } of wording?.teachBack ?? []) expect(paper("authorization-en")).toContain(ask);
  });

  test("a wording that nobody approved, or that was withdrawn, is on no paper", () => {
    const drafts = clinic.wordings.map((each) => (each.id === "texting-basics" ? { ...each, approved: undefined } : each));
    const footer = papers({ ...source, clinic: { ...clinic, wordings: drafts as typeof clinic.wordings } }).find(
      (each) => each.name === "authorization-en",
    )?.footer;
    expect(footer).not.toContain("texting-basics/v1");
    expect(made.find((each) => each.name === "authorization-en")?.footer).toContain("texting-basics/v1");
  });

  test("every scenario stands on the sheet with what to do instead; past its review it narrows", () => {
    for (const scenario of clinic.scenarios) expect(paper("scenario-sheet")).toContain(scenario.instead.slice(0, 30));
    expect(paper("scenario-sheet")).not.toContain("ask the privacy officer before any text");
    const late = papers({ ...source, today: "2030-01-01" }).find((each) => each.name === "scenario-sheet")?.markdown ?? "";
    expect(late.split("ask the privacy officer before any text")).toHaveLength(clinic.scenarios.length + 1);
  });

  test("one procedure for each open team, each person on call and the privacy officer, with the four answers", () => {
    const names = made.map((each) => each.name).filter((name) => name.startsWith("procedure-"));
    expect(names).toEqual([
      ...clinic.teams.filter((team) => !team.retired).map((team) => `procedure-${team.id}`),
      ...clinic.onCall.map((person) => `procedure-on-call-${person.id}`),
      "procedure-privacy-officer",
    ]);
    const [team] = clinic.teams;
    for (const answer of [team?.who, team?.device, team?.verified, team?.documented])
      expect(paper(`procedure-${team?.id}`)).toContain(answer);
  });

  test.each(["handout", "authorization"])("%s says what the rules of the clinic's place have patients told", (name) => {
    const { notices } = rulesAt(clinic, Date.parse("2026-11-25T12:00:00Z"));
    expect(notices.length).toBeGreaterThan(1);
    for (const { text } of notices) {
      expect(paper(`${name}-en`)).toContain(`- ${text.en}\n`);
      expect(paper(`${name}-fr-large`)).toContain(`- ${text.fr}\n`);
    }
  });

  test("training cases come from the scenarios' own examples, and the answers follow their order", () => {
    const cases = clinic.scenarios.flatMap(({ examples }) => [...examples.appropriate, ...examples.notAppropriate]);
    expect(paper("training-cases").match(/^### Case/gm)).toHaveLength(cases.length);
    expect(paper("training-answers").match(/^\d+\. \*\*(?:Yes|No)/gm)).toHaveLength(cases.length);
    const first = /### Case 1\n\nYou are about: \*\*(.*?)\*\*.*?\n\n> (.*?)\n/s.exec(paper("training-cases"));
    const scenario = clinic.scenarios.find((each) => each.name === first?.[1]);
    const fits = scenario?.examples.appropriate.some((text) => text.replace(/\s+/g, " ") === first?.[2]);
    expect(paper("training-answers")).toContain(`1. **${fits ? "Yes" : "No"}`);
  });

  test("nothing in clinic/ becomes a script or a link of a paper", () => {
    const evil = "<script>alert(1)</script> [x](javascript:y)";
    const scenarios = clinic.scenarios.map((each) => ({ ...each, name: evil, instead: evil }));
    const { files } = printed(source, papers({ ...source, clinic: { ...clinic, senderName: evil, scenarios } }));
    for (const [name, content] of files) {
      if (!name.endsWith(".html")) continue;
      expect(content).not.toContain("<script");
      expect(content).not.toMatch(/href="javascript/);
    }
    expect(files.get("scenario-sheet.html")).toContain("&lt;script&gt;");
  });

  test("without a number the papers leave a line to write it on, and the card names no phone that does not exist", () => {
    const { files } = printed(source, papers({ ...source, number: undefined }));
    expect(files.get("poster.md")).toContain("____");
    expect(printed({ ...source, number: undefined }, []).files.get("contact-card.vcf")).not.toContain("CELL");
    expect(printed(source, []).files.get("contact-card.vcf")).toContain("TEL;TYPE=CELL,TEXT:+15875550199\r\n");
  });
});

test("a reading level grows with long words and long sentences, in both languages", () => {
  const easy = readingLevel("We text you. You can text us. Call us at any time.", "en");
  const hard = readingLevel(
    "Notwithstanding institutional considerations, electronic communication necessitates authorization by the individual.",
    "en",
  );
  expect(easy.grade).toBeLessThan(PATIENTS_GRADE);
  expect(hard.grade).toBeGreaterThan(12);
  expect(hard.longest[0]).toContain("Notwithstanding");
  const facile = readingLevel("Nous vous textons. Vous nous textez. Appelez-nous.", "fr");
  const difficile = readingLevel(
    "Nonobstant les considérations institutionnelles, la communication électronique nécessite une autorisation individuelle préalable.",
    "fr",
  );
  expect(facile.grade).toBeLessThan(difficile.grade);
  expect(difficile.grade).toBeGreaterThan(PATIENTS_GRADE);
});

describe("the review pack", () => {
  const event = (type: string, more: Partial<ReviewEvent> = {}): ReviewEvent => ({
    ts: "2026-11-02T10:00:00.000Z",
    chain: "msg/cnv_1.m1",
    type,
    who: { id: "dr.l", role: "physician" },
    ...more,
  });
  const period = { from: "2026-11-01", to: "2026-11-30" };
  const conversation = { t: "conversation", id: "cnv_1" };

  test("counts refusals, overrides, slow answers, opt-outs by scenario and what was not filed", () => {
    const { markdown } = reviewPack(source, period, [
      event("message.refused", { why: ["consent-missing", "hours-closed"] }),
      event("message.refused", { why: ["consent-missing"] }),
      event("message.overridden"),
      event("message.acknowledged", { who: { id: "m.t" } }),
      event("message.second-read"),
      event("conversation.escalated", { chain: "conv/cnv_1" }),
      event("message.accepted", { ts: "2026-11-03T10:00:00.000Z", ent: [conversation, { t: "scenario", id: "recall" }] }),
      event("text.received", { ts: "2026-11-04T10:00:00.000Z", chain: "conv/cnv_1", why: ["word-stop"] }),
      event("conversation.resolved", { chain: "conv/cnv_1", why: ["none-needed", "not-filed-spam"] }),
    ]);
    expect(markdown).toContain("| consent-missing | 2 |");
    expect(markdown).toContain("| dr.l (physician) | 1 |");
    expect(markdown).toContain("| m.t | 1 |");
    expect(markdown).toContain("| escalated | 1 |");
    expect(markdown).toContain(`| ${clinic.scenarios.find((each) => each.id === "recall")?.name} | 1 |`);
    expect(markdown).toContain("| not-filed-spam | 1 |");
    expect(markdown).toContain("| Texts refused | 2 |");
  });

  test("counts incidents: opened, still open, and with which outcome by whom", () => {
    const officer = { id: "p.o", role: "privacy-officer" };
    const { markdown } = reviewPack(source, period, [
      event("incident.opened", { chain: "inc/inc_1" }),
      event("incident.opened", { chain: "inc/inc_2" }),
      event("incident.viewed", { chain: "inc/inc_2", who: officer }),
      event("incident.closed", { ts: "2026-11-05T10:00:00.000Z", chain: "inc/inc_1", who: officer, why: ["no-notice-needed"] }),
      event("incident.closed", { ts: "2026-11-05T10:00:00.000Z", chain: "inc/inc_0", who: officer, why: ["no-notice-needed"] }),
    ]);
    expect(markdown).toContain("2 were opened in this period; 1 of them are still open. 2 were closed:");
    expect(markdown).toContain("| no-notice-needed | 2 |");
    expect(markdown).toContain("| p.o (privacy-officer) | 2 |");
  });

  test("an empty period says so", () => {
    expect(reviewPack(source, period, []).markdown).toContain("No event in this period");
  });
});
