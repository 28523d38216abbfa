import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { incidentChain } from "../incident.ts";
import { type IncidentItem, type IncidentText, keys, type MessageItem, type OutboundItem, type Status } from "../items.ts";
import { lastWord } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { gateway } from "./cancel-waiting.ts";

/** Statuses of a text that reached the phone, or may have. */
const LEFT: ReadonlySet<Status> = new Set(["sending", "unknown", "sent", "delivered"]);
/** So many fit into an item beside everything else. */
const MOST = 500;

/**
 * Lists what was sent to an incident's number while nobody knew who read: ids, times, scenarios, never a text. Owed by the
 * commit that opened the incident; doing it again changes nothing.
 */
export async function listIncident(ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">, id: string, src: Source): Promise<void> {
  const key = keys.incident(id);
  await commit(ports, async () => {
    const incident = await ports.store.get<IncidentItem>(key);
    if (!incident || incident.texts) return { outcome: undefined };
    const all = await ports.store.query<MessageItem>(keys.conversation(incident.conversation).PK, { prefix: "M#" });
    const texts = all
      .filter((message): message is OutboundItem => message.direction === "out" && LEFT.has(message.status) && !lastWord(message))
      .flatMap((message) => {
        const at = message.claimedAt ?? message.at;
        return at >= incident.since && at <= incident.until ? [entry(message, at)] : [];
      });
    const plan = newPlan(ports, gateway(src), ports.clock.now());
    plan.change(incident, { texts: texts.slice(-MOST), count: texts.length, d: undefined, da: undefined });
    plan.event(incident, incidentChain(incident), {
      type: "incident.listed",
      objects: [{ t: "texts", id: String(texts.length) }],
    });
    return { outcome: undefined, plan };
  });
}

const entry = (message: OutboundItem, at: number): IncidentText => ({
  id: message.id,
  at,
  status: message.status,
  ...(message.scenario ? { scenario: message.scenario } : {}),
  ...(message.ground ? { ground: message.ground.kind } : {}),
  ...(message.patient ? { patient: message.patient } : {}),
});
