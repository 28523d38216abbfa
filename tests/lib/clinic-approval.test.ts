import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadClinic } from "../../lib/clinic.ts";
import { change, copy, findingsOf } from "./support/clinic-copy.ts";

/** Every file of a directory that says whether it is fictitious. */
const spoken = (dir: string): string[] => [
  ...readdirSync(dir).filter((name) => name.endsWith(".yaml")),
  ...readdirSync(join(dir, "wordings")).map((name) => `wordings/${name}`),
];

/** A copy in which a clinic of its own stands, with no word of being fictitious. */
function own({ stage = "live" }: { stage?: "trial" | "live" } = {}): string {
  const dir = copy();
  for (const file of spoken(dir)) {
    const path = join(dir, file);
    const before = readFileSync(path, "utf8");
    expect(before, file).toMatch(/^fictitious: true$/m);
    writeFileSync(path, before.replace(/^fictitious: true$/m, "fictitious: false"));
  }
  change(dir, "clinic.yaml", "stage: trial", `stage: ${stage}`);
  return dir;
}

const approve = (dir: string, hash: string): void => void change(dir, "approval.yaml", /^hash: .*$/m, `hash: "${hash}"`);

/** The hash that has to be written, as the refusal itself says it. */
function hashToWrite(dir: string): string {
  const [finding, ...others] = findingsOf(dir);
  expect(others).toEqual([]);
  return /write hash: ([0-9a-f]{64})$/.exec(finding?.says ?? "")?.[1] ?? "";
}

test("every shipped file says that it is fictitious, and each is told when the clinic goes live", () => {
  const dir = copy();
  change(dir, "clinic.yaml", "stage: trial", "stage: live");
  const { length } = spoken(dir);
  const findings = findingsOf(dir).filter((finding) => finding.says.includes("fictitious"));
  expect(findings.map((finding) => finding.file).toSorted()).toEqual(spoken(dir).toSorted());
  expect(length).toBeGreaterThan(10);
  for (const { file, line } of findings) expect(readFileSync(join(dir, file), "utf8").split("\n")[line - 1], file).toBe("fictitious: true");
});

test("a clinic goes live when a custodian has approved exactly what stands there", () => {
  const dir = own();
  approve(dir, hashToWrite(dir));
  expect(loadClinic(dir)).toMatchObject({ stage: "live", fictitious: false, approval: { date: "2026-10-15" } });
  // A changed word is another directory.
  change(dir, "scenarios.yaml", "Patients forget;", "Patients do forget;");
  const line =
    readFileSync(join(dir, "approval.yaml"), "utf8")
      .split("\n")
      .findIndex((each) => each.startsWith("hash:")) + 1;
  const next = hashToWrite(dir);
  expect(findingsOf(dir)).toEqual([
    {
      file: "approval.yaml",
      line,
      says: `approves other decisions than these; have the custodian read what has changed, and write hash: ${next}`,
    },
  ]);
  approve(dir, next);
  expect(findingsOf(dir)).toEqual([]);
});

test("an approval does not change what it approves", () => {
  const dir = own();
  const hash = hashToWrite(dir);
  change(dir, "approval.yaml", /^custodian: .*$/m, "custodian: Dr. Somebody Else");
  expect(hashToWrite(dir)).toBe(hash);
});

test("a live clinic without an approval is told the hash and what to write", () => {
  const dir = own();
  const hash = hashToWrite(dir);
  rmSync(join(dir, "approval.yaml"));
  expect(findingsOf(dir)).toEqual([
    {
      file: "clinic.yaml",
      line: readFileSync(join(dir, "clinic.yaml"), "utf8").split("\n").indexOf("stage: live") + 1,
      says: `stage: live needs an approval; write approval.yaml with hash: ${hash}, custodian, date and pia (the privacy impact assessment's reference)`,
    },
  ]);
});

describe("an approval that lacks", () => {
  test.each([
    ["hash", "write the hash that `clinic-sms check` prints"],
    ["custodian", "name the custodian who takes responsibility"],
    ["pia", "write the reference of the privacy impact assessment"],
  ])("%s is none, on trial or live", (member, mend) => {
    for (const stage of ["trial", "live"] as const) {
      const dir = own({ stage });
      change(dir, "approval.yaml", new RegExp(`^${member}: .*\n`, "m"), "");
      expect(findingsOf(dir).map((finding) => finding.says)).toContain(`${member}: is missing; ${mend}`);
    }
  });

  test("a date is none", () => {
    const dir = own();
    change(dir, "approval.yaml", /^date: .*$/m, "date: soon");
    expect(findingsOf(dir).map((finding) => finding.says)).toContain('date: is "soon"; write a day such as "2027-06-01"');
  });
});

test("on trial, a clinic needs no approval", () => {
  const dir = own({ stage: "trial" });
  rmSync(join(dir, "approval.yaml"));
  expect(loadClinic(dir).approval).toBeUndefined();
});

test("the hash covers hooks, notes and the packs that are named", () => {
  const dir = own();
  const seen = new Set([hashToWrite(dir)]);
  writeFileSync(join(dir, "README.md"), "What we decided, and why.\n");
  seen.add(hashToWrite(dir));
  mkdirSync(join(dir, "hooks"), { recursive: true });
  writeFileSync(join(dir, "hooks/NOTES.txt"), "No text on election day.\n");
  seen.add(hashToWrite(dir));
  change(dir, "clinic.yaml", "packs: [ca-ab]", "packs: [ca-ab, ca-on]");
  seen.add(hashToWrite(dir));
  expect(seen.size).toBe(4);
});
