import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { ClinicError, type Finding, loadClinic } from "../../../lib/clinic.ts";

export const SHIPPED = fileURLToPath(new URL("../../../clinic", import.meta.url));
const copies: string[] = [];

afterEach(() => {
  for (const dir of copies.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A copy of the shipped decisions outside the repository, gone when the test is done. */
export function copy(): string {
  const dir = mkdtempSync(join(tmpdir(), "clinic-"));
  copies.push(dir);
  cpSync(SHIPPED, dir, { recursive: true });
  return dir;
}

/** Replaces `from` once in a file, which must hold it. @returns the line on which it stood */
export function change(dir: string, file: string, from: string | RegExp, to: string): number {
  const path = join(dir, file);
  const before = readFileSync(path, "utf8");
  const at = typeof from === "string" ? before.indexOf(from) : before.search(from);
  expect(at, `${file} holds ${from}`).toBeGreaterThanOrEqual(0);
  writeFileSync(path, before.replace(from, to));
  return before.slice(0, at).split("\n").length;
}

/** What is found wrong with a directory. */
export function findingsOf(dir: string): readonly Finding[] {
  try {
    loadClinic(dir);
  } catch (error) {
    if (error instanceof ClinicError) return error.findings;
    throw error;
  }
  return [];
}

/** What is found after one change of a copy of the shipped decisions, and the line on which it was made. */
export function broken(file: string, from: string | RegExp, to: string): { findings: readonly Finding[]; line: number } {
  const dir = copy();
  const line = change(dir, file, from, to);
  return { findings: findingsOf(dir), line };
}

type Case = [name: string, file: string, from: string | RegExp, to: string, says: string | RegExp, further?: number];

/** Tests of one change each: it makes one finding, in these words; the last figure is how many lines that stands from the change. */
export const alone = (cases: readonly Case[]): void =>
  test.each(cases as Case[])("%s", (_, file, from, to, says, further = 0) => {
    const { findings, line } = broken(file, from, to);
    expect(findings).toEqual([{ file, line: line + further, says: typeof says === "string" ? says : expect.stringMatching(says) }]);
  });
