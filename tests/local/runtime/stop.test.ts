import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { lock } from "../../../local/aws/kept.ts";

const LAUNCHER = fileURLToPath(new URL("../../../bin/clinic-sms.js", import.meta.url));

/** Starts the command line as a terminal does: in a process group of its own. */
function launch(folder: string) {
  const scratch = join(folder, "tmp");
  mkdirSync(scratch, { recursive: true });
  const child = spawn(process.execPath, [LAUNCHER, "start", "--json", "--port", "0", "--data", join(folder, "data")], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: scratch },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  return {
    said: () => said,
    exited,
    scratch,
    /** An impatient person presses more than once; the launcher passes each on, too. */
    interrupt: async () => {
      for (let times = 0; times < 3; times += 1) {
        if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGINT");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    ready: async () => {
      const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
      return JSON.parse(line) as { api: string; token: string; local: string; clients: unknown[]; clinicNumber: string };
    },
  };
}

const folderOf = () => mkdtempSync(join(tmpdir(), "stop-"));

it("Ctrl-C stops everything once what is kept is written, and leaves nothing behind", { timeout: 180_000 }, async () => {
  const folder = folderOf();
  const running = launch(folder);
  const { api, token, local, clients, clinicNumber } = await running.ready();
  expect([token, local]).toEqual([`${api}/oauth2/token`, `${api}/_local`]);
  expect(clients).toContainEqual({ id: expect.any(String), secret: expect.any(String), scopes: expect.any(Array) });
  expect(clinicNumber).toMatch(/^\+1\d{10}$/);
  await fetch(`${local}/phones/+14035550123/texts`, { method: "POST", body: '{"body":"Hi"}' });
  expect((await fetch(`${local}/drain`, { method: "POST" })).status).toBe(200);
  await fetch(`${local}/clock`, { method: "POST", body: '{"advance":"PT8H"}' });
  const sent = await (await fetch(`${local}/phones/+14035550123/sent`)).json();
  expect(sent).toEqual([{ body: "Hi", at: expect.any(String) }]);
  // Two stacks on one folder would overwrite each other.
  expect(() => lock(join(folder, "data"))).toThrow(/is in use by process \d+/);
  await running.interrupt();
  await running.exited;
  expect(running.said()).toContain("stopping …");
  lock(join(folder, "data"))();
  expect(JSON.parse(readFileSync(join(folder, "data", "clock.json"), "utf8"))).toEqual({ offset: 8 * 3_600_000 });
  expect(readdirSync(running.scratch).filter((name) => name.startsWith("clinic-sms"))).toEqual([]);
  await expect(fetch(`${local}/clock`)).rejects.toThrow();
});

it("Ctrl-C while it starts leaves nothing behind either", { timeout: 180_000 }, async () => {
  const running = launch(folderOf());
  while (!running.said().includes("2/2")) await new Promise((resolve) => setTimeout(resolve, 20));
  await running.interrupt();
  await running.exited;
  expect(running.said()).toContain("stopping …");
  expect(readdirSync(running.scratch).filter((name) => name.startsWith("clinic-sms"))).toEqual([]);
});
