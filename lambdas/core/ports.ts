/** The few things outside that the verbs need, each with its contract. Adapters implement them; tests have fakes of them. */
import type { Clinic } from "./clinic.ts";
import type { Hook } from "./hook.ts";
import type { LineType } from "./items.ts";
import type { Store } from "./store.ts";

export interface Sealer {
  /** Ciphertext of `text` bound to the item `record` names. Throws when KMS does not answer. */
  seal(record: string, text: string): Promise<Uint8Array>;
  /** The text again; throws when `record` is not the one it was sealed for. */
  open(record: string, sealed: Uint8Array): Promise<string>;
}

export interface Indexer {
  /** Generation of the index key; part of every item key made of a MAC, so that keys can be renewed. */
  readonly generation: string;
  /** Keyed MAC (hex) of a value of one kind; equal values of one kind give equal MACs, and nothing else does. */
  mac(kind: "number" | "identifier" | "request" | "text", value: string): Promise<string>;
}

/** What the carrier said of one hand-over. */
export type Handover =
  | { readonly kind: "taken"; readonly carrierId: string }
  /** Certainly not taken, and it never will be. */
  | { readonly kind: "refused"; readonly code: "carrier-refused" | "carrier-opted-out" | "carrier-invalid" | "expired" }
  /** Certainly not taken, because the account may not send now. */
  | { readonly kind: "account"; readonly holdMs: number }
  /** Nobody knows. */
  | { readonly kind: "ambiguous" };

export interface Carrier {
  /** Hands one text over, once: never retried, because the call has no idempotency token. Does not throw. */
  send(text: { to: string; body: string; timeToLiveSeconds: number; context: Record<string, string> }): Promise<Handover>;
  /** Puts a number on the clinic's opt-out list. Idempotent. */
  block(e164: string): Promise<void>;
  /** Takes it off. `too-soon`: AWS allows this once per 30 days per number. */
  unblock(e164: string): Promise<"done" | "not-listed" | "too-soon">;
}

/** What is said of a number's line: which kind it is, and whose network it is on where that is known. */
export interface Line {
  readonly type: LineType;
  readonly network: string | undefined;
}

export interface CarrierLookup {
  /** What the carriers' directory says of a number (E.164). Throws when it does not answer, or with nothing that can be understood. */
  find(e164: string): Promise<Line>;
}

export interface OptOutList {
  /** The clinic's list at AWS, page by page: numbers in E.164, in no order. @param after `next` of the page before */
  page(after?: string): Promise<{ readonly numbers: readonly string[]; readonly next: string | undefined }>;
}

export interface Errand {
  /** Conversation id: order is kept, and one at a time sent, within it. */
  readonly conversation: string;
  /** Message id. */
  readonly message: string;
  readonly attempt: number;
  /** Item key of the number (a keyed MAC, never the number), and the patient: so that all records are read in one round. */
  readonly number: string;
  readonly patient?: string | undefined;
}

export interface Outbox {
  /** Durable on return. The same message and attempt within five minutes is one errand. */
  enqueue(lane: "replies" | "bulk", errand: Errand): Promise<void>;
}

/** What the clinic adds to the gate, and whom the gate tells when a hook fails. */
export interface Gate {
  /** Run after our own, in the order of their files' names. */
  readonly hooks: readonly Hook[];
  /** A hook threw; the text was refused for it. Must not throw. */
  failed(hook: string, error: unknown): void;
}

export interface Alerts {
  /** Tells whoever the clinic named for it that somebody must look at the queues. Carries no content at all. */
  someoneMustLook(): Promise<void>;
  /** Tells this person of the clinic's on-call list the same, at once. Throws where there is no such person, or no answer. */
  page(person: string): Promise<void>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
}

export interface Ids {
  /** 10 random bytes. */
  random(): Uint8Array;
}

export interface Ports {
  readonly clinic: Clinic;
  readonly gate: Gate;
  readonly store: Store;
  readonly sealer: Sealer;
  readonly indexer: Indexer;
  readonly carrier: Carrier;
  readonly optOutList: OptOutList;
  readonly carrierLookup: CarrierLookup;
  readonly outbox: Outbox;
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly ids: Ids;
  /** So many days backups of the state table go back. */
  readonly backupDays: number;
  /** Our own number (E.164) and how fast it may send, in message parts a second. */
  readonly origination: { readonly e164: string; readonly partsPerSecond: number };
}
