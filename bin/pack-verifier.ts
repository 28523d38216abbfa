/** `npm run verifier`: the verifier as one file, to publish beside each release. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { bundleVerifier } from "../lib/verifier.ts";

const [file = "dist/audit-verify.cjs"] = process.argv.slice(2);
bundleVerifier(file);
const bytes = readFileSync(file);
console.log(`${file}  ${bytes.length} bytes  sha256 ${createHash("sha256").update(bytes).digest("hex")}`);
