import type { Clinic, Language, Template } from "./clinic.ts";

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The text of a template in a language. Parameters are typed, so that no free text can enter an approved wording.
 * @returns undefined where a parameter is missing, unknown or not of its type
 */
export function render(
  template: Template,
  params: Readonly<Record<string, string>>,
  language: Language,
  clinic: Pick<Clinic, "senderName" | "phone" | "providers" | "places">,
): string | undefined {
  const names = Object.keys(template.params);
  if (Object.keys(params).length !== names.length) return undefined;
  const filled: Record<string, string> = { clinic: clinic.senderName, phone: clinic.phone };
  for (const name of names) {
    const kind = template.params[name];
    const given = params[name];
    if (kind === undefined || given === undefined) return undefined;
    const text =
      kind.type === "date"
        ? dateText(given, language)
        : kind.type === "time"
          ? timeText(given, language)
          : listed(kind, clinic).find((each) => each === given);
    if (text === undefined) return undefined;
    filled[name] = text;
  }
  return template.text[language].replace(/\{([a-zA-Z0-9]+)\}/g, (_, name: string) => filled[name] ?? "");
}

/** What a parameter that is neither date nor time may say. */
export const listed = (
  kind: Exclude<Template["params"][string], { type: "date" | "time" }>,
  clinic: Pick<Clinic, "providers" | "places">,
): readonly string[] => (kind.type === "choice" ? kind.of : kind.type === "provider" ? clinic.providers : clinic.places);

const DATE = {
  en: new Intl.DateTimeFormat("en-CA", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" }),
  fr: new Intl.DateTimeFormat("fr-CA", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" }),
};

function dateText(given: string, language: Language): string | undefined {
  const at = ISO_DATE.test(given) ? Date.parse(`${given}T12:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== given) return undefined;
  return DATE[language].format(at);
}

function timeText(given: string, language: Language): string | undefined {
  const match = CLOCK.exec(given);
  if (!match) return undefined;
  const hour = Number(match[1]);
  if (language === "fr") return `${hour} h ${match[2]}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${match[2]} ${hour < 12 ? "am" : "pm"}`;
}
