import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { systemClock } from "../adapters/clock.ts";
import { dynamoSeen } from "../adapters/dynamo/log-lock.ts";
import { kmsPublicKey, kmsSigner } from "../adapters/kms-signer.ts";
import { ED25519, noteKey } from "../core/tlog/note.ts";
import { cosignCheckpoint } from "../core/verbs/cosign-checkpoint.ts";
import { variable } from "./edge/environment.ts";
import { kms } from "./edge/kms-client.ts";
import { log } from "./edge/log.ts";

/** What stands before the year in the names of the logs that it looks at. */
const logs = variable("LOG_ORIGINS");
const logKey = kmsPublicKey(kms, variable("LOG_KEY"));
const ports = {
  name: variable("WITNESS_NAME"),
  logKey: async (origin: string) =>
    origin.startsWith(logs) && /^\d{4}$/.test(origin.slice(logs.length)) ? noteKey(origin, ED25519, await logKey()) : undefined,
  seen: dynamoSeen(new DynamoDBClient({}), variable("WITNESS_TABLE")),
  signer: kmsSigner(kms, variable("WITNESS_SIGNING_KEY")),
  clock: systemClock,
};

interface HttpEvent {
  readonly rawPath?: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** As a function URL calls it (payload format 2.0), so that other logs may be let in without a change here. */
export async function handler(
  event: HttpEvent,
  context: Context,
): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> {
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? "");
  const answer = event.rawPath === "/add-checkpoint" ? await cosignCheckpoint(ports, body) : { status: 404, body: "" };
  log("witnessed", { request: context.awsRequestId, status: answer.status });
  const type = answer.status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8";
  return { statusCode: answer.status, headers: { "content-type": type }, body: answer.body };
}
