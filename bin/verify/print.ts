/** A verification in words, and as JSON. */
import { hexId } from "../../lambdas/core/tlog/note.ts";
import type { Policy } from "../../lambdas/core/tlog/policy.ts";
import { type Finding, type Kind, STEPS, some, verdict } from "./report.ts";
import type { Verification } from "./verify.ts";

const WORDS: Record<Kind, string> = { contradiction: "CONTRADICTION", unchecked: "NOT CHECKED", incomplete: "MISSING", alarm: "ALARM" };
/** Findings of one step and kind that are written out; the first ones say what to look at. */
const SHOWN = 5;

/** What stands in a file may be anybody's: nothing of it may move a terminal's cursor. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "�");

export function inWords({ report, manifest }: Verification, policy: Policy): string {
  const lines: string[] = [];
  if (manifest) {
    const key = policy.logs.find(({ name }) => name === manifest.log.origin);
    lines.push(`audit verify  ${manifest.id}  log ${manifest.log.origin}  ${key ? `key +${hexId(key.id)} (trusted)` : "no trusted key"}`);
  } else lines.push("audit verify");
  for (const step of STEPS) {
    for (const row of report.rows.filter((each) => each.step === step)) lines.push(line(step, row.says));
    for (const kind of ["contradiction", "unchecked", "incomplete", "alarm"] as const) {
      const found = report.findings.filter((each) => each.step === step && each.kind === kind);
      for (const finding of found.slice(0, SHOWN)) lines.push(line(step, `${WORDS[kind]}  ${place(finding)}${finding.says}`));
      if (found.length > SHOWN)
        lines.push(line("", `… and ${some(found.length - SHOWN, "more of this kind", "more of this kind")}; --json lists them`));
    }
  }
  for (const [n, says] of report.notProven.entries()) lines.push(`${n === 0 ? " NOT PROVEN  " : "             "}${says}`);
  const { result, exit } = verdict(report);
  lines.push(`RESULT: ${result}  (exit ${exit})`);
  return `${lines.map(plain).join("\n")}\n`;
}

const line = (step: string, says: string): string => ` ${step.padEnd(11)} ${says}`;
const place = ({ index }: Finding): string => (index === undefined ? "" : `leaf ${index}: `);

export function inJson({ report, manifest }: Verification): string {
  const { exit, result, first } = verdict(report);
  const { rows, findings, notProven } = report;
  return `${JSON.stringify({ exit, result, first, export: manifest?.id, log: manifest?.log, scope: manifest?.scope, rows, findings, notProven })}\n`;
}
