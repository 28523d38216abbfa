import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { checkpointText } from "../../lambdas/core/tlog/checkpoint.ts";
import { leafHash } from "../../lambdas/core/tlog/hashes.ts";
import { base64, noteOf, vkey } from "../../lambdas/core/tlog/note.ts";
import { consistencyProof, inclusionProof } from "../../lambdas/core/tlog/proofs.ts";
import { readSubtrees, tilePath, tilesOf } from "../../lambdas/core/tlog/tiles.ts";
import { entry, Grown, signer } from "../core/tlog/support.ts";

const program = fileURLToPath(new URL("./go-tlog/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "go-tlog-"));
const binary = join(work, "check");
/** Go, and the module that Go's checksum database is made of: where either is missing the test lists itself as not run. */
const built = spawnSync("go", ["build", "-o", binary, "."], { cwd: program, stdio: "ignore" }).status === 0;
const log = signer("audit.example.org/2026");
const SIZES = [1, 2, 255, 256, 257, 3000];

afterAll(() => rmSync(work, { recursive: true }));

function write(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(work, "log", path)), { recursive: true });
  writeFileSync(join(work, "log", path), bytes);
}

test.skipIf(!built)("Go's checksum database accepts our checkpoints, tiles, inclusion and consistency proofs", async () => {
  const grown = new Grown(0);
  const inclusion = [];
  const consistency = [];
  const last = SIZES.at(-1) ?? 0;
  for (let n = 0; n < last; n++) {
    grown.append(leafHash(entry(n)));
    const size = n + 1;
    if (!SIZES.includes(size)) continue;
    for (const tile of tilesOf(size)) write(tilePath(tile), (await grown.read(tile)) ?? "");
    const text = checkpointText({ origin: log.key.name, size, root: grown.edge.root() });
    write(`ckpt/${size}.note`, noteOf(text, log.line(text)));
  }
  const read = readSubtrees(last, grown.read);
  for (const size of SIZES)
    for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
      const proof = await inclusionProof(index, size, read);
      inclusion.push({ index, size, leaf: base64(leafHash(entry(index))), proof: proof.map(base64) });
    }
  for (const [at, first] of SIZES.entries())
    for (const second of SIZES.slice(at + 1))
      consistency.push({ first, second, proof: (await consistencyProof(first, second, read)).map(base64) });
  const check = (): string => execFileSync(binary, [join(work, "log"), vkey(log.key)], { encoding: "utf8", stdio: "pipe" });
  write("proofs.json", JSON.stringify({ inclusion, consistency }));
  expect(check()).toContain(
    `${SIZES.length} checkpoints, ${inclusion.length} inclusion and ${consistency.length} consistency proofs accepted`,
  );

  const wrong = consistency.map((each, at) => (at === 3 ? { ...each, proof: each.proof.toReversed() } : each));
  write("proofs.json", JSON.stringify({ inclusion, consistency: wrong }));
  expect(check).toThrow();
});
