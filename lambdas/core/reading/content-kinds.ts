/** The words of the content reader, apart from it: whoever only looks at findings does not load the model. */

export const CONTENT_LABELS = ["administrative", "clinical", "sensitive"] as const;
export type ContentLabel = (typeof CONTENT_LABELS)[number];

const CLINICAL = [
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
] as const;
const IDENTIFIERS = ["phn", "sin", "ssn", "dob", "card", "mrn", "insurance-id"] as const;
const SENSITIVE = [
  "mental-health",
  "sexual-health",
  "substance-use",
  "reproductive",
  "cancer",
  "genetic",
  "end-of-life",
  "violence",
  "social",
] as const;
/** Seen by the model alone. */
const PERHAPS = ["perhaps-clinical", "perhaps-sensitive"] as const;

/** What a text may disclose. */
export const CONTENT_KINDS = [...CLINICAL, ...IDENTIFIERS, ...SENSITIVE, ...PERHAPS] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Values that may never be texted, whoever acknowledges what; asking for one is no better. */
export const IDENTIFIER_KINDS: ReadonlySet<ContentKind> = new Set([...IDENTIFIERS, "asks-identifier"]);

/** What makes a text sensitive by its subject. */
export const SENSITIVE_KINDS: ReadonlySet<ContentKind> = new Set([...SENSITIVE, "perhaps-sensitive"]);
