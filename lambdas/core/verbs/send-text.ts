/**
 * An accepted text leaves, at most once. Read top to bottom, the order is the argument:
 *
 *   1 read the records                    nothing durable
 *   2 the gate, on what is true now       nothing durable; waiting for the lane happens here, before the claim
 *   3 claim ∥ decrypt                     the claim is the point of no return: message `sending`, lane booked, and the very
 *                                         records of the decision still as they were. A crash from here on is never repaired
 *                                         by sending again: the sweep finds `sending` past its time and makes it `unknown`.
 *   4 the carrier's call                  starts within two seconds of the claim, or is not made
 *   5 the outcome                         if the number's epoch moved since the claim, the text crossed a STOP, and says so
 */
import type { Act, Source } from "../audit.ts";
import type { Code } from "../codes.ts";
import { commit } from "../commit.ts";
import { newConversation, save, withTask } from "../conversation.ts";
import type { Decision } from "../decision.ts";
import { decide } from "../gate.ts";
import type { Facts } from "../hook.ts";
import { REPLY_WINDOW_MS } from "../hooks/ground.ts";
import { COUNTED_MS } from "../hooks/limits.ts";
import {
  type ConversationItem,
  keys,
  type LaneItem,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type OutboundItem,
  type PatientItem,
  recordOf,
  type Status,
} from "../items.ts";
import type { Judged } from "../judged.ts";
import { numberOwing, onTrial, stopped } from "../number.ts";
import { crosses, crossing, lastWord, messageChain, move } from "../outbound.ts";
import { plan as newPlan, type Plan, patched } from "../plan.ts";
import type { Errand, Handover, Ports } from "../ports.ts";
import type { Leg } from "../store.ts";
import { gateway } from "./cancel-waiting.ts";

/** What became of the errand: done with (whatever the outcome), or to be shown again after `waitMs`. */
export type Errands = { readonly kind: "done" } | { readonly kind: "later"; readonly waitMs: number };

const DONE: Errands = { kind: "done" };
/** A runner may sleep this long for the lane; after that the queue does the waiting. */
const PATIENCE_MS = 5_000;
/** Runs of reminders take the lane only when nobody else has wanted it for this long. */
const BULK_GAP_MS = 250;
/** From claim to call, by a clock that never jumps. */
const CLAIM_TO_CALL_MS = 2_000;
/** AWS accepts 5 seconds to 72 hours. */
const MAX_TTL_S = 259_200;
const MIN_TTL_S = 5;

type Needs = Pick<Ports, "clinic" | "gate" | "store" | "sealer" | "carrier" | "clock" | "ids" | "origination">;

interface Records {
  readonly message: OutboundItem;
  readonly number: NumberItem | undefined;
  readonly links: readonly LinkItem[];
  readonly patient: PatientItem | undefined;
  readonly conversation: ConversationItem | undefined;
  readonly lane: LaneItem | undefined;
}

/** @throws where the store or KMS does not answer before the claim: the errand comes again */
export async function sendText(ports: Needs, errand: Errand, src: Source): Promise<Errands> {
  const act = gateway(src);
  const patienceEnds = ports.clock.now() + PATIENCE_MS;
  for (let tries = 0; tries < 40; tries++) {
    const records = await read(ports, errand);
    if (!records) return DONE;
    const { message, number, lane } = records;
    const now = ports.clock.now();

    const decision = decide(factsOf(ports, records, now), ports.gate);
    if (decision.outcome === "hold") {
      if (await postpone(ports, message, decision, act, now)) return DONE;
      continue;
    }
    if (decision.outcome === "refuse" || !number?.e164) {
      if (await ends(ports, records, decision, act)) return DONE;
      continue;
    }

    if (lane?.pausedUntil !== undefined && lane.pausedUntil > now) {
      // The account cannot send: the queue must not count this as failures, so the message itself waits as `due`. It comes
      // back as a new attempt, because SQS drops what it has seen under the same name within five minutes.
      const plan = newPlan(ports, act, now);
      plan.technical(message, { da: lane.pausedUntil, attempt: message.attempt + 1 }, [
        ["status", "=", "accepted"],
        ["attempt", "=", message.attempt],
      ]);
      if (await ports.store.transact(plan.writes())) return DONE;
      continue;
    }
    const freeAt = (lane?.nextAt ?? 0) + (message.lane === "bulk" && lane ? BULK_GAP_MS : 0);
    if (freeAt > now) {
      if (freeAt > patienceEnds) return { kind: "later", waitMs: freeAt - now };
      await ports.clock.sleep(freeAt - now);
      continue;
    }

    const body = message.body;
    if (!body) throw new Error("an accepted message has no body");
    const claimStarted = ports.clock.monotonic();
    const opening = Promise.all([ports.sealer.open(recordOf(message), body), ports.sealer.open(recordOf(number), number.e164)]);
    opening.catch(() => undefined);
    const claiming = claim(ports, records, number, decision, act, now);
    if (!(await ports.store.transact(claiming.writes()))) continue;

    // Durable: `sending`. From here on every path ends in an outcome, and none in a second call.
    const handover = await handOver(ports, message, opening, claimStarted, now);
    await outcome(ports, claiming.result(message), claiming.result(number), records.conversation, handover, act);
    return DONE;
  }
  return { kind: "later", waitMs: 1_000 };
}

async function read(ports: Needs, errand: Errand): Promise<Records | undefined> {
  const [message, conversation, lane, partition, patient] = await Promise.all([
    ports.store.get<OutboundItem>(keys.message(errand.message)),
    ports.store.get<ConversationItem>(keys.conversation(errand.conversation)),
    ports.store.get<LaneItem>(keys.lane()),
    ports.store.query<NumberItem | LinkItem>(errand.number),
    errand.patient === undefined ? undefined : ports.store.get<PatientItem>(keys.patient(errand.patient)),
  ]);
  // Another errand for the same attempt may already have claimed it; then there is nothing to do here.
  if (message?.status !== "accepted" || message.attempt !== errand.attempt) return undefined;
  return { message, conversation, lane, patient, ...numberAndLinks(partition) };
}

/** The facts of the second look: what was established at acceptance, and the records as they are now. */
function factsOf(ports: Needs, { message, number, links, patient, conversation }: Records, now: number): Facts {
  const { clinic } = ports;
  const scenario = clinic.scenarios.find((each) => each.id === message.scenario);
  const template = scenario?.templates.find((each) => `${each.id}/v${each.version}` === message.template);
  return {
    clinic,
    now,
    kind: message.ground?.kind ?? "consent",
    ground: message.ground,
    scenario,
    template,
    freeText: message.template === undefined,
    unrendered: undefined,
    parts: message.parts,
    judged: message.judged ?? NOT_READ,
    acknowledged: message.acknowledged?.findings ?? [],
    override: message.overridden && { role: message.overridden.role },
    neutral: message.neutral,
    epoch: message.epoch,
    number,
    links,
    patient,
    conversation,
    sendAt: undefined,
    expiresAt: message.expiresAt,
  };
}

/** Words that were accepted before anybody read them: the gate refuses a person's own. */
const NOT_READ: Judged = { characters: 0, namesSender: true, saysStop: true };

/** More than any pack allows in a week. */
const COUNTED_MOST = 50;

/** The claim, with a condition on every record the decision used; a text that counts is counted in the same transaction. */
function claim(
  ports: Needs,
  { message, lane, patient, conversation }: Records,
  number: NumberItem,
  decision: Decision,
  act: Act,
  now: number,
): Plan {
  const plan = newPlan(ports, act, now);
  const correction = ports.clinic.scenarios.find((each) => each.id === message.scenario)?.correction;
  const counts = message.ground?.kind === "consent" && !correction;
  move(
    plan,
    message,
    "message.claimed",
    { status: "sending", claimedAt: now, claimEpoch: number.epoch, secondLook: decision, ...(counts ? { counted: true } : {}) },
    now,
  );

  if (lastWord(message)) {
    plan.technical(number, { confirmed: number.epoch }, [
      ["state", "=", "stopped"],
      ["epoch", "=", message.epoch],
      ["ver", "=", number.ver],
      ["confirmed", "<", message.epoch],
    ]);
  } else {
    if (counts) recount(plan, number, [...(number.counted ?? []).filter((each) => each > now - COUNTED_MS), now].slice(-COUNTED_MOST));
    plan.check(number, [
      ["state", "=", "open"],
      ["epoch", "=", message.epoch],
      ["ver", "=", number.ver],
    ]);
  }
  if (patient) plan.check(patient, [["ver", "=", patient.ver]]);
  if (message.ground?.kind === "reply" && conversation) plan.check(conversation, [["lastInboundAt", ">=", now - REPLY_WINDOW_MS]]);

  const nextAt = Math.max(now, lane?.nextAt ?? 0) + Math.ceil((message.parts * 1000) / ports.origination.partsPerSecond);
  const slot: LaneItem = { ...keys.lane(), nextAt };
  if (!lane) plan.put(slot);
  else {
    const free: Leg[] = [["nextAt", "=", lane.nextAt]];
    plan.technical(lane, { nextAt, pausedUntil: undefined }, [
      ...free,
      lane.pausedUntil === undefined ? ["pausedUntil", "absent"] : ["pausedUntil", "<=", now],
    ]);
  }
  return plan;
}

/** Plans what counts towards the number's limits, on the very count that was read. */
function recount(plan: Plan, number: NumberItem, counted: number[]): void {
  const seen: Leg = number.countedN === undefined ? ["countedN", "absent"] : ["countedN", "=", number.countedN];
  plan.technical(number, { counted, countedN: (number.countedN ?? 0) + 1 }, [seen]);
}

type Outcome = Handover | { readonly kind: "not-made"; readonly code: Code; readonly retry: boolean };

async function handOver(
  ports: Needs,
  message: OutboundItem,
  opening: Promise<[string, string]>,
  claimStarted: number,
  now: number,
): Promise<Outcome> {
  let body: string;
  let to: string;
  try {
    [body, to] = await opening;
  } catch {
    return { kind: "not-made", code: "claim-too-old", retry: true };
  }
  if (ports.clinic.stage !== "live" && !onTrial(to, ports.clinic.trialNumbers))
    return { kind: "not-made", code: "stage-trial", retry: false };
  if (ports.clock.monotonic() - claimStarted > CLAIM_TO_CALL_MS) return { kind: "not-made", code: "claim-too-old", retry: true };
  const left = Math.floor((message.expiresAt - now) / 1000);
  const timeToLiveSeconds = Math.max(MIN_TTL_S, Math.min(MAX_TTL_S, left));
  return ports.carrier.send({ to, body, timeToLiveSeconds, context: { m: message.id, c: ports.clinic.id } });
}

/** Stores what the carrier said, or that nobody knows. The first try builds on what the claim made; later ones read again. */
async function outcome(
  ports: Needs,
  claimed: OutboundItem,
  number: NumberItem,
  known: ConversationItem | undefined,
  said: Outcome,
  act: Act,
): Promise<void> {
  await commit(ports, async (attempt) => {
    const now = ports.clock.now();
    const [message, current, conversation] =
      attempt === 1
        ? [claimed, number, known]
        : await Promise.all([
            ports.store.get<OutboundItem>(keys.message(claimed.id)),
            ports.store.get<NumberItem>({ PK: number.PK, SK: number.SK }),
            ports.store.get<ConversationItem>(keys.conversation(number.conv)),
          ]);
    if (!message || !current || message.attempt !== claimed.attempt) return { outcome: undefined };
    const plan = newPlan(ports, act, now);
    const called = said.kind === "taken" || said.kind === "ambiguous";
    const crossed = called && crosses(message, current);
    // What certainly did not leave does not count.
    const uncount = (): void => {
      if (message.counted)
        recount(
          plan,
          current,
          (current.counted ?? []).filter((each) => each !== message.claimedAt),
        );
    };
    const mark = crossed ? { crossed: true } : {};
    if (called) plan.check(current, [["epoch", "=", current.epoch]]);

    const status: Status =
      said.kind === "taken"
        ? "sent"
        : said.kind === "ambiguous"
          ? "unknown"
          : said.kind === "refused"
            ? said.code === "expired"
              ? "expired"
              : "failed"
            : said.kind === "account" || said.retry
              ? "accepted"
              : "failed";

    if (message.status !== "sending") {
      // A delivery event was faster, or this very outcome is already stored: the further status stands.
      const learned = said.kind === "taken" && message.carrierId === undefined ? { carrierId: said.carrierId } : {};
      if (!crossed && !("carrierId" in learned)) return { outcome: undefined };
      plan.change(message, { ...learned, ...mark }, [["status", "=", message.status]]);
      if ("carrierId" in learned)
        plan.event(message, messageChain(message), {
          type: "message.sent",
          patient: message.patient,
          was: message.status,
          now: message.status,
        });
      if (crossed) crossing(plan, message, current);
      return { outcome: undefined, plan };
    }

    switch (status) {
      case "sent":
        move(plan, message, "message.sent", { status, ...(said.kind === "taken" ? { carrierId: said.carrierId } : {}), ...mark }, now);
        break;
      case "unknown":
        move(plan, message, "message.unknown", { status, ...mark }, now, { why: ["no-answer"], out: 8 });
        break;
      case "accepted": {
        const code = said.kind === "account" ? "account-limit" : "claim-too-old";
        uncount();
        const back = move(plan, message, "message.returned", { status, attempt: message.attempt + 1 }, now, { why: [code], out: 4 });
        const again = said.kind === "account" ? now + said.holdMs : now + 5_000;
        plan.technical(message, { da: again, d: back.d });
        if (said.kind === "account") plan.technical({ ...keys.lane() } as LaneItem, { pausedUntil: again });
        if (lastWord(message)) plan.technical(current, { confirmed: message.epoch - 1 }, [["confirmed", "=", message.epoch]]);
        break;
      }
      default: {
        uncount();
        const code: Code = said.kind === "refused" || said.kind === "not-made" ? said.code : "carrier-refused";
        move(plan, message, status === "expired" ? "message.expired" : "message.failed", { status, ...mark }, now, { why: [code], out: 4 });
        phoneInstead(ports, plan, message, conversation, number, code, now);
        if (code === "carrier-opted-out" && current.state === "open") {
          // The carrier's list knows of an opt-out that never reached us: the block counts from now.
          const patch = { ...stopped(current, now, "carrier-list", now), listed: "yes" as const, listedAt: now, mirrorAt: undefined };
          plan.change(current, { ...patch, ...numberOwing(patched(current, patch), now) });
          plan.event(current, `num/${current.id}`, { type: "number.opted-out", why: ["carrier-opted-out"], was: "open", now: "stopped" });
        }
      }
    }
    if (crossed) crossing(plan, message, current);
    return { outcome: undefined, plan };
  });
}

/**
 * It may not leave yet after all: the hours closed before its turn came, or a person has to decide something first. It waits as a
 * held text does, and comes back as a new attempt, because SQS drops what it has seen under the same name within five minutes.
 * @returns false where another writer was faster
 */
async function postpone(ports: Needs, message: OutboundItem, decision: Decision, act: Act, now: number): Promise<boolean> {
  const plan = newPlan(ports, act, now);
  const { until = now } = decision;
  const patch = { status: "held", heldUntil: until, attempt: message.attempt + 1, secondLook: decision } as const;
  move(plan, message, "message.postponed", patch, now);
  return ports.store.transact(plan.writes());
}

/** A text that will not leave any more, by the gate's second look. @returns false where another writer was faster */
async function ends(ports: Needs, records: Records, decision: Decision, act: Act): Promise<boolean> {
  const { message, number, conversation } = records;
  const now = ports.clock.now();
  const plan = newPlan(ports, act, now);
  const [code = "number-missing"] = decision.codes;
  const status = code === "expired" ? "expired" : "refused";
  const said = { why: decision.codes, out: 4 } as const;
  move(plan, message, code === "expired" ? "message.expired" : "message.refused", { status, secondLook: decision }, now, said);
  if (number && message.ground?.kind !== "service") phoneInstead(ports, plan, message, conversation, number, code, now);
  return ports.store.transact(plan.writes());
}

/** Any text that will not arrive puts "phone instead" into the sender's team's queue. */
export function phoneInstead(
  ports: Pick<Ports, "clinic">,
  plan: Plan,
  message: OutboundItem,
  conversation: ConversationItem | undefined,
  number: Pick<NumberItem, "PK" | "conv" | "last4">,
  code: Code,
  now: number,
): void {
  const before = conversation ?? {
    ...newConversation(number.conv, number.PK, number.last4),
    ...(message.patient ? { patient: message.patient, verify: false } : {}),
  };
  const kind = code === "no-answer" ? "no-answer" : "phone-instead";
  const after = withTask(before, ports.clinic, { kind, team: message.team, at: now, message: message.id, code });
  plan.event(save(plan, conversation, after), `conv/${before.id}`, {
    type: "task.opened",
    why: [code],
    patient: message.patient,
    objects: [{ t: "message", id: message.id }],
    was: before.state,
    now: after.state,
  });
}
