import { type Clinic, type Language, type Scenario, serviceText } from "./clinic.ts";

/** What may be sent instead: a template of the scenario, a sentence of one's own, or the fixed wording of a reply. */
export interface Rewrite {
  readonly template?: string;
  /** Its parameters by name, each with what it takes: `date`, `time`, `provider`, `place`, or the values of a choice. */
  readonly params?: Readonly<Record<string, string>>;
  readonly wording?: "call-us";
  /** As it would read; parameters stand in braces. */
  readonly text: string;
}

/** True of every patient at every time, and discloses nothing. */
const PLEASE_CALL: Readonly<Record<Language, string>> = {
  en: "{clinic}: please call us at {phone}.",
  fr: "{clinic} : veuillez nous appeler au {phone}.",
};

/**
 * The safe wording that is shown with a content stop: the scenario's first template, or, where staff may write under it and it has
 * none, a sentence that asks for a call. A scenario that the clinic refuses has none: its `instead` says what to do.
 */
export function safeRewrite(clinic: Clinic, scenario: Scenario, language: Language): Rewrite | undefined {
  const filled = (text: string): string => text.replaceAll("{clinic}", clinic.senderName).replaceAll("{phone}", clinic.phone);
  if (!scenario.allowed) return undefined;
  const [template] = scenario.templates;
  if (!template) return { text: filled(PLEASE_CALL[language]) };
  const params = Object.entries(template.params).map(([name, kind]) => [name, kind.type === "choice" ? kind.of.join(" | ") : kind.type]);
  return {
    template: template.id,
    ...(params.length > 0 ? { params: Object.fromEntries(params) as Record<string, string> } : {}),
    text: filled(template.text[language]),
  };
}

/** The same for an answer: the clinic's "please call us". */
export const safeReply = (clinic: Clinic, language: Language): Rewrite => ({
  wording: "call-us",
  text: serviceText(clinic, "call-us", language).text,
});
