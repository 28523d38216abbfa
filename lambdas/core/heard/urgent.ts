import type { Clinic } from "../clinic.ts";
import { withTask } from "../conversation.ts";
import type { Cover } from "../cover.ts";
import { urgentTask } from "../emergency-net.ts";
import type { ConversationItem } from "../items.ts";
import { withUrgency } from "../urgency.ts";
import type { Reading } from "./reading.ts";

/**
 * The conversation as it waits, with what the emergency net says of its newest text: it stays with the team that it has, at the
 * head of its queue.
 * @param message the text's id @param answered whether the emergency's answer goes back
 */
export function urgent(
  placed: ConversationItem,
  { net }: Reading,
  about: { clinic: Clinic; cover: Cover; message: string; answered: boolean; now: number },
): ConversationItem {
  const task = urgentTask(net, placed.team, about.message, about.answered, about.now);
  if (!task || net.verdict === "calm") return placed;
  const { rev, tasks } = placed;
  // Ten texts of one emergency are one thing to do, told by the newest.
  const others = tasks.filter((each) => each.kind !== task.kind || each.code !== task.code || each.about !== task.about);
  return { ...withUrgency(withTask({ ...placed, tasks: others }, about.clinic, task), net.verdict, about.cover, about.now), rev };
}
