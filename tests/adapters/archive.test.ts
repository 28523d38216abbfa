import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Archive } from "../../lambdas/adapters/s3.ts";
import { AwsError, failure } from "../../local/aws/answer.ts";
import { type Door, openDoor } from "../../local/aws/door.ts";
import { identify } from "../../local/aws/identify.ts";
import { openS3, type S3 } from "../../local/aws/s3.ts";
import type { Cloud } from "../../local/aws/template.ts";
import { archiveContract } from "../support/archive-contract.ts";
import { memoryArchive } from "../support/log.ts";

const DAY = 24 * 3_600_000;
const NAME = "archive-bucket";
const KEPT = "log/2026/seg/000000000000-000000000001.ndjson.gz";

describe("in memory, as the core's tests have it", () => {
  const archive = memoryArchive();
  archiveContract(async () => archive);
});

describe("in S3, on files of the local stack", () => {
  const dir = mkdtempSync(join(tmpdir(), "clinic-sms-s3-"));
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead, at: () => () => undefined };
  let door: Door;
  let s3: S3;
  let client: S3Client;

  const openBucket = (): S3 =>
    openS3(
      {
        resources: () => [
          {
            name: NAME,
            stack: "Archive",
            logicalId: "bucket",
            properties: { VersioningConfiguration: { Status: "Enabled" }, ObjectLockEnabled: true },
          },
        ],
      } as unknown as Cloud,
      dir,
      clock,
    );

  beforeAll(async () => {
    door = await openDoor();
    s3 = openBucket();
    door.serve(async (head, body) => {
      const request = identify(head, body);
      if (typeof request === "string") throw new Error(request);
      try {
        return s3.call(request);
      } catch (error) {
        if (error instanceof AwsError) return failure("s3", error);
        throw error;
      }
    });
    client = new S3Client({
      endpoint: door.endpoint,
      region: "ca-central-1",
      credentials: { accessKeyId: "LOCAL", secretAccessKey: "local" },
    });
  });
  afterAll(async () => {
    client.destroy();
    await door.close();
    await rm(dir, { recursive: true, force: true });
  });
  const archive = (retentionDays = 1) => s3Archive(client, { name: NAME, retentionDays }, clock.now);

  archiveContract(async () => archive());

  test("what is kept lies in the folder as a file of its own, and outlives a restart", async () => {
    await archive().keep(KEPT, new TextEncoder().encode("kept"));
    expect(readFileSync(join(s3.directory(NAME), KEPT), "utf8")).toBe("kept");
    s3 = openBucket();
    expect(Buffer.from((await archive().get(KEPT)) ?? []).toString()).toBe("kept");
  });

  test("is locked until the end of the day after its retention, to the day", async () => {
    await archive(10).keep("log/2026/ckpt/000000000099.note", new TextEncoder().encode("x"));
    const found = await client.send(new GetObjectCommand({ Bucket: NAME, Key: "log/2026/ckpt/000000000099.note" }));
    const until = found.ObjectLockRetainUntilDate?.getTime() ?? 0;
    expect(found.ObjectLockMode).toBe("COMPLIANCE");
    expect(until % DAY).toBe(0);
    expect(until - clock.now()).toBeGreaterThan(10 * DAY - 1000);
    expect(until - clock.now()).toBeLessThanOrEqual(11 * DAY);
  });

  test("a locked version is not deleted before its date, by anybody, and may be after it", async () => {
    const key = "log/2026/ckpt/000000000100.note";
    await archive(1).keep(key, new TextEncoder().encode("x"));
    const { VersionId } = await client.send(new GetObjectCommand({ Bucket: NAME, Key: key }));
    const remove = () => client.send(new DeleteObjectCommand({ Bucket: NAME, Key: key, VersionId }));
    await expect(remove()).rejects.toThrow("object lock");
    expect(existsSync(join(s3.directory(NAME), key))).toBe(true);
    clock.ahead = 3 * DAY;
    await remove();
    clock.ahead = 0;
    expect(existsSync(join(s3.directory(NAME), key))).toBe(false);
  });

  test("what is hidden behind a mark of deletion, or another version, is still read as it was first", async () => {
    const key = "log/2026/ckpt/000000000101.note";
    await archive().keep(key, new TextEncoder().encode("first"));
    await client.send(new PutObjectCommand({ Bucket: NAME, Key: key, Body: "second" }));
    await client.send(new DeleteObjectCommand({ Bucket: NAME, Key: key }));
    await client.send(new PutObjectCommand({ Bucket: NAME, Key: key, Body: "third", IfNoneMatch: "*" }));
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: NAME, Prefix: key }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([3, 1]);
    expect(Buffer.from((await archive().get(key)) ?? []).toString()).toBe("first");
    const listed: string[] = [];
    for await (const each of archive().list(key)) listed.push(each);
    expect(listed).toEqual([key]);
  });

  test("a lock without its date, in the past or of another mode, and a key outside the folder, are refused", async () => {
    const put = (more: object, Key = "log/2026/ckpt/000000000102.note") =>
      client.send(new PutObjectCommand({ Bucket: NAME, Key, Body: "x", ...more }));
    await expect(put({ ObjectLockMode: "COMPLIANCE" })).rejects.toThrow("must both be supplied");
    await expect(put({ ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: new Date(clock.now() - DAY) })).rejects.toThrow("future");
    await expect(put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: new Date(clock.now() + DAY) })).rejects.toThrow(
      "compliance",
    );
    await expect(put({}, "../outside")).rejects.toThrow();
    expect(existsSync(join(dir, "outside"))).toBe(false);
  });
});
