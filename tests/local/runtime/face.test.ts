import { setTimeout as rest } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Standing, stand, until } from "./support/stack.ts";

let local: Standing;
beforeAll(async () => {
  local = await stand();
});
afterAll(() => local.close());

const get = async (path: string) => {
  const response = await local.fetch(`/_local/${path}`);
  return { status: response.status, body: await response.json() };
};
const post = async (path: string, body: unknown = {}) => {
  const response = await local.fetch(`/_local/${path}`, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("the clock", () => {
  it("moves on by a duration or to a moment, never back", async () => {
    const start = Date.now();
    expect((await post("clock", { advance: "PT8H" })).status).toBe(200);
    expect(Date.now()).toBeGreaterThanOrEqual(start + 8 * 3_600_000);
    const now = new Date(Date.now() + 60_000).toISOString();
    const { body } = await post("clock", { now });
    expect(Date.parse(String(body["now"]))).toBeGreaterThanOrEqual(Date.parse(now));
    expect(Date.parse(((await get("clock")).body as { now: string }).now)).toBeGreaterThanOrEqual(Date.parse(now));
    expect(await post("clock", { now: new Date(start).toISOString() })).toEqual({
      status: 400,
      body: { message: "the clock never goes back" },
    });
  });
});

describe("a drain", () => {
  const dead = (): string => local.stack.aws.cloud.resource("Dead")?.name ?? "";
  const ended = (name: string): number => local.notes().filter((note) => note.kind === "end" && note.bodies?.includes(name)).length;

  it("waits until what runs and what waits in queues is done", async () => {
    await local.send("Work", { name: "slow", do: "sleep", ms: 300 });
    await local.send("Ordered", { name: "one", do: "sleep", ms: 100 }, { name: "two", do: "sleep", ms: 100 });
    expect(await post("drain")).toEqual({ status: 200, body: { drained: true, deadLetters: { [dead()]: 0 } } });
    expect([ended("slow"), ended("one"), ended("two")]).toEqual([1, 1, 1]);
  });

  it("waits for a hidden message, without moving the clock", async () => {
    const before = local.stack.clock.offset();
    await local.send("Work", { name: "hidden", do: "fail-once" });
    await until("it was tried", () => ended("hidden") === 1);
    let done = false;
    const draining = post("drain").then((answer) => {
      done = true;
      return answer;
    });
    await rest(300);
    expect(done).toBe(false);
    expect(local.stack.clock.offset()).toBe(before);
    await post("clock", { advance: "PT2M" });
    expect((await draining).status).toBe(200);
    expect(ended("hidden")).toBe(2);
  });

  it("moves the clock to hidden messages where it may, and counts the dead letters it never waits for", async () => {
    const before = local.stack.clock.offset();
    await local.send("Ordered", { name: "first", do: "fail-once", group: "g" }, { name: "behind", group: "g" });
    await local.send("Work", { name: "twice", do: "fail" });
    expect(await post("drain", { advance: true })).toEqual({ status: 200, body: { drained: true, deadLetters: { [dead()]: 1 } } });
    expect([ended("first"), ended("behind"), ended("twice")]).toEqual([2, 1, 2]);
    expect(local.stack.clock.offset() - before).toBeGreaterThan(200_000);
    expect(local.stack.clock.offset() - before).toBeLessThan(300_000);
  });
});

describe("what can be looked at", () => {
  it("calls, from a number on", async () => {
    await local.stack.workers.invoke("works", { do: "call", queue: local.stack.aws.cloud.resource("Work")?.name });
    const calls = (await get("calls?after=0")).body as { n: number; function: string }[];
    const last = calls.findLast((call) => call.function === "works");
    expect(last).toMatchObject({ service: "sqs", action: "GetQueueUrl", decision: "allowed", status: 200, wave: 1 });
    expect(Object.keys(last ?? {})).toEqual(expect.arrayContaining(["n", "invocation", "ms"]));
    expect((await get(`calls?after=${calls.at(-1)?.n}`)).body).toEqual([]);
  });

  it("logs, the policy report, and everything stored", async () => {
    await local.stack.workers.invoke("works", { do: "say", text: "a line of a log\n" });
    await until("it is written", () => local.stack.workers.logs().some(({ line }) => line === "a line of a log"));
    expect((await get("logs")).body).toContainEqual({ function: "works", line: "a line of a log" });
    const report = (await get("policy-report")).body as { used: { function: string; action: string }[] };
    expect(report.used).toContainEqual(expect.objectContaining({ function: "works", action: "sqs:GetQueueUrl" }));
    const dump = (await get("dump")).body as { tables: { table: string; items: unknown[] }[]; queues: { body: string }[] };
    expect(dump.tables).toEqual([{ table: local.stack.aws.tables()[0], items: [] }]);
    expect(dump.queues.map(({ body }) => JSON.parse(body).name)).toEqual(["twice"]);
  });
});

describe("faults", () => {
  it("are ordered and cleared", async () => {
    const order = { do: "call", queue: local.stack.aws.cloud.resource("Work")?.name };
    expect((await post("faults", { function: "works", action: "GetQueueUrl", kind: "refuse", times: 10 })).status).toBe(201);
    const refused = await local.stack.workers.invoke("works", order);
    expect(refused).toEqual({ ok: true, value: expect.not.stringContaining("http") });
    expect((await local.fetch("/_local/faults", { method: "DELETE" })).status).toBe(200);
    expect(await local.stack.workers.invoke("works", order)).toEqual({ ok: true, value: expect.stringContaining("http") });
  });
});

describe("mistakes are told in a sentence", () => {
  it.each([
    ["clock", { advance: "8 hours" }, /write a duration as "PT8H"/],
    ["clock", { later: "PT8H" }, /no such member: "later"; there are: advance, now/],
    ["clock", {}, /send \{"advance": "PT8H"\}/],
    ["clock", "[]", /send a JSON object/],
    ["clock", "{", /send a JSON object/],
    ["drain", { advance: "yes" }, /"advance" is true or false/],
    ["faults", { kind: "explode" }, /a fault's kind is one of refuse,/],
    ["faults", { kind: "refuse", function: "wrok" }, /no such function; there are: .*works/],
    ["faults", { kind: "refuse", fuction: "works" }, /no such member: "fuction"/],
    ["phones/+14035550123/texts", { text: "hi" }, /no such member: "text"; there are: body/],
    ["phones/+14035550123/texts", {}, /send \{"body": "the text"\}/],
    ["phones/+14035550123/texts", { body: "hi", at: "yesterday" }, /"at" is the carrier's time/],
    ["phones/someone/texts", { body: "hi" }, /write the number as/],
    ["phones/%zz/texts", { body: "hi" }, /write the number as/],
    ["staff-tokens", {}, /send \{"sub"/],
  ])("POST %s %j", async (path, body, message) => {
    expect(await post(path, body)).toEqual({ status: 400, body: { message: expect.stringMatching(message) } });
  });

  it("an unknown call is answered with those that there are", async () => {
    const { status, body } = await get("nothing");
    expect(status).toBe(404);
    expect((body as { message: string }).message).toMatch(/^no such call; there are: .*POST drain/);
    expect((await get("phones/+14035550123/calls")).status).toBe(404);
    expect((await get("calls?after=x")).status).toBe(400);
  });
});
