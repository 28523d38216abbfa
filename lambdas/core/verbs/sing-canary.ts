import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { type CanaryItem, keys } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { gateway } from "./cancel-waiting.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

const EVERY_MS = 5 * 60_000;
/** Who calls comes every minute, a little early or late. */
const EARLY_MS = 30_000;

/** Every five minutes an event of no other meaning: between two of them the log cannot have stood still unnoticed. */
export async function singCanary(ports: Needs, src: Source): Promise<void> {
  await commit(ports, async () => {
    const canary = await ports.store.get<CanaryItem>(keys.canary());
    const at = ports.clock.now();
    if (canary && at - canary.at < EVERY_MS - EARLY_MS) return { outcome: undefined };
    const plan = newPlan(ports, gateway(src), at);
    const item: CanaryItem = canary ?? { ...keys.canary(), at, aseq: -1, ahash: new Uint8Array() };
    if (canary) plan.change(canary, { at });
    else plan.put(item);
    plan.event(item, "sys/canary", { type: "sys.canary" });
    return { outcome: undefined, plan };
  });
}
