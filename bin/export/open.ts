/**
 * An export of the audit trail, opened for questions on this machine with DuckDB (in this process; no server, no network). The
 * engine may read the export's own files and nothing else, writes nothing, loads no extension, and runs one SELECT at a time.
 */
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Clinic } from "../../lambdas/core/clinic.ts";
import type { Answer, Value } from "../../lib/questions.ts";
import { derivedFiles, type ExportFiles, exportFiles } from "./files.ts";
import { clinicTables, fromLines, fromParquet, list, tables } from "./tables.ts";

export interface Opened {
  /** Which files are read: the evidence, or what was derived from it. */
  readonly kind: Kind;
  /** Why the derived files are not read although there are some. */
  readonly stale: boolean;
  /** @throws Error with what the engine says */
  ask(sql: string, values?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
}

export type Kind = "ndjson" | "parquet";

/** Dates and hours of an export are told by the clinic's own. */
export type Calendar = Pick<Clinic, "timeZone" | "hours" | "textingHours" | "holidays">;

/**
 * Opens an export. The derived files are read where they were made of exactly these events, unless `only` says which to read.
 * @throws Error of a sentence or two
 */
export async function openExport(dir: string, calendar: Calendar, only?: Kind): Promise<Opened> {
  const files = exportFiles(dir);
  const derived = only === "ndjson" ? { missing: "none" as const } : await derivedFiles(files);
  if ("missing" in derived && only === "parquet")
    throw new Error(
      derived.missing === "stale"
        ? "The Parquet files were made of other events than the export holds now: write them again with `clinic-sms audit parquet DIR`."
        : "The export has no Parquet files: write them with `clinic-sms audit parquet DIR`.",
    );
  const kind = "missing" in derived ? "ndjson" : "parquet";
  const paths = "missing" in derived ? files.events.map((name) => join(files.dir, name)) : derived.parquet;
  const engine = await startEngine();
  const connection = await engine.connect();
  const close = (): void => {
    connection.closeSync();
    engine.closeSync();
  };
  try {
    // Lines are parsed once, whatever a question asks; Parquet is read as far as a question needs it.
    await run(
      connection,
      kind === "ndjson" ? `CREATE TABLE flat AS ${fromLines(paths)}` : `CREATE VIEW flat AS ${fromParquet(paths)}`,
      files,
    );
    await onlyEvents(connection);
    for (const statement of [...tables(calendar.timeZone), ...clinicTables(calendar)]) await connection.run(statement);
    await shut(connection, paths);
    return { kind, stale: "missing" in derived && derived.missing === "stale", ask: (sql, values) => ask(connection, sql, values), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** An engine in memory that fetches nothing and spills nothing to disk. @throws Error where it is not installed */
export async function startEngine(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import("@duckdb/node-api").catch(() => {
    throw new Error("Questions need DuckDB, which is not installed: run `npm ci` in the gateway's folder (not with --omit=dev).");
  });
  return DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: "",
  });
}

/** From here on the engine reads these files and nothing else, and nobody changes that. */
async function shut(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
  await connection.run(`SET allowed_paths = ${list(paths)}`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
}

/** Runs a statement that reads the export's lines. @throws Error that says which file is broken */
export async function run(connection: DuckDBConnection, sql: string, files: ExportFiles): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const file = files.events.find((name) => said.includes(name));
    throw new Error(
      `${file ?? "A file of events"} cannot be read as events, one JSON a line. Verify the export before you ask it anything.\n  ${firstLine(said)}`,
    );
  }
}

/** Whatever has no time and no type of ours is no event. @throws Error of a sentence */
async function onlyEvents(connection: DuckDBConnection): Promise<void> {
  const { rows } = await ask(connection, "SELECT count(*) FROM flat WHERE type IS NULL OR TRY_CAST(ts AS TIMESTAMPTZ) IS NULL");
  const [many] = rows[0] ?? [];
  if (many !== 0) throw new Error(`${many} of its lines are no events. Verify the export before you ask it anything.`);
}

const firstLine = (text: string): string => text.split("\n")[0]?.slice(0, 300) ?? "";

async function ask(connection: DuckDBConnection, sql: string, values: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { StatementType } = await import("@duckdb/node-api");
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new Error("Ask one SELECT at a time.");
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) throw new Error("Only a SELECT can be asked: an export is read, never changed.");
    prepared.bind({ ...values });
    const reader = await prepared.runAndReadAll();
    const whole = reader.columnTypes().map((type) => WHOLE.has(type.toString()));
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader.getRowsJson().map((row) => row.map((each, at) => value(each, whole[at] === true))),
    };
  } catch (error) {
    throw new Error(error instanceof Error ? error.message.trimEnd() : String(error));
  }
}

/** Types whose numbers the engine hands over as text, because they might not fit; counts and milliseconds do. */
const WHOLE: ReadonlySet<string> = new Set(["BIGINT", "HUGEINT", "UBIGINT"]);

function value(given: unknown, whole: boolean): Value {
  if (given === null || typeof given === "number" || typeof given === "boolean") return given;
  if (typeof given !== "string") return JSON.stringify(given);
  return whole && Number.isSafeInteger(Number(given)) ? Number(given) : given;
}
