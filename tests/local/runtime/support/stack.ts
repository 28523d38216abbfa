import { readFileSync } from "node:fs";
import { setTimeout as rest } from "node:timers/promises";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type LocalStack, type StackOptions, startStack } from "../../../../local/runtime/stack.ts";
import { standIn } from "./assembly.ts";

/** What a stand-in function wrote down. */
export interface Note {
  readonly kind: string;
  readonly pid: number;
  readonly bodies?: readonly string[];
  readonly now?: number;
  readonly first?: Readonly<Record<string, unknown>>;
}

/** A running stand-in stack with short ways to use it. */
export interface Standing {
  readonly stack: LocalStack;
  /** Puts orders into a queue, each a message; a FIFO queue gets them in one group unless an order names its own. */
  send(queue: string, ...orders: readonly { name: string; do?: string; group?: string; [more: string]: unknown }[]): Promise<void>;
  notes(): Note[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Starts the stand-in stack on a free port. */
export async function stand(
  change?: Parameters<typeof standIn>[0],
  options: Partial<Pick<StackOptions, "dataDir" | "cdkOut">> = {},
): Promise<Standing> {
  const { cdkOut, journal } = standIn(change);
  const stack = await startStack({ cdkOut, port: 0, ...options });
  const { accessKeyId, secretAccessKey } = stack.aws.operator;
  const client = new SQSClient({
    endpoint: stack.aws.endpoint,
    region: stack.aws.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  return {
    stack,
    async send(queue, ...orders) {
      const found = stack.aws.cloud.resource(queue);
      for (const { group = "one", ...order } of orders) {
        await client.send(
          new SendMessageCommand({
            QueueUrl: found?.ref,
            MessageBody: JSON.stringify(order),
            ...(found?.ref.endsWith(".fifo") ? { MessageGroupId: group, MessageDeduplicationId: order.name } : {}),
          }),
        );
      }
    },
    notes: () =>
      readFileSync(journal, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Note),
    fetch: (path, init) => fetch(`${stack.api}${path}`, init),
    async close() {
      client.destroy();
      await stack.close();
    },
  };
}

/** Waits until something holds, and fails by itself where it never does. */
export async function until(what: string, holds: () => boolean, patienceMs = 20_000): Promise<void> {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > patienceMs) throw new Error(`never: ${what}`);
    await rest(10);
  }
}
