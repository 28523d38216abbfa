import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign as signWith,
  timingSafeEqual,
} from "node:crypto";
import { AwsError } from "./answer.ts";
import { keyArn } from "./ask-keys.ts";
import { keep } from "./kept.ts";
import type { Cloud, Resource } from "./template.ts";
import { object, type Properties, text } from "./values.ts";

/** A small KMS: the calls that the functions make, on the keys of the templates. */
export interface Kms {
  /** @throws AwsError with the name that KMS gives it */
  call(action: string, input: Properties): Properties;
  flush(): void;
}

interface Key {
  readonly resource: Resource;
  readonly id: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly material: Buffer;
}

const VERSION = 1;
const IV = 12;
const TAG = 16;
const HEAD = 1 + 16 + IV + TAG;
const PLAINTEXT_LIMIT = 4096;
const MAC_ALGORITHMS: Readonly<Record<string, { mac: string; hash: string; bytes: number }>> = {
  HMAC_224: { mac: "HMAC_SHA_224", hash: "sha224", bytes: 28 },
  HMAC_256: { mac: "HMAC_SHA_256", hash: "sha256", bytes: 32 },
  HMAC_384: { mac: "HMAC_SHA_384", hash: "sha384", bytes: 48 },
  HMAC_512: { mac: "HMAC_SHA_512", hash: "sha512", bytes: 64 },
};

/** The only kind of signing key that is known here: Ed25519, whose material is its PKCS #8 form. */
const SIGNING_SPEC = "ECC_NIST_EDWARDS25519";

function freshMaterial(spec: string): Buffer {
  if (spec === SIGNING_SPEC) return generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
  return randomBytes(MAC_ALGORITHMS[spec]?.bytes ?? 32);
}

function usageOf(spec: string): string {
  if (spec === SIGNING_SPEC) return "SIGN_VERIFY";
  return MAC_ALGORITHMS[spec] === undefined ? "ENCRYPT_DECRYPT" : "GENERATE_VERIFY_MAC";
}

/** The bytes that an encryption context binds to a ciphertext: its members in order of name, as KMS does ("order is not important"). */
function bound(context: unknown): Buffer {
  const entries = Object.entries(object(context)).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify(entries));
}

function bytes(input: Properties, member: string, limit: number): Buffer {
  const value = text(input[member]);
  const read = value === undefined ? undefined : Buffer.from(value, "base64");
  if (read === undefined || read.length < 1 || read.length > limit) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length between 1 and ${limit}`,
    );
  }
  return read;
}

/**
 * Opens the KMS keys of the templates. Their material is made once and kept in the data folder (a file only its owner may read), so that
 * what was sealed stays readable; without a data folder it dies with the process.
 * @throws Error naming the key, for a kind of key that the local stack does not know
 */
export function openKms(cloud: Cloud, dataDir: string | undefined): Kms {
  const kept = keep<Record<string, string>>(dataDir, "kms.json", {});
  const keys = new Map(
    cloud.resources("AWS::KMS::Key").map((resource) => {
      const spec = text(resource.properties["KeySpec"]) ?? "SYMMETRIC_DEFAULT";
      if (MAC_ALGORITHMS[spec] === undefined && spec !== "SYMMETRIC_DEFAULT" && spec !== SIGNING_SPEC)
        throw new Error(`${resource.stack} / ${resource.logicalId} (${resource.type}): the local stack does not know the key spec ${spec}`);
      const material = kept.value[resource.ref] ?? freshMaterial(spec).toString("hex");
      kept.value[resource.ref] = material;
      const arn = resource.arn ?? "";
      const key: Key = {
        resource,
        id: resource.ref,
        arn,
        spec,
        usage: usageOf(spec),
        material: Buffer.from(material, "hex"),
      };
      return [arn, key] as const;
    }),
  );
  kept.changed();
  kept.flush();

  const find = (named: unknown): Key => {
    const key = keys.get(keyArn(cloud, named) ?? "");
    if (key === undefined) throw new AwsError("NotFoundException", `Key '${String(named)}' does not exist`);
    return key;
  };
  const usable = (named: unknown, usage: string): Key => {
    const key = find(named);
    if (String(key.resource.properties["Enabled"] ?? true) === "false") throw new AwsError("DisabledException", `${key.arn} is disabled.`);
    if (key.usage !== usage)
      throw new AwsError("InvalidKeyUsageException", `${key.arn} key usage is ${key.usage} which is not valid for this operation.`);
    return key;
  };

  const encrypt = (input: Properties): Properties => {
    const key = usable(input["KeyId"], "ENCRYPT_DECRYPT");
    const plaintext = bytes(input, "Plaintext", PLAINTEXT_LIMIT);
    const iv = randomBytes(IV);
    const cipher = createCipheriv("aes-256-gcm", key.material, iv).setAAD(bound(input["EncryptionContext"]));
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const blob = Buffer.concat([Buffer.of(VERSION), Buffer.from(key.id.replaceAll("-", ""), "hex"), iv, cipher.getAuthTag(), sealed]);
    return { CiphertextBlob: blob.toString("base64"), KeyId: key.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  };

  const decrypt = (input: Properties): Properties => {
    const blob = bytes(input, "CiphertextBlob", 6144);
    const invalid = () => new AwsError("InvalidCiphertextException", "");
    if (blob.length <= HEAD || blob[0] !== VERSION) throw invalid();
    const sealedBy = [...keys.values()].find((key) => key.id.replaceAll("-", "") === blob.subarray(1, 17).toString("hex"));
    if (sealedBy === undefined) throw invalid();
    if (input["KeyId"] !== undefined && find(input["KeyId"]) !== sealedBy)
      throw new AwsError("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");
    const key = usable(sealedBy.arn, "ENCRYPT_DECRYPT");
    const decipher = createDecipheriv("aes-256-gcm", key.material, blob.subarray(17, 17 + IV))
      .setAAD(bound(input["EncryptionContext"]))
      .setAuthTag(blob.subarray(17 + IV, HEAD));
    try {
      const plaintext = Buffer.concat([decipher.update(blob.subarray(HEAD)), decipher.final()]);
      return { Plaintext: plaintext.toString("base64"), KeyId: key.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    } catch {
      throw invalid();
    }
  };

  const mac = (input: Properties): { key: Key; algorithm: string; value: Buffer } => {
    const key = usable(input["KeyId"], "GENERATE_VERIFY_MAC");
    const { mac: algorithm, hash } = MAC_ALGORITHMS[key.spec] ?? { mac: "", hash: "" };
    if (input["MacAlgorithm"] !== algorithm)
      throw new AwsError(
        "InvalidKeyUsageException",
        `Algorithm ${String(input["MacAlgorithm"])} is incompatible with key spec ${key.spec}.`,
      );
    return {
      key,
      algorithm,
      value: createHmac(hash, key.material)
        .update(bytes(input, "Message", PLAINTEXT_LIMIT))
        .digest(),
    };
  };

  const privateKey = (key: Key) => createPrivateKey({ key: key.material, format: "der", type: "pkcs8" });
  const sign = (input: Properties): Properties => {
    const key = usable(input["KeyId"], "SIGN_VERIFY");
    // The pre-hashed form of the algorithm is another signature; nobody here asks for it.
    if (input["SigningAlgorithm"] !== "ED25519_SHA_512" || (input["MessageType"] ?? "RAW") !== "RAW")
      throw new AwsError("ValidationException", "The local stack's KMS signs with ED25519_SHA_512 and message type RAW only.");
    const signature = signWith(null, bytes(input, "Message", PLAINTEXT_LIMIT), privateKey(key));
    return { KeyId: key.arn, Signature: signature.toString("base64"), SigningAlgorithm: "ED25519_SHA_512" };
  };
  const showKey = (input: Properties): Properties => {
    const key = usable(input["KeyId"], "SIGN_VERIFY");
    const der = createPublicKey(privateKey(key)).export({ format: "der", type: "spki" });
    return {
      KeyId: key.arn,
      PublicKey: der.toString("base64"),
      KeySpec: key.spec,
      KeyUsage: key.usage,
      SigningAlgorithms: ["ED25519_SHA_512"],
    };
  };

  const actions: Readonly<Record<string, (input: Properties) => Properties>> = {
    Encrypt: encrypt,
    Decrypt: decrypt,
    Sign: sign,
    GetPublicKey: showKey,
    GenerateMac: (input) => {
      const { key, algorithm, value } = mac(input);
      return { Mac: value.toString("base64"), MacAlgorithm: algorithm, KeyId: key.arn };
    },
    VerifyMac: (input) => {
      const { key, algorithm, value } = mac(input);
      const given = bytes(input, "Mac", 6144);
      if (given.length !== value.length || !timingSafeEqual(given, value)) throw new AwsError("KMSInvalidMacException", "");
      return { MacValid: true, MacAlgorithm: algorithm, KeyId: key.arn };
    },
    DescribeKey: (input) => {
      const key = find(input["KeyId"]);
      return {
        KeyMetadata: {
          KeyId: key.id,
          Arn: key.arn,
          Enabled: true,
          KeyState: "Enabled",
          KeySpec: key.spec,
          KeyUsage: key.usage,
          KeyManager: "CUSTOMER",
          AWSAccountId: cloud.account,
        },
      };
    },
  };

  return {
    call: (action, input) => {
      const run = actions[action];
      if (run === undefined) throw new AwsError("UnknownOperationException", `The local stack's KMS does not know ${action}.`);
      return run(input);
    },
    flush: kept.flush,
  };
}
