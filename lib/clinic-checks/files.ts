import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packBytes } from "../packs.ts";
import type { Finding } from "./read.ts";

/** The files that are read, beside wordings/*.md and hooks/*.ts. */
export const NAMES = ["clinic.yaml", "care-teams.yaml", "purposes.yaml", "scenarios.yaml", "replies.yaml"] as const;
export const APPROVAL = "approval.yaml";
export const WORDING = /^wordings\/[^/]+\.md$/;

/**
 * Every file of the directory, by its path with forward slashes, in order of code units. What begins with a dot (a
 * repository's own files) and node_modules are no decisions.
 */
export function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isFile(join(entry.parentPath, entry.name))))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".") || part === "node_modules"))
    .sort();
}

/** A link counts as the file that it leads to: what is read is what is hashed. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * One hash over all that the clinic decides: SHA-256 (hex) over name, length and bytes of every file but approval.yaml,
 * which names it, and of the packs that clinic.yaml names.
 */
export function hashOf(dir: string, files: readonly string[], packs: readonly string[]): string {
  const hash = createHash("sha256");
  const add = (name: string, bytes: Buffer): void => void hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  for (const file of files) if (file !== APPROVAL) add(file, readFileSync(join(dir, file)));
  for (const pack of packs) add(`@packs/${pack}.yaml`, packBytes(pack));
  return hash.digest("hex");
}

/** Files that look like decisions and that nothing reads: a misspelt name must not pass for a decision taken. */
export function unread(files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const isRead = file.startsWith("wordings/")
      ? WORDING.test(file)
      : !/\.ya?ml$/i.test(file) || ([...NAMES, APPROVAL] as readonly string[]).includes(file);
    return isRead ? [] : [{ file, line: 1, says: "nothing reads this file; correct its name, or remove it" }];
  });
}

/** A file's text. Bytes that are no UTF-8 are told: an accent saved by an old editor would reach patients as a question mark. */
export function textOf(dir: string, file: string, findings: Finding[]): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(dir, file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const says = missing
      ? "the file is missing; copy it from the clinic/ directory that ships with the gateway"
      : `the file cannot be read (${(error as NodeJS.ErrnoException).code}); make it an ordinary file that you may read`;
    findings.push({ file, line: 1, says });
    return "";
  }
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") findings.push({ file, line: 1, says: "the file is empty; start from the one that ships with the gateway" });
  if (!Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes))
    findings.push({
      file,
      line: text.slice(0, Math.max(0, text.indexOf("\uFFFD"))).split("\n").length,
      says: "holds a character that is no UTF-8, as old editors write accents; save the file as UTF-8",
    });
  return text;
}
