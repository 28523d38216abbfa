/** One leaf, as a reader of the log: its bytes must be the one canonical form of an event of a known kind. */
import { EVENT_TYPES } from "../../lambdas/core/audit-catalogue.ts";

/** What is wrong with a leaf. `unchecked`: it may be right, by rules that are not known here. */
export interface LeafFault {
  readonly kind: "contradiction" | "unchecked";
  readonly says: string;
}

export interface ReadLeaf {
  readonly type: string;
  /** ms */
  readonly time: number;
  readonly chain: string;
  readonly seq: number;
  readonly prev: string | null;
  /** Written by the log itself: it never stood in the audit table. */
  readonly own: boolean;
  readonly event: unknown;
}

/** A leaf of a tiled log is at most so long (C2SP tlog-tiles: its length takes 16 bits). */
const LONGEST_LEAF = 65_535;
const DEEPEST = 16;

/** Types of events that the log itself writes; the audit table holds none of them. */
const OWN = /^(?:audit|log)\.[a-z-]+$/;
const OWN_TYPES = [
  "audit.heads",
  "audit.tamper",
  "audit.malformed",
  "audit.gap",
  "audit.verified",
  "log.opened",
  "log.closed",
  "sys.canary",
];
const TYPES = new Set([...Object.keys(EVENT_TYPES), ...OWN_TYPES]);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HASH = /^[A-Za-z0-9_-]{43}$/;
const INTEGER_LIKE = /^(?:0|[1-9]\d*)$/;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const contradiction = (says: string): LeafFault => ({ kind: "contradiction", says });

export function readLeaf(bytes: Uint8Array): ReadLeaf | LeafFault {
  if (bytes.length > LONGEST_LEAF) return contradiction(`is a line of ${bytes.length} bytes, and a leaf has at most ${LONGEST_LEAF}`);
  let event: Record<string, unknown>;
  let text: string;
  try {
    text = utf8.decode(bytes);
    event = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return contradiction("is not JSON");
  }
  if (typeof event !== "object" || event === null || Array.isArray(event)) return contradiction("is not an event");
  if (!isCanonical(event, 0) || JSON.stringify(event) !== text || text.includes("\\ud")) return contradiction("is not in canonical form");
  return eventOf(event);
}

/** RFC 8785 as far as events go: keys ascending and not like integers, whole numbers only. */
function isCanonical(value: unknown, depth: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (typeof value !== "object" || value === null) return true;
  if (depth === DEEPEST) return false;
  if (Array.isArray(value)) return value.every((each) => isCanonical(each, depth + 1));
  let before = "";
  let first = true;
  for (const key of Object.keys(value)) {
    if ((!first && key <= before) || INTEGER_LIKE.test(key) || !isCanonical((value as Record<string, unknown>)[key], depth + 1))
      return false;
    before = key;
    first = false;
  }
  return true;
}

function eventOf(event: Record<string, unknown>): ReadLeaf | LeafFault {
  const { v, type, ts, chain, seq, prev } = event;
  if (v !== 1)
    return typeof v === "number"
      ? { kind: "unchecked", says: `has version ${v}, and this verifier knows 1` }
      : contradiction("has no version");
  if (typeof type !== "string") return contradiction("has no type");
  const own = OWN.test(type);
  if (!TYPES.has(type)) return { kind: "unchecked", says: `is of a type that this verifier does not know: ${type.slice(0, 60)}` };
  const time = typeof ts === "string" && TIME.test(ts) ? Date.parse(ts) : Number.NaN;
  if (Number.isNaN(time)) return contradiction("has no time");
  if (typeof chain !== "string" || chain === "" || chain.includes("\n")) return contradiction("has no chain");
  if (typeof seq !== "number" || seq < 0) return contradiction("has no place in its chain");
  if (!(seq === 0 ? prev === null : typeof prev === "string" && HASH.test(prev))) return contradiction("does not name the event before it");
  if (!["id", "act", "org"].every((key) => typeof event[key] === "string")) return contradiction("lacks what every event has");
  if (!(typeof event["who"] === "object" && event["who"] !== null && typeof event["out"] === "number"))
    return contradiction("does not say who acted, or how it ended");
  return { type, time, chain, seq, prev: prev as string | null, own, event };
}
