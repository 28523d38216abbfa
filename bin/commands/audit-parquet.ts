import { writeParquet } from "../export/parquet.ts";

/** Writes Parquet files beside an export, for speed. @throws Error of a sentence or two */
export async function auditParquet(dir: string): Promise<void> {
  const { events, folder } = await writeParquet(dir);
  process.stdout.write(`${events} events as Parquet in ${folder}: for speed only. The export was not touched; it stays the evidence.\n`);
}
