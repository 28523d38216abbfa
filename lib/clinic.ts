import { existsSync } from "node:fs";
import { join } from "node:path";
import { approvalSchema, type Clinic, packSchema, wordingSchema } from "../lambdas/core/clinic.ts";
import { localDate } from "../lambdas/core/hours.ts";
import { adviceOn } from "./clinic-checks/advice.ts";
import { crossChecks } from "./clinic-checks/all.ts";
import { APPROVAL, filesOf, hashOf, NAMES, textOf, unread, WORDING } from "./clinic-checks/files.ts";
import { type Finding, type Read, readYaml } from "./clinic-checks/read.ts";
import { clinicFile, entriesOf, purposesFile, repliesFile, scenariosFile, teamsFile, type Written } from "./clinic-checks/written.ts";
import { hookFindings, hooksOf } from "./clinic-hooks.ts";
import { packBytes, packNames } from "./packs.ts";

export type { Finding } from "./clinic-checks/read.ts";

/** Thrown with every finding at once, so that one run shows all there is to mend. */
export class ClinicError extends Error {
  readonly findings: readonly Finding[];
  constructor(dir: string, findings: readonly Finding[]) {
    super([`${dir} cannot be used:`, ...findings.map(({ file, line, says }) => `  ${file}:${line}  ${says}`)].join("\n"));
    this.name = "ClinicError";
    this.findings = findings;
  }
}

/** What stands between two lines of three dashes at the start, and what comes after. */
const FRONT = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/;

/**
 * The clinic's written decisions and the rule packs they name, validated, cross-checked and hashed: all of it, or none.
 * @param dir the directory; may lie outside the repository @throws ClinicError with every finding
 */
export const loadClinic = (dir: string): Clinic => decided(dir).clinic;

/**
 * The same, with advice: what stands and may still be better, or will soon be due.
 * @param now ms @returns also today's date by the clinic's calendar @throws ClinicError with every finding
 */
export function reviewClinic(dir: string, now: number): { clinic: Clinic; advice: Finding[]; today: string } {
  const { clinic, written } = decided(dir);
  const today = localDate(now, clinic.timeZone);
  return { clinic, advice: adviceOn(written, clinic, today), today };
}

function decided(dir: string): { clinic: Clinic; written: Written } {
  const { written, findings } = readClinic(dir);
  const { clinic, teams, purposes, scenarios, replies, approval } = written;
  if (findings.length > 0 || !clinic.data || !teams.data || !purposes.data || !scenarios.data || !replies.data)
    throw new ClinicError(dir, findings);
  const { fictitious: _, ...texts } = replies.data;
  const whole: Clinic = {
    ...clinic.data,
    teams: teams.data.teams,
    purposes: purposes.data.purposes,
    scenarios: scenarios.data.scenarios,
    replies: texts,
    wordings: written.wordings.flatMap((each) => each.data ?? []),
    rules: [...written.packs],
    ...(approval?.data ? { approval: approval.data } : {}),
    hash: written.hash,
  };
  return { clinic: whole, written };
}

/** Reads the directory and says everything that is wrong with it, in the order of files and lines. */
function readClinic(dir: string): { written: Written; findings: Finding[] } {
  const findings: Finding[] = [];
  // Not every directory that somebody names by mistake is worth reading through.
  const files = [NAMES[0], "wordings"].some((name) => existsSync(join(dir, name))) ? filesOf(dir) : [];
  findings.push(...unread(files));

  const read = <T>(file: string, schema: Parameters<typeof readYaml<T>>[2]): Read<T> => {
    const text = textOf(dir, file, findings);
    return text.trim() === "" ? { file, data: undefined, draft: undefined, lineOf: () => 1 } : readYaml(file, text, schema, findings);
  };
  const clinic = read("clinic.yaml", clinicFile);
  const teams = read("care-teams.yaml", teamsFile);
  const purposes = read("purposes.yaml", purposesFile);
  const scenarios = read("scenarios.yaml", scenariosFile);
  const replies = read("replies.yaml", repliesFile);
  const wordings = files.filter((file) => WORDING.test(file)).map((file) => readWording(dir, file, findings));
  if (wordings.length === 0)
    findings.push({
      file: "wordings/",
      line: 1,
      says: "no wording is here; write what patients are told when they agree, one .md file each",
    });
  const approval = files.includes(APPROVAL) ? read(APPROVAL, approvalSchema) : undefined;

  for (const hook of hooksOf(dir)) findings.push(...hookFindings(hook));

  const packs = entriesOf(clinic.draft?.packs).flatMap(([index, name]) => {
    if (packNames().includes(name))
      return readYaml(`packs/${name}.yaml`, packBytes(name).toString("utf8"), packSchema, findings).data ?? [];
    const line = clinic.lineOf(["packs", index]);
    findings.push({ file: "clinic.yaml", line, says: `${name} is no rule pack; name one of ${packNames().join(", ")}` });
    return [];
  });
  const hash = hashOf(
    dir,
    files,
    packs.map((pack) => pack.id),
  );
  const written: Written = { clinic, teams, purposes, scenarios, replies, wordings, approval, packs, hash };
  findings.push(...crossChecks(written));

  const order: string[] = [...NAMES, APPROVAL, ...wordings.map((each) => each.file)];
  const place = ({ file }: Finding): number => (order.includes(file) ? order.indexOf(file) : order.length);
  return { written, findings: findings.toSorted((a, b) => place(a) - place(b) || a.line - b.line) };
}

/** A consent wording: a block of members, then the text as the patient is told it. */
function readWording(dir: string, file: string, findings: Finding[]): Written["wordings"][number] {
  const content = textOf(dir, file, findings);
  const [, front = "", body = ""] = FRONT.exec(content) ?? [];
  if (front.trim() !== "") {
    const read = readYaml(file, front, wordingSchema, findings, { extra: { text: body.trim().replaceAll("\r\n", "\n") }, firstLine: 1 });
    const bodyLine = content.slice(0, content.length - body.trimStart().length).split("\n").length;
    return { ...read, lineOf: (path) => (path[0] === "text" ? bodyLine : read.lineOf(path)) };
  }
  if (content.trim() !== "")
    findings.push({
      file,
      line: 1,
      says: "starts without a block of id, version, language, purposes and approved between two lines of ---",
    });
  return { file, data: undefined, draft: undefined, lineOf: () => 1 };
}
