import { setTimeout as rest } from "node:timers/promises";
import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { LocalAws } from "../aws/index.ts";
import type { SimulatedClock } from "./clock.ts";
import type { EventSources } from "./event-sources.ts";
import type { Workers } from "./workers.ts";

/** What still keeps a drain from ending. */
export interface Left {
  readonly running: number;
  readonly queues: readonly { readonly name: string; readonly visible: number; readonly hidden: number; readonly delayed: number }[];
  readonly carrier: number;
  /** Items whose `due` has passed, by key prefix. */
  readonly due: readonly string[];
}

export type Drained =
  | { readonly done: true; readonly deadLetters: Readonly<Record<string, number>> }
  | { readonly done: false; readonly left: Left };

/** Real time after which a drain says what is left. */
const PATIENCE_MS = 60_000;
/** Carrier's events that are further off are waited for only by a drain that may move the clock. */
const SOON_MS = 2_000;
/** A queue that shows messages which nobody takes for so many looks holds them back: the one before them in their group is hidden. */
const LOOKS = 20;
const SHARDS = ["0", "1", "2", "3"];

/** Waits until nothing is left to do; with `advance` it may move the clock to the next instant at which something happens. */
export function openDrain(
  aws: LocalAws,
  workers: Workers,
  sources: EventSources,
  clock: SimulatedClock,
): (advance: boolean) => Promise<Drained> {
  const client = new DynamoDBClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId: aws.operator.accessKeyId, secretAccessKey: aws.operator.secretAccessKey },
  });
  const table = stateTable(aws);

  const due = async (): Promise<string[]> => {
    const pages = await Promise.all(
      SHARDS.map((shard) =>
        client.send(
          new QueryCommand({
            TableName: table,
            IndexName: "due",
            KeyConditionExpression: "d = :d AND da <= :now",
            ExpressionAttributeValues: { ":d": { S: shard }, ":now": { N: String(clock.now()) } },
          }),
        ),
      ),
    );
    return pages.flatMap((page) =>
      (page.Items ?? []).map((item) => `${item["PK"]?.S?.slice(0, 2) ?? "?"}…/${item["SK"]?.S?.slice(0, 2) ?? "?"}`),
    );
  };

  const queues = (): ReturnType<LocalAws["queues"]["list"]> => aws.queues.list().filter((queue) => sources.consumed.includes(queue.arn));

  return async (advance) => {
    const began = performance.now();
    let calm = 0;
    let idle = 0;
    for (;;) {
      const busy = queues().filter((queue) => queue.visible + queue.inflight + queue.delayed > 0);
      const { carrier, nextAt } = aws.pending();
      const carrierSoon = carrier > 0 && (advance || (nextAt ?? 0) <= clock.now() + SOON_MS);
      const running = workers.running();
      const waiting = running > 0 || busy.length > 0 || carrierSoon;
      const overdue = waiting ? [] : await due();

      if (!waiting && overdue.length === 0) {
        if (await sources.readStreams()) {
          calm = 0;
          if (performance.now() - began <= PATIENCE_MS) continue;
          return { done: false, left: { running, queues: [], carrier, due: [] } };
        }
        // Twice in a row: what has just ended may have put something into a queue between two looks.
        calm++;
        if (calm > 1) return { done: true, deadLetters: deadLetters(aws) };
        await rest(5);
        continue;
      }
      calm = 0;
      idle = running === 0 ? idle + 1 : 0;
      if (overdue.length > 0) {
        await sources.runSchedules();
      } else if (advance && running === 0 && (idle >= LOOKS || busy.every((queue) => queue.visible === 0))) {
        idle = 0;
        const next = Math.min(
          ...busy.map((queue) => queue.nextAt ?? Number.POSITIVE_INFINITY),
          carrier > 0 ? (nextAt ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
        );
        if (Number.isFinite(next) && next > clock.now()) clock.set(next);
      }
      if (performance.now() - began > PATIENCE_MS) {
        const left: Left = {
          running,
          queues: busy.map(({ name, visible, inflight, delayed }) => ({ name, visible, hidden: inflight, delayed })),
          carrier,
          due: overdue.length > 0 ? overdue : await due(),
        };
        return { done: false, left };
      }
      await rest(10);
    }
  };
}

/** The table with a `due` index. */
function stateTable(aws: LocalAws): string {
  const table = aws.cloud
    .resources("AWS::DynamoDB::Table")
    .find((each) => JSON.stringify(each.properties["GlobalSecondaryIndexes"] ?? "").includes('"due"'));
  if (!table) throw new Error("the stack has no table with a due index");
  return table.name;
}

const deadLetters = (aws: LocalAws): Record<string, number> =>
  Object.fromEntries(
    aws.queues
      .list()
      .filter((queue) => queue.dlqOf.length > 0)
      .map((queue) => [queue.name, queue.visible + queue.inflight]),
  );
