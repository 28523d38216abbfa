import { readContent } from "../../lambdas/core/reading/content.ts";

/** What the gate's own reader says against a text that should be administrative. */
interface Disclosed {
  /** "reads as clinical (result: benign)" */
  readonly says: string;
  /** No rule found anything: the model alone suspects it, and a person may know better. */
  readonly suspected: boolean;
}

/** A text is read once, however often it stands in what is checked. */
const known = new Map<string, Disclosed | undefined>();

/** @returns undefined where nothing speaks against the text, neither rule nor model */
export function discloses(text: string): Disclosed | undefined {
  if (!known.has(text)) known.set(text, read(text));
  return known.get(text);
}

function read(text: string): Disclosed | undefined {
  const { label, findings } = readContent(text);
  if (label === "administrative" && findings.length === 0) return undefined;
  const ruled = findings
    .filter((each) => each.severity === "refuse")
    .map(({ kind, from, to }) => `${kind}: ${shortened(text.slice(from, to))}`);
  if (ruled.length === 0) return { says: `reads as ${label} to the model, though no rule says why`, suspected: true };
  const found = [...new Set(ruled)].join("; ");
  return { says: `${label === "administrative" ? "is not for a text" : `reads as ${label}`} (${found})`, suspected: false };
}

/** The same by the rules alone, for names and fixed texts, which are shorter than what the model has learnt from. */
export function disclosesByRule(text: string): string | undefined {
  const found = discloses(text);
  return found?.suspected ? undefined : found?.says;
}

const shortened = (part: string): string => (part.trim().length > 40 ? `${part.trim().slice(0, 37)}...` : part.trim());
