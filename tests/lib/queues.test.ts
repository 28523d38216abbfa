import { describe, expect, test } from "vitest";
import { type Resource, statements, synthesised } from "./support/synthesised.ts";

const { of, one } = synthesised();
const DAY = 86_400;
const queue = (name: string): Resource => one("Gateway", "AWS::SQS::Queue", name);
const idOf = (type: string, name: string): string => of("Gateway", type).find(([id]) => id.startsWith(name))?.[0] ?? "";

describe.each(["inbound", "delivery"])("the %s queue", (name) => {
  test("outlasts an outage: a hundred tries, three minutes apart, ten days kept; then fourteen days in its dead-letter queue", () => {
    expect(queue(`${name}queue`).Properties).toMatchObject({
      VisibilityTimeout: 180,
      MessageRetentionPeriod: 10 * DAY,
      RedrivePolicy: { maxReceiveCount: 100, deadLetterTargetArn: { "Fn::GetAtt": [idOf("AWS::SQS::Queue", `${name}dead`), "Arn"] } },
    });
    expect(queue(`${name}dead`).Properties.MessageRetentionPeriod).toBe(14 * DAY);
  });

  test("gets the envelope, which has the only timestamp there is", () => {
    const subscription = one("Gateway", "AWS::SNS::Subscription", name);
    expect(subscription.Properties).toMatchObject({
      Protocol: "sqs",
      RawMessageDelivery: false,
      Endpoint: { "Fn::GetAtt": [idOf("AWS::SQS::Queue", `${name}queue`), "Arn"] },
      RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": [idOf("AWS::SQS::Queue", `${name}dead`), "Arn"] } },
    });
  });

  test.each(["queue", "dead"])("takes messages from its own topic and from nobody else: %s", (kind) => {
    const policy = statements(one("Gateway", "AWS::SQS::QueuePolicy", `${name}${kind}`).Properties.PolicyDocument);
    const topic = one("Gateway", "AWS::SNS::Subscription", name).Properties.TopicArn;
    expect(policy.filter((each) => each.Effect === "Allow")).toEqual([
      {
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Principal: { Service: "sns.amazonaws.com" },
        Resource: [{ "Fn::GetAtt": [idOf("AWS::SQS::Queue", `${name}${kind}`), "Arn"] }],
        Condition: { ArnEquals: { "aws:SourceArn": topic } },
      },
    ]);
  });
});

describe.each(["replies", "bulk"])("the %s queue", (name) => {
  test("keeps a conversation's errands in order, two conversations at a time, one errand a turn", () => {
    expect(queue(`${name}queue`).Properties).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      RedrivePolicy: { maxReceiveCount: 1000 },
    });
    expect(queue(`${name}dead`).Properties.FifoQueue).toBe(true);
    const mapping = one("Gateway", "AWS::Lambda::EventSourceMapping", name);
    expect(mapping.Properties).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
  });
});

test("every queue is encrypted, and refuses what does not come over TLS", () => {
  const queues = of("Gateway", "AWS::SQS::Queue");
  expect(queues).toHaveLength(8);
  for (const [id, { Properties }] of queues) {
    expect([id, Properties.SqsManagedSseEnabled]).toEqual([id, true]);
    const policies = of("Gateway", "AWS::SQS::QueuePolicy").filter(([, each]) => each.Properties.Queues[0].Ref === id);
    expect(policies.flatMap(([, each]) => statements(each.Properties.PolicyDocument))).toContainEqual({
      Effect: "Deny",
      Action: ["sqs:*"],
      Principal: { AWS: "*" },
      Resource: [{ "Fn::GetAtt": [id, "Arn"] }],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }
});

test("a message is hidden for six times as long as its function may run, as AWS advises; failures are told one by one", () => {
  const mappings = of("Gateway", "AWS::Lambda::EventSourceMapping");
  expect(mappings).toHaveLength(4);
  for (const [, { Properties }] of mappings) {
    const hidden = queue(Properties.EventSourceArn["Fn::GetAtt"][0]).Properties.VisibilityTimeout;
    const runs = one("Gateway", "AWS::Lambda::Function", Properties.FunctionName.Ref).Properties.Timeout;
    expect(hidden).toBeGreaterThanOrEqual(6 * runs);
    expect(Properties.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    expect(Properties.MaximumBatchingWindowInSeconds ?? 0).toBe(0);
  }
});
