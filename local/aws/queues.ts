import { keyArn } from "./ask-keys.ts";
import { type ReadAsks, serviceContext } from "./asks.ts";
import type { Grants } from "./grants.ts";
import { deadLetterSources, type Messaging } from "./messaging.ts";
import type { Cloud } from "./template.ts";

/** What one queue holds now. */
export interface QueueInfo {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly visible: number;
  readonly inflight: number;
  readonly delayed: number;
  /** The queues whose dead letters land here; empty for an ordinary queue. */
  readonly dlqOf: readonly string[];
  /** When the next hidden or delayed message becomes visible, in simulated milliseconds. */
  readonly nextAt?: number;
}

/** A message as Lambda hands it to a function. */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfBody: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** A message in a queue, for tests that look at what is stored where. */
export interface QueuedMessage {
  readonly queue: string;
  readonly state: "visible" | "delayed" | "inflight";
  readonly messageId: string;
  readonly body: string;
  readonly group?: string;
  readonly receiveCount: number;
}

/** What Lambda's pollers do with the queues, under the role of the function they poll for. */
export interface Queues {
  list(): QueueInfo[];
  /**
   * Receives at most `max` messages, waiting up to `waitSeconds` (real) for the first.
   * @throws Error when the function's role may not receive, delete and describe: event source mappings need all three
   */
  receive(queueArn: string, max: number, functionName: string, roleLogicalId: string, waitSeconds?: number): Promise<SqsRecord[]>;
  remove(queueArn: string, receiptHandle: string): void;
  /** Hides an in-flight message for so long from now; a message that is no longer in flight is left alone. */
  changeVisibility(queueArn: string, receiptHandle: string, seconds: number): void;
}

const SNS = "sns.amazonaws.com";
const POLLING = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];

/** Opens the pollers' way to the queues. */
export function openQueues(cloud: Cloud, messaging: Messaging, grants: Grants, asks: ReadAsks): Queues {
  const sources = deadLetterSources(cloud);
  const mayPoll = (queueArn: string, functionName: string, roleLogicalId: string) => {
    const roleArn = grants.roleArn(roleLogicalId);
    for (const action of POLLING) {
      const input = { QueueUrl: messaging.queue(queueArn).url };
      const request = { accessKeyId: "", service: "sqs", action, input, headers: {}, body: Buffer.alloc(0) };
      for (const ask of asks(request, roleArn)) {
        if (!grants.decide(functionName, roleLogicalId, ask).allowed)
          throw new Error(`the role of ${functionName} does not allow ${ask.action} on ${ask.resource}: Lambda cannot poll for it`);
      }
    }
  };
  const allowed = new Set<string>();

  return {
    list: () => {
      messaging.store.processAllTimers();
      return [...messaging.store.allQueues()].map((queue) => {
        const held = queue.inspectMessages();
        const moments = [
          ...held.inflight.map((entry) => entry.visibilityDeadline),
          ...held.delayed.flatMap((message) => message.delayUntil ?? []),
        ];
        return {
          name: queue.name,
          arn: queue.arn,
          url: queue.url,
          fifo: queue.isFifo(),
          visible: held.ready.length,
          inflight: held.inflight.length,
          delayed: held.delayed.length,
          dlqOf: sources.get(queue.arn) ?? [],
          ...(moments.length === 0 ? {} : { nextAt: moments.reduce((first, moment) => Math.min(first, moment)) }),
        };
      });
    },
    receive: async (queueArn, max, functionName, roleLogicalId, waitSeconds = 0) => {
      const asked = `${queueArn} ${roleLogicalId} ${functionName}`;
      if (!allowed.has(asked)) mayPoll(queueArn, functionName, roleLogicalId);
      allowed.add(asked);
      const queue = messaging.queue(queueArn);
      const take = () => queue.dequeue(max, undefined, (arn) => messaging.store.getQueueByArn(arn));
      let messages = take();
      if (messages.length === 0 && waitSeconds > 0) {
        await queue.waitForMessages(waitSeconds);
        messages = take();
      }
      return messages.map((message) => {
        const { message: stored } = queue.inflightMessages.get(message.ReceiptHandle) ?? {};
        const fifo = {
          MessageGroupId: stored?.messageGroupId,
          MessageDeduplicationId: stored?.messageDeduplicationId,
          SequenceNumber: stored?.sequenceNumber,
        };
        return {
          messageId: message.MessageId,
          receiptHandle: message.ReceiptHandle,
          body: message.Body,
          attributes: {
            ApproximateReceiveCount: String(stored?.approximateReceiveCount ?? 1),
            SentTimestamp: String(stored?.sentTimestamp ?? Date.now()),
            SenderId: cloud.account,
            ApproximateFirstReceiveTimestamp: String(stored?.approximateFirstReceiveTimestamp ?? Date.now()),
            ...Object.fromEntries(Object.entries(fifo).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
          },
          messageAttributes: message.MessageAttributes ?? {},
          md5OfBody: message.MD5OfBody,
          eventSource: "aws:sqs",
          eventSourceARN: queueArn,
          awsRegion: cloud.region,
        };
      });
    },
    remove: (queueArn, receiptHandle) => {
      messaging.queue(queueArn).deleteMessage(receiptHandle);
    },
    changeVisibility: (queueArn, receiptHandle, seconds) => {
      messaging.queue(queueArn).changeVisibility(receiptHandle, seconds);
    },
  };
}

/** Every message that is in any queue now, dead letters included. */
export function dumpQueues(messaging: Messaging): QueuedMessage[] {
  messaging.store.processAllTimers();
  return [...messaging.store.allQueues()].flatMap((queue) => {
    const { ready, delayed, inflight } = queue.inspectMessages();
    const states = [
      ["visible", ready],
      ["delayed", delayed],
      ["inflight", inflight.map((entry) => entry.message)],
    ] as const;
    return states.flatMap(([state, messages]) =>
      messages.map(({ messageId, body, messageGroupId, approximateReceiveCount }) => ({
        queue: queue.name,
        state,
        messageId,
        body,
        ...(messageGroupId === undefined ? {} : { group: messageGroupId }),
        receiveCount: approximateReceiveCount,
      })),
    );
  });
}

/** Checks that every topic may send to the queues that subscribe to it: in AWS the message would vanish without a word. */
export function checkSubscriptions(cloud: Cloud, grants: Grants): void {
  const queues = new Map(cloud.resources("AWS::SQS::Queue").map((queue) => [queue.arn, queue]));
  for (const { stack, logicalId, properties } of cloud.resources("AWS::SNS::Subscription")) {
    const queue = queues.get(String(properties["Endpoint"]));
    if (properties["Protocol"] !== "sqs" || queue?.arn === undefined) continue;
    const context = serviceContext(SNS, String(properties["TopicArn"]), cloud.account);
    const may = (action: string, resource: string) => grants.decideService(SNS, { action, resource, context });
    const where = `${stack} / ${logicalId}: the policy of`;
    if (!may("sqs:SendMessage", queue.arn)) throw new Error(`${where} the queue ${queue.logicalId} does not let the topic send to it`);
    const key = keyArn(cloud, queue.properties["KmsMasterKeyId"]);
    const missing = key === undefined ? undefined : ["kms:GenerateDataKey", "kms:Decrypt"].find((action) => !may(action, key));
    if (missing !== undefined) throw new Error(`${where} the key of the queue ${queue.logicalId} does not let ${SNS} use ${missing}`);
  }
}
