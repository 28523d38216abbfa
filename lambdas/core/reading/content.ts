import { asksIdentifier } from "./content/asking.ts";
import { identifiers } from "./content/identifiers.ts";
import { compile, type Lexicon } from "./content/lexicon.ts";
import { shortLinks } from "./content/links.ts";
import { tokenise } from "./content/tokens.ts";
import { ASKING } from "./content/words/asking.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, score, strongest } from "./model.ts";
import stored from "./weights/content.json" with { type: "json" };
export const CONTENT_LABELS = ["administrative", "clinical", "sensitive"] as const;
export type ContentLabel = (typeof CONTENT_LABELS)[number];

/** What a text may disclose. The first row is clinical, the second an identifier's value, the third sensitive by its subject. */
export const CONTENT_KINDS = [
  ...([
    "result",
    "diagnosis",
    "drug",
    "dose",
    "procedure",
    "advice",
    "symptom",
    "body",
    "specialty",
    "link-shortener",
    "asks-identifier",
  ] as const),
  ...(["phn", "sin", "ssn", "dob", "card", "mrn", "insurance-id"] as const),
  ...([
    "mental-health",
    "sexual-health",
    "substance-use",
    "reproductive",
    "cancer",
    "genetic",
    "end-of-life",
    "violence",
    "social",
  ] as const),
  /** Seen by the model alone. */
  ...(["perhaps-clinical", "perhaps-sensitive"] as const),
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Values that may never be texted, whoever acknowledges what. */
export const IDENTIFIER_KINDS: ReadonlySet<ContentKind> = new Set([
  "phn",
  "sin",
  "ssn",
  "dob",
  "card",
  "mrn",
  "insurance-id",
  "asks-identifier",
]);

export interface ContentReading {
  readonly label: ContentLabel;
  readonly findings: readonly Finding<ContentKind>[];
}

const model = load(stored);
/** SHA-256 of the weights. */
export const CONTENT_MODEL = model.hash;
const ASK = 0.5;

let lexicon: Lexicon<string> | undefined;
/** Compiled at the first text, not at the start of a function that may read none. */
const words = (): Lexicon<string> => (lexicon ??= compile<string>(ASKING));

/** What the rules see in a text, by name: the model's most telling features. */
export function contentConcepts(folded: Folded): string[] {
  return [...new Set(ruled(folded).map(({ kind }) => kind))];
}

/** What rules alone are sure of. */
function ruled(folded: Folded): Finding<ContentKind>[] {
  const tokens = tokenise(folded);
  const values = identifiers(folded, tokens);
  const found: Finding<ContentKind>[] = values.map(({ kind, from, to, why }) =>
    finding(kind, spanOf(folded, from, to), { severity: "refuse", by: "rule", why }),
  );
  const unit = (token: number): { from: number; to: number } => tokens.tokens[token] ?? { from: 0, to: 0 };
  const asked = asksIdentifier(tokens, words().find(tokens), (first, end) =>
    values.some(({ from, to }) => from >= unit(first).from && to <= unit(end - 1).to),
  );
  if (asked) {
    const span = spanOf(folded, unit(asked.first).from, unit(asked.end - 1).to);
    found.push(finding("asks-identifier", span, { severity: "refuse", by: "rule", why: "asks for an identifier in writing" }));
  }
  for (const { from, to } of shortLinks(folded))
    found.push(finding("link-shortener", spanOf(folded, from, to), { severity: "refuse", by: "rule", why: "a shortened link" }));
  return found;
}

const VALUES: ReadonlySet<ContentKind> = new Set(["phn", "sin", "ssn", "dob", "card", "mrn", "insurance-id"]);

/** What an outbound text would disclose. Never throws; linear in the text's length. */
export function readContent(text: string): ContentReading {
  const folded = fold(text);
  const findings = ruled(folded);
  const concepts = contentConcepts(folded);
  const { chances } = score(model, folded, concepts);
  const [administrative = 1, clinical = 0, sensitive = 0] = CONTENT_LABELS.map((label) => chances[model.labels.indexOf(label)] ?? 0);
  if (findings.some(({ kind }) => VALUES.has(kind))) return { label: "sensitive", findings };
  if (administrative >= 1 - ASK) return { label: "administrative", findings };
  const label = sensitive > clinical ? "sensitive" : "clinical";
  const why = strongest(model, label, folded, concepts).join(" ");
  findings.push(finding(`perhaps-${label}`, spanOf(folded, 0, folded.text.length), { severity: "ask", by: "model", why }));
  return { label, findings };
}
