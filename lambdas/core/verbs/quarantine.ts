import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { newConversation, save, withTask } from "../conversation.ts";
import { hex, sha256 } from "../digest.ts";
import { keys, recordOf } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { base32 } from "../ulid.ts";
import { gateway } from "./cancel-waiting.ts";

/** A ciphertext is a little larger than its text, and an item holds 400 kB. */
const PART = 80_000;

/**
 * Keeps what came in and could not be read: sealed as it was, with its event and a place at the front desk, so that nothing
 * a patient may have sent is ever thrown away. The same delivery (by `source`) is kept once.
 */
export async function quarantine(
  ports: Pick<Ports, "clinic" | "store" | "sealer" | "clock" | "ids">,
  source: string,
  raw: string,
  src: Source,
): Promise<void> {
  const digest = sha256("quarantine", source);
  const id = base32(digest).slice(0, 26);
  const pieces = Array.from({ length: Math.max(1, Math.ceil(raw.length / PART)) }, (_, part) => raw.slice(part * PART, (part + 1) * PART));
  const sealed = await Promise.all(pieces.map((piece, part) => ports.sealer.seal(recordOf(keys.quarantine(id, part)), piece)));
  await commit(ports, async (attempt) => {
    if (attempt > 1 && (await ports.store.get(keys.quarantine(id, 0)))) return { outcome: undefined };
    const now = ports.clock.now();
    const plan = newPlan(ports, gateway(src), now);
    for (const [part, body] of sealed.entries()) plan.put({ ...keys.quarantine(id, part), body, at: now });
    const fresh = newConversation(`cnv_${id}`, undefined, "");
    const waiting = withTask(fresh, ports.clinic, { kind: "quarantined", team: ports.clinic.frontDesk, at: now });
    plan.event(save(plan, undefined, waiting), `conv/${fresh.id}`, {
      type: "text.quarantined",
      out: 4,
      objects: sealed.map((body) => ({ t: "quarantine", id, h: hex(sha256(body)) })),
    });
    return { outcome: undefined, plan };
  });
}
