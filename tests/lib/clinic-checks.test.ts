import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { alone, broken, change, copy, findingsOf, SHIPPED } from "./support/clinic-copy.ts";

describe("a queue leaves none of the four questions open:", () => {
  alone([
    [
      "who",
      "care-teams.yaml",
      /\n {4}who: The two[^\n]*/,
      "",
      "front-desk.who: is missing; write who receives a text: the people on duty, and who looks when they do not",
      -4,
    ],
    [
      "device",
      "care-teams.yaml",
      /device: The triage[^\n]*/,
      "device: To be decided.",
      "nurses.device: leaves open on what device it is read; a queue without an answer cannot be deployed",
    ],
    [
      "verified",
      "care-teams.yaml",
      /verified: Known[^\n]*/,
      "verified: À déterminer",
      "nurses.verified: leaves open how the sender is verified; a queue without an answer cannot be deployed",
    ],
    [
      "documented",
      "care-teams.yaml",
      /documented: Filed[^\n]*/,
      'documented: "???????"',
      "front-desk.documented: leaves open how it is documented; a queue without an answer cannot be deployed",
    ],
    [
      "and it is open at some time",
      "care-teams.yaml",
      /hours: \{ mon: \["08:00-17:00"\][^\n]*/,
      "hours: {}",
      "clinic-manager.hours: the team is never open; write when it reads, or retire it",
    ],
  ]);
});

describe("a scenario has", () => {
  alone([
    [
      "a purpose",
      "scenarios.yaml",
      "    purpose: recall\n",
      "",
      "recall.purpose: is missing; name a purpose of purposes.yaml, so that it is clear what the patient agreed to",
      -2,
    ],
    [
      "an owner",
      "scenarios.yaml",
      "    owner: Referral clerk\n",
      "",
      "referral-booked.owner: is missing; name who answers for this scenario",
      -3,
    ],
    [
      "an owner who is somebody",
      "scenarios.yaml",
      "owner: Referral clerk",
      "owner: to be decided",
      "referral-booked.owner: is put off; decide it before anything is sent",
    ],
    [
      "a review date",
      "scenarios.yaml",
      '    review: "2027-11-20"\n',
      "",
      'appointment-reminder.review: is missing; write the day by which it is looked at again, such as "2027-06-01"',
      -5,
    ],
    [
      "a review date that is a day",
      "scenarios.yaml",
      'review: "2027-11-20"',
      "review: next fall",
      'appointment-reminder.review: is "next fall"; write a day such as "2027-06-01"',
    ],
    [
      "a risk",
      "scenarios.yaml",
      "risk: { likelihood: 2, harm: 1 }",
      "risk: { likelihood: 4, harm: 1 }",
      "appointment-reminder.risk.likelihood: is 4; write 3 or less",
    ],
    [
      "a risk of two figures",
      "scenarios.yaml",
      "risk: { likelihood: 2, harm: 1 }",
      "risk: { likelihood: 2 }",
      "appointment-reminder.risk.harm: is missing; write 1 (a nuisance), 2 (a lasting embarrassment) or 3 (a patient may come to harm)",
    ],
    [
      "a sentence that says what to do instead",
      "scenarios.yaml",
      /\n {4}instead: Give the directions[^\n]*/,
      "",
      "directions.instead: is missing; write in a sentence what staff do instead",
      -8,
    ],
    [
      "two examples of what may be sent",
      "scenarios.yaml",
      '\n        - "The number 7 bus stops in front of our door."',
      "",
      "directions.examples.appropriate: holds 1; write at least two texts that may be sent",
      -1,
    ],
    [
      "two examples of what may not",
      "scenarios.yaml",
      /\n {8}- \{ text: "Oncology is on[^\n]*/,
      "",
      "directions.examples.notAppropriate: holds 1; write at least two texts that may not be sent, each with because: content, purpose, person or time",
      -1,
    ],
    [
      "two examples that differ",
      "scenarios.yaml",
      "The number 7 bus stops in front of our door.",
      "we are on the second floor at 100 Example Avenue; parking is behind the building.",
      'stands twice: "we are on the second floor at 100 Example Avenue; parking is behind the building."; write another example',
    ],
    [
      "no template where it is refused",
      "scenarios.yaml",
      /allowed: true\n {4}why: Asks the patient to call/,
      "allowed: false\n    why: Asks the patient to call",
      "recall is refused and has templates; take them out, or set allowed: true",
      6,
    ],
    [
      "no free text where it is refused",
      "scenarios.yaml",
      /allowed: true\n {4}why: Times are found/,
      "allowed: false\n    why: Times are found",
      "scheduling is refused and lets staff write; take freeText out, or set allowed: true",
      3,
    ],
  ]);

  test("an example that stands on one side only", () => {
    const { findings, line } = broken(
      "scenarios.yaml",
      "The number 7 bus stops in front of our door.",
      "Oncology is on the third floor, left of the elevator.",
    );
    expect(findings).toContainEqual({
      file: "scenarios.yaml",
      line: line + 3,
      says: 'stands on both sides: "Oncology is on the third floor, left of the elevator."; write another example',
    });
  });
});

describe("the riskier a scenario, the sooner it is looked at:", () => {
  const looked = (likelihood: number, harm: number, review: string): readonly string[] => {
    const dir = copy();
    change(
      dir,
      "scenarios.yaml",
      'review: "2027-11-20"\n    risk: { likelihood: 2, harm: 1 }',
      `review: "${review}"\n    risk: { likelihood: ${likelihood}, harm: ${harm} }`,
    );
    return findingsOf(dir).map((finding) => finding.says);
  };

  test.each([
    [1, 2, "2027-11-20", "2027-11-21", "12 months"],
    [2, 2, "2027-05-20", "2027-05-21", "6 months"],
    [2, 3, "2027-02-20", "2027-02-21", "3 months"],
    [3, 3, "2026-12-20", "2026-12-21", "month"],
  ])("a risk of %i × %i, reviewed on 2026-11-20, until %s, not until %s", (likelihood, harm, last, later, every) => {
    expect(looked(likelihood, harm, last)).toEqual([]);
    expect(looked(likelihood, harm, later)).toEqual([
      `appointment-reminder.review: a risk of ${likelihood} × ${harm} is looked at every ${every}; write a day that soon after 2026-11-20`,
    ]);
  });

  test("a review is after the last one", () => {
    expect(looked(1, 1, "2026-11-20")).toEqual([
      "appointment-reminder.review: is not after reviewed (2026-11-20); write when it is looked at next",
    ]);
  });

  test("what is refused sends nothing and is looked at once a year", () => {
    expect(readFileSync(join(SHIPPED, "scenarios.yaml"), "utf8")).toMatch(
      /review: "2027-11-20"\n {4}risk: \{ likelihood: 3, harm: 3 \}\n {4}allowed: false/,
    );
    const { findings } = broken(
      "scenarios.yaml",
      /review: "2027-11-20"(\n {4}risk: \{ likelihood: 3, harm: 3 \})/,
      'review: "2027-11-21"$1',
    );
    expect(findings.map((finding) => finding.says)).toEqual([
      "between-staff.review: a risk of 3 × 3 is looked at every 12 months; write a day that soon after 2026-11-20",
    ]);
  });
});

describe("each hour of the week has somebody on call or is unattended, and never both:", () => {
  alone([
    [
      "a gap in the evening",
      "clinic.yaml",
      'wed: ["00:00-08:00", "22:00-24:00"]',
      'wed: ["00:00-08:00", "22:30-24:00"]',
      "wed 22:00-22:30: nobody is on call; name somebody under onCall, or add the time to unattended",
    ],
    [
      "a gap before midnight",
      "clinic.yaml",
      'sun: ["00:00-24:00"]',
      'sun: ["00:00-23:59"]',
      "sun 23:59-24:00: nobody is on call; name somebody under onCall, or add the time to unattended",
    ],
    [
      "a whole day",
      "clinic.yaml",
      '    sat: ["00:00-24:00"],\n',
      "",
      "sat 00:00-24:00: nobody is on call; name somebody under onCall, or add the time to unattended",
      -7,
    ],
    [
      "both at once",
      "clinic.yaml",
      'fri: ["00:00-08:00", "22:00-24:00"]',
      'fri: ["00:00-08:00", "21:00-24:00"]',
      "fri 21:00-22:00: somebody is on call and it is unattended too; take it out of one of them",
    ],
  ]);

  test("an hour in which texts are read is not unattended", () => {
    const dir = copy();
    change(dir, "clinic.yaml", 'hours: { mon: ["08:00-16:30"]', 'hours: { mon: ["07:00-16:30"]');
    expect(findingsOf(dir).map((finding) => finding.says)).toEqual([
      "mon 07:00-08:00: texts are read then, says hours, and nobody reads, says unattended; correct one",
    ]);
  });

  test("nobody on call and nothing unattended: seven findings, one a day", () => {
    const dir = copy();
    change(dir, "clinic.yaml", /onCall:[\s\S]*?\nunattended:[\s\S]*?\n {2}\}\n/, "onCall: []\nunattended: {}\n");
    expect(findingsOf(dir)).toHaveLength(7);
  });
});

describe("weeks", () => {
  alone([
    [
      "end after they begin",
      "clinic.yaml",
      'textingHours:\n  {\n    mon: ["08:00-20:00"]',
      'textingHours:\n  {\n    mon: ["20:00-08:00"]',
      "textingHours.mon: write blocks in order, each from a time to a later one, up to 24:00",
      2,
    ],
    [
      "leave some time for texts",
      "clinic.yaml",
      /textingHours:\n {2}\{[\s\S]*?\n {2}\}/,
      "textingHours: {}",
      "textingHours: no text could ever leave; write when texts may arrive",
    ],
  ]);

  test("a pack leaves some of them", () => {
    const dir = copy();
    change(dir, "clinic.yaml", "packs: [ca-ab]", "packs: [ca-ab, us]");
    change(dir, "clinic.yaml", /textingHours:\n {2}\{[\s\S]*?\n {2}\}/, 'textingHours: { sun: ["21:00-23:00"] }');
    expect(findingsOf(dir).map((finding) => finding.says)).toContain(
      "textingHours: us/hours leaves no time in which a text may arrive; widen them",
    );
  });
});

describe("clinic.yaml", () => {
  alone([
    [
      "names no pack that there is not",
      "clinic.yaml",
      "packs: [ca-ab]",
      "packs: [ca-ab, ca-bc]",
      "ca-bc is no rule pack; name one of ca-ab, ca-on, us",
    ],
    [
      "has a second reader for every override",
      "clinic.yaml",
      "secondReaderRoles: [privacy-officer, clinic-manager]",
      "secondReaderRoles: []",
      "overrideRoles: nobody reads an override the next day; name who does under secondReaderRoles, or let nobody override",
      -1,
    ],
  ]);
});

describe("what looks like a decision and is read by nothing is told:", () => {
  test.each(["scenarios.yml", "holidays.yaml", "wordings/texting.v2.en.txt", "wordings/old/texting.v1.en.md"])("%s", (file) => {
    const dir = copy();
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), "a: 1\n");
    expect(findingsOf(dir)).toEqual([{ file, line: 1, says: "nothing reads this file; correct its name, or remove it" }]);
  });

  test("notes, settings and a repository's own files are no decisions", () => {
    const dir = copy();
    for (const file of ["README.md", "settings.sh", ".git/config.yaml", "node_modules/x/a.yaml"]) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), "a\n");
    }
    expect(findingsOf(dir)).toEqual([]);
  });
});
