/**
 * A person decides about a text that may have been an opt-out, in one call: it was one, it was none, or the phone is somebody
 * else's. Until then nothing leaves for the number. Whoever decides holds the conversation, and so has been shown the text.
 */
import type { Act, Source } from "../audit.ts";
import { type Code, Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { save, withTask } from "../conversation.ts";
import { sha256 } from "../digest.ts";
import { answerWith, sealed } from "../heard/auto-reply.ts";
import { optedOut, pausePatient } from "../heard/stop.ts";
import {
  type ConversationItem,
  type LinkItem,
  messageId,
  type NumberItem,
  newId,
  numberAndLinks,
  type OutboundItem,
  type Pause,
  type Task,
} from "../items.ts";
import { CONFIRM_WITHIN_MS, numberChain, numberOwing, stopped } from "../number.ts";
import { enqueue } from "../outbound.ts";
import { plan as newPlan, type Patch, type Plan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";
import { endAsWrong, toldWrong } from "../wrong-number.ts";
import { cancelWaiting } from "./cancel-waiting.ts";
import { held } from "./hold-conversation.ts";
import { listIncident } from "./list-incident.ts";
import { numbersOf, patientsOn } from "./on-number.ts";
import { releaseHeld } from "./release-held.ts";

export const DECISIONS = ["opted-out", "not", "wrong-number"] as const;
export type OptOutDecision = (typeof DECISIONS)[number];
/** How the person knows: from the text itself, or from the patient. */
export const DECIDED_BY = ["the-text", "spoke-by-phone", "spoke-in-person"] as const;
export type DecidedBy = (typeof DECIDED_BY)[number];

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "outbox" | "clock" | "ids">;

interface Decided {
  readonly conversation: ConversationItem;
  readonly numberPk: string;
  readonly answered: OutboundItem | undefined;
  readonly incident: string | undefined;
}

/**
 * `opted-out` is a STOP at the time of the text: a START that the handset sent after it still counts, and the confirmation goes
 * within five minutes of the text or not at all. `not` ends the pause; what it held back and is still of use leaves.
 * @throws Refusal `not-claimed`, `claimed-by-other`, `no-number-here`, `nothing-to-decide`
 */
export async function decideOptOut(ports: Needs, id: string, decision: OptOutDecision, by: DecidedBy, act: Act): Promise<ConversationItem> {
  const { store, clinic, clock } = ports;
  const decided = await commit<Decided>(ports, async () => {
    const before = await held(ports, id, act);
    if (before.number === undefined) throw new Refusal("no-number-here");
    const { number, links: all } = numberAndLinks(await store.query<NumberItem | LinkItem>(before.number));
    if (!number) throw new Refusal("no-number-here");
    const { pause } = number;
    if (!pause) throw new Refusal("nothing-to-decide");
    const links = all.filter((link) => link.active);
    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const task = (kind: Task["kind"], code?: Code): Task => ({ kind, team: clinic.frontDesk, at: now, ...(code ? { code } : {}) });

    let patch: Patch<NumberItem> = { pause: undefined, releases: now, ver: number.ver + 1 };
    let next: Task | undefined;
    let incident: string | undefined;
    if (decision !== "not") {
      const patients = await patientsOn(store, links);
      if (decision === "opted-out") {
        patch = stopped(number, pause.at, "decided", now);
        for (const patient of patients) pausePatient(plan, patient, number, now);
        next = task("opted-out");
      } else {
        const numbers = await numbersOf(store, links);
        incident = links.length > 0 ? newId("inc", now, ports.ids.random()) : undefined;
        const made = { incident: incident ?? "", cause: pause.text, at: pause.at, now };
        patch = endAsWrong(plan, { number, links, patients, numbers }, clinic.timeZone, made);
        next = task("wrong-number", "wrong-number");
      }
    }
    const after = patched(number, patch);
    plan.change(number, { ...patch, ...numberOwing(after, now) });
    plan.event(number, numberChain(number), {
      type: "number.pause-decided",
      why: [decision, by],
      objects: [{ t: "message", id: pause.text }],
    });
    if (decision === "opted-out") optedOut(plan, number, after, ["decided"]);
    if (decision === "wrong-number") toldWrong(plan, number, after);

    const answered = after.state === "stopped" ? await lastWordTo(ports, plan, after, links, pause, decision, act, now) : undefined;
    const open = { ...before, tasks: before.tasks.filter((each) => each.kind !== "opt-out-suspected"), rev: before.rev + 1 };
    const conversation = { ...(next ? withTask(open, clinic, next) : open), rev: open.rev };
    plan.event(save(plan, before, conversation), `conv/${id}`, { type: "task.closed", patient: before.patient, why: [decision, by] });
    return { outcome: { conversation: plan.result(before), numberPk: number.PK, answered, incident }, plan };
  });
  await owed(ports, decided, decision, act.src);
  return decided.conversation;
}

/** The confirmation or the apology, if it can still leave in time. */
async function lastWordTo(
  { sealer, clinic }: Needs,
  plan: Plan,
  number: NumberItem,
  links: readonly LinkItem[],
  { text, at }: Pause,
  decision: OptOutDecision,
  act: Act,
  now: number,
): Promise<OutboundItem | undefined> {
  if (at + CONFIRM_WITHIN_MS <= now) return undefined;
  const reply = decision === "opted-out" ? "stop-confirmation" : "wrong-number";
  const language = (links.length === 1 ? links[0]?.language : undefined) ?? clinic.languages[0] ?? "en";
  const id = messageId(number.conv, ulid(at, sha256("decided", text)));
  const ready = await sealed(sealer, clinic, id, [{ reply, language }]);
  return answerWith(plan, [reply], ready, { id, cause: text, clinic, number, links, at, now, act });
}

/** Does at once what the decision owes; what fails here stands on its item as `due`, and the sweep does it. */
async function owed(ports: Needs, { numberPk, answered, incident }: Decided, decision: OptOutDecision, src: Source): Promise<void> {
  await Promise.allSettled([
    answered ? enqueue(ports, answered) : undefined,
    decision === "not" ? releaseHeld(ports, numberPk, src) : cancelWaiting(ports, numberPk, src),
    incident ? listIncident(ports, incident, src) : undefined,
  ]);
}
