import type { Clinic, Language, Template } from "../../lambdas/core/clinic.ts";
import { segments } from "../../lambdas/core/segments.ts";
import { listed, render } from "../../lambdas/core/template.ts";
import type { Draft } from "./read.ts";

export const LANGUAGES = ["en", "fr"] as const satisfies readonly Language[];

/** What stands in braces, in order. */
export const placeholders = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");

/** A day in each month, late and late in the week, so that the longest and the dearest name is among them: août forces UCS-2. */
const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}-30`.replace("02-30", "02-25"));

/** What a text's placeholders say of the clinic itself, as far as clinic.yaml can be read. */
export type Names = Draft<Pick<Clinic, "senderName" | "phone" | "providers" | "places">>;

const whole = (names: Names): Pick<Clinic, "senderName" | "phone" | "providers" | "places"> => ({
  senderName: names.senderName ?? "",
  phone: names.phone ?? "",
  providers: (names.providers ?? []).flatMap((each) => each ?? []),
  places: (names.places ?? []).flatMap((each) => each ?? []),
});

/** The sender's name is judged once, by itself; in each text it would be told again. */
export const unnamed = (names: Names): Names => ({ ...names, senderName: "" });

/** A fixed text, filled in. */
export const filled = (text: string, names: Names): string =>
  text.replaceAll("{clinic}", names.senderName ?? "").replaceAll("{phone}", names.phone ?? "");

/**
 * A template as it reads with the longest of its lists' values, once for each month that its dates may name.
 * @returns nothing where it cannot be filled, which other checks say
 */
export function renderings(template: Draft<Template>, language: Language, names: Names): string[] {
  const { text, params } = template;
  if (text?.[language] === undefined || !params || !Object.values(params).every(isWhole)) return [];
  const clinic = whole(names);
  const complete = { ...template, text, params } as Template;
  const dated = Object.values(complete.params).some((param) => param.type === "date");
  return (dated ? MONTHS : MONTHS.slice(0, 1)).flatMap((date) => {
    const values = Object.entries(complete.params).map(([name, param]) => {
      if (param.type === "date") return [name, date];
      if (param.type === "time") return [name, "12:30"];
      return [name, listed(param, clinic).reduce((long, each) => (each.length > long.length ? each : long), "")];
    });
    return render(complete, Object.fromEntries(values), language, clinic) ?? [];
  });
}

/** Whether a parameter's own mistakes leave anything to fill in. */
const isWhole = (param: Draft<Template["params"][string]> | undefined): boolean =>
  param?.type !== undefined && (param.type !== "choice" || (param.of?.every((each) => each !== undefined) ?? false));

/** Of several texts the one of most parts on the air, the longest of those. */
export const dearest = (texts: readonly string[]): string | undefined =>
  texts.toSorted((a, b) => segments(b).parts - segments(a).parts || b.length - a.length)[0];
