/** The two hashes of an RFC 6962 tree (section 2.1): a leaf's and a node's, told apart by their first byte. */
import { hash } from "node:crypto";

/** Bytes of a SHA-256. */
export const HASH_SIZE = 32;

/** A plain view of a digest: nobody downstream compares or prints a Buffer. */
const digest = (input: Uint8Array): Uint8Array => {
  const { buffer, byteOffset, length } = hash("sha256", input, "buffer");
  return new Uint8Array(buffer, byteOffset, length);
};

/** MTH of no leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = digest(new Uint8Array());

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return digest(input);
}

// One scratch for all: a node is hashed before the next is begun, and millions are.
const pair = new Uint8Array(1 + 2 * HASH_SIZE);
pair[0] = 1;

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_SIZE);
  return digest(pair);
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
