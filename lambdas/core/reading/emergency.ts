import type { EmergencyKind } from "../clinic.ts";
import { namesOf, serious, understand } from "./emergency/concepts.ts";
import { kindOf } from "./emergency/kind.ts";
import { readsFolded } from "./emergency/language.ts";
import { outright } from "./emergency/outright.ts";
import { respelt } from "./emergency/tokens.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, type Model, score, strongest } from "./model.ts";
import stored from "./weights/emergency.json" with { type: "json" };

export interface EmergencyReading {
  readonly label: "emergency" | "not";
  /** The likeliest kind, where the label is `emergency`. */
  readonly kind: EmergencyKind | undefined;
  readonly findings: readonly Finding<EmergencyKind>[];
  /** False where the text is in a language or script that the net does not read, or mostly unreadable: due like an urgent one. */
  readonly judged: boolean;
}

export const EMERGENCY_LABELS = ["emergency", "not"] as const;

const model = /* @__PURE__ */ load(stored);
/** How it was chosen: docs/decisions/0018. */
const ALARM = 0.55;

/** A text as the model sees its words. */
export const emergencyWords = respelt;

/**
 * What is seen in a text, by name: the model's most telling features.
 * @param forgets asked of each concept; what it says yes to is left out
 */
export function emergencyConcepts(folded: Folded, forgets?: () => boolean): string[] {
  const understood = understand(folded);
  return namesOf(forgets ? { ...understood, occurrences: understood.occurrences.filter(() => !forgets()) } : understood);
}

/** Whether somebody may need help now or today. Never throws; linear in the text's length. */
export const readEmergency = (text: string): EmergencyReading => readEmergencyWith(model, text);

/** The same by another model: what validation asks about lines that the stored one was trained on. */
export function readEmergencyWith(by: Model, text: string): EmergencyReading {
  const folded = fold(text);
  const judged = readsFolded(folded, text);
  const understood = understand(folded);
  const { tokens, occurrences } = understood;
  const concepts = namesOf(understood);
  const words = respelt(folded);
  const chance = score(by, words, concepts).chances[by.labels.indexOf("emergency")] ?? 0;
  if (chance <= ALARM && !outright(understood)) return { label: "not", kind: undefined, findings: [], judged };

  const kind = kindOf(occurrences);
  const found = new Map<string, Finding<EmergencyKind>>();
  const add = (of: EmergencyKind, from: number, to: number, how: Pick<Finding, "by" | "why">): void => {
    const each = finding(of, spanOf(folded, from, to), { severity: "ask", ...how });
    if (!found.has(each.id)) found.set(each.id, each);
  };
  for (const each of occurrences) {
    if (!serious(each)) continue;
    add(each.kind ?? kind, tokens[each.from]?.from ?? 0, tokens[each.to - 1]?.to ?? 0, { by: "rule", why: each.name });
  }
  if (found.size === 0) add(kind, 0, folded.text.length, { by: "model", why: strongest(by, "emergency", words, concepts).join(" ") });
  return { label: "emergency", kind, findings: [...found.values()], judged };
}
