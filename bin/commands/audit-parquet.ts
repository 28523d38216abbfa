import { writeParquet } from "../export/parquet.ts";

/** Writes Parquet files beside an export's events, for speed. @throws Error of a sentence or two */
export async function auditParquet(dir: string): Promise<void> {
  const { events, files } = await writeParquet(dir);
  process.stdout.write(
    `${events} events in ${files} Parquet ${files === 1 ? "file" : "files"} under parquet/. They are for speed; the evidence stays in events/.\n`,
  );
}
