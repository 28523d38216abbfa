import type { ReadAsks } from "./asks.ts";
import type { Dynamo } from "./dynamo.ts";
import type { Grants } from "./grants.ts";
import { keep } from "./kept.ts";
import type { Cloud } from "./template.ts";
import { list, object, type Properties, text } from "./values.ts";

/** A record as Lambda hands it to a function. */
export type StreamRecord = Properties;

/** What Lambda's pollers do with the tables' streams, under the role of the function they poll for. */
export interface Streams {
  /**
   * The records after those that were `done`, from the oldest on: at most `max`, of one shard.
   * @throws Error when the function's role may not read the stream
   */
  read(streamArn: string, max: number, functionName: string, roleLogicalId: string): Promise<Batch | undefined>;
  /** Lambda checks when a mapping is made that the role may tell of batches that were given up. @throws Error when it may not */
  mayTell(queueArn: string, functionName: string, roleLogicalId: string): void;
  flush(): void;
}

export interface Batch {
  readonly records: readonly StreamRecord[];
  /** Says that the first so many need not be read again. */
  done(many: number): void;
}

const POLLING = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];
const TARGET = "DynamoDBStreams_20120810";

/** Opens the pollers' way to the streams; where they stand is kept with the tables. */
export function openStreams(cloud: Cloud, dynamo: Dynamo, grants: Grants, asks: ReadAsks, dataDir: string | undefined): Streams {
  /** By stream and shard, the last record that is done. */
  const kept = keep<Record<string, string>>(dataDir, "streams.json", {});
  const ended = new Set<string>();
  const allowed = new Set<string>();
  const local = new Map<string, Promise<string>>();

  const call = async (target: string, input: Properties): Promise<Properties> => {
    const answer = await dynamo.forward(target, Buffer.from(JSON.stringify(input)));
    const result = object(JSON.parse(answer.body.toString()));
    if (answer.status !== 200) throw new Error(`DynamoDB Local refused ${target}: ${String(result["message"] ?? result["__type"])}`);
    return result;
  };

  const must = (service: string, action: string, input: Properties, functionName: string, roleLogicalId: string): void => {
    const request = { accessKeyId: "", service, action, input, headers: {}, body: Buffer.alloc(0) };
    for (const ask of asks(request, grants.roleArn(roleLogicalId)))
      if (!grants.decide(functionName, roleLogicalId, ask).allowed)
        throw new Error(`the role of ${functionName} does not allow ${ask.action} on ${ask.resource}: Lambda cannot poll for it`);
  };

  /** DynamoDB Local's own name of the stream. */
  const find = async (streamArn: string): Promise<string> => {
    const table = cloud.resources("AWS::DynamoDB::Table").find((each) => each.attributes["StreamArn"] === streamArn);
    if (!table) throw new Error(`no table of the templates has the stream ${streamArn}`);
    const found = text(object((await call("DynamoDB_20120810.DescribeTable", { TableName: table.name }))["Table"])["LatestStreamArn"]);
    if (found === undefined) throw new Error(`${table.name} has no stream`);
    return found;
  };

  const shards = async (StreamArn: string): Promise<string[]> => {
    const out: string[] = [];
    let from: unknown;
    do {
      const more = from === undefined ? {} : { ExclusiveStartShardId: from };
      const page = object((await call(`${TARGET}.DescribeStream`, { StreamArn, ...more }))["StreamDescription"]);
      out.push(...list(page["Shards"]).map((shard) => String(object(shard)["ShardId"])));
      from = page["LastEvaluatedShardId"];
    } while (from !== undefined);
    return out;
  };

  return {
    async read(streamArn, max, functionName, roleLogicalId) {
      const asked = `${streamArn} ${functionName} ${roleLogicalId}`;
      if (!allowed.has(asked))
        for (const action of POLLING) must("dynamodb", action, { StreamArn: streamArn }, functionName, roleLogicalId);
      allowed.add(asked);
      const stream = local.get(streamArn) ?? find(streamArn);
      local.set(streamArn, stream);
      const StreamArn = await stream;
      for (const ShardId of await shards(StreamArn)) {
        const place = `${streamArn} ${ShardId}`;
        if (ended.has(place)) continue;
        const after = kept.value[place];
        const start =
          after === undefined
            ? { ShardIteratorType: "TRIM_HORIZON" }
            : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after };
        let iterator: unknown = (await call(`${TARGET}.GetShardIterator`, { StreamArn, ShardId, ...start }))["ShardIterator"];
        const page = await call(`${TARGET}.GetRecords`, { ShardIterator: iterator, Limit: Math.min(max, 1000) });
        const records = list(page["Records"]).map((record) => ({ ...object(record), eventSourceARN: streamArn }));
        iterator = page["NextShardIterator"];
        if (records.length === 0) {
          if (iterator === undefined || iterator === null) ended.add(place);
          continue;
        }
        return {
          records,
          done(many) {
            const last = text(object(object(records[many - 1])["dynamodb"])["SequenceNumber"]);
            if (last === undefined) return;
            kept.value[place] = last;
            kept.changed();
          },
        };
      }
      return undefined;
    },
    mayTell: (queueArn, functionName, roleLogicalId) =>
      must("sqs", "SendMessage", { QueueName: queueArn.split(":").at(-1) }, functionName, roleLogicalId),
    flush: kept.flush,
  };
}
