import { EMERGENCY_KINDS, type EmergencyKind } from "../clinic.ts";
import { readsFolded } from "./emergency/language.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, score, strongest } from "./model.ts";
import stored from "./weights/emergency.json" with { type: "json" };

export interface EmergencyReading {
  readonly label: "emergency" | "not";
  /** The likeliest kind, where the label is `emergency`. */
  readonly kind: EmergencyKind | undefined;
  readonly findings: readonly Finding<EmergencyKind>[];
  /** False where the text is in a language or script that the net does not read, or mostly unreadable: due like an urgent one. */
  readonly judged: boolean;
}

export { languageReads } from "./emergency/language.ts";

export const EMERGENCY_LABELS = ["emergency", "not"] as const;

const model = load(stored);
/** SHA-256 of the weights. */
export const EMERGENCY_MODEL = model.hash;
/** A missed emergency costs more than a false page. */
const ALARM = 0.45;

/** What the rules see in a text, by name: the model's most telling features. */
export function emergencyConcepts(_folded: Folded): string[] {
  return [];
}

/** Whether somebody may need help now or today. Never throws; linear in the text's length. */
export function readEmergency(text: string): EmergencyReading {
  const folded = fold(text);
  const concepts = emergencyConcepts(folded);
  const chance = score(model, folded, concepts).chances[model.labels.indexOf("emergency")] ?? 0;
  const judged = readsFolded(folded, text);
  if (chance <= ALARM) return { label: "not", kind: undefined, findings: [], judged };
  const kind = EMERGENCY_KINDS.find((each) => concepts.includes(each)) ?? "other";
  const why = strongest(model, "emergency", folded, concepts).join(" ");
  const span = spanOf(folded, 0, folded.text.length);
  return { label: "emergency", kind, findings: [finding(kind, span, { severity: "ask", by: "model", why })], judged };
}
