import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LogLock, LogState } from "../../core/sequence/ports.ts";
import type { Item, Value } from "../../core/store.ts";
import type { WitnessPorts } from "../../core/verbs/cosign-checkpoint.ts";
import { fromItem, toAttribute, toItem } from "./values.ts";

/** What a swap finds in its item, as it was read. */
type Expected = Readonly<Record<string, string | number | Uint8Array>>;

/** Puts an item whole, if these attributes still stand in it as they were read, or none does. */
async function swap(client: DynamoDBClient, TableName: string, item: Item, expected: Expected | undefined): Promise<boolean> {
  const entries = Object.entries(expected ?? {});
  const test = expected
    ? {
        ConditionExpression: entries.map((_, at) => `#${at} = :${at}`).join(" AND "),
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], at) => [`:${at}`, toAttribute(value)])),
      }
    : { ConditionExpression: "attribute_not_exists(PK)" };
  try {
    await client.send(new PutItemCommand({ TableName, Item: toItem(item), ...test }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function read(client: DynamoDBClient, TableName: string, PK: string): Promise<Item | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { PK: { S: PK } }, ConsistentRead: true }));
  return Item ? fromItem(Item) : undefined;
}

const LOG = "log";

/** The log's state, in one item. */
export function dynamoLogLock(client: DynamoDBClient, table: string): LogLock {
  return {
    async read() {
      const item = await read(client, table, LOG);
      if (!item) return undefined;
      const { PK: _, ...state } = item;
      return state as unknown as LogState;
    },
    swap: (from, to) =>
      swap(
        client,
        table,
        { ...(to as unknown as Record<string, Value>), PK: LOG } as Item,
        from && { origin: from.origin, size: from.size, root: from.root },
      ),
  };
}

/** What a witness has seen, an item for each log. */
export function dynamoSeen(client: DynamoDBClient, table: string): WitnessPorts["seen"] {
  return {
    async read(origin) {
      const item = await read(client, table, origin);
      return item && { size: item["size"] as number, root: item["root"] as Uint8Array };
    },
    swap: (origin, from, { size, root }) =>
      swap(client, table, { PK: origin, size, root } as unknown as Item, from && { size: from.size, root: from.root }),
  };
}
