/** What the gate said of a text, as it is stored with it: every hook's verdict, what it was given on, and one sentence for staff. */
import { CODES, type Code, type MarkCode, type RefusalCode, tell } from "./codes.ts";

/** What a hook answers. `reason` and `instead` are a clinic hook's own sentences; for ours the table of codes has them. */
export type Verdict =
  | { readonly verdict: "allow" }
  /** Allowed, and something is worth saying. */
  | { readonly verdict: "warn"; readonly code: MarkCode; readonly reason?: string }
  /** Not before this instant (ms). */
  | { readonly verdict: "hold"; readonly until: number; readonly code: MarkCode; readonly reason?: string }
  | { readonly verdict: "refuse"; readonly code: RefusalCode; readonly reason?: string; readonly instead?: string };

/** A hook's line in the record. `overridden`: it refused or held, and a person named in the record let this text pass. */
export interface Line {
  readonly hook: string;
  readonly verdict: Verdict["verdict"] | "overridden";
  readonly code?: Code;
  readonly until?: number;
  readonly reason?: string;
  readonly instead?: string;
}

/** The versions of what was looked at. */
export interface Saw {
  /** The scenario and the day by which it is looked at again; the clinic's hash says which text of it. */
  readonly scenario?: string;
  readonly template?: string;
  readonly wording?: string;
  /** The consent record. */
  readonly consent?: string;
  readonly number?: { readonly id: string; readonly epoch: number; readonly ver: number };
  readonly patient?: { readonly id: string; readonly ver: number };
  /** Rules of the packs in force, as `pack/rule`. */
  readonly rules: readonly string[];
  /** SHA-256 of the content model that read the words. */
  readonly model?: string;
}

export interface Decision {
  readonly at: number;
  /** SHA-256 of the clinic's written decisions that were in force. */
  readonly clinic: string;
  readonly kind: "consent" | "reply" | "service";
  readonly outcome: "allow" | "hold" | "refuse";
  readonly until?: number;
  /** Every refusal's code, first the one that is told. */
  readonly codes: Code[];
  readonly warnings?: Code[];
  /** Codes that an override let pass. */
  readonly overridden?: Code[];
  readonly hooks: readonly Line[];
  /** The two below are absent on decisions made before they were kept. */
  readonly saw?: Saw;
  readonly says?: string;
}

/**
 * One plain sentence for staff. @param instead what the clinic's scenario says to do instead, where it says so
 * @param when the end of a hold, in local time
 */
export function sentence(decision: Omit<Decision, "says">, instead: string | undefined, when: string | undefined): string {
  const line = decision.hooks.find((each) => each.verdict === decision.outcome);
  if (decision.outcome === "refuse" && line?.code) {
    const told = tell(line.code, line.instead ?? insteadOf(line.code, instead));
    return `Refused: ${lower(line.reason ?? told.says)} ${told.instead}`;
  }
  if (decision.outcome === "hold" && line?.code) return `It waits until ${when}: ${lower(line.reason ?? CODES[line.code].says)}`;
  const overridden = (decision.overridden ?? []).map((code) => lower(CODES[code].says)).join(" ");
  if (overridden !== "") return `Allowed by a person's judgement, although ${overridden}`;
  return `Allowed: ${ALLOWED[decision.kind]}${(decision.warnings ?? []).map((code) => ` ${CODES[code].says}`).join("")}`;
}

const ALLOWED: Readonly<Record<Decision["kind"], string>> = {
  consent: "the patient agreed to this purpose on this number, and nothing stands against it.",
  reply: "it answers a text that came from this number in the last 72 hours.",
  service: "a fixed wording, once for its cause.",
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The clinic's own sentence, where the refusal is one of those that a scenario's `instead` answers. */
export function insteadOf(code: Code, written: string | undefined): string | undefined {
  return CODES[code].status === 422 && (CODES[code].instead.startsWith("Phone") || code === "scenario-refused") ? written : undefined;
}
