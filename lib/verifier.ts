import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What the one file says on a Node that is too old, instead of an error that nobody understands. */
const OLDEST = [20, 12] as const;
const CHECK = `{const[a,b]=process.versions.node.split(".").map(Number);if(a<${OLDEST[0]}||(a===${OLDEST[0]}&&b<${OLDEST[1]})){console.error("audit-verify needs Node ${OLDEST.join(".")} or newer; this is "+process.versions.node);process.exit(64)}}`;

/** Writes the verifier as one file that needs nothing but Node: readable, so that an auditor may read what is run. */
export function bundleVerifier(file: string): void {
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ["bin/audit-verify.ts"],
    outfile: resolve(file),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.12",
    define: { "import.meta.filename": "__filename" },
    banner: { js: CHECK },
    legalComments: "eof",
    logLevel: "error",
  });
}
