import { setTimeout as rest } from "node:timers/promises";
import { type LocalAws, list, object, type SqsRecord, text } from "../aws/index.ts";
import type { SimulatedClock } from "./clock.ts";
import type { LambdaFunction, Workers } from "./workers.ts";

export interface EventSources {
  /** Queues that some function consumes (ARNs): what a drain waits for. */
  readonly consumed: readonly string[];
  /** Hands over what the streams hold, without waiting for a batch to fill. @returns whether there was anything */
  readStreams(): Promise<boolean>;
  /** Runs now, and waits for, every function that is scheduled more often than once an hour: those that settle what is due. */
  runSchedules(): Promise<void>;
  close(): Promise<void>;
}

/** A poller that found nothing looks again after so long, longer each time up to the second number (real milliseconds). */
const REST_MS = [4, 40] as const;
/** Concurrent batches of a standard queue; AWS would start many more. */
const STANDARD_CONCURRENCY = 2;

/**
 * Lambda's pollers and EventBridge's rate rules, as the template describes them.
 * @throws Error naming what the local stack does not know, or the function whose role does not let Lambda poll
 */
export async function openEventSources(aws: LocalAws, workers: Workers, clock: SimulatedClock): Promise<EventSources> {
  let closed = false;
  const consumed: string[] = [];

  const mappings: Mapping[] = [];
  const followed: Follower[] = [];
  for (const mapping of aws.cloud.resources("AWS::Lambda::EventSourceMapping")) {
    const { properties } = mapping;
    const arn = text(properties["EventSourceArn"]) ?? "";
    const fn = functionOf(workers, text(properties["FunctionName"]) ?? "");
    const limit = Number(object(properties["ScalingConfig"])["MaximumConcurrency"] ?? STANDARD_CONCURRENCY);
    const partial = list(properties["FunctionResponseTypes"]).includes("ReportBatchItemFailures");
    const from = text(properties["StartingPosition"]);
    if (from !== undefined) {
      if (from !== "TRIM_HORIZON")
        throw new Error(`${mapping.stack} / ${mapping.logicalId}: the local stack reads streams from their start`);
      const failed = text(object(object(properties["DestinationConfig"])["OnFailure"])["Destination"]);
      if (failed !== undefined) aws.streams.mayTell(failed, fn.name, fn.roleLogicalId);
      const windowMs = Number(properties["MaximumBatchingWindowInSeconds"] ?? 0) * 1000;
      followed.push(follow(aws, workers, clock, { arn, fn, batchSize: Number(properties["BatchSize"] ?? 100), windowMs }));
      continue;
    }
    consumed.push(arn);
    const batchSize = Number(properties["BatchSize"] ?? 10);
    mappings.push({ arn, fn, batchSize, limit, partial });
  }

  const arming: (() => void)[] = [];
  const scheduled: (() => Promise<void>)[] = [];
  for (const rule of aws.cloud.resources("AWS::Events::Rule")) {
    const expression = text(rule.properties["ScheduleExpression"]);
    if (expression === undefined) continue;
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    if (count === undefined || unit === undefined)
      throw new Error(`${rule.stack} / ${rule.logicalId}: the local stack knows rate(...) only, not ${expression}`);
    const every = Number(count) * { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit as "minute" | "hour" | "day"];
    for (const target of list(rule.properties["Targets"])) {
      const fn = functionOf(workers, text(object(target)["Arn"]) ?? "");
      let current: Promise<unknown> = Promise.resolve();
      const run = (): Promise<void> => {
        // One at a time, as a rate rule with a quick function behaves; a jump of hours is one run, not hundreds.
        current = current.then(() =>
          closed
            ? undefined
            : workers.invoke(fn.name, { source: "aws.events", "detail-type": "Scheduled Event", time: new Date().toISOString() }),
        );
        return current.then(() => undefined);
      };
      const arm = (): void => {
        clock.at(clock.now() + every, () => {
          if (closed) return;
          void run().finally(arm);
        });
      };
      arming.push(arm);
      if (every < 3_600_000) scheduled.push(run);
    }
  }

  // The first look is taken here: a role that does not let Lambda poll stops the start, not a poller that nobody watches.
  const first = await Promise.all(mappings.map(({ arn, batchSize, fn }) => aws.queues.receive(arn, batchSize, fn.name, fn.roleLogicalId)));
  const polls = mappings.map((mapping, at) => poll(aws, workers, mapping, first[at] ?? [], () => closed));
  // The same for streams; what they hold waits for its window.
  for (const follower of followed) await follower.look();
  const loops = [...polls, ...followed.map((follower) => follower.run(() => closed))];
  for (const arm of arming) arm();

  return {
    consumed,
    async readStreams() {
      const had = await Promise.all(followed.map((follower) => follower.deliver()));
      return had.includes(true);
    },
    async runSchedules() {
      await Promise.all(scheduled.map((run) => run()));
    },
    async close() {
      closed = true;
      await Promise.all(loops);
    },
  };
}

function functionOf(workers: Workers, nameOrArn: string): LambdaFunction {
  const fn = workers.functions.find((each) => each.arn === nameOrArn || each.arn.endsWith(`:function:${nameOrArn}`));
  if (!fn) throw new Error(`an event source names a function that is not in the stack: ${nameOrArn}`);
  return fn;
}

interface Mapping {
  readonly arn: string;
  readonly fn: LambdaFunction;
  readonly batchSize: number;
  readonly limit: number;
  readonly partial: boolean;
}

async function poll(
  aws: LocalAws,
  workers: Workers,
  mapping: Mapping,
  first: readonly SqsRecord[],
  isClosed: () => boolean,
): Promise<void> {
  const active = new Set<Promise<void>>();
  const take = (records: readonly SqsRecord[]): void => {
    const batch: Promise<void> = handle(aws, workers, mapping, records).finally(() => active.delete(batch));
    active.add(batch);
  };
  let pause: number = REST_MS[0];
  if (first.length > 0) take(first);
  while (!isClosed()) {
    if (active.size >= mapping.limit) {
      await Promise.race(active);
      continue;
    }
    const records = await aws.queues.receive(mapping.arn, mapping.batchSize, mapping.fn.name, mapping.fn.roleLogicalId);
    if (records.length === 0) {
      await rest(pause);
      pause = Math.min(pause * 2, REST_MS[1]);
      continue;
    }
    pause = REST_MS[0];
    take(records);
  }
  await Promise.all(active);
}

/** What succeeded is deleted; what failed is left to its visibility timeout (docs: services-sqs-errorhandling). */
async function handle(aws: LocalAws, workers: Workers, { arn, fn, partial }: Mapping, records: readonly SqsRecord[]): Promise<void> {
  const ended = await workers.invoke(fn.name, { Records: records });
  if (!ended.ok) return;
  const answer = object(ended.value)["batchItemFailures"];
  const failed = new Set(partial ? list(answer).map((each) => text(object(each)["itemIdentifier"])) : []);
  if (failed.has(undefined) || failed.has("")) return;
  for (const record of records) if (!failed.has(record.messageId)) aws.queues.remove(arn, record.receiptHandle);
}

interface Follower {
  /** Looks whether something has come, and remembers since when it waits. */
  look(): Promise<void>;
  /** Hands over everything there is. @returns whether there was anything */
  deliver(): Promise<boolean>;
  run(isClosed: () => boolean): Promise<void>;
}

/** Real milliseconds between two looks at a stream that nobody drains. */
const LOOK_MS = 250;

/** A table's stream, read for one function: a batch goes out when it is full, or when its first record has waited for the window. */
function follow(
  aws: LocalAws,
  workers: Workers,
  clock: SimulatedClock,
  { arn, fn, batchSize, windowMs }: { arn: string; fn: LambdaFunction; batchSize: number; windowMs: number },
): Follower {
  let since: number | undefined;
  /** A batch that failed comes again in halves, as "bisect batch on error" has it. */
  let most = batchSize;
  let busy: Promise<boolean> = Promise.resolve(false);
  const next = (): ReturnType<LocalAws["streams"]["read"]> => aws.streams.read(arn, most, fn.name, fn.roleLogicalId);
  const deliver = async (): Promise<boolean> => {
    let had = false;
    for (let batch = await next(); batch; batch = await next()) {
      had = true;
      const ended = await workers.invoke(fn.name, { Records: batch.records });
      if (!ended.ok) {
        most = Math.max(1, Math.ceil(batch.records.length / 2));
        break;
      }
      most = batchSize;
      batch.done(batch.records.length);
    }
    since = undefined;
    return had;
  };
  return {
    async look() {
      const batch = await next();
      since = batch ? (since ?? clock.now()) : undefined;
      if (batch && batch.records.length >= batchSize) since = Number.NEGATIVE_INFINITY;
    },
    deliver() {
      busy = busy.then(deliver, deliver);
      return busy;
    },
    async run(isClosed) {
      while (!isClosed()) {
        await rest(LOOK_MS);
        if (isClosed()) break;
        // A look that fails is looked again; a stack that stops closes its tables under it.
        await this.look().catch(() => undefined);
        if (since !== undefined && clock.now() >= since + windowMs) await this.deliver().catch(() => undefined);
      }
      await busy.catch(() => undefined);
    },
  };
}
