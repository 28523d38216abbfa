import { setTimeout as rest } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Ended } from "../../../local/runtime/workers.ts";
import { type Standing, stand, until } from "./support/stack.ts";

let local: Standing;
beforeAll(async () => {
  local = await stand();
});
afterAll(() => local.close());

const invoke = (order: Record<string, unknown>, name = "works"): Promise<Ended> => local.stack.workers.invoke(name, order);
interface Value {
  readonly pid?: number;
  readonly now?: number;
}
const value = (ended: Ended): Value => {
  if (!ended.ok) throw new Error(ended.error);
  return ended.value as Value;
};
const logged = (name = "works"): string =>
  local.stack.workers
    .logs()
    .filter((each) => each.function === name)
    .map((each) => each.line)
    .join("\n");

it("a function sees its own environment and credentials, and nothing of the process that started it", async () => {
  process.env["SECRET_OF_THE_SHELL"] = "leaked";
  const { environment, flags } = value(await invoke({ do: "environment" })) as { environment: Record<string, string>; flags: string[] };
  delete process.env["SECRET_OF_THE_SHELL"];
  const resource = local.stack.aws.cloud.resource("Works");
  // What Node itself puts there for its own channel is not ours to choose.
  const own = Object.keys(environment).filter((name) => !name.startsWith("NODE_CHANNEL"));
  expect(own.sort()).toEqual(
    [
      "AWS_ACCESS_KEY_ID",
      "AWS_ENDPOINT_URL",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "JOURNAL",
      "PATH",
      "POWERTOOLS_SERVICE_NAME",
      "SDK",
    ].sort(),
  );
  expect(environment["POWERTOOLS_SERVICE_NAME"]).toBe("works");
  expect(environment["AWS_LAMBDA_FUNCTION_NAME"]).toBe(resource?.logicalId);
  expect(environment["AWS_ENDPOINT_URL"]).toBe(local.stack.aws.endpoint);
  expect(flags).toContain("--max-old-space-size=231");
});

it("a warm worker is used again; side by side there are at most four", async () => {
  const first = value(await invoke({})).pid;
  expect(value(await invoke({})).pid).toBe(first);
  // Again and again: a place that is handed over is neither lost nor given twice.
  for (let round = 0; round < 3; round += 1) {
    const pids = await Promise.all(Array.from({ length: 12 }, async () => value(await invoke({ do: "sleep", ms: 10 })).pid));
    expect(pids).toContain(first);
    expect(new Set(pids).size).toBe(4);
    expect(local.stack.workers.running()).toBe(0);
  }

  const ten = Array.from({ length: 10 }, () => invoke({ do: "sleep", ms: 20 }));
  expect(local.stack.workers.running()).toBe(10);
  expect((await Promise.all(ten)).every((ended) => ended.ok)).toBe(true);
  expect(local.stack.workers.running()).toBe(0);
});

it("its sleeps and its Date go by simulated time, in workers that run and in those that start later", async () => {
  await Promise.all([invoke({ do: "sleep", ms: 5 }), invoke({ do: "sleep", ms: 5 })]);
  const before = Date.now();
  const sleeping = invoke({ do: "sleep", ms: 3_600_000 });
  await rest(50);
  local.stack.clock.advance(3_600_000);
  expect(value(await sleeping).now).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(value(await invoke({})).now).toBeGreaterThanOrEqual(before + 3_600_000);
  // A function that nothing has started yet.
  expect(value(await invoke({}, "in-turn")).now).toBeGreaterThanOrEqual(before + 3_600_000);
});

it("what a handler throws is an error for its caller and stands in the log, as Lambda writes it", async () => {
  const ended = await invoke({ do: "throw", text: "the text of a patient" });
  expect(ended).toEqual({ ok: false, error: "Error" });
  await until("the log has it", () => logged().includes("the text of a patient"));
  expect(logged()).toMatch(/ERROR\tInvoke Error\t\{"errorType":"Error","errorMessage":"the text of a patient","stack":\[/);
  expect((await invoke({})).ok).toBe(true);
});

it("lines are kept whole, also the last one of a worker that dies", async () => {
  await invoke({ do: "say", text: "one\ntwo" });
  await invoke({ do: "say", text: "-and-a-half\n" });
  await until("the line is whole", () => logged().includes("two-and-a-half"));
  await invoke({ do: "say", text: "unfinished" }, "plain");
  expect(await invoke({ do: "die" }, "plain")).toEqual({ ok: false, error: "the worker died" });
  await until("the last words are there", () => logged("plain").includes("unfinished"));
});

it("a function that takes too long is killed, says so, and the next invocation has a fresh worker", async () => {
  const { pid } = value(await invoke({}, "plain"));
  expect(await invoke({ do: "hang" }, "plain")).toEqual({ ok: false, error: "the worker died" });
  expect(logged("plain")).toContain("Task timed out after 2.00 seconds");
  const next = value(await invoke({}, "plain")).pid;
  expect(next).not.toBe(pid);
});

it("a crash fault kills the one worker that called", async () => {
  const bystander = invoke({ do: "sleep", ms: 400 });
  local.stack.aws.faults.add({ function: "works", service: "sqs", action: "GetQueueUrl", kind: "crash" });
  const name = local.stack.aws.cloud.resource("Work")?.name;
  expect(await invoke({ do: "call", queue: name })).toEqual({ ok: false, error: "the worker died" });
  expect((await bystander).ok).toBe(true);
  expect(await invoke({ do: "call", queue: name })).toEqual({ ok: true, value: local.stack.aws.cloud.resource("Work")?.ref });
});

it("calls are decided by the function's own role, and logged with its invocation", async () => {
  const after = local.stack.aws.calls(0).at(-1)?.n ?? 0;
  const denied = await invoke({ do: "call", queue: local.stack.aws.cloud.resource("Ordered")?.name });
  expect(value(denied)).toMatch(/AccessDenied/);
  const calls = local.stack.aws.calls(after).filter((call) => call.function === "works");
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ service: "sqs", action: "GetQueueUrl", decision: "denied" });
  expect(calls[0]?.invocation).toMatch(/^[0-9a-f-]{36}$/);
});

it("tells what its idle workers use", async () => {
  await invoke({});
  const usage = await local.stack.workers.usage();
  expect(usage.find((each) => each.function === "works")?.rss).toBeGreaterThan(10_000_000);
});

it("a function that is not in the stack is a mistake", async () => {
  await expect(invoke({}, "nobody")).rejects.toThrow("the stack has no function nobody");
});
