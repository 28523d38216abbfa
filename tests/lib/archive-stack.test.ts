import { describe, expect, test } from "vitest";
import { isKept } from "../../lambdas/core/archive.ts";
import { type Json, type Statement, statements, synthesised } from "./support/synthesised.ts";

const { of, one } = synthesised();
const short = synthesised({ retentionDays: "1" });

/** The Allow or Deny with this name. */
const by = (all: readonly Statement[], sid: string): Statement => {
  const found = all.find((each) => each.Sid === sid);
  if (!found) throw new Error(`there is no statement ${sid}`);
  return found;
};
/** The role of a function of the archive, as its statements name it. */
const roleOf = (id: string): Json => ({
  "Fn::GetAtt": [of("Archive", "AWS::IAM::Role").find(([name]) => name.startsWith(id))?.[0], "Arn"],
});
const policyOf = (id: string): Statement[] =>
  of("Archive", "AWS::IAM::Policy")
    .filter(([name]) => name.startsWith(id))
    .flatMap(([, each]) => statements(each.Properties.PolicyDocument));
const EVERYBODY = { AWS: "*" };

describe("the audit table's own policy", () => {
  const policy = statements(one("Data", "AWS::DynamoDB::Table", "audit").Properties.ResourcePolicy.PolicyDocument);

  test("says of three things that nobody does them, and allows nothing", () => {
    expect(policy.map(({ Sid, Effect, Principal, Resource }) => [Sid, Effect, Principal, Resource])).toEqual(
      ["NothingIsChanged", "OnlyWithWhatItTellsOf", "TheTableStaysAsItIs"].map((sid) => [sid, "Deny", EVERYBODY, ["*"]]),
    );
  });

  test("nobody at all changes or deletes an event", () => {
    const { Action, Condition } = by(policy, "NothingIsChanged");
    expect(Action).toEqual(
      ["BatchWriteItem", "DeleteItem", "PartiQLDelete", "PartiQLInsert", "PartiQLUpdate", "UpdateItem"].map((each) => `dynamodb:${each}`),
    );
    expect(Condition).toBeUndefined();
  });

  test("nobody adds an event outside a transaction", () => {
    const { Action, Condition } = by(policy, "OnlyWithWhatItTellsOf");
    expect(Action).toEqual(["dynamodb:PutItem"]);
    expect(Condition).toEqual({ StringNotEquals: { "dynamodb:EnclosingOperation": "TransactWriteItems" } });
  });

  test("only deploys and the break-glass role change the table, its expiry, backups, streams and this policy", () => {
    const { Action, Condition } = by(policy, "TheTableStaysAsItIs");
    expect(Action).toEqual(
      [
        "DeleteResourcePolicy",
        "DeleteTable",
        "DisableKinesisStreamingDestination",
        "EnableKinesisStreamingDestination",
        "PutResourcePolicy",
        "UpdateContinuousBackups",
        "UpdateTable",
        "UpdateTimeToLive",
      ].map((each) => `dynamodb:${each}`),
    );
    const [deploys, breakGlass] = (Condition?.["ArnNotLike"]?.["aws:PrincipalArn"] ?? []) as Json[];
    expect(JSON.stringify(deploys)).toContain(":role/cdk-*-cfn-exec-role-*");
    expect(breakGlass["Fn::GetAtt"][0]).toMatch(/^messagekeybreakglass/);
  });
});

describe("the bucket", () => {
  const { Properties, DeletionPolicy } = one("Archive", "AWS::S3::Bucket");
  const policy = statements(one("Archive", "AWS::S3::BucketPolicy").Properties.PolicyDocument);
  const kept = (statement: Statement): string[] => statement.Resource.map((each) => (each["Fn::Join"][1] as string[]).slice(1).join(""));

  test("is versioned, locked, private, and stays when the stack goes", () => {
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: "Enabled" },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(DeletionPolicy).toBe("Retain");
  });

  test("forgets what was staged, and nothing else", () => {
    expect(Properties.LifecycleConfiguration.Rules.map((rule: Json) => rule.Prefix)).toEqual(["staging/"]);
  });

  test("its policy has these statements and no other; each denies it to everybody", () => {
    const sids = [
      "OnlyTheSequencerWrites",
      "KeptOnce",
      "KeptUnderLock",
      "KeptLongEnough",
      "KeptInSight",
      "NothingIsUndone",
      "TheBucketStaysAsItIs",
    ];
    expect(policy.flatMap(({ Sid }) => Sid ?? [])).toEqual(sids);
    for (const statement of policy) expect([statement.Effect, statement.Principal]).toEqual(["Deny", EVERYBODY]);
    const unnamed = policy.filter(({ Sid }) => Sid === undefined);
    expect(unnamed.map(({ Condition }) => Condition)).toEqual([{ Bool: { "aws:SecureTransport": "false" } }]);
  });

  test("only the sequencer writes or hides anything", () => {
    const { Action, Condition } = by(policy, "OnlyTheSequencerWrites");
    expect(Action).toEqual(["s3:DeleteObject", "s3:PutObject", "s3:PutObjectRetention"]);
    expect(Condition).toEqual({ ArnNotEquals: { "aws:PrincipalArn": roleOf("sequenceaudit") } });
  });

  test("nothing is put over what is kept, and nothing is kept without a lock of the whole retention", () => {
    expect(by(policy, "KeptOnce").Condition).toEqual({ Null: { "s3:if-none-match": "true" } });
    expect(by(policy, "KeptUnderLock").Condition).toEqual({ StringNotEquals: { "s3:object-lock-mode": "COMPLIANCE" } });
    expect(by(policy, "KeptLongEnough").Condition).toEqual({ NumericLessThan: { "s3:object-lock-remaining-retention-days": "3713" } });
    for (const sid of ["KeptOnce", "KeptUnderLock", "KeptLongEnough"]) expect(by(policy, sid).Action).toEqual(["s3:PutObject"]);
  });

  test("no mark of deletion hides what is kept, whoever asks", () => {
    expect(by(policy, "KeptInSight")).toMatchObject({ Action: ["s3:DeleteObject"] });
    expect(by(policy, "KeptInSight").Condition).toBeUndefined();
  });

  test("those statements cover every kept key, and none that must change", () => {
    for (const sid of ["KeptOnce", "KeptUnderLock", "KeptLongEnough", "KeptInSight"]) {
      const forms = kept(by(policy, sid)).map((form) => new RegExp(`^${form.slice(1).replaceAll("*", ".*")}$`));
      expect(forms).toHaveLength(4);
      const keys = [
        "log/2026/seg/000000000000-000000000012.ndjson.gz",
        "log/2026/ckpt/000000000012.note",
        "log/2026/tile/0/x001/234",
        "log/2026/heads/2026-11-21T10.ndjson.gz",
        "log/2026/checkpoint",
        "staging/2026/ab12",
      ];
      for (const key of keys) expect([key, forms.some((form) => form.test(key))]).toEqual([key, isKept(key)]);
    }
  });

  test("no version is deleted, and the bucket's own settings are changed by deploys alone", () => {
    expect(by(policy, "NothingIsUndone").Action).toEqual([
      "s3:BypassGovernanceRetention",
      "s3:DeleteObjectVersion",
      "s3:PutObjectLegalHold",
    ]);
    expect(by(policy, "NothingIsUndone").Condition).toBeUndefined();
    expect(by(policy, "TheBucketStaysAsItIs").Action).toEqual([
      "s3:DeleteBucket",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketVersioning",
      "s3:PutLifecycleConfiguration",
      "s3:PutReplicationConfiguration",
    ]);
    expect(JSON.stringify(by(policy, "TheBucketStaysAsItIs").Condition)).toContain("cdk-*-cfn-exec-role-*");
  });

  test("a day is enough to try it out: policy and sequencer then say one day", () => {
    const tried = statements(short.one("Archive", "AWS::S3::BucketPolicy").Properties.PolicyDocument);
    expect(by(tried, "KeptLongEnough").Condition).toEqual({ NumericLessThan: { "s3:object-lock-remaining-retention-days": "1" } });
    const sequencer = short.one("Archive", "AWS::Lambda::Function", "sequenceaudit");
    expect(sequencer.Properties.Environment.Variables.RETENTION_DAYS).toBe("1");
  });
});

describe.each([
  ["log", "sequenceaudit"],
  ["witness", "witness"],
])("the %s's key", (name, signer) => {
  const key = one("Archive", "AWS::KMS::Key", `${name}key`);
  const policy = statements(key.Properties.KeyPolicy);

  test("signs with Ed25519, is retained, and takes thirty days to delete", () => {
    expect(key.Properties).toMatchObject({ KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY", PendingWindowInDays: 30 });
    expect(key.DeletionPolicy).toBe("Retain");
  });

  test("one function signs, and nobody else, whatever an account's policies say", () => {
    expect(policy.filter(({ Action }) => Action.includes("kms:Sign")).map(({ Sid }) => Sid)).toEqual([
      "OneFunctionSigns",
      "NobodyElseSigns",
    ]);
    expect(by(policy, "OneFunctionSigns").Condition).toEqual({ ArnEquals: { "aws:PrincipalArn": roleOf(signer) } });
    expect(by(policy, "NobodyElseSigns")).toMatchObject({
      Effect: "Deny",
      Principal: EVERYBODY,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": roleOf(signer) } },
    });
  });

  test("only the break-glass role disables it or has it deleted", () => {
    expect(by(policy, "NotDeleted")).toMatchObject({
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
    });
    expect(JSON.stringify(by(policy, "NotDeleted").Condition)).toMatch(/ArnNotEquals.*messagekeybreakglass/);
  });

  test("administrators look after it and do not sign with it", () => {
    const all = ["Administer", "OneFunctionSigns", "AnybodyHereMayKnowIt", "NobodyElseSigns", "NotDeleted"];
    expect(policy.map(({ Sid }) => Sid)).toEqual(all);
    expect(by(policy, "Administer").Action.filter((action) => /\*|Sign$|CreateGrant/.test(action))).toEqual([]);
  });
});

test("the sequencer may do this and no more", () => {
  const granted = new Set(policyOf("sequenceaudit").flatMap(({ Action }) => Action));
  expect([...granted].sort()).toEqual([
    "dynamodb:DescribeStream",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "dynamodb:PutItem",
    "kms:GetPublicKey",
    "kms:Sign",
    "lambda:InvokeFunction",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutObject",
    "s3:PutObjectRetention",
    "sqs:SendMessage",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ]);
});

test("the witness sees no table but its own, and no bucket", () => {
  const granted = new Set(policyOf("witness").flatMap(({ Action }) => Action));
  expect([...granted].filter((action) => !/^(logs|xray):/.test(action)).sort()).toEqual([
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "kms:GetPublicKey",
    "kms:Sign",
  ]);
  const [table] = of("Archive", "AWS::DynamoDB::Table").find(([id]) => id.startsWith("witnessed")) ?? [];
  const onTables = policyOf("witness").filter(({ Action }) => Action.includes("dynamodb:PutItem"));
  expect(onTables.map(({ Resource }) => Resource)).toEqual([[{ "Fn::GetAtt": [table, "Arn"] }]]);
});

test.each(["sequenceaudit", "witness"])("the policy of %s has * among its resources for tracing alone", (id) => {
  for (const { Action, Resource } of policyOf(id)) {
    expect(Action.filter((action) => action.includes("*"))).toEqual([]);
    if (Resource.includes("*")) expect([...Action].sort()).toEqual(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]);
  }
});

test("the stream is read from its start, in halves where a batch fails, and what could not be sequenced is kept for two weeks", () => {
  const mapping = one("Archive", "AWS::Lambda::EventSourceMapping");
  expect(mapping.Properties).toMatchObject({
    StartingPosition: "TRIM_HORIZON",
    BatchSize: 1000,
    MaximumBatchingWindowInSeconds: 60,
    BisectBatchOnFunctionError: true,
  });
  expect(mapping.Properties.DestinationConfig.OnFailure.Destination["Fn::GetAtt"][0]).toMatch(/^notsequenced/);
  expect(one("Archive", "AWS::SQS::Queue").Properties.MessageRetentionPeriod).toBe(1_209_600);
});

test("what guards the log's state is retained and protected", () => {
  for (const [, { Properties, DeletionPolicy }] of of("Archive", "AWS::DynamoDB::Table")) {
    expect(Properties).toMatchObject({ DeletionProtectionEnabled: true });
    expect(DeletionPolicy).toBe("Retain");
  }
});

test("each alarm has its page in the runbook, and tells whoever must look", () => {
  const alarms = of("Archive", "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
  expect(alarms.map(({ AlarmDescription }) => AlarmDescription).sort()).toEqual(
    ["log-alarm", "log-behind", "log-fails", "log-incomplete", "log-silent"].map((page) => `docs/runbook.md#${page}`),
  );
  for (const { AlarmActions } of alarms) expect(JSON.stringify(AlarmActions)).toContain("someonemustlook");
});
