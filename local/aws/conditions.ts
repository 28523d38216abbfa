import { list, object, text } from "./values.ts";

/** The facts of one request that a policy's conditions may ask about; keys in lower case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** One compiled condition: true when it holds for a request. */
export type Condition = (context: Context) => boolean;

type Compare = (actual: string, expected: string) => boolean;

/** Every condition key whose value the local stack knows how to give. Any other stops it when the policies load. */
const KEYS = new Set([
  "aws:calledvialast",
  "aws:multifactorauthpresent", // never there: a function has no second factor
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:principaltype",
  "aws:requestedregion",
  "aws:resourceaccount",
  "aws:securetransport",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceowner",
  "aws:viaawsservice",
  "dynamodb:enclosingoperation",
  "dynamodb:leadingkeys",
  "dynamodb:select",
  "kms:calleraccount",
  "kms:encryptionalgorithm",
  "kms:encryptioncontextkeys",
  "kms:macalgorithm",
  "kms:viaservice",
  "s3:if-none-match",
  "s3:object-lock-mode",
  "s3:object-lock-remaining-retention-days",
]);
const KEY_FAMILIES = ["kms:encryptioncontext:"];

/** Only the templates' own patterns come here: the cache cannot grow with the traffic. */
const compiled = new Map<string, RegExp>();

/** A pattern of IAM (`*` and `?`) as a regular expression. */
export function wildcard(pattern: string, ignoreCase = false): RegExp {
  const id = `${ignoreCase}${pattern}`;
  const ready = compiled.get(id);
  if (ready !== undefined) return ready;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const made = new RegExp(`^${escaped}$`, ignoreCase ? "is" : "s");
  compiled.set(id, made);
  return made;
}

const like: Compare = (actual, expected) => wildcard(expected).test(actual);

/** ARNs compare part by part: a `*` does not reach over a colon, except in the last part. A pattern without six parts matches only as `*`. */
const arnLike: Compare = (actual, expected) => {
  const [have, want] = [actual.split(":"), expected.split(":")];
  if (want.length < 6) return expected === "*";
  const tail = (parts: string[]) => [...parts.slice(0, 5), parts.slice(5).join(":")];
  const [haveParts, wantParts] = [tail(have), tail(want)];
  return wantParts.every((part, index) => like(haveParts[index] ?? "", part));
};

const OPERATORS: Readonly<Record<string, { compare: Compare; negated: boolean }>> = {
  ArnEquals: { compare: arnLike, negated: false },
  ArnLike: { compare: arnLike, negated: false },
  ArnNotEquals: { compare: arnLike, negated: true },
  ArnNotLike: { compare: arnLike, negated: true },
  Bool: { compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(), negated: false },
  NumericLessThan: { compare: (actual, expected) => Number(actual) < Number(expected), negated: false },
  StringEquals: { compare: (actual, expected) => actual === expected, negated: false },
  StringEqualsIgnoreCase: { compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(), negated: false },
  StringLike: { compare: like, negated: false },
  StringNotEquals: { compare: (actual, expected) => actual === expected, negated: true },
  StringNotEqualsIgnoreCase: { compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(), negated: true },
  StringNotLike: { compare: like, negated: true },
};

/**
 * Compiles the `Condition` of a policy statement by the rules of the IAM user guide ("Condition operators", "Multivalued context keys").
 * @throws Error for an operator, a qualifier or a key that the local stack does not know: a condition must never be ignored
 */
export function compileConditions(block: unknown): readonly Condition[] {
  return Object.entries(object(block)).flatMap(([operator, tests]) =>
    Object.entries(object(tests)).map(([key, expected]) => compileOne(operator, key, list(expected))),
  );
}

function compileOne(written: string, key: string, expected: readonly unknown[]): Condition {
  const name = key.toLowerCase();
  if (!KEYS.has(name) && !KEY_FAMILIES.some((family) => name.startsWith(family)))
    throw new Error(`the local stack does not know the condition key ${key}`);
  const values = expected.map((value) => text(value) ?? "");
  if (values.some((value) => value.includes("${"))) throw new Error("the local stack does not know policy variables");
  if (written === "Null") return (context) => (context.get(name) === undefined) === (values[0] === "true");

  const [, qualifier, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(written) ?? [];
  const operator = OPERATORS[base];
  if (operator === undefined) throw new Error(`the local stack does not know the condition operator ${written}`);
  const { compare, negated } = operator;
  const holds = (actual: string) => values.some((value) => compare(actual, value)) !== negated;
  return (context) => {
    const actual = context.get(name);
    if (actual === undefined) return ifExists !== undefined || qualifier === "ForAllValues" || (negated && qualifier !== "ForAnyValue");
    return qualifier === "ForAllValues" ? actual.every(holds) : actual.some(holds);
  };
}
