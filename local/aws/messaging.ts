import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { buildApp } from "fauxqs";
import { PersistenceManager } from "../../node_modules/fauxqs/dist/persistence.js";
import { S3Store } from "../../node_modules/fauxqs/dist/s3/s3Store.js";
import { SnsStore } from "../../node_modules/fauxqs/dist/sns/snsStore.js";
import { type SqsQueue, SqsStore } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
import type { Answer } from "./answer.ts";
import type { Request } from "./identify.ts";
import type { Cloud, Resource } from "./template.ts";
import { list, object, text } from "./values.ts";

// fauxqs offers its stores to `buildApp` but not their making, and its own start command listens on every interface. So the stores are
// made here from its files (the version is pinned), and nothing of it listens at all: the door hands requests over in the process.

/** A mail that an e-mail subscription would have sent. */
export interface Mail {
  readonly topic: string;
  /** The addresses that are subscribed. */
  readonly to: readonly string[];
  readonly subject?: string;
  readonly body: string;
  readonly at: string;
}

/** How a publication by AWS itself may differ from an ordinary one: tests make late, reordered and repeated arrivals with it. */
export interface Envelope {
  readonly at?: number | undefined;
  readonly messageId?: string | undefined;
}

/** The queues and topics of the templates. */
export interface Messaging {
  call(request: Request): Promise<Answer>;
  /** Publishes as an AWS service does; returns the SNS message id. */
  publish(topicArn: string, message: string, envelope?: Envelope): string;
  readonly store: SqsStore;
  queue(arn: string): SqsQueue;
  mails(): Mail[];
  close(): Promise<void>;
}

const QUEUE_ATTRIBUTES = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "VisibilityTimeout",
];

function attributes(queue: Resource): Record<string, string> {
  const plain = QUEUE_ATTRIBUTES.flatMap((name) => {
    const value = text(queue.properties[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const redrive = queue.properties["RedrivePolicy"];
  return { ...Object.fromEntries(plain), ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }) };
}

function createQueues(cloud: Cloud, store: SqsStore): void {
  for (const queue of cloud.resources("AWS::SQS::Queue")) {
    const kept = store.getQueueByArn(queue.arn ?? "");
    if (kept === undefined) {
      store.createQueue(queue.name, queue.ref, queue.arn ?? "", attributes(queue));
      continue;
    }
    kept.setAttributes(attributes(queue));
    // The door's port may have changed since; queues are found by their name, but say their URL.
    Object.assign(kept, { url: queue.ref });
  }
}

function createTopics(cloud: Cloud, store: SnsStore): Map<string, string[]> {
  for (const topic of cloud.resources("AWS::SNS::Topic")) {
    if (topic.properties["FifoTopic"] !== undefined)
      throw new Error(`${topic.stack} / ${topic.logicalId}: the local stack does not know FIFO topics`);
    store.createTopic(topic.name, undefined, undefined, cloud.region);
  }
  const mailTo = new Map<string, string[]>();
  for (const subscription of cloud.resources("AWS::SNS::Subscription")) {
    const { Protocol, Endpoint, TopicArn, RawMessageDelivery, ...more } = subscription.properties;
    const unknown = Object.keys(more).find((member) => member.startsWith("FilterPolicy"));
    const where = `${subscription.stack} / ${subscription.logicalId} (${subscription.type})`;
    if (unknown !== undefined) throw new Error(`${where}: the local stack does not know ${unknown}`);
    if (Protocol === "sqs")
      store.subscribe(String(TopicArn), "sqs", String(Endpoint), { RawMessageDelivery: String(RawMessageDelivery ?? false) });
    else if (Protocol === "email") mailTo.set(String(TopicArn), [...(mailTo.get(String(TopicArn)) ?? []), String(Endpoint)]);
    else throw new Error(`${where}: the local stack does not know subscriptions by ${String(Protocol)}`);
  }
  return mailTo;
}

/**
 * Makes the queues, topics and subscriptions of the templates with fauxqs, inside this process.
 * @param dataDir where messages are kept; undefined keeps them in memory
 * @throws Error naming the resource, for a kind of topic or subscription that the local stack does not know
 */
export async function openMessaging(cloud: Cloud, dataDir: string | undefined): Promise<Messaging> {
  const sqsStore = new SqsStore();
  const snsStore = new SnsStore();
  sqsStore.region = cloud.region;
  snsStore.region = cloud.region;
  const persistence = dataDir === undefined ? undefined : new PersistenceManager(join(dataDir, "queues"));
  if (persistence !== undefined) {
    persistence.loadSqsAndSns(sqsStore, snsStore);
    sqsStore.persistence = persistence;
    snsStore.persistence = persistence;
    for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  }
  createQueues(cloud, sqsStore);
  const mailTo = createTopics(cloud, snsStore);
  const app = buildApp({ logger: false, defaultRegion: cloud.region, stores: { sqsStore, snsStore, s3Store: new S3Store() } });
  await app.ready();
  const mails: Mail[] = [];

  const mail = (topic: string, body: string, subject: string | undefined) => {
    const to = mailTo.get(topic);
    if (to !== undefined) mails.push({ topic, to, ...(subject === undefined ? {} : { subject }), body, at: new Date().toISOString() });
  };

  return {
    store: sqsStore,
    call: async ({ service, action, input, headers, body }) => {
      const passed = Object.fromEntries(
        ["content-type", "x-amz-target", "authorization"].map((name) => [name, String(headers[name] ?? "")]),
      );
      const answer = await app.inject({ method: "POST", url: "/", headers: { ...passed, host: "127.0.0.1" }, payload: body });
      if (service === "sns" && action === "Publish" && answer.statusCode === 200)
        mail(String(input["TopicArn"]), String(input["Message"]), text(input["Subject"]));
      const copied = ["content-type", "x-amzn-query-error"].flatMap((name) =>
        answer.headers[name] === undefined ? [] : [[name, String(answer.headers[name])]],
      );
      return {
        status: answer.statusCode,
        headers: { ...Object.fromEntries(copied), "x-amzn-requestid": randomUUID() },
        body: answer.rawPayload,
      };
    },
    publish: (topicArn, message, { at = Date.now(), messageId = randomUUID() } = {}) => {
      for (const { protocol, endpoint, attributes: given, arn } of snsStore.listSubscriptionsByTopic(topicArn).subscriptions) {
        const queue = protocol === "sqs" ? sqsStore.getQueueByArn(endpoint) : undefined;
        if (queue === undefined) continue;
        const body = given["RawMessageDelivery"] === "true" ? message : envelope(cloud.region, topicArn, arn, message, at, messageId);
        queue.enqueue(SqsStore.createMessage(body));
      }
      mail(topicArn, message, undefined);
      return messageId;
    },
    queue: (arn) => {
      const queue = sqsStore.getQueueByArn(arn);
      if (queue === undefined) throw new Error(`there is no queue ${arn} in the templates`);
      return queue;
    },
    mails: () => [...mails],
    close: async () => {
      sqsStore.shutdown();
      await app.close();
      persistence?.close();
    },
  };
}

/** The notification that SNS puts into a queue when delivery is not raw. Only it carries the time at which the carrier handed the text over. */
function envelope(region: string, topicArn: string, subscription: string, message: string, at: number, messageId: string): string {
  const host = `https://sns.${region}.amazonaws.com`;
  return JSON.stringify({
    Type: "Notification",
    MessageId: messageId,
    TopicArn: topicArn,
    Message: message,
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: "1",
    Signature: "local",
    SigningCertURL: `${host}/SimpleNotificationService-local.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
  });
}

/** Which queues a dead-letter queue serves, by its ARN. */
export function deadLetterSources(cloud: Cloud): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const queue of cloud.resources("AWS::SQS::Queue")) {
    const target = text(object(queue.properties["RedrivePolicy"])["deadLetterTargetArn"]);
    if (target !== undefined) sources.set(target, [...list(sources.get(target)).map(String), queue.arn ?? ""]);
  }
  return sources;
}
