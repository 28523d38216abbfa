import type { Language } from "../../lambdas/core/clinic.ts";

/** A thing that some texts must say: how it is recognised in each language, and words that say it. */
interface Statement {
  readonly what: string;
  readonly pattern: Readonly<Record<Language, RegExp>>;
  readonly such: Readonly<Record<Language, string>>;
}

/** A short number by itself, "9-1-1" too, and not within a longer one such as 403-911-0100. */
const short = (a: number, b: number, c: number): RegExp => new RegExp(`(?<!\\d[-. ]?)${a}[- ]?${b}[- ]?${c}(?![-.]?\\d| \\d{4})`);
const NUMBER_911 = short(9, 1, 1);
const NUMBER_988 = short(9, 8, 8);
const NUMBER_811 = short(8, 1, 1);

export const STATEMENTS = {
  "not-for-emergencies": {
    what: "that texts are not for emergencies",
    pattern: {
      en: /\b(not|never|isn't|aren't|don't|cannot|can't)\b[^.!?]{0,60}\b(emergenc(y|ies)|urgent|urgently)\b/iu,
      fr: /(?<!\p{L})(pas|jamais|non|sauf|ni)(?!\p{L})[^.!?]{0,60}\burgen(ces?|te?s?)(?!\p{L})/iu,
    },
    such: { en: "Not for emergencies.", fr: "Pas pour les urgences." },
  },
  "when-we-read": {
    what: "when texts are read",
    pattern: {
      en: /\b(read|see|look at|check|answer)\b[^.!?]{0,60}\b(hours|when we open|when we are open|opening|weekdays?|monday|days?|from \d|between \d)\b/iu,
      fr: /(?<!\p{L})(lisons|lirons|lit|lus|lues|voyons|verrons|consultons|répondons)(?!\p{L})[^.!?]{0,60}(?<!\p{L})(heures|ouverture|ouvrons|jours?|semaine|lundi|de \d|entre \d)(?!\p{L})/iu,
    },
    such: { en: "We read texts in office hours.", fr: "Nous lisons les textos aux heures de bureau." },
  },
  911: {
    what: "to call 911",
    pattern: { en: NUMBER_911, fr: NUMBER_911 },
    such: { en: "Call 911.", fr: "Composez le 911." },
  },
  988: {
    what: "the suicide crisis line 988",
    pattern: { en: NUMBER_988, fr: NUMBER_988 },
    such: { en: "Call or text 988.", fr: "Appelez ou textez le 988." },
  },
  "nobody-reads": {
    what: "that nobody reads texts now",
    pattern: {
      en: /\b(nobody|no one|no-one)\b[^.!?]{0,30}\b(reads?|reading|sees?|answers?)\b|\b(not|n't)\b[^.!?]{0,20}\b(read|being read|reading)\b/iu,
      fr: /(?<!\p{L})(personne|nul)(?!\p{L})[^.!?]{0,30}(?<!\p{L})(ne|n['’])\s?(lit|voit|répond|consulte)|(?<!\p{L})ne (lisons|sont) pas(?!\p{L})/iu,
    },
    such: { en: "Nobody reads texts now.", fr: "Personne ne lit les textos en ce moment." },
  },
  "if-it-is-one": {
    what: "it so that it is true of a false alarm too",
    pattern: { en: /\bif\b/iu, fr: /(?<!\p{L})(si|s['’]il)(?!\p{L})/iu },
    such: { en: "If this is an emergency, call 911 now.", fr: "Si c'est une urgence, composez le 911 tout de suite." },
  },
  "who-can-read": {
    what: "who else can read texts",
    pattern: {
      en: /\b(others?|anyone|anybody|someone|somebody|whoever|people|phone company|carriers?)\b[^.!?]{0,60}\b(read|see)\b|\b(read|seen?)\b[^.!?]{0,30}\b(by )?(others?|anyone|anybody|whoever)\b/iu,
      fr: /(?<!\p{L})(autres?|personnes?|quiconque|compagnie|gens)(?!\p{L})[^.!?]{0,60}(?<!\p{L})(lire|lisent|voir|voient|lus?|vus?)(?!\p{L})/iu,
    },
    such: { en: "Anyone who picks up your phone can read them.", fr: "Toute personne qui prend votre téléphone peut les lire." },
  },
  "own-phone": {
    what: "that it is the patient's own phone",
    pattern: {
      en: /\b(own|personal) (cell )?phone\b/iu,
      fr: /(?<!\p{L})(propre|personnel)(?!\p{L})[^.!?]{0,20}|téléphone (à vous|personnel)/iu,
    },
    such: { en: "It is your own phone.", fr: "C'est votre propre téléphone." },
  },
  locked: {
    what: "that the phone is locked",
    pattern: { en: /\b(lock(s|ed)?|passcode|password|pin)\b/iu, fr: /verrouill|code d'accès|mot de passe/iu },
    such: { en: "Keep the phone locked.", fr: "Gardez le téléphone verrouillé." },
  },
  "number-changes": {
    what: "to tell the clinic of a new number",
    pattern: {
      en: /\bnumber\b[^.!?]{0,30}\b(changes?|new)\b|\b(new|change)\b[^.!?]{0,20}\bnumber\b/iu,
      fr: /numéro[^.!?]{0,30}(change|nouveau)|(nouveau|chang)[^.!?]{0,20}numéro/iu,
    },
    such: { en: "Tell us when the number changes.", fr: "Dites-nous quand le numéro change." },
  },
  "how-to-stop": {
    what: "how to stop the texts",
    pattern: { en: /\bSTOP\b/u, fr: /\bARR[EÊ]T\b/u },
    such: { en: "Text STOP and we stop.", fr: "Textez ARRET et nous cessons." },
  },
} as const satisfies Record<string, Statement>;

export type StatementId = keyof typeof STATEMENTS;

/** Composed accents, one kind of apostrophe, and no line ends: a wording is broken into lines wherever it was typed. */
const plain = (text: string): string => text.normalize("NFC").replaceAll("’", "'").replace(/\s+/g, " ");

/** What a text leaves out of what it must say, each with words that say it. */
export function unsaid(text: string, language: Language, must: readonly StatementId[]): string[] {
  return must.flatMap((id) => {
    const { what, pattern, such }: Statement = STATEMENTS[id];
    return pattern[language].test(plain(text)) ? [] : [`does not say ${what}; write such as "${such[language]}"`];
  });
}

/** Whether a text names Alberta's Health Link, or another line of that number. */
export const names811 = (text: string): boolean => NUMBER_811.test(text);

/** What promises that somebody will do something, or is doing it. */
const PROMISES: Readonly<Record<Language, RegExp>> = {
  en: /\b(we|our \p{L}+|someone|somebody|staff|a nurse|the nurse|a doctor|the doctor)\s+(will|shall|are|is|can|have|has|'ll|'re)\b[^.!?]{0,40}|\b(we|they|someone|somebody)['’](ll|re)\b[^.!?]{0,40}|\b(shortly|soon|right away|as soon as|in a moment)\b[^.!?]{0,20}/iu,
  fr: /(?<!\p{L})(nous|on|notre \p{L}+|le personnel|quelqu'un|une infirmière|un infirmier|l'infirmière|un médecin)\s+(vous\s+)?(\p{L}+(?:ons|ra|ront|rons)|avise|appelle|rappelle|arrive|va|vont|allons)(?!\p{L})[^.!?]{0,40}|(?<!\p{L})(sous peu|bientôt|sans tarder|dès que possible|d'ici peu)(?!\p{L})/iu,
};

/** What a text promises, in its own words; undefined where it promises nothing. */
export const promiseOf = (text: string, language: Language): string | undefined => PROMISES[language].exec(plain(text))?.[0].trim();
