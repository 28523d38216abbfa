import * as z from "zod";
import type { DeliveryNews } from "../../core/verbs/track-delivery.ts";

const envelope = z.object({ Message: z.string() });
/** The event (docs: messaging-events); it also carries the patient's number, which is not read. */
const event = z.object({
  eventType: z.string().max(60),
  isFinal: z.boolean(),
  messageId: z.string().max(128),
  context: z.object({ m: z.string().max(128) }),
});

/** The news in a record of the delivery queue, or undefined where it is about no text of ours. */
export function newsOf(body: string): DeliveryNews | undefined {
  try {
    const { context, eventType, isFinal, messageId } = event.parse(JSON.parse(envelope.parse(JSON.parse(body)).Message));
    return { message: context.m, eventType, isFinal, carrierId: messageId };
  } catch {
    return undefined;
  }
}
