import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A new folder with these files, gone when the test is over. */
export function folderOf(files: Iterable<readonly [string, Uint8Array | string]> = []): string {
  const dir = mkdtempSync(join(tmpdir(), "clinic-sms-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
  return dir;
}
