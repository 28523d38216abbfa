import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { save } from "../conversation.ts";
import type { ConversationItem, NumberItem } from "../items.ts";
import { numberOwing, UNDO_MS } from "../number.ts";
import { plan as newPlan, type Patch, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { mayMeanAppointment } from "../words.ts";
import { held } from "./hold-conversation.ts";

/**
 * CANCEL and END opt out, and may have meant the appointment. A named person who has spoken with the patient may take that
 * back within seven days, as long as AWS's list has not followed. Consents are asked for again: their epoch has passed.
 * @throws Refusal `undo-not-possible`, `not-claimed`, `no-number-here`
 */
export async function undoOptOut(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  id: string,
  reason: "spoke-by-phone" | "spoke-in-person",
  act: Act,
): Promise<ConversationItem> {
  return commit(ports, async () => {
    const before = await held(ports, id, act);
    const number = before.number === undefined ? undefined : await ports.store.get<NumberItem>({ PK: before.number, SK: "N" });
    if (!number) throw new Refusal("no-number-here");
    const now = ports.clock.now();
    const recent = number.stopAt !== undefined && number.stopAt > now - UNDO_MS;
    if (number.state !== "stopped" || number.listed !== "no" || !recent || !mayMeanAppointment(number.stopWord))
      throw new Refusal("undo-not-possible");
    const plan = newPlan(ports, act, now);
    const patch: Patch<NumberItem> = { state: "open", mirrorAt: undefined, startAt: now, liftAt: undefined };
    plan.change(number, { ...patch, ...numberOwing(patched(number, patch), now) });
    plan.event(number, `num/${number.id}`, { type: "number.undone", why: [reason], was: "stopped", now: "open" });
    const after = { ...before, tasks: before.tasks.filter((task) => task.kind !== "opted-out"), rev: before.rev + 1 };
    plan.event(save(plan, before, after), `conv/${id}`, { type: "task.closed", patient: before.patient, why: [reason] });
    return { outcome: plan.result(before), plan };
  });
}
