import { type Clinic, type Language, REPLY_IDS } from "../../lambdas/core/clinic.ts";
import { rulesAt, textingHoursAt } from "../../lambdas/core/rules.ts";
import { plainer, segments } from "../../lambdas/core/segments.ts";
import { cost, spellings } from "./cheaper.ts";
import { dearest, filled, LANGUAGES, renderings } from "./fill.ts";
import type { Finding, Read } from "./read.ts";
import type { Written } from "./written.ts";

/** How far ahead a person wants to know, in days. */
const AHEAD = { review: 30, rules: 180, holidays: 180 };
/** A pack whose sources nobody has read for so long may be wrong. */
const STALE_DAYS = 365;

/**
 * What stands and may still be better, or will soon be due. Nothing of it stops a deployment.
 * @param today YYYY-MM-DD by the clinic's calendar
 */
export function adviceOn(written: Written, clinic: Clinic, today: string): Finding[] {
  const advice: Finding[] = [];
  const say = (file: Read<unknown>, path: readonly PropertyKey[], says: string): void =>
    void advice.push({ file: file.file, line: file.lineOf(path), says });
  ofReviews(written, clinic, today, say);
  ofApproval(written, clinic, today, say);
  ofHours(written, clinic, today, say);
  ofRules(written, clinic, today, say);
  ofTexts(written, clinic, say);
  return advice;
}

type Tell = (file: Read<unknown>, path: readonly PropertyKey[], says: string) => void;

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function ofReviews({ scenarios: file }: Written, { scenarios }: Clinic, today: string, say: Tell): void {
  for (const [index, { id, reviewed, review, owner }] of scenarios.entries()) {
    const path = ["scenarios", index, "review"];
    if (reviewed > today) say(file, ["scenarios", index, "reviewed"], `${id}: was looked at on ${reviewed}, which is still to come`);
    if (review < today)
      say(
        file,
        path,
        `${id}: its review was due on ${review}, so the gate sends nothing and tells staff to ask the privacy officer; ${owner} looks at it`,
      );
    else if (review <= later(today, AHEAD.review)) say(file, path, `${id}: its review is due on ${review}; ${owner} looks at it`);
  }
}

function ofApproval({ clinic: file, approval, hash }: Written, { stage, trialNumbers }: Clinic, today: string, say: Tell): void {
  if (stage === "trial" && trialNumbers.length === 0)
    say(file, ["trialNumbers"], "on trial, and no number is on the trial list: no text leaves at all");
  if (!approval?.data) return;
  if (!approval.data.fictitious && approval.data.hash !== hash)
    say(approval, ["hash"], `approves other decisions than these; before going live, have them read again and write hash: ${hash}`);
  if (approval.data.date > today) say(approval, ["date"], `is dated ${approval.data.date}, which is still to come`);
}

function ofHours({ clinic: file }: Written, clinic: Clinic, today: string, say: Tell): void {
  const at = Date.parse(`${today}T12:00:00Z`);
  const { rules } = textingHoursAt(clinic, at);
  if (rules.length > 0)
    say(file, ["textingHours"], `${rules.join(", ")} narrows the hours in which texts arrive to ${rulesAt(clinic, at).hours?.value}`);
  if (!clinic.holidays.some((day) => day >= today && day <= later(today, AHEAD.holidays)))
    say(
      file,
      ["holidays"],
      `no holiday of the next ${AHEAD.holidays} days is listed; on those days texts would look as if somebody read them`,
    );
  for (const kind of clinic.silentEmergencies.filter((each) => each !== "violence"))
    say(file, ["silentEmergencies"], `a text about an emergency of the kind ${kind} pages somebody and is never answered`);
  if (!clinic.silentEmergencies.includes("violence"))
    say(file, ["silentEmergencies"], "a text about violence is answered; the answer may be read by the person who is violent");
}

function ofRules({ clinic: file }: Written, { rules: packs }: Clinic, today: string, say: Tell): void {
  for (const [index, pack] of packs.entries()) {
    const path = ["packs", index];
    for (const { id, says, from, until } of pack.rules) {
      if (from !== undefined && from > today && from <= later(today, AHEAD.rules))
        say(file, path, `from ${from} ${pack.id}/${id} counts: ${says}`);
      if (until !== undefined && until > today && until <= later(today, AHEAD.rules))
        say(file, path, `from ${until} ${pack.id}/${id} counts no more: ${says}`);
    }
    const oldest = pack.rules.map((rule) => rule.lawAsOf).toSorted()[0] ?? today;
    if (later(oldest, STALE_DAYS) < today)
      say(file, path, `${pack.id} was last compared with its sources on ${oldest}; have somebody read them again`);
  }
}

function ofTexts({ scenarios: scenarioFile, replies: replyFile }: Written, clinic: Clinic, say: Tell): void {
  for (const [index, scenario] of clinic.scenarios.entries())
    for (const [position, template] of scenario.templates.entries())
      for (const language of LANGUAGES) {
        const text = dearest(renderings(template, language, clinic));
        const says = text && aboutCost(text, template.text[language], language);
        if (says) say(scenarioFile, ["scenarios", index, "templates", position, "text", language], `${template.id}: ${says}`);
      }
  for (const id of REPLY_IDS)
    for (const language of LANGUAGES) {
      const written = clinic.replies[id].text[language];
      const says = aboutCost(filled(written, clinic), written, language);
      if (says) say(replyFile, [id, "text", language], `${id}: ${says}`);
    }
}

/** What a text of several parts costs, and what would make it one; nothing where it is as cheap as can be. */
function aboutCost(text: string, written: string, language: Language): string | undefined {
  const { encoding, parts, forcedBy } = segments(text);
  const name = language === "en" ? "English" : "French";
  const plain = plainer(text);
  if (encoding === "UCS-2" && segments(plain).parts < parts) {
    const [own, brought] = [spellings(written), spellings(text).filter(({ word }) => !written.includes(word))];
    const instead = own.map((each) => `${each.instead} for ${each.word}`).join(", ");
    const by = brought.map(({ word }) => word).join(", ");
    return `${name}: ${forcedBy.join(" ")} forces UCS-2: ${cost(text)}; without, ${cost(plain)}${instead ? `; write ${instead}` : ""}${by ? ` (its parameters bring ${by})` : ""}`;
  }
  if (parts > 1)
    return `${name}: ${cost(text)}; ${[...text].length} characters, of which one part holds ${encoding === "GSM-7" ? 160 : 70}`;
  return undefined;
}
