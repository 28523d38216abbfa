import { describe, expect, it } from "vitest";
import { compilePolicy, decide } from "../../../local/aws/policy.ts";
import { hole } from "./support/assembly.ts";

const ROLE = "arn:aws:iam::000000000000:role/r";
const policy = (...statements: Record<string, unknown>[]) => compilePolicy({ Statement: statements });
const allow = (more: Record<string, unknown>) => ({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*", ...more });
const ask = (
  context: Record<string, string[]> = {},
  action = "dynamodb:GetItem",
  resource = "arn:aws:dynamodb:ca-central-1:000000000000:table/t",
) => ({
  action,
  resource,
  context: new Map(Object.entries(context)),
});
const allowed = (statements: Record<string, unknown>[], asked = ask()) => decide(asked, { role: ROLE }, policy(...statements), []).allowed;

describe("a policy", () => {
  it("allows what it names, and nothing else", () => {
    expect(allowed([allow({})])).toBe(true);
    expect(allowed([allow({ Action: "dynamodb:get*" })])).toBe(true);
    expect(allowed([allow({ Action: "dynamodb:Query" })])).toBe(false);
    expect(allowed([allow({ Resource: "arn:aws:dynamodb:*:*:table/other" })])).toBe(false);
    expect(allowed([allow({ Action: undefined, NotAction: "dynamodb:PutItem" })])).toBe(true);
    expect(allowed([allow({ Resource: undefined, NotResource: "*table/t" })])).toBe(false);
    expect(allowed([])).toBe(false);
  });

  it("lets a deny win", () => {
    expect(allowed([allow({}), allow({ Effect: "Deny" })])).toBe(false);
    expect(
      allowed(
        [allow({}), allow({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
        ask({ "aws:securetransport": ["true"] }),
      ),
    ).toBe(true);
  });

  it.each([
    ["ForAllValues:StringLike", "dynamodb:LeadingKeys", ["N#*"], ["N#1", "N#2"], true],
    ["ForAllValues:StringLike", "dynamodb:LeadingKeys", ["N#*"], ["N#1", "C#2"], false],
    ["ForAllValues:StringLike", "dynamodb:LeadingKeys", ["N#*"], undefined, true],
    ["ForAnyValue:StringEquals", "dynamodb:LeadingKeys", ["a"], ["b", "a"], true],
    ["ForAnyValue:StringEquals", "dynamodb:LeadingKeys", ["a"], undefined, false],
    ["StringEquals", "dynamodb:EnclosingOperation", "TransactWriteItems", undefined, false],
    ["StringEqualsIfExists", "dynamodb:EnclosingOperation", "TransactWriteItems", undefined, true],
    ["StringNotEquals", "dynamodb:Select", "COUNT", undefined, true],
    ["StringNotEquals", "dynamodb:Select", "COUNT", ["COUNT"], false],
    ["Null", "dynamodb:LeadingKeys", "false", undefined, false],
    ["Null", "dynamodb:LeadingKeys", "true", undefined, true],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:topic-*", ["arn:aws:sns:ca-central-1:0:topic-a"], true],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:t", ["arn:aws:sns:ca-central-1:0:t"], false],
    ["StringLike", "kms:EncryptionContext:clinic", "c?", ["c1"], true],
    ["Bool", "aws:SecureTransport", true, ["true"], true],
  ])("%s of %s %j over %j is %s", (operator, key, expected, actual, outcome) => {
    const context = actual === undefined ? {} : { [key.toLowerCase()]: actual };
    expect(allowed([allow({ Condition: { [operator]: { [key]: expected } } })], ask(context))).toBe(outcome);
  });

  it("does not load with what it does not know", () => {
    expect(() => policy(allow({ Condition: { DateLessThan: { "aws:SourceArn": "x" } } }))).toThrow("condition operator DateLessThan");
    expect(() => policy(allow({ Condition: { StringEquals: { "aws:Nonsense": "x" } } }))).toThrow("condition key aws:Nonsense");
    expect(() => policy(allow({ NotPrincipal: "*" }))).toThrow("policy member NotPrincipal");
    expect(() => policy(allow({ Resource: `arn:${hole("aws:username")}` }))).toThrow("policy variables");
  });
});

describe("a key", () => {
  const use = ask({}, "kms:Decrypt", "arn:aws:kms:ca-central-1:000000000000:key/k");
  const mine = policy(allow({ Action: "kms:Decrypt" }));
  const root = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::000000000000:root" }, Action: "kms:*", Resource: "*" };

  it("needs its own policy's word beside the role's", () => {
    expect(decide(use, { role: ROLE }, mine, []).allowed).toBe(false);
    expect(decide(use, { role: ROLE }, mine, policy(root)).allowed).toBe(true);
    expect(decide(use, { role: ROLE }, [], policy(root)).allowed).toBe(false);
    expect(decide(use, { role: ROLE }, mine, policy({ ...root, Action: "kms:Describe*" })).allowed).toBe(false);
    expect(decide(use, { role: ROLE }, [], policy({ ...root, Principal: { AWS: ROLE } })).allowed).toBe(true);
  });

  it("obeys a deny of its own policy", () => {
    const deny = {
      Effect: "Deny",
      Principal: "*",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": ROLE } },
    };
    const from = (arn: string) => ({ ...use, context: new Map([["aws:principalarn", [arn]]]) });
    expect(decide(from(ROLE), { role: ROLE }, mine, policy(root, deny)).allowed).toBe(true);
    expect(decide(from(`${ROLE}2`), { role: `${ROLE}2` }, mine, policy(root, deny)).allowed).toBe(false);
  });

  it("lets an AWS service in by name", () => {
    const statement = { ...root, Principal: { Service: "sms-voice.amazonaws.com" } };
    expect(decide(use, { service: "sms-voice.amazonaws.com" }, [], policy(statement)).allowed).toBe(true);
    expect(decide(use, { service: "sns.amazonaws.com" }, [], policy(statement)).allowed).toBe(false);
  });
});
