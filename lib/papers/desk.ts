import { numberText, origin, type Paper, plain, type Source, table } from "./paper.ts";
import { weekTable } from "./procedures.ts";

/** A poster for the waiting room, in every language of the clinic. */
export function poster(source: Source): Paper {
  const { clinic, number } = source;
  const lines = {
    en: [
      "## Text us about times and paperwork",
      "- **Not for emergencies: call 911**",
      "- We read texts when we are open",
      "- Ask at the desk: we explain it, you decide",
      "- Text **STOP** and we stop",
    ],
    fr: [
      "## Textez-nous pour vos rendez-vous et vos papiers",
      "- **Urgence : composez le 911**",
      "- Nous lisons les textos quand nous sommes ouverts",
      "- Demandez à la réception : vous décidez",
      "- Textez **ARRET** et nous cessons",
    ],
  };
  return {
    name: "poster",
    title: "Poster",
    language: clinic.languages[0] ?? "en",
    readers: "patients",
    footer: origin(source),
    layout: "poster",
    markdown: [
      `# ${plain(clinic.senderName)}`,
      "",
      `# ${numberText(number)}`,
      "",
      ...clinic.languages.flatMap((language) => [...lines[language].flatMap((line, at) => (at === 0 ? [line, ""] : [line])), ""]),
    ].join("\n"),
  };
}

/** A card to take home: the number under the name that the texts carry, so that the patient knows who writes. */
export function contactCard(source: Source): Paper {
  const { clinic, number } = source;
  return {
    name: "contact-card",
    title: "Contact card",
    language: clinic.languages[0] ?? "en",
    readers: "patients",
    footer: origin(source),
    layout: "card",
    markdown: [
      `# ${plain(clinic.senderName)}`,
      "",
      ...clinic.languages.flatMap((language) =>
        language === "fr"
          ? [
              `Textos : **${numberText(number)}**`,
              "",
              `Téléphone : **${plain(clinic.phone)}**`,
              "",
              "Urgence : 911. ARRET pour ne plus recevoir de textos.",
              "",
            ]
          : [
              `Texts: **${numberText(number)}**`,
              "",
              `Phone: **${plain(clinic.phone)}**`,
              "",
              "Emergency: 911. Text STOP for no more texts.",
              "",
            ],
      ),
    ].join("\n"),
  };
}

/** The same as a vCard 3.0 (RFC 2426), to be scanned or mailed: a saved contact is how a patient tells our texts from others. */
export const vcard = ({ clinic, number }: Source): string =>
  [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `FN:${escaped(clinic.senderName)}`,
    `ORG:${escaped(clinic.senderName)}`,
    ...(number ? [`TEL;TYPE=CELL,TEXT:${number}`] : []),
    `TEL;TYPE=WORK,VOICE:${escaped(clinic.phone)}`,
    "END:VCARD",
    "",
  ].join("\r\n");

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/[\r\n]+/g, " ");

/** What to do while texts cannot be read or sent. */
export function downtime(source: Source): Paper {
  const { clinic } = source;
  const open = clinic.teams.filter((team) => !team.retired);
  return {
    name: "downtime",
    title: "When texting does not work",
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      "# When texting does not work",
      "",
      "Keep a printed copy at the desk. Nothing that patients have texted is lost while the gateway is down: it waits and arrives afterwards. **Nobody reads it meanwhile.**",
      "",
      "## At once",
      "",
      "1. Tell clinic IT: docs/runbook.md has an entry for each alarm.",
      `2. Change the voice line's greeting (${plain(clinic.phone)}): “Our texting is down. Please call. In an emergency, call 911.”`,
      "3. Put the same line on the door and on the website.",
      "4. Tell the people on call: pages do not come either.",
      "",
      "## Instead of each kind of text",
      "",
      table(
        ["What", "Do this"],
        clinic.scenarios.filter((scenario) => scenario.allowed).map((scenario) => [plain(scenario.name), plain(scenario.instead)]),
      ),
      "",
      "## Write down",
      "",
      table(
        ["Time", "Patient (chart number)", "What was done, by whom"],
        Array.from({ length: 8 }, () => [" ", " ", " "]),
      ),
      "",
      "## Afterwards",
      "",
      "1. Read every queue to its end. Urgent ones are at the head.",
      "2. Reminders that expired are listed as “phone instead”.",
      "3. File what was done on paper into the charts.",
      "",
      "## Who answers which queue",
      "",
      ...open.flatMap((team) => [`### ${plain(team.name)}`, "", plain(team.who), "", weekTable(team.hours), ""]),
    ].join("\n"),
  };
}
