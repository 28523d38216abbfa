import { trackDelivery } from "../core/verbs/track-delivery.ts";
import { base } from "./edge/base.ts";
import { batch } from "./edge/batch.ts";
import { log } from "./edge/log.ts";
import { newsOf } from "./edge/news.ts";

export const handler = batch(
  (record) => newsOf(record.body)?.message ?? record.messageId,
  async (record, src) => {
    const news = newsOf(record.body);
    const ours = news && (await trackDelivery(base, news, src));
    if (!ours) log("a delivery event about no text of ours", { count: 1 });
  },
);
