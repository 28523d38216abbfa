import type * as z from "zod";

/** How to mend what is missing, by the member's name. */
const WRITE: Readonly<Record<string, string>> = {
  who: "write who receives a text: the people on duty, and who looks when they do not",
  device: "write on what device texts are read, and that it is none of the staff's own",
  verified: "write how the sender is verified before anything is said about a patient",
  documented: "write how and when a text is filed in the chart",
  purpose: "name a purpose of purposes.yaml, so that it is clear what the patient agreed to",
  owner: "name who answers for this scenario",
  reviewed: 'write the day on which it was last looked at, such as "2026-10-01"',
  review: 'write the day by which it is looked at again, such as "2027-06-01"',
  risk: "write { likelihood: 1 to 3, harm: 1 to 3 }",
  likelihood: "write 1 (rare), 2 (now and then) or 3 (often)",
  harm: "write 1 (a nuisance), 2 (a lasting embarrassment) or 3 (a patient may come to harm)",
  why: "write in a sentence why the clinic texts about this, or why it does not",
  instead: "write in a sentence what staff do instead",
  examples: "write at least two texts that are appropriate and two that are not",
  appropriate: "write at least two texts that may be sent",
  notAppropriate: "write at least two texts that may not be sent, each with because: content, purpose, person or time",
  because: "write content, purpose, person or time",
  en: "write the English text as well",
  fr: "write the French text as well",
  hash: "write the hash that `clinic-sms check` prints",
  custodian: "name the custodian who takes responsibility",
  pia: "write the reference of the privacy impact assessment",
  type: "write date, time, provider, place or choice",
  unattended: "write the hours in which nobody is on call, or {} where there are none",
  onCall: "write who is paged about an emergency, and when",
  teachBack: "write at least two questions, each with ask and listenFor",
};

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "members, each as `name: value`",
  record: "members, each as `name: value`",
};

/** What a shape's issue says to a person: the member by the names that the file uses, what is wrong, and how to mend it. */
export function mend(issue: z.core.$ZodIssue, whole: unknown): { path: readonly PropertyKey[]; says: string }[] {
  const { path } = issue;
  const at = nameOf(whole, path);
  const value = valueAt(whole, path);
  const write = WRITE[String(path.at(-1))];
  const say = (what: string): { path: readonly PropertyKey[]; says: string }[] => [{ path, says: `${at}: ${what}` }];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...path, key],
      says: `${at}: ${key} is no member here; correct its name or remove it`,
    }));
  if (value === undefined || value === null) {
    const expected = issue.code === "invalid_type" ? TYPES[issue.expected] : undefined;
    return say(`is missing; ${write ?? (expected ? `write ${expected}` : "write it")}`);
  }
  switch (issue.code) {
    case "invalid_type":
      return say(`write ${TYPES[issue.expected] ?? issue.expected} here, not ${shown(value)}`);
    case "too_small":
      if (issue.origin === "array") return say(`holds ${lengthOf(value)}; ${write ?? `write at least ${issue.minimum}`}`);
      if (issue.origin === "string") return say(`is too short; ${write ?? `write at least ${issue.minimum} characters`}`);
      return say(`is ${shown(value)}; write ${issue.minimum} or more`);
    case "too_big":
      if (issue.origin === "array") return say(`holds ${lengthOf(value)}; write at most ${issue.maximum}`);
      if (issue.origin === "string") return say(`has ${lengthOf(value)} characters; write at most ${issue.maximum}`);
      return say(`is ${shown(value)}; write ${issue.maximum} or less`);
    case "invalid_value":
      return say(`is ${shown(value)}; write one of ${issue.values.map(String).join(", ")}`);
    case "invalid_format":
      if (issue.format === "date") return say(`is ${shown(value)}; write a day such as "2027-06-01"`);
      if (issue.format === "email") return say(`is ${shown(value)}; write an e-mail address`);
      return say(`is ${shown(value)}; ${issue.message}`);
    case "invalid_union":
      return say(`is ${shown(value)}; ${write ?? "write it as the file that ships with the gateway does"}`);
    case "invalid_key":
      return say("is no name that can stand here; begin with a small letter, and use letters and digits only, up to 30");
    default:
      return say(issue.message);
  }
}

/** `front-desk.device`, `scheduling.examples.appropriate #2`: an item by its id where it has one, else by its place. */
function nameOf(whole: unknown, path: readonly PropertyKey[]): string {
  let name = "";
  let value = whole;
  for (const step of path) {
    const within = Array.isArray(value);
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
    const id = (value as { id?: unknown } | null | undefined)?.id;
    if (within && typeof id === "string") name = name === "" || !name.includes(".") ? id : `${name}.${id}`;
    else if (within) name = `${name} #${Number(step) + 1}`;
    else name = name === "" ? String(step) : `${name}.${String(step)}`;
  }
  return name || "the file";
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  let value = whole;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return value;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) || typeof value === "string" ? value.length : 0);

/** A value in a few characters: the file is read by whoever reads this. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "members of its own";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}..."` : text;
}
