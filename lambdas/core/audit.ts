/**
 * Audit events: what is written down, in which bytes, and how events of one entity hang together.
 *
 * An event's canonical bytes (RFC 8785: keys sorted, no floats, null only as `prev` at the start of a chain) are stored
 * as they were hashed and never serialised again; the leaf hash is RFC 6962's, SHA-256(0x00 ‖ bytes). An event carries
 * identifiers, codes and hashes only: never a text, a number, a name.
 */
import { base64url, sha256 } from "./digest.ts";

/** Who acted, as far as the gateway knows: the subject of a person's own token, or what an application asserted. */
export interface Who {
  readonly id: string;
  readonly role?: string;
  readonly app: string;
  readonly as: "token" | "asserted" | "application" | "gateway" | "handset";
}

/** Where an event was written. */
export interface Source {
  readonly fn: string;
  readonly req: string;
}

export interface Act {
  readonly who: Who;
  readonly src: Source;
}

/** CRUD + Execute, as FHIR's AuditEvent.action has it. */
type Action = "C" | "R" | "U" | "D" | "E";

const type = (
  act: Action,
  chain: "conv" | "msg" | "num" | "pat" | "inc" | "sys" | "log",
  person = false,
): { act: Action; chain: string; person: boolean } => ({
  act,
  chain,
  person,
});

/** The closed catalogue. `person`: a human being must be named. A test proves that each type has an emitter. */
export const EVENT_TYPES = {
  "text.received": type("C", "conv"),
  "text.quarantined": type("C", "conv"),
  "conversation.claimed": type("U", "conv", true),
  "content.viewed": type("R", "conv", true),
  "conversation.released": type("U", "conv", true),
  "conversation.lapsed": type("U", "conv"),
  "conversation.moved": type("U", "conv", true),
  "conversation.escalated": type("U", "conv"),
  "conversation.overdue": type("U", "conv"),
  "conversation.paged": type("E", "conv"),
  "conversation.linked": type("U", "conv", true),
  "conversation.replied": type("U", "conv", true),
  "conversation.resolved": type("U", "conv", true),
  "task.opened": type("U", "conv"),
  "task.closed": type("U", "conv", true),
  "message.accepted": type("C", "msg"),
  "message.held": type("C", "msg"),
  "message.refused": type("C", "msg"),
  "message.acknowledged": type("U", "msg", true),
  "message.overridden": type("U", "msg", true),
  "message.second-read": type("R", "msg", true),
  "message.second-reading-missed": type("U", "msg"),
  "message.postponed": type("U", "msg"),
  "message.released": type("U", "msg"),
  "message.claimed": type("E", "msg"),
  "message.sent": type("U", "msg"),
  "message.returned": type("U", "msg"),
  "message.unknown": type("U", "msg"),
  "message.unsettled": type("U", "msg"),
  "message.failed": type("U", "msg"),
  "message.expired": type("U", "msg"),
  "message.cancelled": type("U", "msg"),
  "message.delivered": type("U", "msg"),
  "message.undelivered": type("U", "msg"),
  "message.crossed": type("U", "msg"),
  "number.added": type("C", "num"),
  "number.linked": type("U", "num", true),
  "number.unlinked": type("U", "num", true),
  "number.opted-out": type("U", "num"),
  "number.start-asked": type("U", "num"),
  "number.opened": type("U", "num"),
  "number.undone": type("U", "num", true),
  "number.start-refused": type("U", "num"),
  "number.listed": type("U", "num"),
  "number.list-lost": type("U", "num"),
  "number.question-asked": type("U", "num", true),
  "number.question-answered": type("U", "num"),
  "number.paused": type("U", "num"),
  "number.pause-decided": type("U", "num", true),
  "number.reverify-asked": type("U", "num"),
  "clinic.closed": type("U", "sys", true),
  "clinic.on-call": type("U", "sys", true),
  "patient.registered": type("C", "pat"),
  "patient.changed": type("U", "pat", true),
  "patient.viewed": type("R", "pat", true),
  "patient.number-added": type("U", "pat", true),
  "patient.number-ended": type("U", "pat", true),
  "patient.number-wrong": type("U", "pat"),
  "patient.paused": type("U", "pat"),
  "patient.no-contact": type("U", "pat", true),
  "patient.contact-allowed": type("U", "pat", true),
  "number.no-contact": type("U", "num", true),
  "number.contact-allowed": type("U", "num", true),
  "message.rehearsed": type("R", "pat"),
  "consent.asked": type("C", "pat", true),
  "consent.granted": type("C", "pat", true),
  "consent.confirmed": type("C", "pat"),
  "consent.denied": type("C", "pat"),
  "consent.declined": type("C", "pat", true),
  "consent.withdrawn": type("C", "pat", true),
  "consent.not-counted": type("C", "pat", true),
  "consent.restored": type("U", "pat"),
  "consent.revoked": type("C", "pat", true),
  "consent.lapsed": type("U", "pat"),
  "consent.viewed": type("R", "pat", true),
  "incident.opened": type("C", "inc"),
  "incident.listed": type("U", "inc"),
  "incident.viewed": type("R", "inc", true),
  "sys.canary": type("E", "sys"),
  "log.opened": type("C", "log"),
  "log.closed": type("U", "log"),
  "audit.tamper": type("E", "log"),
  "audit.malformed": type("E", "log"),
} as const;
export type EventType = keyof typeof EVENT_TYPES;

/** What the writer of an event says; order, link, time and place are added when it is appended. */
export interface Entry {
  readonly type: EventType;
  /** Codes that explain it. */
  readonly why?: readonly string[];
  /** FHIR outcome: 0 success, 4 refused or minor failure, 8 serious failure. */
  readonly out?: 0 | 4 | 8;
  readonly patient?: string | undefined;
  readonly objects?: readonly { readonly t: string; readonly id: string; readonly h?: string; readonly n?: number }[];
  readonly was?: string;
  readonly now?: string;
  /** Consent record the decision used. */
  readonly consent?: string | undefined;
}

export interface Head {
  readonly chain: string;
  /** -1 before the first event. */
  readonly seq: number;
  readonly hash: Uint8Array | undefined;
}

export interface Appended {
  readonly item: { PK: string; SK: string; e: Uint8Array; h: Uint8Array };
  readonly head: Head;
}

const PURPOSE = { num: "HOPERAT", inc: "HOPERAT", sys: "HOPERAT", log: "HOPERAT" } as const;

/**
 * The next event of a chain, ready to be put.
 * @param at writer's clock, ms @param clinic id and hash of the clinic's decisions
 * @throws where a type that must name a person has none, or belongs to another kind of chain: both are bugs
 */
export function append(head: Head, entry: Entry, act: Act, at: number, id: string, clinic: { id: string; hash: string }): Appended {
  const kind = EVENT_TYPES[entry.type];
  const prefix = head.chain.slice(0, head.chain.indexOf("/"));
  if (kind.chain !== prefix) throw new Error(`${entry.type} does not belong on a ${prefix} chain`);
  if (kind.person && act.who.as !== "token" && act.who.as !== "asserted") throw new Error(`${entry.type} must name a person`);
  const seq = head.seq + 1;
  const e = canonical({
    v: 1,
    id,
    ts: new Date(at).toISOString(),
    chain: head.chain,
    seq,
    prev: head.hash ? base64url(head.hash) : null,
    type: entry.type,
    act: kind.act,
    out: entry.out ?? 0,
    why: entry.why && entry.why.length > 0 ? [...entry.why] : undefined,
    who: act.who,
    org: clinic.id,
    pol: clinic.hash,
    pat: entry.patient,
    pou: prefix in PURPOSE ? PURPOSE[prefix as keyof typeof PURPOSE] : "TREAT",
    ent: entry.objects && entry.objects.length > 0 ? entry.objects : undefined,
    was: entry.was,
    now: entry.now,
    con: entry.consent,
    src: act.src,
  });
  const h = leafHash(e);
  return {
    item: { PK: `A#${head.chain}`, SK: String(seq).padStart(12, "0"), e, h },
    head: { chain: head.chain, seq, hash: h },
  };
}

/** RFC 6962 section 2.1: the hash of a leaf. */
export const leafHash = (bytes: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), bytes);

/** UTF-8 bytes of a value in RFC 8785's form; members that are undefined are left out. @throws on floats and functions */
export function canonical(value: unknown): Uint8Array {
  return new TextEncoder().encode(write(value));
}

function write(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("an audit event holds whole numbers only");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value !== "object") throw new Error(`an audit event cannot hold a ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`);
  return `{${members.join(",")}}`;
}
