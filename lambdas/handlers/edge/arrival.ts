import * as z from "zod";
import type { Arrival } from "../../core/verbs/receive-text.ts";

/** SNS's envelope: its Timestamp is the only clock there is (docs: sns-message-and-json-formats). */
const envelope = z.object({ Type: z.literal("Notification"), Message: z.string(), Timestamp: z.iso.datetime({ offset: true }) });
/** The two-way payload (docs: two-way-sms-payload); members that AWS adds are none of our business. */
const payload = z.object({
  originationNumber: z.string().min(1).max(32),
  messageBody: z.string().max(10_000),
  inboundMessageId: z.string().regex(/^[\x21-\x7e]{1,128}$/),
});

/** The text in a record of the inbound queue, or undefined where the payload cannot be read. */
export function arrivalOf(body: string): Arrival | undefined {
  try {
    const { Message, Timestamp } = envelope.parse(JSON.parse(body));
    const { originationNumber: from, messageBody, inboundMessageId } = payload.parse(JSON.parse(Message));
    return { from, body: messageBody, inboundMessageId, at: Date.parse(Timestamp) };
  } catch {
    return undefined;
  }
}
