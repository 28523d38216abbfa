import type { Language } from "./clinic.ts";

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
  stop: { en: "stop stopall quit end cancel unsubscribe revoke optout opt-out opt_out remove td", fr: "arret aret arreter desabonner fin" },
  start: { en: "start unstop", fr: "abonner aboner reabonner" },
  help: { en: "help", fr: "aide", both: "info" },
  yes: { en: "yes y", fr: "oui o" },
  no: { both: "no n", fr: "non" },
};

const MEANING = new Map<string, Word>();
for (const [kind, lists] of Object.entries(WORDS) as [Word["kind"], (typeof WORDS)["stop"]][]) {
  for (const [language, words] of Object.entries(lists)) {
    for (const word of words.split(" ")) {
      MEANING.set(word.replace("_", " "), {
        kind,
        language: language === "both" ? undefined : (language as Language),
        word: word.replace("_", " "),
      });
    }
  }
}

/** The message trimmed, in plain lower-case letters: accents, full-width forms, outer punctuation and odd spaces folded away. */
function folded(body: string): string {
  return body
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, " ")
    .replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, "");
}

/** The word that the whole message is, or undefined for any other text. */
export function wordOf(body: string): Word | undefined {
  if (body.length > 60) return undefined;
  return MEANING.get(folded(body));
}

/** Whether staff may take the opt-out back: the patient may have meant the appointment (DESIGN: CANCEL and END). */
export const mayMeanAppointment = (word: string | undefined): boolean => word === "cancel" || word === "end";
