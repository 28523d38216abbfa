import { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Subscription, SubscriptionProtocol } from "aws-cdk-lib/aws-sns";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { GatewayFunction } from "./function.ts";

/** What Lambda's poller does under the function's role (docs: with-sqs permissions). */
function consume(scope: Construct, queue: Queue, fn: GatewayFunction, options: { batchSize: number; maxConcurrency?: number }): void {
  fn.allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], [queue.queueArn]);
  new EventSourceMapping(scope, `to-${fn.name}`, {
    target: fn.lambda,
    eventSourceArn: queue.queueArn,
    reportBatchItemFailures: true,
    ...options,
  });
}

/**
 * The carrier's payloads until they are committed. An outage of hours is outlasted here: a text is tried a hundred times,
 * three minutes apart, and kept for ten days; the dead-letter queue is only for what could not be stored even so.
 */
export class ArrivalQueue extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.dead = new Queue(this, "dead", { retentionPeriod: Duration.days(14), encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    this.queue = new Queue(this, "queue", {
      visibilityTimeout: Duration.minutes(3),
      retentionPeriod: Duration.days(10),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.dead, maxReceiveCount: 100 },
    });
    // Not raw: the envelope has the only timestamp there is.
    new Subscription(this, "subscription", {
      topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: this.queue.queueArn,
      rawMessageDelivery: false,
      // What SNS may not hand over (a queue or policy that somebody has changed) it would throw away.
      deadLetterQueue: this.dead,
    });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("sns.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": topic.topicArn } },
      }),
    );
  }

  consumedBy(fn: GatewayFunction): void {
    consume(this, this.queue, fn, { batchSize: 10 });
  }
}

/**
 * Errands to send, in order within a conversation and one at a time. Waiting for the lane is done by visibility, so an
 * errand may be received often; nothing is lost with it, because the sweep asks again for what stands accepted.
 */
export class ErrandQueue extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;
  private readonly lane: "REPLIES_QUEUE" | "BULK_QUEUE";

  constructor(scope: Construct, id: "replies" | "bulk") {
    super(scope, id);
    this.lane = id === "replies" ? "REPLIES_QUEUE" : "BULK_QUEUE";
    this.dead = new Queue(this, "dead", {
      fifo: true,
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, "queue", {
      fifo: true,
      // Every errand names its own attempt: two that read the same are not the same.
      contentBasedDeduplication: false,
      // Order and doubles are a conversation's own affair; the queue as a whole need not wait for them.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: Duration.minutes(3),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.dead, maxReceiveCount: 1000 },
    });
  }

  grantEnqueue(fn: GatewayFunction): void {
    fn.allow(["sqs:SendMessage"], [this.queue.queueArn]);
    fn.setting(this.lane, this.queue.queueUrl);
  }

  /** Two at a time: the lane lets one part a second through anyway. */
  consumedBy(fn: GatewayFunction): void {
    consume(this, this.queue, fn, { batchSize: 1, maxConcurrency: 2 });
    fn.allow(["sqs:ChangeMessageVisibility"], [this.queue.queueArn]);
    fn.setting(this.lane, this.queue.queueUrl);
  }
}

/** How many messages wait in two queues, as one number to watch. */
export function together(one: Queue, other: Queue): MathExpression {
  return new MathExpression({
    expression: "one + other",
    usingMetrics: { one: one.metricApproximateNumberOfMessagesVisible(), other: other.metricApproximateNumberOfMessagesVisible() },
  });
}
