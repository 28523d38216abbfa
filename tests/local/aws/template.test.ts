import { describe, expect, it } from "vitest";
import { loadCloud } from "../../../local/aws/template.ts";
import { assembly, clinic, hole } from "./support/assembly.ts";

const ENDPOINT = "http://127.0.0.1:4000";
const topic = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  One: { Resources: { T: { Type: "AWS::SNS::Topic", Properties: properties } }, ...more },
});
const displayName = (stacks: Record<string, Record<string, unknown>>) =>
  loadCloud(assembly(stacks), ENDPOINT).resources("AWS::SNS::Topic")[0]?.properties["DisplayName"];

describe("the templates of a cloud assembly", () => {
  it("resolve across stacks, in the order of their dependencies", () => {
    const cloud = loadCloud(assembly(clinic()), ENDPOINT);
    expect(cloud.stacks).toEqual(["Number", "Gateway"]);
    const inbound = cloud.resource("Number/Inbound");
    expect(cloud.resource("InboundSubscription")?.properties["TopicArn"]).toBe(inbound?.arn);
    expect(inbound?.arn).toBe("arn:aws:sns:ca-central-1:000000000000:Number-Inbound");
    expect(cloud.resource("Replies")?.ref).toBe(`${ENDPOINT}/000000000000/Gateway-Replies.fifo`);
    expect(cloud.resource("Fn")?.properties["Role"]).toBe("arn:aws:iam::000000000000:role/clinic/Gateway-Role");
    expect(cloud.resource("Number")?.attributes["PhoneNumber"]).toMatch(/^\+1\d{10}$/);
  });

  it("resolve every function that CDK writes", () => {
    expect(
      displayName(
        topic({ DisplayName: { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, { "Fn::Select": [1, { "Fn::Split": ["/", "x/y"] }] }]] } }),
      ),
    ).toBe("a-ca-central-1-y");
    expect(
      displayName(
        topic({
          DisplayName: {
            "Fn::Sub": [`${hole("AWS::StackName")} ${hole("!literal")} ${hole("Given")}`, { Given: { Ref: "AWS::AccountId" } }],
          },
        }),
      ),
    ).toBe(`One ${hole("literal")} 000000000000`);
    const conditions = {
      Conditions: {
        No: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "AWS::Region" }, "ca-central-1"] }] },
        Either: { "Fn::Or": [{ Condition: "No" }, { "Fn::Equals": ["a", "a"] }] },
      },
    };
    expect(displayName(topic({ DisplayName: { "Fn::If": ["No", "yes", { Ref: "AWS::NoValue" }] } }, conditions))).toBeUndefined();
    expect(displayName(topic({ DisplayName: { "Fn::If": ["Either", "yes", "no"] } }, conditions))).toBe("yes");
    expect(
      displayName(
        topic(
          { DisplayName: { "Fn::FindInMap": ["M", { Ref: "AWS::Region" }, "k"] } },
          { Mappings: { M: { "ca-central-1": { k: "v" } } } },
        ),
      ),
    ).toBe("v");
  });

  it("read an earlier stack's output without an export", () => {
    const from = (OutputName: string) => ({
      One: { Resources: {}, Outputs: { Given: { Value: { Ref: "AWS::StackName" } } } },
      Two: {
        Resources: {
          T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { "Fn::GetStackOutput": { StackName: "One", OutputName } } } },
        },
      },
    });
    expect(displayName(from("Given"))).toBe("One");
    expect(() => displayName(from("Other"))).toThrow("Two / T (AWS::SNS::Topic): no earlier stack One has an output Other");
  });

  it("leave out a resource whose condition does not hold", () => {
    const stacks = {
      One: { Conditions: { No: { "Fn::Equals": ["a", "b"] } }, Resources: { T: { Type: "AWS::SNS::Topic", Condition: "No" } } },
    };
    expect(loadCloud(assembly(stacks), ENDPOINT).resources("AWS::SNS::Topic")).toEqual([]);
  });

  it.each([
    [
      "an unknown type",
      { One: { Resources: { B: { Type: "AWS::SSM::Parameter" } } } },
      "One / B (AWS::SSM::Parameter): the local stack does not know this resource type",
    ],
    [
      "an unknown function",
      topic({ DisplayName: { "Fn::Cidr": ["x"] } }),
      "One / T (AWS::SNS::Topic): the local stack does not know the function Fn::Cidr",
    ],
    [
      "an unknown attribute",
      topic({ DisplayName: { "Fn::GetAtt": ["T", "Nope"] } }),
      "One / T (AWS::SNS::Topic): the local stack does not know the attribute Nope of T (AWS::SNS::Topic)",
    ],
    ["a missing resource", topic({ DisplayName: { Ref: "Gone" } }), "One / T (AWS::SNS::Topic): there is no resource Gone in this stack"],
    ["a missing export", topic({ DisplayName: { "Fn::ImportValue": "x" } }), "One / T (AWS::SNS::Topic): no earlier stack exports x"],
  ])("stop at %s with a sentence that names it", (_, stacks, sentence) => {
    expect(() => loadCloud(assembly(stacks), ENDPOINT)).toThrow(sentence);
  });
});
