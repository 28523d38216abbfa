import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, AwsError, headers, xml } from "./answer.ts";
import type { Clock } from "./clock.ts";
import type { Request } from "./identify.ts";
import { type Objects, openObjects, type Version } from "./objects.ts";
import type { Cloud } from "./template.ts";
import { flag, type Properties, text } from "./values.ts";

/** A small S3: the calls that the functions make, on the buckets of the templates. */
export interface S3 {
  /** @throws AwsError with the name that S3 gives it */
  call(request: Request): Answer;
  /** Where a bucket's objects lie as files. */
  directory(bucket: string): string;
  close(): void;
}

interface Bucket {
  readonly objects: Objects;
  readonly lock: boolean;
  readonly directory: string;
}

const MOST_KEYS = 1000;

/**
 * Opens the buckets of the templates.
 * @param dataDir the objects lie in its folder `archive`; undefined puts them where they go when the stack stops
 * @throws Error naming a bucket without versions: no other is known here
 */
export function openS3(cloud: Cloud, dataDir: string | undefined, clock: Clock): S3 {
  const root = dataDir === undefined ? mkdtempSync(join(tmpdir(), "clinic-sms-archive-")) : join(dataDir, "archive");
  const buckets = new Map(
    cloud.resources("AWS::S3::Bucket").map((resource): [string, Bucket] => {
      const { properties, name } = resource;
      if ((properties["VersioningConfiguration"] as Properties | undefined)?.["Status"] !== "Enabled")
        throw new Error(`${resource.stack} / ${resource.logicalId}: the local stack knows versioned buckets only`);
      const directory = join(root, name);
      return [name, { objects: openObjects(directory, () => clock.now()), lock: flag(properties["ObjectLockEnabled"]), directory }];
    }),
  );
  const find = (name: unknown): Bucket => {
    const bucket = buckets.get(String(name));
    if (!bucket) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", {}, 404);
    return bucket;
  };

  const get = ({ input }: Request): Answer => {
    const { objects } = find(input["Bucket"]);
    const key = String(input["Key"]);
    const wanted = text(input["versionId"]);
    const versions = objects.versions(key);
    const version = wanted === undefined ? versions[0] : versions.find(({ id }) => id === wanted);
    if (!version || version.marker) throw new AwsError("NoSuchKey", "The specified key does not exist.", {}, 404);
    return {
      status: 200,
      headers: { ...headers("s3"), "content-type": "application/octet-stream", ...describe(version) },
      body: Buffer.from(objects.read(key, version)),
    };
  };

  const put = ({ input, body }: Request): Answer => {
    const { objects, lock } = find(input["Bucket"]);
    const mode = text(input["x-amz-object-lock-mode"]);
    const until = text(input["x-amz-object-lock-retain-until-date"]);
    if ((mode === undefined) !== (until === undefined))
      throw new AwsError("InvalidArgument", "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
    if (mode !== undefined && !lock) throw new AwsError("InvalidRequest", "Bucket is missing Object Lock Configuration");
    if (mode !== undefined && mode !== "COMPLIANCE")
      throw new AwsError("NotImplemented", "the local stack knows compliance mode only", {}, 501);
    const date = until === undefined ? undefined : Date.parse(until);
    if (date !== undefined && !(date > clock.now())) throw new AwsError("InvalidArgument", "The retain until date must be in the future!");
    const match = text(input["if-none-match"]);
    if (match !== undefined && match !== "*") throw new AwsError("NotImplemented", "If-None-Match takes * only", {}, 501);
    const version = objects.put(String(input["Key"]), body, { absent: match === "*", until: date });
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    return { status: 200, headers: { ...headers("s3"), ...describe(version), etag }, body: "" };
  };

  const remove = ({ input }: Request): Answer => {
    find(input["Bucket"]).objects.remove(String(input["Key"]), text(input["versionId"]));
    return { status: 204, headers: headers("s3"), body: "" };
  };

  const listVersions = ({ input }: Request): Answer => {
    const bucket = String(input["Bucket"]);
    const prefix = String(input["prefix"] ?? "");
    const after = text(input["key-marker"]);
    const afterVersion = text(input["version-id-marker"]);
    const most = Math.min(MOST_KEYS, Number(input["max-keys"] ?? MOST_KEYS));
    const all = find(bucket)
      .objects.keys()
      .filter(([key]) => key.startsWith(prefix))
      .flatMap(([key, versions]) => versions.map((version, at) => ({ key, version, newest: at === 0 })));
    const start =
      after === undefined ? 0 : all.findIndex(({ key, version }) => key > after || (key === after && version.id < (afterVersion ?? "")));
    const page = start < 0 ? [] : all.slice(start, start + most);
    const more = start >= 0 && start + most < all.length;
    const end = page.at(-1);
    const entries = page.map(({ key, version, newest }) => {
      const kind = version.marker ? "DeleteMarker" : "Version";
      return `<${kind}><Key>${xml(key)}</Key><VersionId>${version.id}</VersionId><IsLatest>${newest}</IsLatest><LastModified>${new Date(version.at).toISOString()}</LastModified>${version.marker ? "" : `<Size>${version.size}</Size><StorageClass>STANDARD</StorageClass>`}</${kind}>`;
    });
    const next =
      more && end ? `<NextKeyMarker>${xml(end.key)}</NextKeyMarker><NextVersionIdMarker>${end.version.id}</NextVersionIdMarker>` : "";
    const body = `<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><MaxKeys>${most}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${entries.join("")}</ListVersionsResult>`;
    return { status: 200, headers: headers("s3"), body };
  };

  const actions: Readonly<Record<string, (request: Request) => Answer>> = {
    GetObject: get,
    PutObject: put,
    DeleteObject: remove,
    ListObjectVersions: listVersions,
  };

  return {
    call(request) {
      const run = actions[request.action];
      if (!run) throw new AwsError("NotImplemented", `The local stack's S3 does not know ${request.action || "this call"}.`, {}, 501);
      return run(request);
    },
    directory: (bucket) => find(bucket).directory,
    close: () => {
      if (dataDir === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

const describe = ({ id, until }: Version): Record<string, string> => ({
  "x-amz-version-id": id,
  ...(until === undefined
    ? {}
    : { "x-amz-object-lock-mode": "COMPLIANCE", "x-amz-object-lock-retain-until-date": new Date(until).toISOString() }),
});
