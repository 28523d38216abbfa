/**
 * A person takes a conversation and sees it. The claim and the view are one event pair in one transaction, and only after
 * it has landed is anything decrypted: nobody sees a text or a number before the record says who did.
 *
 * Rounds for a named conversation: 1 conversation ∥ its newest texts; 2 the transaction ∥ number and links ∥ patient;
 * 3 all decrypts. "The next one" asks the queue first.
 */
import type { Act } from "../audit.ts";
import { type Language, type NumberLevel, teamOf, teamOrFrontDesk } from "../clinic.ts";
import { type Code, Refusal } from "../codes.ts";
import { save } from "../conversation.ts";
import { decide } from "../gate.ts";
import { replyFacts } from "../hook.ts";
import { isShared } from "../hooks/number.ts";
import {
  type ConversationItem,
  keys,
  type LinkItem,
  type MessageItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  recordOf,
  type Status,
} from "../items.ts";
import { levelOf } from "../level.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { inHand } from "../urgency.ts";

type Needs = Pick<Ports, "clinic" | "gate" | "store" | "sealer" | "clock" | "ids">;

export interface Shown {
  readonly id: string;
  readonly direction: "in" | "out" | "note";
  readonly at: number;
  readonly text: string;
  readonly status: Status | undefined;
  readonly by: string | undefined;
  /** An empty text is perhaps a photo, which SMS drops. */
  readonly empty: boolean;
}

export interface Claimed {
  readonly conversation: ConversationItem;
  readonly number: string | undefined;
  /** How sure we are who writes. */
  readonly sender: "known" | "guardian" | "shared" | "unknown";
  readonly patients: readonly { readonly patient: string; readonly relationship: LinkItem["relationship"]; readonly level: NumberLevel }[];
  readonly language: Language;
  readonly mayReply: { readonly ok: true } | { readonly ok: false; readonly code: Code };
  readonly texts: readonly Shown[];
}

const SHOWN = 10;
/** Refused and cancelled texts are not shown; this many are read to find ten that are. */
const READ = 40;

/** Claims this conversation. @throws Refusal `not-found`, `claimed-by-other` */
export async function claimThis(ports: Needs, id: string, act: Act): Promise<Claimed> {
  for (let tries = 0; tries < 6; tries++) {
    const claimed = await attempt(ports, id, act, false);
    if (claimed !== "lost") return claimed;
  }
  throw new Refusal("busy");
}

/** Claims the conversation that has waited longest. @throws Refusal `team-unknown`, `queue-empty` */
export async function claimNext(ports: Needs, team: string, act: Act): Promise<Claimed> {
  const known = teamOf(ports.clinic, team);
  if (!known) throw new Refusal("team-unknown");
  let after: string | undefined;
  for (let pages = 0; pages < 20; pages++) {
    const waiting = await ports.store.queue<ConversationItem>(known.id, { prefix: "w#", limit: 10, ...(after ? { after } : {}) });
    for (const { id } of waiting) {
      const claimed = await attempt(ports, id, act, true).catch((error: unknown) => {
        if (error instanceof Refusal) return "lost" as const;
        throw error;
      });
      if (claimed !== "lost") return claimed;
    }
    after = waiting.at(-1)?.qs;
    if (waiting.length < 10) break;
  }
  throw new Refusal("queue-empty");
}

async function attempt(ports: Needs, id: string, act: Act, onlyWaiting: boolean): Promise<Claimed | "lost"> {
  const { clinic, store } = ports;
  const key = keys.conversation(id);
  const [before, read] = await Promise.all([
    store.get<ConversationItem>(key),
    store.query<MessageItem>(key.PK, { prefix: "M#", descending: true, limit: READ }),
  ]);
  if (!before) throw new Refusal("not-found");
  const now = ports.clock.now();
  const taken = before.state === "claimed" && before.claim !== undefined && before.claim.until > now;
  if ((taken && before.claim?.by !== act.who.id) || (onlyWaiting && before.state !== "waiting")) throw new Refusal("claimed-by-other");

  const texts = read
    .filter((message) => message.direction !== "out" || !["refused", "cancelled"].includes(message.status))
    .slice(0, SHOWN)
    .reverse();
  const until = now + teamOrFrontDesk(clinic, before.team).claimMinutes * 60_000;
  const after = patched(before, {
    state: "claimed",
    team: teamOrFrontDesk(clinic, before.team).id,
    waitingSince: before.waitingSince ?? now,
    rev: before.rev + 1,
    claim: { by: act.who.id, until, ...(act.who.role ? { role: act.who.role } : {}) },
    ...(before.urgent ? { urgent: inHand(before.urgent) } : {}),
  });
  const plan = newPlan(ports, act, now);
  const item = save(plan, before, after);
  const chain = `conv/${id}`;
  plan.event(item, chain, { type: "conversation.claimed", patient: before.patient, was: before.state, now: "claimed" });
  plan.event(item, chain, {
    type: "content.viewed",
    patient: before.patient,
    objects: [
      ...(before.number ? [{ t: "number", id } as const] : []),
      ...(texts[0] ? [{ t: "from", id: texts[0].id } as const] : []),
      ...(texts.length > 1 ? [{ t: "to", id: texts.at(-1)?.id ?? "" } as const] : []),
    ],
  });
  const [landed, partition, patient] = await Promise.all([
    store.transact(plan.writes()),
    before.number === undefined ? [] : store.query<NumberItem | LinkItem>(before.number),
    before.patient === undefined ? undefined : store.get<PatientItem>(keys.patient(before.patient)),
  ]);
  if (!landed) return "lost";

  // The view event is durable; from here on things may be shown.
  const { number, links } = numberAndLinks(partition);
  const active = links.filter((link) => link.active);
  const [plain, ...bodies] = await Promise.all([
    number?.e164 ? ports.sealer.open(recordOf(number), number.e164) : undefined,
    ...texts.map((message) => (message.body ? ports.sealer.open(recordOf(message), message.body) : "")),
  ]);
  const verdict = decide(replyFacts({ clinic, now, number, links, patient, conversation: after }), ports.gate);
  return {
    conversation: plan.result(before),
    number: plain,
    sender:
      active.length === 0
        ? "unknown"
        : isShared(links)
          ? "shared"
          : active.every((link) => link.relationship === "guardian")
            ? "guardian"
            : "known",
    patients: active.map((link) => ({
      patient: link.patient,
      relationship: link.relationship,
      level: number ? levelOf(number, link, now, clinic) : 0,
    })),
    language: patient?.language ?? active[0]?.language ?? clinic.languages[0] ?? "en",
    mayReply: verdict.codes[0] ? { ok: false, code: verdict.codes[0] } : { ok: true },
    texts: texts.map((message, index) => ({
      id: message.id,
      direction: message.direction,
      at: message.at,
      text: bodies[index] ?? "",
      status: message.direction === "out" ? message.status : undefined,
      by: message.direction === "in" ? undefined : message.by,
      empty: message.direction === "in" && message.empty,
    })),
  };
}
