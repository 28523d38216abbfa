/** What becomes of one record of the audit table's stream: the event itself, or an alarm. Nothing is dropped. */
import { canonical, type Entry, type EventObject } from "../audit.ts";
import type { Why } from "../audit-catalogue.ts";
import { isPlace, isRecordId } from "../audit-rules.ts";
import { hex, sha256 } from "../digest.ts";
import { leafHash, sameHash } from "../tlog/hashes.ts";

/** A change of the audit table, as its stream tells it. */
export interface Change {
  /** Unique in the stream. */
  readonly id: string;
  /** When the table changed (ms), to the second or so. */
  readonly at: number;
  /** `INSERT`; anything else should never happen to this table. */
  readonly kind: string;
  readonly PK: string | undefined;
  readonly SK: string | undefined;
  /** The inserted event and its hash, where the item has them. */
  readonly e: Uint8Array | undefined;
  readonly h: Uint8Array | undefined;
  /** The whole item before and after, in whatever form it came: for its hash alone. */
  readonly before: unknown;
  readonly after: unknown;
}

/** An event that is sound. */
export interface Sound {
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** An entry bundle of the tiled log gives an entry's length in two bytes (C2SP tlog-tiles). */
const MOST_BYTES = 65_535;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The event, or an alarm about what came in its place. */
export function leafOf(change: Change): Sound | Entry {
  if (change.kind === "INSERT") {
    const sound = soundEvent(change);
    if (typeof sound !== "string") return sound;
    return alarm("audit.malformed", sound, change);
  }
  if (change.kind === "MODIFY" || change.kind === "REMOVE")
    return alarm("audit.tamper", change.kind === "MODIFY" ? "modify" : "remove", change);
  return alarm("audit.malformed", "kind", change);
}

/** What is wrong with an inserted item. */
type Unsound = "attributes" | "size" | "hash" | "form" | "key";

/** The event of an inserted item, or a word for what is wrong with it. */
function soundEvent({ PK, SK, e, h }: Change): Sound | Unsound {
  if (!e || !h || !PK || !SK) return "attributes";
  if (e.length > MOST_BYTES) return "size";
  const hash = leafHash(e);
  if (!sameHash(hash, h)) return "hash";
  let event: unknown;
  try {
    const text = utf8.decode(e);
    event = JSON.parse(text);
    // Much faster than to build the canonical form anew: equal text and sorted, plain members are that form.
    if (JSON.stringify(event) !== text || !isCanonical(event)) return "form";
  } catch {
    return "form";
  }
  const { chain, seq } = event as { chain?: unknown; seq?: unknown };
  if (typeof chain !== "string" || !Number.isSafeInteger(seq)) return "form";
  if (PK !== `A#${chain}` || SK !== String(seq).padStart(12, "0")) return "key";
  return { bytes: e, hash };
}

/** An object whose members, at any depth, stand in order of name, with no numbers but whole ones and no null but `prev`. */
function isCanonical(event: unknown): boolean {
  if (typeof event !== "object" || event === null || Array.isArray(event)) return false;
  for (const [name, value] of Object.entries(event)) if (value === null && name !== "prev") return false;
  return isPlain(event, true);
}

function isPlain(value: unknown, top = false): boolean {
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (value === null) return false;
  if (Array.isArray(value)) return value.every((each) => isPlain(each));
  let last = "";
  for (const name in value as object) {
    if (name <= last && last !== "") return false;
    last = name;
    const member = (value as Record<string, unknown>)[name];
    if (member === null && top && name === "prev") continue;
    if (!isPlain(member)) return false;
  }
  return true;
}

/** Keys of the table's own form say which event it is about; anything else could hold anything, and is not repeated. */
function alarm(type: "audit.tamper" | "audit.malformed", why: Why, { id, PK, SK, before, after }: Change): Entry {
  const key = `${PK}/${SK}`;
  const place = isPlace(key) ? key : "unknown";
  const image = (t: "before" | "after", at: string, item: unknown): EventObject[] =>
    item === undefined ? [] : [{ t, id: at, h: hex(sha256(canonical(item))) }];
  return {
    type,
    why: [why],
    out: 8,
    objects: [
      { t: "record", id: isRecordId(id) ? id : "unknown" },
      ...image("before", place, before),
      ...image("after", before === undefined ? place : "same", after),
    ],
  };
}
