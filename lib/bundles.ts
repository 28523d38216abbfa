import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, buildSync } from "esbuild";
import type { Clinic } from "../lambdas/core/clinic.ts";
import { bundleHooks, type HookFile } from "./clinic-hooks.ts";

const HANDLERS = fileURLToPath(new URL("../lambdas/handlers", import.meta.url));

/** What loads the clinic's hooks: a function that has it in its bundle runs the gate. */
const GATE = "lambdas/handlers/edge/gate.ts";

/** Some of the SDK's packages are CommonJS and ask for Node's own modules at run time. */
const REQUIRE = 'import{createRequire as __require}from"node:module";const require=__require(import.meta.url);';

/** How a handler is bundled, wherever that is done. */
export const BUNDLING = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node24",
  mainFields: ["module", "main"],
  banner: { js: REQUIRE },
  logLevel: "error",
} as const satisfies BuildOptions;

/**
 * Bundles every function in one esbuild run: `DIR/<function>/index.mjs` with the clinic's decisions beside it, and, wherever the
 * gate runs, the clinic's own hooks.
 * @returns minified size in bytes by function @throws where a function of the table has no handler
 */
export function bundle(
  functions: readonly string[],
  { clinic, hooks }: { readonly clinic: Clinic; readonly hooks: readonly HookFile[] },
  dir: string,
  handlers = HANDLERS,
): Record<string, number> {
  for (const name of functions) {
    if (!existsSync(join(handlers, `${name}.ts`)))
      throw new Error(`lambdas/handlers/${name}.ts is missing, but the stack has a function ${name}`);
  }
  const { metafile } = buildSync({
    ...BUNDLING,
    entryPoints: Object.fromEntries(functions.map((name) => [`${name}/index`, join(handlers, `${name}.ts`)])),
    outdir: dir,
    outExtension: { ".js": ".mjs" },
    metafile: true,
  });
  const decisions = JSON.stringify(clinic);
  for (const name of functions) writeFileSync(join(dir, name, "clinic.json"), decisions);
  const own = bundleHooks(hooks);
  for (const [path, { inputs }] of Object.entries(metafile.outputs))
    if (Object.keys(inputs).some((each) => each.endsWith(GATE)))
      writeFileSync(join(dir, path.split("/").at(-2) ?? "", "clinic-hooks.mjs"), own);
  const sizes = Object.entries(metafile.outputs).map(([path, output]) => [path.split("/").at(-2) ?? path, output.bytes] as const);
  return Object.fromEntries(sizes);
}
