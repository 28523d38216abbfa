import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { leafHash } from "../../../lambdas/core/tlog/hashes.ts";
import { type COSIGNATURE, cosignedBytes, ED25519, type NoteKey, noteKey, signatureLine } from "../../../lambdas/core/tlog/note.ts";
import { Edge, type FullTile, type ReadTile, type Tile, tilePath } from "../../../lambdas/core/tlog/tiles.ts";

/** MTH as RFC 6962 section 2.1 writes it down: slow, and nobody's code but the standard's. */
export function mth(entries: readonly Uint8Array[]): Uint8Array {
  const sha = (...parts: Uint8Array[]): Uint8Array =>
    new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest());
  const [only] = entries;
  if (!only) return sha();
  if (entries.length === 1) return sha(Uint8Array.of(0), only);
  let k = 1;
  while (2 * k < entries.length) k *= 2;
  return sha(Uint8Array.of(1), mth(entries.slice(0, k)), mth(entries.slice(k)));
}

export const entry = (n: number): Uint8Array => new TextEncoder().encode(`event ${n}`);
export const entries = (many: number): Uint8Array[] => Array.from({ length: many }, (_, n) => entry(n));

/** A log in memory, grown leaf by leaf. */
export class Grown {
  readonly edge = new Edge();
  readonly full = new Map<string, Uint8Array>();

  constructor(many: number) {
    for (let n = 0; n < many; n++) this.append(leafHash(entry(n)));
  }

  append(leaf: Uint8Array): void {
    for (const tile of this.edge.append(leaf)) this.full.set(tilePath(tile), (tile as FullTile).bytes);
  }

  readonly read: ReadTile = (tile: Tile) => this.full.get(tilePath(tile)) ?? this.edge.levels[tile.level];
}

export interface Signer {
  readonly key: NoteKey;
  line(text: string, time?: number): string;
}

/** A log's key, or a witness's, of this run. */
export function signer(name: string, kind: typeof ED25519 | typeof COSIGNATURE = ED25519): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = noteKey(name, kind, rawOf(publicKey));
  return {
    key,
    line: (text, time) =>
      signatureLine(
        key,
        new Uint8Array(sign(null, time === undefined ? new TextEncoder().encode(text) : cosignedBytes(text, time), privateKey)),
        time,
      ),
  };
}

const rawOf = (key: KeyObject): Uint8Array => new Uint8Array(Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url"));
