import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync, type Message, transformSync } from "esbuild";
import type { Finding } from "./clinic.ts";

/** A clinic's own rule of the gate: one file of `clinic/hooks/` (docs/hooks.md). */
export interface HookFile {
  /** Without `.ts`; in decision records after `clinic:`. */
  readonly name: string;
  readonly path: string;
}

const HOOK_NAME = /^[a-z][a-z0-9-]{1,39}$/;

/** The hooks of a clinic's directory, in the order in which they run. */
export function hooksOf(dir: string): HookFile[] {
  const folder = join(dir, "hooks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => ({ name: file.slice(0, -".ts".length), path: resolve(folder, file) }));
}

/** What a rule may not reach for: a decision follows from the facts alone, and the same facts give the same decision. */
const IMPURE: readonly [RegExp, string][] = [
  [
    /(?<![.\w$])(?:fetch|process|globalThis|global|eval|Function|require|import|setTimeout|setInterval|setImmediate|queueMicrotask|WebSocket|crypto|performance|console)\b(?!\s*:)/g,
    "a hook looks at its facts and at nothing else; take this out",
  ],
  [/\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\w\s]*\())|(?<![.\w$]|new )Date\s*\(/g, "the time is facts.now; take this out"],
  [/\bMath\s*\.\s*random\b/g, "a hook decides the same twice; take this out"],
];

/** What is wrong with a hook's file, each with its line: it does not compile, imports something, reaches outside, or exports no hook. */
export function hookFindings({ name, path }: HookFile): Finding[] {
  const file = `hooks/${name}.ts`;
  if (!HOOK_NAME.test(name))
    return [{ file, line: 1, says: "name the file with lower-case letters, digits and dashes, 2 to 40 characters" }];
  const source = readFileSync(path, "utf8");
  const told = (line: number, says: string): Finding => ({ file, line, says });
  let plain: string;
  try {
    plain = transformSync(source, {
      loader: "ts",
      format: "esm",
      minifyWhitespace: true,
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    }).code;
  } catch (error) {
    return ((error as { errors?: Message[] }).errors ?? []).map(({ location, text }) =>
      told(location?.line ?? 1, `not valid TypeScript: ${text}`),
    );
  }
  // Types are gone from `plain`, and so is `import type`: whatever import is left would bring a value.
  const { metafile } = buildSync({
    stdin: { contents: plain, loader: "js", sourcefile: "hook.js" },
    bundle: true,
    external: ["*"],
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const lines = source.split("\n");
  const lineOf = (what: string): number =>
    1 +
    Math.max(
      0,
      lines.findIndex((line) => line.includes(what) && !/^\s*import\s+type\b/.test(line)),
    );
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map((each) => each.path));
  const findings = imports.map((each) => told(lineOf(each), `imports ${each}; a hook is pure: import types only, with "import type"`));
  const words = withoutTexts(plain).replace(/\bimport\b[^;]*;/g, (statement) => (statement.includes("(") ? statement : ""));
  for (const [pattern, says] of IMPURE)
    for (const [what] of words.matchAll(pattern)) findings.push(told(lineOf(what.trim()), `${what.trim()}: ${says}`));
  if (!Object.values(metafile.outputs).some((output) => output.exports.includes("default")))
    findings.push(told(1, "exports no hook; write: export default { judge(facts) { ... } } satisfies ClinicHook"));
  return findings;
}

/** The program without what stands in quotes, where any word may be. */
const withoutTexts = (code: string): string => code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');

/** All hooks as one module: `export default [{ file, hook }]`, in order. */
export function bundleHooks(hooks: readonly HookFile[]): string {
  const lines = hooks.map(({ path }, index) => `import hook${index} from ${JSON.stringify(path)};`);
  const list = hooks.map(({ name }, index) => `{ file: ${JSON.stringify(name)}, hook: hook${index} }`);
  const { outputFiles } = buildSync({
    stdin: { contents: `${lines.join("\n")}\nexport default [${list.join(", ")}];\n`, resolveDir: process.cwd(), loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
