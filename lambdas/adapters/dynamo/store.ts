import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import type { Item, Key, Store } from "../../core/store.ts";
import { type Tables, toAction } from "./expressions.ts";
import { fromItem, toItem } from "./values.ts";

/** Reasons for which a transaction was certainly not carried out and may be decided again. */
const LOST = new Set(["ConditionalCheckFailed", "TransactionConflict", "None"]);

/** The store in DynamoDB: one state table with two sparse indexes, and an audit table that is only ever added to. */
export function dynamoStore(client: DynamoDBClient, tables: Tables): Store {
  const pages = async <T>(input: QueryCommandInput, limit: number): Promise<T[]> => {
    const items: T[] = [];
    let ExclusiveStartKey: QueryCommandInput["ExclusiveStartKey"];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({ ...input, ...(Number.isFinite(limit) ? { Limit: limit - items.length } : {}), ExclusiveStartKey }),
      );
      for (const item of page.Items ?? []) items.push(fromItem(item) as T);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && items.length < limit);
    return items;
  };

  return {
    async get<T>(key: Key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tables.state, Key: toItem({ PK: key.PK, SK: key.SK }), ConsistentRead: true }),
      );
      return Item ? (fromItem(Item) as T) : undefined;
    },

    query<T>(
      pk: string,
      { prefix, descending = false, limit = Number.POSITIVE_INFINITY }: { prefix?: string; descending?: boolean; limit?: number } = {},
    ) {
      return pages<T>(
        {
          TableName: tables.state,
          KeyConditionExpression: prefix === undefined ? "PK = :pk" : "PK = :pk AND begins_with(SK, :prefix)",
          ExpressionAttributeValues: toItem(prefix === undefined ? { ":pk": pk } : { ":pk": pk, ":prefix": prefix }),
          ConsistentRead: true,
          ScanIndexForward: !descending,
        },
        limit,
      );
    },

    queue<T>(team: string, { prefix, after, limit }: { prefix?: string; after?: string; limit: number }) {
      const [test, values] =
        prefix !== undefined && after !== undefined
          ? [" AND qs BETWEEN :after AND :end", { ":after": `${after}\u0000`, ":end": `${prefix}\uffff` }]
          : prefix !== undefined
            ? [" AND begins_with(qs, :prefix)", { ":prefix": prefix }]
            : after !== undefined
              ? [" AND qs > :after", { ":after": after }]
              : ["", {}];
      return pages<T>(
        {
          TableName: tables.state,
          IndexName: "queue",
          KeyConditionExpression: `q = :q${test}`,
          ExpressionAttributeValues: toItem({ ":q": team, ...values } as Record<string, string>),
        },
        limit,
      );
    },

    async due(shard, until, limit) {
      const items = await pages<Item>(
        {
          TableName: tables.state,
          IndexName: "due",
          KeyConditionExpression: "d = :d AND da <= :until",
          ExpressionAttributeValues: toItem({ ":d": shard, ":until": until }),
        },
        limit,
      );
      return items.map(({ PK, SK }) => ({ PK, SK }));
    },

    async transact(writes) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: writes.map((write) => toAction(write, tables)) }));
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
        if (codes.length > 0 && codes.every((code) => LOST.has(code))) return false;
        throw error;
      }
    },
  };
}
