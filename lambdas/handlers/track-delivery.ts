import * as z from "zod";
import { trackDelivery } from "../core/verbs/track-delivery.ts";
import { base } from "./edge/base.ts";
import { batch } from "./edge/batch.ts";
import { log } from "./edge/log.ts";

const envelope = z.object({ Message: z.string() });
/** The event (docs: messaging-events); it also carries the patient's number, which is not read. */
const event = z.object({
  eventType: z.string().max(60),
  isFinal: z.boolean(),
  messageId: z.string().max(128),
  context: z.object({ m: z.string().max(128) }),
});

function newsOf(body: string): z.infer<typeof event> | undefined {
  try {
    return event.parse(JSON.parse(envelope.parse(JSON.parse(body)).Message));
  } catch {
    return undefined;
  }
}

export const handler = batch(
  (record) => newsOf(record.body)?.context.m ?? record.messageId,
  async (record, src) => {
    const news = newsOf(record.body);
    const ours =
      news &&
      (await trackDelivery(
        base,
        { message: news.context.m, eventType: news.eventType, isFinal: news.isFinal, carrierId: news.messageId },
        src,
      ));
    if (!ours) log("a delivery event about no text of ours", { count: 1 });
  },
);
