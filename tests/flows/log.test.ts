import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leafHash } from "../../lambdas/core/audit.ts";
import { hex } from "../../lambdas/core/digest.ts";
import { parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { COSIGNATURE, ED25519, type NoteKey, noteKey, parseNote, signedBy } from "../../lambdas/core/tlog/note.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { archiveFolder, publicKey } from "../support/local-archive.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";

const PATIENT = "+14035550123";
let it: TestStack;
beforeAll(async () => {
  it = await startTestStack();
});
afterAll(() => it.close());

const directory = (): string => archiveFolder(it);
const year = (): string => String(new Date(it.stack.clock.now()).getUTCFullYear());

/** Every leaf of the log as it lies in the bucket's folder, in order. */
function leaves(): Uint8Array[] {
  const folder = join(directory(), "log", year(), "seg");
  return readdirSync(folder)
    .sort()
    .flatMap((file) =>
      gunzipSync(readFileSync(join(folder, file)))
        .toString("utf8")
        .split("\n")
        .slice(0, -1),
    )
    .map((line) => new TextEncoder().encode(line));
}

test("what happens to a text is in the log, under a checkpoint that the log signed and the witness cosigned", async () => {
  await it.text(PATIENT, "Hi, can I move my appointment?");
  await it.drain();
  const note = parseNote(readFileSync(join(directory(), "log", year(), "checkpoint"), "utf8"));
  const checkpoint = parseCheckpoint(note.text);
  const log: NoteKey = noteKey(`audit.prairie-ridge/${year()}`, ED25519, await publicKey(it, "LogKey"));
  const witness = noteKey("witness.prairie-ridge", COSIGNATURE, await publicKey(it, "WitnessKey"));
  expect(checkpoint.origin).toBe(log.name);
  expect(signedBy(note, [log, witness]).map(({ key }) => key)).toEqual([log, witness]);

  const range = new CompactRange();
  const logged = leaves();
  for (const leaf of logged) range.append(leafHash(leaf));
  expect(range.end).toBe(checkpoint.size);
  expect(hex(range.root())).toBe(hex(checkpoint.root));

  const inLog = new Set(logged.map((leaf) => hex(leafHash(leaf))));
  const events = await it.events();
  expect(events.length).toBeGreaterThan(0);
  expect(events.filter(({ bytes }) => !inLog.has(hex(leafHash(bytes))))).toEqual([]);
  // Beside them one leaf that is the log's own.
  expect(logged).toHaveLength(events.length + 1);
});

/** The newest checkpoint's size, and that its root is that of the leaves that lie in the folder. */
function standing(): number {
  const { size, root } = parseCheckpoint(parseNote(readFileSync(join(directory(), "log", year(), "checkpoint"), "utf8")).text);
  const range = new CompactRange();
  for (const leaf of leaves()) range.append(leafHash(leaf));
  expect([range.end, hex(range.root())]).toEqual([size, hex(root)]);
  return size;
}

test.each([
  ["s3", "PutObject", 1],
  ["s3", "PutObject", 2],
  ["s3", "PutObject", 3],
  ["s3", "PutObject", 4],
  ["s3", "DeleteObject", 1],
  ["dynamodb", "PutItem", 1],
  ["kms", "Sign", 1],
  ["lambda", "InvokeFunction", 1],
] as const)("a sequencer that dies after %s %s (the %ith) leaves the log whole, and the next run goes on", async (service, action, nth) => {
  const before = standing();
  it.fault({ function: "sequence-audit", service, action, nth, kind: "crash", after: true });
  await it.text(PATIENT, "Hi again");
  await it.drain();
  it.clearFaults();
  await it.text(PATIENT, "And again");
  await it.drain();
  expect(standing()).toBeGreaterThan(before);
  const logged = leaves().map((leaf) => hex(leafHash(leaf)));
  expect(new Set(logged).size).toBe(logged.length);
  const events = (await it.events()).map(({ bytes }) => hex(leafHash(bytes)));
  expect(events.filter((hash) => !logged.includes(hash))).toEqual([]);
  expect(logged).toHaveLength(events.length + 1);
});

test("a canary sings every five minutes, and is in the log", async () => {
  const heard = () => leaves().filter((leaf) => Buffer.from(leaf).toString().includes('"type":"sys.canary"')).length;
  const before = heard();
  for (let minutes = 0; minutes < 10; minutes++) {
    it.advance(60_000);
    await it.stack.sources.runSchedules();
  }
  await it.drain();
  expect(heard() - before).toBeGreaterThanOrEqual(1);
  expect(heard() - before).toBeLessThanOrEqual(3);
});

test("what is kept cannot be written, hidden or deleted by anybody else, and the audit table takes no change", async () => {
  const { endpoint, region, cloud } = it.stack.aws;
  const Bucket = cloud.resources("AWS::S3::Bucket")[0]?.name ?? "";
  const TableName = cloud.resources("AWS::DynamoDB::Table").find(({ logicalId }) => logicalId.startsWith("audit"))?.name ?? "";
  const [Key = ""] = readdirSync(join(directory(), "log", year(), "ckpt")).map((file) => `log/${year()}/ckpt/${file}`);
  const roleOf = (start: string) => cloud.resources("AWS::IAM::Role").find(({ logicalId }) => logicalId.startsWith(start))?.logicalId ?? "";
  for (const [name, role] of [
    ["sequence-audit", roleOf("sequenceauditrole")],
    ["sweep", roleOf("sweeprole")],
  ] as const) {
    const given = { endpoint, region, credentials: it.stack.aws.identity(name, role, "a-test"), maxAttempts: 1 };
    const s3 = new S3Client(given);
    await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }))).rejects.toThrow("not authorized");
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: `${Key}2`, Body: "x", IfNoneMatch: "*" }))).rejects.toThrow("not authorized");
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toThrow("not authorized");
    const dynamo = new DynamoDBClient(given);
    const item = { PK: { S: "A#conv/x" }, SK: { S: "000000000000" } };
    await expect(dynamo.send(new DeleteItemCommand({ TableName, Key: item }))).rejects.toThrow("not authorized");
    await expect(dynamo.send(new PutItemCommand({ TableName, Item: item }))).rejects.toThrow("not authorized");
  }
});
