/** What an auditor does, from the running stack on: the keys to trust, an export, its verification. */
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type LocalStack, startStack } from "../../local/runtime/stack.ts";
import { folderOf } from "../support/folders.ts";

let stack: LocalStack;
beforeAll(async () => {
  // At this very time: a verifier believes its own computer's clock, and no witness who is ahead of it.
  stack = await startStack({ cdkOut: inject("cdkOut"), port: 0 });
});
afterAll(() => stack.close());

const run = promisify(execFile);

async function audit(...args: readonly string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await run(process.execPath, ["bin/clinic-sms.js", "audit", ...args], { encoding: "utf8" });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

test("the keys to trust come from the stack; an export holds under them, and one letter changed is a contradiction", async () => {
  await stack.aws.handsets.text("+14035550123", "Hi, can I move my appointment?");
  expect(await stack.drain(false)).toMatchObject({ done: true });
  const dir = folderOf();
  const { port } = new URL(stack.api);
  const key = join(dir, "export-key.pem");
  writeFileSync(key, generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  const named = ["--key-name", "export.clinic.example"];

  const trust = await audit("trust", "--port", port, "--export-key", key, ...named);
  expect(trust.code).toBe(0);
  const lines = trust.said.split("\n").filter((line) => !line.startsWith("#"));
  expect(lines.map((line) => line.replace(/\+.*/, ""))).toEqual([
    expect.stringMatching(/^log audit\.prairie-ridge\/\d{4}$/),
    "log export.clinic.example",
    "witness witness witness.prairie-ridge",
    "quorum witness",
    "",
  ]);
  const trusted = join(dir, "trust.txt");
  writeFileSync(trusted, trust.said);

  const out = join(dir, "out");
  const now = stack.clock.now();
  const period = ["--from", `${new Date(now).getUTCFullYear()}-01-01`, "--to", new Date(now + 60_000).toISOString()];
  const made = await audit("export", "--port", port, ...period, "--out", out, "--key", key, ...named);
  expect(made).toEqual({ code: 0, said: expect.stringContaining("proven against its checkpoint") });
  const verified = await audit("verify", out, "--trust", trusted);
  // No hour has passed in which chain heads were taken: what never reached the log would not show, and the answer says so.
  expect(verified).toEqual({ code: 2, said: expect.stringMatching(/witnesses 1\/1.*0 gaps, 0 forks.*RESULT: INCOMPLETE/s) });

  const [segment = ""] = readdirSync(join(out, "events"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".gz"));
  const path = join(out, "events", segment);
  writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)).toString("utf8").replace('"out":0', '"out":8')));
  expect(await audit("verify", out, "--trust", trusted)).toEqual({ code: 1, said: expect.stringContaining("RESULT: CONTRADICTION") });
});

test("keys that cannot be had are a sentence", async () => {
  const { port } = new URL(stack.api);
  const outputs = join(folderOf([["outputs.json", '{"ClinicSms-Data":{}}']]), "outputs.json");
  for (const [options, says] of [
    [["--port", "1"], "No local stack answers on port 1"],
    [["--outputs", "nowhere.json"], "nowhere.json cannot be read"],
    [["--outputs", outputs], "does not say LogKey, LogName, WitnessKey, WitnessName"],
    [["--port", port, "--year", "26"], "--year takes a year"],
    [["--port", port, "--export-key", outputs], "--export-key and --key-name go together"],
    [["--port", port, "--export-key", outputs, "--key-name", "export.x"], "holds none"],
  ] as const)
    expect(await audit("trust", ...options), options.join(" ")).toEqual({ code: 1, said: expect.stringContaining(says) });
});
