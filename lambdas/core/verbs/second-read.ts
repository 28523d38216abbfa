/**
 * A second person reads what somebody answered for: a text that was sent in spite of what was found in it, or past the gate's softer
 * rules. The reading is recorded before anything is shown, as every view is.
 */
import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { keys, MESSAGE_ID, type NoteItem, type OutboundItem, owing, recordOf } from "../items.ts";
import { messageChain, owesByStatus } from "../outbound.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { SECOND_READINGS } from "../way-out.ts";

/** What waits for a second reader, oldest first; nothing to read in it. @param after the cursor of an earlier page */
export async function listSecondReadings(
  ports: Pick<Ports, "store">,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: OutboundItem[]; next: string | undefined }> {
  const items = await ports.store.queue<OutboundItem>(SECOND_READINGS, { limit: page.limit, ...(page.after ? { after: page.after } : {}) });
  return { items, next: items.length === page.limit ? items.at(-1)?.qs : undefined };
}

export interface SecondReading {
  readonly message: OutboundItem;
  readonly text: string;
  /** Why the sender sent it in spite of the findings, and past the rules. */
  readonly reasons: { readonly acknowledged?: string; readonly overridden?: string };
}

/**
 * Shows the text and the reasons to a second reader; the first time it is what was owed, later it is a view like any other.
 * @throws Refusal `not-found`, `acting-user-missing`, `second-reader-role`, `second-reader-self`
 */
export async function secondRead(
  ports: Pick<Ports, "clinic" | "store" | "sealer" | "clock" | "ids">,
  id: string,
  act: Act,
): Promise<SecondReading> {
  const { clinic, store, sealer, clock } = ports;
  const message = await commit(ports, async () => {
    const before = MESSAGE_ID.test(id) ? await store.get<OutboundItem>(keys.message(id)) : undefined;
    if (before?.direction !== "out" || !before.secondReading) throw new Refusal("not-found");
    const { id: who, role } = act.who;
    if (role === undefined || !clinic.secondReaderRoles.includes(role)) throw new Refusal("second-reader-role");
    if (before.by === who) throw new Refusal("second-reader-self");
    const now = clock.now();
    const first = before.secondReading.read === undefined;
    const patch = first
      ? {
          secondReading: { ...before.secondReading, read: { by: who, role, at: now } },
          q: undefined,
          qs: undefined,
          // What the text itself owes, where that was not what comes next.
          ...(before.da === before.secondReading.due ? owing(before, owesByStatus(before, now)) : {}),
        }
      : {};
    const plan = newPlan(ports, act, now);
    plan.change(before, patch);
    plan.event(before, messageChain(before), {
      type: "message.second-read",
      why: (["acknowledged", "overridden"] as const).filter((name) => before[name] !== undefined),
      patient: before.patient,
    });
    return { outcome: patched(before, patch), plan };
  });

  const reason = async (note: string | undefined): Promise<string | undefined> => {
    const item = note === undefined ? undefined : await store.get<NoteItem>(keys.message(note));
    return item && sealer.open(recordOf(item), item.body);
  };
  const [text = "", acknowledged, overridden] = await Promise.all([
    message.body ? sealer.open(recordOf(message), message.body) : undefined,
    reason(message.acknowledged?.note),
    reason(message.overridden?.note),
  ]);
  return { message, text, reasons: { ...(acknowledged ? { acknowledged } : {}), ...(overridden ? { overridden } : {}) } };
}
