import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { clinicSchema } from "../../lambdas/core/clinic.ts";
import { FUNCTIONS } from "../../lib/access.ts";
import { bundle } from "../../lib/bundles.ts";
import { loadClinic } from "../../lib/clinic.ts";

const clinic = loadClinic(fileURLToPath(new URL("../../clinic", import.meta.url)));
const root = mkdtempSync(join(tmpdir(), "clinic-sms-bundles-"));
afterAll(() => rm(root, { recursive: true, force: true }));

/** Where the gate runs, and the clinic's own hooks with it. */
const GATED = ["accept-message", "reply", "send-text", "claim-conversation", "confirm-consent"];

/**
 * The function that reads what arrives carries the word lists and weights of two readers beside its code: it may be larger than the
 * 900 kB that all others are held to. docs/performance.md has the figures.
 */
const READERS = ["receive-text"];
const limitOf = (name: string): number => (READERS.includes(name) ? 1_060_000 : 900_000);

const sizes = bundle(FUNCTIONS, { clinic, hooks: [] }, join(root, "once"));
const bytes = (run: string, name: string, file: string): Buffer => readFileSync(join(root, run, name, file));

describe.each(FUNCTIONS)("%s", (name) => {
  test("is one file within its limit, beside the clinic's decisions", () => {
    const own = GATED.includes(name) ? ["clinic-hooks.mjs"] : [];
    expect(readdirSync(join(root, "once", name)).sort()).toEqual([...own, "clinic.json", "index.mjs"]);
    const { length } = bytes("once", name, "index.mjs");
    expect(sizes[name]).toBe(length);
    expect(length).toBeLessThanOrEqual(limitOf(name));
    expect(clinicSchema.parse(JSON.parse(bytes("once", name, "clinic.json").toString()))).toEqual(clinic);
  });

  test("exports handler, and nothing else", () => {
    const { metafile } = buildSync({
      entryPoints: [join(root, "once", name, "index.mjs")],
      outdir: join(root, "parsed"),
      format: "esm",
      write: false,
      metafile: true,
    });
    expect(Object.values(metafile.outputs).map((output) => output.exports)).toEqual([["handler"]]);
  });

  test("carries no source map and no path of this machine", () => {
    const text = bytes("once", name, "index.mjs").toString();
    expect(text).not.toContain("sourceMappingURL");
    expect(text).not.toContain(process.cwd());
  });
});

test("the same sources give the same bytes: a deploy changes only what was changed", () => {
  bundle(FUNCTIONS, { clinic, hooks: [] }, join(root, "twice"));
  const digest = (run: string): string[] =>
    FUNCTIONS.flatMap((name) =>
      ["index.mjs", "clinic.json"].map(
        (file) =>
          `${name}/${file} ${createHash("sha256")
            .update(bytes(run, name, file))
            .digest("hex")}`,
      ),
    );
  expect(digest("twice")).toEqual(digest("once"));
});

test("a function without a handler is told before anything is written", () => {
  const dir = join(root, "missing");
  expect(() => bundle(["send-text", "send-fax"], { clinic, hooks: [] }, dir)).toThrow(
    "lambdas/handlers/send-fax.ts is missing, but the stack has a function send-fax",
  );
  expect(() => readdirSync(dir)).toThrow("ENOENT");
});

test("a handler that does not compile stops the synthesis", () => {
  const handlers = mkdtempSync(join(root, "handlers-"));
  writeFileSync(join(handlers, "broken.ts"), 'import { nothing } from "./nowhere.ts";\nexport const handler = nothing;\n');
  expect(() => bundle(["broken"], { clinic, hooks: [] }, join(root, "broken"), handlers)).toThrow("Could not resolve");
});
