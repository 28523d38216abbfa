import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Alerts } from "../core/ports.ts";

/** The topic that says only that somebody must look. E-mail and pagers are read by anybody: it carries no content at all. */
export function snsAlerts(client: SNSClient, topic: string): Alerts {
  return {
    async someoneMustLook() {
      await client.send(
        new PublishCommand({
          TopicArn: topic,
          Subject: "Someone must look",
          Message: "A text has waited past its time. Open the care-team queues.",
        }),
      );
    },
  };
}
