import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { smsCarrier } from "../../adapters/sms.ts";

/** One attempt and a short patience: the call has no idempotency token, and an answer that is late is an answer nobody has. */
const client = new PinpointSMSVoiceV2Client({
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true }),
});

export const carrier = smsCarrier(client, {
  origination: process.env["ORIGINATION"] ?? "",
  configurationSet: process.env["CONFIGURATION_SET"] ?? "",
  optOutList: process.env["OPT_OUT_LIST"] ?? "",
});
