import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Errand, Outbox } from "../core/ports.ts";

/** The two outbound queues (FIFO): order is kept within a conversation, and replies never wait behind reminders. */
export function sqsOutbox(client: SQSClient, queues: { readonly replies: string; readonly bulk: string }): Outbox {
  return {
    async enqueue(lane, errand) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queues[lane],
          MessageBody: JSON.stringify(errand),
          MessageGroupId: errand.conversation,
          MessageDeduplicationId: `${errand.message}-${errand.attempt}`,
        }),
      );
    },
  };
}

/** An errand as it was enqueued. @throws where the body is not one: nothing but this gateway writes to these queues */
export function toErrand(body: string): Errand {
  const { conversation, message, attempt, number, patient } = JSON.parse(body) as Errand;
  if (typeof conversation !== "string" || typeof message !== "string" || typeof attempt !== "number" || typeof number !== "string")
    throw new Error("not an errand");
  return { conversation, message, attempt, number, patient };
}

/** Shows a received message again after `seconds`, not before. */
export async function showAgain(client: SQSClient, queueUrl: string, receiptHandle: string, seconds: number): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: Math.max(1, Math.min(43_200, Math.ceil(seconds))),
    }),
  );
}
