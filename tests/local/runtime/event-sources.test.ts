import { setTimeout as rest } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Note, type Standing, stand, until } from "./support/stack.ts";

const MINUTE = 60_000;

let local: Standing;
beforeAll(async () => {
  local = await stand();
});
afterAll(() => local.close());

const queue = (id: string) => {
  const arn = local.stack.aws.cloud.resource(id)?.arn;
  const found = local.stack.aws.queues.list().find((each) => each.arn === arn);
  if (!found) throw new Error(`no queue ${id}`);
  return found;
};
const empty = (id: string): boolean => queue(id).visible + queue(id).inflight + queue(id).delayed === 0;
const about = (name: string, kind = "begin"): Note[] => local.notes().filter((note) => note.kind === kind && note.bodies?.includes(name));

describe("a queue and its function", () => {
  it("hands a message over as Lambda does, and deletes it when the function has succeeded", async () => {
    await local.send("Work", { name: "simple" });
    await until("it is done", () => about("simple", "end").length === 1 && empty("Work"));
    expect(about("simple")[0]?.first).toMatchObject({
      body: JSON.stringify({ name: "simple" }),
      eventSource: "aws:sqs",
      eventSourceARN: queue("Work").arn,
      awsRegion: local.stack.aws.region,
      attributes: { ApproximateReceiveCount: "1" },
      messageAttributes: {},
    });
  });

  it("leaves only what the function names as failed, until its visibility ends", async () => {
    await local.send("Work", { name: "good" }, { name: "bad", do: "fail" });
    await until("both were tried", () => about("good", "end").length === 1 && about("bad", "end").length === 1);
    await until("only the failed one stays", () => queue("Work").inflight === 1 && queue("Work").visible === 0);
    await rest(100);
    expect(about("bad")).toHaveLength(1);
    local.stack.clock.advance(2 * MINUTE);
    await until("it is tried again", () => about("bad", "end").length === 2);
    expect(about("good")).toHaveLength(1);
    // Received twice, which is as often as the queue allows.
    local.stack.clock.advance(2 * MINUTE);
    await until("it is a dead letter", () => queue("Dead").visible === 1 && empty("Work"));
    expect(about("bad")).toHaveLength(2);
  });

  it.each(["throw", "die"])("deletes nothing of a batch in which the function fails (%s)", async (how) => {
    const name = `with-${how}`;
    await local.send("Work", { name, do: how, text: "no" });
    await until("it was tried", () => about(name).length === 1 && local.stack.workers.running() === 0);
    expect(queue("Work")).toMatchObject({ visible: 0, inflight: 1 });
    local.stack.clock.advance(2 * MINUTE);
    await until("it is tried again", () => about(name).length === 2 && local.stack.workers.running() === 0);
    local.stack.clock.advance(2 * MINUTE);
    await until("it has left", () => empty("Work"));
  });
});

describe("a FIFO queue", () => {
  const spans = (notes: readonly Note[]): string[] => notes.map((note) => `${note.kind} ${note.bodies?.join()}`);

  it("has one batch of a group under way, in order, and two groups at most at a time", async () => {
    const order = (group: string, at: number) => ({ name: `${group}${at}`, group, do: "sleep", ms: 120 });
    await local.send("Ordered", ...[0, 1, 2].flatMap((at) => ["a", "b", "c"].map((group) => order(group, at))));
    await until("all are done", () => empty("Ordered") && local.stack.workers.running() === 0);
    const notes = local.notes().filter((note) => /^[abc]\d$/.test(note.bodies?.join() ?? ""));
    expect(notes).toHaveLength(18);
    for (const group of ["a", "b", "c"]) {
      expect(spans(notes.filter((note) => note.bodies?.[0]?.startsWith(group)))).toEqual(
        [0, 1, 2].flatMap((at) => [`begin ${group}${at}`, `end ${group}${at}`]),
      );
    }
    let open = 0;
    const most = notes.map((note) => {
      open += note.kind === "begin" ? 1 : -1;
      return open;
    });
    expect(Math.max(...most)).toBe(2);
  });

  it("keeps the rest of a group behind one that failed", async () => {
    await local.send("Ordered", { name: "f0", group: "f", do: "fail" }, { name: "f1", group: "f" }, { name: "g0", group: "g" });
    await until("the other group went on", () => about("g0", "end").length === 1);
    await rest(100);
    expect(about("f1")).toHaveLength(0);
    expect(about("f0")).toHaveLength(1);
    local.stack.clock.advance(MINUTE);
    await until("it is tried again", () => about("f0").length === 2);
    expect(about("f1")).toHaveLength(0);
  });
});

describe("a rate rule", () => {
  const runs = (kind = "scheduled"): Note[] => local.notes().filter((note) => note.kind === kind);
  const quiet = () => local.stack.workers.running() === 0;

  it("runs its function after a minute of simulated time, and once after a jump of hours", async () => {
    await until("nothing runs", quiet);
    const before = runs().length;
    local.stack.clock.advance(MINUTE);
    await until("it ran", () => runs("scheduled-end").length === before + 1 && quiet());
    local.stack.clock.advance(5 * 60 * MINUTE);
    await until("it ran again", () => runs("scheduled-end").length === before + 2 && quiet());
    await rest(100);
    expect(runs()).toHaveLength(before + 2);
  });

  it("never runs twice at a time", async () => {
    await until("nothing runs", quiet);
    const before = runs().length;
    await Promise.all([local.stack.sources.runSchedules(), local.stack.sources.runSchedules(), local.stack.sources.runSchedules()]);
    const kinds = local.notes().filter((note) => note.kind.startsWith("scheduled"));
    expect(runs()).toHaveLength(before + 3);
    expect(kinds.slice(-6).map((note) => note.kind)).toEqual(Array(3).fill(["scheduled", "scheduled-end"]).flat());
  });
});

describe("what does not start", () => {
  const withoutPolling = (resources: Record<string, { Properties?: Record<string, unknown> }>): void => {
    Object.assign(resources["Policy"]?.Properties ?? {}, {
      PolicyDocument: {
        Statement: [{ Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: { "Fn::GetAtt": ["Work", "Arn"] } }],
      },
    });
  };

  it("a role that does not let Lambda poll", async () => {
    await expect(stand(withoutPolling)).rejects.toThrow(/the role of works does not allow sqs:DeleteMessage .*: Lambda cannot poll for it/);
  });

  it("a stream that is not read from its start, and a cron expression, which the local stack does not know", async () => {
    await expect(
      stand((resources) => Object.assign(resources["WorkSource"]?.Properties ?? {}, { StartingPosition: "LATEST" })),
    ).rejects.toThrow("Standin / WorkSource: the local stack reads streams from their start");
    await expect(
      stand((resources) => Object.assign(resources["EveryMinute"]?.Properties ?? {}, { ScheduleExpression: "cron(0 8 * * ? *)" })),
    ).rejects.toThrow("Standin / EveryMinute: the local stack knows rate(...) only");
  });
});
