/**
 * Ground (b): the person who holds the conversation answers the number that wrote, and no other. Rounds: 1 idempotency,
 * conversation, the request's MAC; 2 number and links, patient, the sealed body; 3 the transaction; 4 the queue.
 */
import { type Act, requestBytes } from "../audit.ts";
import { type Language, serviceText } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { save } from "../conversation.ts";
import type { Decision } from "../decision.ts";
import { hex, sha256 } from "../digest.ts";
import { decide } from "../gate.ts";
import { replyFacts } from "../hook.ts";
import {
  type ConversationItem,
  type IdempotencyItem,
  keys,
  type LinkItem,
  messageId,
  type NumberItem,
  numberAndLinks,
  type OutboundItem,
  type PatientItem,
  recordOf,
} from "../items.ts";
import { judge } from "../judge.ts";
import { born, enqueue, record } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { type Rewrite, safeReply } from "../rewrite.ts";
import { segments } from "../segments.ts";
import { unsendable } from "../texts.ts";
import { ulid } from "../ulid.ts";
import { answered, answeringFor, recordAnswering, sealReasons, type WayOut, wayTaken } from "../way-out.ts";
import type { Accepted } from "./accept-message.ts";
import { holding } from "./hold-conversation.ts";

/** A reply nobody reads within a day answers nothing. */
const STALE_MS = 24 * 3_600_000;
const KEY_DAYS = 7;

type Needs = Pick<Ports, "clinic" | "gate" | "store" | "sealer" | "indexer" | "outbox" | "clock" | "ids">;

/** @param what the person's own words, or the fixed wording for senders nobody knows yet @throws Refusal as the gate or the queue says */
export async function reply(
  ports: Needs,
  id: string,
  what: ({ body: string } & WayOut) | { wording: "call-us" },
  key: string,
  client: string,
  act: Act,
): Promise<Accepted> {
  const { store, clinic, indexer, sealer, clock } = ports;
  const way = answeringFor("body" in what ? what : {}, act);
  const asking = indexer.mac("request", hex(sha256(requestBytes({ client, conversation: id, what }))));
  const idempotency = keys.idempotency(client, hex(sha256(key)));
  const message = messageId(id, ulid(clock.now(), ports.ids.random()));
  const names: [string, string] = [ulid(clock.now(), ports.ids.random()), ulid(clock.now(), ports.ids.random())];
  const started = clock.now();
  let sealed: Promise<[Uint8Array, Awaited<ReturnType<typeof sealReasons>>]> | undefined;

  const language: Language = clinic.languages[0] ?? "en";
  const rewriteFor = ({ codes }: Decision): Rewrite | undefined =>
    codes.some((code) => code.startsWith("content-")) ? safeReply(clinic, language) : undefined;

  const outcome = await commit<Accepted>(ports, async () => {
    const [used, conversation, fingerprint] = await Promise.all([
      store.get<IdempotencyItem>(idempotency),
      store.get<ConversationItem>(keys.conversation(id)),
      asking,
    ]);
    if (used) {
      if (used.fingerprint !== fingerprint) throw new Refusal("idempotency-mismatch");
      const earlier = await store.get<OutboundItem>(keys.message(used.message));
      if (!earlier) throw new Refusal("busy");
      return { outcome: { message: earlier, replayed: true, rewrite: rewriteFor(earlier.decision) } };
    }
    const before = holding(conversation, act, clock.now());
    if (before.number === undefined) throw new Refusal("no-number-here");

    const text = "body" in what ? what.body : serviceText(clinic, what.wording, language).text;
    sealed ??= Promise.all([
      sealer.seal(recordOf(keys.message(message)), text),
      sealReasons(ports, id, "body" in what ? what : {}, act, started, names),
    ]);
    const [partition, patient, [body, reasons]] = await Promise.all([
      store.query<NumberItem | LinkItem>(before.number),
      before.patient === undefined ? undefined : store.get<PatientItem>(keys.patient(before.patient)),
      sealed,
    ]);
    const now = clock.now();
    const { parts } = segments(text);
    const expiresAt = now + STALE_MS;
    const unrendered = unsendable(text);
    const facts = replyFacts({
      clinic,
      now,
      ...numberAndLinks(partition),
      patient,
      conversation: before,
      freeText: "body" in what,
      unrendered,
      parts,
      judged: unrendered ? undefined : judge(text, clinic, "body" in what),
      ...way,
      expiresAt,
    });
    const { number } = facts;
    const decision = decide(facts, ports.gate);
    const refused = decision.outcome !== "allow" || !number;
    const n = before.n + 1;
    const answer = born({
      id: message,
      direction: "out",
      at: now,
      n,
      body,
      parts,
      ...(facts.judged ? { judged: facts.judged } : {}),
      lane: "replies",
      ...(number ? { number: number.PK } : {}),
      epoch: number?.epoch ?? 0,
      ...(before.patient ? { patient: before.patient } : {}),
      ...("wording" in what ? { template: `${what.wording}/v${clinic.replies[what.wording].version}` } : {}),
      neutral: !("body" in what),
      ...(refused ? {} : { ground: { kind: "reply", by: act.who.id, inboundAt: before.lastInboundAt ?? 0 } as const }),
      status: refused ? "refused" : "accepted",
      why: decision.codes,
      decision,
      attempt: 1,
      team: before.team,
      by: act.who.id,
      client,
      expiresAt,
      ...answered(clinic, message, wayTaken(facts, decision), reasons, act, now),
    });
    const plan = newPlan(ports, act, now);
    plan.put<IdempotencyItem>({ ...idempotency, fingerprint, message, ttl: Math.floor(now / 1000) + KEY_DAYS * 86_400 });
    record(plan, answer);
    recordAnswering(plan, answer, reasons);
    if (!refused) {
      // `rev` stays, so the revision the person saw still resolves.
      plan.event(save(plan, before, { ...before, n, lastStaffAt: now }), `conv/${id}`, {
        type: "conversation.replied",
        patient: before.patient,
        objects: [{ t: "message", id: message }],
      });
      plan.check(number, [
        ["state", "=", "open"],
        ["epoch", "=", number.epoch],
        ["ver", "=", number.ver],
      ]);
      if (patient) plan.check(patient, [["ver", "=", patient.ver]]);
    }
    return { outcome: { message: answer, replayed: false, rewrite: rewriteFor(decision) }, plan };
  });
  if (outcome.message.status === "accepted") await enqueue(ports, outcome.message).catch(() => undefined);
  return outcome;
}
