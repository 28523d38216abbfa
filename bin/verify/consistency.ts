/** Step 4: the log only ever grew, from its first checkpoint here to the last, and from every one that was kept. */
import { parseHashLines } from "../../lambdas/core/bundle/hash-lines.ts";
import { paths, yearOf } from "../../lambdas/core/bundle/layout.ts";
import { continues } from "../../lambdas/core/tlog/proofs.ts";
import { attempt, type Case, textOf } from "./case.ts";
import type { Checkpoints, Trusted } from "./checkpoints.ts";
import { count } from "./report.ts";

/** @param rebuilt the tree was rebuilt over the whole interval, and its roots compared */
export function checkConsistency(it: Case, checkpoints: Checkpoints, rebuilt: boolean): void {
  const { report, manifest } = it;
  const { first, last, since } = checkpoints;
  const at = paths(yearOf(manifest.log.origin));
  if (first) {
    proven(it, first, last, at.consistency);
    if (!report.has("contradiction", "consistency") && !report.has("incomplete", "consistency"))
      report.row("consistency", `from size ${count(first.size)} to ${count(last.size)}: the log only grew`);
  }
  for (const kept of since) {
    if (kept.origin !== last.origin || kept.size === last.size) continue;
    if (kept.size > last.size) {
      report.find(
        "incomplete",
        "consistency",
        `your ${kept.name} (size ${count(kept.size)}) is newer than this export (size ${count(last.size)}): ask for a newer one`,
      );
      continue;
    }
    const before = report.findings.length;
    const known = manifest.files.some(({ path }) => path === at.since(kept.size));
    if (known || !(rebuilt && within(it, kept))) proven(it, kept, last, at.since(kept.size));
    if (report.findings.length === before && !report.has("contradiction"))
      report.row("consistency", `with your ${kept.name} (size ${count(kept.size)}): ok`);
  }
  if (since.length === 0) report.unproven("that this log continues one which you saw before: no --since checkpoint was given");
}

/** The interval goes through that size. */
const within = ({ manifest: { scope } }: Case, { size }: Trusted): boolean =>
  scope.kind === "period" && size >= scope.first && size <= scope.end;

function proven(it: Case, small: Trusted, large: Trusted, path: string): void {
  const { report } = it;
  const text = textOf(it, "consistency", path);
  if (text === undefined) {
    report.find("incomplete", "consistency", `${path} is missing: ask for an export with --since ${small.size}`);
    report.unproven(`that the log continues ${small.name}`);
    return;
  }
  const proof = attempt(report, "consistency", path, () => parseHashLines(text));
  if (proof && !continues(proof, small.size, large.size, small.root, large.root))
    report.find("contradiction", "consistency", `${path} does not show that the log of size ${count(large.size)} continues ${small.name}`);
}
