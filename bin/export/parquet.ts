import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { derivedFolder, type ExportFiles, exportFiles, hashesOf, readSources, writeSources } from "./files.ts";
import { run, startEngine } from "./open.ts";
import { fromLines, quoted } from "./tables.ts";

export interface Derived {
  readonly events: number;
  readonly folder: string;
}

/**
 * Writes Parquet files beside an export: the same events, flattened, with `_leaf`, the hash each has in the log. They are for
 * speed and prove nothing; the export itself is not touched. What was there before is replaced, all or nothing.
 * @throws Error of a sentence or two
 */
export async function writeParquet(dir: string): Promise<Derived> {
  const files = exportFiles(dir);
  const folder = derivedFolder(files);
  const fresh = `${folder}.new`;
  if (existsSync(folder) && !readSources(folder))
    throw new Error(`${folder} is there already and was not written by this command: move it away.`);
  const engine = await startEngine();
  const connection = await engine.connect();
  try {
    rmSync(fresh, { recursive: true, force: true });
    // The hashes first: what changes while we read makes the derived files stale, never wrongly fresh.
    const hashes = await hashesOf(files);
    let events = 0;
    const parts = byDay(files);
    for (const [part, names] of parts) {
      const target = join(fresh, part);
      mkdirSync(dirname(target), { recursive: true });
      const from = fromLines(names.map((name) => join(files.dir, name)));
      await run(connection, `CREATE OR REPLACE TABLE flat AS ${from}`, files);
      const counted = await connection.runAndReadAll("SELECT count(*) FROM flat");
      events += Number(counted.getRows()[0]?.[0] ?? 0);
      await connection.run(`COPY flat TO ${quoted(target)} (FORMAT parquet, COMPRESSION zstd)`);
    }
    writeSources(fresh, { events: hashes, parquet: [...parts.keys()] });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return { events, folder };
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
    const part = `${folder}part-0.parquet`;
    parts.set(part, [...(parts.get(part) ?? []), name]);
  }
  return parts;
}
