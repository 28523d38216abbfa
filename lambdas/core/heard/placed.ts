import type { Clinic } from "../clinic.ts";
import { waitAt, withTask } from "../conversation.ts";
import { isShared } from "../hooks/number.ts";
import type { ConversationItem, LinkItem, Task } from "../items.ts";
import type { Heard } from "./heard.ts";

/** What the front desk deals with before anybody answers the rest of the text. */
const DESK_FIRST: ReadonlySet<Task["kind"]> = new Set(["opted-out", "opt-out-suspected", "wrong-number", "new-number", "look-closer"]);

/**
 * Where the conversation waits with one text more. A rule that throws costs the text its place with the right team, never more.
 * @param links active ones @param at carrier's time (ms) @param from open minutes count from then on: later than now where the
 * clinic has closed early
 */
export function placed(
  clinic: Clinic,
  before: ConversationItem,
  links: readonly LinkItem[],
  { tasks, ended }: Pick<Heard, "tasks" | "ended">,
  at: number,
  now: number,
  from: number = now,
): ConversationItem {
  const counted = {
    ...before,
    ...(ended ? { verify: true } : {}),
    n: before.n + 1,
    rev: before.rev + 1,
    lastInboundAt: Math.max(before.lastInboundAt ?? 0, at),
  };
  try {
    const [only] = links;
    const sure = !ended && links.length === 1 && only !== undefined && !isShared(links);
    let after: ConversationItem = counted;
    if (before.state === "idle") {
      const { patient: _, ...anonymous } = counted;
      const known = sure ? { ...anonymous, patient: only.patient, verify: false } : { ...anonymous, verify: true };
      const team = tasks.some((task) => DESK_FIRST.has(task.kind)) || !sure ? clinic.frontDesk : only.team;
      after = waitAt(known, clinic, team, now, from);
    } else if (before.dueAt === undefined) {
      const { dueAt, level } = waitAt(counted, clinic, before.team, now, from);
      after = { ...counted, level, ...(dueAt === undefined ? {} : { dueAt }) };
    }
    return tasks.reduce((conversation, task) => ({ ...withTask(conversation, clinic, task), rev: counted.rev }), after);
  } catch {
    return {
      ...counted,
      team: clinic.frontDesk,
      state: "waiting",
      waitingSince: before.waitingSince ?? now,
      dueAt: now,
      verify: true,
      tasks: [...before.tasks, ...tasks, ruleFailed(clinic, now)],
    };
  }
}

/** An opt-out decides what somebody was asked to decide. */
export const settled = (conversation: ConversationItem, { cancels }: Pick<Heard, "cancels">): ConversationItem =>
  cancels ? { ...conversation, tasks: conversation.tasks.filter((task) => task.kind !== "opt-out-suspected") } : conversation;

/** The same with a mark for staff where a rule failed on the text. */
export const withMark = (heard: Heard, failed: boolean, clinic: Clinic, now: number): Heard =>
  failed ? { ...heard, tasks: [...heard.tasks, ruleFailed(clinic, now)] } : heard;

/** Says to staff that a rule failed on a text: it was stored without it. */
const ruleFailed = (clinic: Clinic, now: number): Task => ({
  kind: "rule-failed",
  team: clinic.frontDesk,
  at: now,
  code: "rule-failed",
});
