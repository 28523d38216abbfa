import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A value that outlives the process when the local stack keeps its data. */
export interface Kept<T> {
  readonly value: T;
  /** Says that the value has changed; it is on disk a moment later. */
  changed(): void;
  /** Writes what is still owed. */
  flush(): void;
}

const DELAY_MS = 100;

/**
 * Keeps a JSON value in a file of the data folder, or in memory only.
 * A crash of the machine may lose the last tenth of a second: this is a simulator, and its file is replaced whole, never half-written.
 */
export function keep<T>(dataDir: string | undefined, name: string, initial: T): Kept<T> {
  if (dataDir === undefined) return { value: initial, changed: () => {}, flush: () => {} };
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  const value = read(file, initial);
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const changed = () => {
    timer ??= setTimeout(flush, DELAY_MS);
  };
  return { value, changed, flush };
}

/**
 * Takes the data folder for this process: two stacks on one folder would overwrite each other. A lock that its process has
 * left behind, by a crash or a pulled plug, counts for nothing.
 * @returns gives it back @throws Error of one sentence where another process has it
 */
export function lock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "in-use");
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(readFileSync(file, "utf8"));
      if (runs(holder)) throw new Error(`${dataDir} is in use by process ${holder}: stop it, or keep the data in another folder`);
      rmSync(file, { force: true });
    }
  }
}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function read<T>(file: string, initial: T): T {
  let written: string;
  try {
    written = readFileSync(file, "utf8");
  } catch {
    return initial;
  }
  try {
    return { ...initial, ...(JSON.parse(written) as T) };
  } catch {
    throw new Error(`${file} is damaged: remove the data folder to start afresh`);
  }
}
