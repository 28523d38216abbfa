import { createHash } from "node:crypto";

/** SHA-256 of the parts, one after another. */
export function sha256(...parts: (string | Uint8Array)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
