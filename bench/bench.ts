/**
 * `npm run bench`: how fast, how large, how dear. Prints figures beside their goals; ratios are made within one run, because machines
 * differ. Nothing fails here: a figure that misses its goal says so. `-- --json FILE` also writes them down.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesise } from "../lib/synth.ts";
import { coldStarts } from "./cold-start.ts";
import { cost } from "./cost.ts";
import { ownCode, reading, sequencing } from "./own-code.ts";
import { type Figure, print } from "./report.ts";
import { rounds, throughput } from "./running.ts";

const folder = mkdtempSync(join(tmpdir(), "clinic-sms-bench-"));
const say = (what: string): void => {
  process.stderr.write(`… ${what}\n`);
};

try {
  say("synthesising");
  const { sizes } = synthesise({ outdir: folder, context: { partsPerSecond: 50 } });
  const figures: Figure[] = Object.entries(sizes).map(([name, bytes]) => ({
    part: "bundle, minified with its SDK clients",
    name,
    value: bytes / 1000,
    unit: "kB",
    goal: 900,
  }));
  say("our own code, with the SDK answered from memory");
  figures.push(...(await ownCode()));
  say("reading texts");
  figures.push(...(await reading()));
  say("sequencing a million events");
  figures.push(...(await sequencing()));
  say("cold starts");
  figures.push(...(await coldStarts(folder)));
  say("rounds of AWS calls, in waves mode");
  figures.push(...(await rounds(folder)));
  say("texts a second, and memory");
  figures.push(...(await throughput(folder)));
  figures.push(...cost(folder));
  print(figures);
  const at = process.argv.indexOf("--json");
  const file = process.argv[at + 1];
  if (at > 0 && file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
