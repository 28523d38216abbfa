import { generateKeyPairSync, sign } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { leafHash } from "../../lambdas/core/audit.ts";
import { checkpointText } from "../../lambdas/core/tlog/checkpoint.ts";
import { base64, COSIGNATURE, ED25519, noteKey, noteOf, parseSignature, signatureLine, signedBy } from "../../lambdas/core/tlog/note.ts";
import { consistencyProof } from "../../lambdas/core/tlog/proofs.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { cosignCheckpoint, type Seen, type WitnessPorts } from "../../lambdas/core/verbs/cosign-checkpoint.ts";

/** https://c2sp.org/tlog-witness: what each status means. */
const ORIGIN = "audit.clinic/2026";
const NOW = Date.UTC(2026, 10, 26, 12);
const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  return { raw, sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) };
};
const log = pair();
const own = pair();
const key = noteKey(ORIGIN, ED25519, log.raw);
const leaf = (n: number, history: string): Uint8Array => leafHash(new TextEncoder().encode(`${history} ${n}`));

/** A signed checkpoint of a log of that size, and the proof from an earlier one; two histories share their first `fork` leaves. */
async function request(
  old: number,
  size: number,
  { fork = Number.POSITIVE_INFINITY, origin = ORIGIN, signer = log } = {},
): Promise<string> {
  const hash = (n: number): Uint8Array => leaf(n, n < fork ? "one" : "two");
  const range = new CompactRange();
  for (let n = 0; n < size; n++) range.append(hash(n));
  const proof = await consistencyProof(Math.min(old, size), size, ({ level, index }) => {
    const subtree = new CompactRange();
    for (let n = 0; n < 2 ** level; n++) subtree.append(hash(index * 2 ** level + n));
    return subtree.root();
  });
  const text = checkpointText({ origin, size, root: range.root() });
  const line = signatureLine(noteKey(origin, ED25519, log.raw), signer.sign(new TextEncoder().encode(text)));
  return [`old ${old}`, ...proof.map(base64), "", noteOf(text, line)].join("\n");
}

let seen: Map<string, Seen>;
let ports: WitnessPorts;
beforeEach(() => {
  seen = new Map();
  ports = {
    name: "witness.clinic",
    logKey: async (origin) => (origin === ORIGIN ? key : undefined),
    seen: {
      read: async (origin) => seen.get(origin),
      swap: async (origin, from, to) => {
        if (seen.get(origin) !== from) return false;
        seen.set(origin, to);
        return true;
      },
    },
    signer: { key: async () => own.raw, sign: async (bytes) => own.sign(bytes) },
    clock: { now: () => NOW },
  };
});
const ask = async (body: string) => cosignCheckpoint(ports, body);

test("a log that only grows is cosigned at each size, with the witness's own time", async () => {
  for (const [old, size] of [
    [0, 5],
    [5, 5],
    [5, 8],
    [8, 300],
  ] as const) {
    const body = await request(old, size);
    const answer = await ask(body);
    expect([size, answer.status]).toEqual([size, 200]);
    const text = body.slice(body.indexOf("\n\n") + 2).split("\n\n")[0];
    const [signed] = signedBy({ text: `${text}\n`, signatures: [parseSignature(answer.body.trimEnd())] }, [
      noteKey("witness.clinic", COSIGNATURE, own.raw),
    ]);
    expect(signed?.time).toBe(NOW / 1000);
    expect(seen.get(ORIGIN)?.size).toBe(size);
  }
});

test("another history of the same log is refused, at the same size and at a larger one, and nothing is forgotten", async () => {
  await ask(await request(0, 8));
  const before = seen.get(ORIGIN);
  expect(await ask(await request(8, 8, { fork: 3 }))).toEqual({ status: 409, body: "8\n" });
  expect(await ask(await request(8, 20, { fork: 3 }))).toEqual({ status: 422, body: "" });
  expect(await ask(await request(8, 20, { fork: 7 }))).toEqual({ status: 422, body: "" });
  expect(seen.get(ORIGIN)).toBe(before);
  expect((await ask(await request(8, 20, { fork: 8 }))).status).toBe(200);
});

test("a log that asks from another size is told where the witness stands", async () => {
  await ask(await request(0, 8));
  expect(await ask(await request(0, 9))).toEqual({ status: 409, body: "8\n" });
  expect(await ask(await request(5, 9))).toEqual({ status: 409, body: "8\n" });
  expect((await ask(await request(9, 8))).status).toBe(400);
});

test("a log that is not known, or not signed by its own key, is not looked at", async () => {
  expect((await ask(await request(0, 3, { origin: "audit.other/2026" }))).status).toBe(404);
  expect((await ask(await request(0, 3, { signer: pair() }))).status).toBe(403);
  const unsigned = (await request(0, 3)).replace(`— ${ORIGIN} `, "— somebody ");
  expect((await ask(unsigned)).status).toBe(403);
  expect(seen.size).toBe(0);
});

test.each([
  ["nothing", ""],
  ["no old size", "new 3\n\nx"],
  ["a size with zeros before it", "old 03\n\nx"],
  ["a hash that is none", "old 3\nAAAA\n\nx"],
  ["more hashes than a proof has", `old 3\n${`${base64(new Uint8Array(32))}\n`.repeat(64)}\nx`],
  ["no note", "old 0\n\nx\n"],
])("%s is a bad request", async (_, body) => {
  expect((await ask(body)).status).toBe(400);
});

test("of two checkpoints at once that cannot both be next, one is cosigned", async () => {
  await ask(await request(0, 8));
  const answers = await Promise.all([ask(await request(8, 9)), ask(await request(8, 9, { fork: 8 }))]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("a first checkpoint carries no proof", async () => {
  const [head, ...rest] = (await request(0, 3)).split("\n");
  expect((await ask([head, base64(new Uint8Array(32)), ...rest].join("\n"))).status).toBe(422);
});
