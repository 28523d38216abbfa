/**
 * The saved questions to an export of the audit trail: one SQL file each in `lib/questions`, with its title, what it asks, and
 * its parameters in the comment above it. They read the four tables that `bin/export` lays over an export: `events`, `reasons`,
 * `objects`, and the clinic's `hours` and `holidays`; and they keep to the SQL that engines share (numbers and texts only; no
 * arrays, dates or functions of one engine), so that another engine with the same tables answers the same. A test holds them to it.
 */
import { readdirSync, readFileSync } from "node:fs";

export interface Parameter {
  readonly name: string;
  readonly says: string;
  /** Used where nothing is given; absent where something must be. */
  readonly otherwise: string | undefined;
}

export interface Question {
  readonly name: string;
  readonly title: string;
  /** What it asks, in a sentence for people. */
  readonly asks: string;
  /** What to know when reading the answer. */
  readonly note: string;
  readonly parameters: readonly Parameter[];
  readonly sql: string;
}

export type Value = string | number | boolean | null;

/** What was answered. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Rows by the names of their columns. */
export const records = ({ columns, rows }: Answer): Record<string, Value>[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])));

/** Days of the period, by the clinic's calendar: every question has them. */
const PERIOD: readonly Parameter[] = [
  { name: "from", says: "first day, YYYY-MM-DD", otherwise: "0001-01-01" },
  { name: "to", says: "last day, YYYY-MM-DD", otherwise: "9999-12-31" },
];

const FOLDER = new URL("./questions/", import.meta.url);

/** @throws Error where a file is not as it must be: a bug of ours */
function question(name: string): Question {
  const text = readFileSync(new URL(`${name}.sql`, FOLDER), "utf8");
  const said = (key: string): string[] => [...text.matchAll(new RegExp(`^-- ${key}: (.+)$`, "gm"))].map(([, line = ""]) => line);
  const [title] = said("title");
  const [asks] = said("asks");
  if (title === undefined || asks === undefined) throw new Error(`${name}.sql has no title, or does not say what it asks`);
  const own = said("param").map((line): Parameter => {
    const [, id, otherwise, says] = /^(\w+)(?: = ([^:]+))?: (.+)$/.exec(line) ?? [];
    if (id === undefined || says === undefined) throw new Error(`${name}.sql: parameter “${line}”`);
    return { name: id, says, otherwise };
  });
  const sql = text.replace(/^--.*\n/gm, "").trim();
  const used = new Set([...sql.matchAll(/\$(\w+)/g)].map(([, id]) => id));
  return { name, title, asks, note: said("note").join(" "), parameters: [...own, ...PERIOD].filter((each) => used.has(each.name)), sql };
}

export const QUESTIONS: readonly Question[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".sql"))
  .sort()
  .map((file) => question(file.slice(0, -4)));

/** @throws Error that lists the names there are */
export function questionNamed(name: string): Question {
  const found = QUESTIONS.find((each) => each.name === name);
  if (!found) throw new Error(`There is no question “${name}”. There are: ${QUESTIONS.map((each) => each.name).join(", ")}.`);
  return found;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The values of a question's parameters.
 * @throws Error that says what is missing, what is not for this question, or what a value must look like
 */
export function answersTo({ name, parameters }: Question, given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = parameters.map((each) => each.name);
  for (const [key, value] of Object.entries(given))
    if (value !== undefined && !names.includes(key))
      throw new Error(`“${name}” takes no --${key}. It takes: ${names.map((each) => `--${each}`).join(", ")}.`);
  const values = parameters.map(({ name: key, says, otherwise }): [string, string] => {
    const value = given[key] ?? otherwise;
    if (value === undefined) throw new Error(`“${name}” needs --${key}: ${says}.`);
    if (PERIOD.some((each) => each.name === key) && !DAY.test(value)) throw new Error(`--${key} takes a day, such as 2026-11-01.`);
    if (otherwise !== undefined && /^\d+$/.test(otherwise) && !/^\d+(?:\.\d+)?$/.test(value))
      throw new Error(`--${key} takes a number: ${says}.`);
    return [key, value];
  });
  return Object.fromEntries(values);
}
