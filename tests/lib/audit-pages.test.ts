import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { auditAccess } from "../../bin/commands/audit-access.ts";
import { auditMonth, gathered } from "../../bin/commands/audit-month.ts";
import { type Opened, openExport } from "../../bin/export/open.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { accessReport } from "../../lib/papers/access.ts";
import { monthPage } from "../../lib/papers/month.ts";
import { page } from "../../lib/papers/page.ts";
import { PATIENTS_GRADE } from "../../lib/papers/papers.ts";
import { readingLevel } from "../../lib/papers/reading-level.ts";
import { questionNamed, records } from "../../lib/questions.ts";
import { month } from "../support/trail-month.ts";

const clinic = loadClinic(fileURLToPath(new URL("../../clinic", import.meta.url)));
const source = { clinic, number: undefined, today: "2026-12-01" };
const dir = mkdtempSync(join(tmpdir(), "clinic-sms-pages-"));
const planted = month();
let opened: Opened;

beforeAll(async () => {
  planted.trail.write(dir);
  opened = await openExport(dir, clinic);
});
afterAll(() => {
  opened?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** What a command printed while it ran. */
async function said(run: () => Promise<void>): Promise<{ out: string; told: string }> {
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const all = (spy: typeof out): string => spy.mock.calls.map(([text]) => String(text)).join("");
  try {
    await run();
    return { out: all(out), told: all(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const VERIFIED = {
  exit: 4,
  result: "INTACT, 1 ALARM RECORDED",
  log: { origin: "audit.prairie-ridge/2026", size: 3932, root: "x" },
  findings: [{ kind: "alarm", step: "alarms", says: "a record was changed", index: 7 }],
  notProven: ["events after the last heads"],
};

describe("the privacy officer's page of a month", () => {
  test("what has to be looked at, each with its figure", async () => {
    const { markdown } = monthPage(source, await gathered(opened, "2026-11", undefined));
    for (const [count, what] of [
      ["3", "Claims, replies or resolutions without a view"],
      ["1", "Texts that left after an opt-out"],
      ["2", "Texts that left although nobody may text"],
      ["2", "Overrides and acknowledgements that no second person has read"],
      ["1", "Incidents that nobody has looked at"],
      ["4", "Texts that did not arrive, and nobody was told"],
      ["5", "Conversations whose texts are in no chart"],
      ["3", "People whose reading is unusual"],
    ])
      expect(markdown).toContain(`| ☐ | **${count}** | ${what}`);
    expect(markdown).toContain("| ☐ | **not verified** | Contradictions, gaps or alarms in the log itself");
    expect(markdown).toContain("**Not verified.**");
  });

  test("who read what, refusals in words, slow answers, incidents", async () => {
    const { markdown } = monthPage(source, await gathered(opened, "2026-11", undefined));
    expect(markdown).toContain(`| o.haddad | front-desk | 0 | ${planted.looked} | 0 | 0 | ${planted.looked / 2} | 0 |`);
    expect(markdown).toContain("| p.dubois | nurse | 65 | 0 | 0 | 1 | 40 | 0 |");
    expect(markdown).toContain("## Who read what (8 of 15)");
    expect(markdown).toContain("| consent-missing | 7 | 3 | The patient has not agreed to texts for this purpose. |");
    expect(markdown).toContain("| clinic-manager | 6 | 1 | 30 | 600 | 600 | 2 | 2 |");
    expect(markdown).toMatch(/\| 2026-11-19 \| incident\.opened \| inc\/inc\\_.*\| wrong-number \| the handset \| nobody \|/);
    expect(markdown).not.toContain(planted.read.patient);
    expect(markdown).not.toMatch(/pat\\?_/);
  });

  test("a month with nothing in it says so, and one that is not covered", async () => {
    const { markdown } = monthPage(source, await gathered(opened, "2023-05", undefined));
    expect(markdown).toContain("**No event of this month is in the export.**");
    expect(markdown.match(/☐/g)).toHaveLength(1);
    const late = { ...(await gathered(opened, "2026-11", VERIFIED)), covers: { from: "2026-11-12", to: "2026-11-30" } };
    expect(monthPage(source, late).markdown).toContain("The export begins after the first of the month.");
  });

  test("as a file, with what the verifier said; what is no verification is refused", async () => {
    const [out, verify] = [join(dir, "month.html"), join(dir, "verify.json")];
    writeFileSync(verify, JSON.stringify(VERIFIED));
    const told = await said(() => auditMonth(dir, { month: "2026-11", out, verify }));
    expect(told.out).toContain("November 2026: ");
    const html = readFileSync(out, "utf8");
    expect(html).toContain("<strong>Verified: INTACT, 1 ALARM RECORDED</strong> (exit 4)");
    expect(html).toContain("Not proven: events after the last heads.");
    expect(html).toMatch(/<strong>1<\/strong><\/td>\s*<td>Contradictions, gaps or alarms/);
    const clean = monthPage(source, { ...(await gathered(opened, "2026-11", { ...VERIFIED, exit: 0, findings: [] })) }).markdown;
    expect(clean).toContain("|  | 0 | Contradictions, gaps or alarms in the log itself");
    writeFileSync(join(dir, "manifest.json"), '{"id":"export-2"}');
    writeFileSync(verify, JSON.stringify({ ...VERIFIED, export: "export-1" }));
    await expect(auditMonth(dir, { month: "2026-11", out, verify })).rejects.toThrow("another export");
    writeFileSync(verify, '{"exit":"0"}');
    await expect(auditMonth(dir, { month: "2026-11", out, verify })).rejects.toThrow("is not what");
    await expect(auditMonth(dir, { month: "2026-13", out })).rejects.toThrow("takes a month");
  });
});

describe("a patient's own report", () => {
  const readings = async (patient: string) =>
    records(await opened.ask(questionNamed("who-read").sql, { patient, from: "2026-11-01", to: "2026-11-30" }));
  const covers = { from: "2026-11-01", to: "2026-11-30" };

  test.each(["en", "fr"] as const)(
    "in %s: readable after six years of school, with and without a reading, whatever was read",
    async (language) => {
      const all = await readings(planted.read.patient);
      for (const shown of [all, []]) {
        const { markdown } = accessReport(source, { patient: planted.read.patient, covers, readings: shown }, language);
        // Without the table: many short cells would hide a long sentence.
        const { grade, longest } = readingLevel(markdown.replace(/^\|.*$/gm, ""), language);
        expect([grade <= PATIENTS_GRADE, grade, longest]).toEqual([true, grade, longest]);
      }
    },
  );

  test("says who looked, at what and why, in words; whose phone it was; and what the list cannot show", async () => {
    const all = await readings(planted.read.patient);
    const english = accessReport(source, { patient: planted.read.patient, covers, readings: all }, "en").markdown;
    expect(english).toContain("**4 people looked, 4 times in all.**");
    expect(english).toContain("| 2026‑11‑03 | 10:05 | j.wong | front desk | your texts (before we knew) | your care |");
    expect(english).toContain("| s.ostrowski | privacy | what you agreed to |");
    expect(english).toContain("your texts (a shared phone)");
    expect(english).toContain("They could look in some other way.");
    expect(english).not.toContain(planted.relative.patient);
    const french = accessReport(source, { patient: planted.read.patient, covers, readings: all }, "fr").markdown;
    expect(french).toContain("**4 personnes ont regardé, 4 fois en tout.**");
    expect(french).toContain("vos textos (un téléphone partagé)");
    expect(accessReport(source, { patient: "pat_1", covers, readings: [] }, "en").markdown).toContain("**No one looked in this time.**");
  });

  test("as a file; a patient of whom the export knows nothing is refused, not reported as unread", async () => {
    const out = join(dir, "access.html");
    const told = await said(() =>
      auditAccess(dir, { patient: planted.read.patient, out, language: "fr", from: "2026-11-01", to: "2026-11-30" }),
    );
    expect(told.out).toContain("4 readings");
    expect(readFileSync(out, "utf8")).toContain('<html lang="fr-CA">');
    await expect(auditAccess(dir, { patient: "pat_01KE7E60000000000000000000", out })).rejects.toThrow("No event of this export is about");
    await expect(auditAccess(dir, { patient: planted.read.patient, out, language: "de" })).rejects.toThrow("en or fr");
  });

  test("nothing in an event becomes a script or a link", () => {
    const who = "<script>alert(1)</script>[x](javascript:y)";
    const readings = [{ ts: "2026-11-03T17:05:00.000Z", who, role: who, what: who, named: "this patient", purpose: who }];
    const html = page(accessReport(source, { patient: who, covers, readings }, "en"));
    expect(html).not.toContain("<script");
    expect(html).not.toMatch(/href="javascript/);
  });
});
