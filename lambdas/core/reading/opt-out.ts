import type { Language } from "../clinic.ts";
import { type Word, wordOf } from "../words.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, score, strongest } from "./model.ts";
import stored from "./weights/opt-out.json" with { type: "json" };

export const OPT_OUT_LABELS = ["certain", "probable", "not", "start", "help"] as const;
export type OptOutLabel = (typeof OPT_OUT_LABELS)[number];

/** What the sender says beside or instead of an opt-out, where it has a handling of its own: staff see it named, and need not guess. */
export const OPT_OUT_INTENTS = ["wrong-number", "deceased", "left-clinic", "new-number", "channel"] as const;
export type OptOutIntent = (typeof OPT_OUT_INTENTS)[number];

/**
 * What an inbound text asks of texting itself.
 *
 * `certain`: opted out at once. `probable`: sends pause, and a person decides. `start`: asks to be texted again; YES alone
 * is not (`wordOf` reads YES and NO). `help`: asks how texting works here. `not`: none of these.
 */
export interface OptOutReading {
  readonly label: OptOutLabel;
  /** Where in the text as written; `why` names the rule or the model's features. `not` has none, but for its intent. */
  readonly findings: readonly Finding[];
  /** Of the word or phrase that was understood; undefined where both languages have it, or none was. */
  readonly language: Language | undefined;
  /** Rules alone decide `certain` and `start`. */
  readonly by: "rule" | "model";
  /**
   * The keyword (of the table in words.ts or of a pack) that the whole message comes down to, in folded letters: "please
   * CANCEL, thanks" is `cancel`. For plain words the rule's name. Never the sender's own words: it may stand in an event.
   */
  readonly word: string | undefined;
  /**
   * With `probable`: `wrong-number` (not the patient's phone), `deceased`, `left-clinic` (patient elsewhere now), `channel`
   * (calls, e-mail or letters preferred). With `not` too: `new-number` (a patient tells another number to use), `channel`
   * (asks to be called about something without refusing texts).
   */
  readonly intent: OptOutIntent | undefined;
}

/** Keywords that the clinic's rule packs add to the table in words.ts: their rules' `optOutWords` and `helpWords`. */
export interface PackWords {
  readonly optOutWords?: readonly string[] | undefined;
  readonly helpWords?: readonly string[] | undefined;
}

const model = load(stored);
/** SHA-256 of the weights. */
export const OPT_OUT_MODEL = model.hash;
/** Above this, what a line lacks in certainty a person makes up for. */
const PROBABLE = 0.5;

/** What the rules see in a text, by name: the model's most telling features. */
export function optOutConcepts(_folded: Folded): string[] {
  return [];
}

/**
 * What an inbound text asks of texting itself. Never throws; linear in the text's length.
 * @param more keywords of the packs in force
 */
export function readOptOut(text: string, more: PackWords = {}): OptOutReading {
  const folded = fold(text);
  const whole = spanOf(folded, 0, folded.text.length);
  const word = wordOf(text) ?? packWord(folded, more);
  if (word?.kind === "stop" || word?.kind === "start" || word?.kind === "help") {
    const label = word.kind === "stop" ? "certain" : word.kind;
    return {
      label,
      findings: [finding(label, whole, { severity: "refuse", by: "rule", why: "word" })],
      language: word.language,
      by: "rule",
      word: word.word,
      intent: undefined,
    };
  }
  const concepts = optOutConcepts(folded);
  const { chances } = score(model, folded, concepts);
  const chance = (label: OptOutLabel): number => chances[model.labels.indexOf(label)] ?? 0;
  const out = chance("certain") + chance("probable");
  const label: OptOutLabel = out > PROBABLE ? "probable" : chance("help") > 0.5 ? "help" : "not";
  const findings =
    label === "not"
      ? []
      : [finding(label, whole, { severity: "ask", by: "model", why: strongest(model, label, folded, concepts).join(" ") })];
  return { label, findings, language: undefined, by: "model", word: undefined, intent: undefined };
}

function packWord(folded: Folded, { optOutWords, helpWords }: PackWords): Word | undefined {
  const whole = folded.text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const among = (words: readonly string[] | undefined): boolean =>
    words?.some(
      (word) =>
        fold(word)
          .text.replace(/[^\p{L}\p{N}]+/gu, " ")
          .trim() === whole,
    ) ?? false;
  const kind = among(optOutWords) ? "stop" : among(helpWords) ? "help" : undefined;
  return kind && { kind, language: undefined, word: whole };
}
