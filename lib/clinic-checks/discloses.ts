import { readContent } from "../../lambdas/core/reading/content.ts";

/**
 * What the rules of the gate's own reader find in a text that should be administrative: "reads as clinical (result: benign)".
 * @returns undefined where no rule speaks against it; the model alone refuses nothing
 */
export function discloses(text: string): string | undefined {
  const { label, findings } = readContent(text);
  const found = findings
    .filter((each) => each.severity === "refuse")
    .map(({ kind, from, to }) => `${kind}: ${shortened(text.slice(from, to))}`);
  if (found.length === 0) return undefined;
  return `${label === "administrative" ? "is not for a text" : `reads as ${label}`} (${[...new Set(found)].join("; ")})`;
}

const shortened = (part: string): string => (part.trim().length > 40 ? `${part.trim().slice(0, 37)}...` : part.trim());
