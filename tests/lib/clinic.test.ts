import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { clinicSchema } from "../../lambdas/core/clinic.ts";
import { type Finding, loadClinic } from "../../lib/clinic.ts";
import { broken, copy, findingsOf, SHIPPED } from "./support/clinic-copy.ts";

test("the shipped decisions pass, as the functions will read them", () => {
  const clinic = loadClinic(SHIPPED);
  expect(clinicSchema.parse(clinic)).toEqual(clinic);
  expect(clinic).toMatchObject({ id: "prairie-ridge", fictitious: true, stage: "trial" });
});

test("without a word about it, a clinic is on trial", () => {
  const dir = copy();
  const file = join(dir, "clinic.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("stage: trial\n", ""));
  expect(loadClinic(dir).stage).toBe("trial");
});

test("the hash changes with any byte of any file, comments included, and with nothing else", () => {
  const dir = copy();
  const { hash } = loadClinic(dir);
  expect(loadClinic(SHIPPED).hash).toBe(hash);
  const files = [
    ...readdirSync(dir).filter((name) => name.endsWith(".yaml") && name !== "approval.yaml"),
    ...readdirSync(join(dir, "wordings")).map((name) => `wordings/${name}`),
  ];
  expect(files.length).toBeGreaterThan(6);
  const seen = new Set([hash]);
  for (const file of files) {
    const before = readFileSync(join(dir, file), "utf8");
    // As long as before, and of the same meaning: one byte of a comment, or of a wording's last sentence.
    writeFileSync(join(dir, file), file.endsWith(".md") ? before.replace(/[.?]\n$/, "!\n") : before.replace("# ", "#~"));
    seen.add(loadClinic(dir).hash);
    writeFileSync(join(dir, file), before);
  }
  expect(seen.size).toBe(files.length + 1);
  expect(loadClinic(dir).hash).toBe(hash);
});

// The last figure: how many lines from the change, where the finding points at the item that lacks something.
describe("what cannot stand is told with its file, its line and how to mend it:", () => {
  test.each([
    ["a member that does not exist", "clinic.yaml", "maxParts: 4", "maxPart: 4", "maxPart is no member here"],
    ["a value of the wrong kind", "clinic.yaml", "maxParts: 4", "maxParts: many", 'maxParts: write a number here, not "many"'],
    [
      "a front desk that is no team",
      "clinic.yaml",
      "frontDesk: front-desk",
      "frontDesk: reception",
      "frontDesk: reception is no open team",
    ],
    ["an id that AWS will not take", "clinic.yaml", "id: prairie-ridge", "id: paws-clinic", "id: AWS does not let aws stand in a domain"],
    ["a time zone that is none", "clinic.yaml", "timeZone: America/Edmonton", "timeZone: Alberta", "write one such as America/Edmonton"],
    ["a trial number in another form", "clinic.yaml", 'trialNumbers: ["+1403555*"', 'trialNumbers: ["403 555"', "write +14035550100"],
    ["an id that is none", "purposes.yaml", "id: appointments", "id: Appointments", "use lower-case letters, digits and dashes"],
    [
      "an escalation to nobody",
      "care-teams.yaml",
      "escalateTo: clinic-manager",
      "escalateTo: manager",
      "manager is no team; name one of front-desk,",
    ],
    [
      "an escalation to itself",
      "care-teams.yaml",
      "escalateTo: clinic-manager",
      "escalateTo: front-desk",
      "front-desk escalates to itself",
    ],
    ["an hour that ends before it starts", "care-teams.yaml", '"08:00-16:30"', '"16:30-08:00"', "write blocks in order"],
    ["an hour that there is not", "care-teams.yaml", '"08:00-16:30"', '"08:00-25:00"', 'write a block as "08:00-16:30"'],
    ["two teams of one name", "care-teams.yaml", "id: nurses", "id: front-desk", "front-desk stands twice"],
    ["two purposes of one name", "purposes.yaml", "id: recall", "id: appointments", "appointments stands twice"],
    ["two scenarios of one name", "scenarios.yaml", "id: directions", "id: scheduling", "scheduling stands twice"],
    [
      "a scenario for an unknown purpose",
      "scenarios.yaml",
      "purpose: recall",
      "purpose: recalls",
      "recalls is no purpose; name one of appointments,",
    ],
    ["a scenario without a word to send", "scenarios.yaml", "freeText: true", "freeText: false", "allows texts but has no template", -10],
    ["two templates of one name", "scenarios.yaml", "id: moved", "id: please-call", "please-call stands twice"],
    ["a language that is missing", "replies.yaml", /\n {4}fr: "\{clinic\} : vous ne[^\n]*/, "", "stop-confirmation.text.fr", -1],
    [
      "a reply that fills in what nobody knows",
      "replies.yaml",
      /en: "\{clinic\}: you can text/,
      'en: "{name}: you can text',
      "{name} is not filled in here",
    ],
    ["a reply that asks for an opt-out word", "replies.yaml", "Answer YES or NO.", "Reply END if not.", "asks the patient to answer END"],
    [
      "a wording for an unknown purpose",
      "wordings/texting-recall.v1.en.md",
      "purposes: [recall]",
      "purposes: [marketing]",
      "marketing is no purpose",
    ],
  ] as [string, string, string | RegExp, string, string, number?][])("%s", (_, file, from, to, says, further = 0) => {
    const { findings, line } = broken(file, from, to);
    const told = findings.find((finding) => finding.says.includes(says));
    expect(findings.map((finding) => finding.says)).toEqual(expect.arrayContaining([expect.stringContaining(says)]));
    expect(told?.file).toBe(file);
    expect((told?.line ?? 0) - line).toBe(further);
  });

  test("a purpose that patients are asked for in no wording in force", () => {
    const withdrawn = broken("wordings/texting-recall.v1.en.md", /^approved.*$/m, '$&\nwithdrawn: "2026-11-01"');
    const draft = broken("wordings/texting-recall.v1.en.md", /^approved.*$/m, "");
    const says = "nobody can agree to recall in English: no wording in force names it; write one under wordings/";
    const line = readFileSync(join(SHIPPED, "purposes.yaml"), "utf8").split("\n").indexOf("  - id: recall") + 1;
    expect(withdrawn.findings).toEqual([{ file: "purposes.yaml", line, says }]);
    expect(draft.findings).toEqual([
      {
        file: "wordings/texting-recall.v1.en.md",
        line: 4,
        says: "is used to ask for recall and nobody has approved it; have it approved, and write approved: { by, at }",
      },
    ]);
  });

  test("an escalation that comes back by way of a retired team", () => {
    const { findings } = broken("care-teams.yaml", "    claimMinutes: 60\n", "    retired: { into: front-desk }\n");
    expect(findings.map((finding) => finding.says)).toEqual([
      "clinic-manager is retired into front-desk itself; name another team, or nobody",
    ]);
  });

  test("a file that is not there", () => {
    const dir = copy();
    rmSync(join(dir, "scenarios.yaml"));
    expect(findingsOf(dir)).toEqual([
      { file: "scenarios.yaml", line: 1, says: "the file is missing; copy it from the clinic/ directory that ships with the gateway" },
    ]);
  });

  test("a file with nothing in it", () => {
    const dir = copy();
    writeFileSync(join(dir, "clinic.yaml"), "");
    writeFileSync(join(dir, "wordings/texting-recall.v1.en.md"), "\n");
    const empty = "the file is empty; start from the one that ships with the gateway";
    expect(findingsOf(dir)).toEqual([
      { file: "clinic.yaml", line: 1, says: empty },
      { file: "wordings/texting-recall.v1.en.md", line: 1, says: empty },
    ]);
  });

  test("a directory that is not there", () => {
    const findings = findingsOf(join(tmpdir(), "no-such-clinic"));
    expect(findings.map((finding) => finding.file)).toEqual([
      "clinic.yaml",
      "care-teams.yaml",
      "purposes.yaml",
      "scenarios.yaml",
      "replies.yaml",
      "wordings/",
    ]);
  });

  test("YAML that cannot be read, at the line where reading stopped", () => {
    const { findings, line } = broken("clinic.yaml", "languages: [en, fr]", 'languages: [en, "fr]');
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]?.says).toMatch(/^not valid YAML: /);
    expect(findings[0]?.line).toBeGreaterThanOrEqual(line);
  });

  test("a member that stands twice", () => {
    const { findings, line } = broken("clinic.yaml", "maxParts: 4", "maxParts: 4\nmaxParts: 10");
    expect(findings).toEqual([{ file: "clinic.yaml", line: line + 1, says: "not valid YAML: Map keys must be unique" }]);
  });

  test("a wording without its first block", () => {
    const { findings } = broken("wordings/texting-recall.v1.en.md", /^---\n/, "");
    expect(findings.map(({ file, line }) => [file, line])).toEqual([["wordings/texting-recall.v1.en.md", 1]]);
    expect(findings[0]?.says).toContain("starts without a block");
  });

  test("a wording version that is used for two texts", () => {
    const dir = copy();
    cpSync(join(dir, "wordings/texting-recall.v1.en.md"), join(dir, "wordings/texting-recall.v2.en.md"));
    expect(findingsOf(dir)).toEqual([
      { file: "wordings/texting-recall.v2.en.md", line: 5, says: "texting-recall version 1 stands twice; a changed text is a new version" },
    ]);
  });

  test("no wording at all", () => {
    const dir = copy();
    rmSync(join(dir, "wordings"), { recursive: true });
    expect(findingsOf(dir)).toContainEqual({
      file: "wordings/",
      line: 1,
      says: "no wording is here; write what patients are told when they agree, one .md file each",
    });
  });

  test.each([
    ["nowhere", "retired: { into: night-desk }"],
    ["itself", "retired: { into: nurses }"],
  ])("a team retired into %s", (_, retired) => {
    const { findings } = broken("care-teams.yaml", "    answerWithin: 240", `    answerWithin: 240\n    ${retired}`);
    expect(findings).toMatchObject([{ file: "care-teams.yaml", says: "retired.into must lead to a team that is still open" }]);
  });

  test("two teams retired into each other", () => {
    const dir = copy();
    const file = join(dir, "care-teams.yaml");
    const text = readFileSync(file, "utf8")
      .replace("    answerWithin: 240", "    answerWithin: 240\n    retired: { into: clinic-manager }")
      .replace("    answerWithin: 60", "    answerWithin: 60\n    retired: { into: nurses }");
    writeFileSync(file, text);
    expect(findingsOf(dir).filter((finding) => finding.says.startsWith("retired.into"))).toHaveLength(2);
  });

  test("a front desk that has retired", () => {
    const { findings } = broken("care-teams.yaml", "    answerWithin: 120", "    answerWithin: 120\n    retired: { into: nurses }");
    expect(findings).toMatchObject([{ file: "clinic.yaml", says: "frontDesk: front-desk is no open team of care-teams.yaml" }]);
  });

  describe("a template", () => {
    const line = 'en: "{clinic}: we are on the second floor';
    const shown = (text: string): readonly Finding[] => broken("scenarios.yaml", line, text).findings;

    test.each([
      [
        "uses a parameter that it does not have",
        'en: "{clinic}: dear {name}, we are on the second floor',
        "{name} is no parameter of directions; add it to params",
      ],
      [
        "asks for CANCEL",
        'en: "{clinic}: reply CANCEL to cancel. We are on the second floor',
        "asks the patient to answer CANCEL, which opts out; ask for a call instead",
      ],
      [
        "asks for END in quotes",
        'en: "{clinic}: text “end” if not. We are on the second floor',
        "asks the patient to answer end, which opts out; ask for a call instead",
      ],
      [
        "is longer than the clinic allows",
        `en: "{clinic}: ${"very ".repeat(150)}far. We are on the second floor`,
        "needs 6 parts and the clinic allows 4; shorten it, or raise maxParts",
      ],
    ])("%s", (_, text, says) => {
      expect(shown(text)).toMatchObject([{ file: "scenarios.yaml", says }]);
    });

    test("may ask for STOP, which does what it says", () => {
      expect(shown('en: "{clinic}: reply STOP for no more texts. We are on the second floor')).toEqual([]);
    });

    test("has a parameter that a language does not use", () => {
      const { findings } = broken("scenarios.yaml", "à {time}. Pour changer", ". Pour changer");
      expect(findings).toMatchObject([{ says: "{time} is a parameter of reminder that this text does not use; remove it, or use it" }]);
    });

    test("may not give a parameter a name that is the clinic's", () => {
      const { findings } = broken("scenarios.yaml", "time: { type: time } }", "time: { type: time }, phone: { type: time } }");
      expect(findings.map((finding) => finding.says)).toContain("{phone} is always the clinic's own; give the parameter another name");
    });
  });
});

test("everything is told at once, one line each, ready to be clicked", () => {
  const dir = copy();
  rmSync(join(dir, "replies.yaml"));
  writeFileSync(join(dir, "purposes.yaml"), "purposes: []\n");
  expect(() => loadClinic(dir)).toThrow(
    [`${dir} cannot be used:`, "  purposes.yaml:1  purposes: holds 0; write at least 1", "  replies.yaml:1  the file is missing"].join(
      "\n",
    ),
  );
});

test("files with the line ends of Windows are read like any other", () => {
  const dir = copy();
  for (const name of readdirSync(join(dir, "wordings"))) {
    const file = join(dir, "wordings", name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
  }
  expect(loadClinic(dir).wordings.map((wording) => wording.text)).toEqual(loadClinic(SHIPPED).wordings.map((wording) => wording.text));
});
