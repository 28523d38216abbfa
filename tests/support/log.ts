/** A log in memory: archive, lock, signer and witness, whose every call can go wrong, and a check of what they come to. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect } from "vitest";
import { type Archive, ArchiveConflict, isKept, keysOf } from "../../lambdas/core/archive.ts";
import { append, type Head, leafHash } from "../../lambdas/core/audit.ts";
import { hex } from "../../lambdas/core/digest.ts";
import type { Change } from "../../lambdas/core/sequence/leaves.ts";
import type { LogState, SequencePorts, Witness } from "../../lambdas/core/sequence/ports.ts";
import { stagingKey } from "../../lambdas/core/sequence/publish.ts";
import { checkpointText, parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { COSIGNATURE, ED25519, noteKey, parseNote, signedBy } from "../../lambdas/core/tlog/note.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { cosignCheckpoint, type Seen } from "../../lambdas/core/verbs/cosign-checkpoint.ts";

/** What becomes of a call: not done, or done and never answered. */
export type Mishap = "not-done" | "unanswered";

/** An archive in memory: the contract of the port, and nothing of S3. */
export function memoryArchive(): Archive & { readonly objects: Map<string, Uint8Array> } {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    get: async (key) => objects.get(key),
    async *list(prefix) {
      yield* [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
    async keep(key, bytes) {
      if (!isKept(key)) throw new Error("only a kept key is kept");
      const there = objects.get(key);
      if (there && !Buffer.from(there).equals(bytes)) throw new ArchiveConflict(`other bytes stand under ${key}`);
      objects.set(key, new Uint8Array(bytes));
    },
    async put(key, bytes) {
      if (isKept(key)) throw new Error("a kept key is never put");
      objects.set(key, new Uint8Array(bytes));
    },
    async remove(key) {
      if (isKept(key)) throw new Error("a kept key is never removed");
      objects.delete(key);
    },
  };
}

function signer(): { key: () => Promise<Uint8Array>; sign: (bytes: Uint8Array) => Promise<Uint8Array>; raw: Uint8Array } {
  const { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  return { raw, key: async () => raw, sign: async (bytes) => new Uint8Array(sign(null, bytes, privateKey)) };
}

export interface LogWorld {
  readonly ports: SequencePorts;
  readonly archive: ReturnType<typeof memoryArchive>;
  state: LogState | undefined;
  now: number;
  /** Is asked before each call to anything outside; what it answers happens to the call. */
  before: (call: string) => Mishap | undefined | Promise<Mishap | undefined>;
  readonly witness: Witness;
  /** Checks the whole log against itself, and that these events and no others are in it, once each. @returns its own events' types */
  check(events: readonly Change[]): Promise<string[]>;
}

const CLINIC = { id: "clinic", hash: "0".repeat(64) };
const ulid = (n: number): string => String(n).padStart(26, "0");

export function logWorld(now = Date.UTC(2026, 10, 26, 12)): LogWorld {
  const archive = memoryArchive();
  const log = signer();
  const cosigner = signer();
  const seen = new Map<string, Seen>();
  let entropy = 0;
  const ids = { random: () => Uint8Array.from({ length: 10 }, (_, at) => (entropy++ * 7 + at) % 256) };

  /** The same calls, each of which may go wrong. */
  const shaky = <T extends object>(name: string, calls: T): T =>
    Object.fromEntries(
      Object.entries(calls).map(([method, call]) => [
        method,
        typeof call !== "function" || method === "list"
          ? call
          : async (...given: unknown[]) => {
              const mishap = await world.before(`${name}.${method}`);
              if (mishap === "not-done") throw new Error(`${name}.${method} was not done`);
              const answer = await (call as (...given: unknown[]) => unknown)(...given);
              if (mishap === "unanswered") throw new Error(`${name}.${method} lost its answer`);
              return answer;
            },
      ]),
    ) as T;

  const witness: Witness = {
    key: async () => noteKey("witness.clinic", COSIGNATURE, cosigner.raw),
    add: (body) =>
      cosignCheckpoint(
        {
          name: "witness.clinic",
          logKey: async (origin) => noteKey(origin, ED25519, log.raw),
          seen: {
            read: async (origin) => seen.get(origin),
            swap: async (origin, from, to) => {
              if (seen.get(origin) !== from) return false;
              seen.set(origin, to);
              return true;
            },
          },
          signer: cosigner,
          clock: { now: () => world.now },
        },
        body,
      ),
  };

  const world: LogWorld = {
    archive,
    state: undefined,
    now,
    before: () => undefined,
    witness,
    ports: {
      clinic: CLINIC,
      archive: shaky("archive", archive),
      lock: shaky("lock", {
        read: async () => world.state && structuredClone(world.state),
        swap: async (from: LogState | undefined, to: LogState) => {
          if ((world.state && checkpointText(world.state)) !== (from && checkpointText(from))) return false;
          world.state = structuredClone(to);
          return true;
        },
      }),
      signer: shaky("signer", { key: log.key, sign: log.sign }),
      witnesses: [shaky("witness", witness)],
      tiles: new Map(),
      gzip: { pack: (bytes) => new Uint8Array(gzipSync(bytes)), unpack: (bytes) => new Uint8Array(gunzipSync(bytes)) },
      clock: { now: () => world.now, monotonic: () => world.now, sleep: async () => undefined },
      ids,
    },

    async check(events) {
      const found = new Map<string, number>();
      const own: { seq: number; prev: string | null; type: string; hash: string }[] = [];
      const years = [...new Set([...archive.objects.keys()].flatMap((key) => /^log\/(\d{4})\//.exec(key)?.[1] ?? []))].map(Number).sort();
      for (const year of years) {
        const { prefix } = keysOf(year);
        const roots = new Map<number, string>();
        const range = new CompactRange();
        const under = (part: string): string[] => [...archive.objects.keys()].filter((key) => key.startsWith(`${prefix}${part}/`)).sort();
        for (const key of under("seg")) {
          const [, first, end] = /(\d{12})-(\d{12})\.ndjson\.gz$/.exec(key) ?? [];
          expect([key, Number(first)]).toEqual([key, range.end]);
          const lines = gunzipSync(archive.objects.get(key) ?? "")
            .toString("utf8")
            .split("\n");
          expect(lines.pop()).toBe("");
          for (const line of lines) {
            const hash = leafHash(new TextEncoder().encode(line));
            range.append(hash);
            found.set(hex(hash), (found.get(hex(hash)) ?? 0) + 1);
            const event = JSON.parse(line) as { chain: string; seq: number; prev: string | null; type: string };
            if (event.chain.startsWith("log/")) own.push({ ...event, hash: Buffer.from(hash).toString("base64url") });
          }
          expect(range.end).toBe(Number(end));
          roots.set(range.end, hex(range.root()));
        }
        const key = noteKey(`audit.clinic/${year}`, ED25519, log.raw);
        const notes = under("ckpt").map((at) => parseNote(Buffer.from(archive.objects.get(at) ?? "").toString()));
        for (const note of notes) {
          const checkpoint = parseCheckpoint(note.text);
          expect(checkpoint.origin).toBe(key.name);
          expect(signedBy(note, [key])).toHaveLength(1);
          expect(hex(checkpoint.root)).toBe(roots.get(checkpoint.size));
        }
        expect(notes).toHaveLength(roots.size);
        const newest = parseNote(Buffer.from(archive.objects.get(keysOf(year).newest) ?? "").toString());
        expect(parseCheckpoint(newest.text).size).toBe(range.end);
      }
      for (const [at, { seq, prev }] of own.entries()) expect([seq, prev]).toEqual([at, own[at - 1]?.hash ?? null]);
      const wanted = events.map(({ h }) => hex(h as Uint8Array));
      expect(wanted.filter((hash) => found.get(hash) !== 1)).toEqual([]);
      expect(found.size).toBe(new Set(wanted).size + own.length);
      // What an attempt staged that was never committed may lie there: a rule of the bucket's takes it away.
      expect(world.state && archive.objects.has(stagingKey(world.state))).toBe(false);
      return own.map(({ type }) => type);
    },
  };
  return world;
}

/** A stream of events as the gateway writes them, over some chains. */
export function events(many: number, at: number, from = 0): Change[] {
  const heads = new Map<string, Head>();
  return Array.from({ length: many }, (_, n) => {
    const chain = `conv/cnv_${ulid(from * 10 + (n % 7))}`;
    const head = heads.get(chain) ?? { chain, seq: -1, hash: undefined };
    const act = { who: { id: "gateway", app: "gateway", as: "gateway" }, src: { fn: "test", req: `${from + n}` } } as const;
    const lapsed = { type: "conversation.lapsed", objects: [{ t: "team", id: "front-desk" }] } as const;
    const done = append(head, lapsed, act, at, ulid(from + n), CLINIC);
    heads.set(chain, done.head);
    return inserted(done.item, `record-${from + n}`, at);
  });
}

const inserted = (item: { PK: string; SK: string; e: Uint8Array; h: Uint8Array }, id: string, at: number): Change => ({
  id,
  at,
  kind: "INSERT",
  ...item,
  before: undefined,
  after: { PK: { S: item.PK }, SK: { S: item.SK } },
});
