import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { synthesise } from "../../lib/synth.ts";

declare module "vitest" {
  interface ProvidedContext {
    cdkOut: string;
  }
}

/** Synthesises once for all flow tests: they run the very template and bundles that would be deployed. */
export default function setup(project: TestProject): () => void {
  const outdir = mkdtempSync(join(tmpdir(), "clinic-sms-test-"));
  synthesise({ outdir, context: { partsPerSecond: 50 } });
  project.provide("cdkOut", outdir);
  return () => rmSync(outdir, { recursive: true, force: true });
}
