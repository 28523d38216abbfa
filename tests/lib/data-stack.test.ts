import { describe, expect, test } from "vitest";
import { type Statement, statements, synthesised } from "./support/synthesised.ts";

const { of, one, text } = synthesised();

describe.each(["state", "audit"])("the %s table", (name) => {
  const table = one("Data", "AWS::DynamoDB::Table", name);

  test("is retained, protected from deletion, and can be set back to any second of 35 days", () => {
    expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    expect(table.Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    });
  });

  test("has the keys PK and SK", () => {
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: "PK", KeyType: "HASH" },
      { AttributeName: "SK", KeyType: "RANGE" },
    ]);
  });
});

test("the audit table streams whole items, keeps them for ever, and has no index that would double each write", () => {
  const { Properties: audit } = one("Data", "AWS::DynamoDB::Table", "audit");
  expect(audit.StreamSpecification).toEqual({ StreamViewType: "NEW_AND_OLD_IMAGES" });
  expect(audit.TableClass).toBe("STANDARD_INFREQUENT_ACCESS");
  expect(audit.TimeToLiveSpecification).toBeUndefined();
  expect(audit.GlobalSecondaryIndexes).toBeUndefined();
});

test("the state table has the sparse indexes queue and due, and forgets technical items by ttl", () => {
  const { Properties: state } = one("Data", "AWS::DynamoDB::Table", "state");
  expect(state.GlobalSecondaryIndexes).toMatchObject([
    {
      IndexName: "queue",
      KeySchema: [{ AttributeName: "q" }, { AttributeName: "qs" }],
      Projection: { ProjectionType: "ALL" },
    },
    { IndexName: "due", KeySchema: [{ AttributeName: "d" }, { AttributeName: "da" }], Projection: { ProjectionType: "KEYS_ONLY" } },
  ]);
  expect(state.TimeToLiveSpecification).toEqual({ AttributeName: "ttl", Enabled: true });
  expect(state.AttributeDefinitions).toContainEqual({ AttributeName: "da", AttributeType: "N" });
});

describe.each([
  ["message", ["kms:Decrypt", "kms:Encrypt"]],
  ["index", ["kms:GenerateMac"]],
] as const)("the %s key", (name, uses) => {
  const key = one("Data", "AWS::KMS::Key", name);
  const policy = statements(key.Properties.KeyPolicy);
  const by = (sid: string): Statement => policy.find((each) => each.Sid === sid) as Statement;

  test("is retained, and its deletion takes 30 days", () => {
    expect([key.DeletionPolicy, key.UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    expect(key.Properties.PendingWindowInDays).toBe(30);
  });

  test("administrators may look after it, and neither use it nor hand its use on", () => {
    expect(JSON.stringify(by("Administer").Principal)).toContain(":root");
    expect(by("Administer").Action).toEqual(expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DescribeKey"]));
    const use = /\*|Encrypt|Decrypt|Mac|GenerateDataKey|Sign|Verify|CreateGrant|ReplicateKey/;
    expect(by("Administer").Action.filter((action) => use.test(action))).toEqual([]);
  });

  test("only roles under /clinic-sms/functions/ use it", () => {
    const statement = by("FunctionsUse");
    expect([...statement.Action].sort()).toEqual(uses);
    expect(JSON.stringify(statement.Condition?.["ArnLike"]?.["aws:PrincipalArn"])).toContain(":role/clinic-sms/functions/*");
  });

  test("allows nobody else", () => {
    const others = policy.filter((each) => !["Administer", "FunctionsUse", "BreakGlass"].includes(each.Sid ?? ""));
    expect(others).toEqual([]);
    expect(policy.some((each) => each.Sid === "BreakGlass")).toBe(name === "message");
  });
});

test("the message key turns every year; the index key is an HMAC key, whose material cannot", () => {
  expect(one("Data", "AWS::KMS::Key", "message").Properties.EnableKeyRotation).toBe(true);
  expect(one("Data", "AWS::KMS::Key", "index").Properties).toMatchObject({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
});

test("a person opens texts only through the break-glass role: with a second factor, for an hour, by decrypting alone", () => {
  const role = one("Data", "AWS::IAM::Role", "breakglass");
  expect(role.Properties.MaxSessionDuration).toBe(3600);
  expect(role.Properties.Path).toBeUndefined();
  expect(statements(role.Properties.AssumeRolePolicyDocument)).toMatchObject([
    { Action: ["sts:AssumeRole"], Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  ]);
  const [opens] = statements(one("Data", "AWS::KMS::Key", "message").Properties.KeyPolicy).filter((each) => each.Sid === "BreakGlass");
  expect(opens?.Action).toEqual(["kms:Decrypt", "kms:DescribeKey"]);
  expect(of("Data", "AWS::IAM::Policy")).toEqual([]);
});

test("nothing of the data stack asks for anything of the others", () => {
  expect(text.Data).not.toContain("Fn::ImportValue");
});
