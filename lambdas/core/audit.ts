/**
 * Audit events: what is written down, in which bytes, and how events of one entity hang together.
 *
 * An event's canonical bytes (RFC 8785: keys sorted, no floats, null only as `prev` at the start of a chain) are stored
 * as they were hashed and never serialised again; the leaf hash is RFC 6962's, SHA-256(0x00 ‖ bytes). An event carries
 * identifiers, codes and hashes only: never a text, a number, a name.
 */
import { type As, type Count, EVENT_TYPES, type EventRule, type EventType, type ObjectKind, type Why } from "./audit-catalogue.ts";
import { checkEvent } from "./audit-rules.ts";
import { base64url, sha256 } from "./digest.ts";

/** Who acted, as far as the gateway knows: the subject of a person's own token, or what an application asserted. */
export interface Who {
  readonly id: string;
  readonly role?: string;
  readonly app: string;
  readonly as: As;
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

/** Something that an event is about; `h` is SHA-256 (hex) of its sealed bytes. */
export interface EventObject {
  readonly t: ObjectKind;
  readonly id: string;
  readonly h?: string;
  /** Leaves of a checkpoint. */
  readonly n?: number;
}

/** What the writer of an event says; order, link, time and place are added when it is appended. */
export interface Entry {
  readonly type: EventType;
  /** Codes that explain it, the one that is told first. */
  readonly why?: readonly Why[];
  /** FHIR outcome: 0 success, 4 refused or minor failure, 8 serious failure. */
  readonly out?: 0 | 4 | 8;
  readonly patient?: string | undefined;
  readonly objects?: readonly EventObject[];
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

/**
 * What an item of the audit table may weigh, names of attributes and all: DynamoDB charges by the kilobyte, so that one byte
 * more would double the price of every such event.
 */
export const MOST_BYTES = 1_024;

/**
 * The next event of a chain, ready to be put. Lists that would make its item larger than a kilobyte are cut from the end, and
 * `cut` says how many reasons and objects were left out; they stand in full on the record that the event is about. Nothing
 * else is ever cut. Everything else in an event has a longest form that fits (a test builds it), so a larger item cannot be.
 * @param at writer's clock, ms @param clinic id and hash of the clinic's decisions
 * @throws where the event is not as the catalogue has its type. That is a bug of ours, and nothing is written: not the event,
 * and not the change that it would have told of. What came is not lost for it (a text stays in its queue, a caller is told
 * that nothing was done), while an event that is wrong would stand for ever, perhaps with something in it that must not.
 */
export function append(head: Head, entry: Entry, act: Act, at: number, id: string, clinic: { id: string; hash: string }): Appended {
  const kind: EventRule = EVENT_TYPES[entry.type];
  const seq = head.seq + 1;
  const event = {
    v: 1,
    id,
    ts: new Date(at).toISOString(),
    chain: head.chain,
    seq,
    prev: head.hash ? base64url(head.hash) : null,
    type: entry.type,
    act: kind.act,
    out: entry.out ?? 0,
    who: act.who,
    org: clinic.id,
    pol: clinic.hash,
    pat: entry.patient,
    pou: kind.pou,
    was: entry.was,
    now: entry.now,
    con: entry.consent,
    src: act.src,
  };
  const PK = `A#${head.chain}`;
  const SK = String(seq).padStart(12, "0");
  const { e, said } = fitted(kind, event, entry, MOST_BYTES - itemBytes({ PK, SK, e: new Uint8Array(), h: new Uint8Array(32) }));
  const [problem] = checkEvent(said);
  if (problem) throw new Error(`${entry.type}: ${problem.member} ${problem.problem}`);
  const h = leafHash(e);
  return { item: { PK, SK, e, h }, head: { chain: head.chain, seq, hash: h } };
}

/** The event with as many of its reasons and objects as fit. */
function fitted(kind: EventRule, event: object, entry: Entry, most: number): { e: Uint8Array; said: object } {
  const why = [...(entry.why ?? [])];
  const ent = [...(entry.objects ?? [])];
  for (let cut = 0; ; cut++) {
    const said = defined({ ...event, why: some(why), ent: some(ent), cut: cut || undefined });
    const e = canonical(said);
    if (e.length <= most || !shorten(kind, why, ent)) return { e, said };
  }
}

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** Takes the last object out that the type can do without, or else the last reason but one. @returns false where there is none */
function shorten(kind: EventRule, why: Why[], ent: EventObject[]): boolean {
  const least = (name: Why | ObjectKind): number => (kind.has as Readonly<Record<string, Count | undefined>>)[name]?.[0] ?? 0;
  const at = ent.findLastIndex(({ t }) => {
    const [, most = 0] = kind.has[t] ?? [];
    return most > 1 && ent.filter((each) => each.t === t).length > Math.max(1, least(t));
  });
  if (at >= 0) return ent.splice(at, 1).length > 0;
  return why.length > 1 && why.pop() !== undefined;
}

/** What an item weighs as DynamoDB counts it: names of attributes, UTF-8 of strings, bytes. */
export const itemBytes = (item: Appended["item"]): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + name.length + value.length, 0);

/** The members that are there. */
const defined = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

/** RFC 6962 section 2.1: the hash of a leaf. */
export const leafHash = (bytes: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), bytes);

/**
 * UTF-8 bytes of a value in RFC 8785's form: members sorted by UTF-16 code units, those that are undefined left out.
 * @throws on fractions and numbers beyond 2^53, lone surrogates, functions
 */
export function canonical(value: unknown): Uint8Array {
  return new TextEncoder().encode(write(value, whole));
}

/**
 * The same form of what a caller sent, to be hashed or sealed: half a character in it, which a rule will refuse with a reason, is
 * written as an escape. No event holds any of it.
 * @throws on fractions and numbers beyond 2^53, functions
 */
export function requestBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(write(value, JSON.stringify));
}

function write(value: unknown, text: (value: string) => string): string {
  if (typeof value === "string") return text(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("an audit event holds whole numbers only");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map((each) => write(each, text)).join(",")}]`;
  if (typeof value !== "object") throw new Error(`an audit event cannot hold a ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${text(name)}:${write(member, text)}`);
  return `{${members.join(",")}}`;
}

/** A string as RFC 8785 section 3.2.2.2 has it: JSON.stringify's own form, but half a character is an error. */
function whole(value: string): string {
  if (!value.isWellFormed()) throw new Error("an audit event cannot hold a lone surrogate");
  return JSON.stringify(value);
}
