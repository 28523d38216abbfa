import { DecryptCommand, EncryptCommand, GenerateMacCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { Indexer, Sealer } from "../core/ports.ts";

/** KMS encrypts at most 4,096 bytes at once; three are ours: encoding, index and count of the piece. */
const PIECE = 4_093;
const UTF8 = 0;
const UTF16 = 1;

/**
 * Sealing with KMS itself, without data keys: an SMS fits in one call, and so every read is an entry in CloudTrail that
 * names the record. The encryption context is `{clinic, record}`, rebuilt from the item's key, and nothing else.
 */
export function kmsSealer(client: KMSClient, keyId: string, clinic: string): Sealer {
  const context = (record: string): Record<string, string> => ({ clinic, record });
  return {
    async seal(record, text) {
      const pieces = cut(...encode(text));
      const sealed = await Promise.all(
        pieces.map(async (piece) => {
          const { CiphertextBlob } = await client.send(
            new EncryptCommand({ KeyId: keyId, Plaintext: piece, EncryptionContext: context(record) }),
          );
          if (!CiphertextBlob) throw new Error("KMS answered without a ciphertext");
          return CiphertextBlob;
        }),
      );
      return join(sealed);
    },

    async open(record, sealed) {
      const pieces = await Promise.all(
        split(sealed).map(async (piece) => {
          const { Plaintext } = await client.send(
            new DecryptCommand({ KeyId: keyId, CiphertextBlob: piece, EncryptionContext: context(record) }),
          );
          if (!Plaintext) throw new Error("KMS answered without a text");
          return Plaintext;
        }),
      );
      return decode(pieces);
    },
  };
}

/** Lookups by keyed MAC: who can read the table cannot try out numbers against it. */
export function kmsIndexer(client: KMSClient, keyId: string, generation: string): Indexer {
  return {
    generation,
    async mac(kind, value) {
      const { Mac } = await client.send(
        new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: "HMAC_SHA_256", Message: new TextEncoder().encode(`${kind}\n${value}`) }),
      );
      if (!Mac) throw new Error("KMS answered without a MAC");
      return Buffer.from(Mac).toString("hex");
    },
  };
}

/** The shorter of the two encodings; UTF-16 too for text that UTF-8 cannot hold (lone surrogates). */
function encode(text: string): [encoding: number, bytes: Uint8Array] {
  const utf8 = new TextEncoder().encode(text);
  if (text.isWellFormed() && utf8.length <= text.length * 2) return [UTF8, utf8];
  return [UTF16, new Uint8Array(Buffer.from(text, "utf16le"))];
}

function cut(encoding: number, bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / PIECE));
  if (count > 255) throw new Error("too long to seal");
  return Array.from({ length: count }, (_, index) => {
    const body = bytes.subarray(index * PIECE, (index + 1) * PIECE);
    return Uint8Array.of(encoding, index, count, ...body);
  });
}

function decode(pieces: readonly Uint8Array[]): string {
  const bytes: Uint8Array[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece[1] !== index || piece[2] !== pieces.length) throw new Error("a sealed text is not whole");
    bytes.push(piece.subarray(3));
  }
  const whole = Buffer.concat(bytes);
  return pieces[0]?.[0] === UTF16 ? whole.toString("utf16le") : whole.toString("utf8");
}

/** Ciphertexts one after another, each behind its length (4 bytes, big-endian). */
function join(sealed: readonly Uint8Array[]): Uint8Array {
  const parts = sealed.flatMap((piece) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    return [length, piece];
  });
  return new Uint8Array(Buffer.concat(parts));
}

function split(sealed: Uint8Array): Uint8Array[] {
  const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < all.length; ) {
    const length = all.readUInt32BE(at);
    pieces.push(all.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pieces;
}
