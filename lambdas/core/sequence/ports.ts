/** What the sequencer needs outside, and the state that its lock guards. */
import type { Archive } from "../archive.ts";
import type { Clinic } from "../clinic.ts";
import type { Clock, Ids } from "../ports.ts";
import type { NoteKey } from "../tlog/note.ts";

/** How large a log was at a time (ms): where the search for an event begins that may be in the log already. */
export interface Mark {
  readonly at: number;
  readonly year: number;
  readonly size: number;
}

/** The log as it was committed last: all that is needed to add to it. */
export interface LogState {
  /** Calendar year (UTC). */
  readonly year: number;
  /** `audit.<deployment>/<year>`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** By tile level the hashes of the partial tile (see `Edge`). */
  readonly edge: readonly Uint8Array[];
  /** Last event of the chain of events that the sequencer itself writes. */
  readonly own: { readonly seq: number; readonly hash: Uint8Array };
  /** Oldest first. */
  readonly marks: readonly Mark[];
  /** Ids of the stream records whose alarms were written last: one that comes again is not told again. */
  readonly told: readonly string[];
  /** The year's last leaf is in; the next leaf opens another log. */
  readonly closed: boolean;
  /** The log before this one: its size, and the hashes of its last leaves, those of its partial tile. */
  readonly before?: { readonly year: number; readonly size: number; readonly tail: Uint8Array };
}

/**
 * Holds the state. Whoever swaps it has committed the log to the new one; of two that try, one loses. Trusted: who can
 * write here can make the log sign a fork (the witnesses and every kept checkpoint show it).
 */
export interface LogLock {
  /** As of every swap that has landed. */
  read(): Promise<LogState | undefined>;
  /** Lands only where the state is still the one that was read: same origin, size and root. False where it is not. */
  swap(from: LogState | undefined, to: LogState): Promise<boolean>;
}

/** Signs for the log (Ed25519, RFC 8032). */
export interface LogSigner {
  /** The public key, 32 bytes. */
  key(): Promise<Uint8Array>;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A witness (C2SP tlog-witness): signs, with its time, that a checkpoint continues all it has seen of the log. */
export interface Witness {
  key(): Promise<NoteKey>;
  /** Hands over the body of an add-checkpoint request; throws where there is no answer. */
  add(body: string): Promise<{ readonly status: number; readonly body: string }>;
}

export interface SequencePorts {
  readonly clinic: Pick<Clinic, "id" | "hash">;
  readonly archive: Archive;
  readonly lock: LogLock;
  readonly signer: LogSigner;
  readonly witnesses: readonly Witness[];
  /** Full tiles that were read, by key: they never change. */
  readonly tiles: Map<string, Uint8Array>;
  /** gzip, and back. */
  readonly gzip: { pack(bytes: Uint8Array): Uint8Array; unpack(bytes: Uint8Array): Uint8Array };
  readonly clock: Clock;
  readonly ids: Ids;
}

export const originOf = (clinic: string, year: number): string => `audit.${clinic}/${year}`;
