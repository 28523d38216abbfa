import { DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand, type Update } from "@aws-sdk/client-dynamodb";
import type { TestStack } from "./stack.ts";

/**
 * Changes items of the state table behind the gateway's back, as `send-text` may: for what no call leads to any more, and what
 * an item that an earlier version wrote would be.
 */
export async function byHand(clinic: TestStack, key: { PK: string; SK: string }, update: Omit<Update, "Key" | "TableName">): Promise<void> {
  const { aws, workers } = clinic.stack;
  const sender = workers.functions.find(({ name }) => name === "send-text");
  const client = new DynamoDBClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { ...aws.identity("send-text", sender?.roleLogicalId ?? "", "by-hand") },
  });
  const TableName = aws.tables().find((name) => name.toLowerCase().includes("state"));
  const item: TransactWriteItem = { Update: { TableName, Key: { PK: { S: key.PK }, SK: { S: key.SK } }, ...update } };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [item] }));
  client.destroy();
}
