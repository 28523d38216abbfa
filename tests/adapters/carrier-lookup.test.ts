import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { phoneNumberValidate } from "../../lambdas/adapters/carrier-lookup.ts";
import type { LineType } from "../../lambdas/core/items.ts";
import type { CarrierLookup } from "../../lambdas/core/ports.ts";
import { type LocalAws, startAws } from "../../local/aws/index.ts";
import { assembly, clinic } from "../local/aws/support/assembly.ts";
import { manualClock } from "../local/aws/support/clock.ts";
import { world } from "../support/world.ts";

/** One suite for the fake at the port and for Pinpoint behind the real client. */
interface Subject {
  readonly lookup: CarrierLookup;
  /** A number whose line is of this kind. */
  numberOf(type: LineType): string;
  move(e164: string, network: string): void;
  /** The directory is out from now on. */
  out(): void;
}

let aws: LocalAws;
beforeAll(async () => {
  const mayAsk = clinic(({ Policy }) => {
    const document = (Policy?.Properties?.["PolicyDocument"] ?? {}) as { Statement: unknown[] };
    const Resource = {
      "Fn::Join": [":", ["arn:aws:mobiletargeting", { Ref: "AWS::Region" }, { Ref: "AWS::AccountId" }, "phone/number/validate"]],
    };
    document.Statement.push({ Effect: "Allow", Action: "mobiletargeting:PhoneNumberValidate", Resource });
  });
  aws = await startAws({ cdkOut: assembly(mayAsk), dataDir: undefined, clock: manualClock() });
});
afterAll(() => aws.close());

const ENDINGS: Readonly<Record<LineType, string>> = { mobile: "0123", landline: "0189", voip: "0188", invalid: "0187", other: "0186" };

const real = (): Subject => {
  aws.faults.clear();
  const { accessKeyId, secretAccessKey } = aws.identity("receive-text", "Role", "1");
  const client = new PinpointClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  return {
    lookup: phoneNumberValidate(client),
    numberOf: (type) => `+1403555${ENDINGS[type]}`,
    move: aws.lines.port,
    out: () => aws.faults.add({ service: "mobiletargeting", action: "PhoneNumberValidate", kind: "refuse" }),
  };
};

const fake = (): Subject => {
  let up = true;
  const { carrierLookup, lines } = world({ before: async (call) => (call === "look-up" && !up ? "refuse" : "none") });
  return {
    lookup: carrierLookup,
    numberOf: (type) => {
      const e164 = `+1403555${ENDINGS[type]}`;
      if (type !== "mobile") lines.set(e164, { type, network: type === "invalid" ? undefined : "Foothills Wireless" });
      return e164;
    },
    move: (e164, network) => lines.set(e164, { type: "mobile", network }),
    out: () => {
      up = false;
    },
  };
};

describe.each([
  ["the fake", fake],
  ["Pinpoint", real],
])("%s", (_, make) => {
  test.each(["mobile", "landline", "voip", "other"] as const)("tells a %s line, and whose network it is on", async (type) => {
    const { lookup, numberOf } = make();
    expect(await lookup.find(numberOf(type))).toEqual({ type, network: "Foothills Wireless" });
  });

  test("a number that nobody has been given is on no network", async () => {
    const { lookup, numberOf } = make();
    expect(await lookup.find(numberOf("invalid"))).toEqual({ type: "invalid", network: undefined });
  });

  test("a number that has moved is on its new network", async () => {
    const { lookup, move } = make();
    move("+14035550124", "Prairie Mobile");
    expect(await lookup.find("+14035550124")).toEqual({ type: "mobile", network: "Prairie Mobile" });
    expect(await lookup.find("+14035550125")).toEqual({ type: "mobile", network: "Foothills Wireless" });
  });

  test("throws when the directory does not answer", async () => {
    const { lookup, out } = make();
    out();
    await expect(lookup.find("+14035550123")).rejects.toThrow();
  });
});

test("a prepaid number is a mobile one", async () => {
  expect(await real().lookup.find("+14035550185")).toMatchObject({ type: "mobile" });
});

test("what says of no kind of line is not understood, and says no number", async () => {
  const said = (answer: object): CarrierLookup =>
    phoneNumberValidate({ send: async () => ({ NumberValidateResponse: answer }) } as unknown as PinpointClient);
  for (const answer of [{}, { PhoneType: "SATELLITE" }])
    await expect(said(answer).find("+14035550123")).rejects.toThrow("the directory's answer names no kind of line");
});
