/** An incident: texts may have been read by somebody they were not meant for. It opens by itself, and as a draft. */
import { certainSince } from "./certainty.ts";
import { type IncidentItem, keys, type LinkItem, type NumberItem, owing } from "./items.ts";
import type { Plan } from "./plan.ts";

/** Where open incidents stand in the index of queues: no team can be called that. */
export const INCIDENTS = "#incidents";

export const incidentChain = (incident: Pick<IncidentItem, "id">): string => `inc/${incident.id}`;

/**
 * Plans a draft incident about a number: what was sent to it since it was last certain is listed right after the commit.
 * @param links those that were active until now @param made `id`, what told, and when: `now` ours, `until` the last instant (ms) that counts
 */
export function openIncident(
  plan: Plan,
  number: NumberItem,
  links: readonly LinkItem[],
  made: { id: string; cause: string; now: number; until: number },
): IncidentItem {
  const key = keys.incident(made.id);
  const { d, da } = owing(key, made.now);
  const incident: IncidentItem = {
    ...key,
    id: made.id,
    kind: "wrong-number",
    state: "draft",
    at: made.now,
    number: number.PK,
    numberId: number.id,
    last4: number.last4,
    conversation: number.conv,
    cause: made.cause,
    since: certainSince(number, links),
    until: made.until,
    patients: links.map((link) => link.patient),
    q: INCIDENTS,
    qs: `${new Date(made.now).toISOString()}#${made.id}`,
    ...(d === undefined || da === undefined ? {} : { d, da }),
    aseq: -1,
    ahash: new Uint8Array(),
  };
  plan.put(incident);
  plan.event(incident, incidentChain(incident), {
    type: "incident.opened",
    why: ["wrong-number"],
    objects: [
      { t: "number", id: number.id },
      { t: "message", id: made.cause },
    ],
    now: "draft",
  });
  return incident;
}
