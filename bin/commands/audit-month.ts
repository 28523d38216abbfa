import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { localDate } from "../../lambdas/core/hours.ts";
import { type Month, monthName, monthPage, type Verified } from "../../lib/papers/month.ts";
import { page } from "../../lib/papers/page.ts";
import { answersTo, questionNamed, records } from "../../lib/questions.ts";
import { clinicOf, otherClinic } from "../export/calendar.ts";
import { covers } from "../export/covers.ts";
import { type Opened, openExport } from "../export/open.ts";

export interface MonthOptions {
  readonly month: string;
  readonly out: string;
  readonly clinic?: string;
  readonly verify?: string;
}

/** The questions that the page shows. */
const SHOWN = ["refusals", "opt-outs", "unseen", "unfiled", "second-readings", "unusual-reading", "slow-answers", "changes", "failed"];

/** Writes the privacy officer's page of a month. @throws Error of a sentence or two */
export async function auditMonth(dir: string, { month, out, clinic: folder, verify }: MonthOptions): Promise<void> {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new Error("--month takes a month, such as 2026-11.");
  const clinic = clinicOf(folder);
  const verified = verify === undefined ? undefined : verification(verify, dir);
  const opened = await openExport(dir, clinic);
  try {
    const given = await gathered(opened, month, verified);
    const source = { clinic, number: undefined, today: localDate(Date.now(), clinic.timeZone) };
    writeFileSync(resolve(out), page(monthPage(source, given)));
    process.stdout.write(`${monthName(month)}: ${given.events} events, in ${resolve(out)}. Open it and print it.\n`);
    if (verified === undefined)
      process.stderr.write("The page says that nothing was verified: give --verify what `audit verify DIR --json` said.\n");
    const other = await otherClinic(opened, clinic);
    if (other !== undefined) process.stderr.write(`${other}\n`);
  } finally {
    opened.close();
  }
}

/** Everything that the page shows of a month. */
export async function gathered(opened: Opened, month: string, verified: Verified | undefined): Promise<Month> {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const period = { from: `${month}-01`, to: `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}` };
  const answers: Record<string, Record<string, string | number | boolean | null>[]> = {};
  for (const name of SHOWN) {
    const question = questionNamed(name);
    const used = Object.fromEntries(Object.entries(period).filter(([key]) => question.parameters.some((each) => each.name === key)));
    answers[name] = records(await opened.ask(question.sql, answersTo(question, used)));
  }
  const types = await opened.ask("SELECT type, count(*) AS many FROM events WHERE day BETWEEN $from AND $to GROUP BY type", period);
  const counts = Object.fromEntries(types.rows.map(([type, many]) => [String(type), Number(many)]));
  return {
    month,
    events: Object.values(counts).reduce((sum, many) => sum + many, 0),
    covers: await covers(opened),
    types: counts,
    readers: records(await opened.ask(READERS, period)),
    answers,
    verified,
  };
}

/** Who read what. */
const READERS = `
WITH readings AS (
  SELECT * FROM events
  WHERE act = 'R' AND type <> 'message.rehearsed' AND known_by IN ('token', 'asserted') AND day BETWEEN $from AND $to
),
open_then AS (
  SELECT DISTINCT r.id FROM readings r
  JOIN hours h ON h.kind = 'open' AND h.weekday = r.weekday AND r.minute >= h.opens AND r.minute < h.closes
  LEFT JOIN holidays f ON f.day = r.day
  WHERE f.day IS NULL
)
SELECT
  r.who, r.role, count(*) AS readings,
  sum(CASE WHEN r.type = 'content.viewed' THEN 1 ELSE 0 END) AS texts,
  sum(CASE WHEN r.type = 'patient.viewed' THEN 1 ELSE 0 END) AS records,
  sum(CASE WHEN r.type = 'consent.viewed' THEN 1 ELSE 0 END) AS consents,
  sum(CASE WHEN r.type = 'message.second-read' THEN 1 ELSE 0 END) AS second,
  count(DISTINCT r.patient) AS patients,
  sum(CASE WHEN o.id IS NULL THEN 1 ELSE 0 END) AS closed_hours
FROM readings r
LEFT JOIN open_then o ON o.id = r.id
GROUP BY r.who, r.role
ORDER BY readings DESC, r.who`;

/** What `audit verify --json` prints, as far as the page needs it. */
const verifiedSchema = z.object({
  exit: z.number().int(),
  result: z.string().max(400),
  export: z.string().max(200).optional(),
  log: z.object({ origin: z.string().max(200), size: z.number().int() }).optional(),
  findings: z.array(z.object({ kind: z.string().max(40), says: z.string().max(2000) })).optional(),
  notProven: z.array(z.string().max(2000)).optional(),
});

/** What a verification of this export said. @throws Error where it is none, or one of another export */
function verification(path: string, dir: string): Verified {
  const said = verifiedSchema.safeParse(jsonIn(path));
  if (!said.success) throw new Error(`${path} is not what \`clinic-sms audit verify DIR --json\` prints.`);
  const manifest = join(resolve(dir), "manifest.json");
  const id = existsSync(manifest) ? (jsonIn(manifest) as { id?: unknown }).id : undefined;
  if (id !== said.data.export) throw new Error(`${path} is of another export than ${resolve(dir)}: verify this one.`);
  return said.data as Verified;
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Error(`${path} cannot be read as JSON: give what \`clinic-sms audit verify DIR --json\` prints.`);
  }
}
