/**
 * What the emergency net says of a text, and what is answered. It adds to whatever else the text does, and it can never keep
 * a text from being stored: `judge` does not throw, and what is owed after the commit stands on the conversation as `due`
 * (lambdas/core/urgency.ts).
 */
import { type Clinic, EMERGENCY_KINDS, type EmergencyKind, type ReplyId } from "./clinic.ts";
import type { Cover } from "./cover.ts";
import type { ConversationItem, Task } from "./items.ts";
import { type EmergencyReading, readEmergency } from "./reading/emergency.ts";

export type Net =
  | {
      readonly verdict: "emergency";
      readonly kind: EmergencyKind;
      /** No text goes back: somebody else may read it. */
      readonly silent: boolean;
    }
  | { readonly verdict: "not-judged" }
  | { readonly verdict: "calm" };

export const CALM: Net = { verdict: "calm" };

/**
 * What the net says of a text. Never throws: a reader that does, or that answers something else than a reading, has not judged.
 * A text in which a kind was seen that the clinic does not answer is not answered, whatever else is in it.
 */
export function judge(
  text: string,
  clinic: Pick<Clinic, "silentEmergencies">,
  reader: (text: string) => EmergencyReading = readEmergency,
): Net {
  try {
    const { label, kind, findings, judged } = reader(text);
    if (label === "emergency") {
      const kinds = [kind, ...findings.map((each) => each.kind)];
      const silent = kinds.some((each) => each !== undefined && clinic.silentEmergencies.includes(each));
      return { verdict: "emergency", kind: EMERGENCY_KINDS.find((each) => each === kind) ?? "other", silent };
    }
    return label === "not" && judged === true ? CALM : { verdict: "not-judged" };
  } catch {
    return { verdict: "not-judged" };
  }
}

/** The answer to an emergency: nothing is promised while nobody is on call, and 988 is named where it helps. */
export function emergencyReply(net: Net, cover: Pick<Cover, "attended">): ReplyId | undefined {
  if (net.verdict !== "emergency" || net.silent) return undefined;
  const suicide = net.kind === "suicide";
  if (cover.attended) return suicide ? "emergency-suicide" : "emergency";
  return suicide ? "emergency-suicide-unattended" : "emergency-unattended";
}

/**
 * What staff see of it in the queue and in the claim.
 * @param message the text's id @param answered whether an answer goes back: where none can (opted out, the day's limit,
 * nothing to text to), the person on call phones
 */
export function urgentTask(net: Net, team: string, message: string, answered: boolean, now: number): Task | undefined {
  if (net.verdict === "calm") return undefined;
  if (net.verdict === "not-judged") return { kind: "not-judged", team, at: now, message, code: "not-judged" };
  const code = net.silent ? "emergency-silent" : answered ? "emergency" : "emergency-phone";
  return { kind: "emergency", team, at: now, message, code, about: net.kind };
}

/** Whether an open emergency of the conversation forbids automatic texts: somebody else may read the phone. */
export const isSilent = (conversation: Pick<ConversationItem, "tasks"> | undefined): boolean =>
  conversation?.tasks.some((task) => task.code === "emergency-silent") === true;
