import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Language } from "../../lambdas/core/clinic.ts";
import { localDate } from "../../lambdas/core/hours.ts";
import { accessReport } from "../../lib/papers/access.ts";
import { page } from "../../lib/papers/page.ts";
import { answersTo, questionNamed, records } from "../../lib/questions.ts";
import { clinicOf, otherClinic } from "../export/calendar.ts";
import { covers } from "../export/covers.ts";
import { openExport } from "../export/open.ts";

export interface AccessOptions {
  readonly patient: string;
  readonly out: string;
  readonly language?: string;
  readonly clinic?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Writes a patient's own report of who looked at their texts. @throws Error of a sentence or two */
export async function auditAccess(dir: string, { patient, out, language, clinic: folder, from, to }: AccessOptions): Promise<void> {
  const clinic = clinicOf(folder);
  const spoken = languageOf(language, clinic.languages);
  const opened = await openExport(dir, clinic);
  try {
    const known = await opened.ask("SELECT count(*) FROM events WHERE patient = $patient", { patient });
    if (known.rows[0]?.[0] === 0)
      throw new Error(`No event of this export is about ${patient}: is the id right, and the export the patient's?`);
    const question = questionNamed("who-read");
    const found = records(await opened.ask(question.sql, answersTo(question, { patient, from, to })));
    const whole = await covers(opened);
    const period = {
      from: from === undefined || from < whole.from ? whole.from : from,
      to: to === undefined || to > whole.to ? whole.to : to,
    };
    const source = { clinic, number: undefined, today: localDate(Date.now(), clinic.timeZone) };
    writeFileSync(resolve(out), page(accessReport(source, { patient, covers: period, readings: found }, spoken)));
    process.stdout.write(`${found.length} ${found.length === 1 ? "reading" : "readings"}, in ${resolve(out)}. Open it and print it.\n`);
    const other = await otherClinic(opened, clinic);
    if (other !== undefined) process.stderr.write(`${other}\n`);
  } finally {
    opened.close();
  }
}

/** @throws Error where the report is not written in it */
function languageOf(asked: string | undefined, languages: readonly Language[]): Language {
  const found = asked === undefined ? languages[0] : (["en", "fr"] as const).find((each) => each === asked);
  if (found === undefined) throw new Error("--language takes en or fr.");
  return found;
}
