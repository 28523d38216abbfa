/** `audit verify`, the same in the command line and in the file that an auditor runs alone. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, sep } from "node:path";
import type { Command } from "commander";
import { MalformedNote } from "../../lambdas/core/tlog/note.ts";
import { type Policy, parsePolicy } from "../../lambdas/core/tlog/policy.ts";
import type { Kept } from "./case.ts";
import { folder } from "./files.ts";
import { inJson, inWords } from "./print.ts";
import { inThisThread, inThreads } from "./reader.ts";
import { EXIT, verdict } from "./report.ts";
import { verify } from "./verify.ts";

interface VerifyOptions {
  readonly trust: string;
  readonly since: readonly string[];
  readonly requireWitness: string;
  readonly threads?: string;
  readonly json: boolean;
}

/** A mistake in how the command was called; one sentence that says what to give instead. */
class Usage extends Error {}

/** More threads than this wait for the one that builds the tree. */
const MOST_THREADS = 4;

const gather = (one: string, before: readonly string[]): string[] => [...before, one];

/** Describes the command. @param thread a program that serves as a reading thread */
export function describeVerify(command: Command, thread: string): Command {
  return command
    .description("check an export of the audit trail from its files alone, without a network")
    .argument("<dir>", "the export's folder")
    .requiredOption(
      "--trust <file>",
      "whom you trust: the keys of the log, its exports and its witnesses. It must have reached you by another way than the export",
    )
    .option("--since <note>", "a checkpoint that you kept from before; may be given several times", gather, [])
    .option("--require-witness <number>", "witnesses that must have seen the checkpoint, whatever the trust file says", "0")
    .option("--threads <number>", "threads that read the events; by default as many as pay")
    .option("--json", "print one JSON object: every finding, with the leaf it is about", false)
    .addHelpText(
      "after",
      `
Exit codes
  0   proven: everything that was checked agrees
  1   contradiction: two things that must agree do not; the first leaf concerned is named
  2   incomplete: something is missing, or nothing shows that nothing is
  3   not checked: a key or a form that this verifier, or your trust file, does not know
  4   proven, but the log itself records alarms
  64  the command was called wrongly
Each answer lists what it does NOT prove. docs/audit-trail.md explains every line.`,
    )
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))
    .action(async (dir: string, options: VerifyOptions) => {
      try {
        process.exitCode = await run(dir, options, thread);
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        // Whatever stopped it, nothing was shown: no answer may look like one.
        process.exitCode = error instanceof Usage ? EXIT.usage : EXIT.unchecked;
      }
    });
}

async function run(dir: string, options: VerifyOptions, thread: string): Promise<number> {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new Usage(`${dir} is not a folder: name the folder of the export`);
  const policy = trustIn(options.trust);
  const since = options.since.map((path): Kept => ({ name: basename(path), note: read(path, "--since") }));
  const requireWitness = wholeNumber(options.requireWitness, "--require-witness");
  const threads = options.threads === undefined ? undefined : wholeNumber(options.threads, "--threads");
  const reader = readersFor(dir, threads, thread);
  const shows = process.stderr.isTTY && !options.json;
  try {
    const found = await verify(folder(dir), { policy, since, requireWitness, now: Date.now(), reader, progress: shows ? bar() : () => {} });
    if (shows) process.stderr.write("\r\u001b[K");
    if (isInside(options.trust, dir)) {
      found.report.find(
        "unchecked",
        "checkpoint",
        "the trust file came with the export: this shows only that the export agrees with itself",
      );
    }
    process.stdout.write(options.json ? inJson(found) : inWords(found, policy));
    return verdict(found.report).exit;
  } finally {
    await reader.close();
  }
}

function trustIn(path: string): Policy {
  try {
    return parsePolicy(read(path, "--trust"));
  } catch (error) {
    throw error instanceof MalformedNote ? new Usage(`${path}: ${error.message}`) : error;
  }
}

function read(path: string, option: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Usage(`${option}: ${path} cannot be read`);
  }
}

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new Usage(`${option} takes a whole number`);
  return Number(text);
}

const isInside = (path: string, dir: string): boolean => realpathSync(path).startsWith(realpathSync(dir) + sep);

/** Threads cost a tenth of a second each to start, and a small export is read in less. */
function readersFor(dir: string, threads: number | undefined, thread: string): ReturnType<typeof inThreads> {
  const manifest = statSync(`${dir}/manifest.json`, { throwIfNoEntry: false })?.size ?? 0;
  const paying = manifest > PAYS ? Math.min(availableParallelism(), MOST_THREADS) : 0;
  const wanted = threads ?? paying;
  return wanted > 1 ? inThreads(Math.min(wanted, 64), thread) : inThisThread;
}

/** A manifest of some forty files of events. */
const PAYS = 16_384;

function bar(): (done: number, all: number) => void {
  let shown = -1;
  return (done, all) => {
    const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
    if (percent === shown) return;
    shown = percent;
    const full = Math.floor(percent / 4);
    process.stderr.write(
      `\r[${"=".repeat(full)}${" ".repeat(25 - full)}] ${String(percent).padStart(3)} %  ${done.toLocaleString("en-US")} leaves`,
    );
  };
}
