import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { INCIDENTS, incidentChain } from "../incident.ts";
import { type IncidentItem, keys, recordOf } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";

/** Open incidents, oldest first: what each is about, and no patient. @param after the cursor of an earlier page */
export async function listIncidents(
  ports: Pick<Ports, "store">,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: IncidentItem[]; next: string | undefined }> {
  const items = await ports.store.queue<IncidentItem>(INCIDENTS, { limit: page.limit, ...(page.after ? { after: page.after } : {}) });
  return { items, next: items.length === page.limit ? items.at(-1)?.qs : undefined };
}

/**
 * One incident with the patients and the texts it is about, without a body, and the note of whoever closed it. A view: it is recorded
 * before it is shown. @throws Refusal `not-found`
 */
export async function readIncident(
  ports: Pick<Ports, "clinic" | "store" | "sealer" | "clock" | "ids">,
  id: string,
  act: Act,
): Promise<{ incident: IncidentItem; note: string | undefined }> {
  const incident = await commit(ports, async () => {
    const incident = await ports.store.get<IncidentItem>(keys.incident(id));
    if (!incident) throw new Refusal("not-found");
    const plan = newPlan(ports, act, ports.clock.now());
    plan.change(incident, {});
    plan.event(incident, incidentChain(incident), { type: "incident.viewed" });
    return { outcome: incident, plan };
  });
  return { incident, note: incident.closed && (await ports.sealer.open(recordOf(incident), incident.closed.note)) };
}
