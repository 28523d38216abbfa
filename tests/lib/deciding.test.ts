import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { approvalSchema, clinicFileSchema, scenarioSchema, teamSchema, wordingSchema } from "../../lambdas/core/clinic.ts";
import { REVIEW_MONTHS } from "../../lib/clinic-checks/review.ts";
import { packNames } from "../../lib/packs.ts";

const document = readFileSync(new URL("../../docs/deciding.md", import.meta.url), "utf8");
/** The members that a section's table explains: every code word of its first column. */
const explained = (heading: string): string[] => {
  const section = document.slice(document.indexOf(`\n## ${heading}\n`)).split(/\n## /)[1] ?? "";
  const rows = section.split("\n").filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name));
};

describe("docs/deciding.md explains every member, and none that there is not, of", () => {
  test.each([
    ["clinic.yaml", clinicFileSchema, []],
    ["care-teams.yaml", teamSchema, []],
    ["scenarios.yaml", scenarioSchema, []],
    ["wordings/", wordingSchema, ["text", "fictitious"]],
    ["approval.yaml", approvalSchema, ["fictitious"]],
  ] as const)("%s", (file, schema, elsewhere) => {
    const members = Object.keys(schema.shape).filter((member) => !(elsewhere as readonly string[]).includes(member));
    expect(explained(file).toSorted()).toEqual(members.toSorted());
  });
});

test("docs/deciding.md says how often a scenario is looked at, as the check has it", () => {
  const rows = [...document.matchAll(/^\| (\d)(?: or (\d))? \| (?:(\d+) months|(month)) \|$/gm)];
  expect(rows.map(([, first, last, months]) => ({ upTo: Number(last ?? first), months: Number(months ?? 1) }))).toEqual([...REVIEW_MONTHS]);
});

test("docs/deciding.md names every pack", () => {
  expect(explained("Packs of rules")).toEqual(packNames());
});
