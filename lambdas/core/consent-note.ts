/**
 * What a record of a consent says in words: a note for the chart, in English and French, and what the record does not say.
 * "Discussion noted in the medical record" is the CMPA's advice (Texting safely about patient care, 2019, revised 2024).
 */
import type { Clinic, Language } from "./clinic.ts";
import { localDate, localTime } from "./hours.ts";
import type { ConsentItem } from "./items.ts";

type Wording = Clinic["wordings"][number];

/** The wording that a record names, also one that is no longer approved. */
const wordingOf = (record: ConsentItem, clinic: Pick<Clinic, "wordings">): Wording | undefined =>
  clinic.wordings.find((each) => `${each.id}/v${each.version}` === record.wording);

export const MISSING = ["teach-back", "language", "interpreter", "where", "own-phone", "locked", "keeps-current", "evidence"] as const;
export type Missing = (typeof MISSING)[number];

/** What the record of an agreement leaves open: nothing of it is needed for a text, all of it when somebody asks. */
export function missingOf(record: ConsentItem, clinic: Pick<Clinic, "wordings">): Missing[] {
  if (record.decision !== "granted") return [];
  const { discussion = {}, method, evidence } = record;
  const questions = wordingOf(record, clinic)?.teachBack.length ?? 0;
  const answered = new Set((discussion.teachBack ?? []).map(({ question }) => question));
  const there: Readonly<Record<Missing, boolean>> = {
    "teach-back": answered.size >= questions,
    language: discussion.language !== undefined,
    interpreter: discussion.interpreter !== undefined,
    where: discussion.where !== undefined,
    "own-phone": discussion.attests?.ownPhone !== undefined,
    locked: discussion.attests?.locked !== undefined,
    "keeps-current": discussion.attests?.keepsCurrent !== undefined,
    evidence: evidence !== undefined || (method !== "written" && method !== "electronic"),
  };
  return MISSING.filter((each) => !there[each]);
}

/** Words for the codes of a record. */
const WORDS = {
  en: {
    decision: {
      asked: "The patient was asked about texts from the clinic and has not answered yet",
      granted: "The patient agreed to texts from the clinic",
      declined: "The patient declined texts from the clinic",
      withdrawn: "The patient withdrew the agreement to texts from the clinic",
      confirmed: "The phone itself confirmed the agreement to texts, by YES",
      restored: "The phone itself took the STOP back, by START and YES; what was agreed before stands again",
    },
    method: { "in-person": "in person", phone: "by phone", written: "in writing", electronic: "electronically", text: "by text" },
    where: { "in-person": "in person", phone: "on the phone", video: "by video", home: "at the patient's home", other: "elsewhere" },
    interpreter: {
      none: "no interpreter",
      professional: "a professional interpreter",
      family: "a relative interpreted",
      staff: "staff interpreted",
    },
    answer: { ok: "answered well", "explained-again": "explained again" },
    relationship: { guardian: "a guardian", caregiver: "a caregiver" },
    attests: { ownPhone: "own phone", locked: "the phone locks", keepsCurrent: "will tell us of a new number" },
    yes: "yes",
    no: "no",
  },
  fr: {
    decision: {
      asked: "On a demandé au patient s'il accepte les textos de la clinique; il n'a pas encore répondu",
      granted: "Le patient accepte les textos de la clinique",
      declined: "Le patient refuse les textos de la clinique",
      withdrawn: "Le patient retire son accord aux textos de la clinique",
      confirmed: "Le téléphone même a confirmé l'accord aux textos, par OUI",
      restored: "Le téléphone même a levé l'arrêt, par START et OUI; ce qui était accepté vaut de nouveau",
    },
    method: {
      "in-person": "en personne",
      phone: "par téléphone",
      written: "par écrit",
      electronic: "par voie électronique",
      text: "par texto",
    },
    where: { "in-person": "en personne", phone: "au téléphone", video: "par vidéo", home: "au domicile du patient", other: "ailleurs" },
    interpreter: {
      none: "sans interprète",
      professional: "avec interprète",
      family: "un proche a traduit",
      staff: "le personnel a traduit",
    },
    answer: { ok: "bien répondu", "explained-again": "expliqué de nouveau" },
    relationship: { guardian: "un tuteur", caregiver: "un proche aidant" },
    attests: { ownPhone: "son propre téléphone", locked: "le téléphone se verrouille", keepsCurrent: "signalera un nouveau numéro" },
    yes: "oui",
    no: "non",
  },
} as const;

/**
 * The note for the chart. Holds no more of the number than its last four digits.
 * @param last4 of the number, or undefined where the record names none
 */
export function consentNote(record: ConsentItem, last4: string | undefined, clinic: Clinic, language: Language): string {
  const words = WORDS[language];
  const en = language === "en";
  const say = (english: string, french: string): string => (en ? english : french);
  const when = (at: number): string => `${localDate(at, clinic.timeZone)} ${localTime(at, clinic.timeZone)}`;
  const colon = say(":", " :");
  const { discussion = {}, proxy } = record;
  const wording = wordingOf(record, clinic);
  const about = record.purposes.map((id) => clinic.purposes.find((each) => each.id === id)?.name[language] ?? id);
  const method = (words.method as Readonly<Record<string, string>>)[record.method] ?? record.method;
  const attests = Object.entries(discussion.attests ?? {}).flatMap(([name, said]) =>
    said === undefined ? [] : [`${words.attests[name as keyof typeof words.attests]}${colon} ${said ? words.yes : words.no}`],
  );
  const lines = [
    `${words.decision[record.decision]} (${method}, ${when(record.agreedAt)}).`,
    ...about.map((name) => `- ${name}`),
    ...(last4 ? [say(`Number ending in ${last4}.`, `Numéro se terminant par ${last4}.`)] : []),
    ...(proxy
      ? [
          `${say("Spoken for by", "Représenté par")} ${words.relationship[proxy.relationship]}${proxy.authority ? ` (${proxy.authority})` : ""}.`,
        ]
      : []),
    ...(record.app === "handset"
      ? []
      : [
          `${say("Recorded by", "Noté par")} ${record.by}${record.role ? ` (${record.role})` : ""}, ${when(record.recordedAt)}.`,
          ...(discussion.spokeBy ? [`${say("Spoke with the patient", "A parlé avec le patient")}${colon} ${discussion.spokeBy}.`] : []),
        ]),
    ...(discussion.where ? [`${say("Where", "Où")}${colon} ${words.where[discussion.where]}.`] : []),
    ...(discussion.language ? [`${say("Language", "Langue")}${colon} ${discussion.language}.`] : []),
    ...(discussion.interpreter ? [`${say("Interpreter", "Interprète")}${colon} ${words.interpreter[discussion.interpreter]}.`] : []),
    ...(wording ? [`${say("What was said", "Ce qui a été dit")} (${record.wording})${colon}`, wording.text] : []),
    ...(discussion.teachBack ?? []).map(({ question, answer }) => {
      const asked = wording?.teachBack[question - 1]?.ask ?? `${question}`;
      return `${say("Asked back", "Question posée")}${colon} ${asked} ${words.answer[answer]}.`;
    }),
    ...(attests.length > 0 ? [`${say("The patient's part", "La part du patient")}${colon} ${attests.join("; ")}.`] : []),
    ...(record.evidence ? [`${say("Kept as", "Conservé sous")}${colon} ${record.evidence}.`] : []),
    ...(record.counted
      ? []
      : [
          say(
            "It changed nothing: a later refusal, withdrawal or STOP stands.",
            "Sans effet : un refus, un retrait ou un arrêt plus récent vaut.",
          ),
        ]),
  ];
  return lines.join("\n");
}
