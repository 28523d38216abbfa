import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClinicError, loadClinic } from "../../lib/clinic.ts";
import { change, copy, findingsOf } from "./support/clinic-copy.ts";

describe("a file that is no ordinary text", () => {
  test("saved by an old editor: the line with the accent is named", () => {
    const dir = copy();
    const path = join(dir, "replies.yaml");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, Buffer.from(text, "latin1"));
    const line = text.slice(0, text.search(/[^ -~\n]/)).split("\n").length;
    expect(findingsOf(dir)).toContainEqual({
      file: "replies.yaml",
      line,
      says: "holds a character that is no UTF-8, as old editors write accents; save the file as UTF-8",
    });
  });

  test("with a mark of its byte order is read like any other", () => {
    const dir = copy();
    for (const file of ["clinic.yaml", "wordings/texting-recall.v1.en.md"]) {
      const path = join(dir, file);
      writeFileSync(path, `\uFEFF${readFileSync(path, "utf8")}`);
    }
    expect(findingsOf(dir)).toEqual([]);
  });

  test("a directory of that name", () => {
    const dir = copy();
    rmSync(join(dir, "purposes.yaml"));
    mkdirSync(join(dir, "purposes.yaml"));
    expect(findingsOf(dir)).toContainEqual({
      file: "purposes.yaml",
      line: 1,
      says: "the file cannot be read (EISDIR); make it an ordinary file that you may read",
    });
  });

  test("a link counts as the file that it leads to, in the hash too", () => {
    const dir = copy();
    const before = loadClinic(dir).hash;
    const elsewhere = join(copy(), "elsewhere.md");
    renameSync(join(dir, "wordings/texting-recall.v1.en.md"), elsewhere);
    symlinkSync(elsewhere, join(dir, "wordings/texting-recall.v1.en.md"));
    expect(loadClinic(dir).hash).toBe(before);
    writeFileSync(elsewhere, readFileSync(elsewhere, "utf8").replace("time to book", "time again to book"));
    expect(loadClinic(dir).hash).not.toBe(before);
  });

  test.each([
    ["a list", "- a\n- b\n", "holds no members; write them as `name: value`, one a line, as in the file that ships with the gateway"],
    [
      "a sentence",
      "We text patients.\n",
      "holds no members; write them as `name: value`, one a line, as in the file that ships with the gateway",
    ],
    [
      "notes only",
      "# nothing yet\n",
      "holds no members; write them as `name: value`, one a line, as in the file that ships with the gateway",
    ],
    ["two documents", "a: 1\n---\nb: 2\n", /^not valid YAML: Source contains multiple documents/],
    ["a tag that nobody knows", "purposes: !secret x\n", /^not valid YAML: Unresolved tag: !secret/],
    [
      "names that stand for names that stand for names",
      `a: &a [x, x, x, x, x, x, x, x, x]\n${["b", "c", "d", "e"].map((name, at) => `${name}: &${name} [${"*abcd"[0]}${"abcd"[at]}${`, *${"abcd"[at]}`.repeat(8)}]`).join("\n")}\n`,
      /^not valid YAML: Excessive alias count/,
    ],
  ])("%s", (_, text, says) => {
    const dir = copy();
    writeFileSync(join(dir, "purposes.yaml"), text);
    const told = findingsOf(dir).filter((finding) => finding.file === "purposes.yaml");
    expect(told.map((finding) => finding.says)).toContainEqual(typeof says === "string" ? says : expect.stringMatching(says));
  });
});

describe("members of a wrong kind are told in words:", () => {
  test.each([
    ["clinic.yaml", "stage: trial", "stage: pilot", 'stage: is "pilot"; write one of trial, live'],
    [
      "clinic.yaml",
      "alertEmail: on-call@prairie-ridge.example",
      "alertEmail: the manager",
      'alertEmail: is "the manager"; write an e-mail address',
    ],
    ["clinic.yaml", "maxParts: 4", "maxParts: 0", "maxParts: is 0; write 1 or more"],
    ["clinic.yaml", "consentMonths: 24", "consentMonths: 24.5", "consentMonths: write a whole number here, not 24.5"],
    ["clinic.yaml", "languages: [en, fr]", "languages: en, fr", 'languages: write a list here, not "en, fr"'],
    ["clinic.yaml", 'holidays: ["2026-12-25"', 'holidays: ["Christmas"', 'holidays #1: is "Christmas"; write a day such as "2027-06-01"'],
    [
      "clinic.yaml",
      "senderName: Prairie Ridge Clinic",
      `senderName: ${"Prairie ".repeat(5)}`,
      "senderName: has 39 characters; write at most 30",
    ],
    [
      "scenarios.yaml",
      "params: { date: { type: date }",
      "params: { date: { type: text }",
      'appointment-reminder.templates.reminder.params.date.type: is "text"; write date, time, provider, place or choice',
    ],
    [
      "scenarios.yaml",
      "because: person",
      "because: reasons",
      'appointment-reminder.examples.notAppropriate #3.because: is "reasons"; write one of content, purpose, person, time',
    ],
    ["care-teams.yaml", "answerWithin: 120", "answerWithin: two hours", 'front-desk.answerWithin: write a number here, not "two hours"'],
  ])("%s: %s", (file, from, to, says) => {
    const dir = copy();
    const line = change(dir, file, from, to);
    expect(findingsOf(dir)).toContainEqual({ file, line, says });
  });
});

const FILES = [
  "clinic.yaml",
  "care-teams.yaml",
  "purposes.yaml",
  "scenarios.yaml",
  "replies.yaml",
  "approval.yaml",
  "wordings/texting-basics.v1.en.md",
];

/** Something that a hand may do to a file by mistake. */
const slip = fc.oneof(
  fc.record({ kind: fc.constant("drop" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("double" as const), at: fc.nat() }),
  fc.record({
    kind: fc.constant("value" as const),
    at: fc.nat(),
    to: fc.constantFrom(
      "",
      "[]",
      "{}",
      "null",
      "true",
      "-1",
      "1e99",
      '"',
      "&a *a",
      "{ id: x }",
      "[[",
      "!!binary x",
      "<<",
      "\t",
      "\u0000",
      "é",
    ),
  }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), to: fc.string({ unit: "binary", maxLength: 8 }) }),
);

test("whatever is done to a file, the directory is read whole, or refused with lines that are there", () => {
  const dir = copy();
  const original = new Map(FILES.map((file) => [file, readFileSync(join(dir, file), "utf8")]));
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.array(slip, { minLength: 1, maxLength: 3 }), (file, slips) => {
      const text = slips.reduce(slipped, original.get(file) ?? "");
      writeFileSync(join(dir, file), text);
      try {
        expect(loadClinic(dir).id).toMatch(/^[a-z]/);
      } catch (error) {
        if (!(error instanceof ClinicError)) throw error;
        refused++;
        expect(error.findings.length).toBeGreaterThan(0);
        for (const finding of error.findings) {
          const { length } =
            existsSync(join(dir, finding.file)) && !finding.file.endsWith("/")
              ? readFileSync(join(dir, finding.file), "utf8").split("\n")
              : [""];
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.line).toBeLessThanOrEqual(length);
          expect(finding.says).not.toMatch(/undefined|\[object|NaN/);
        }
      } finally {
        writeFileSync(join(dir, file), original.get(file) ?? "");
      }
    }),
    { numRuns: 80, seed: 20261125 },
  );
  expect(refused).toBeGreaterThan(30);
}, 300_000);

function slipped(text: string, done: typeof slip extends fc.Arbitrary<infer Slip> ? Slip : never): string {
  const lines = text.split("\n");
  const line = done.at % lines.length;
  if (done.kind === "drop") return lines.toSpliced(line, 1).join("\n");
  if (done.kind === "double") return lines.toSpliced(line, 0, lines[line] ?? "").join("\n");
  if (done.kind === "cut") return text.slice(0, done.at % (text.length + 1));
  if (done.kind === "value") return lines.with(line, (lines[line] ?? "").replace(/:.*$/, `: ${done.to}`)).join("\n");
  const at = done.at % (text.length + 1);
  return text.slice(0, at) + done.to + text.slice(at);
}
