/**
 * A log of invented events, as the sequencer would leave it in the archive: its events come a little out of order, it is
 * signed and witnessed at each flush, a canary sings every five minutes, and chain heads are taken every hour.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Archive, keysOf } from "../../lambdas/core/archive.ts";
import { canonical, type Head } from "../../lambdas/core/audit.ts";
import { type ChainHead, headLine, headsObjects } from "../../lambdas/core/bundle/heads.ts";
import { joined } from "../../lambdas/core/bundle/lines.ts";
import type { ExportKey } from "../../lambdas/core/bundle/writing.ts";
import { base64url, sha256 } from "../../lambdas/core/digest.ts";
import { checkpointText } from "../../lambdas/core/tlog/checkpoint.ts";
import { leafHash } from "../../lambdas/core/tlog/hashes.ts";
import { COSIGNATURE, cosignedBytes, ED25519, type NoteKey, noteKey, noteOf, signatureLine, vkey } from "../../lambdas/core/tlog/note.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { Edge, tilePath } from "../../lambdas/core/tlog/tiles.ts";
import { type Random, seeded } from "./random.ts";

const YEAR = 2025;
export const ORIGIN = `audit.test.example/${YEAR}`;
export const START = Date.parse("2025-11-20T22:00:00.000Z");
const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** When exports are verified. */
export const NOW = START + 48 * HOUR;

export interface TestKey extends ExportKey {
  readonly secret: KeyObject;
}

/** A key that its seed fixes. */
export function testKey(name: string, kind: typeof ED25519 | typeof COSIGNATURE = ED25519, seed = name): TestKey {
  // PKCS #8 of an Ed25519 key is this, and its 32 bytes of seed (RFC 8410).
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), sha256(seed)]);
  const secret = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const raw = Buffer.from(createPublicKey(secret).export({ format: "jwk" }).x as string, "base64url");
  return { key: noteKey(name, kind, raw), secret, sign: (bytes) => sign(null, bytes, secret) };
}

export const LOG_KEY = testKey(ORIGIN);
export const EXPORT_KEY = testKey("export.test.example");
const WITNESS = testKey("witness.example", COSIGNATURE);

export const policyOf = (log: NoteKey = LOG_KEY.key, exporter: NoteKey = EXPORT_KEY.key, witness: NoteKey = WITNESS.key): string =>
  `log ${vkey(log)}\nlog ${vkey(exporter)}\nwitness w ${vkey(witness)}\nquorum w\n`;

export const signedNote = (text: string, key: TestKey = LOG_KEY): string =>
  noteOf(text, signatureLine(key.key, key.sign(Buffer.from(text)) as Uint8Array));

/** A checkpoint as the log signs it, with the witness's cosignature. @param time seconds */
export function checkpointNote(
  size: number,
  root: Uint8Array,
  time: number | undefined,
  log = LOG_KEY,
  witness = WITNESS,
  origin = ORIGIN,
): string {
  const text = checkpointText({ origin, size, root });
  const own = signatureLine(log.key, log.sign(Buffer.from(text)) as Uint8Array);
  if (time === undefined) return noteOf(text, own);
  return noteOf(text, own, signatureLine(witness.key, witness.sign(cosignedBytes(text, time)) as Uint8Array, time));
}

export interface Wanted {
  readonly seed: number;
  /** Flushes of ten minutes. */
  readonly flushes: number;
  /** Events of a flush, about. */
  readonly perFlush: number;
  /** Chains of a patient and kind. */
  readonly spread?: number;
  /** Changes an event that is about to be logged; what hangs on it follows. */
  readonly alarms?: boolean;
  readonly heads?: boolean;
  readonly witness?: boolean;
  /** What is logged in place of a leaf: the table, and the chain heads from it, stay as they are. */
  readonly spoil?: (leaf: Uint8Array, index: number) => readonly Uint8Array[];
  /** What the audit table holds in place of a chain's last event, when chain heads are taken. */
  readonly table?: (head: ChainHead) => ChainHead;
}

export interface TestLog {
  /** By key. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly archive: Pick<Archive, "get" | "list">;
  readonly size: number;
  readonly leaves: readonly Uint8Array[];
  /** Patients that events are about. */
  readonly patients: readonly string[];
}

const GATEWAY = {
  act: "U",
  who: { id: "gateway", app: "gateway", as: "gateway" },
  org: "test.example",
  pol: "0".repeat(64),
  pou: "TREAT",
  src: { fn: "receive-text", req: "r-1" },
};

const TYPES = {
  conv: ["text.received", "conversation.claimed", "content.viewed", "conversation.resolved"],
  msg: ["message.accepted", "message.claimed", "message.sent", "message.delivered"],
  num: ["number.added", "number.opted-out"],
  pat: ["patient.registered", "consent.granted"],
} as const;

interface Written {
  readonly bytes: Uint8Array;
  readonly at: number;
}

export function makeLog({
  seed,
  flushes,
  perFlush,
  spread = 3,
  alarms = false,
  heads = true,
  witness = true,
  spoil = (leaf) => [leaf],
  table: held = (head) => head,
}: Wanted): TestLog {
  const random = seeded(seed);
  const keys = keysOf(YEAR);
  const objects = new Map<string, Uint8Array>();
  const leaves: Uint8Array[] = [];
  const table = new Map<string, Head>();
  const changed = new Map<string, { seq: number; hash: string }>();
  const patients = Array.from({ length: 5 }, () => `sub_${word(random)}`);
  const edge = new Edge();
  let own: Head = { chain: "log/test.example", seq: -1, hash: undefined };
  let waiting: Written[] = [];
  let lastHeads = START;

  /** The next event of a chain, in the form of every event. */
  const next = ({ chain, seq: last, hash }: Head, type: string, at: number, more: object = {}): { bytes: Uint8Array; head: Head } => {
    const seq = last + 1;
    const prev = hash ? base64url(hash) : null;
    const bytes = canonical({
      ...GATEWAY,
      v: 1,
      id: word(random),
      ts: new Date(at).toISOString(),
      chain,
      seq,
      prev,
      type,
      out: 0,
      ...more,
    });
    return { bytes, head: { chain, seq, hash: leafHash(bytes) } };
  };
  const write = (chain: string, type: string, at: number, more: object = {}): void => {
    const { bytes, head } = next(table.get(chain) ?? { chain, seq: -1, hash: undefined }, type, at, more);
    table.set(chain, head);
    changed.set(chain, { seq: head.seq, hash: base64url(head.hash as Uint8Array) });
    waiting.push({ bytes, at });
  };
  const ownLeaf = (type: string, at: number, more: object = {}): Uint8Array => {
    const { bytes, head } = next(own, type, at, more);
    own = head;
    return bytes;
  };

  for (let flush = 0; flush < flushes; flush++) {
    const begin = START + flush * 10 * MINUTE;
    const end = begin + 10 * MINUTE;
    for (const at of [begin, begin + 5 * MINUTE]) write("sys/canary", "sys.canary", at);
    const many = 1 + random.below(2 * perFlush);
    const times = Array.from({ length: many }, () => begin + random.below(9 * MINUTE)).sort((a, b) => a - b);
    for (const at of times) {
      const kind = random.pick<keyof typeof TYPES>(["conv", "msg", "num", "pat"]);
      const patient = random.pick(patients as [string, ...string[]]);
      const chain = `${kind}/${kind === "pat" ? patient : `${patient.slice(4, 8)}${random.below(spread)}`}`;
      write(chain, random.pick<string>([...TYPES[kind]]), at, { pat: patient, why: ["reason"], ent: [{ t: "thing", id: word(random) }] });
    }
    // Records of a stream come a little out of order, and the newest may come with the next flush.
    const late = flush === flushes - 1 || flush % 6 === 5 ? [] : waiting.filter(({ at }) => at > end - 2 * MINUTE && random.chance(0.3));
    const now = waiting.filter((each) => !late.includes(each));
    for (let n = 0; n + 1 < now.length; n++) if (random.chance(0.2)) [now[n], now[n + 1]] = [now[n + 1] as Written, now[n] as Written];
    const batch = now.map(({ bytes }) => bytes);
    waiting = late;
    if (flush === 0) batch.unshift(ownLeaf("log.opened", begin));
    if (alarms && flush === 1) batch.push(ownLeaf("audit.tamper", end, { why: ["remove"], out: 8 }));
    if (heads && flush % 6 === 5) {
      const lines = [...changed].map(([chain, { seq, hash }]) => headLine(held({ chain, seq, hash }))).sort(Buffer.compare);
      const tree = new CompactRange();
      for (const line of lines) tree.append(leafHash(line));
      const to = new Date(end).toISOString();
      objects.set(keys.heads(to), gzipSync(joined(lines)));
      const says = { from: new Date(lastHeads).toISOString(), to, n: lines.length, root: base64url(tree.root()) };
      batch.push(ownLeaf("audit.heads", end, { ent: headsObjects(says) }));
      changed.clear();
      lastHeads = end;
    }
    const first = leaves.length;
    const logged = batch.flatMap((leaf, n) => spoil(leaf, first + n));
    for (const leaf of logged) {
      leaves.push(leaf);
      for (const tile of edge.append(leafHash(leaf))) objects.set(keys.tile(tilePath(tile)), tile.bytes);
    }
    objects.set(keys.segment(first, leaves.length), gzipSync(joined(logged)));
    objects.set(keys.checkpoint(leaves.length), Buffer.from(checkpointNote(leaves.length, edge.root(), witness ? end / 1000 : undefined)));
  }
  const archive = {
    get: async (key: string) => objects.get(key),
    list: async function* (prefix: string) {
      for (const key of [...objects.keys()].sort()) if (key.startsWith(prefix)) yield key;
    },
  };
  return { objects, archive, size: leaves.length, leaves, patients };
}

const word = (random: Random): string => Array.from({ length: 16 }, () => "0123456789abcdefghjkmnpqrstvwxyz"[random.below(32)]).join("");
