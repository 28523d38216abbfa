/** What every step of a verification has before it. */
import { MalformedHashes } from "../../lambdas/core/bundle/hash-lines.ts";
import { MalformedHeads } from "../../lambdas/core/bundle/heads.ts";
import { CutOff } from "../../lambdas/core/bundle/lines.ts";
import type { Manifest } from "../../lambdas/core/bundle/manifest.ts";
import { MalformedNote } from "../../lambdas/core/tlog/note.ts";
import type { Policy } from "../../lambdas/core/tlog/policy.ts";
import { FileFault, type Folder } from "./files.ts";
import { GzipFault } from "./gzip.ts";
import type { SegmentReader } from "./reader.ts";
import type { Report, Step } from "./report.ts";

/** A checkpoint that whoever checks had kept. */
export interface Kept {
  readonly name: string;
  readonly note: string;
}

export interface Asked {
  /** Came to whoever checks by another way than the export. */
  readonly policy: Policy;
  readonly since: readonly Kept[];
  /** Witnesses that must have looked, whatever the policy says. */
  readonly requireWitness: number;
  /** The clock of whoever checks, ms. */
  readonly now: number;
  readonly reader: SegmentReader;
  readonly progress: (done: number, all: number) => void;
}

export interface Case extends Asked {
  readonly folder: Folder;
  readonly manifest: Manifest;
  readonly report: Report;
}

const FAULTS = [FileFault, GzipFault, MalformedNote, MalformedHashes, MalformedHeads, CutOff, RangeError];

/** Does a step; what is wrong with its file becomes a finding that names the file. undefined: it could not be done. */
export function attempt<T>(report: Report, step: Step, path: string, use: () => T, index?: number): T | undefined {
  try {
    return use();
  } catch (error) {
    if (!FAULTS.some((fault) => error instanceof fault)) throw error;
    report.find("contradiction", step, `${path}: ${(error as Error).message}`, index);
    return undefined;
  }
}

/** A file that the manifest lists, as text; undefined where it is not listed or not there. */
export function textOf({ folder, manifest, report }: Case, step: Step, path: string): string | undefined {
  if (!manifest.files.some((file) => file.path === path)) return undefined;
  const bytes = attempt(report, step, path, () => folder.read(path));
  return bytes && Buffer.from(bytes).toString("utf8");
}
