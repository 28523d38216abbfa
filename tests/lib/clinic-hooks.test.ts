import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type ClinicHook, fromClinic } from "../../lambdas/core/clinic-hook.ts";
import { decide } from "../../lambdas/core/gate.ts";
import type { Facts, Hook } from "../../lambdas/core/hook.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { bundleHooks, hookFindings, hooksOf } from "../../lib/clinic-hooks.ts";
import { allowed, patient, reply } from "../support/facts.ts";
import { DAY, HOUR, START } from "../support/world.ts";

const root = mkdtempSync(join(tmpdir(), "clinic-sms-hooks-"));
afterAll(() => rm(root, { recursive: true, force: true }));

let directories = 0;
/** A clinic's directory with these hooks in it, and nothing else. */
function withHooks(files: Readonly<Record<string, string>>): string {
  const dir = join(root, String(directories++));
  mkdirSync(join(dir, "hooks"), { recursive: true });
  for (const [name, source] of Object.entries(files)) writeFileSync(join(dir, "hooks", name), source);
  return dir;
}

/** The hooks of a directory as a function loads them: bundled, imported, wrapped. */
async function loaded(dir: string): Promise<Hook[]> {
  const file = join(dir, "clinic-hooks.mjs");
  writeFileSync(file, bundleHooks(hooksOf(dir)));
  const { default: hooks } = (await import(pathToFileURL(file).href)) as { default: { file: string; hook: ClinicHook }[] };
  return hooks.map(({ file: name, hook }) => fromClinic(name, hook));
}

const says = (verdict: string): string => `export default { judge() { return ${verdict}; } };\n`;

describe("docs/hooks.md", () => {
  const document = readFileSync(new URL("../../docs/hooks.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(document) ?? [];
  const flu = Date.parse("2026-12-05T09:00:00-07:00");
  const facts = (change: Partial<Facts>): Facts => ({ ...allowed, now: flu, expiresAt: flu + DAY, ...change });

  test("has an example that the synthesis takes and the gate runs", async () => {
    const dir = withHooks({ "flu-clinic.ts": example });
    expect(hooksOf(dir).flatMap(hookFindings)).toEqual([]);
    const [hook] = await loaded(dir);
    if (!hook) throw new Error("the example is a hook");
    expect(hook.name).toBe("clinic:flu-clinic");
    expect(hook.judge(reply)).toEqual({ verdict: "allow" });
    expect(hook.judge(facts({ now: flu + DAY }))).toEqual({ verdict: "allow" });

    const gate = { hooks: [hook], failed: (): void => expect.unreachable() };
    expect(decide(facts({}), gate)).toMatchObject({
      outcome: "hold",
      until: Date.parse("2026-12-05T13:00:00-07:00"),
      says: expect.stringContaining("flu clinic has the phones"),
    });
    expect(decide(facts({ expiresAt: flu + HOUR }), gate)).toMatchObject({ outcome: "refuse", codes: ["expires-while-held"] });
    const recall = { ...allowed.scenario, id: "recall" } as Facts["scenario"];
    const refused = decide(facts({ scenario: recall, patient: { ...patient, team: "nurses" } }), gate);
    expect(refused).toMatchObject({ outcome: "refuse", codes: ["clinic-rule"], says: expect.stringContaining("Ask the nurses to phone.") });
    expect(refused.hooks.at(-1)).toEqual({
      hook: "clinic:flu-clinic",
      verdict: "refuse",
      code: "clinic-rule",
      reason: "The nurses invite their own patients by phone.",
      instead: "Ask the nurses to phone.",
    });
  });

  test("says of each verdict what becomes of it", () => {
    for (const verdict of ["allow", "warn", "hold", "refuse"]) expect(document).toContain(`| \`{ verdict: "${verdict}"`);
  });
});

test("a hook runs after ours, in the order of file names, and nothing that a person says lets a text pass it", async () => {
  const no = `{ verdict: "refuse", reason: "Not today.", instead: "Phone." }`;
  const dir = withHooks({ "b-second.ts": says(no), "a-first.ts": says(`{ verdict: "warn", reason: "Mind the snow." }`) });
  const gate = { hooks: await loaded(dir), failed: (): void => expect.unreachable() };
  const decision = decide({ ...allowed, override: { role: "physician" } }, gate);
  expect(decision).toMatchObject({ outcome: "refuse", codes: ["clinic-rule"], warnings: ["clinic-note"] });
  expect(decision.hooks.slice(-2).map(({ hook, verdict }) => `${hook} ${verdict}`)).toEqual([
    "clinic:a-first warn",
    "clinic:b-second refuse",
  ]);
});

test.each([
  ["it throws", "null.verdict"],
  ["it answers nothing", "undefined"],
  ["it answers no verdict", `{ verdict: "maybe" }`],
  ["a hold without an end", `{ verdict: "hold", until: NaN, reason: "x" }`],
  ["a refusal without its sentence", `{ verdict: "refuse", reason: "", instead: "Phone." }`],
])("fails closed, and says which hook: %s", async (_what, verdict) => {
  const failed: string[] = [];
  const gate = { hooks: await loaded(withHooks({ "broken.ts": says(verdict) })), failed: (hook: string) => void failed.push(hook) };
  const decision = decide(allowed, gate);
  expect(decision).toMatchObject({ outcome: "refuse", codes: ["hook-failed"] });
  expect(decision.hooks.at(-1)).toMatchObject({ hook: "clinic:broken", code: "hook-failed" });
  expect(failed).toEqual(["clinic:broken"]);
});

test("a hold that has passed holds nothing up, and a long sentence is cut", async () => {
  const dir = withHooks({
    "past.ts": says(`{ verdict: "hold", until: ${START}, reason: "x" }`),
    "wordy.ts": says(`{ verdict: "warn", reason: "w".repeat(1000) }`),
  });
  const decision = decide(allowed, { hooks: await loaded(dir), failed: () => undefined });
  expect(decision.outcome).toBe("allow");
  expect(decision.hooks.at(-1)?.reason).toHaveLength(200);
});

const HOOK = says(`{ verdict: "allow" }`);
test.each([
  [
    "a value of ours",
    `\nimport { refuse } from "../../lambdas/core/hook.ts";\n${HOOK}export const x = refuse;\n`,
    2,
    "imports ../../lambdas/core/hook.ts",
  ],
  ["a module for its side effects", `import "node:fs";\n${HOOK}`, 1, "imports node:fs"],
  ["a module of the gateway's own", `\n\nimport * as z from "zod";\n${HOOK}export const x = z;\n`, 3, "imports zod"],
  ["an import at run time", `${HOOK}export const x = () => import("node:fs");\n`, 2, "imports node:fs"],
  ["a computed import at run time", `${HOOK}export const x = (name: string) => import(name);\n`, 2, "looks at its facts"],
  ["require", `${HOOK}export const x = () => require("fs");\n`, 2, "fs"],
  [
    "the time",
    `export default {\n  judge() {\n    return Date.now() > 0 ? { verdict: "allow" } : null;\n  },\n};\n`,
    3,
    "the time is facts.now",
  ],
  ["the time of day", `${HOOK}\nexport const x = () => new Date();\n`, 3, "the time is facts.now"],
  ["chance", `${HOOK}export const x = () => Math.random();\n`, 2, "decides the same twice"],
  ["the network", `${HOOK}export const x = () => fetch("https://example.org");\n`, 2, "looks at its facts"],
  ["the process", `${HOOK}export const x = process.env;\n`, 2, "looks at its facts"],
  ["a way around", `${HOOK}export const x = globalThis["fe" + "tch"];\n`, 2, "looks at its facts"],
  ["what is no TypeScript", `export default {\n  judge( {\n};\n`, 3, "not valid TypeScript"],
  ["no hook at all", `export const judge = () => ({ verdict: "allow" });\n`, 1, "exports no hook"],
])("%s is refused when the stack is synthesised, with its line", (_what, source, line, told) => {
  const findings = hooksOf(withHooks({ "odd.ts": source })).flatMap(hookFindings);
  expect(findings).toContainEqual({ file: "hooks/odd.ts", line, says: expect.stringContaining(told) });
});

test("types may be imported, dates be written, and any word may stand in a sentence or a comment", () => {
  const source = `import type { Facts } from "../../lambdas/core/hook.ts";
/* We fetch nothing and ask no process. */
const from = Date.parse("2026-12-05T08:00:00-07:00"); // import { x } from "y"
const day = new Date(from).toISOString();
export default {
  judge({ now, scenario }: Facts) {
    return now < from && day ? { verdict: "warn", reason: "Do not fetch the process; import (nothing) with require." } : { verdict: "allow" };
  },
};
`;
  expect(hooksOf(withHooks({ "fine.ts": source })).flatMap(hookFindings)).toEqual([]);
  expect(hooksOf(withHooks({ "Bad_Name.ts": HOOK })).flatMap(hookFindings)).toMatchObject([{ file: "hooks/Bad_Name.ts", line: 1 }]);
});

test("a clinic's hooks are among its decisions: checked with them, and part of their hash", () => {
  const dir = join(root, "whole");
  cpSync(fileURLToPath(new URL("../../clinic", import.meta.url)), dir, { recursive: true });
  const { hash } = loadClinic(dir);
  mkdirSync(join(dir, "hooks"), { recursive: true });
  writeFileSync(join(dir, "hooks", "mine.ts"), HOOK);
  expect(loadClinic(dir).hash).not.toBe(hash);
  writeFileSync(join(dir, "hooks", "mine.ts"), `${HOOK}export const x = Date.now();\n`);
  expect(() => loadClinic(dir)).toThrow("hooks/mine.ts:2  Date.now: the time is facts.now; take this out");
});
