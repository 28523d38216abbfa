import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { hex, sha256 } from "../digest.ts";
import { keys, MESSAGE_ID, type OutboundItem, type ReferenceItem } from "../items.ts";
import { isWaiting, move } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";

export type Which = { readonly id: string } | { readonly reference: string };

/** An outbound message by its id or by the caller's own reference. Carries no text. @throws Refusal `not-found` */
export async function readMessage(ports: Pick<Ports, "store">, which: Which, client: string): Promise<OutboundItem> {
  const id =
    "id" in which ? which.id : (await ports.store.get<ReferenceItem>(keys.reference(client, hex(sha256(which.reference)))))?.message;
  const message = id !== undefined && MESSAGE_ID.test(id) ? await ports.store.get<OutboundItem>(keys.message(id)) : undefined;
  // Another application's texts are none of this one's business.
  if (message?.direction !== "out" || message.client !== client) throw new Refusal("not-found");
  return message;
}

/** Takes back a text that has not left. Cancelling twice is the same as once. @throws Refusal `not-found`, `too-late-to-cancel` */
export async function cancelMessage(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  which: Which,
  client: string,
  act: Act,
): Promise<OutboundItem> {
  return commit(ports, async () => {
    const message = await readMessage(ports, which, client);
    if (message.status === "cancelled") return { outcome: message };
    if (!isWaiting(message.status)) throw new Refusal("too-late-to-cancel");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    return { outcome: move(plan, message, "message.cancelled", { status: "cancelled" }, now, { why: ["cancelled-by-caller"] }), plan };
  });
}
