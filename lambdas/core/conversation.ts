/** A conversation is in exactly one queue while it is not idle: team, place and due time are members of the one item. */
import { type Clinic, teamOrFrontDesk } from "./clinic.ts";
import { isShared } from "./hooks/number.ts";
import { afterOpenMinutes } from "./hours.ts";
import { type ConversationItem, keys, type LinkItem, type NumberItem, owing, type Task } from "./items.ts";
import type { Plan } from "./plan.ts";
import { URGENT_MS } from "./urgency.ts";

/** A fresh conversation, before its first text. */
export function newConversation(id: string, number: string | undefined, last4: string): ConversationItem {
  return {
    ...keys.conversation(id),
    id,
    ...(number ? { number } : {}),
    last4,
    team: "",
    state: "idle",
    rev: 0,
    n: 0,
    verify: true,
    level: 0,
    tasks: [],
    aseq: -1,
    ahash: new Uint8Array(),
  };
}

/** Emergencies, then texts that nobody could judge, then all others. */
const PRIORITY = { emergency: 0, "not-judged": 1, ordinary: 5 } as const;

/** A fresh conversation with a number that has not written yet; where one patient alone uses it, it is that patient's. */
export function conversationWith(number: Pick<NumberItem, "PK" | "conv" | "last4">, links: readonly LinkItem[]): ConversationItem {
  const fresh = newConversation(number.conv, number.PK, number.last4);
  const active = links.filter((link) => link.active);
  return active.length === 1 && active[0] && !isShared(links) ? { ...fresh, patient: active[0].patient, verify: false } : fresh;
}

/** Where a conversation stands in its team's queue: waiting ones first, urgent before ordinary, oldest first; claimed ones behind them. */
function place(conversation: ConversationItem): { q: string | undefined; qs: string | undefined } {
  if (conversation.state === "idle") return { q: undefined, qs: undefined };
  const { urgent } = conversation;
  const since = new Date(urgent?.since ?? conversation.waitingSince ?? 0).toISOString();
  const group = conversation.state === "waiting" ? "w" : "x";
  return { q: conversation.team, qs: `${group}#${PRIORITY[urgent?.kind ?? "ordinary"]}#${since}#${conversation.id}` };
}

/**
 * When a conversation next owes something. While somebody holds it, only the end of the claim is owed: whoever is answering is
 * not paged about it, but for an urgent text that came into the claim.
 */
export function conversationOwing(conversation: ConversationItem): ReturnType<typeof owing> {
  const { state, claim, level, dueAt, urgent } = conversation;
  if (state === "idle") return owing(conversation, undefined);
  const first = state === "claimed" ? claim?.until : level < 2 ? dueAt : undefined;
  const times = [first, urgent?.pageAt].filter((at) => at !== undefined);
  return owing(conversation, times.length > 0 ? Math.min(...times) : undefined);
}

/** The members that follow from the others: place in the queue and the next thing owed. Call it on every changed conversation. */
function settle(conversation: ConversationItem): ConversationItem {
  const { q: _q, qs: _qs, d: _d, da: _da, ...rest } = conversation;
  return { ...rest, ...place(conversation), ...conversationOwing(conversation) } as ConversationItem;
}

/**
 * The conversation waiting at a team from `now` on; an urgent one is due as soon there as anywhere.
 * @param from its open minutes are counted from then on: later than now where the clinic has closed early
 */
export function waitAt(
  conversation: ConversationItem,
  clinic: Clinic,
  team: string | undefined,
  now: number,
  from: number = now,
): ConversationItem {
  const { id, hours, answerWithin } = teamOrFrontDesk(clinic, team);
  const { claim: _, urgent, ...rest } = conversation;
  return {
    ...rest,
    ...(urgent?.kind === "emergency" ? { urgent: { ...urgent, pageAt: now + URGENT_MS } } : urgent ? { urgent } : {}),
    team: id,
    state: "waiting",
    waitingSince: now,
    level: 0,
    dueAt: urgent
      ? now + URGENT_MS
      : Math.min(afterOpenMinutes(hours, clinic.timeZone, clinic.holidays, from, answerWithin), ...duties(conversation.tasks, now)),
  };
}

/** A claim that was given back or has lapsed: it waits where it waited, with the time it has waited already. */
export function waitAgain(conversation: ConversationItem, now: number): ConversationItem {
  const { claim: _, urgent, ...rest } = conversation;
  const paged = urgent?.kind === "emergency" ? { urgent: { ...urgent, pageAt: now } } : urgent ? { urgent } : {};
  return { ...rest, ...paged, state: "waiting", rev: conversation.rev + 1 };
}

/** When tasks are due that have a time of their own, and it is still to come. */
const duties = (tasks: readonly Task[], now: number): number[] => tasks.flatMap(({ due }) => (due !== undefined && due > now ? [due] : []));

/** A conversation keeps so many tasks; one that somebody must decide about is never dropped for newer ones. */
function newest(tasks: readonly Task[]): Task[] {
  const surplus = tasks.length - 20;
  const dropped = new Set(tasks.filter((task) => task.kind !== "opt-out-suspected").slice(0, Math.max(0, surplus)));
  return tasks.filter((task) => !dropped.has(task));
}

/** Adds a task; an idle conversation begins to wait for it. A queue transition: `rev` moves, so nobody resolves unseen. */
export function withTask(conversation: ConversationItem, clinic: Clinic, task: Task): ConversationItem {
  const same = conversation.tasks.some(
    (each) =>
      each.kind === task.kind &&
      each.message === task.message &&
      each.patient === task.patient &&
      each.team === task.team &&
      each.code === task.code,
  );
  const changed = {
    ...conversation,
    tasks: same ? conversation.tasks : newest([...conversation.tasks, task]),
    rev: conversation.rev + 1,
  };
  if (conversation.state === "idle") return waitAt(changed, clinic, task.team, task.at);
  const dueAt = Math.min(changed.dueAt ?? Number.POSITIVE_INFINITY, task.due ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(dueAt) ? { ...changed, dueAt } : changed;
}

/**
 * Plans the conversation as it shall be; `before` is the stored item, or undefined where there is none yet.
 * The caller adds the event: an item with a chain does not change without one.
 * @returns the item to append events to
 */
export function save(plan: Plan, before: ConversationItem | undefined, wanted: ConversationItem): ConversationItem {
  const after = settle(wanted);
  if (!before) {
    plan.put(after);
    return after;
  }
  const { PK: _pk, SK: _sk, aseq: _aseq, ahash: _ahash, ...members } = after;
  const gone = Object.keys(before).filter((name) => !(name in after));
  plan.change(before, { ...members, ...Object.fromEntries(gone.map((name) => [name, undefined])) });
  return before;
}

/** Whether this person holds the conversation now. */
export const heldBy = (conversation: ConversationItem, person: string, now: number): boolean =>
  conversation.state === "claimed" && conversation.claim?.by === person && conversation.claim.until > now;

/** The revision as an ETag, and back. */
export const etag = (conversation: ConversationItem): string => `W/"${conversation.rev}"`;
