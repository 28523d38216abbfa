import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { LocalStack } from "../../local/runtime/stack.ts";
import { isFree, javaLacks, javaVersion, portTaken } from "../machine.ts";

export interface StartOptions {
  readonly port: string;
  readonly data?: string;
  readonly clinic?: string;
  readonly json: boolean;
  readonly waves: boolean;
}

/** The simulated carrier takes as much as a machine can send; a Canadian long code takes one part a second. */
const LOCAL_PARTS_PER_SECOND = 50;

/** A stop that takes longer has got stuck. */
const STOP_LIMIT_MS = 10_000;

/** Synthesises the stack and runs it until it is told to stop. @throws Error of one sentence */
export async function start({ port, data, clinic, json, waves }: StartOptions): Promise<void> {
  const wanted = Number(port);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) throw new Error("--port takes a number from 0 to 65535");
  // Asked before half a minute goes into building.
  const lacks = javaLacks(javaVersion());
  if (lacks) throw new Error(lacks);
  if (!(await isFree(wanted))) throw new Error(portTaken(wanted));
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const folder = mkdtempSync(join(tmpdir(), "clinic-sms-"));
  const began = performance.now();
  // However it ends, by a signal, a mistake or the end of the start.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  let stack: LocalStack | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    // A terminal tells the whole process group, and whoever started this tells it once more: the first one counts.
    if (stopping) return;
    stopping = true;
    say("stopping …");
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await stack?.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop());

  say("1/2  synthesising the stack that would be deployed …");
  const { synthesise } = await import("../../lib/synth.ts");
  const context = { partsPerSecond: LOCAL_PARTS_PER_SECOND, ...(clinic ? { clinic: resolve(clinic) } : {}) };
  const { settings } = synthesise({ outdir: folder, context });

  say("2/2  starting tables, queues, keys, phones and functions …");
  const { startStack } = await import("../../local/runtime/stack.ts");
  const dataDir = data === undefined ? undefined : resolve(data);
  stack = await startStack({ cdkOut: folder, port: wanted, dataDir, waves, stderr: say });

  const clients = stack.issuer.clients.map(({ id, secret, scopes }) => ({ id, secret, scopes }));
  const { api, clinicNumber } = stack;
  if (json) {
    process.stdout.write(`${JSON.stringify({ api, token: `${api}/oauth2/token`, local: `${api}/_local`, clients, clinicNumber })}\n`);
    return;
  }
  process.stdout.write(`
${settings.clinic.senderName} (fictitious: ${settings.clinic.fictitious ? "yes" : "no"}, stage: ${settings.clinic.stage}) is ready after ${((performance.now() - began) / 1000).toFixed(1)} s.
Simulator: never type real patients.

  page      ${api}/_local/      a patient's phone beside what the clinic sees
  API       ${api}/v1/…
  tokens    ${stack.issuer.clients.map(({ name }) => `curl -s "${api}/_local/token?client=${name}"`).join("\n            ")}
  number    ${clinicNumber}      texts leave only to trial numbers, such as +14035550123
  data      ${dataDir ?? "kept in memory only; --data DIR keeps them"}

  text it:  curl -s -X POST ${api}/_local/phones/+14035550123/texts -H 'Content-Type: application/json' -d '{"body":"Hi, can I move my appointment?"}'

The tour in README.md goes on from here; npx clinic-sms --help lists what else there is. Ctrl-C stops it.
`);
}
