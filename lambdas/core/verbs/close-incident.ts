/** A named person ends a draft incident: what came of it, and why, in a note that only the incident's own view shows. */
import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { incidentChain } from "../incident.ts";
import { type IncidentItem, type IncidentOutcome, keys, recordOf } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";

/**
 * Closes an incident; it leaves the list of open ones and stays readable. The same person who says the same again is answered as
 * before. @throws Refusal `not-found`, `incident-closed`, `incident-not-listed`
 */
export async function closeIncident(
  ports: Pick<Ports, "clinic" | "store" | "sealer" | "clock" | "ids">,
  id: string,
  how: { outcome: IncidentOutcome; note: string },
  act: Act,
): Promise<IncidentItem> {
  const { store, clock } = ports;
  const note = await ports.sealer.seal(recordOf(keys.incident(id)), how.note);
  return commit(ports, async () => {
    const incident = await store.get<IncidentItem>(keys.incident(id));
    if (!incident) throw new Refusal("not-found");
    const { closed } = incident;
    if (closed?.by === act.who.id && closed.outcome === how.outcome) return { outcome: incident };
    if (closed) throw new Refusal("incident-closed");
    // Nobody has judged what nobody could see yet.
    if (!incident.texts) throw new Refusal("incident-not-listed");
    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const { id: by, role } = act.who;
    const patch = { state: "closed" as const, closed: { by, ...(role ? { role } : {}), at: now, outcome: how.outcome, note } };
    plan.change(incident, { ...patch, q: undefined, qs: undefined });
    plan.event(incident, incidentChain(incident), { type: "incident.closed", why: [how.outcome], was: incident.state, now: patch.state });
    return { outcome: plan.result(incident), plan };
  });
}
