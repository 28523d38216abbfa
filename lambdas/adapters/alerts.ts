import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Alerts } from "../core/ports.ts";

export interface AlertTopics {
  /** The topic of whoever looks after everything (ARN). */
  readonly mustLook: string;
  /** A topic for each person on call (ARN), by their id in clinic.yaml. */
  readonly onCall: Readonly<Record<string, string>>;
}

/** Topics that say only that somebody must look. E-mail and pagers are read by anybody: they carry no content at all. */
export function snsAlerts(client: SNSClient, topics: AlertTopics): Alerts {
  const publish = async (TopicArn: string, Subject: string, Message: string): Promise<void> => {
    await client.send(new PublishCommand({ TopicArn, Subject, Message }));
  };
  return {
    someoneMustLook: () => publish(topics.mustLook, "Someone must look", "A text needs somebody. Open the care-team queues."),
    async page(person) {
      const topic = topics.onCall[person];
      if (topic === undefined) throw new Error("nobody of this id has a topic: deploy after onCall has changed");
      await publish(
        topic,
        "You are on call: look now",
        "A text waits that cannot wait. Open the care-team queues now; it is the first one.",
      );
    },
  };
}
