import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** The files of an export that questions are asked of. */
export interface ExportFiles {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** Files of events, relative to the folder, in order: the evidence. */
  readonly events: readonly string[];
}

/** How an export names them: by the day they were logged, or numbered where chains were chosen. */
const EVENTS = /^events\/(?:dt=\d{4}-\d{2}-\d{2}\/)?[a-z0-9-]+\.ndjson\.gz$/;

/** @throws Error of a sentence or two where the folder is no export */
export function exportFiles(given: string): ExportFiles {
  const dir = resolve(given);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`There is no folder ${dir}.`);
  // The engine reads these as patterns: it would look at other files than the ones meant.
  if (/[*?[\]]/.test(dir)) throw new Error(`The export's path holds one of * ? [ ]: move the export to a folder without them.\n  ${dir}`);
  const top = join(dir, "events");
  const all = existsSync(top) ? readdirSync(top, { recursive: true, encoding: "utf8" }) : [];
  const events = all
    .map((name) => `events/${name.replaceAll("\\", "/")}`)
    .filter((name) => EVENTS.test(name))
    .sort();
  if (events.length === 0)
    throw new Error(
      `${dir} is no export of the audit trail: there is no events/…/….ndjson.gz in it. Give the folder that the export was written to.`,
    );
  return { dir, events };
}

/** Derived files, and what they were derived from. */
export const PARQUET = "parquet";
const SOURCES = `${PARQUET}/sources.json`;

export interface Sources {
  /** SHA-256 of each file of events that the derived files were made of. */
  readonly events: Readonly<Record<string, string>>;
  /** The derived files, relative to the export. */
  readonly parquet: readonly string[];
}

export const sourcesPath = (dir: string): string => join(dir, SOURCES);

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

export async function hashesOf({ dir, events }: ExportFiles): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of events) hashes[name] = await hashOfFile(join(dir, name));
  return hashes;
}

/** The derived files of an export, if they were made of exactly the events that it holds now; else why not. */
export async function derivedFiles(files: ExportFiles): Promise<{ parquet: readonly string[] } | { missing: "none" | "stale" }> {
  const path = sourcesPath(files.dir);
  if (!existsSync(path)) return { missing: "none" };
  const sources = readSources(path);
  const hashes = await hashesOf(files);
  const same =
    sources !== undefined &&
    Object.keys(hashes).length === Object.keys(sources.events).length &&
    Object.entries(hashes).every(([name, hash]) => sources.events[name] === hash) &&
    sources.parquet.every((name) => existsSync(join(files.dir, name)));
  return same ? { parquet: sources.parquet } : { missing: "stale" };
}

const DERIVED = /^parquet\/(?:dt=\d{4}-\d{2}-\d{2}\/)?part-\d+\.parquet$/;

/** Undefined where it is not as we write it: then the derived files count for nothing. */
function readSources(path: string): Sources | undefined {
  try {
    const said = JSON.parse(readFileSync(path, "utf8")) as Partial<Sources>;
    const right =
      typeof said.events === "object" &&
      said.events !== null &&
      Array.isArray(said.parquet) &&
      said.parquet.length > 0 &&
      said.parquet.every((name) => typeof name === "string" && DERIVED.test(name));
    return right ? (said as Sources) : undefined;
  } catch {
    return undefined;
  }
}
