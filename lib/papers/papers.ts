import { contactCard, downtime, poster, vcard } from "./desk.ts";
import { page } from "./page.ts";
import { type Paper, plain, type Source } from "./paper.ts";
import { patientPapers } from "./patients.ts";
import { procedures } from "./procedures.ts";
import { readingLevel } from "./reading-level.ts";
import { type Period, type ReviewEvent, reviewPack } from "./review-pack.ts";
import { scenarioSheet } from "./scenario-sheet.ts";
import { training } from "./training.ts";

/** Patients' papers are for whoever reads like an eleven-year-old: half of adults read health papers no better. */
export const PATIENTS_GRADE = 6;

/** Every paper of the clinic's decisions; the review pack too, where there are events to review. */
export const papers = (source: Source, review?: { period: Period; events: readonly ReviewEvent[] }): Paper[] => [
  scenarioSheet(source),
  ...procedures(source),
  ...patientPapers(source),
  ...training(source),
  poster(source),
  contactCard(source),
  downtime(source),
  ...(review ? [reviewPack(source, review.period, review.events)] : []),
];

export interface Printed {
  /** Name and content of each file. */
  readonly files: ReadonlyMap<string, string>;
  /** Patients' papers that ask for more years of school than they may, with the sentences to shorten. */
  readonly tooHard: readonly { readonly name: string; readonly grade: number; readonly longest: readonly string[] }[];
}

/** Each paper as Markdown and as HTML that prints as it stands, and the contact card as a vCard. */
export function printed(source: Source, made: readonly Paper[]): Printed {
  const files = new Map<string, string>([["contact-card.vcf", vcard(source)]]);
  const tooHard: { name: string; grade: number; longest: readonly string[] }[] = [];
  for (const paper of made) {
    files.set(`${paper.name}.md`, `${paper.markdown.trimEnd()}\n\n---\n\n${plain(paper.footer)}\n`);
    files.set(`${paper.name}.html`, page(paper));
    if (paper.readers !== "patients" || paper.layout) continue;
    const { grade, longest } = readingLevel(paper.markdown, paper.language);
    if (grade > PATIENTS_GRADE) tooHard.push({ name: paper.name, grade, longest });
  }
  return { files, tooHard };
}
