import * as z from "zod";
import { quarantine } from "../core/verbs/quarantine.ts";
import { receiveText } from "../core/verbs/receive-text.ts";
import { base } from "./edge/base.ts";
import { batch } from "./edge/batch.ts";
import { carrier } from "./edge/carrier.ts";
import { variable } from "./edge/environment.ts";
import { indexer } from "./edge/indexer.ts";
import { count } from "./edge/metrics.ts";
import { outbox } from "./edge/outbox.ts";
import { sealer } from "./edge/sealer.ts";

const ports = { ...base, sealer, indexer, outbox, carrier, origination: { e164: variable("ORIGINATION_NUMBER"), partsPerSecond: 1 } };

/** SNS's envelope: its Timestamp is the only clock there is (docs: sns-message-and-json-formats). */
const envelope = z.object({ Type: z.literal("Notification"), Message: z.string(), Timestamp: z.iso.datetime({ offset: true }) });
/** The two-way payload (docs: two-way-sms-payload); members that AWS adds are none of our business. */
const payload = z.object({
  originationNumber: z.string().min(1).max(32),
  messageBody: z.string().max(10_000),
  inboundMessageId: z.string().regex(/^[\x21-\x7e]{1,128}$/),
});

function arrivalOf(body: string): Parameters<typeof receiveText>[1] | undefined {
  try {
    const { Message, Timestamp } = envelope.parse(JSON.parse(body));
    const { originationNumber: from, messageBody, inboundMessageId } = payload.parse(JSON.parse(Message));
    return { from, body: messageBody, inboundMessageId, at: Date.parse(Timestamp) };
  } catch {
    return undefined;
  }
}

/** Texts of one sender keep their order; the sender is compared, never logged. */
const senderOf = (record: { body: string; messageId: string }): string => arrivalOf(record.body)?.from ?? record.messageId;

export const handler = batch(senderOf, async (record, src) => {
  const arrival = arrivalOf(record.body);
  if (arrival) {
    await receiveText(ports, arrival, src);
    return;
  }
  await quarantine(ports, record.messageId, record.body, src);
  count("Quarantined");
});
