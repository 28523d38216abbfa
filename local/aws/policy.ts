import { type Condition, type Context, compileConditions, wildcard } from "./conditions.ts";
import { list, object } from "./values.ts";

/** One thing that a caller wants to do to one resource: what IAM decides about. */
export interface Ask {
  /** `service:Action`. */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Who asks: a role (by its ARN) or an AWS service (by its principal name). */
export type Principal = { readonly role: string } | { readonly service: string };

interface Pattern {
  readonly text: string;
  readonly test: RegExp;
}

/** One compiled statement of a policy. */
export interface Statement {
  readonly allow: boolean;
  readonly actions: readonly Pattern[];
  readonly notActions: readonly Pattern[];
  readonly resources: readonly Pattern[];
  readonly notResources: readonly Pattern[];
  readonly conditions: readonly Condition[];
  /** The forms of partition keys that the statement is limited to, where it is: they are part of what it grants. */
  readonly leading: readonly Pattern[];
  /** Undefined for an identity policy: its principal is whoever holds it. */
  readonly principal: unknown;
}

const MEMBERS = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal"]);

function patterns(value: unknown, ignoreCase: boolean): readonly Pattern[] {
  return list(value).map((entry) => {
    if (typeof entry !== "string") throw new Error("a policy names an action or resource that is not text");
    if (entry.includes("${")) throw new Error("the local stack does not know policy variables");
    return { text: entry, test: wildcard(entry, ignoreCase) };
  });
}

/**
 * Compiles a policy document.
 * @throws Error for anything that the local stack would otherwise have to ignore
 */
export function compilePolicy(document: unknown): readonly Statement[] {
  return list(object(document)["Statement"]).map((entry) => {
    const statement = object(entry);
    const unknown = Object.keys(statement).find((member) => !MEMBERS.has(member));
    if (unknown !== undefined) throw new Error(`the local stack does not know the policy member ${unknown}`);
    return {
      allow: statement["Effect"] === "Allow",
      actions: patterns(statement["Action"], true),
      notActions: patterns(statement["NotAction"], true),
      resources: patterns(statement["Resource"], false),
      notResources: patterns(statement["NotResource"], false),
      conditions: compileConditions(statement["Condition"]),
      leading: patterns(object(object(statement["Condition"])["ForAllValues:StringLike"])["dynamodb:LeadingKeys"], false),
      principal: statement["Principal"],
    };
  });
}

function covers(wanted: readonly Pattern[], refused: readonly Pattern[], actual: string): boolean {
  return refused.length > 0 ? !refused.some(({ test }) => test.test(actual)) : wanted.some(({ test }) => test.test(actual));
}

function applies(statement: Statement, ask: Ask): boolean {
  return (
    covers(statement.actions, statement.notActions, ask.action) &&
    covers(statement.resources, statement.notResources, ask.resource) &&
    statement.conditions.every((condition) => condition(ask.context))
  );
}

type Named = "this principal" | "the account" | "someone else";

function names(statement: Statement, principal: Principal): Named {
  if (statement.principal === "*") return "this principal";
  const written = object(statement.principal);
  if ("service" in principal)
    return list(written["Service"]).includes(principal.service) || written["AWS"] === "*" ? "this principal" : "someone else";
  const arns = list(written["AWS"]);
  if (arns.includes("*") || arns.includes(principal.role)) return "this principal";
  const account = principal.role.split(":")[4];
  return arns.some((arn) => arn === account || arn === `arn:aws:iam::${account}:root`) ? "the account" : "someone else";
}

/** What was decided, and by which statements of the caller's own policy. */
export interface Decision {
  readonly allowed: boolean;
  readonly by: readonly Statement[];
}

const REFUSED: Decision = { allowed: false, by: [] };

/**
 * Decides one ask as IAM does within one account: an explicit deny anywhere wins; otherwise the caller's policy or the resource's own
 * must allow it. A KMS key is stricter: its key policy must name the caller, or hand the decision to the account's policies.
 * @param identity the statements of the caller's role (none for a service)
 * @param resource the statements of the resource's own policy (none if it has none)
 */
export function decide(ask: Ask, principal: Principal, identity: readonly Statement[], resource: readonly Statement[]): Decision {
  const own = identity.filter((statement) => applies(statement, ask));
  const theirs = resource
    .filter((statement) => applies(statement, ask))
    .map((statement) => ({ statement, who: names(statement, principal) }));
  // A deny that names the whole account denies everyone in it.
  if (own.some(({ allow }) => !allow) || theirs.some(({ statement, who }) => !statement.allow && who !== "someone else")) return REFUSED;
  const granted = theirs.some(({ statement, who }) => statement.allow && who === "this principal");
  const delegated = !ask.action.startsWith("kms:") || theirs.some(({ statement, who }) => statement.allow && who === "the account");
  const allowed = granted || (own.length > 0 && delegated);
  return allowed ? { allowed, by: delegated ? own : [] } : REFUSED;
}

/** One grant of a statement: an action on a resource, and on which partition keys where the statement says. */
export interface Words {
  readonly action: string;
  readonly resource: string;
  readonly keys?: string;
}

function words(actions: readonly Pattern[], resources: readonly Pattern[], leading: readonly Pattern[]): readonly Words[] {
  return actions.flatMap((action) =>
    resources.flatMap((resource) => {
      const pair = { action: action.text, resource: resource.text };
      return leading.length === 0 ? [pair] : leading.map((keys) => ({ ...pair, keys: keys.text }));
    }),
  );
}

/** Everything that a statement grants, word by word. */
export function wordsOf({ actions, resources, leading }: Statement): readonly Words[] {
  return words(actions, resources, leading);
}

/** Which of a statement's own words an ask used: for the report of what no flow uses. */
export function wordsUsed(statement: Statement, ask: Ask): readonly Words[] {
  const values = ask.context.get("dynamodb:leadingkeys") ?? [];
  return words(
    statement.actions.filter(({ test }) => test.test(ask.action)),
    statement.resources.filter(({ test }) => test.test(ask.resource)),
    statement.leading.filter(({ test }) => values.some((value) => test.test(value))),
  );
}
