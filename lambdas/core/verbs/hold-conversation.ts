import type { Act, EventObject } from "../audit.ts";
import { teamOf, teamOrFrontDesk } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { heldBy, save, waitAgain, waitAt } from "../conversation.ts";
import { type ConversationItem, type FilingItem, keys, messageId, type NoteItem, recordOf, type Task } from "../items.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "clock" | "ids">;

export type Outcome = "answered" | "phoned" | "handed-on" | "none-needed";
export type NotFiled = "spam" | "wrong-number" | "not-a-patient" | "service-word";
export interface Filed {
  readonly patient: string;
  readonly system: string;
  readonly reference: string;
}

/** The conversation, if this person holds it now. @throws Refusal `not-found`, `not-claimed`, `claimed-by-other` */
export async function held(ports: Pick<Ports, "store" | "clock">, id: string, act: Act): Promise<ConversationItem> {
  return holding(await ports.store.get<ConversationItem>(keys.conversation(id)), act, ports.clock.now());
}

/** The same of a conversation that has been read. */
export function holding(conversation: ConversationItem | undefined, act: Act, now: number): ConversationItem {
  if (!conversation) throw new Refusal("not-found");
  if (heldBy(conversation, act.who.id, now)) return conversation;
  throw new Refusal(conversation.claim !== undefined && conversation.claim.until > now ? "claimed-by-other" : "not-claimed");
}

/** Puts it back where it waited, with the time it has waited already. */
export async function releaseConversation(ports: Omit<Needs, "sealer">, id: string, act: Act): Promise<ConversationItem> {
  return commit(ports, async () => {
    const before = await held(ports, id, act);
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    plan.event(save(plan, before, waitAgain(before, now)), `conv/${id}`, {
      type: "conversation.released",
      patient: before.patient,
      was: "claimed",
      now: "waiting",
    });
    return { outcome: plan.result(before), plan };
  });
}

/** Hands it to another team, where it waits with a due time of that team's hours. @throws Refusal `team-unknown` */
export async function moveConversation(
  ports: Needs,
  id: string,
  team: string,
  note: string | undefined,
  act: Act,
): Promise<ConversationItem> {
  const to = teamOf(ports.clinic, team);
  if (!to) throw new Refusal("team-unknown");
  const sealed = note === undefined ? undefined : await sealNote(ports, id, note, act);
  return commit(ports, async () => {
    const before = await held(ports, id, act);
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    const after = { ...waitAt(before, ports.clinic, to.id, now), rev: before.rev + 1 };
    if (sealed) plan.put(sealed);
    plan.event(save(plan, before, after), `conv/${id}`, {
      type: "conversation.moved",
      patient: before.patient,
      objects: noteObject(sealed),
      was: before.team,
      now: to.id,
    });
    return { outcome: plan.result(before), plan };
  });
}

/**
 * Ends it: what was done, and where the texts were filed, or why they were not. Only on the revision the person saw, so a
 * text that arrived meanwhile is never resolved unread. A task of another team keeps the conversation waiting there.
 * @throws Refusal `version-conflict`, `decision-needed`, `filing-needed`, `link-needed`
 */
export async function resolveConversation(
  ports: Needs,
  id: string,
  rev: number,
  how: { outcome: Outcome; filed: readonly Filed[]; notFiled: NotFiled | undefined; note: string | undefined },
  act: Act,
): Promise<ConversationItem> {
  const sealed = how.note === undefined ? undefined : await sealNote(ports, id, how.note, act);
  return commit(ports, async () => {
    const current = await ports.store.get<ConversationItem>(keys.conversation(id));
    // The answer to this very request was lost on its way; nothing has happened since.
    if (current?.resolved?.by === act.who.id && current.resolved.rev === rev && current.rev === rev + 1) return { outcome: current };
    const before = holding(current, act, ports.clock.now());
    if (before.rev !== rev) throw new Refusal("version-conflict");
    if (before.tasks.some((task) => task.kind === "opt-out-suspected" && teamOrFrontDesk(ports.clinic, task.team).id === before.team))
      throw new Refusal("decision-needed");
    const unfiled = before.n > (before.filedN ?? 0);
    if (unfiled && how.filed.length === 0 && (how.notFiled === undefined || how.note === undefined)) throw new Refusal("filing-needed");
    if (how.filed.length > 0 && before.patient === undefined) throw new Refusal("link-needed");
    const now = ports.clock.now();
    const plan = newPlan(ports, act, now);
    if (sealed) plan.put(sealed);
    // An urgent text is dealt with by whoever resolves it, wherever it has gone meanwhile.
    const left = before.tasks.filter((task) => teamOrFrontDesk(ports.clinic, task.team).id !== before.team && !isUrgent(task));
    const [next] = left;
    const ended = patched(before, {
      claim: undefined,
      tasks: left,
      filedN: before.n,
      rev: before.rev + 1,
      level: 0,
      urgent: undefined,
      dueAt: undefined,
      waitingSince: undefined,
      state: "idle",
      resolved: { by: act.who.id, rev },
    });
    const after = next ? waitAt(ended, ports.clinic, next.team, now) : ended;
    plan.event(save(plan, before, after), `conv/${id}`, {
      type: "conversation.resolved",
      why: [how.outcome, ...(how.notFiled ? [`not-filed-${how.notFiled}` as const] : [])],
      patient: before.patient,
      objects: [...how.filed.map((each) => ({ t: "filed", id: each.patient }) as const), ...noteObject(sealed)],
      was: "claimed",
      now: after.state,
    });
    for (const each of new Map(how.filed.map((filed) => [filed.patient, filed])).values())
      plan.put<FilingItem>({
        ...keys.filing(id, before.rev, each.patient),
        at: now,
        from: (before.filedN ?? 0) + 1,
        to: before.n,
        ...(sealed ? { note: sealed.id } : {}),
        by: act.who.id,
        patient: each.patient,
        system: each.system,
        reference: each.reference,
      });
    return { outcome: plan.result(before), plan };
  });
}

const isUrgent = ({ kind }: Task): boolean => kind === "emergency" || kind === "not-judged";

async function sealNote(ports: Needs, conversation: string, note: string, act: Act): Promise<NoteItem> {
  const at = ports.clock.now();
  const id = messageId(conversation, ulid(at, ports.ids.random()));
  const key = keys.message(id);
  return { ...key, id, direction: "note", at, by: act.who.id, body: await ports.sealer.seal(recordOf(key), note) };
}

const noteObject = (note: NoteItem | undefined): EventObject[] => (note ? [{ t: "note", id: note.id }] : []);
