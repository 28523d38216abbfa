/** What the gate said of a text, as it is stored with it. */
import type { Code } from "./codes.ts";

export type Verdict =
  | { readonly verdict: "allow" }
  | { readonly verdict: "hold"; readonly until: number }
  | { readonly verdict: "refuse"; readonly code: Code };

export interface Decision {
  readonly at: number;
  /** SHA-256 of the clinic's written decisions that were in force. */
  readonly clinic: string;
  readonly kind: "consent" | "reply" | "service";
  readonly outcome: "allow" | "hold" | "refuse";
  readonly until?: number;
  /** Every refusal's code, first the one that is told. */
  readonly codes: Code[];
  readonly hooks: { hook: string; verdict: Verdict["verdict"]; code?: Code }[];
}
