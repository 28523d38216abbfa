/**
 * Precision and recall per label on the project's corpora, read by the very code that the gate runs. `npm run measure`
 * prints tables and the misses of the tuned lines; `-- --misses` lists those of the held-out lines too: whoever tunes does
 * not look at them.
 */
import { readFileSync } from "node:fs";
import { type Line, lines, TASKS, type Task } from "./tasks.ts";

export interface Row {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly lines: number;
}

export interface Measured {
  readonly lines: number;
  readonly rows: readonly Row[];
  readonly misses: readonly { readonly line: Line; readonly said: string }[];
}

/** Labels that are also counted together: what the goals speak of. */
const TOGETHER: Readonly<Record<Task["name"], readonly string[] | undefined>> = {
  optout: ["certain", "probable"],
  emergency: undefined,
  content: ["clinical", "sensitive"],
};

export const measure = (task: Task, all: readonly Line[]): Measured =>
  measured(
    task,
    all.map((line) => ({ line, said: task.read(line.text) })),
  );

/** @param read lines and what a reader said of them */
export function measured(task: Task, read: readonly { readonly line: Line; readonly said: string }[]): Measured {
  const row = (name: string, of: (label: string) => boolean): Row => {
    const are = read.filter(({ line }) => of(line.label));
    const said = read.filter((each) => of(each.said));
    const hits = are.filter((each) => of(each.said)).length;
    return { label: name, precision: hits / Math.max(1, said.length), recall: hits / Math.max(1, are.length), lines: are.length };
  };
  const together = TOGETHER[task.name];
  return {
    lines: read.length,
    rows: [
      ...[...new Set(read.map(({ line }) => line.label))].sort().map((label) => row(label, (each) => each === label)),
      ...(together ? [row(together.join(" or "), (each) => together.includes(each))] : []),
    ],
    misses: read.filter(({ line, said }) => line.label !== said),
  };
}

export function print(title: string, { lines: many, rows, misses }: Measured): void {
  console.log(`${title}: ${many} lines, ${misses.length} misses`);
  for (const { label, precision, recall, lines: of } of rows)
    console.log(`  ${label.padEnd(24)} precision ${precision.toFixed(3)}   recall ${recall.toFixed(3)}   of ${of}`);
}

/** A plain week: 1,000 routine lines in each direction, kept out of all tuning. What is stopped or paged in it is a false alarm. */
export function plainWeek(direction: "inbound" | "outbound"): Line[] {
  const written = readFileSync(new URL(`./week/${direction}.jsonl`, import.meta.url), "utf8");
  return written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** The lines of the plain week that a reader raises a false alarm on. */
export function falseAlarms(task: Task): { line: Line; said: string }[] {
  const quiet: readonly string[] = task.name === "optout" ? ["not", "help", "start"] : ["not", "administrative"];
  return plainWeek(task.name === "content" ? "outbound" : "inbound")
    .map((line) => ({ line, said: task.read(line.text) }))
    .filter(({ said }) => !quiet.includes(said));
}

if (process.argv[1]?.endsWith("measure.ts")) {
  const wanted = process.argv.slice(2).filter((each) => !each.startsWith("--"));
  for (const task of TASKS) {
    if (wanted.length > 0 && !wanted.includes(task.name)) continue;
    for (const part of ["tuned", "held-out"] as const) {
      const all = lines(task, part);
      if (all.length === 0) continue;
      const measured = measure(task, all);
      print(`${task.name}, ${part}`, measured);
      if (part === "tuned" || process.argv.includes("--misses"))
        for (const { line, said } of measured.misses) console.log(`    ${line.label} read as ${said}: ${line.text}`);
    }
    const alarms = falseAlarms(task);
    console.log(`${task.name}, a plain week: ${alarms.length} false alarms in 1000 lines`);
    if (process.argv.includes("--misses")) for (const { line, said } of alarms) console.log(`    read as ${said}: ${line.text}`);
  }
}
