import type { Clock } from "./clock.ts";
import type { Grants } from "./grants.ts";
import { checkPublisher, type Phones } from "./handsets.ts";
import { keep } from "./kept.ts";
import type { Messaging } from "./messaging.ts";
import { segments } from "./segments.ts";
import type { Cloud, Resource } from "./template.ts";
import { flag, list, object, text } from "./values.ts";

/** A text that End User Messaging has accepted. */
export interface Accepted {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly messageType: string;
  readonly context: Readonly<Record<string, string>>;
  readonly configurationSet: Resource | undefined;
}

/** The simulated carrier. */
export interface Carrier {
  accept(message: Accepted): void;
  /** Delivery events that have still to be published, and when the next one is due. */
  pending(): { carrier: number; nextAt?: number };
  close(): void;
}

interface Step {
  /** Milliseconds after the request at which the carrier knows it. */
  readonly known: number;
  /** Milliseconds after the request at which the event is published. */
  readonly told: number;
  readonly status: string;
  readonly final: boolean;
  readonly description: string;
}

const accepted: Step = {
  known: 250,
  told: 250,
  status: "SUCCESSFUL",
  final: false,
  description: "Message has been accepted by phone carrier",
};
const delivered: Step = { known: 1_200, told: 1_200, status: "DELIVERED", final: true, description: "Message has been accepted by phone" };

/**
 * What happens to a text, by the last four digits of its number; any other is accepted and then delivered, as a Canadian long code's
 * receipts go. 0197 (its answer never comes: see `sms.ts`) is delivered too; 0195 is delivered and nothing is ever heard of it.
 */
const FATES: Readonly<Record<string, { reaches: boolean; steps: readonly Step[] }>> = {
  "0195": { reaches: true, steps: [] },
  "0196": {
    reaches: true,
    steps: [
      { ...delivered, told: 600_000 },
      { ...accepted, told: 605_000 },
    ],
  },
  "0198": {
    reaches: false,
    steps: [{ known: 800, told: 800, status: "CARRIER_BLOCKED", final: true, description: "Phone carrier has blocked this message" }],
  },
  "0199": {
    reaches: false,
    steps: [{ known: 900, told: 900, status: "UNREACHABLE", final: true, description: "Phone is currently unreachable/unavailable" }],
  },
};

interface Owed {
  at: number;
  topic: string;
  event: string;
}

function destinations(set: Resource | undefined, eventType: string): string[] {
  return list(set?.properties["EventDestinations"])
    .map(object)
    .flatMap((destination) => {
      const wanted = list(destination["MatchingEventTypes"]);
      const matches = wanted.includes("ALL") || wanted.includes("TEXT_ALL") || wanted.includes(eventType);
      const topic = text(object(destination["SnsDestination"])["TopicArn"]);
      return flag(destination["Enabled"] ?? true) && matches && topic !== undefined ? [topic] : [];
    });
}

/** Opens the simulated carrier. Events that were still owed when the data were last kept are published when their time comes. */
export function openCarrier(
  cloud: Cloud,
  messaging: Messaging,
  grants: Grants,
  phones: Phones,
  clock: Clock,
  dataDir: string | undefined,
): Carrier {
  for (const set of cloud.resources("AWS::SMSVOICE::ConfigurationSet")) {
    for (const destination of list(set.properties["EventDestinations"]).map(object)) {
      const topic = text(object(destination["SnsDestination"])["TopicArn"]);
      if (topic === undefined) throw new Error(`${set.stack} / ${set.logicalId}: the local stack knows only event destinations by SNS`);
      checkPublisher(cloud, grants, topic, set.arn ?? "", set);
    }
  }
  const kept = keep<{ owed: Owed[] }>(dataDir, "carrier.json", { owed: [] });
  const cancels = new Map<Owed, () => void>();
  const arm = (owed: Owed) => {
    const cancel = clock.at(owed.at, () => {
      cancels.delete(owed);
      kept.value.owed = kept.value.owed.filter((other) => other !== owed);
      kept.changed();
      messaging.publish(owed.topic, owed.event);
    });
    cancels.set(owed, cancel);
  };
  // Arming one may publish it at once and take it off the list.
  for (const owed of [...kept.value.owed]) arm(owed);

  return {
    accept: (message) => {
      const now = clock.now();
      const fate = FATES[message.to.slice(-4)] ?? { reaches: true, steps: [accepted, delivered] };
      if (fate.reaches) phones.deliver(message.to, { body: message.body, at: new Date(now).toISOString(), messageId: message.messageId });
      for (const step of fate.steps) {
        const eventType = `TEXT_${step.status}`;
        const event = JSON.stringify(deliveryEvent(message, step, now));
        for (const topic of destinations(message.configurationSet, eventType)) {
          const owed = { at: now + step.told, topic, event };
          kept.value.owed.push(owed);
          kept.changed();
          arm(owed);
        }
      }
    },
    pending: () => {
      const owed = kept.value.owed;
      return {
        carrier: owed.length,
        ...(owed.length === 0 ? {} : { nextAt: owed.reduce((first, { at }) => Math.min(first, at), Infinity) }),
      };
    },
    close: () => {
      for (const cancel of cancels.values()) cancel();
      kept.flush();
    },
  };
}

/** The event's JSON as the service's guide shows it, with the members that Canadian receipts carry. */
function deliveryEvent(message: Accepted, step: Step, requested: number): Record<string, unknown> {
  const { encoding, parts } = segments(message.body);
  return {
    eventType: `TEXT_${step.status}`,
    eventVersion: "1.0",
    eventTimestamp: requested + step.known,
    isFinal: step.final,
    originationPhoneNumber: message.from,
    destinationPhoneNumber: message.to,
    isoCountryCode: "CA",
    mcc: "302",
    mnc: "720",
    carrierName: "Simulated Carrier",
    isInternationalSend: false,
    messageId: message.messageId,
    messageRequestTimestamp: requested,
    messageEncoding: encoding,
    messageType: message.messageType,
    messageStatus: step.status,
    messageStatusDescription: step.description,
    context: message.context,
    totalMessageParts: parts,
    totalMessagePrice: Number((parts * 0.00581).toFixed(5)),
    totalCarrierFee: Number((parts * 0.00767).toFixed(5)),
  };
}
