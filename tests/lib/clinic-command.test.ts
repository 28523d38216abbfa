import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { check } from "../../bin/commands/check.ts";
import { ClinicError, loadClinic } from "../../lib/clinic.ts";
import { synthesise } from "../../lib/synth.ts";
import { change, copy } from "./support/clinic-copy.ts";

const COMMAND = fileURLToPath(new URL("../../bin/clinic-sms.js", import.meta.url));

/** `clinic-sms ...` as a person runs it, from a directory that is none of the gateway's. */
function clinicSms(...args: readonly string[]): { status: number | null; out: string[]; told: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8", cwd: tmpdir() });
  return { status, out: stdout.trimEnd().split("\n"), told: stderr.trimEnd().split("\n") };
}

describe("clinic-sms check on a broken clinic prints the line that mends it, and no other:", () => {
  type Broken = [rule: string, file: string, from: string | RegExp, to: string, says: string, further?: number];
  test.each([
    [
      "a queue leaves a question open",
      "care-teams.yaml",
      /device: The triage[^\n]*/,
      "device: to be decided",
      "nurses.device: leaves open on what device it is read; a queue without an answer cannot be deployed",
    ],
    [
      "a scenario without an owner",
      "scenarios.yaml",
      "    owner: Referral clerk\n",
      "",
      "referral-booked.owner: is missing; name who answers for this scenario",
      -3,
    ],
    [
      "one example on a side",
      "scenarios.yaml",
      '\n        - "The number 7 bus stops in front of our door."',
      "",
      "directions.examples.appropriate: holds 1; write at least two texts that may be sent",
      -1,
    ],
    [
      "an example that contradicts its scenario",
      "scenarios.yaml",
      "We have faxed the form you left with us.",
      "Please text us your health card number for the form.",
      '"Please text us your health card number for the form." stands as appropriate but is not for a text (asks-identifier: health card number); reword it, or move it to notAppropriate',
    ],
    [
      "a template that asks for an opt-out word",
      "scenarios.yaml",
      "If it does not suit, call {phone}. Reply STOP for no more texts.",
      "Text back CANCEL if it does not suit. {phone}",
      "asks the patient to answer CANCEL, which opts out; ask for a call instead",
    ],
    [
      "a template without its French",
      "scenarios.yaml",
      /\n {10}fr: "\{clinic\} : nous sommes au[^\n]*/,
      "",
      "directions.templates.directions.text.fr: is missing; write the French text as well",
      -1,
    ],
    [
      "a wording that nobody approved",
      "wordings/texting-recall.v1.en.md",
      /^approved: .*\n/m,
      "",
      "is used to ask for recall and nobody has approved it; have it approved, and write approved: { by, at }",
      -4,
    ],
    [
      "an hour of the week without cover",
      "clinic.yaml",
      'wed: ["00:00-08:00", "22:00-24:00"]',
      'wed: ["00:00-08:00", "22:30-24:00"]',
      "wed 22:00-22:30: nobody is on call; name somebody under onCall, or add the time to unattended",
    ],
    [
      "811 named without an arrangement",
      "replies.yaml",
      "Do not wait for a text from us.",
      "Call 811 for advice.",
      "names 811, and clinic.yaml says nothing of it; write under afterHoursArrangement what was arranged, or leave 811 out",
    ],
    [
      "a riskier scenario that is reviewed too late",
      "scenarios.yaml",
      "risk: { likelihood: 3, harm: 1 }",
      "risk: { likelihood: 3, harm: 3 }",
      "patient-question.review: a risk of 3 × 3 is looked at every month; write a day that soon after 2026-11-20",
      -1,
    ],
  ] as Broken[])("%s", (_, file, from, to, says, further = 0) => {
    const dir = copy();
    const line = change(dir, file, from, to) + further;
    // What the command throws it prints, and nothing else: see below.
    expect(() => check(dir)).toThrow(new ClinicError(dir, [{ file, line, says }]));
  });
});

test("ten mistakes in six files are printed at once, in the order of files and lines, and the command fails", () => {
  const dir = copy();
  change(dir, "clinic.yaml", "maxParts: 4", "maxPart: 4");
  change(dir, "clinic.yaml", 'wed: ["00:00-08:00", "22:00-24:00"]', 'wed: ["00:00-08:00"]');
  change(dir, "care-teams.yaml", /\n {4}who: The two[^\n]*/, "");
  change(dir, "care-teams.yaml", "escalateTo: clinic-manager\n    who", "escalateTo: night-desk\n    who");
  change(dir, "purposes.yaml", ', fr: "Questions sur le déroulement d\'une visite"', "");
  change(dir, "scenarios.yaml", "    owner: Referral clerk\n", "");
  change(dir, "scenarios.yaml", "Reply STOP for no more texts.", "Reply QUIT.");
  change(dir, "replies.yaml", "nobody reads texts now. If this", "If this");
  change(dir, "wordings/texting-recall.v1.en.md", "purposes: [recall]", "purposes: [recalls]");
  const { status, told, out } = clinicSms("check", dir);
  expect(status).toBe(1);
  expect(out).toEqual([""]);
  expect(told[0]).toBe(`${dir} cannot be used:`);
  const files = told.slice(1).map((line) => line.trim().split(":")[0]);
  const order = ["clinic.yaml", "care-teams.yaml", "purposes.yaml", "scenarios.yaml", "replies.yaml", "wordings/texting-recall.v1.en.md"];
  expect([...new Set(files)]).toEqual(order);
  expect(told.slice(1).map((line) => line.replace(/^ +\S+ +/, ""))).toEqual(
    expect.arrayContaining([
      "the file: maxPart is no member here; correct its name or remove it",
      "maxParts: is missing; write a number",
      expect.stringContaining("wed 22:00-24:00: nobody is on call"),
      expect.stringContaining("front-desk.who: is missing"),
      expect.stringContaining("night-desk is no team"),
      "feedback.name.fr: is missing; write the French text as well",
      expect.stringContaining("referral-booked.owner: is missing"),
      expect.stringContaining("asks the patient to answer QUIT"),
      expect.stringContaining("emergency-unattended: does not say that nobody reads texts now"),
      expect.stringContaining("recalls is no purpose"),
    ]),
  );
});

describe("a directory outside the repository", () => {
  test("is checked by name, alone or with --clinic, and its hash is printed", () => {
    const dir = copy();
    change(dir, "clinic.yaml", "senderName: Prairie Ridge Clinic", "senderName: Aspen Road Clinic");
    const { status, out } = clinicSms("check", dir);
    expect(status).toBe(0);
    expect(out[0]).toBe("Aspen Road Clinic (prairie-ridge, fictitious): nothing to mend.");
    expect(out).toContain(`hash ${loadClinic(dir).hash}`);
    expect(clinicSms("check", "--clinic", dir).out).toEqual(out);
    expect(() => check(dir, { clinic: tmpdir() })).toThrow("name one directory, either alone or with --clinic");
  });

  test("is what -c clinic=DIR synthesises", () => {
    const dir = copy();
    change(dir, "clinic.yaml", "senderName: Prairie Ridge Clinic", "senderName: Aspen Road Clinic");
    const outdir = mkdtempSync(join(tmpdir(), "synth-"));
    try {
      const { settings } = synthesise({ outdir, context: { clinic: dir } });
      expect(settings.clinic).toMatchObject({ senderName: "Aspen Road Clinic", hash: loadClinic(dir).hash });
      expect(JSON.parse(readFileSync(join(outdir, "bundles/send-text/clinic.json"), "utf8"))).toEqual(settings.clinic);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  }, 300_000);

  test("that is broken is neither synthesised nor started", () => {
    const dir = copy();
    const at = change(dir, "clinic.yaml", "frontDesk: front-desk", "frontDesk: reception");
    const line = `  clinic.yaml:${at}  frontDesk: reception is no open team of care-teams.yaml`;
    expect(() => synthesise({ context: { clinic: dir } })).toThrow([`${dir} cannot be used:`, line].join("\n"));
    const { status, out, told } = clinicSms("start", "--clinic", dir, "--json", "--port", "0");
    expect(status).toBe(1);
    expect(out).toEqual([""]);
    expect(told).toEqual(expect.arrayContaining([`${dir} cannot be used:`, line]));
  });
});
