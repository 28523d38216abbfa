/** What every piece that hears a text looks at, and what it says back. */
import type { Clinic, ReplyId } from "../clinic.ts";
import type { Code } from "../codes.ts";
import type { Cover } from "../cover.ts";
import type { ConversationItem, LinkItem, NumberItem, PatientItem, PatientNumberItem, Task } from "../items.ts";
import { numberChain, numberOwing } from "../number.ts";
import { type Patch, type Plan, patched } from "../plan.ts";
import type { Reading } from "./reading.ts";

export interface Hearing {
  readonly plan: Plan;
  readonly clinic: Clinic;
  readonly reading: Reading;
  /** Who looks at texts now. */
  readonly cover: Cover;
  /** As it stood before the text. */
  readonly conversation: ConversationItem | undefined;
  /** The number as it was read, or as it shall be put where `isNew`. */
  readonly number: NumberItem;
  readonly isNew: boolean;
  /** The active ones. */
  readonly links: readonly LinkItem[];
  /** Those that the text may change. */
  readonly patients: readonly PatientItem[];
  /** All numbers of those patients, where the text may end one of them. */
  readonly numbers: readonly PatientNumberItem[];
  /** Carrier's time (ms), and ours. */
  readonly at: number;
  readonly now: number;
  /** The text's id. */
  readonly id: string;
  /** 10 random bytes. */
  readonly entropy: Uint8Array;
}

/** What a text did to its number, and what still has to be done about it. */
export interface Heard {
  /** The number as it will be. */
  readonly number: NumberItem;
  readonly tasks: readonly Task[];
  /** The automatic answers that may go back, the first that can. */
  readonly replies: readonly ReplyId[];
  /** Texts that wait for the number are cancelled at once. */
  readonly cancels: boolean;
  /** The number is its patients' no more. */
  readonly ended?: boolean;
  /** An incident that this text opened: what was sent is to be listed at once. */
  readonly incident?: string | undefined;
}

/** A text that changed nothing but its conversation. A number seen for the first time is put all the same. */
export function nothing(hearing: Hearing): Heard {
  return { number: hearing.isNew ? became(hearing, {}) : hearing.number, tasks: [], replies: [], cancels: false };
}

/** Plans the number with what the text did to it; the caller adds the event that says so. @returns the number as it will be */
export function became({ plan, number, isNew, now }: Hearing, patch: Patch<NumberItem>): NumberItem {
  const after = patched(number, patch);
  const all = { ...patch, ...numberOwing(after, now) };
  if (isNew) {
    plan.put(patched(number, all));
    plan.event(number, numberChain(number), { type: "number.added", now: number.state });
  } else if (Object.keys(patch).length > 0) plan.change(number, all);
  return after;
}

/** A task at the front desk. */
export const deskTask = ({ clinic, now }: Pick<Hearing, "clinic" | "now">, kind: Task["kind"], code?: Code): Task => ({
  kind,
  team: clinic.frontDesk,
  at: now,
  ...(code ? { code } : {}),
});
