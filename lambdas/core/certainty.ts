/** When we were last sure whose phone a number is. */
import type { LinkItem, NumberItem } from "./items.ts";
import { ulidTime } from "./ulid.ts";

/**
 * Since when (ms) nobody has made sure that the number is its patients': for each the newest proof or else the registration;
 * of several patients the oldest counts.
 * @param links active ones
 */
export function certainSince(number: NumberItem, links: readonly LinkItem[]): number {
  const added = ulidTime(number.id.slice(number.id.indexOf("_") + 1));
  const certain = links.map(({ since, proofs }) => Math.max(since ?? added, ...Object.values(proofs ?? {})));
  return certain.length === 0 ? added : Math.min(...certain);
}
