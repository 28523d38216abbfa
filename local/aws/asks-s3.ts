import type { Request } from "./identify.ts";
import type { Ask } from "./policy.ts";
import { text } from "./values.ts";

const DAY_MS = 24 * 3_600_000;

/** Prepares the reading of S3 requests: one ask for the object or the bucket, and those that its headers add. */
export function s3AskReader(): (request: Request, base: ReadonlyMap<string, readonly string[]>) => readonly Ask[] {
  return ({ action, input }, base) => {
    const bucket = `arn:aws:s3:::${String(input["Bucket"] ?? "")}`;
    const object = `${bucket}/${String(input["Key"] ?? "")}`;
    const context = new Map(base);
    const mode = text(input["x-amz-object-lock-mode"]);
    const until = text(input["x-amz-object-lock-retain-until-date"]);
    const ifNoneMatch = text(input["if-none-match"]);
    if (ifNoneMatch !== undefined) context.set("s3:if-none-match", [ifNoneMatch]);
    if (mode !== undefined) context.set("s3:object-lock-mode", [mode]);
    if (until !== undefined)
      context.set("s3:object-lock-remaining-retention-days", [String(Math.floor((Date.parse(until) - Date.now()) / DAY_MS))]);
    const ask = (name: string, resource: string): Ask => ({ action: `s3:${name}`, resource, context });
    switch (action) {
      case "GetObject":
        // Whoever may not list is told that a missing object is forbidden; what is asked for may be missing.
        return [ask(input["versionId"] === undefined ? "GetObject" : "GetObjectVersion", object), ask("ListBucket", bucket)];
      case "PutObject":
        return [ask("PutObject", object), ...(mode === undefined && until === undefined ? [] : [ask("PutObjectRetention", object)])];
      case "DeleteObject":
        return [ask(input["versionId"] === undefined ? "DeleteObject" : "DeleteObjectVersion", object)];
      case "ListObjectVersions":
        return [ask("ListBucketVersions", bucket)];
      default:
        return [ask(action, input["Key"] === undefined ? bucket : object)];
    }
  };
}
