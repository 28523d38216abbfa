/** How an export comes to be: files are handed out one by one, and the manifest, which lists them, last. */
import { hex, sha256 } from "../digest.ts";
import { type NoteKey, noteOf, signatureLine } from "../tlog/note.ts";
import { MANIFEST, MANIFEST_NOTE } from "./layout.ts";
import { type BundleFile, MANIFEST_VERSION, type Manifest, manifestBytes, manifestText } from "./manifest.ts";

export type Put = (path: string, bytes: Uint8Array) => Promise<void>;

/** The key that says who made the export. */
export interface ExportKey {
  readonly key: NoteKey;
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

export interface Writing {
  add(path: string, content: Uint8Array | string, rows?: number): Promise<void>;
  /** @param key undefined: the export is not signed, and its verification says so */
  finish(rest: Omit<Manifest, "files" | "format" | "v">, key: ExportKey | undefined): Promise<Manifest>;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function writing(put: Put): Writing {
  const files: BundleFile[] = [];
  return {
    add: async (path, content, rows) => {
      const bytes = typeof content === "string" ? utf8(content) : content;
      files.push({ path, bytes: bytes.length, sha256: hex(sha256(bytes)), ...(rows === undefined ? {} : { rows }) });
      await put(path, bytes);
    },
    finish: async (rest, signer) => {
      files.sort((a, b) => (a.path < b.path ? -1 : 1));
      const manifest: Manifest = { ...MANIFEST_VERSION, ...rest, files };
      const bytes = manifestBytes(manifest);
      await put(MANIFEST, bytes);
      if (signer) {
        const text = manifestText(signer.key, bytes);
        await put(MANIFEST_NOTE, utf8(noteOf(text, signatureLine(signer.key, await signer.sign(utf8(text))))));
      }
      return manifest;
    },
  };
}
