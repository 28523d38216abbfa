import { expect, test } from "vitest";
import { statements, synthesised } from "./support/synthesised.ts";

const { of, one, text } = synthesised();
const number = one("Number", "AWS::SMSVOICE::PhoneNumber");

test("the number, its opt-out list and its configuration set outlive the stack and cannot be taken by a replacement", () => {
  for (const type of ["AWS::SMSVOICE::PhoneNumber", "AWS::SMSVOICE::OptOutList", "AWS::SMSVOICE::ConfigurationSet", "AWS::KMS::Key"]) {
    const resource = one("Number", type);
    expect([type, resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual([type, "Retain", "Retain"]);
  }
  expect(number.Properties).toMatchObject({ DeletionProtectionEnabled: true, IsoCountryCode: "CA", NumberType: "LONG_CODE" });
});

test("the gateway manages opt-outs itself, on a list of the clinic's own, and hears what patients text", () => {
  const [[list]] = of("Number", "AWS::SMSVOICE::OptOutList") as [[string, unknown]];
  const [inbound] = of("Number", "AWS::SNS::Topic").find(([id]) => id.startsWith("inbound")) ?? [];
  expect(number.Properties).toMatchObject({
    SelfManagedOptOutsEnabled: true,
    OptOutListName: { Ref: list },
    TwoWay: { Enabled: true, ChannelArn: { Ref: inbound } },
    NumberCapabilities: ["SMS"],
  });
});

test("every delivery event is heard, on a topic of its own", () => {
  const [delivery] = of("Number", "AWS::SNS::Topic").find(([id]) => id.startsWith("delivery")) ?? [];
  expect(one("Number", "AWS::SMSVOICE::ConfigurationSet").Properties.EventDestinations).toEqual([
    {
      EventDestinationName: "delivery-events",
      Enabled: true,
      MatchingEventTypes: ["TEXT_ALL"],
      SnsDestination: { TopicArn: { Ref: delivery } },
    },
  ]);
});

test("AWS may publish before the number and the event destination are made: the topics' policies come first", () => {
  const policies = of("Number", "AWS::SNS::TopicPolicy").map(([id]) => id);
  expect(policies).toHaveLength(2);
  expect(number.DependsOn).toEqual(expect.arrayContaining(policies));
  expect(one("Number", "AWS::SMSVOICE::ConfigurationSet").DependsOn).toEqual(expect.arrayContaining(policies));
});

test("only the SMS service of this very account publishes to the topics, and only over TLS", () => {
  for (const [, policy] of of("Number", "AWS::SNS::TopicPolicy")) {
    const all = statements(policy.Properties.PolicyDocument);
    const allowed = all.filter((each) => each.Effect === "Allow");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: ["sns:Publish"],
      Principal: { Service: "sms-voice.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    });
    expect(JSON.stringify(allowed[0]?.Condition?.["ArnLike"])).toContain(":sms-voice:");
    expect(all.filter((each) => each.Effect === "Deny")).toMatchObject([{ Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
  }
});

test("the carrier's payloads are encrypted under our key, which administrators may look after and not use", () => {
  for (const [, topic] of of("Number", "AWS::SNS::Topic")) expect(topic.Properties.KmsMasterKeyId).toBeDefined();
  const [administer, carrier, ...more] = statements(one("Number", "AWS::KMS::Key").Properties.KeyPolicy);
  expect(more).toEqual([]);
  expect(administer?.Action.filter((action) => /\*|Encrypt|Decrypt|GenerateDataKey|CreateGrant/.test(action))).toEqual([]);
  expect(carrier).toMatchObject({
    Principal: { Service: "sms-voice.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
  });
});

test("nothing of the number stack asks for anything of the others", () => {
  expect(text.Number).not.toContain("Fn::ImportValue");
});
