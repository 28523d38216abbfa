import { randomUUID } from "node:crypto";
import { keyArn } from "./ask-keys.ts";
import { serviceContext } from "./asks.ts";
import type { Clock } from "./clock.ts";
import type { Grants } from "./grants.ts";
import { keep } from "./kept.ts";
import type { Messaging } from "./messaging.ts";
import type { Cloud, Resource } from "./template.ts";
import { flag, object, text } from "./values.ts";

/** A text that reached a patient's phone. */
export interface Received {
  readonly body: string;
  readonly at: string;
  readonly messageId: string;
}

/** A text that left a patient's phone. */
export interface Sent {
  readonly body: string;
  readonly at: string;
}

/** How an inbound text may differ from an ordinary one. */
export interface TextOptions {
  /** The SNS envelope's timestamp, in simulated milliseconds or ISO text: the carrier's clock. */
  readonly at?: number | string | undefined;
  readonly inboundMessageId?: string | undefined;
  /** The SNS envelope's message id. */
  readonly messageId?: string | undefined;
  /** Publishes it twice, as the carrier sometimes does. */
  readonly duplicate?: boolean | undefined;
  /** Publishes this instead of the carrier's JSON. */
  readonly raw?: string | undefined;
}

/** The patients' phones. */
export interface Handsets {
  /** A patient's phone texts the clinic: the exact JSON of two-way SMS, to the number's topic. */
  text(e164: string, body: string, options?: TextOptions): Promise<{ inboundMessageId: string }>;
  inbox(e164: string): Received[];
  /** What this phone has texted the clinic, as it was typed. */
  sent(e164: string): Sent[];
  all(): string[];
}

/** The carrier's side of the phones. */
export interface Phones extends Handsets {
  deliver(e164: string, received: Received): void;
  flush(): void;
}

const SERVICE = "sms-voice.amazonaws.com";
const KEYWORDS = ["HELP", "STOP"];

/**
 * Checks that End User Messaging may publish to one of our topics: in AWS every text would be lost without a word.
 * @param sourceArn the phone number or configuration set on whose behalf it publishes
 */
export function checkPublisher(cloud: Cloud, grants: Grants, topicArn: string, sourceArn: string, resource: Resource): void {
  const context = serviceContext(SERVICE, sourceArn, cloud.account);
  const where = `${resource.stack} / ${resource.logicalId} (${resource.type})`;
  if (!grants.decideService(SERVICE, { action: "sns:Publish", resource: topicArn, context }))
    throw new Error(`${where}: the policy of the topic ${topicArn} does not let ${SERVICE} publish`);
  const topic = cloud.resources("AWS::SNS::Topic").find(({ arn }) => arn === topicArn);
  const key = keyArn(cloud, topic?.properties["KmsMasterKeyId"]);
  if (key === undefined) return;
  for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
    if (!grants.decideService(SERVICE, { action, resource: key, context }))
      throw new Error(`${where}: the policy of the topic's key does not let ${SERVICE} use ${action}`);
  }
}

/**
 * Opens the simulated phones.
 * @throws Error naming the number, when it is not two-way with self-managed opt-outs or its topic does not let the service publish
 */
export function openHandsets(cloud: Cloud, messaging: Messaging, grants: Grants, clock: Clock, dataDir: string | undefined): Phones {
  const kept = keep<Record<string, Received[]>>(dataDir, "handsets.json", {});
  const typed = keep<Record<string, Sent[]>>(dataDir, "handsets-sent.json", {});
  const number = cloud.resources("AWS::SMSVOICE::PhoneNumber")[0];
  const twoWay = object(number?.properties["TwoWay"]);
  const topic = text(twoWay["ChannelArn"]);
  if (number !== undefined) {
    const where = `${number.stack} / ${number.logicalId} (${number.type})`;
    if (!flag(twoWay["Enabled"]) || topic === undefined)
      throw new Error(`${where}: the local stack knows only two-way numbers with an SNS topic`);
    if (twoWay["ChannelRole"] !== undefined) throw new Error(`${where}: the local stack knows a topic policy, not a channel role`);
    if (!flag(number.properties["SelfManagedOptOutsEnabled"]))
      throw new Error(`${where}: the local stack knows only self-managed opt-outs`);
    checkPublisher(cloud, grants, topic, number.arn ?? "", number);
  }
  const inbox = (e164: string) => kept.value[e164] ?? [];

  return {
    text: async (e164, body, { at, inboundMessageId = randomUUID(), messageId, duplicate = false, raw } = {}) => {
      if (number === undefined || topic === undefined) throw new Error("the templates have no phone number to text");
      const previous = inbox(e164).at(-1)?.messageId;
      const first = body.trim().split(/\s/)[0]?.toUpperCase() ?? "";
      const payload = {
        originationNumber: e164,
        destinationNumber: number.attributes["PhoneNumber"],
        messageKeyword: KEYWORDS.includes(first) ? first : `KEYWORD_${cloud.account}`,
        messageBody: body,
        inboundMessageId,
        ...(previous === undefined ? {} : { previousPublishedMessageId: previous }),
      };
      const moment = typeof at === "string" ? Date.parse(at) : at;
      for (let copy = 0; copy < (duplicate ? 2 : 1); copy += 1) {
        messaging.publish(topic, raw ?? JSON.stringify(payload), { at: moment, messageId: copy === 0 ? messageId : undefined });
      }
      typed.value[e164] = [...(typed.value[e164] ?? []), { body, at: new Date(moment ?? clock.now()).toISOString() }];
      typed.changed();
      if (kept.value[e164] === undefined) {
        kept.value[e164] = [];
        kept.changed();
      }
      return { inboundMessageId };
    },
    inbox: (e164) => [...inbox(e164)],
    sent: (e164) => [...(typed.value[e164] ?? [])],
    all: () => Object.keys(kept.value),
    deliver: (e164, received) => {
      kept.value[e164] = [...inbox(e164), received];
      kept.changed();
    },
    flush: () => {
      kept.flush();
      typed.flush();
    },
  };
}
