import { GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import type { LogSigner } from "../core/sequence/ports.ts";

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** The public half of a KMS key (32 bytes), asked for once. */
export function kmsPublicKey(client: KMSClient, keyId: string): () => Promise<Uint8Array> {
  let known: Promise<Uint8Array> | undefined;
  const ask = async (): Promise<Uint8Array> => {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    const der = Buffer.from(PublicKey ?? []);
    if (der.length !== SPKI.length + 32 || !der.subarray(0, SPKI.length).equals(SPKI)) throw new Error("the signing key is no Ed25519 key");
    return new Uint8Array(der.subarray(SPKI.length));
  };
  return () => {
    // An answer is kept, a failure is not.
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** Ed25519 of the message itself (RFC 8032), which notes want: not the pre-hashed form, which KMS offers too. */
export function kmsSigner(client: KMSClient, keyId: string): LogSigner {
  return {
    key: kmsPublicKey(client, keyId),
    async sign(bytes) {
      const { Signature } = await client.send(
        new SignCommand({ KeyId: keyId, Message: bytes, MessageType: "RAW", SigningAlgorithm: "ED25519_SHA_512" }),
      );
      if (!Signature) throw new Error("KMS answered without a signature");
      return Signature;
    },
  };
}
