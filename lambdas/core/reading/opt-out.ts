import type { Language } from "../clinic.ts";
import { wordOf } from "../words.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, score, strongest } from "./model.ts";
import stored from "./weights/opt-out.json" with { type: "json" };

export const OPT_OUT_LABELS = ["certain", "probable", "not", "start", "help"] as const;
export type OptOutLabel = (typeof OPT_OUT_LABELS)[number];

export interface OptOutReading {
  readonly label: OptOutLabel;
  readonly findings: readonly Finding[];
  /** Of the word or phrase that was understood; undefined where both languages have it, or none was. */
  readonly language: Language | undefined;
  /** Rules alone decide `certain` and `start`. */
  readonly by: "rule" | "model";
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

/** What an inbound text asks of texting itself. Never throws; linear in the text's length. */
export function readOptOut(text: string): OptOutReading {
  const folded = fold(text);
  const whole = spanOf(folded, 0, folded.text.length);
  const word = wordOf(text);
  if (word?.kind === "stop" || word?.kind === "start" || word?.kind === "help") {
    const label = word.kind === "stop" ? "certain" : word.kind;
    return {
      label,
      findings: [finding(label, whole, { severity: "refuse", by: "rule", why: "word" })],
      language: word.language,
      by: "rule",
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
  return { label, findings, language: undefined, by: "model" };
}
