import { CODES } from "../../lambdas/core/codes.ts";
import type { Value } from "../questions.ts";
import { origin, type Paper, plain, type Source, table } from "./paper.ts";

export type Row = Readonly<Record<string, Value>>;

/** What a verification of the export said: `clinic-sms audit verify DIR --json`, as far as the page needs it. */
export interface Verified {
  readonly exit: number;
  readonly result: string;
  readonly export?: string;
  readonly log?: { readonly origin: string; readonly size: number };
  readonly findings?: readonly { readonly kind: string; readonly says: string }[];
  readonly notProven?: readonly string[];
}

/** What the page is made of: answers to the saved questions by their names, and what was counted besides. */
export interface Month {
  /** YYYY-MM */
  readonly month: string;
  /** Events of the month in the export, and the days that the export as a whole covers. */
  readonly events: number;
  readonly covers: { readonly from: string; readonly to: string };
  /** How often each type of event comes. */
  readonly types: Readonly<Record<string, number>>;
  /** Who read what: a row for each person. */
  readonly readers: readonly Row[];
  readonly answers: Readonly<Record<string, readonly Row[]>>;
  readonly verified: Verified | undefined;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const monthName = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;

/** Rows of a table, and of the list of people who read: so many of each fit on one sheet. The heading says what was cut. */
const MOST = 5;
const MOST_READERS = 8;

const cell = (value: Value | undefined): string => (value === null || value === undefined ? "" : plain(short(String(value))));

/** Long ids are cut in the middle, as `audit list` cuts them. */
const short = (id: string): string => id.replace(/([0-9A-Z]{26})/g, (whole) => `${whole.slice(0, 4)}…${whole.slice(-4)}`);

const hours = (value: Value | undefined): string => (typeof value === "number" ? `${value} h` : "");

type Columns = readonly (readonly [head: string, of: (row: Row) => string])[];

/** A heading and a table of rows; the heading says where rows are missing. */
function section(title: string, rows: readonly Row[], columns: Columns, most = MOST): string[] {
  const cut = rows.length > most ? ` (${most} of ${rows.length})` : "";
  if (rows.length === 0) return [`## ${title}`, "", "None.", ""];
  const shown = rows.slice(0, most).map((row) => columns.map(([, cellOf]) => cellOf(row)));
  return [
    `## ${title}${cut}`,
    "",
    table(
      columns.map(([head]) => head),
      shown,
    ),
    "",
  ];
}

const of =
  (name: string) =>
  (row: Row): string =>
    cell(row[name]);

/** What should be nothing, and the question that says more; undefined: nobody knows. */
function toLookAt({ answers, verified }: Month): [what: string, many: number | undefined, question: string][] {
  const rows = (name: string): readonly Row[] => answers[name] ?? [];
  const sum = (name: string, column: string): number => rows(name).reduce((total, row) => total + Number(row[column] ?? 0), 0);
  return [
    ["Contradictions, gaps or alarms in the log itself", verified && (verified.findings?.length ?? 0), "verify"],
    ["Claims, replies or resolutions without a view of the texts", rows("unseen").length, "unseen"],
    ["Texts that left after an opt-out", sum("opt-outs", "left_after"), "opt-outs"],
    ["Texts that left although nobody may text the patient", sum("changes", "left_meanwhile"), "changes"],
    [
      "Overrides and acknowledgements that no second person has read",
      rows("second-readings").filter(({ read_by }) => read_by === null).length,
      "second-readings",
    ],
    ["Incidents that nobody has looked at", rows("changes").filter((row) => row["looked_at_by"] === "nobody").length, "changes"],
    ["Texts that did not arrive, and nobody was told", rows("failed").filter(({ told }) => told === "nobody was told").length, "failed"],
    ["Conversations whose texts are in no chart", rows("unfiled").length, "unfiled"],
    ["People whose reading is unusual", rows("unusual-reading").length, "unusual-reading"],
  ];
}

function verification({ verified, covers, month }: Month): string {
  if (!verified)
    return "**Not verified.** This page is only as good as the export it was made from: run `audit verify DIR --json`, and give what it says with `--verify`.";
  const log = verified.log ? ` Log ${plain(verified.log.origin)}, ${verified.log.size} events.` : "";
  const open = (verified.notProven ?? []).slice(0, 3).map((each) => plain(each));
  const whole = covers.from <= `${month}-01`;
  return [
    `**Verified: ${plain(verified.result)}** (exit ${verified.exit}).${log}`,
    ...(open.length > 0 ? [`Not proven: ${open.join("; ")}.`] : []),
    ...(whole ? [] : ["The export begins after the first of the month."]),
  ].join(" ");
}

/** One page for the privacy officer: ids, codes and figures from the audit trail; no text, no number, no patient. */
export function monthPage(source: Source, given: Month): Paper {
  const { month, answers, types, readers, events, covers } = given;
  const rows = (name: string): readonly Row[] => answers[name] ?? [];
  const many = (...names: string[]): string => String(names.reduce((sum, name) => sum + (types[name] ?? 0), 0));
  const changes = rows("changes").filter(({ kind }) => kind === "incident" || kind === "no contact");
  const title = `Texting in ${monthName(month)}`;
  const slow = rows("slow-answers");
  return {
    name: `month-${month}`,
    title,
    language: "en",
    readers: "staff",
    layout: "sheet",
    footer: `${origin(source)} · events of ${covers.from} to ${covers.to} in the export`,
    markdown: [
      `# ${title}`,
      "",
      events === 0 ? "**No event of this month is in the export.**" : verification(given),
      "",
      "## To look at",
      "",
      table(
        ["", "How many", "What", "Seen, by whom, when"],
        toLookAt(given).map(([what, count, question]) => [
          count === 0 ? "" : "☐",
          count === 0 ? "0" : `**${count ?? "not verified"}**`,
          `${what} *(${question})*`,
          "",
        ]),
      ),
      "",
      "## Figures",
      "",
      table(
        ["Texts received", "resolved", "sent", "delivered", "refused", "Opt-outs", "Readings", "People who read"],
        [
          [
            many("text.received"),
            many("conversation.resolved"),
            many("message.claimed"),
            many("message.delivered"),
            many("message.refused"),
            many("number.opted-out"),
            String(readers.reduce((sum, row) => sum + Number(row["readings"] ?? 0), 0)),
            String(new Set(readers.map(({ who }) => who)).size),
          ],
        ],
      ),
      "",
      ...section(
        "Who read what",
        readers,
        [
          ["Who", of("who")],
          ["Role", of("role")],
          ["Texts", of("texts")],
          ["Records", of("records")],
          ["Consents", of("consents")],
          ["Second readings", of("second")],
          ["Patients", of("patients")],
          ["Closed hours", of("closed_hours")],
        ],
        MOST_READERS,
      ),
      ...section("Unusual reading", rows("unusual-reading"), [
        ["Who", of("who")],
        ["Role", of("role")],
        ["Readings", of("readings")],
        ["Colleagues' median", of("colleagues_median")],
        ["Opened, put back", (row) => `${cell(row["conversations"])}, ${cell(row["put_back"])}`],
        ["Why listed", of("finding")],
      ]),
      ...section("Refusals", rows("refusals"), [
        ["Reason", of("reason")],
        ["How often", of("refused")],
        ["Patients", of("patients")],
        ["In words", (row) => plain(CODES[row["reason"] as keyof typeof CODES]?.says ?? "")],
      ]),
      ...section("Overrides and acknowledgements", rows("second-readings"), [
        ["Day", of("day")],
        ["What", of("what")],
        ["Why", of("why")],
        ["Who", of("who")],
        ["Read by", of("read_by")],
        ["After", (row) => hours(row["hours_to_read"])],
        ["State", of("state")],
      ]),
      ...section("Slow answers", slow, [
        ["Team", of("team")],
        ["Waits", of("waits")],
        ["Unanswered", of("unanswered")],
        ["Median, minutes", of("median_minutes")],
        ["9 in 10 within", of("nine_in_ten_within")],
        ["Longest", of("longest_minutes")],
        ["Overdue", of("passed_on")],
        ["Claims lapsed", of("lapsed")],
      ]),
      ...section("Incidents and “no contact”", changes, [
        ["Day", of("day")],
        ["What", of("type")],
        ["Which", (row) => (row["kind"] === "incident" ? cell(row["about"]) : "")],
        ["Why", of("why")],
        ["Who", of("who")],
        ["Looked at by", of("looked_at_by")],
        ["Texts left meanwhile", of("left_meanwhile")],
      ]),
      "Every row: `clinic-sms audit ask DIR QUESTION --from DAY --to DAY`, with the names in brackets above.",
      "",
      "Privacy officer: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ Date: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
      "",
    ].join("\n"),
  };
}
