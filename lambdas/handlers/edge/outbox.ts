import { SQSClient } from "@aws-sdk/client-sqs";
import { sqsOutbox } from "../../adapters/queues.ts";

/** A function that only ever enqueues replies has no bulk queue in its environment, and no right to it. */
export const outbox = sqsOutbox(new SQSClient({}), { replies: process.env["REPLIES_QUEUE"] ?? "", bulk: process.env["BULK_QUEUE"] ?? "" });
