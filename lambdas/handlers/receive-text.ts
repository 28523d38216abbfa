import { quarantine } from "../core/verbs/quarantine.ts";
import { receiveText } from "../core/verbs/receive-text.ts";
import { alerts } from "./edge/alerts.ts";
import { arrivalOf } from "./edge/arrival.ts";
import { base } from "./edge/base.ts";
import { batch } from "./edge/batch.ts";
import { carrier } from "./edge/carrier.ts";
import { variable } from "./edge/environment.ts";
import { indexer } from "./edge/indexer.ts";
import { count } from "./edge/metrics.ts";
import { outbox } from "./edge/outbox.ts";
import { sealer } from "./edge/sealer.ts";

const ports = {
  ...base,
  sealer,
  indexer,
  outbox,
  carrier,
  alerts,
  origination: { e164: variable("ORIGINATION_NUMBER"), partsPerSecond: 1 },
};

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
