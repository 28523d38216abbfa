import { type Clinic, type Language, type Scenario, serviceText } from "./clinic.ts";

/** What may be sent instead: a template of the scenario, or a sentence that asks for a call. */
export interface Rewrite {
  /** The scenario's template, or absent. */
  readonly template?: string;
  /** Its parameters by name, each with what it takes: `date`, `time`, `provider`, `place`, or the values of a choice. */
  readonly params?: Readonly<Record<string, string>>;
  /** The fixed wording of a reply. */
  readonly wording?: "call-us";
  /** As it would read; parameters stand in braces. */
  readonly text: string;
}

/** The safe wording that is shown with a content stop: the scenario's first template, or the clinic's "please call us". */
export function safeRewrite(clinic: Clinic, scenario: Scenario | undefined, language: Language): Rewrite {
  const template = scenario?.templates[0];
  if (!template) {
    const { text } = serviceText(clinic, "call-us", language);
    return scenario ? { text } : { wording: "call-us", text };
  }
  const params = Object.fromEntries(
    Object.entries(template.params).map(([name, param]) => [name, param.type === "choice" ? param.of.join(" | ") : param.type]),
  );
  const text = template.text[language].replaceAll("{clinic}", clinic.senderName).replaceAll("{phone}", clinic.phone);
  return { template: template.id, ...(Object.keys(params).length > 0 ? { params } : {}), text };
}
