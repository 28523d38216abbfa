import type { Source } from "../audit.ts";
import { serviceText } from "../clinic.ts";
import { commit } from "../commit.ts";
import { newConversation, save, withTask } from "../conversation.ts";
import { sha256 } from "../digest.ts";
import { type ConversationItem, keys, messageId, type NumberItem, type OutboundItem, recordOf } from "../items.ts";
import { CARRIER_WAIT_MS, numberOwing, QUESTION_MS, startIsLater } from "../number.ts";
import { enqueue, record, serviceMessage } from "../outbound.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";
import { gateway } from "./cancel-waiting.ts";

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "outbox" | "clock" | "ids" | "carrier">;

/**
 * Lifts a block for a START when the number stands on AWS's list: the list first, because AWS takes a number off only once
 * in 30 days. Only if that worked is the number open again and one question sent; else it stays blocked until AWS allows
 * another try, and staff have a task. Taking a number off twice is harmless, so a crash after the call is repaired by the sweep.
 */
export async function liftBlock(ports: Needs, numberPk: string, src: Source): Promise<void> {
  const { clinic, store, sealer, clock } = ports;
  const key = { PK: numberPk, SK: "N" };
  const number = await store.get<NumberItem>(key);
  if (!number?.liftAt || !number.e164 || number.state !== "stopped" || !startIsLater(number.startAt, number.stopAt)) return;
  if (number.blockedUntil !== undefined && number.blockedUntil > clock.now()) return;
  const answer = await ports.carrier.unblock(await sealer.open(recordOf(key), number.e164));

  const language = clinic.languages[0] ?? "en";
  const id = messageId(number.conv, ulid(number.startAt ?? 0, sha256("lift", number.PK, String(number.epoch), String(number.startAt))));
  const body = await sealer.seal(recordOf(keys.message(id)), serviceText(clinic, "start-question", language).text);
  const opened = await commit<OutboundItem | undefined>(ports, async () => {
    const now = clock.now();
    const [current, conversation] = await Promise.all([
      store.get<NumberItem>(key),
      store.get<ConversationItem>(keys.conversation(number.conv)),
    ]);
    if (!current?.liftAt || current.state !== "stopped") return { outcome: undefined };
    const act = gateway(src);
    const plan = newPlan(ports, act, now);
    if (!startIsLater(current.startAt, current.stopAt)) {
      // A newer STOP came while AWS's list was changed: the list must have the number again.
      const patch = { liftAt: undefined, listed: "no" as const, mirrorAt: now };
      plan.change(current, { ...patch, ...numberOwing(patched(current, patch), now) });
      plan.event(current, `num/${current.id}`, { type: "number.start-refused", why: ["opted-out"] });
      return { outcome: undefined, plan };
    }
    if (answer === "too-soon") {
      const patch = { blockedUntil: now + CARRIER_WAIT_MS };
      plan.change(current, { ...patch, ...numberOwing(patched(current, patch), now) });
      plan.event(current, `num/${current.id}`, { type: "number.start-refused", why: ["blocked-at-carrier"], out: 4 });
      const before = conversation ?? newConversation(current.conv, current.PK, current.last4);
      const task = { kind: "start-blocked" as const, team: clinic.frontDesk, at: now, code: "blocked-at-carrier" as const };
      plan.event(save(plan, conversation, withTask(before, clinic, task)), `conv/${before.id}`, {
        type: "task.opened",
        why: ["blocked-at-carrier"],
      });
      return { outcome: undefined, plan };
    }
    const patch = {
      state: "open" as const,
      listed: "no" as const,
      liftAt: undefined,
      blockedUntil: undefined,
      mirrorAt: undefined,
      question: { id, until: now + QUESTION_MS },
    };
    const after = patched(current, patch);
    plan.change(current, { ...patch, ...numberOwing(after, now) });
    plan.event(current, `num/${current.id}`, { type: "number.opened", was: "stopped", now: "open" });
    const question = serviceMessage(clinic, after, "start-question", language, id, {
      id,
      body,
      at: now,
      expiresAt: now + QUESTION_MS,
      patient: undefined,
      act,
    });
    record(plan, question);
    return { outcome: question, plan };
  });
  if (opened) await enqueue(ports, opened);
}
