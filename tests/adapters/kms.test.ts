import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kmsIndexer, kmsSealer } from "../../lambdas/adapters/kms.ts";
import type { Indexer, Sealer } from "../../lambdas/core/ports.ts";
import { type LocalAws, startAws } from "../../local/aws/index.ts";
import { assembly, clinic } from "../local/aws/support/assembly.ts";
import { manualClock } from "../local/aws/support/clock.ts";
import { clients } from "../local/aws/support/stack.ts";
import { world } from "../support/world.ts";

/** One suite for the fake at the port and for KMS behind the real client. */
let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws({ cdkOut: assembly(clinic()), dataDir: undefined, clock: manualClock() });
});
afterAll(() => aws.close());

const real = (): { sealer: Sealer; indexer: Indexer } => {
  const { kms } = clients(aws, aws.identity("receive-text", "Role", "1"));
  const arn = (id: string): string => aws.cloud.resource(id)?.arn ?? "";
  return { sealer: kmsSealer(kms, arn("MessageKey"), "c1"), indexer: kmsIndexer(kms, arn("IndexKey"), "1") };
};

const TEXTS: readonly [string, string][] = [
  ["an ordinary text", "Hi, can I move my appointment?"],
  ["nothing", ""],
  ["French", "Ça va être déplacé à l'été, où ça?"],
  ["1,600 Chinese characters", "漢".repeat(1600)],
  ["1,600 emoji", "😀".repeat(1600)],
  ["lone surrogates", "a\ud800b\udc00"],
  ["control characters", "a\u0000b\u001f"],
  ["a payload of 80,000 characters", '{"x":"é"}'.repeat(9000).slice(0, 80_000)],
];

describe.each([
  ["the fake", () => world()],
  ["KMS", real],
])("%s", (_, make) => {
  test.each(TEXTS)("gives back %s", async (_name, text) => {
    const { sealer } = make();
    expect(await sealer.open("C#1/M#1", await sealer.seal("C#1/M#1", text))).toBe(text);
  });

  test("opens nothing under another record", async () => {
    const { sealer } = make();
    const sealed = await sealer.seal("C#1/M#1", "secret");
    await expect(sealer.open("C#2/M#1", sealed)).rejects.toThrow();
  });

  test("the same value has the same MAC, and no other kind or value has it", async () => {
    const { indexer } = make();
    const mac = await indexer.mac("number", "+14035550123");
    expect(await indexer.mac("number", "+14035550123")).toBe(mac);
    expect(await indexer.mac("identifier", "+14035550123")).not.toBe(mac);
    expect(await indexer.mac("number", "+14035550124")).not.toBe(mac);
    expect(mac).toMatch(/^[0-9a-f]{64}$/);
  });
});

test("a sealed text shows nothing of itself, is never the same twice, and is only whole or not at all", async () => {
  const { sealer } = real();
  const [one, other] = await Promise.all([sealer.seal("C#1/M#1", "Hello there"), sealer.seal("C#1/M#1", "Hello there")]);
  expect(Buffer.from(one).includes("Hello")).toBe(false);
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  const long = await sealer.seal("C#1/M#1", "漢".repeat(5000));
  const firstLength = Buffer.from(long).readUInt32BE(0) + 4;
  await expect(sealer.open("C#1/M#1", long.subarray(0, firstLength))).rejects.toThrow("not whole");
  const swapped = Buffer.concat([Buffer.from(long).subarray(firstLength), Buffer.from(long).subarray(0, firstLength)]);
  await expect(sealer.open("C#1/M#1", new Uint8Array(swapped))).rejects.toThrow("not whole");
});
