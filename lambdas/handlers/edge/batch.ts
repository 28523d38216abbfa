import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Source } from "../../core/audit.ts";
import { log, logError } from "./log.ts";

/**
 * The one way a verb is put behind a queue: records of one sender in order, senders side by side, and each record fails
 * alone. A failed record stays in its queue and comes again.
 * @param lane which records must keep their order among themselves
 */
export function batch(
  lane: (record: SQSRecord) => string,
  run: (record: SQSRecord, src: Source) => Promise<void>,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return async (event, context) => {
    const src: Source = { fn: process.env["POWERTOOLS_SERVICE_NAME"] ?? "", req: context.awsRequestId };
    const failures: string[] = [];
    const lanes = Map.groupBy(event.Records, lane);
    await Promise.all(
      [...lanes.values()].map(async (records) => {
        for (const record of records) {
          try {
            await run(record, src);
          } catch (error) {
            if (!(error instanceof NotYet)) logError("record left in its queue", error, { request: context.awsRequestId });
            failures.push(record.messageId);
          }
        }
      }),
    );
    log("batch", { request: context.awsRequestId, count: event.Records.length, failed: failures.length });
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** Not a failure: the record shall be shown again later. */
export class NotYet extends Error {
  constructor() {
    super("not yet");
    this.name = "NotYet";
  }
}
