import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { keys, type NumberItem, type OutboundItem } from "../items.ts";
import { numberOwing } from "../number.ts";
import { enqueue, move } from "../outbound.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { gateway } from "./cancel-waiting.ts";

/**
 * Lets go what a pause held back, once a person has decided that the text was no opt-out. Each is judged again before it leaves:
 * what waits for another reason too goes on waiting, and what has gone stale says so. Owed by the decision; harmless to repeat.
 */
export async function releaseHeld(
  ports: Pick<Ports, "clinic" | "store" | "outbox" | "clock" | "ids">,
  numberPk: string,
  src: Source,
): Promise<void> {
  const number = await ports.store.get<NumberItem>({ PK: numberPk, SK: "N" });
  if (number?.releases === undefined) return;
  const messages = await ports.store.query<OutboundItem>(keys.conversation(number.conv).PK, { prefix: "M#" });
  for (const { PK, SK } of messages.filter((message) => message.direction === "out" && message.status === "held")) {
    const released = await commit<OutboundItem | undefined>(ports, async () => {
      const message = await ports.store.get<OutboundItem>({ PK, SK });
      const now = ports.clock.now();
      // Asked for at a later time by its own sender: it is due then.
      if (message?.status !== "held" || (message.sendAt !== undefined && message.sendAt > now)) return { outcome: undefined };
      const plan = newPlan(ports, gateway(src), now);
      return { outcome: move(plan, message, "message.released", { status: "accepted" }, now), plan };
    });
    if (released) await enqueue(ports, released);
  }
  const plan = newPlan(ports, gateway(src), ports.clock.now());
  plan.technical(number, { releases: undefined, ...numberOwing(patched(number, { releases: undefined }), ports.clock.now()) }, [
    ["releases", "=", number.releases],
    ["aseq", "=", number.aseq],
  ]);
  await ports.store.transact(plan.writes());
}
