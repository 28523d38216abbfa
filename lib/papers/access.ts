import type { Language } from "../../lambdas/core/clinic.ts";
import { localDate, localTime } from "../../lambdas/core/hours.ts";
import type { Row } from "./month.ts";
import { origin, type Paper, plain, type Source, table } from "./paper.ts";

/** What a patient's own report is made of. */
export interface Access {
  readonly patient: string;
  /** The days that the export covers, YYYY-MM-DD. */
  readonly covers: { readonly from: string; readonly to: string };
  /** Rows of the question `who-read`. */
  readonly readings: readonly Row[];
}

const SAYS = {
  en: {
    title: "Who looked at your texts",
    intro: (clinic: string, from: string, to: string) => `This is from **${clinic}**. It tells who looked, from ${from} to ${to}.`,
    how: "Our computer writes down each look first. Only then does it show a text. If someone changes the list later, we can tell.",
    none: "**No one looked in this time.**",
    some: (people: number, times: number) =>
      `**${people === 1 ? "One person" : `${people} people`} looked, ${times === 1 ? "one time" : `${times} times`} in all.**`,
    head: ["Day", "Time", "Who", "Their job", "What they saw", "Why"],
    who: "The short names are how our computer knows our staff. Ask us, and we tell you the full name.",
    shared: "“A shared phone” means: more than one person gets texts on that phone. The look may have been for one of them.",
    unknown: "“Before we knew” means: a text came from your phone, and we did not know yet that it was yours.",
    rest: "What this list does not show",
    limits: [
      "Your chart is in a different place. It has its own list. Ask us for it too.",
      "A few people keep our computers running. They could look in some other way. Our computer firm keeps a list of that.",
      "Phone companies carry the texts. We can not see what they do.",
      "People who hold your phone can read it. We can not see that.",
    ],
    ask: "Is something not right?",
    call: (phone: string) => `Call us at **${phone}**. Ask for the person who looks after privacy. You can ask why each person looked.`,
    id: (patient: string) => `Your number in our texting system: ${patient}`,
    what: {
      texts: "your texts",
      "a text, as second reader": "one text, to check it",
      record: "your texting file",
      consents: "what you agreed to",
    },
    named: { "nobody yet": "before we knew", "another on this phone": "a shared phone" },
    purpose: {
      TREAT: "your care",
      PATADMIN: "to keep your file right",
      HOPERAT: "to run the clinic",
      HCOMPL: "to check that rules are kept",
    },
    roles: {
      "front-desk": "front desk",
      nurse: "nurse",
      "nurse-practitioner": "nurse",
      physician: "doctor",
      "privacy-officer": "privacy",
      "clinic-manager": "manager",
    },
  },
  fr: {
    title: "Qui a vu vos textos",
    intro: (clinic: string, from: string, to: string) => `De la part de **${clinic}**. Voici qui a regardé, du ${from} au ${to}.`,
    how: "Notre système note d'abord chaque regard. Après, il montre le texto. Si quelqu'un change la liste plus tard, cela se voit.",
    none: "**Personne n'a regardé dans ce temps.**",
    some: (people: number, times: number) =>
      `**${people === 1 ? "Une personne a" : `${people} personnes ont`} regardé, ${times === 1 ? "une fois" : `${times} fois`} en tout.**`,
    head: ["Jour", "Heure", "Qui", "Son travail", "Ce qui a été vu", "Pourquoi"],
    who: "Les noms courts sont ceux de notre système. Demandez-nous le nom complet : nous vous le dirons.",
    shared:
      "« Un téléphone partagé » veut dire : plus d'une personne reçoit des textos sur ce téléphone. Le regard était peut-être pour elle.",
    unknown: "« Avant de savoir » veut dire : un texto est venu de votre téléphone, et nous ne savions pas encore que c'était le vôtre.",
    rest: "Ce que cette liste ne montre pas",
    limits: [
      "Votre dossier est ailleurs. Il a sa propre liste. Demandez-la aussi.",
      "Quelques personnes font marcher nos machines. Elles pourraient voir autrement. Notre fournisseur en garde une liste.",
      "Les compagnies de téléphone portent les textos. Nous ne voyons pas ce qu'elles font.",
      "Qui tient votre téléphone peut lire vos textos. Nous ne le voyons pas.",
    ],
    ask: "Quelque chose ne va pas?",
    call: (phone: string) =>
      `Appelez-nous au **${phone}**. Demandez la personne qui veille sur la vie privée. Vous pouvez demander pourquoi chaque personne a regardé.`,
    id: (patient: string) => `Votre numéro dans notre système : ${patient}`,
    what: {
      texts: "vos textos",
      "a text, as second reader": "un texto, pour le vérifier",
      record: "votre fiche de textos",
      consents: "ce que vous avez accepté",
    },
    named: { "nobody yet": "avant de savoir", "another on this phone": "un téléphone partagé" },
    purpose: {
      TREAT: "vos soins",
      PATADMIN: "tenir votre fiche à jour",
      HOPERAT: "le travail de la clinique",
      HCOMPL: "voir si les règles sont suivies",
    },
    roles: {
      "front-desk": "accueil",
      nurse: "soins infirmiers",
      "nurse-practitioner": "soins infirmiers",
      physician: "médecin",
      "privacy-officer": "vie privée",
      "clinic-manager": "direction",
    },
  },
} as const;

/** Our word for a code, or the code itself, as plain words. */
const word = (words: Readonly<Record<string, string>>, code: unknown): string =>
  code === null || code === undefined ? "" : plain(words[String(code)] ?? String(code).replaceAll("-", " "));

/** A day stays on one line. */
const day = (date: string): string => date.replaceAll("-", "\u2011");

/** A patient's own report of who looked at their texts: plain words, the staff's ids, no text. */
export function accessReport(source: Source, { patient, covers, readings }: Access, language: Language): Paper {
  const { clinic } = source;
  const says = SAYS[language];
  const people = new Set(readings.map(({ who }) => who)).size;
  const named = new Set(readings.map((row) => row["named"]));
  const row = (each: Row): string[] => {
    const when = Date.parse(String(each["ts"]));
    const about = (says.named as Readonly<Record<string, string>>)[String(each["named"])];
    const what = word(says.what, each["what"]);
    return [
      day(localDate(when, clinic.timeZone)),
      localTime(when, clinic.timeZone),
      plain(String(each["who"])),
      word(says.roles, each["role"]),
      about === undefined ? what : `${what} (${about})`,
      word(says.purpose, each["purpose"]),
    ];
  };
  return {
    name: `access-${language}`,
    title: says.title,
    language,
    readers: "patients",
    footer: `${says.id(patient)} · ${origin(source, language)}`,
    markdown: [
      `# ${says.title}`,
      "",
      says.intro(plain(clinic.senderName), day(covers.from), day(covers.to)),
      "",
      says.how,
      "",
      ...(readings.length === 0
        ? [says.none, ""]
        : [says.some(people, readings.length), "", table(says.head, readings.map(row)), "", says.who, ""]),
      ...(named.has("another on this phone") ? [says.shared, ""] : []),
      ...(named.has("nobody yet") ? [says.unknown, ""] : []),
      `## ${says.ask}`,
      "",
      says.call(plain(clinic.phone)),
      "",
      `## ${says.rest}`,
      "",
      ...says.limits.map((each) => `- ${each}`),
      "",
    ].join("\n"),
  };
}
