import { SQSClient } from "@aws-sdk/client-sqs";
import { showAgain, toErrand } from "../adapters/queues.ts";
import { sendText } from "../core/verbs/send-text.ts";
import { base } from "./edge/base.ts";
import { batch, NotYet } from "./edge/batch.ts";
import { carrier } from "./edge/carrier.ts";
import { variable } from "./edge/environment.ts";
import { gate } from "./edge/gate.ts";
import { sealer } from "./edge/sealer.ts";

const sqs = new SQSClient({});
const origination = { e164: variable("ORIGINATION_NUMBER"), partsPerSecond: Number(variable("PARTS_PER_SECOND")) };
const ports = { ...base, gate, sealer, carrier, origination };
const queues = [variable("REPLIES_QUEUE"), variable("BULK_QUEUE")];

export const handler = batch(
  (record) => record.attributes.MessageGroupId ?? record.messageId,
  async (record, src) => {
    const done = await sendText(ports, toErrand(record.body), src);
    if (done.kind === "done") return;
    const name = record.eventSourceARN.split(":").at(-1) ?? "";
    const url = queues.find((each) => each.endsWith(`/${name}`));
    if (url) await showAgain(sqs, url, record.receiptHandle, done.waitMs / 1000);
    throw new NotYet();
  },
);
