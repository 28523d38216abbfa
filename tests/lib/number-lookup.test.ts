/** Numbers are looked up where the clinic has written that its privacy impact assessment lists it, and nowhere else. */
import { describe, expect, test } from "vitest";
import { alone, change, copy, SHIPPED } from "./support/clinic-copy.ts";
import { type Json, statements, synthesised } from "./support/synthesised.ts";

const LOOK_UP = "mobiletargeting:PhoneNumberValidate";

const askers = (of: ReturnType<typeof synthesised>["of"]): Json[] =>
  of("Gateway", "AWS::IAM::Policy").flatMap(([, { Properties }]) =>
    statements(Properties.PolicyDocument)
      .filter(({ Action }) => Action.some((action) => action.startsWith("mobiletargeting:")))
      .map((statement) => ({ policy: Properties.Roles, statement })),
  );

test("the clinic that ships has decided nothing of it, and nobody may ask", () => {
  const { of, text } = synthesised({ clinic: SHIPPED });
  expect(askers(of)).toEqual([]);
  expect(text.Gateway).not.toContain("mobiletargeting");
});

test("a clinic that names its assessment lets the registration ask, and nobody else", () => {
  const dir = copy();
  change(dir, "clinic.yaml", "consentMonths:", 'numberLookup: { pia: "PIA-7, section 4" }\nconsentMonths:');
  const { of } = synthesised({ clinic: dir });
  const [only, ...more] = askers(of);
  expect(more).toEqual([]);
  expect(JSON.stringify(only.policy)).toMatch(/registernumber/i);
  expect(only.statement).toMatchObject({ Effect: "Allow", Action: [LOOK_UP] });
  expect(only.statement.Resource).toEqual([
    {
      "Fn::Join": [
        "",
        [
          "arn:",
          { Ref: "AWS::Partition" },
          ":mobiletargeting:",
          { Ref: "AWS::Region" },
          ":",
          { Ref: "AWS::AccountId" },
          ":phone/number/validate",
        ],
      ],
    },
  ]);
});

describe("what is not the reference of an assessment is told", () => {
  alone([
    ["no reference", "clinic.yaml", "consentMonths:", "numberLookup: {}\nconsentMonths:", /pia/],
    [
      "an empty one",
      "clinic.yaml",
      "consentMonths:",
      'numberLookup: { pia: "" }\nconsentMonths:',
      /write the reference of the privacy impact assessment/,
    ],
    ["a mere switch", "clinic.yaml", "consentMonths:", "numberLookup: true\nconsentMonths:", /numberLookup/],
  ]);
});
