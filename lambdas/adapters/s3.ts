import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type Archive, ArchiveConflict, isKept } from "../core/archive.ts";

export interface Bucket {
  readonly name: string;
  /** How long a kept object stays; until the end of that day (UTC). */
  readonly retentionDays: number;
}

const DAY_MS = 24 * 3_600_000;
/** Tries where S3 says that another request for the same key is under way. */
const TRIES = 4;

/**
 * The archive in a bucket with Object Lock. What is kept is written once (If-None-Match) and locked in compliance mode, by
 * the writer: what is staged must go again, so the bucket has no lock of its own; its policy refuses a kept object without one.
 */
export function s3Archive(client: S3Client, { name: Bucket, retentionDays }: Bucket, now: () => number): Archive {
  async function* versions(prefix: string): AsyncIterable<ObjectVersion & { readonly Key: string }> {
    let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: prefix, ...from }));
      for (const version of page.Versions ?? []) if (version.Key !== undefined) yield { ...version, Key: version.Key };
      if (!page.IsTruncated) return;
      from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  /** Id of an object's first version. A lock keeps a version from being deleted, not from being hidden behind another. */
  const first = async (key: string): Promise<string | undefined> => {
    let id: string | undefined;
    for await (const version of versions(key)) {
      if (version.Key === key) id = version.VersionId;
      else if (id !== undefined) break;
    }
    return id;
  };

  const read = async (Key: string, VersionId?: string): Promise<Uint8Array | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (named(error, "NoSuchKey")) return undefined;
      throw error;
    }
  };

  const get = async (key: string): Promise<Uint8Array | undefined> => {
    if (!isKept(key)) return read(key);
    const version = await first(key);
    return version === undefined ? undefined : read(key, version);
  };

  return {
    get,

    async *list(prefix) {
      let last: string | undefined;
      for await (const { Key, IsLatest } of versions(prefix)) {
        if (Key === last || !(isKept(Key) || IsLatest)) continue;
        last = Key;
        yield Key;
      }
    },

    async keep(key, bytes) {
      if (!isKept(key)) throw new Error("only a kept key is kept");
      const until = new Date((Math.floor(now() / DAY_MS) + 1 + retentionDays) * DAY_MS);
      for (let tries = 1; ; tries++) {
        try {
          await client.send(
            new PutObjectCommand({
              Bucket,
              Key: key,
              Body: bytes,
              IfNoneMatch: "*",
              ObjectLockMode: "COMPLIANCE",
              ObjectLockRetainUntilDate: until,
            }),
          );
          return;
        } catch (error) {
          if (named(error, "ConditionalRequestConflict") && tries < TRIES) continue;
          if (!named(error, "PreconditionFailed")) throw error;
          const there = await get(key);
          if (there && Buffer.from(there).equals(bytes)) return;
          throw new ArchiveConflict(`other bytes stand under ${key}`);
        }
      }
    },

    async put(key, bytes) {
      if (isKept(key)) throw new Error("a kept key is never put");
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes }));
    },

    async remove(key) {
      if (isKept(key)) throw new Error("a kept key is never removed");
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },
  };
}

const named = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
