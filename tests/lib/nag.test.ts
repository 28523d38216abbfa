import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, HIPAASecurityChecks } from "cdk-nag";
import { afterAll, expect, test } from "vitest";
import { ACKNOWLEDGED, acknowledge } from "../../lib/acknowledged.ts";
import { synthesise } from "../../lib/synth.ts";

const outdir = mkdtempSync(join(tmpdir(), "clinic-sms-nag-"));
afterAll(() => rm(outdir, { recursive: true, force: true }));

interface Found {
  readonly rule: string;
  readonly at: string;
}

/** What both packs find in the app, whatever is acknowledged. */
function findings(app: App): Found[] {
  return [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)].flatMap((pack) =>
    pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      // The type says logical ids; what is there are construct paths.
      (violatingResources as unknown as { constructPath: string }[]).map((each) => ({
        rule: `${pack.name}::${ruleName}`,
        at: each.constructPath,
      })),
    ),
  );
}

const found: Found[] = [];
// With the packs as plugins, the synthesis itself fails on a finding that is not acknowledged.
synthesise({
  outdir,
  inspect: (app) => {
    found.push(...findings(app));
    acknowledge(app);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
  },
});

const covers = (entry: (typeof ACKNOWLEDGED)[number], finding: Found): boolean =>
  entry.rule === finding.rule && `${finding.at}/`.startsWith(`${entry.at}/`);

test("both packs were run, and report success with what is acknowledged", () => {
  const report = JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8"));
  const conclusions = report.pluginReports.map((each: { pluginName: string; conclusion: string }) => [each.pluginName, each.conclusion]);
  expect(conclusions).toEqual(
    expect.arrayContaining([
      ["AwsSolutions", "success"],
      ["HIPAA.Security", "success"],
    ]),
  );
  expect(found.length).toBeGreaterThan(0);
});

test("no finding is left without an acknowledgement for its very place", () => {
  expect(found.filter((finding) => !ACKNOWLEDGED.some((entry) => covers(entry, finding)))).toEqual([]);
});

test("no acknowledgement outlives its finding", () => {
  expect(ACKNOWLEDGED.filter((entry) => !found.some((finding) => covers(entry, finding)))).toEqual([]);
});

test("each acknowledgement gives a reason that can be argued with", () => {
  for (const { reason } of ACKNOWLEDGED) expect(reason.length).toBeGreaterThan(80);
});
