import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import * as z from "zod";
import {
  approvalSchema,
  type Clinic,
  clinicFileSchema,
  packSchema,
  purposeSchema,
  repliesSchema,
  scenarioSchema,
  teamSchema,
  wordingSchema,
} from "../lambdas/core/clinic.ts";
import { crossChecks } from "./clinic-checks.ts";
import { packBytes, packNames } from "./packs.ts";

/** Something in `clinic/` that cannot stand: where, what, and how to mend it. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly says: string;
}

/** Thrown with every finding at once, so that one run shows all there is to mend. */
export class ClinicError extends Error {
  readonly findings: readonly Finding[];
  constructor(dir: string, findings: readonly Finding[]) {
    super([`${dir} cannot be used:`, ...findings.map(({ file, line, says }) => `  ${file}:${line}  ${says}`)].join("\n"));
    this.name = "ClinicError";
    this.findings = findings;
  }
}

/** One file's content, checked against its shape, and where each of its members stands. */
export interface Read<T> {
  readonly file: string;
  readonly data: T | undefined;
  lineOf(path: readonly PropertyKey[]): number;
}

/** What stands between two lines of three dashes at the start, and what comes after. */
const FRONT = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/;

/**
 * The clinic's written decisions and the rule packs they name, validated, cross-checked and hashed (SHA-256 over every
 * file's name and bytes, approval.yaml excepted: it names the hash).
 * @param dir the directory; may lie outside the repository @throws ClinicError with every finding
 */
export function loadClinic(dir: string): Clinic {
  const findings: Finding[] = [];
  const hash = createHash("sha256");

  const text = (file: string): string => {
    const path = join(dir, file);
    if (!existsSync(path)) {
      findings.push({ file, line: 1, says: "the file is missing; copy it from the clinic/ directory that ships with the gateway" });
      return "";
    }
    const bytes = readFileSync(path);
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    const content = bytes.toString("utf8");
    if (content.trim() === "") findings.push({ file, line: 1, says: "the file is empty; start from the one that ships with the gateway" });
    return content;
  };

  const read = <T>(file: string, content: string, schema: z.ZodType<T>, extra: object = {}, firstLine = 0): Read<T> => {
    const lines = new LineCounter();
    const document = parseDocument(content, { lineCounter: lines });
    const lineOf = (path: readonly PropertyKey[]): number => firstLine + lines.linePos(offsetOf(document.contents, path)).line;
    for (const error of document.errors) {
      // The first line says what is wrong; the rest shows where, which the finding does itself.
      const [what = ""] = error.message.split(/ at line |\n/);
      findings.push({ file, line: firstLine + lines.linePos(error.pos[0]).line, says: `not valid YAML: ${what}` });
    }
    if (document.errors.length > 0 || content.trim() === "") return { file, data: undefined, lineOf };
    const value: unknown = document.toJS();
    const result = schema.safeParse(Array.isArray(value) ? value : { ...(value as object), ...extra });
    if (result.success) return { file, data: result.data, lineOf };
    for (const issue of result.error.issues) {
      const at = issue.path.join(".") || "the file";
      if (issue.code === "unrecognized_keys")
        for (const key of issue.keys)
          findings.push({
            file,
            line: lineOf([...issue.path, key]),
            says: `${at}: ${key} is no member here; correct its name or remove it`,
          });
      else findings.push({ file, line: lineOf(issue.path), says: `${at}: ${issue.message}` });
    }
    return { file, data: undefined, lineOf };
  };

  const clinic = read("clinic.yaml", text("clinic.yaml"), clinicFileSchema);
  const teams = read("care-teams.yaml", text("care-teams.yaml"), z.array(teamSchema).min(1));
  const purposes = read("purposes.yaml", text("purposes.yaml"), z.array(purposeSchema).min(1));
  const scenarios = read("scenarios.yaml", text("scenarios.yaml"), z.array(scenarioSchema).min(1));
  const replies = read("replies.yaml", text("replies.yaml"), repliesSchema);
  const files = existsSync(join(dir, "wordings"))
    ? readdirSync(join(dir, "wordings"))
        .filter((file) => file.endsWith(".md"))
        .sort()
    : [];
  if (files.length === 0)
    findings.push({
      file: "wordings/",
      line: 1,
      says: "no wording is here; write what patients are told when they agree, one .md file each",
    });
  const wordings = files.map((name) => {
    const file = `wordings/${name}`;
    const content = text(file);
    const [, front = "", body = ""] = FRONT.exec(content) ?? [];
    if (content.trim() !== "" && front.trim() === "")
      findings.push({
        file,
        line: 1,
        says: "starts without a block of id, version, language, purposes and approved between two lines of ---",
      });
    return read(file, front, wordingSchema, { text: body.trim().replaceAll("\r\n", "\n") }, 1);
  });

  const rules = (clinic.data?.packs ?? []).flatMap((name, index) => {
    if (packNames().includes(name)) {
      const bytes = packBytes(name);
      hash.update(`packs/${name}.yaml\n${bytes.length}\n`).update(bytes);
      return read(`packs/${name}.yaml`, bytes.toString("utf8"), packSchema).data ?? [];
    }
    findings.push({
      file: "clinic.yaml",
      line: clinic.lineOf(["packs", index]),
      says: `${name} is no rule pack; name one of ${packNames().join(", ")}`,
    });
    return [];
  });
  const approval = existsSync(join(dir, "approval.yaml"))
    ? read("approval.yaml", readFileSync(join(dir, "approval.yaml"), "utf8"), approvalSchema)
    : undefined;

  const all = {
    ...clinic.data,
    teams: teams.data,
    purposes: purposes.data,
    scenarios: scenarios.data,
    replies: replies.data,
    wordings: wordings.flatMap((each) => each.data ?? []),
    rules,
    ...(approval?.data ? { approval: approval.data } : {}),
    hash: hash.digest("hex"),
  };
  if (findings.length > 0) throw new ClinicError(dir, findings);
  const whole = all as Clinic;
  findings.push(...crossChecks(whole, { clinic, teams, purposes, scenarios, replies, wordings }));
  if (findings.length > 0) throw new ClinicError(dir, findings);
  return whole;
}

/** Where the last member of the path that exists begins: what is missing is shown at what should hold it. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let node = root as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === segment);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(segment)] ?? null) as Node | null;
      offset = node?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
