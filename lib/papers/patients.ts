import type { Language } from "../../lambdas/core/clinic.ts";
import { rulesAt } from "../../lambdas/core/rules.ts";
import { numberText, origin, type Paper, plain, type Source } from "./paper.ts";

const SAYS = {
  en: {
    handout: "Texting with us",
    who: (clinic: string, number: string, phone: string) =>
      `You can text **${clinic}** at **${number}**. To talk to us, call **${phone}**.`,
    notices: "Good to know",
    words: "Words you can text",
    stop: "**STOP**: you get no more texts from us.",
    start: "**START**: you can get them again.",
    help: "**HELP**: who we are and how to reach us.",
    form: "Texting: what I agree to",
    agree: "I agree to get texts about (tick what you want; nothing is ticked for you):",
    declare: [
      "This is my own phone. I do not share it.",
      "The phone is locked.",
      "I will tell the clinic when my number changes.",
      "I know that texts are not private, and not for emergencies.",
      "I know that I can stop at any time.",
    ],
    fields: ["Name", "Mobile number", "Language of the texts", "Date", "Signature", "If you sign for somebody: your name, and why you may"],
    staff: "For staff",
    asked: "We asked, and heard the answer in the patient's own words:",
    recorded: "Talked with (name of staff) · where · interpreter",
    teach: "Answer:",
  },
  fr: {
    handout: "Nous texter",
    who: (clinic: string, number: string, phone: string) =>
      `Vous pouvez texter **${clinic}** au **${number}**. Pour nous parler, appelez le **${phone}**.`,
    notices: "Bon à savoir",
    words: "Les mots à texter",
    stop: "**ARRET** : plus aucun texto de nous.",
    start: "**ABONNER** : en recevoir de nouveau.",
    help: "**AIDE** : qui nous sommes et comment nous joindre.",
    form: "Textos : ce que j'accepte",
    agree: "J'accepte de recevoir des textos sur (cochez ce que vous voulez; rien n'est coché d'avance) :",
    declare: [
      "C'est mon propre téléphone. Je ne le partage pas.",
      "Le téléphone se verrouille.",
      "Je dirai à la clinique si mon numéro change.",
      "Je sais que les textos ne sont pas privés, ni pour les urgences.",
      "Je sais que je peux arrêter quand je veux.",
    ],
    fields: [
      "Nom",
      "Numéro de cellulaire",
      "Langue des textos",
      "Date",
      "Signature",
      "Si vous signez pour quelqu'un : votre nom, et à quel titre",
    ],
    staff: "Pour le personnel",
    asked: "Nous avons demandé, et entendu la réponse dans les mots du patient :",
    recorded: "Conversation avec (membre du personnel) · lieu · interprète",
    teach: "Réponse :",
  },
} as const;

/** The wordings that somebody approved and nobody withdrew, in a language: what patients agree to is their very text. */
const inForce = ({ clinic, today }: Source, language: Language) =>
  clinic.wordings.filter((each) => each.language === language && each.approved && (each.withdrawn === undefined || each.withdrawn > today));

/** What the rules of the clinic's place have patients told, on the day of the paper; of several packs' same words once. */
const notices = ({ clinic, today }: Source, language: Language): string[] => {
  const told = rulesAt(clinic, Date.parse(`${today}T12:00:00Z`)).notices.map((each) => `- ${plain(each.text[language])}`);
  return told.length === 0 ? [] : [`## ${SAYS[language].notices}`, "", ...new Set(told), ""];
};

function handout(source: Source, language: Language, large: boolean): Paper {
  const { clinic, number } = source;
  const says = SAYS[language];
  // Wordings repeat each other on purpose: each stands alone when it is read aloud. On paper each section is needed once.
  const sections = new Map<string, string>();
  for (const { text } of inForce(source, language))
    for (const section of text.split(/^(?=## )/m).filter((part) => part.trim() !== "")) {
      const [heading = ""] = section.split("\n");
      if (!sections.has(heading)) sections.set(heading, section.trim());
    }
  return {
    name: `handout-${language}${large ? "-large" : ""}`,
    title: says.handout,
    language,
    readers: "patients",
    footer: origin(source, language),
    large,
    markdown: [
      `# ${says.handout}`,
      "",
      says.who(plain(clinic.senderName), numberText(number), plain(clinic.phone)),
      "",
      ...[...sections.values()].flatMap((section) => [section, ""]),
      ...notices(source, language),
      `## ${says.words}`,
      "",
      `- ${says.stop}`,
      `- ${says.start}`,
      `- ${says.help}`,
      "",
    ].join("\n"),
  };
}

function form(source: Source, language: Language, large: boolean): Paper {
  const { clinic } = source;
  const says = SAYS[language];
  const wordings = inForce(source, language);
  const offered = new Set(wordings.flatMap((each) => each.purposes));
  const purposes = clinic.purposes.filter((each) => offered.has(each.id));
  return {
    name: `authorization-${language}${large ? "-large" : ""}`,
    title: says.form,
    language,
    readers: "patients",
    footer: `${origin(source, language)} · ${wordings.map((each) => `${each.id}/v${each.version}`).join(", ")}`,
    large,
    markdown: [
      `# ${says.form}`,
      "",
      `${says.agree}`,
      "",
      ...purposes.map((each) => `- ☐ ${plain(each.name[language])}`),
      "",
      ...says.declare.map((line) => `- ☐ ${line}`),
      "",
      ...notices(source, language),
      ...says.fields.flatMap((field) => [
        `${field}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_`,
        "",
      ]),
      "---",
      "",
      `**${says.staff}.** ${says.asked}`,
      "",
      ...[...new Map(wordings.flatMap((each) => each.teachBack).map((each) => [each.ask, each])).values()].map(
        (each) => `- ${plain(each.ask)} *(${plain(each.listenFor)})* ${says.teach} \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_`,
      ),
      "",
      `${says.recorded}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_`,
      "",
    ].join("\n"),
  };
}

/** Handout and authorization form, in each of the clinic's languages, in ordinary and in large print. */
export const patientPapers = (source: Source): Paper[] =>
  source.clinic.languages.flatMap((language) =>
    [false, true].flatMap((large) => [handout(source, language, large), form(source, language, large)]),
  );
