import { answersTo, QUESTIONS, type Question, questionNamed } from "../../lib/questions.ts";
import { clinicOf, otherClinic } from "../export/calendar.ts";
import { type Kind, type Opened, openExport } from "../export/open.ts";
import { printed } from "../export/print.ts";

export interface AskOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly clinic?: string;
  readonly only?: string;
  readonly from?: string;
  readonly to?: string;
  readonly patient?: string;
  readonly times?: string;
  readonly least?: string;
}

/**
 * Asks a saved question of an export; without one, lists those there are.
 * @throws Error of a sentence that says what to give instead
 */
export async function auditAsk(dir: string, name: string | undefined, options: AskOptions): Promise<void> {
  if (name === undefined) {
    process.stdout.write(questions());
    return;
  }
  const question = questionNamed(name);
  const { json, csv, clinic, only, ...given } = options;
  const values = answersTo(question, given);
  await answer(dir, { json, csv, clinic, only }, question.sql, values, question);
}

/** Asks an export with SQL of one's own. @throws Error that says what the engine says */
export async function auditSql(dir: string, sql: string, options: Omit<AskOptions, "from" | "to" | "patient">): Promise<void> {
  await answer(dir, options, sql, {}, undefined);
}

type Printing = { readonly [Name in "json" | "csv" | "clinic" | "only"]?: AskOptions[Name] | undefined };

async function answer(
  dir: string,
  { json, csv, clinic: folder, only }: Printing,
  sql: string,
  values: Readonly<Record<string, string>>,
  question: Question | undefined,
): Promise<void> {
  if (json && csv) throw new Error("Choose one of --json and --csv.");
  const clinic = clinicOf(folder);
  const opened = await openExport(dir, clinic, kindOf(only));
  try {
    const found = await opened.ask(sql, values);
    const form = json ? "json" : csv ? "csv" : "table";
    if (question && form === "table") process.stdout.write(`${question.title}\n${question.asks}\n\n`);
    process.stdout.write(printed(found, form));
    const said = [...remarks(opened, question), await otherClinic(opened, clinic)].filter((each) => each !== undefined);
    if (form === "table") process.stdout.write(`\n${found.rows.length === 1 ? "1 row" : `${found.rows.length} rows`}.\n`);
    for (const each of form === "table" ? said : said.slice(question?.note ? 1 : 0)) process.stderr.write(`${each}\n`);
  } finally {
    opened.close();
  }
}

const remarks = ({ stale }: Opened, question: Question | undefined): string[] => [
  ...(question?.note ? [question.note] : []),
  ...(stale
    ? ["The Parquet files were made of other events than these and were not read; `clinic-sms audit parquet DIR` makes them new."]
    : []),
];

/** @throws Error where it is neither */
function kindOf(only: string | undefined): Kind | undefined {
  if (only === undefined || only === "ndjson" || only === "parquet") return only;
  throw new Error("--only takes ndjson (the evidence) or parquet (what was derived from it).");
}

function questions(): string {
  const lines = QUESTIONS.flatMap(({ name, title, asks, parameters }) => [
    `${name}`,
    `    ${title}. ${asks}`,
    ...parameters.map((each) => {
      const otherwise =
        each.otherwise === undefined ? " (needed)" : /^\d{4}-/.test(each.otherwise) ? "" : ` (${each.otherwise} unless given)`;
      return `    --${each.name}  ${each.says}${otherwise}`;
    }),
    "",
  ]);
  return [
    `${QUESTIONS.length} questions to an export: clinic-sms audit ask DIR QUESTION [--name value …] [--json | --csv]`,
    "",
    ...lines,
    'Your own, in SQL: clinic-sms audit sql DIR "select type, count(*) from events group by type". docs/audit-questions.md lists the columns.',
    "",
  ].join("\n");
}
