/** What a rule of the gate is: the facts it looks at, and what it may answer. */
import type { Clinic, Scenario, Template } from "./clinic.ts";
import type { MarkCode, RefusalCode } from "./codes.ts";
import type { Verdict } from "./decision.ts";
import type { ConversationItem, Ground, LinkItem, NumberItem, PatientItem } from "./items.ts";
import type { Judged } from "./judged.ts";

export const ALLOW: Verdict = { verdict: "allow" };
export const refuse = (code: RefusalCode): Verdict => ({ verdict: "refuse", code });
export const warn = (code: MarkCode): Verdict => ({ verdict: "warn", code });
export const hold = (until: number, code: MarkCode): Verdict => ({ verdict: "hold", until, code });

/** What the hooks look at: the records as they were read, and the text as it would leave. */
export interface Facts {
  readonly clinic: Clinic;
  readonly now: number;
  readonly kind: Ground["kind"];
  /** The ground as it was established when the text was accepted; absent while it is being looked for. */
  readonly ground: Ground | undefined;
  readonly scenario: Scenario | undefined;
  readonly template: Template | undefined;
  readonly freeText: boolean;
  /** Why the text could not be made from its template, if it could not. */
  readonly unrendered: RefusalCode | undefined;
  readonly parts: number;
  /** What is known of the words; absent while there is no text yet. */
  readonly judged: Judged | undefined;
  /** Ids of findings that the sender, a named person, has acknowledged. */
  readonly acknowledged: readonly string[];
  /** The person who lets this one text pass the softer rules. */
  readonly override: { readonly role: string | undefined } | undefined;
  readonly neutral: boolean;
  /** The number's epoch the text was accepted under; absent at its acceptance. */
  readonly epoch: number | undefined;
  readonly number: NumberItem | undefined;
  /** Why there is no number, where there is none. */
  readonly numberless?: RefusalCode | undefined;
  readonly links: readonly LinkItem[];
  readonly patient: PatientItem | undefined;
  readonly conversation: ConversationItem | undefined;
  readonly sendAt: number | undefined;
  readonly expiresAt: number;
}

export interface Hook {
  /** As it stands in decision records; a clinic's own begins with `clinic:`. */
  readonly name: string;
  judge(facts: Facts): Verdict;
}

/** The facts of a reply by a person: no scenario and no template of one, sent now. */
export function replyFacts(
  about: Pick<Facts, "clinic" | "now" | "number" | "links" | "patient" | "conversation"> &
    Partial<Pick<Facts, "freeText" | "unrendered" | "parts" | "judged" | "acknowledged" | "override" | "expiresAt">>,
): Facts {
  const {
    freeText = true,
    unrendered,
    parts = 1,
    judged,
    acknowledged = [],
    override,
    expiresAt = Number.POSITIVE_INFINITY,
    ...records
  } = about;
  return {
    ...records,
    kind: "reply",
    ground: undefined,
    scenario: undefined,
    template: undefined,
    freeText,
    unrendered,
    parts,
    judged,
    acknowledged,
    override,
    neutral: !freeText,
    epoch: undefined,
    sendAt: undefined,
    expiresAt,
  };
}
