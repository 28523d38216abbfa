import type { Source } from "../audit.ts";
import { type Clinic, type OnCall, teamOf } from "../clinic.ts";
import { commit } from "../commit.ts";
import { conversationOwing, save, waitAgain, waitAt } from "../conversation.ts";
import { type Cover, coverAt } from "../cover.ts";
import { type ConversationItem, type FactsItem, keys, type Urgency } from "../items.ts";
import { plan as newPlan } from "../plan.ts";
import type { Alerts, Ports } from "../ports.ts";
import type { Key } from "../store.ts";
import { inHand, lookedAt, told, URGENT_MS } from "../urgency.ts";
import { gateway } from "./cancel-waiting.ts";

type Needs = Pick<Ports, "clinic" | "store" | "alerts" | "clock" | "ids">;

/** Whoever is named in the event of a page beside the people on call. */
const MUST_LOOK = "someone-must-look";

/**
 * Does what a conversation owes now. A lapsed claim waits again; an unanswered text goes to the escalation team, and past that
 * somebody is told to look; of an urgent one, people are told all along its way (lambdas/core/urgency.ts). They are told before
 * it is written down: a page that goes out twice is better than one that is lost.
 * @throws where somebody had to be told and nobody could be: it is still owed
 */
export async function settleConversation(ports: Needs, key: Key, src: Source): Promise<void> {
  const alerts = once(ports.alerts);
  await commit(ports, async () => {
    const [conversation, facts] = await Promise.all([ports.store.get<ConversationItem>(key), ports.store.get<FactsItem>(keys.facts())]);
    const now = ports.clock.now();
    if (!conversation?.da || conversation.da > now) return { outcome: undefined };
    const cover = coverAt(ports.clinic, facts ?? {}, now);

    const lapsed = conversation.claim !== undefined && conversation.claim.until <= now;
    const waiting = lapsed ? waitAgain(conversation, now) : conversation;
    const overdue = waiting.state === "waiting" && waiting.level < 2 && waiting.dueAt !== undefined && waiting.dueAt <= now;
    const team = overdue ? escalation(ports.clinic, waiting) : undefined;
    const moved = overdue ? passedOn(ports.clinic, waiting, team, now) : waiting;

    const { urgent } = moved;
    const pages = urgent?.pageAt !== undefined && urgent.pageAt <= now;
    if (!lapsed && !overdue && !pages) return { outcome: undefined };
    const people = urgent && (overdue || pages) ? cover.people.slice(0, moved.level === 0 ? 1 : undefined) : [];
    const nobody = urgent !== undefined && people.length === 0 && (overdue || (pages && urgent.pages === 0));
    const names = await tell(alerts, people, nobody || (overdue && (moved.level === 2 || urgent?.kind === "emergency")));

    const after = urgent && (overdue || pages) ? { ...moved, urgent: next(moved, urgent, names.length > 0, cover, now) } : moved;
    const plan = newPlan(ports, gateway(src), now);
    const chain = `conv/${conversation.id}`;
    if (!lapsed && !overdue && names.length === 0) {
      // Still nobody on call: only the time of the next look moves, and that is no event.
      plan.technical(conversation, { urgent: after.urgent, ...conversationOwing(after) }, [["aseq", "=", conversation.aseq]]);
      return { outcome: undefined, plan };
    }
    const item = save(plan, conversation, after);
    const about = { patient: after.patient, objects: [{ t: "team", id: after.team } as const] };
    if (lapsed) plan.event(item, chain, { type: "conversation.lapsed", ...about });
    if (overdue) plan.event(item, chain, { type: team ? "conversation.escalated" : "conversation.overdue", ...about });
    if (urgent && names.length > 0)
      plan.event(item, chain, {
        type: "conversation.paged",
        why: [urgent.kind],
        patient: after.patient,
        objects: names.map((id) => ({ t: "on-call", id })),
      });
    return { outcome: undefined, plan };
  });
}

/** The team that an unanswered conversation goes to, once. */
function escalation(clinic: Clinic, { level, team }: ConversationItem): string | undefined {
  const next = level === 0 ? teamOf(clinic, teamOf(clinic, team)?.escalateTo ?? "") : undefined;
  return next === undefined || next.id === team ? undefined : next.id;
}

/** An overdue conversation: with its next team, or with nobody else to go to; an urgent one is due once more either way. */
function passedOn(clinic: Clinic, conversation: ConversationItem, team: string | undefined, now: number): ConversationItem {
  const { waitingSince = now, rev, urgent, level } = conversation;
  if (team !== undefined) return { ...waitAt(conversation, clinic, team, now), waitingSince, level: 1, rev: rev + 1 };
  if (urgent && level === 0) return { ...conversation, level: 1, dueAt: now + URGENT_MS, rev: rev + 1 };
  return { ...conversation, level: 2, rev: rev + 1 };
}

/** The urgency after somebody was told, or could not be; while a person holds the conversation nobody else is. */
function next({ state, level }: ConversationItem, urgent: Urgency, wasTold: boolean, cover: Cover, now: number): Urgency {
  const then = wasTold ? told(urgent, level, cover, now) : lookedAt(urgent, level, cover, now);
  return state === "claimed" ? inHand(then) : then;
}

/**
 * Tells each of the people, and whoever must look where that is asked for or a page could not be delivered to anybody.
 * @returns who was told @throws where somebody had to be told and nobody was
 */
async function tell(alerts: Alerts, people: readonly OnCall[], mustLook: boolean): Promise<string[]> {
  const pages = await Promise.allSettled(people.map(({ id }) => alerts.page(id)));
  const names = people.filter((_, at) => pages[at]?.status === "fulfilled").map(({ id }) => id);
  if (!mustLook && names.length === people.length) return names;
  try {
    await alerts.someoneMustLook();
    return [...names, MUST_LOOK];
  } catch (error) {
    if (names.length === 0) throw error;
    return names;
  }
}

/** The same alerts, each told once: a page says only that somebody must look, so one covers whatever waits by then. */
export function once(alerts: Alerts): Alerts {
  const told = new Map<string, Promise<void>>();
  const first = (name: string, tells: () => Promise<void>): Promise<void> => {
    const known = told.get(name) ?? tells();
    told.set(name, known);
    return known;
  };
  return {
    someoneMustLook: () => first(MUST_LOOK, () => alerts.someoneMustLook()),
    page: (person) => first(`page ${person}`, () => alerts.page(person)),
  };
}
