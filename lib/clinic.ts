import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import * as z from "zod";
import {
  type Clinic,
  clinicFileSchema,
  purposeSchema,
  repliesSchema,
  scenarioSchema,
  teamOf,
  teamSchema,
  wordingSchema,
} from "../lambdas/core/clinic.ts";
import { wordOf } from "../lambdas/core/words.ts";

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

interface Read<T> {
  readonly data: T | undefined;
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * The clinic's written decisions, validated, cross-checked and hashed (SHA-256 over every file's name and bytes).
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
    return bytes.toString("utf8");
  };

  const read = <T>(file: string, content: string, schema: z.ZodType<T>, extra: object = {}, firstLine = 0): Read<T> => {
    const lines = new LineCounter();
    const document = parseDocument(content, { lineCounter: lines });
    const lineOf = (path: readonly PropertyKey[]): number => firstLine + lines.linePos(offsetOf(document.contents, path)).line;
    for (const error of document.errors)
      findings.push({ file, line: firstLine + lines.linePos(error.pos[0]).line, says: `not valid YAML: ${error.code}` });
    if (document.errors.length > 0 || content === "") return { data: undefined, lineOf };
    const value: unknown = document.toJS();
    const result = schema.safeParse(Array.isArray(value) ? value : { ...(value as object), ...extra });
    if (result.success) return { data: result.data, lineOf };
    for (const issue of result.error.issues)
      findings.push({ file, line: lineOf(issue.path), says: `${issue.path.join(".") || "the file"}: ${issue.message}` });
    return { data: undefined, lineOf };
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
  const wordings = files.map((file) => {
    const [, front = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text(`wordings/${file}`)) ?? [];
    return read(`wordings/${file}`, front, wordingSchema, { text: body.trim() }, 1);
  });

  const all = {
    ...clinic.data,
    teams: teams.data,
    purposes: purposes.data,
    scenarios: scenarios.data,
    replies: replies.data,
    wordings: wordings.flatMap((each) => each.data ?? []),
    hash: hash.digest("hex"),
  };
  if (findings.length > 0) throw new ClinicError(dir, findings);
  const whole = all as Clinic;
  findings.push(...crossChecks(whole, { teams, scenarios, clinic, wordings, files, purposes }));
  if (findings.length > 0) throw new ClinicError(dir, findings);
  return whole;
}

/** What no single file can show: names that lead nowhere, names that stand twice, words that would opt a patient out. */
function crossChecks(
  clinic: Clinic,
  at: {
    teams: Read<unknown>;
    scenarios: Read<unknown>;
    clinic: Read<unknown>;
    purposes: Read<unknown>;
    wordings: readonly Read<unknown>[];
    files: readonly string[];
  },
): Finding[] {
  const findings: Finding[] = [];
  const say = (file: string, line: number, says: string): number => findings.push({ file, line, says });
  const names = new Set(clinic.teams.map((team) => team.id));
  const purposes = new Set(clinic.purposes.map((purpose) => purpose.id));

  const front = clinic.teams.find((team) => team.id === clinic.frontDesk);
  if (!front || front.retired)
    say("clinic.yaml", at.clinic.lineOf(["frontDesk"]), `frontDesk: ${clinic.frontDesk} is no open team of care-teams.yaml`);
  for (const [index, team] of clinic.teams.entries()) {
    if (clinic.teams.findIndex((each) => each.id === team.id) !== index)
      say("care-teams.yaml", at.teams.lineOf([index, "id"]), `${team.id} stands twice; give one of them another id`);
    if (team.escalateTo !== undefined && !names.has(team.escalateTo))
      say("care-teams.yaml", at.teams.lineOf([index, "escalateTo"]), `${team.escalateTo} is no team; name one of ${[...names].join(", ")}`);
    if (team.retired && (!names.has(team.retired.into) || leadsNowhere(clinic, team.id))) {
      say("care-teams.yaml", at.teams.lineOf([index, "retired"]), `retired.into must lead to a team that is still open`);
    }
  }
  for (const [index, scenario] of clinic.scenarios.entries()) {
    const line = (member: string): number => at.scenarios.lineOf([index, member]);
    if (clinic.scenarios.findIndex((each) => each.id === scenario.id) !== index)
      say("scenarios.yaml", line("id"), `${scenario.id} stands twice; give one of them another id`);
    if (!purposes.has(scenario.purpose))
      say("scenarios.yaml", line("purpose"), `${scenario.purpose} is no purpose; name one of ${[...purposes].join(", ")}`);
    if (scenario.allowed && !scenario.freeText && scenario.templates.length === 0)
      say("scenarios.yaml", line("id"), `${scenario.id} allows texts but has no template; add one, or set freeText: true`);
    for (const [position, template] of scenario.templates.entries()) {
      for (const language of ["en", "fr"] as const) {
        const where = at.scenarios.lineOf([index, "templates", position, "text", language]);
        const used = [...template.text[language].matchAll(/\{([a-zA-Z0-9]+)\}/g)].map((match) => match[1] ?? "");
        for (const name of used) {
          if (name !== "clinic" && name !== "phone" && !(name in template.params))
            say("scenarios.yaml", where, `{${name}} is no parameter of ${template.id}; add it to params`);
        }
        for (const word of asksFor(template.text[language]))
          say("scenarios.yaml", where, `asks the patient to answer ${word}, which opts out; ask for a call instead`);
      }
    }
  }
  for (const [index, wording] of clinic.wordings.entries()) {
    const file = `wordings/${at.files[index] ?? ""}`;
    for (const purpose of wording.purposes)
      if (!purposes.has(purpose))
        say(file, at.wordings[index]?.lineOf(["purposes"]) ?? 1, `${purpose} is no purpose; name one of ${[...purposes].join(", ")}`);
    const same = (each: (typeof clinic.wordings)[number]): boolean => each.id === wording.id && each.version === wording.version;
    if (clinic.wordings.findIndex(same) !== index)
      say(
        file,
        at.wordings[index]?.lineOf(["version"]) ?? 1,
        `${wording.id} version ${wording.version} stands twice; a changed text is a new version`,
      );
  }
  return findings;
}

function leadsNowhere(clinic: Clinic, id: string): boolean {
  const seen = new Set<string>();
  for (
    let team = clinic.teams.find((each) => each.id === id);
    team?.retired;
    team = clinic.teams.find((each) => each.id === team?.retired?.into)
  ) {
    if (seen.has(team.id)) return true;
    seen.add(team.id);
  }
  return teamOf(clinic, id) === undefined;
}

/** Opt-out words that a text asks for, other than STOP and ARRET themselves: "reply CANCEL to cancel" opts the patient out. */
function asksFor(text: string): string[] {
  const asked = [...text.matchAll(/(?:reply|text|answer|répondez|textez)\s+(?:with\s+)?["'“]?(\p{L}+)/giu)].map((match) => match[1] ?? "");
  return asked.filter((word) => wordOf(word)?.kind === "stop" && !/^(stop|arr[eê]t)$/i.test(word));
}

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
