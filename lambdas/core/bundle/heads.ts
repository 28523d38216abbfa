/**
 * Chain heads: which chains the audit table held at a time and how far each went, found by another path than the log's own.
 * An `audit.heads` leaf commits to them by the root of an RFC 6962 tree over their lines, so that one chain's line can be shown
 * without the others'.
 */
import { canonical } from "../audit.ts";
import { base64, unbase64 } from "../tlog/note.ts";

export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  /** Leaf hash of the chain's last event, base64url. */
  readonly hash: string;
}

/** What an `audit.heads` leaf says: the chains that changed after `from`, up to `to`. */
export interface HeadsLeaf {
  /** RFC 3339 in UTC, milliseconds. */
  readonly from: string;
  readonly to: string;
  /** Lines, and the root over them in base64url. */
  readonly n: number;
  readonly root: string;
}

export const HEADS_TYPE = "audit.heads";

/** Why something is no line of heads, or no selection of such lines; one sentence. */
export class MalformedHeads extends Error {}

export const headLine = ({ chain, seq, hash }: ChainHead): Uint8Array => canonical({ chain, seq, hash });

const HASH = /^[A-Za-z0-9_-]{43}$/;

/** @throws MalformedHeads */
export function parseHeadLine(line: Uint8Array): ChainHead {
  const text = Buffer.from(line).toString();
  let head: Partial<ChainHead>;
  try {
    head = JSON.parse(text) as Partial<ChainHead>;
  } catch {
    throw new MalformedHeads("a line of heads is not JSON");
  }
  const { chain, seq, hash } = head ?? {};
  if (
    typeof chain !== "string" ||
    typeof seq !== "number" ||
    !(Number.isSafeInteger(seq) && seq >= 0) ||
    typeof hash !== "string" ||
    !HASH.test(hash)
  )
    throw new MalformedHeads("a line of heads is a chain, a place and a hash");
  // Members in this order are the canonical form; there may be a million of these lines.
  if (JSON.stringify({ chain, hash, seq }) !== text) throw new MalformedHeads("a line of heads is not in canonical form");
  return { chain, seq, hash };
}

/** The objects of an `audit.heads` event, which say what a `HeadsLeaf` says. */
export const headsObjects = ({ from, to, n, root }: HeadsLeaf): { t: string; id: string; n?: number; h?: string }[] => [
  { t: "heads", id: to, n, h: root },
  { t: "heads-from", id: from },
];

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What an event of that type says; undefined where its objects are missing or of another form. */
export function headsLeaf(event: unknown): HeadsLeaf | undefined {
  const { ent } = (event ?? {}) as { ent?: unknown };
  if (!Array.isArray(ent)) return undefined;
  const find = (kind: string): { id?: unknown; n?: unknown; h?: unknown } =>
    (ent as { t?: unknown; id?: unknown; n?: unknown; h?: unknown }[]).find((each) => each?.t === kind) ?? {};
  const { id: to, n, h: root } = find("heads");
  const { id: from } = find("heads-from");
  const whole = [from, to].every((at) => typeof at === "string" && TIME.test(at));
  if (!whole || typeof n !== "number" || n < 0 || typeof root !== "string" || !HASH.test(root)) return undefined;
  return { from: from as string, to: to as string, n, root };
}

/** Lines of some chains out of one snapshot, with what proves each. */
export interface ChosenHeads {
  /** The `audit.heads` leaf, as it was hashed; its receipt stands beside the others. */
  readonly leaf: Uint8Array;
  readonly lines: readonly { readonly at: number; readonly line: Uint8Array; readonly proof: readonly Uint8Array[] }[];
}

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export const chosenHeadsBytes = ({ leaf, lines }: ChosenHeads): Uint8Array =>
  canonical({ leaf: text(leaf), lines: lines.map(({ at, line, proof }) => ({ at, line: text(line), proof: proof.map(base64) })) });

/** @throws MalformedHeads */
export function parseChosenHeads(bytes: Uint8Array): ChosenHeads {
  const wrong = new MalformedHeads("it is not a selection of chain heads");
  let value: { leaf?: unknown; lines?: unknown };
  try {
    value = JSON.parse(text(bytes)) as { leaf?: unknown; lines?: unknown };
  } catch {
    throw wrong;
  }
  const utf8 = new TextEncoder();
  const { leaf, lines } = value ?? {};
  if (typeof leaf !== "string" || !Array.isArray(lines)) throw wrong;
  return {
    leaf: utf8.encode(leaf),
    lines: lines.map((each: { at?: unknown; line?: unknown; proof?: unknown } | null) => {
      const { at, line, proof } = each ?? {};
      if (typeof at !== "number" || typeof line !== "string" || !Array.isArray(proof) || proof.length > 63) throw wrong;
      const hashes = proof.map((hash) => (typeof hash === "string" ? unbase64(hash) : undefined));
      if (!hashes.every((hash) => hash?.length === 32)) throw wrong;
      return { at, line: utf8.encode(line), proof: hashes as Uint8Array[] };
    }),
  };
}
