import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Identity, LocalAws } from "../../../../local/aws/index.ts";

/** The real SDK clients of one worker, pointed at the door as a Lambda's environment would. */
export function clients(aws: LocalAws, { accessKeyId, secretAccessKey }: Identity, maxAttempts = 1) {
  const config = {
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts,
    requestHandler: new NodeHttpHandler({ requestTimeout: 400, throwOnRequestTimeout: true }),
  };
  return {
    dynamo: new DynamoDBClient(config),
    kms: new KMSClient(config),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    sms: new PinpointSMSVoiceV2Client(config),
  };
}

/** What a call failed with; a call that succeeded fails the test. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ name: string; Reason?: string; message: string; CancellationReasons?: { Code: string }[] }> {
  try {
    await call;
  } catch (error) {
    return error as Awaited<ReturnType<typeof refusal>>;
  }
  throw new Error("the call succeeded");
}
