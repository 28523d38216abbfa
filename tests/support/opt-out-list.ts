import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { TestStack } from "./stack.ts";

/** The clinic's list at AWS, changed behind the gateway's back: as the sweep may, and with nobody writing it down. */
export function listByHand(clinic: TestStack): { readonly client: PinpointSMSVoiceV2Client; readonly OptOutListName: string } {
  const { aws, workers } = clinic.stack;
  const sweep = workers.functions.find((fn) => fn.name === "sweep");
  const { accessKeyId, secretAccessKey } = aws.identity("sweep", sweep?.roleLogicalId ?? "", "by-hand");
  const client = new PinpointSMSVoiceV2Client({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  return { client, OptOutListName: "clinic-sms-prairie-ridge" };
}
