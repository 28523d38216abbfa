/**
 * The manifest of an export: what was asked for, and every file of it by size and hash. Canonical JSON, signed as a note by
 * the export key; that signature says who made the export, the log's own signatures say that its content is true to the log.
 */
import * as z from "zod";
import { canonical } from "../audit.ts";
import { sha256 } from "../digest.ts";
import { base64, type Note, type NoteKey, signedBy } from "../tlog/note.ts";

/** Why something is not a manifest; one sentence. */
export class MalformedManifest extends Error {}
/** A manifest of a later form than is known here. */
export class UnknownManifest extends Error {}

const size = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const time = z.iso.datetime({ precision: 3 });

/** Names that every file system takes as they are, in folders below the export. */
const path = z.string().regex(/^(?:[A-Za-z0-9][A-Za-z0-9=._-]{0,99}\/){0,4}[A-Za-z0-9][A-Za-z0-9=._-]{0,99}$/);

const shape = z.strictObject({
  format: z.literal("clinic-sms/audit-export"),
  v: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** When, by the clock of whoever made it. */
  made: time,
  /** Who asked for it, in the words of whoever made it. */
  recipient: z.string().min(1).max(200).optional(),
  log: z.strictObject({ origin: z.string().min(1).max(200), size, root: z.string().length(44) }),
  scope: z.discriminatedUnion("kind", [
    /** Every leaf of [first, end), and with them every event of [from, to) that had been logged. */
    z.strictObject({ kind: z.literal("period"), from: time, to: time, first: size, end: size }),
    /** Every event of these chains that the log held. `patient`: the chains are those with an event about that patient. */
    z.strictObject({
      kind: z.literal("chains"),
      patient: z.string().max(100).optional(),
      chains: z.array(z.string().max(200)).max(100_000),
    }),
  ]),
  files: z.array(z.strictObject({ path, bytes: size, sha256: z.string().regex(/^[0-9a-f]{64}$/), rows: size.optional() })).max(1_000_000),
});
export const MANIFEST_VERSION = { format: "clinic-sms/audit-export", v: 1 } as const;
export type Manifest = z.infer<typeof shape>;
export type BundleFile = Manifest["files"][number];

export const manifestBytes = (manifest: Manifest): Uint8Array => canonical(manifest);

/** @throws MalformedManifest | UnknownManifest */
export function parseManifest(bytes: Uint8Array): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new MalformedManifest("the manifest is not JSON");
  }
  const { format, v } = (value ?? {}) as { format?: unknown; v?: unknown };
  if (format === "clinic-sms/audit-export" && typeof v === "number" && v > 1)
    throw new UnknownManifest(`the manifest has version ${v}, and this verifier knows 1`);
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new MalformedManifest(`the manifest's ${issue?.path.join(".") || "content"} is not as it must be`);
  }
  const manifest = parsed.data;
  if (!Buffer.from(manifestBytes(manifest)).equals(bytes)) throw new MalformedManifest("the manifest is not in canonical form");
  const names = manifest.files.map((file) => file.path.toLowerCase());
  if (new Set(names).size !== names.length) throw new MalformedManifest("the manifest lists a file twice");
  const { scope } = manifest;
  if (scope.kind === "period" && !(scope.first <= scope.end && scope.end <= manifest.log.size && scope.from < scope.to))
    throw new MalformedManifest("the manifest's interval is none of its log");
  return manifest;
}

/** Names of keys that sign exports, told apart from a log's: a note names its key in its first line. */
const EXPORT_KEY = /^export\./;

/** The text that the export key signs. */
export const manifestText = (key: Pick<NoteKey, "name">, bytes: Uint8Array): string => `${key.name}\nmanifest ${base64(sha256(bytes))}\n`;

/**
 * The export key that signed this manifest, out of those that are trusted; undefined where none of them did.
 * @throws MalformedNote where a trusted key's signature does not hold
 * @throws MalformedManifest where a trusted key signed another manifest
 */
export function manifestSigner(note: Note, bytes: Uint8Array, keys: readonly NoteKey[]): NoteKey | undefined {
  const [signed] = signedBy(
    note,
    keys.filter(({ name }) => EXPORT_KEY.test(name)),
  );
  if (!signed) return undefined;
  if (note.text !== manifestText(signed.key, bytes)) throw new MalformedManifest("the signature belongs to another manifest");
  return signed.key;
}
