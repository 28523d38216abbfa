import type { Act, Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { keys, type NumberItem, type OutboundItem, type PatientItem, type PatientNumberItem } from "../items.ts";
import { numberOwing } from "../number.ts";
import { isWaiting, move } from "../outbound.ts";
import { patientOwing } from "../people.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { WRONG_NUMBER } from "../wrong-number.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** Everything the gateway does by itself is done in its own name. */
export const gateway = (src: Source): Act => ({ who: { id: "gateway", app: "gateway", as: "gateway" }, src });

/**
 * Cancels the texts that still wait for a number that opted out: those accepted before its newest STOP, the STOP's own
 * confirmation not among them. The gate would refuse each of them anyway; this tells staff now which ones they are.
 */
export async function cancelWaiting(ports: Needs, numberPk: string, src: Source): Promise<void> {
  const number = await ports.store.get<NumberItem>({ PK: numberPk, SK: "N" });
  if (number?.cancels === undefined) return;
  const epoch = number.cancels;
  const code = number.stopWord === WRONG_NUMBER ? "cancelled-wrong-number" : "cancelled-opt-out";
  await cancelIn(ports, number.conv, (message) => message.epoch < epoch, code, src);
  const after = patched(number, { cancels: undefined });
  const plan = newPlan(ports, gateway(src), ports.clock.now());
  // A newer STOP moves `cancels`; then this leg fails and its own run clears it.
  plan.technical(number, { cancels: undefined, ...numberOwing(after, ports.clock.now()) }, [
    ["cancels", "=", epoch],
    ["aseq", "=", number.aseq],
  ]);
  await ports.store.transact(plan.writes());
}

/** Cancels what waits for a patient who died or left, on each of their numbers. */
export async function cancelForPatient(ports: Needs, patient: string, src: Source): Promise<void> {
  const item = await ports.store.get<PatientItem>(keys.patient(patient));
  if (!item) return;
  const numbers = await ports.store.query<PatientNumberItem>(item.PK, { prefix: "N#" });
  for (const each of numbers) {
    const number = await ports.store.get<NumberItem>({ PK: each.number, SK: "N" });
    if (number) await cancelIn(ports, number.conv, (message) => message.patient === patient, "cancelled-patient", src);
  }
  const plan = newPlan(ports, gateway(src), ports.clock.now());
  const { cancels: _, ...after } = item;
  plan.technical(item, { cancels: undefined, ...patientOwing(after, ports.clock.now()) }, [["aseq", "=", item.aseq]]);
  await ports.store.transact(plan.writes());
}

/** Cancels what waits in a conversation, as far as it concerns somebody. */
export async function cancelIn(
  ports: Needs,
  conversation: string,
  concerns: (message: OutboundItem) => boolean,
  code: "cancelled-opt-out" | "cancelled-wrong-number" | "cancelled-patient",
  src: Source,
): Promise<void> {
  const messages = await ports.store.query<OutboundItem>(keys.conversation(conversation).PK, { prefix: "M#" });
  const waiting = messages.filter((message) => message.direction === "out" && isWaiting(message.status) && concerns(message));
  for (const { PK, SK } of waiting) {
    await commit(ports, async () => {
      const message = await ports.store.get<OutboundItem>({ PK, SK });
      if (!message || !isWaiting(message.status)) return { outcome: undefined };
      const now = ports.clock.now();
      const plan = newPlan(ports, gateway(src), now);
      move(plan, message, "message.cancelled", { status: "cancelled" }, now, { why: [code] });
      return { outcome: undefined, plan };
    });
  }
}
