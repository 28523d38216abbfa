import type { Template } from "../../lambdas/core/clinic.ts";
import { segments } from "../../lambdas/core/segments.ts";
import { asksFor } from "./asks.ts";
import { discloses } from "./discloses.ts";
import { dearest, LANGUAGES, placeholders, renderings, unnamed } from "./fill.ts";
import { limitsOf } from "./packs.ts";
import type { Draft } from "./read.ts";
import { names811 } from "./said.ts";
import { type Check, entriesOf } from "./written.ts";

/** Templates of scenarios.yaml: what they fill in, ask for, disclose and cost, in each language. */
export const templates: Check = (written, say) => {
  const { clinic, scenarios: file } = written;
  for (const [index, scenario] of entriesOf(file.draft?.scenarios)) {
    const seen = new Set<string>();
    for (const [position, template] of entriesOf(scenario.templates)) {
      const at = (...path: PropertyKey[]): PropertyKey[] => ["scenarios", index, "templates", position, ...path];
      const { id = "this template" } = template;
      if (seen.has(id)) say(file, at("id"), `${id} stands twice; a changed text is a new version in place of the old one`);
      seen.add(id);
      for (const name of ["clinic", "phone"])
        if (name in (template.params ?? {}))
          say(file, at("params", name), `{${name}} is always the clinic's own; give the parameter another name`);
      for (const [name, param] of Object.entries(template.params ?? {}))
        if ((param?.type === "provider" || param?.type === "place") && clinic.draft && (clinic.draft[`${param.type}s`] ?? []).length === 0)
          say(file, at("params", name), `{${name}} is a ${param.type}, and clinic.yaml lists none; add ${param.type}s there`);
      for (const language of LANGUAGES) {
        const text = template.text?.[language];
        if (text === undefined) continue;
        const wrong = (says: string): void => say(file, at("text", language), says);
        for (const says of placeholderMistakes(template, text)) wrong(says);
        for (const word of asksFor(text)) wrong(`asks the patient to answer ${word}, which opts out; ask for a call instead`);
        if (names811(text) && clinic.draft && clinic.draft.afterHoursArrangement === undefined) wrong(NO_811);
        const worst = dearest(renderings(template, language, clinic.draft ?? {}));
        if (worst === undefined) continue;
        for (const says of tooLong(worst, written)) wrong(says);
        const found = discloses(dearest(renderings(template, language, unnamed(clinic.draft ?? {}))) ?? "");
        if (found && !found.suspected) wrong(`${found.says}; say less`);
        else if (found && !template.acknowledged)
          wrong(`${found.says}; say less, or have a person look at it and write acknowledged: { by, at, reason } beside the text`);
      }
    }
  }
};

/** Alberta's Health Link, and lines like it elsewhere, are part of a clinic's cover only where the two have agreed on it. */
export const NO_811 =
  "names 811, and clinic.yaml says nothing of it; write under afterHoursArrangement what was arranged, or leave 811 out";

function placeholderMistakes(template: Draft<Template>, text: string): string[] {
  const used = placeholders(text);
  const params = Object.keys(template.params ?? {});
  return [
    ...used
      .filter((name) => name !== "clinic" && name !== "phone" && !params.includes(name))
      .map((name) => `{${name}} is no parameter of ${template.id}; add it to params`),
    ...params
      .filter((name) => !used.includes(name))
      .map((name) => `{${name}} is a parameter of ${template.id} that this text does not use; remove it, or use it`),
  ];
}

/** What makes a text longer than the clinic or its packs allow. */
export function tooLong(text: string, { clinic, packs }: Parameters<Check>[0]): string[] {
  const { parts } = segments(text);
  const { maxParts } = clinic.draft ?? {};
  const { maxCharacters } = limitsOf(packs);
  return [
    ...(maxParts !== undefined && parts > maxParts
      ? [`needs ${parts} parts and the clinic allows ${maxParts}; shorten it, or raise maxParts`]
      : []),
    ...(maxCharacters && [...text].length > maxCharacters.value
      ? [`has ${[...text].length} characters and ${maxCharacters.rules.join(", ")} allows ${maxCharacters.value}; shorten it`]
      : []),
  ];
}
