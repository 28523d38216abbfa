import type { Language } from "./clinic.ts";
import { fold } from "./reading/fold.ts";

/** What a whole message says when it is one of the words that every number must understand. */
export interface Word {
  readonly kind: "stop" | "start" | "help" | "yes" | "no";
  /** The language of the word; undefined where it is the same in both. */
  readonly language: Language | undefined;
  /** The word as it was understood. */
  readonly word: string;
}

/**
 * Opt-out words: AWS's for the United States and Canada (docs: opt-out-list-keywords), the FCC's seven
 * (47 CFR 64.1200(a)(10): stop, quit, end, revoke, opt out, cancel, unsubscribe) and the French ones of Canadian carriers.
 * Only a whole message counts: "stop by at 3?" is not an opt-out.
 */
const WORDS: Readonly<Record<Word["kind"], { en?: string; fr?: string; both?: string }>> = {
  stop: {
    en: "stop stopall quit end cancel unsubscribe unsub revoke optout opt-out opt_out remove td",
    fr: "arret arreter desabonner desabonnement desinscrire desinscription fin",
  },
  start: {
    en: "start unstop subscribe resubscribe restart resume optin opt-in opt_in",
    fr: "abonner aboner abonnement reabonner reabonnement commencer recommencer reprendre debut debuter reinscrire reinscription",
  },
  help: { en: "help", fr: "aide", both: "info information" },
  yes: { en: "yes y", fr: "oui o" },
  no: { both: "no n", fr: "non" },
};

/** Every word by itself, folded. */
export const KEYWORDS: ReadonlyMap<string, Word> = new Map(
  (Object.entries(WORDS) as [Word["kind"], (typeof WORDS)["stop"]][]).flatMap(([kind, lists]) =>
    Object.entries(lists).flatMap(([language, words]) =>
      words
        .split(" ")
        .map((each) => each.replace("_", " "))
        .map((word): [string, Word] => [word, { kind, language: language === "both" ? undefined : (language as Language), word }]),
    ),
  ),
);

const OUTSIDE = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

/** The word that the whole message is, or undefined for any other text. */
export function wordOf(body: string): Word | undefined {
  if (body.length > 60) return undefined;
  return KEYWORDS.get(fold(body).text.replace(OUTSIDE, ""));
}

/** Whether staff may take the opt-out back: the patient may have meant the appointment (DESIGN: CANCEL and END). */
export const mayMeanAppointment = (word: string | undefined): boolean => word === "cancel" || word === "end";
