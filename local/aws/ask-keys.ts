import type { Ask } from "./policy.ts";
import type { Cloud } from "./template.ts";
import { object, text } from "./values.ts";

/** The condition keys of an encryption context. */
export function encryptionContext(context: unknown): [string, readonly string[]][] {
  const entries = Object.entries(object(context));
  const members = entries.map(([key, value]): [string, readonly string[]] => [
    `kms:encryptioncontext:${key.toLowerCase()}`,
    [String(value)],
  ]);
  return entries.length === 0 ? [] : [...members, ["kms:encryptioncontextkeys", entries.map(([key]) => key)]];
}

/** What an encrypted resource costs its caller: AWS uses the key with the caller's own permissions. */
export interface Encrypted {
  readonly keyArn: string;
  readonly context: Readonly<Record<string, string>>;
}

const SEALING = ["kms:GenerateDataKey", "kms:Decrypt"];
const OPENING = ["kms:Decrypt"];

/** Asks of an encrypted queue, topic or table: made "via" that service. */
export function viaAsks(
  encrypted: Encrypted | undefined,
  service: string,
  sealing: boolean,
  base: ReadonlyMap<string, readonly string[]>,
  region: string,
): Ask[] {
  if (encrypted === undefined) return [];
  const context = new Map([
    ...base,
    ["kms:viaservice", [`${service}.${region}.amazonaws.com`]],
    ["aws:viaawsservice", ["true"]],
    ["aws:calledvialast", [`${service}.amazonaws.com`]],
    ...encryptionContext(encrypted.context),
  ] as const);
  return (sealing ? SEALING : OPENING).map((action) => ({ action, resource: encrypted.keyArn, context }));
}

/** Finds the key that a template's member names by ARN, id or alias; AWS's own keys ask nothing of a caller. */
export function keyArn(cloud: Cloud, named: unknown): string | undefined {
  const name = text(named);
  if (name === undefined) return undefined;
  const alias = cloud.resources("AWS::KMS::Alias").find((entry) => entry.ref === name || entry.arn === name);
  const target = alias === undefined ? name : text(alias.properties["TargetKeyId"]);
  return cloud.resources("AWS::KMS::Key").find((key) => key.arn === target || key.ref === target)?.arn;
}
