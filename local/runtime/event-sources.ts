import { setTimeout as rest } from "node:timers/promises";
import { type LocalAws, list, object, type SqsRecord, text } from "../aws/index.ts";
import type { SimulatedClock } from "./clock.ts";
import type { LambdaFunction, Workers } from "./workers.ts";

export interface EventSources {
  /** Queues that some function consumes (ARNs): what a drain waits for. */
  readonly consumed: readonly string[];
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
  for (const mapping of aws.cloud.resources("AWS::Lambda::EventSourceMapping")) {
    const { properties } = mapping;
    const arn = text(properties["EventSourceArn"]) ?? "";
    const fn = functionOf(workers, text(properties["FunctionName"]) ?? "");
    const limit = Number(object(properties["ScalingConfig"])["MaximumConcurrency"] ?? STANDARD_CONCURRENCY);
    const partial = list(properties["FunctionResponseTypes"]).includes("ReportBatchItemFailures");
    if (text(properties["StartingPosition"]) !== undefined)
      throw new Error(`${mapping.stack} / ${mapping.logicalId}: the local stack does not know streams yet`);
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
  const loops = mappings.map((mapping, at) => poll(aws, workers, mapping, first[at] ?? [], () => closed));
  for (const arm of arming) arm();

  return {
    consumed,
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
