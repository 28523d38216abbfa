import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { KMSClient } from "@aws-sdk/client-kms";
import { kmsPublicKey } from "../../lambdas/adapters/kms-signer.ts";
import { COSIGNATURE, ED25519, noteKey, vkey } from "../../lambdas/core/tlog/note.ts";
import { localStack, outputsOf } from "../local-stack.ts";

export interface TrustOptions {
  readonly port: string;
  readonly outputs?: string;
  readonly year?: string;
  readonly exportKey?: string;
  readonly keyName?: string;
}

/** What the archive's stack says of itself (`lib/archive-stack.ts`). */
const NAMES = ["LogKey", "LogName", "WitnessKey", "WitnessName"] as const;
type Archive = Readonly<Record<(typeof NAMES)[number], string>>;
export const STACK = "ClinicSms-Archive";

/**
 * Prints the trust file (C2SP tlog-policy) of a log of one year: the public keys of log and witness as KMS gives them, and that of
 * exports where it is given. @throws Error of one sentence that says what to give instead
 */
export async function auditTrust(options: TrustOptions): Promise<void> {
  const { year, exportKey, keyName } = options;
  if (year !== undefined && !/^\d{4}$/.test(year)) throw new Error("--year takes a year, such as 2026");
  if ((exportKey === undefined) !== (keyName === undefined))
    throw new Error("--export-key and --key-name go together: the file with the key, and the name that it signs under");
  const { archive, kms, now } = await deployed(options);
  const key = (id: string): Promise<Uint8Array> => kmsPublicKey(kms, id)();
  const log = noteKey(`${archive.LogName}/${year ?? now.slice(0, 4)}`, ED25519, await key(archive.LogKey));
  const witness = noteKey(archive.WitnessName, COSIGNATURE, await key(archive.WitnessKey));
  const lines = [
    `# Who may sign for the audit log ${log.name}, as the account said on ${now}.`,
    "# Compare each line with what the clinic wrote down when it deployed: by phone or on paper, not by the way that an export takes.",
    "# Keep this file where nobody who runs the gateway can change it.",
    `log ${vkey(log)}`,
    ...(exportKey === undefined || keyName === undefined ? [] : [`log ${vkey(noteKey(keyName, ED25519, publicHalf(exportKey)))}`]),
    `witness witness ${vkey(witness)}`,
    "quorum witness",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function deployed({ port, outputs }: TrustOptions): Promise<{ archive: Archive; kms: KMSClient; now: string }> {
  if (outputs !== undefined) {
    const archive = complete(written(outputs), `${outputs} is not what \`cdk deploy --outputs-file\` wrote of this stack`);
    const region = archive.LogKey.split(":")[3] ?? "";
    return { archive, kms: new KMSClient({ region }), now: new Date().toISOString() };
  }
  const stack = await localStack(port, "give the outputs of a deployed one with --outputs FILE");
  const { endpoint, region, credentials, now } = stack;
  return {
    archive: complete(outputsOf(stack, STACK), "The local stack has no archive"),
    kms: new KMSClient({ endpoint, region, credentials }),
    now,
  };
}

function written(file: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, unknown>>)[STACK] ?? {};
  } catch {
    throw new Error(`--outputs takes the file that \`cdk deploy --outputs-file\` wrote; ${file} cannot be read`);
  }
}

function complete(said: Readonly<Record<string, unknown>>, otherwise: string): Archive {
  const missing = NAMES.filter((name) => typeof said[name] !== "string");
  if (missing.length > 0) throw new Error(`${otherwise}: it does not say ${missing.join(", ")}`);
  return said as Archive;
}

/** Of a private key's file too: whoever has that has both. */
function publicHalf(file: string): Uint8Array {
  try {
    const { x, crv } = createPublicKey(readFileSync(file)).export({ format: "jwk" });
    if (crv === "Ed25519" && x !== undefined) return Buffer.from(x, "base64url");
  } catch {
    // Said below.
  }
  throw new Error(`--export-key takes a file with an Ed25519 key in PEM, public or private; ${file} holds none`);
}
