import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
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

/**
 * Where the derived files of an export stand: beside it, not in it. An export's manifest lists its files, and a folder with others
 * among them would not verify any more.
 */
export const derivedFolder = ({ dir }: ExportFiles): string => `${dir}.parquet`;
const SOURCES = "sources.json";

/** What derived files were derived from. */
export interface Sources {
  /** SHA-256 of each file of events. */
  readonly events: Readonly<Record<string, string>>;
  /** The derived files, relative to their folder. */
  readonly parquet: readonly string[];
}

export async function hashesOf({ dir, events }: ExportFiles): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of events) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(join(dir, name))) hash.update(chunk as Buffer);
    hashes[name] = hash.digest("hex");
  }
  return hashes;
}

/** The derived files of an export, absolute, if they were made of exactly the events that it holds now; else why not. */
export async function derivedFiles(files: ExportFiles): Promise<{ parquet: readonly string[] } | { missing: "none" | "stale" }> {
  const folder = derivedFolder(files);
  if (!existsSync(folder)) return { missing: "none" };
  const sources = readSources(folder);
  const hashes = await hashesOf(files);
  const same =
    sources !== undefined &&
    Object.keys(hashes).length === Object.keys(sources.events).length &&
    Object.entries(hashes).every(([name, hash]) => sources.events[name] === hash) &&
    sources.parquet.every((name) => existsSync(join(folder, name)));
  return same ? { parquet: sources.parquet.map((name) => join(folder, name)) } : { missing: "stale" };
}

const DERIVED = /^(?:dt=\d{4}-\d{2}-\d{2}\/)?part-\d+\.parquet$/;

/** Undefined where it is not as we write it: then the derived files count for nothing. */
export function readSources(folder: string): Sources | undefined {
  try {
    const said = JSON.parse(readFileSync(join(folder, SOURCES), "utf8")) as Partial<Sources>;
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

export const writeSources = (folder: string, sources: Sources): void =>
  writeFileSync(join(folder, SOURCES), `${JSON.stringify(sources, undefined, 1)}\n`);
