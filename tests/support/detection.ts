/** The detection matrix: every way to tamper with an export, a thousand times, and exports that nobody touched. */
import { type Export, exported } from "../../bin/commands/audit-export.ts";
import type { Asked } from "../../bin/verify/case.ts";
import type { Folder } from "../../bin/verify/files.ts";
import { inThisThread } from "../../bin/verify/reader.ts";
import { type Verdict, verdict } from "../../bin/verify/report.ts";
import { type Verification, verify } from "../../bin/verify/verify.ts";
import { BrokenArchive } from "../../lambdas/core/bundle/log.ts";
import { hex, sha256 } from "../../lambdas/core/digest.ts";
import { parsePolicy } from "../../lambdas/core/tlog/policy.ts";
import { EXPORT_KEY, HOUR, makeLog, NOW, policyOf, START, type TestLog, type Wanted } from "./audit-log.ts";
import { LOG_TAMPERINGS, type LogTampering } from "./log-tamperings.ts";
import { seeded } from "./random.ts";
import { type Expected, type Files, relist, TAMPERINGS, type Tampering } from "./tamperings.ts";

const iso = (at: number): string => new Date(at).toISOString();

const ASKED: Asked = {
  policy: parsePolicy(policyOf()),
  since: [],
  requireWitness: 0,
  now: NOW,
  reader: inThisThread,
  progress: () => {},
};

export async function exportOf(log: TestLog, scope: Export["scope"], more: Partial<Export> = {}): Promise<Files> {
  const files: Files = new Map();
  const asked = {
    id: "export-test",
    now: NOW,
    year: 2025,
    since: [],
    key: EXPORT_KEY,
    policy: undefined,
    recipient: "an auditor",
    leaves: 16,
  };
  await exported(log.archive, { ...asked, scope, ...more }, async (path, bytes) => {
    files.set(path, Uint8Array.from(bytes));
  });
  return files;
}

export const hours = (from: number, to: number): { from: string; to: string } => ({
  from: iso(START + from * HOUR),
  to: iso(START + to * HOUR),
});

/** Verifies files as those of a folder. */
export async function verified(files: Files, asked: Partial<Asked> = {}): Promise<Verification & Verdict> {
  const read = (path: string): Uint8Array | undefined => files.get(path);
  const measure: Folder["measure"] = (path) => {
    const bytes = read(path);
    return bytes && { bytes: bytes.length, sha256: hex(sha256(bytes)) };
  };
  const found = await verify({ all: [...files.keys()].sort(), read, measure }, { ...ASKED, ...asked });
  return { ...found, ...verdict(found.report) };
}

interface Bundle {
  readonly kind: "period" | "chosen";
  readonly files: Files;
}

const LOG: Omit<Wanted, "seed"> = { flushes: 18, perFlush: 4 };

/** Three exports of one invented log: a period in its middle, all of it, one patient's chains. */
async function bundlesOf(seed: number): Promise<Bundle[]> {
  const log = makeLog({ seed, ...LOG });
  return [
    { kind: "period", files: await exportOf(log, hours(1, 2)) },
    { kind: "period", files: await exportOf(log, hours(0, 3)) },
    { kind: "chosen", files: await exportOf(log, { patient: log.patients[0], chains: [] }) },
  ];
}

export interface Row {
  readonly layer: string;
  readonly name: string;
  cases: number;
  caught: number;
  /** Cases in which a leaf must be named, and is. */
  named: number;
  toName: number;
  readonly exits: Set<number | "no export">;
}

export interface Matrix {
  readonly rows: readonly Row[];
  readonly clean: { readonly exports: number; readonly alarms: number; readonly exits: Map<number, number> };
  /** What did not go as expected, in words. */
  readonly missed: readonly string[];
}

/** One case: what was done, what must come of it, and what did. */
interface Case {
  readonly layer: string;
  readonly name: string;
  readonly how: string;
  readonly expected: Expected;
  readonly exit: number | "no export";
  readonly first: number | undefined;
  readonly findings: readonly string[];
}

export async function detection(cases: number, clean: number): Promise<Matrix> {
  const logs = await Promise.all([101, 102, 103, 104].map(bundlesOf));
  const rows = new Map<string, Row>();
  const missed: string[] = [];
  const kinds = LOG_TAMPERINGS.length + TAMPERINGS.length;
  for (let n = 0; n < cases; n++) {
    const inLog = LOG_TAMPERINGS[n % kinds];
    const { layer, name, how, expected, exit, first, findings } = inLog
      ? await logCase(inLog, n)
      : await exportCase(logs, TAMPERINGS[(n % kinds) - LOG_TAMPERINGS.length] as Tampering, n);
    const key = `${layer}: ${name}`;
    const row = rows.get(key) ?? { layer, name, cases: 0, caught: 0, named: 0, toName: 0, exits: new Set() };
    rows.set(key, row);
    const right = [expected.exit].flat().includes(exit as number);
    const named = isNamed(expected, first);
    row.cases++;
    row.exits.add(exit);
    if (right) row.caught++;
    if (named !== undefined) row.toName++;
    if (named) row.named++;
    if (!right || named === false)
      missed.push(
        [`#${n} ${key} (${how}): exit ${exit}, first ${first}, expected ${JSON.stringify(expected)}`, ...findings].join("\n    "),
      );
  }
  const exits = new Map<number, number>();
  let alarms = 0;
  for (let seed = 1000, left = clean; left > 0; seed++) {
    const bundles = await bundlesOf(seed);
    for (const { files } of bundles.slice(0, left)) {
      left--;
      const found = await verified(files);
      exits.set(found.exit, (exits.get(found.exit) ?? 0) + 1);
      if (found.exit === 0 || found.exit === 2) continue;
      alarms++;
      missed.push([`clean ${seed}: exit ${found.exit}`, ...inShort(found)].join("\n    "));
    }
  }
  return { rows: [...rows.values()], clean: { exports: clean, alarms, exits }, missed };
}

const inShort = ({ report }: Verification): string[] =>
  report.findings.slice(0, 6).map(({ kind, step, says, index }) => `${kind} ${step} ${index ?? ""} ${says}`);

async function exportCase(logs: readonly Bundle[][], tampering: Tampering, n: number): Promise<Case> {
  const done = tampered(logs, tampering, n);
  if (!done) throw new Error(`no export has what it takes for: ${tampering.layer}, ${tampering.name}`);
  const found = await verified(done.files);
  const { layer, name } = tampering;
  return { layer, name, how: done.how, expected: done.expected, exit: found.exit, first: found.first, findings: inShort(found) };
}

async function logCase({ layer, name, make }: LogTampering, n: number): Promise<Case> {
  const { log, expected } = make(seeded(n), { seed: 200 + n, ...LOG });
  try {
    const found = await verified(await exportOf(log, hours(0, 3)));
    return { layer, name, how: "in the log", expected: expected(log), exit: found.exit, first: found.first, findings: inShort(found) };
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    return { layer, name, how: "in the archive", expected: expected(log), exit: "no export", first: undefined, findings: [error.message] };
  }
}

function tampered(
  logs: readonly Bundle[][],
  tampering: Tampering,
  n: number,
): { expected: Expected; files: Files; how: string } | undefined {
  for (let turn = 0; turn < 40; turn++) {
    const random = seeded(n * 64 + turn);
    const fit = logs.flatMap((bundles, log) =>
      bundles.filter(({ kind }) => tampering.to === "any" || tampering.to === kind).map((bundle) => ({ ...bundle, log })),
    );
    const { kind, files: before, log } = fit[random.below(fit.length)] as (typeof fit)[number];
    const other = (logs[(log + 1) % logs.length] as Bundle[]).find((each) => each.kind === kind) as Bundle;
    const signs = tampering.signs === "always" || (tampering.signs === "both" && Math.floor(n / TAMPERINGS.length) % 2 === 1);
    const files: Files = new Map(before);
    const expected = tampering.apply(files, random, other.files, signs);
    if (!expected) continue;
    if (signs) relist(files);
    return { expected, files, how: signs ? "signed anew" : "not signed" };
  }
  return undefined;
}

/** undefined: no leaf had to be named. */
function isNamed({ first: wanted }: Expected, first: number | undefined): boolean | undefined {
  if (wanted === undefined) return undefined;
  if (typeof wanted === "number") return first === wanted;
  const [from, to] = wanted;
  if (to === Number.POSITIVE_INFINITY) return undefined;
  return first !== undefined && first >= from && first <= to;
}

/** As docs/audit-trail.md has it. */
export function table({ rows, clean }: Matrix): string {
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(["layer", "what was done", "cases", "caught", "exit", "leaf named"]),
    line(["---", "---", "--:", "--:", "---", "--:"]),
    ...rows.map((row) =>
      line([
        row.layer,
        row.name,
        row.cases,
        row.caught,
        [...row.exits].sort().join(", "),
        row.toName === 0 ? "-" : `${row.named}/${row.toName}`,
      ]),
    ),
    line([
      "**all**",
      "",
      sum(({ cases }) => cases),
      sum(({ caught }) => caught),
      "",
      `${sum(({ named }) => named)}/${sum(({ toName }) => toName)}`,
    ]),
    line([
      "none",
      "exports that nobody touched",
      clean.exports,
      `${clean.alarms} false alarms`,
      [...clean.exits.keys()].sort().join(", "),
      "-",
    ]),
  ].join("\n");
}
