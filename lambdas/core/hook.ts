/** What a rule of the gate is: the facts it looks at, and what it may answer. */
import type { Clinic, Scenario, Template } from "./clinic.ts";
import type { Code } from "./codes.ts";
import type { ConversationItem, Ground, LinkItem, NumberItem, PatientItem } from "./items.ts";

export type Verdict =
  | { readonly verdict: "allow" }
  | { readonly verdict: "hold"; readonly until: number }
  | { readonly verdict: "refuse"; readonly code: Code };

export const ALLOW: Verdict = { verdict: "allow" };
export const refuse = (code: Code): Verdict => ({ verdict: "refuse", code });

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
  readonly unrendered: Code | undefined;
  readonly parts: number;
  readonly neutral: boolean;
  /** The number's epoch the text was accepted under; absent at its acceptance. */
  readonly epoch: number | undefined;
  readonly number: NumberItem | undefined;
  readonly links: readonly LinkItem[];
  readonly patient: PatientItem | undefined;
  readonly conversation: ConversationItem | undefined;
  readonly sendAt: number | undefined;
  readonly expiresAt: number;
}

export interface Hook {
  readonly name: string;
  judge(facts: Facts): Verdict;
}

export interface Decision {
  readonly at: number;
  /** SHA-256 of the clinic's written decisions that were in force. */
  readonly clinic: string;
  readonly kind: Ground["kind"];
  readonly outcome: "allow" | "hold" | "refuse";
  readonly until?: number;
  /** Every refusal's code, first the one that is told. */
  readonly codes: Code[];
  readonly hooks: { hook: string; verdict: Verdict["verdict"]; code?: Code }[];
}
