import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { localDate } from "../../lambdas/core/hours.ts";
import { isE164 } from "../../lambdas/core/number.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { papers as made, PATIENTS_GRADE, printed } from "../../lib/papers/papers.ts";
import type { ReviewEvent } from "../../lib/papers/review-pack.ts";
import { type AuditSource, auditEvents } from "../audit-events.ts";

export interface PapersOptions extends AuditSource {
  readonly out: string;
  readonly clinic?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Writes the clinic's papers into a folder, as Markdown and as HTML to print; with `--from` and `--to` the review pack too.
 * The exit code is 1 where a patients' paper is too hard to read: the files are written all the same.
 * @throws ClinicError, or a sentence that says what to give instead
 */
export async function papers({ out, clinic: dir, number, from, to, ...source }: PapersOptions): Promise<void> {
  if (number !== undefined && !isE164(number)) throw new Error("--number takes the clinic's texting number as +14035550100");
  if ((from === undefined) !== (to === undefined) || [from, to].some((day) => day !== undefined && !DAY.test(day)))
    throw new Error("--from and --to go together and take days, such as --from 2026-10-01 --to 2026-12-31");
  const clinic = loadClinic(dir === undefined ? fileURLToPath(new URL("../../clinic", import.meta.url)) : resolve(dir));
  const given = { clinic, number, today: localDate(Date.now(), clinic.timeZone) };
  const review =
    from !== undefined && to !== undefined
      ? {
          period: { from, to },
          events: (await eventsOf(source)).filter(({ ts }) => within(localDate(Date.parse(ts), clinic.timeZone), from, to)),
        }
      : undefined;
  const { files, tooHard } = printed(given, made(given, review));
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  process.stdout.write(
    [
      `${files.size} files in ${folder}, from decisions ${clinic.hash.slice(0, 12)}${clinic.fictitious ? " of a fictitious clinic" : ""}.`,
      "Open a .html file and print it; the .md file beside it says the same.",
      ...(number === undefined ? ["No --number: the papers leave a line to write the texting number on."] : []),
      ...(review ? [] : ["No --from and --to: no review pack."]),
      "",
    ].join("\n"),
  );
  for (const { name, grade, longest } of tooHard)
    process.stderr.write(
      `${name} reads like grade ${grade.toFixed(1)}, and patients' papers may ask for ${PATIENTS_GRADE}. Shorten in clinic/wordings/:\n${longest.map((each) => `  “${each}”\n`).join("")}`,
    );
  if (tooHard.length > 0) process.exitCode = 1;
}

const within = (day: string, from: string, to: string): boolean => from <= day && day <= to;

async function eventsOf(source: AuditSource): Promise<ReviewEvent[]> {
  const events: ReviewEvent[] = [];
  for await (const bytes of auditEvents(source)) events.push(JSON.parse(bytes) as ReviewEvent);
  return events;
}
