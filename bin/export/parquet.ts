import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ExportFiles, exportFiles, hashesOf, PARQUET, sourcesPath } from "./files.ts";
import { run, startEngine } from "./open.ts";
import { fromLines, list } from "./tables.ts";

export interface Derived {
  readonly events: number;
  readonly files: number;
}

/**
 * Writes Parquet files beside an export's events: the same events, flattened, with `_leaf`, the hash each has in the log. They are
 * for speed and prove nothing; the NDJSON is the evidence. What was there before is replaced, all or nothing.
 * @throws Error of a sentence or two
 */
export async function writeParquet(dir: string): Promise<Derived> {
  const files = exportFiles(dir);
  const fresh = join(files.dir, `${PARQUET}.new`);
  const engine = await startEngine();
  const connection = await engine.connect();
  try {
    rmSync(fresh, { recursive: true, force: true });
    // The hashes first: what changes while we read makes the derived files stale, never wrongly fresh.
    const hashes = await hashesOf(files);
    let events = 0;
    const parts = byDay(files);
    for (const [part, names] of parts) {
      const target = join(files.dir, part.replace(PARQUET, `${PARQUET}.new`));
      mkdirSync(dirname(target), { recursive: true });
      const from = fromLines(names.map((name) => join(files.dir, name)));
      await run(connection, `CREATE OR REPLACE TABLE flat AS ${from}`, files);
      const counted = await connection.runAndReadAll("SELECT count(*) FROM flat");
      events += Number(counted.getRows()[0]?.[0] ?? 0);
      await connection.run(`COPY flat TO ${list([target]).slice(1, -1)} (FORMAT parquet, COMPRESSION zstd)`);
    }
    writeFileSync(join(fresh, "sources.json"), `${JSON.stringify({ events: hashes, parquet: [...parts.keys()] }, undefined, 1)}\n`);
    rmSync(dirname(sourcesPath(files.dir)), { recursive: true, force: true });
    renameSync(fresh, join(files.dir, PARQUET));
    return { events, files: parts.size };
  } finally {
    connection.closeSync();
    engine.closeSync();
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** One Parquet file for each day's folder of events; one for those that stand in none. */
function byDay({ events }: ExportFiles): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  for (const name of events) {
    const folder = name.startsWith("events/dt=") ? `${name.split("/")[1]}/` : "";
    const part = `${PARQUET}/${folder}part-0.parquet`;
    parts.set(part, [...(parts.get(part) ?? []), name]);
  }
  return parts;
}
