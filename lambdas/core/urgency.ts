/**
 * What an urgent text does to its conversation: head of its queue, due in five minutes by the clock on the wall, and somebody
 * is told, without any content, until it is claimed. The whole plan, from the text on:
 *
 *   at once       the person on call is paged; in unattended hours `someone-must-look` gets its mail
 *   2 minutes     paged again
 *   5 minutes     due: it goes to the team that its own escalates to; everybody on call and `someone-must-look` are told
 *   10 minutes    due again: the same once more
 *   from then on  everybody on call, every 15 minutes
 *
 * A text that nobody has judged (its language, or the reader failed) is due likewise and waits right behind the emergencies,
 * but nobody is paged before it is overdue: a clinic whose patients write in a third language is not paged for each text.
 */
import type { Cover } from "./cover.ts";
import type { ConversationItem, Urgency } from "./items.ts";

/** How soon somebody must have taken it; and so long a claim lasts when an urgent text comes into it. */
export const URGENT_MS = 5 * 60_000;
const AGAIN_MS = 2 * 60_000;
const ON_MS = 15 * 60_000;

/**
 * The conversation with an urgent text in it. In unattended hours it is due five minutes after cover begins. Whoever holds it
 * has five minutes to claim it again, which shows the text: a claim made for something else does not hide an emergency.
 * @param conversation as it waits, or is claimed, with the text in it
 */
export function withUrgency(
  conversation: ConversationItem,
  kind: Urgency["kind"],
  cover: Pick<Cover, "attended" | "attendedFrom">,
  now: number,
): ConversationItem {
  if (conversation.state === "idle") return conversation;
  const { claim, urgent: before } = conversation;
  const raised = before === undefined || (before.kind === "not-judged" && kind === "emergency");
  const urgent: Urgency = raised ? { pages: 0, since: now, ...before, kind } : { ...before };
  // A page says only that somebody must look: one within five minutes covers this text too.
  if (kind === "emergency" && lastPage(urgent) <= now - URGENT_MS) urgent.pageAt = now;
  const due = (cover.attended ? now : (cover.attendedFrom ?? now)) + URGENT_MS;
  return {
    ...conversation,
    urgent,
    level: raised ? 0 : conversation.level,
    dueAt: raised ? due : Math.min(due, conversation.dueAt ?? due),
    ...(claim ? { claim: { ...claim, until: Math.min(claim.until, now + URGENT_MS) } } : {}),
  };
}

const lastPage = ({ pagedAt, pageAt }: Urgency): number =>
  Math.max(pagedAt ?? Number.NEGATIVE_INFINITY, pageAt ?? Number.NEGATIVE_INFINITY);

/** The same, told once more just now. @param level how often its due time has passed */
export function told(urgent: Urgency, level: number, cover: Pick<Cover, "people" | "attendedFrom">, now: number): Urgency {
  return lookedAt({ ...urgent, pages: urgent.pages + 1, pagedAt: now }, level, cover, now);
}

/** The same with the time at which who is on call is looked up again, while it waits. */
export function lookedAt(urgent: Urgency, level: number, cover: Pick<Cover, "people" | "attendedFrom">, now: number): Urgency {
  const { pageAt: _, ...rest } = urgent;
  if (urgent.kind === "not-judged") return rest;
  if (level === 0 && urgent.pages < 2 && cover.people.length > 0) return { ...rest, pageAt: now + AGAIN_MS };
  const begins = cover.attendedFrom !== undefined && cover.attendedFrom > now ? cover.attendedFrom : Number.POSITIVE_INFINITY;
  return { ...rest, pageAt: Math.min(now + ON_MS, begins) };
}

/** The same while somebody holds it: nobody else is told. */
export function inHand(urgent: Urgency): Urgency {
  const { pageAt: _, ...rest } = urgent;
  return rest;
}
