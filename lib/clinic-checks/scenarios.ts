import type { Scenario } from "../../lambdas/core/clinic.ts";
import { isAnswered } from "./answered.ts";
import { LANGUAGES } from "./fill.ts";
import type { Draft } from "./read.ts";
import { monthsBetween, REVIEW_MONTHS } from "./review.ts";
import { unsaid } from "./said.ts";
import { type Check, checkTwice, entriesOf, idsOf } from "./written.ts";

/** scenarios.yaml: each says enough to be obeyed, and is looked at as often as its risk asks for. */
export const scenarios: Check = ({ scenarios: file, purposes }, say) => {
  const list = file.draft?.scenarios;
  const known = idsOf(purposes.draft?.purposes);
  checkTwice(list, file, ["scenarios"], say);
  for (const [index, scenario] of entriesOf(list)) {
    const at = (...path: PropertyKey[]): PropertyKey[] => ["scenarios", index, ...path];
    const { id, purpose } = scenario;
    if (known && purpose !== undefined && !known.includes(purpose))
      say(file, at("purpose"), `${purpose} is no purpose; name one of ${known.join(", ")}`);
    for (const member of ["owner", "why", "instead"] as const)
      if (scenario[member] !== undefined && !isAnswered(scenario[member]))
        say(file, at(member), `${id}.${member}: is put off; decide it before anything is sent`);
    checkTemplates(scenario, (path, says) => say(file, at(...path), says));
    checkReview(scenario, (path, says) => say(file, at(...path), says));
    if (scenario.commercial && scenario.allowed) checkCommercial(scenario, list ?? [], (path, says) => say(file, at(...path), says));
  }
};

type Tell = (path: readonly PropertyKey[], says: string) => void;

function checkTemplates({ id, allowed, freeText, templates }: Draft<Scenario>, say: Tell): void {
  if (allowed === true && freeText !== true && templates !== undefined && templates.length === 0)
    say(["id"], `${id} allows texts but has no template; add one, or set freeText: true`);
  if (allowed !== false) return;
  if (freeText === true) say(["freeText"], `${id} is refused and lets staff write; take freeText out, or set allowed: true`);
  if ((templates ?? []).length > 0) say(["templates"], `${id} is refused and has templates; take them out, or set allowed: true`);
}

/** Likelihood × harm decides how long a scenario may go without being looked at. A refused one sends nothing: once a year will do. */
function checkReview({ id, allowed, risk, reviewed, review }: Draft<Scenario>, say: Tell): void {
  if (reviewed === undefined || review === undefined || risk?.likelihood === undefined || risk.harm === undefined) return;
  const weight = risk.likelihood * risk.harm;
  const months = allowed === false ? 12 : (REVIEW_MONTHS.find(({ upTo }) => weight <= upTo)?.months ?? 1);
  if (review <= reviewed) say(["review"], `${id}.review: is not after reviewed (${reviewed}); write when it is looked at next`);
  else if (monthsBetween(reviewed, review) > months)
    say(
      ["review"],
      `${id}.review: a risk of ${risk.likelihood} × ${risk.harm} is looked at every ${months === 1 ? "month" : `${months} months`}; write a day that soon after ${reviewed}`,
    );
}

/** Canada's anti-spam law, sections 6 and 10: a consent of its own, and each text says who sends it and how to stop. */
function checkCommercial(scenario: Draft<Scenario>, list: readonly (Draft<Scenario> | undefined)[], say: Tell): void {
  const { id, purpose, templates, freeText } = scenario;
  const other = list.find((each) => each && each.purpose === purpose && each.commercial !== true);
  if (other)
    say(
      ["purpose"],
      `${id} is commercial and shares the purpose ${purpose} with ${other.id}; give it a purpose that is asked for by itself`,
    );
  if (freeText === true)
    say(["freeText"], `${id} is commercial; a free text cannot be held to name the clinic and how to stop, so use templates`);
  for (const [position, { text }] of entriesOf(templates))
    for (const language of LANGUAGES) {
      const words = text?.[language];
      if (words === undefined) continue;
      const path = ["templates", position, "text", language];
      for (const name of ["{clinic}", "{phone}"]) if (!words.includes(name)) say(path, `is commercial and does not say ${name}; it must`);
      for (const says of unsaid(words, language, ["how-to-stop"])) say(path, `is commercial and ${says}`);
    }
}
