/** A paper of the clinic's own decisions: written once as Markdown, printed from HTML. What it says is in clinic/; nothing is invented here. */
import type { Clinic, Language } from "../../lambdas/core/clinic.ts";

export interface Paper {
  /** File name without its ending. */
  readonly name: string;
  readonly title: string;
  readonly language: Language;
  readonly markdown: string;
  /** Where it comes from; plain text. */
  readonly footer: string;
  /** Who reads it: patients' papers are held to a reading level. */
  readonly readers: "staff" | "patients";
  /** 18-point type, for eyes that need it. */
  readonly large?: boolean;
  /** A poster or a card: few words, big. A sheet: many figures, small, on one page. */
  readonly layout?: "poster" | "card" | "sheet";
}

/** What the papers are made from. */
export interface Source {
  readonly clinic: Clinic;
  /** The clinic's texting number (E.164); absent before there is one: the papers then leave a line to write it on. */
  readonly number: string | undefined;
  /** The day they are printed, YYYY-MM-DD: a scenario past its review narrows from then on. */
  readonly today: string;
}

/** Clinic text as plain words in Markdown: nothing in it becomes a heading, a list, a link or HTML. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>|#]/g, (sign) => `\\${sign}`).replace(/\s+/g, " ");

/** The number as people read it; North American ones in groups. */
export function numberText(number: string | undefined): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number ?? "") ?? [];
  return area ? `${area}-${exchange}-${line}` : (number ?? "________________");
}

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Where a paper comes from, as plain text: so that two printings can be told apart. */
export const origin = ({ clinic, today }: Source, language: Language = "en"): string =>
  language === "fr"
    ? `${clinic.senderName} · imprimé le ${today} · décisions ${clinic.hash.slice(0, 12)}${clinic.fictitious ? " · clinique fictive" : ""}`
    : `${clinic.senderName} · printed ${today} · decisions ${clinic.hash.slice(0, 12)}${clinic.fictitious ? " · a fictitious clinic" : ""}`;
