/**
 * One execution environment of a function: a process with that function's environment and credentials and nothing else,
 * running the very bundle that deploys. Started with the bundle's path and the clock's offset; talks over its IPC channel.
 */
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { simulateDate } from "./simulated-date.ts";

interface Job {
  readonly id: string;
  readonly event: unknown;
  readonly functionName: string;
  readonly arn: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
}
type ToWorker =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "offset"; readonly offset: number }
  | { readonly kind: "usage" };

const [, , bundle = "", offsetAtStart = "0"] = process.argv;
let offset = Number(offsetAtStart);
simulateDate(() => offset);

// The product sleeps through node:timers/promises, and its sleeps pass when the clock is moved.
const sleepers = new Set<{ until: number; wake: () => void; timer: NodeJS.Timeout }>();
const arm = (until: number, wake: () => void): void => {
  const entry = { until, wake, timer: setTimeout(() => fire(entry), Math.max(0, until - Date.now())) };
  sleepers.add(entry);
};
const fire = (entry: { wake: () => void; timer: NodeJS.Timeout; until: number }): void => {
  clearTimeout(entry.timer);
  if (sleepers.delete(entry)) entry.wake();
};
timers.setTimeout = (<T>(ms = 0, value?: T) =>
  new Promise<T>((resolve) => arm(Date.now() + ms, () => resolve(value as T)))) as typeof timers.setTimeout;
syncBuiltinESMExports();

const started = performance.now();
const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: (event: unknown, context: unknown) => Promise<unknown> };
process.send?.({ kind: "ready", coldMs: performance.now() - started });

process.on("message", (message: ToWorker) => {
  if (message.kind === "offset") {
    offset = message.offset;
    for (const entry of [...sleepers]) if (entry.until <= Date.now()) fire(entry);
  } else if (message.kind === "usage") {
    process.send?.({ kind: "usage", rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  } else void run(message.job);
});
process.on("disconnect", () => process.exit(0));

async function run({ id, event, functionName, arn, memoryMb, timeoutMs }: Job): Promise<void> {
  const began = performance.now();
  const context = {
    awsRequestId: id,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: "",
    logStreamName: "",
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (performance.now() - began)),
  };
  try {
    process.send?.({ kind: "result", id, value: (await handler(event, context)) ?? null });
  } catch (error) {
    // Lambda writes what a handler throws into the log, message and stack: what must not be there shows here too.
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    console.error(`${id}\tERROR\tInvoke Error\t${JSON.stringify({ errorType: name, errorMessage: message, stack: stack?.split("\n") })}`);
    process.send?.({ kind: "error", id, name: error instanceof Error ? error.name : "Error" });
  }
}
