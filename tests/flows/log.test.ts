import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leafHash } from "../../lambdas/core/audit.ts";
import { hex } from "../../lambdas/core/digest.ts";
import { parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { COSIGNATURE, ED25519, type NoteKey, noteKey, parseNote, signedBy } from "../../lambdas/core/tlog/note.ts";
import { CompactRange } from "../../lambdas/core/tlog/range.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";

const PATIENT = "+14035550123";
let it: TestStack;
beforeAll(async () => {
  it = await startTestStack();
});
afterAll(() => it.close());

const directory = (): string => {
  const [bucket] = it.stack.aws.cloud.resources("AWS::S3::Bucket");
  return it.stack.aws.bucket(bucket?.name ?? "");
};
const year = (): string => String(new Date(it.stack.clock.now()).getUTCFullYear());

async function publicKey(output: string): Promise<Uint8Array> {
  const { endpoint, region, operator, cloud } = it.stack.aws;
  const KeyId = cloud.outputs.find(({ stack, name }) => stack === "ClinicSms-Archive" && name === output)?.value;
  const { PublicKey } = await new KMSClient({ endpoint, region, credentials: operator }).send(new GetPublicKeyCommand({ KeyId }));
  return new Uint8Array(PublicKey ?? []).subarray(-32);
}

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
  const log: NoteKey = noteKey(`audit.prairie-ridge/${year()}`, ED25519, await publicKey("LogKey"));
  const witness = noteKey("witness.prairie-ridge", COSIGNATURE, await publicKey("WitnessKey"));
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
