/**
 * The verifier's way back from an event's bytes. It takes the one spelling that `canonical` writes and no other: what parses to
 * the same event but is spelt differently was not written by the gateway, and would not hash to the same leaf.
 */
import { canonical } from "./audit.ts";

/** What an event is made of. */
export type Part = string | number | readonly Part[] | { readonly [name: string]: Part | null };
export type ParsedEvent = { readonly [name: string]: Part | null };

/** The bytes are not the canonical form of an event; the message says in which way, and never quotes them. */
export class NotCanonical extends Error {}

/** A leaf of a tiled log may be so long (c2sp.org/tlog-tiles: its length is a uint16); ours are far shorter. */
const MOST_BYTES = 65_535;
/** An event, a list or an object in it, an object in that list. */
const DEEPEST = 3;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Refuses duplicate, unsorted, integer-like and escaped names, fractions and numbers beyond 2^53, true and false, null anywhere but
 * in `prev`, half characters, other spellings of a string or number, white space, bytes that are no UTF-8, and more than 64 kB.
 * @throws NotCanonical
 */
export function parseCanonical(bytes: Uint8Array): ParsedEvent {
  if (bytes.length > MOST_BYTES) throw new NotCanonical("longer than a leaf can be");
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw new NotCanonical("no UTF-8");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotCanonical("no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new NotCanonical("no object");
  look(value, 1);
  // Names are in order by now. JSON.stringify keeps that order and has RFC 8785's spelling (ECMA-262 is where it comes from), so
  // equal text settles the rest: a duplicate name has been dropped, another spelling of a string or number has become ours.
  if (JSON.stringify(value) !== text) throw new NotCanonical("not spelt as RFC 8785 has it");
  // But for half characters, which it escapes and RFC 8785 forbids.
  if (text.includes("\\ud") && !isWhole(value)) throw new NotCanonical("a lone surrogate");
  return value as ParsedEvent;
}

function isWhole(value: object): boolean {
  try {
    return canonical(value).length > 0;
  } catch {
    return false;
  }
}

const INTEGER = /^\d+$/;
/** No name of ours needs one, and V8 may take an escaped name for another (13.6: `\u0000` for a backslash, once it has seen such a name). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const ESCAPED = /["\\\u0000-\u001f]/;

function look(value: object, depth: number): void {
  if (depth > DEEPEST) throw new NotCanonical("nested too deep");
  const list = Array.isArray(value);
  let before: string | undefined;
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (!list) {
      if (INTEGER.test(name)) throw new NotCanonical("an integer for a name");
      if (ESCAPED.test(name)) throw new NotCanonical("a name that needs an escape");
      if (before !== undefined && before >= name) throw new NotCanonical("names out of order");
      before = name;
    }
    if (typeof member === "string") continue;
    if (typeof member === "number") {
      if (!Number.isSafeInteger(member)) throw new NotCanonical("a number that is not whole");
    } else if (typeof member === "boolean") throw new NotCanonical("true or false");
    else if (typeof member === "object" && member !== null) look(member, depth + 1);
    else if (list || depth > 1 || name !== "prev") throw new NotCanonical("null outside prev");
  }
}
