/** A JSON object whose members are not known yet. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads a value as a JSON object.
 * @returns the object, or an empty one for anything else (a missing member of a template reads as absent)
 */
export function object(value: unknown): Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};
}

/** Reads a value as a list: an array as it is, nothing as empty, anything else as a list of one (IAM and CloudFormation both do). */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Reads a value as text; numbers and booleans become text as CloudFormation makes them, anything else is undefined. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Reads a flag that a template may hold as a boolean or as text. */
export function flag(value: unknown): boolean {
  return value === true || value === "true";
}
