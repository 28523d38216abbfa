import { gunzipSync, gzipSync } from "node:zlib";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import { systemClock, systemIds } from "../adapters/clock.ts";
import { dynamoLogLock } from "../adapters/dynamo/log-lock.ts";
import { toChange } from "../adapters/dynamo/stream.ts";
import { kmsPublicKey, kmsSigner } from "../adapters/kms-signer.ts";
import { lambdaWitness } from "../adapters/lambda-witness.ts";
import { s3Archive } from "../adapters/s3.ts";
import type { SequencePorts } from "../core/sequence/ports.ts";
import { sequenceAudit } from "../core/verbs/sequence-audit.ts";
import { clinic, variable } from "./edge/environment.ts";
import { kms } from "./edge/kms-client.ts";
import { log } from "./edge/log.ts";
import { count } from "./edge/metrics.ts";

const witnessKey = kmsPublicKey(kms, variable("WITNESS_KEY"));
const ports: SequencePorts = {
  clinic,
  archive: s3Archive(
    new S3Client({}),
    { name: variable("LOG_BUCKET"), retentionDays: Number(variable("RETENTION_DAYS")) },
    systemClock.now,
  ),
  lock: dynamoLogLock(new DynamoDBClient({}), variable("LOG_LOCK_TABLE")),
  signer: kmsSigner(kms, variable("LOG_KEY")),
  witnesses: [lambdaWitness(new LambdaClient({}), variable("WITNESS_FUNCTION"), variable("WITNESS_NAME"), witnessKey)],
  tiles: new Map(),
  gzip: { pack: (bytes) => gzipSync(bytes), unpack: (bytes) => gunzipSync(bytes) },
  clock: systemClock,
  ids: systemIds,
};

/** A batch of the audit table's stream. What throws comes again, whole or in halves: nothing is dropped here. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<void> {
  const src = { fn: process.env["POWERTOOLS_SERVICE_NAME"] ?? "", req: context.awsRequestId };
  const now = ports.clock.now();
  const { leaves, alarms, unwitnessed } = await sequenceAudit(
    ports,
    event.Records.map((record) => toChange(record, now)),
    src,
  );
  if (alarms + unwitnessed > 0) count("LogAlarm", alarms + unwitnessed);
  log("sequenced", { request: context.awsRequestId, count: leaves, alarms, unwitnessed });
}
