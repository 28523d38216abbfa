import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as rest } from "node:timers/promises";
import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Archive } from "../../lambdas/adapters/s3.ts";
import type { Archive } from "../../lambdas/core/archive.ts";
import { archiveContract } from "../support/archive-contract.ts";

/** An S3 that nobody here wrote (https://github.com/getmoto/moto): where Python has it not, the tests list themselves as not run. */
const installed = spawnSync("python3", ["-c", "import moto.server"], { stdio: "ignore" }).status === 0;

describe.skipIf(!installed)("the archive in moto's S3", () => {
  const Bucket = "archive";
  let server: ChildProcess;
  let client: S3Client;

  beforeAll(async () => {
    const port = await freePort();
    server = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    client = new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    for (let tries = 0; ; tries++) {
      try {
        await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
        return;
      } catch (error) {
        if (tries > 100) throw error;
        await rest(200);
      }
    }
  });
  afterAll(() => {
    client.destroy();
    server.kill();
  });
  const archive = (): Archive => s3Archive(client, { name: Bucket, retentionDays: 1 }, () => Date.now());

  archiveContract(async () => archive());

  test("what is kept is locked in compliance mode, and its version is not deleted", async () => {
    const Key = "log/2026/ckpt/000000000099.note";
    await archive().keep(Key, new TextEncoder().encode("x"));
    const { VersionId, ObjectLockMode, ObjectLockRetainUntilDate } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(ObjectLockMode).toBe("COMPLIANCE");
    expect(ObjectLockRetainUntilDate?.getTime()).toBeGreaterThan(Date.now() + 24 * 3_600_000 - 1000);
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toThrow("Access Denied");
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await archive().get(Key)) ?? []).toString()).toBe("x");
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
