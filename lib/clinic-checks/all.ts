import { approval } from "./approval.ts";
import { clinicFile } from "./clinic-file.ts";
import { cover } from "./cover.ts";
import { examples } from "./examples.ts";
import { lists } from "./lists.ts";
import { packHours } from "./packs.ts";
import { purposes } from "./purposes.ts";
import type { Finding } from "./read.ts";
import { replies } from "./replies.ts";
import { scenarios } from "./scenarios.ts";
import { teams } from "./teams.ts";
import { templates } from "./templates.ts";
import { weeks } from "./weeks.ts";
import { wordings } from "./wordings.ts";
import type { Check, Written } from "./written.ts";

const CHECKS: readonly Check[] = [
  clinicFile,
  weeks,
  cover,
  packHours,
  lists,
  teams,
  purposes,
  scenarios,
  templates,
  examples,
  replies,
  wordings,
  approval,
];

/** What no single file's shape can show, of everything that could be read. */
export function crossChecks(written: Written): Finding[] {
  const findings: Finding[] = [];
  for (const check of CHECKS) check(written, (file, path, says) => findings.push({ file: file.file, line: file.lineOf(path), says }));
  return findings;
}
