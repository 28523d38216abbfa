import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadClinic } from "../../lib/clinic.ts";
import { type Json, statements, synthesised } from "./support/synthesised.ts";

const { of, one, text } = synthesised({ spendLimit: "200" });
const topic = of("Gateway", "AWS::SNS::Topic")[0]?.[0];
const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
/** The anchors that GitHub and others make of headings. */
const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-"),
);

test("sweep runs every minute, and is not run twice for one minute", () => {
  const rule = one("Gateway", "AWS::Events::Rule", "everyminute").Properties;
  expect(rule).toMatchObject({ ScheduleExpression: "rate(1 minute)", State: "ENABLED" });
  expect(rule.Targets).toHaveLength(1);
  const [target] = rule.Targets;
  expect(one("Gateway", "AWS::Lambda::Function", target.Arn["Fn::GetAtt"][0]).Properties.Description).toBe("sweep");
  expect(target.RetryPolicy).toEqual({ MaximumRetryAttempts: 0 });
  // The rule's own retries end where Lambda has taken the event; Lambda's begin there.
  const { FunctionName, MaximumRetryAttempts, MaximumEventAgeInSeconds } = one("Gateway", "AWS::Lambda::EventInvokeConfig").Properties;
  expect([FunctionName.Ref, MaximumRetryAttempts, MaximumEventAgeInSeconds]).toEqual([target.Arn["Fn::GetAtt"][0], 0, 60]);
});

describe("alarms", () => {
  const alarms = of("Gateway", "AWS::CloudWatch::Alarm").map(([, each]) => each.Properties);

  test("watch at most ten metrics of our own, and each rings at the one address", () => {
    expect(alarms.length).toBeGreaterThan(5);
    expect(alarms.filter((each) => each.Namespace === "ClinicSms").length).toBeLessThanOrEqual(10);
    for (const alarm of alarms) expect(alarm.AlarmActions).toEqual([{ Ref: topic }]);
  });

  test("each names its page of the runbook, which exists", () => {
    for (const alarm of alarms) {
      const [file, anchor] = alarm.AlarmDescription.split("#");
      expect(file).toBe("docs/runbook.md");
      expect(anchors).toContain(anchor);
    }
  });

  test("a text that could not be stored, or waits for four minutes to be stored, rings", () => {
    const by = (page: string): Json => alarms.find((each) => each.AlarmDescription.endsWith(`#${page}`));
    expect(by("texts-not-stored")).toMatchObject({ MetricName: "ApproximateNumberOfMessagesVisible", Threshold: 1 });
    // AWS's age leaves out what was received three times: with three minutes between tries, it ends at six minutes.
    expect(by("texts-wait-too-long")).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 240 });
    expect(by("sweep-stopped")).toMatchObject({ MetricName: "Invocations", TreatMissingData: "breaching" });
    expect(by("calls-fail")).toMatchObject({ Namespace: "AWS/ApiGateway", MetricName: "5xx", Statistic: "Sum", Threshold: 5 });
    expect(by("spend-limit-near")).toMatchObject({ Namespace: "AWS/SMSVoice", Threshold: 160 });
  });

  test("each dead-letter queue rings as soon as something lies in it", () => {
    const dead = of("Gateway", "AWS::SQS::Queue")
      .map(([id]) => id)
      .filter((id) => id.includes("dead"));
    expect(dead).toHaveLength(4);
    for (const id of dead) {
      const watching = alarms.filter((each) => JSON.stringify(each.Dimensions ?? each.Metrics ?? []).includes(`"${id}"`));
      expect(watching).toMatchObject([{ Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold" }]);
    }
    const both = alarms.find((each) => each.Metrics);
    expect(both?.Metrics.find((each: Json) => each.Expression)).toMatchObject({ Expression: "one + other" });
  });

  test("what functions count themselves is counted under the name that the alarm watches", () => {
    const counted = readFileSync(new URL("../../lambdas/handlers/edge/metrics.ts", import.meta.url), "utf8");
    for (const alarm of alarms.filter((each) => each.Namespace === "ClinicSms")) expect(counted).toContain(`"${alarm.MetricName}"`);
    expect(counted).toContain('"ClinicSms"');
  });
});

test("alarms, rules and sweep may tell somebody; nobody may over plain HTTP", () => {
  const policy = statements(one("Gateway", "AWS::SNS::TopicPolicy", "someonemustlook").Properties.PolicyDocument);
  const services = policy.filter((each) => each.Effect === "Allow").map((each) => each.Principal.Service);
  expect(services.sort()).toEqual(["cloudwatch.amazonaws.com", "events.amazonaws.com"]);
  expect(policy.filter((each) => each.Effect === "Deny")).toMatchObject([{ Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
});

describe("on call", () => {
  const { onCall } = loadClinic("clinic");
  const topics = of("Gateway", "AWS::SNS::Topic").filter(([id]) => id.startsWith("oncall"));

  test("each person has a topic of their own with their address, over TLS only", () => {
    const addresses = topics.map(([id]) =>
      of("Gateway", "AWS::SNS::Subscription")
        .map(([, each]) => each.Properties)
        .filter((each) => each.TopicArn.Ref === id),
    );
    expect(addresses).toMatchObject(onCall.map(({ email }) => [{ Protocol: "email", Endpoint: email }]));
    for (const [id] of topics) {
      const policies = of("Gateway", "AWS::SNS::TopicPolicy").filter(([, each]) =>
        each.Properties.Topics.some((topic: Json) => topic.Ref === id),
      );
      expect(policies.flatMap(([, each]) => statements(each.Properties.PolicyDocument))).toMatchObject([
        { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ]);
    }
  });

  test("the two functions that page know each topic by the person's id", () => {
    for (const name of ["receive-text", "sweep"]) {
      const [, fn] = of("Gateway", "AWS::Lambda::Function").find(([, each]) => each.Properties.Description === name) ?? [];
      const told = JSON.stringify(fn?.Properties.Environment.Variables.ON_CALL_TOPICS);
      for (const [at, { id }] of onCall.entries()) {
        expect(told).toContain(`${id}=`);
        expect(told).toContain(`"Ref":"${topics[at]?.[0]}"`);
      }
    }
  });
});

describe("somebody is told", () => {
  const pattern = (id: string): Json => one("Gateway", "AWS::Events::Rule", id).Properties;

  test("when a person takes the break-glass role, which CloudTrail counts among reads", () => {
    const rule = pattern("breakglassused");
    expect(rule.State).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(rule.EventPattern).toMatchObject({ source: ["aws.sts"], detail: { eventName: ["AssumeRole"] } });
    expect(JSON.stringify(rule.EventPattern.detail.requestParameters)).toMatch(/messagekeybreakglass/);
  });

  test("when anybody opens a text who is no function of the gateway that may: by any role, or by none", () => {
    const rule = pattern("textopened");
    expect(rule.State).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    const { eventName, resources, $or: either } = rule.EventPattern.detail;
    expect(eventName).toEqual(["Decrypt"]);
    expect(JSON.stringify(resources.ARN)).toMatch(/messagekey/);
    expect(resources.ARN).toHaveLength(1);
    const arns = either.map((each: Json) => each.userIdentity.sessionContext.sessionIssuer.arn[0]);
    const opens = of("Gateway", "AWS::IAM::Policy").filter(([, each]) =>
      statements(each.Properties.PolicyDocument).some((statement) => statement.Action.includes("kms:Decrypt")),
    );
    expect(opens.length).toBeGreaterThan(0);
    const roles = opens.map(([, each]) => ({ "Fn::GetAtt": [each.Properties.Roles[0].Ref, "Arn"] }));
    expect(arns[0]["anything-but"]).toEqual(expect.arrayContaining(roles));
    expect(arns[0]["anything-but"]).toHaveLength(roles.length);
    expect(arns[1]).toEqual({ exists: false });
  });

  test("when a person disables or deletes a key, or changes who may use it", () => {
    const rule = pattern("keychanged");
    expect(rule.EventPattern.detail.eventName).toEqual(["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"]);
    expect(rule.EventPattern.detail.resources.ARN).toHaveLength(3);
  });

  test("in a sentence that leads to the runbook and holds nothing else", () => {
    for (const id of ["breakglassused", "textopened", "keychanged"]) {
      const [target] = pattern(id).Targets;
      expect(target.Arn).toEqual({ Ref: topic });
      const anchor = /docs\/runbook\.md#([\w-]+)/.exec(target.Input)?.[1];
      expect(anchors).toContain(anchor);
      expect(target.InputTransformer).toBeUndefined();
    }
  });
});

test("the templates stay within CloudFormation's limits", () => {
  for (const [stack, template] of Object.entries(text)) {
    expect([stack, Object.keys(JSON.parse(template).Resources).length <= 500]).toEqual([stack, true]);
    expect([stack, Buffer.byteLength(template) <= 1_000_000]).toEqual([stack, true]);
  }
});

test("everything says that it is on trial, until the clinic says otherwise", () => {
  expect(one("Gateway", "AWS::SQS::Queue", "inboundqueue").Properties.Tags).toContainEqual({ Key: "clinic-sms:stage", Value: "trial" });
});
