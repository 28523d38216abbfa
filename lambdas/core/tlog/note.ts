/**
 * Signed notes (C2SP signed-note): a text, an empty line, and lines of signatures. Two kinds of signatures are known: a
 * log's own (Ed25519) and a witness's cosignature, which carries its time (C2SP tlog-cosignature).
 */
import { createPublicKey, type KeyObject, verify as verifySignature } from "node:crypto";
import { sha256 } from "../digest.ts";

/** Kinds of keys, by the byte that stands in their vkey and key id. */
export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
type KeyKind = typeof ED25519 | typeof COSIGNATURE;

/** A key that notes are checked with. */
export interface NoteKey {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ LF ‖ kind ‖ key). */
  readonly id: number;
  readonly kind: KeyKind;
  /** 32 bytes (RFC 8032). */
  readonly raw: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  readonly bytes: Uint8Array;
}

export interface Note {
  /** With its last line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature of a known key that holds. */
export interface Signed {
  readonly key: NoteKey;
  /** POSIX seconds, by the witness's clock; a log's own signature has none. */
  readonly time: number | undefined;
}

/** Why something is not a note, a key or a checkpoint; one sentence. */
export class MalformedNote extends Error {}

/** More signatures than a note needs are an attack on whoever checks them. The standard asks for 16 at least. */
const MOST_SIGNATURES = 64;

/** @throws MalformedNote where the name could not stand on a signature's line, or the key is not of 32 bytes */
export function noteKey(name: string, kind: KeyKind, raw: Uint8Array): NoteKey {
  if (name === "" || /[\s+\p{Cc}]/u.test(name)) throw new MalformedNote("a key's name has no spaces, no plus and no control characters");
  if (raw.length !== 32) throw new MalformedNote("an Ed25519 key has 32 bytes");
  const digest = sha256(`${name}\n`, Uint8Array.of(kind), raw);
  return { name, kind, raw, id: view(digest).getUint32(0) };
}

/** `name+id+base64(kind ‖ key)`, as trust files have it. */
export const vkey = ({ name, id, kind, raw }: NoteKey): string => `${name}+${hexId(id)}+${base64(Uint8Array.of(kind, ...raw))}`;

/** Key id as people compare it. */
export const hexId = (id: number): string => id.toString(16).padStart(8, "0");

/** @throws MalformedNote where it is none, of another kind, or its id is not that of its key */
export function parseVkey(text: string): NoteKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : unbase64(encoded);
  if (name === undefined || !bytes || bytes.length !== 33) throw new MalformedNote("a verifier key looks like name+id+key");
  const kind = bytes[0];
  if (kind !== ED25519 && kind !== COSIGNATURE) throw new MalformedNote(`keys of kind ${kind} are not known here`);
  const key = noteKey(name, kind, bytes.subarray(1));
  if (hexId(key.id) !== id) throw new MalformedNote("a verifier key's id does not belong to its name and key");
  return key;
}

/** @throws MalformedNote */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) throw new MalformedNote("a signed note is a text, an empty line and signatures");
  if (!note.isWellFormed() || /(?!\n)\p{Cc}/u.test(note)) throw new MalformedNote("a signed note has no control characters");
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw new MalformedNote(`a signed note has at most ${MOST_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** @throws MalformedNote */
export function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : unbase64(encoded);
  if (name === undefined || !bytes || bytes.length < 5) throw new MalformedNote("a signature's line is a dash, a name and base64");
  return { name, id: view(bytes).getUint32(0), bytes: bytes.subarray(4) };
}

/** A signature's line, with its line feed. @param time POSIX seconds of a cosignature */
export function signatureLine({ name, id }: Pick<NoteKey, "name" | "id">, signature: Uint8Array, time?: number): string {
  const head = new Uint8Array(time === undefined ? 4 : 12);
  view(head).setUint32(0, id);
  if (time !== undefined) view(head).setBigUint64(4, BigInt(time));
  return `— ${name} ${base64(Uint8Array.from([...head, ...signature]))}\n`;
}

/** The bytes that a witness signs: the time it looked, and the whole text of the checkpoint (C2SP tlog-cosignature). */
export const cosignedBytes = (text: string, time: number | bigint): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/** A note's text and lines of signatures, as they are stored and sent. */
export const noteOf = (text: string, ...lines: readonly string[]): string => `${text}\n${lines.join("")}`;

/**
 * The signatures of known keys. Those of unknown keys are ignored; one of a known key that does not hold rejects the note.
 * @throws MalformedNote that names the key whose signature does not hold
 */
export function signedBy({ text, signatures }: Note, keys: readonly NoteKey[]): Signed[] {
  const out = new Map<NoteKey, Signed>();
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (!key || out.has(key)) continue;
    const signed = checked(key, text, signature.bytes);
    if (!signed) throw new MalformedNote(`the signature of ${key.name} does not hold`);
    out.set(key, signed);
  }
  return [...out.values()];
}

function checked(key: NoteKey, text: string, bytes: Uint8Array): Signed | undefined {
  if (key.kind === ED25519) return bytes.length === 64 && holds(key.raw, utf8(text), bytes) ? { key, time: undefined } : undefined;
  if (bytes.length !== 72) return undefined;
  const time = view(bytes).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return holds(key.raw, cosignedBytes(text, time), bytes.subarray(8)) ? { key, time: Number(time) } : undefined;
}

/** RFC 8032. */
function holds(raw: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verifySignature(null, message, publicKey(raw), signature);
  } catch {
    return false;
  }
}

const publicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") }, format: "jwk" });

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
/** Undefined where the text is not the one base64 of its bytes. */
export function unbase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : undefined;
}
