import type { Why } from "../audit-catalogue.ts";
import type { Clinic, Language } from "../clinic.ts";
import { CALM, judge, type Net } from "../emergency-net.ts";
import type { LinkItem, NumberItem } from "../items.ts";
import { type EmergencyReading, readEmergency } from "../reading/emergency.ts";
import { languageOf } from "../reading/language.ts";
import { type OptOutIntent, type OptOutReading, readOptOut } from "../reading/opt-out.ts";
import { rulesAt } from "../rules.ts";
import { wordOf } from "../words.ts";
import { hasQuestion } from "./answer.ts";

/** What a text asks of texting itself. Rules alone stop and start; a doubt that is firm is a person's to decide, and sends wait for it. */
export type Asked =
  /** `word`: the keyword or the name of the rule; never the sender's own words. */
  | { readonly kind: "stop"; readonly word: string; readonly intent: OptOutIntent | undefined }
  | { readonly kind: "wrong-number" }
  /** May ask for no more texts. */
  | { readonly kind: "suspected"; readonly intent: OptOutIntent | undefined }
  | { readonly kind: "start" | "help" | "yes" | "no" }
  /** The model alone thinks so. */
  | { readonly kind: "start-guess" | "help-guess" }
  | { readonly kind: "new-number" };

/** What a text was understood to say, before any record is read. */
export interface Reading {
  readonly asked: Asked | undefined;
  /** What the emergency net says of it. */
  readonly net: Net;
  /** Of the words that were understood, else of the text; undefined where neither tells. */
  readonly language: Language | undefined;
  /** A rule threw on the text: it is stored without it, and waits at the front desk, marked. */
  readonly failed: boolean;
}

const NOTHING: Reading = { asked: undefined, net: CALM, language: undefined, failed: false };

/** What reads a text beside the words; tests put others in their place, and whatever they do, the text is stored. */
export interface Readers {
  readonly emergency: (text: string) => EmergencyReading;
}
export const READERS: Readers = { emergency: readEmergency };

/**
 * Reads a text. A rule that throws costs the text that rule's reading, never its place in the store.
 * @param dialable whether texts can be sent where it came from: a short code's texts are read by people only
 * @param at when it was sent, by the carrier's clock (ms): the packs in force then say which words count
 */
export function read(body: string, dialable: boolean, clinic: Clinic, at: number, readers: Readers = READERS): Reading {
  if (!dialable) return NOTHING;
  const said = asking(body, clinic, at);
  // A word that every number understands is not the net's affair.
  const net = said.wholly ? CALM : judge(body, clinic, readers.emergency);
  return { asked: said.asked, net, language: said.language ?? spoken(body), failed: said.failed };
}

/** The reading of a text whose rules failed later on: what they did is left out, what the net saw is not. */
export const withoutRules = (reading: Reading): Reading => ({ ...reading, asked: undefined, failed: true });

/** What it asks of texting. `wholly`: the whole text is a keyword. */
function asking(body: string, clinic: Clinic, at: number): Pick<Reading, "asked" | "language" | "failed"> & { wholly: boolean } {
  try {
    const { optOutWords, helpWords } = rulesAt(clinic, at);
    const reading = readOptOut(body, { optOutWords: optOutWords.value, helpWords: helpWords.value });
    const word = wordOf(body);
    const wholly = word !== undefined;
    if (reading.label !== "certain" && (word?.kind === "yes" || word?.kind === "no"))
      return { asked: { kind: word.kind }, language: word.language, failed: false, wholly };
    return { asked: askedBy(reading), language: reading.language, failed: false, wholly };
  } catch {
    return { asked: undefined, language: undefined, failed: true, wholly: false };
  }
}

function spoken(body: string): Language | undefined {
  try {
    return languageOf(body);
  } catch {
    return undefined;
  }
}

function askedBy({ label, by, word, intent, firm }: OptOutReading): Asked | undefined {
  // Only where the whole text says so beyond mistaking does the number end by itself.
  if (word === "wrong-number") return { kind: "wrong-number" };
  // Beside the model's guesses a rule's word counts.
  if (by === "model" && intent === "new-number") return { kind: "new-number" };
  switch (label) {
    case "certain":
      return { kind: "stop", word: word ?? "plain-words", intent };
    case "probable":
      return firm ? { kind: "suspected", intent } : undefined;
    case "start":
      return { kind: by === "rule" ? "start" : "start-guess" };
    case "help":
      return { kind: by === "rule" ? "help" : "help-guess" };
    default:
      return undefined;
  }
}

/** Codes of a reading, for the event of the arrival. */
export function saidCodes({ asked, net, failed }: Reading): Why[] {
  const intent = asked && "intent" in asked && asked.intent ? [`intent-${asked.intent}` as const] : [];
  return [
    ...(asked ? [`word-${asked.kind}` as const] : []),
    ...intent,
    ...(failed ? (["rule-failed"] as const) : []),
    ...(net.verdict === "calm" ? [] : [net.verdict]),
  ];
}

/**
 * Whether the text may change the patients on the number: an opt-out pauses each, a wrong number ends it for each; a YES may
 * restore the consents of the only one; both answers to the question about a consent concern its patient.
 */
export function concerned({ asked }: Reading, number: NumberItem, links: readonly LinkItem[], at: number): boolean {
  if (asked?.kind === "stop" || asked?.kind === "wrong-number") return true;
  if ((asked?.kind !== "yes" && asked?.kind !== "no") || !hasQuestion(number, at)) return false;
  return number.question?.kind === "consent" || (asked.kind === "yes" && links.length === 1);
}
