import { type Clinic, type Language, type Template, teamOf, type Week } from "../lambdas/core/clinic.ts";
import { segments } from "../lambdas/core/segments.ts";
import { listed, render } from "../lambdas/core/template.ts";
import { wordOf } from "../lambdas/core/words.ts";
import type { Finding, Read } from "./clinic.ts";

interface Files {
  readonly clinic: Read<unknown>;
  readonly teams: Read<unknown>;
  readonly purposes: Read<unknown>;
  readonly scenarios: Read<unknown>;
  readonly replies: Read<unknown>;
  readonly wordings: readonly Read<unknown>[];
}

type Say = (file: Read<unknown>, path: readonly PropertyKey[], says: string) => void;

const LANGUAGES = ["en", "fr"] as const satisfies readonly Language[];

/** What no single file can show: names that lead nowhere, names that stand twice, words that would opt a patient out. */
export function crossChecks(clinic: Clinic, files: Files): Finding[] {
  const findings: Finding[] = [];
  const say: Say = (file, path, says) => findings.push({ file: file.file, line: file.lineOf(path), says });
  checkClinic(clinic, files.clinic, say);
  checkTeams(clinic, files.teams, say);
  checkPurposes(clinic, files.purposes, say);
  checkScenarios(clinic, files.scenarios, say);
  checkReplies(clinic, files.replies, say);
  checkWordings(clinic, files.wordings, say);
  return findings;
}

function checkClinic(clinic: Clinic, file: Read<unknown>, say: Say): void {
  const front = clinic.teams.find((team) => team.id === clinic.frontDesk);
  if (!front || front.retired) say(file, ["frontDesk"], `frontDesk: ${clinic.frontDesk} is no open team of care-teams.yaml`);
  if (clinic.fictitious && clinic.stage === "live")
    say(file, ["stage"], "a fictitious clinic cannot go live; write your own decisions and set fictitious: false");
  // The id is part of the sign-in domain, where AWS does not take its own names.
  const [taken] = /aws|amazon|cognito/.exec(clinic.id) ?? [];
  if (taken) say(file, ["id"], `id: AWS does not let ${taken} stand in a domain; choose another id`);
  try {
    new Intl.DateTimeFormat("en-CA", { timeZone: clinic.timeZone });
  } catch {
    say(file, ["timeZone"], `timeZone: ${clinic.timeZone} is no time zone; write one such as America/Edmonton`);
  }
}

function checkTeams(clinic: Clinic, file: Read<unknown>, say: Say): void {
  const names = clinic.teams.map((team) => team.id);
  checkTwice(clinic.teams, file, say);
  for (const [index, team] of clinic.teams.entries()) {
    if (team.escalateTo === team.id) say(file, [index, "escalateTo"], `${team.id} escalates to itself; name another team, or nobody`);
    else if (team.escalateTo !== undefined && !names.includes(team.escalateTo))
      say(file, [index, "escalateTo"], `${team.escalateTo} is no team; name one of ${names.join(", ")}`);
    else if (team.escalateTo !== undefined && !leadsNowhere(clinic, team.escalateTo) && teamOf(clinic, team.escalateTo)?.id === team.id)
      say(file, [index, "escalateTo"], `${team.escalateTo} is retired into ${team.id} itself; name another team, or nobody`);
    if (team.retired && leadsNowhere(clinic, team.id)) say(file, [index, "retired"], "retired.into must lead to a team that is still open");
    for (const [day, blocks] of Object.entries(team.hours) as [keyof Week, readonly string[] | undefined][]) {
      const times = (blocks ?? []).flatMap((block) => block.split("-"));
      if (times.some((time, at) => time > "24:00" || (at > 0 && time <= (times[at - 1] ?? ""))))
        say(file, [index, "hours", day], `hours.${day}: write blocks in order, each from a time to a later one, up to 24:00`);
    }
  }
}

function checkPurposes(clinic: Clinic, file: Read<unknown>, say: Say): void {
  checkTwice(clinic.purposes, file, say);
  const needed = new Set(clinic.scenarios.filter((scenario) => scenario.allowed).map((scenario) => scenario.purpose));
  const agreed = new Set(
    clinic.wordings.filter((wording) => wording.approved && !wording.withdrawn).flatMap((wording) => wording.purposes),
  );
  for (const [index, { id }] of clinic.purposes.entries())
    if (needed.has(id) && !agreed.has(id))
      say(file, [index, "id"], `nobody can agree to ${id}: no wording in force names it; write one under wordings/`);
}

function checkScenarios(clinic: Clinic, file: Read<unknown>, say: Say): void {
  const purposes = clinic.purposes.map((purpose) => purpose.id);
  checkTwice(clinic.scenarios, file, say);
  for (const [index, scenario] of clinic.scenarios.entries()) {
    if (!purposes.includes(scenario.purpose))
      say(file, [index, "purpose"], `${scenario.purpose} is no purpose; name one of ${purposes.join(", ")}`);
    if (scenario.allowed && !scenario.freeText && scenario.templates.length === 0)
      say(file, [index, "id"], `${scenario.id} allows texts but has no template; add one, or set freeText: true`);
    for (const [position, template] of scenario.templates.entries()) {
      const at = [index, "templates", position];
      if (scenario.templates.findIndex((each) => each.id === template.id) !== position)
        say(file, [...at, "id"], `${template.id} stands twice; a changed text is a new version in place of the old one`);
      for (const name of ["clinic", "phone"])
        if (name in template.params)
          say(file, [...at, "params", name], `{${name}} is always the clinic's own; give the parameter another name`);
      for (const language of LANGUAGES) checkTemplate(clinic, template, language, (says) => say(file, [...at, "text", language], says));
    }
  }
}

function checkTemplate(clinic: Clinic, template: Template, language: Language, say: (says: string) => void): void {
  const text = template.text[language];
  for (const name of placeholders(text))
    if (name !== "clinic" && name !== "phone" && !(name in template.params))
      say(`{${name}} is no parameter of ${template.id}; add it to params`);
  for (const name of Object.keys(template.params))
    if (!placeholders(text).includes(name))
      say(`{${name}} is a parameter of ${template.id} that this text does not use; remove it, or use it`);
  for (const word of asksFor(text)) say(`asks the patient to answer ${word}, which opts out; ask for a call instead`);
  const parts = segments(render(template, longest(template, clinic), language, clinic) ?? text).parts;
  if (parts > clinic.maxParts) say(`needs ${parts} parts and the clinic allows ${clinic.maxParts}; shorten it, or raise maxParts`);
}

function checkReplies(clinic: Clinic, file: Read<unknown>, say: Say): void {
  for (const [id, reply] of Object.entries(clinic.replies)) {
    for (const language of LANGUAGES) {
      const text = reply.text[language];
      for (const name of placeholders(text))
        if (name !== "clinic" && name !== "phone")
          say(file, [id, "text", language], `{${name}} is not filled in here; only {clinic} and {phone} are`);
      for (const word of asksFor(text))
        say(file, [id, "text", language], `asks the patient to answer ${word}, which opts out; ask for a call instead`);
    }
  }
}

function checkWordings(clinic: Clinic, files: readonly Read<unknown>[], say: Say): void {
  const purposes = clinic.purposes.map((purpose) => purpose.id);
  for (const [index, wording] of clinic.wordings.entries()) {
    const file = files[index];
    if (!file) continue;
    for (const purpose of wording.purposes)
      if (!purposes.includes(purpose)) say(file, ["purposes"], `${purpose} is no purpose; name one of ${purposes.join(", ")}`);
    if (clinic.wordings.findIndex((each) => each.id === wording.id && each.version === wording.version) !== index)
      say(file, ["version"], `${wording.id} version ${wording.version} stands twice; a changed text is a new version`);
  }
}

function checkTwice(items: readonly { readonly id: string }[], file: Read<unknown>, say: Say): void {
  for (const [index, { id }] of items.entries())
    if (items.findIndex((each) => each.id === id) !== index) say(file, [index, "id"], `${id} stands twice; give one of them another id`);
}

/** Whether following `retired.into` from a team ends at no open team: at an unknown name, or in a circle. */
function leadsNowhere(clinic: Clinic, id: string): boolean {
  const seen = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined) {
    const team = clinic.teams.find((each) => each.id === next);
    if (!team || seen.has(team.id)) return true;
    seen.add(team.id);
    next = team.retired?.into;
  }
  return false;
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");

/** Parameters that make a text as long as it can become. */
function longest({ params }: Template, clinic: Clinic): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => {
      if (param.type === "date") return [name, "2026-09-30"];
      if (param.type === "time") return [name, "12:30"];
      return [name, listed(param, clinic).reduce((long, each) => (each.length > long.length ? each : long), "")];
    }),
  );
}

/** Opt-out words that a text asks for, other than STOP and ARRET themselves: "reply CANCEL to cancel" opts the patient out. */
function asksFor(text: string): string[] {
  const asked = [...text.matchAll(/(?:reply|text|answer|send|répondez|textez|envoyez)\s+(?:with\s+|par\s+)?["'“«]?\s?(\p{L}+)/giu)];
  return asked.map((match) => match[1] ?? "").filter((word) => wordOf(word)?.kind === "stop" && !/^(stop|arr[eê]t)$/i.test(word));
}
