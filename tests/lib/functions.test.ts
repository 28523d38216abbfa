import { describe, expect, test } from "vitest";
import { ACCESS, type Access, FUNCTIONS } from "../../lib/access.ts";
import { type Json, type Resource, type Statement, statements, synthesised } from "./support/synthesised.ts";

const { of, text } = synthesised();

const all = of("Gateway", "AWS::Lambda::Function");
const byName = (name: string): [string, Resource] => all.find(([, each]) => each.Properties.Description === name) as [string, Resource];
const roleOf = (name: string): string => byName(name)[1].Properties.Role["Fn::GetAtt"][0];
const policyOf = (name: string): Statement[] =>
  of("Gateway", "AWS::IAM::Policy")
    .filter(([, each]) => each.Properties.Roles.some((role: Json) => role.Ref === roleOf(name)))
    .flatMap(([, each]) => statements(each.Properties.PolicyDocument));

/** What the table of lib/access.ts comes to, spelled out a second time: the stack must grant this and no more. */
function expectedActions(name: string, access: Access): string[] {
  const { state = {} } = access;
  const polls = ["receive-text", "track-delivery", "send-text"].includes(name);
  const given: [unknown, ...string[]][] = [
    [true, "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    [state.get, "dynamodb:GetItem"],
    [state.query || state.queueIndex || state.dueIndex, "dynamodb:Query"],
    [state.put || access.audit, "dynamodb:PutItem"],
    [state.update, "dynamodb:UpdateItem"],
    [state.check, "dynamodb:ConditionCheckItem"],
    [state.delete, "dynamodb:DeleteItem"],
    [access.seal, "kms:Encrypt"],
    [access.open, "kms:Decrypt"],
    [access.mac, "kms:GenerateMac"],
    [access.enqueue, "sqs:SendMessage"],
    [access.send, "sms-voice:SendTextMessage"],
    [access.optOuts, ...(access.optOuts ?? []).map((action) => `sms-voice:${action}`)],
    [access.alert, "sns:Publish"],
    [polls, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    [name === "send-text", "sqs:ChangeMessageVisibility"],
  ];
  return given.flatMap(([granted, ...actions]) => (granted ? actions : [])).sort();
}

test("the stack has the functions of the table, and no other", () => {
  expect(all.map(([, each]) => each.Properties.Description).sort()).toEqual([...FUNCTIONS].sort());
});

describe.each(FUNCTIONS)("%s", (name) => {
  const [, { Properties }] = byName(name);
  const policy = policyOf(name);
  const writes = policy.filter((each) => each.Action.some((action) => /PutItem|UpdateItem|ConditionCheckItem|DeleteItem/.test(action)));

  test("runs on Node 24 on arm64, traced, without a share of the account's concurrency of its own", () => {
    expect(Properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      TracingConfig: { Mode: "Active" },
      Handler: "index.handler",
    });
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  });

  test("has a role of its own, under the path that the key policies name, with no managed policy", () => {
    const shared = all.filter(([, each]) => each.Properties.Role["Fn::GetAtt"][0] === roleOf(name));
    expect(shared).toHaveLength(1);
    const [, role] = of("Gateway", "AWS::IAM::Role").find(([id]) => id === roleOf(name)) ?? [];
    expect(role?.Properties).toMatchObject({ Path: "/clinic-sms/functions/" });
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
  });

  test("writes to a log group of its own, kept for a year", () => {
    const group = Properties.LoggingConfig.LogGroup.Ref;
    const sharing = all.filter(([, each]) => each.Properties.LoggingConfig.LogGroup.Ref === group);
    expect(sharing).toHaveLength(1);
    expect(of("Gateway", "AWS::Logs::LogGroup").find(([id]) => id === group)?.[1].Properties.RetentionInDays).toBe(365);
    const logs = policy.find((each) => each.Action.includes("logs:PutLogEvents"));
    expect(logs?.Resource).toEqual([{ "Fn::GetAtt": [group, "Arn"] }]);
  });

  test("may do exactly what the table says", () => {
    const granted = new Set(policy.flatMap((each) => each.Action));
    expect([...granted].sort()).toEqual(expectedActions(name, ACCESS[name] as Access));
  });

  test("has no wildcard among its actions, and none among its resources but for tracing, which has no resources", () => {
    for (const statement of policy) {
      expect(statement.Action.filter((action) => action.includes("*"))).toEqual([]);
      if (JSON.stringify(statement.Resource).includes("*"))
        expect([...statement.Action].sort()).toEqual(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]);
    }
  });

  test("writes only inside a transaction, and only items with the keys the table names", () => {
    for (const { Condition: condition } of writes) {
      expect(condition?.["StringEquals"]).toEqual({ "dynamodb:EnclosingOperation": "TransactWriteItems" });
      expect(condition?.["Null"]).toEqual({ "dynamodb:LeadingKeys": "false" });
      const keys: string[] = [condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"]].flat();
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toMatch(/^([NCPXISQEFY]#\*|A#(conv|msg|num|pat|inc|sys)\/\*)$/);
    }
  });

  test("reads only items with the keys the table names, or one index", () => {
    for (const statement of policy.filter((each) => each.Action.some((action) => /GetItem|Query/.test(action)))) {
      const onIndex = /\/index\/(queue|due)"/.test(JSON.stringify(statement.Resource));
      if (onIndex) expect(statement.Action).toEqual(["dynamodb:Query"]);
      else expect(statement.Condition?.["Null"]).toEqual({ "dynamodb:LeadingKeys": "false" });
    }
  });

  test("uses the message key for this clinic's records alone, and sends from the clinic's number alone", () => {
    for (const statement of policy.filter((each) => each.Action.some((action) => /kms:(En|De)crypt/.test(action)))) {
      expect(statement.Condition).toEqual({
        StringEquals: { "kms:EncryptionContext:clinic": "prairie-ridge" },
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["clinic", "record"] },
      });
    }
    for (const statement of policy.filter((each) => each.Action.includes("sms-voice:SendTextMessage")))
      expect(JSON.stringify(statement.Resource)).toMatch(/^\[\{"Fn::ImportValue":"ClinicSms-Number:[A-Za-z]*number/);
  });

  test("has a policy that fits into its role", () => {
    const size = of("Gateway", "AWS::IAM::Policy")
      .filter(([, each]) => each.Properties.Roles.some((role: Json) => role.Ref === roleOf(name)))
      .reduce((sum, [, each]) => sum + JSON.stringify(each.Properties.PolicyDocument).length, 0);
    expect(size).toBeLessThanOrEqual(10_240);
  });
});

test("nobody may change or delete what happened: the audit table takes new items and nothing else", () => {
  const onAudit = FUNCTIONS.flatMap(policyOf).filter((each) => /ClinicSms-Data:[A-Za-z]*audit/.test(JSON.stringify(each.Resource)));
  expect(onAudit.length).toBeGreaterThan(0);
  for (const statement of onAudit) expect(statement.Action).toEqual(["dynamodb:PutItem"]);
});

test("only send-text sends, and it alone reads patients' texts to send them", () => {
  const may = (action: string): string[] => FUNCTIONS.filter((name) => policyOf(name).some((each) => each.Action.includes(action)));
  expect(may("sms-voice:SendTextMessage")).toEqual(["send-text"]);
  expect(may("dynamodb:DeleteItem")).toEqual(["sweep", "erase-patient"]);
  expect(may("dynamodb:Scan")).toEqual([]);
});

test("no grant of CDK's own has crept in: none of the actions they bring stands anywhere", () => {
  const broad = [
    "dynamodb:BatchWriteItem",
    "dynamodb:BatchGetItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetRecords",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "sqs:PurgeQueue",
    "sqs:GetQueueUrl",
    "cloudwatch:PutMetricData",
    "lambda:*",
    "iam:PassRole",
  ];
  expect(broad.filter((action) => text.Gateway.includes(`"${action}"`))).toEqual([]);
});
