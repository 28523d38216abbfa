import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { functionName, type LocalAws, object, type Resource, text } from "../aws/index.ts";
import type { SimulatedClock } from "./clock.ts";

export type Ended = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

export interface LambdaFunction {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly roleLogicalId: string;
}

export interface Workers {
  readonly functions: readonly LambdaFunction[];
  /** Runs a function once. Never throws: a function that fails, dies or takes too long has ended so. */
  invoke(name: string, event: unknown): Promise<Ended>;
  running(): number;
  /** What the idle workers of each function use: resident memory in bytes, CPU since their start in microseconds. */
  usage(): Promise<{ readonly function: string; readonly rss: number; readonly cpu: number }[]>;
  /** What functions have written to their logs. */
  logs(): readonly { readonly function: string; readonly line: string }[];
  close(): Promise<void>;
}

/** More than two cores can use helps nobody; a function that waits for its lane must not keep the others from running. */
const CONCURRENCY = 4;
const KEPT_LINES = 200_000;
const BOOTSTRAP = fileURLToPath(new URL("./worker.ts", import.meta.url));

interface Worker {
  readonly process: ChildProcess;
  readonly accessKeyId: string;
  ended: ((ended: Ended) => void) | undefined;
}

interface Pool {
  readonly fn: LambdaFunction;
  readonly settings: {
    readonly bundle: string;
    readonly environment: Record<string, string>;
    readonly memoryMb: number;
    readonly timeoutMs: number;
  };
  readonly idle: Worker[];
  readonly queue: (() => void)[];
  busy: number;
}

/** Execution environments for every function of the stack, started when first needed and kept warm. */
export function openWorkers(aws: LocalAws, clock: SimulatedClock): Workers {
  const all = new Set<Worker>();
  const lines: { function: string; line: string }[] = [];
  let running = 0;
  let closed = false;

  const pools = new Map<string, Pool>();
  for (const resource of aws.cloud.resources("AWS::Lambda::Function")) {
    const pool = poolOf(aws, resource);
    pools.set(pool.fn.name, pool);
  }
  clock.onMove((offset) => {
    for (const worker of all) worker.process.send({ kind: "offset", offset });
  });
  aws.onCrash((accessKeyId) => {
    for (const worker of all) if (worker.accessKeyId === accessKeyId) worker.process.kill("SIGKILL");
  });

  const write = (fn: LambdaFunction, line: string): void => {
    lines.push({ function: fn.name, line });
    if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
  };

  const start = (pool: Pool): Promise<Worker> => {
    const { fn, settings } = pool;
    const identity = aws.identity(fn.name, fn.roleLogicalId, randomUUID());
    const child = fork(BOOTSTRAP, [settings.bundle, String(clock.offset())], {
      env: {
        ...settings.environment,
        PATH: process.env["PATH"],
        AWS_LAMBDA_FUNCTION_NAME: fn.logicalId,
        AWS_REGION: aws.region,
        AWS_ACCESS_KEY_ID: identity.accessKeyId,
        AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
        AWS_ENDPOINT_URL: aws.endpoint,
      },
      // As Lambda starts Node: a tenth of the memory for young objects, in two halves, and the rest for old ones.
      execArgv: [
        `--max-semi-space-size=${Math.floor(settings.memoryMb / 20)}`,
        `--max-old-space-size=${settings.memoryMb - Math.floor(settings.memoryMb / 10)}`,
        "--disable-warning=ExperimentalWarning",
      ],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const worker: Worker = { process: child, accessKeyId: identity.accessKeyId, ended: undefined };
    all.add(worker);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        const parts = (rest + chunk).split("\n");
        rest = parts.pop() ?? "";
        for (const line of parts) write(fn, line);
      });
      // A worker that dies may have begun a line.
      stream?.on("end", () => rest !== "" && write(fn, rest));
    }
    return new Promise((resolve, reject) => {
      child.on("message", (message: { kind: string; value?: unknown; name?: string }) => {
        if (message.kind === "ready") {
          // The clock may have moved while it was starting.
          child.send({ kind: "offset", offset: clock.offset() });
          resolve(worker);
        } else if (message.kind === "result") worker.ended?.({ ok: true, value: message.value });
        else if (message.kind === "error") worker.ended?.({ ok: false, error: message.name ?? "Error" });
      });
      child.on("exit", () => {
        all.delete(worker);
        pool.idle.splice(0, pool.idle.length, ...pool.idle.filter((each) => each !== worker));
        worker.ended?.({ ok: false, error: "the worker died" });
        reject(new Error(`${fn.name} did not start: see its log`));
      });
      // A channel that closes under a message is a dead worker, which `exit` tells.
      child.on("error", () => undefined);
    });
  };

  const run = (worker: Worker, pool: Pool, event: unknown): Promise<Ended> => {
    const { fn, settings } = pool;
    const id = randomUUID();
    aws.invocation(worker.accessKeyId, id);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        write(fn, `${id} Task timed out after ${(settings.timeoutMs / 1000).toFixed(2)} seconds`);
        worker.process.kill("SIGKILL");
      }, settings.timeoutMs);
      worker.ended = (ended) => {
        clearTimeout(timer);
        worker.ended = undefined;
        aws.invocation(worker.accessKeyId, undefined);
        resolve(ended);
      };
      worker.process.send({
        kind: "job",
        job: { id, event, functionName: fn.name, arn: fn.arn, memoryMb: settings.memoryMb, timeoutMs: settings.timeoutMs },
      });
    });
  };

  return {
    functions: [...pools.values()].map((pool) => pool.fn),
    async invoke(name, event) {
      const pool = pools.get(name);
      if (!pool) throw new Error(`the stack has no function ${name}`);
      running++;
      if (pool.busy < CONCURRENCY) pool.busy++;
      else await new Promise<void>((resolve) => pool.queue.push(resolve));
      try {
        if (closed) return { ok: false, error: "stopped" };
        const worker = pool.idle.pop() ?? (await start(pool));
        const ended = await run(worker, pool, event);
        if (all.has(worker)) pool.idle.push(worker);
        return ended;
      } catch (error) {
        return { ok: false, error: error instanceof Error ? error.message : "Error" };
      } finally {
        // The place goes to whoever waits longest, not back to where a newcomer could take it first.
        const next = pool.queue.shift();
        if (next) next();
        else pool.busy--;
        running--;
      }
    },
    running: () => running,
    usage: () => Promise.all([...pools.values()].flatMap((pool) => pool.idle.map((worker) => usageOf(worker, pool.fn.name)))),
    logs: () => lines,
    async close() {
      closed = true;
      const gone = [...all].map((worker) => new Promise<void>((resolve) => worker.process.once("exit", () => resolve())));
      for (const worker of all) worker.process.kill("SIGKILL");
      await Promise.all(gone);
    },
  };
}

function usageOf(worker: Worker, name: string): Promise<{ function: string; rss: number; cpu: number }> {
  return new Promise((resolve) => {
    const listen = (message: { kind: string; rss: number; cpu: { user: number; system: number } }): void => {
      if (message.kind !== "usage") return;
      worker.process.off("message", listen);
      resolve({ function: name, rss: message.rss, cpu: message.cpu.user + message.cpu.system });
    };
    worker.process.on("message", listen);
    worker.process.send({ kind: "usage" });
  });
}

function poolOf(aws: LocalAws, resource: Resource): Pool {
  const { properties, logicalId } = resource;
  const role = aws.cloud.resources("AWS::IAM::Role").find((each) => each.arn === text(properties["Role"]));
  const asset = text(object(properties["Code"])["S3Key"])?.replace(/\.zip$/, "");
  if (!role || !asset || !resource.arn)
    throw new Error(`${resource.stack} / ${logicalId}: the local stack needs a role and an asset of its own`);
  const [file = "index"] = (text(properties["Handler"]) ?? "index.handler").split(".");
  const variables = object(object(properties["Environment"])["Variables"]);
  return {
    fn: { name: functionName(resource), logicalId, arn: resource.arn, roleLogicalId: role.logicalId },
    settings: {
      bundle: join(aws.cloud.directory, `asset.${asset}`, `${file}.mjs`),
      environment: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, text(value) ?? ""])),
      memoryMb: Number(properties["MemorySize"] ?? 128),
      timeoutMs: Number(properties["Timeout"] ?? 3) * 1000,
    },
    idle: [],
    queue: [],
    busy: 0,
  };
}
