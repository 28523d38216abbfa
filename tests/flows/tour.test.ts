import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestStack, type TestStack } from "../support/stack.ts";

let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
});
afterAll(() => clinic.close());

/** The copy-paste blocks of README.md's tour, run one after another in one shell, exactly as they stand there. */
async function tour(api: string): Promise<string> {
  const readme = readFileSync("README.md", "utf8");
  const part = readme.slice(readme.indexOf("<!-- tour -->"), readme.indexOf("<!-- /tour -->"));
  const blocks = [...part.matchAll(/```sh\n(.*?)```/gs)].map((match) => match[1] ?? "");
  const port = new URL(api).port;
  // The only change: the port of this test's stack instead of the default one.
  const script = blocks
    .join("\necho\n")
    .replaceAll("localhost:8787", `localhost:${port}`)
    .replace("audit list", `audit list --port ${port}`);
  return (await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { encoding: "utf8", timeout: 120_000 })).stdout;
}

test("the README's tour tells the whole story", async () => {
  const told = await tour(clinic.stack.api);

  expect(told).toContain('"number":"••••0123"');
  expect(told).toContain('"text":"Hi, can I move my Tuesday appointment?"');
  expect(told).toContain('"code":"reply-not-linked"');
  expect(told).toContain('"body":"Of course. Does Thursday at 10:00 suit you?"');
  expect(told).toContain('"state":"idle"');
  expect(told).toContain('"code":"consent-missing"');
  expect(told).toContain('"decision":"granted"');
  expect(told).toContain("a reminder of your appointment on Tuesday, December 1 at 10:00 am.");

  const events = told.split("\n").filter((line) => /^\d{4}-\d\d-\d\dT/.test(line));
  const types = events.map((line) => /#\d+\s+(\S+)/.exec(line)?.[1]);
  for (const type of [
    "text.received",
    "conversation.claimed",
    "content.viewed",
    "conversation.linked",
    "conversation.replied",
    "conversation.resolved",
    "message.refused",
    "consent.granted",
    "message.sent",
    "message.delivered",
  ]) {
    expect(types).toContain(type);
  }
  expect(events.join("\n")).not.toContain("4035550123");
});

test("a mistake on the command line ends in one sentence", () => {
  const folder = mkdtempSync(join(tmpdir(), "clinic-sms-nothing-"));
  const missing = spawnSync(process.execPath, ["bin/clinic-sms.js", "check", folder], { encoding: "utf8" });
  expect(missing.status).toBe(1);
  expect(missing.stderr).toContain("clinic.yaml:1  the file is missing");
  const taken = spawnSync(process.execPath, ["bin/clinic-sms.js", "start", "--port", new URL(clinic.stack.api).port], { encoding: "utf8" });
  expect(taken.status).toBe(1);
  expect(taken.stderr.trim().split("\n").at(-1)).toMatch(/^port \d+ is in use: /);
});
