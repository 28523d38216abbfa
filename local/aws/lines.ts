import { AwsError } from "./answer.ts";
import { object, type Properties, text } from "./values.ts";

/** The carriers' directory, as Pinpoint's PhoneNumberValidate reads from it. */
export interface Lines {
  /** @throws AwsError with the names of the service */
  call(action: string, input: Properties): Properties;
  /** The holder takes a number to another carrier, or another holder gets it there. */
  port(e164: string, carrier: string): void;
}

/** The kind of a line, by the last four digits of its number; any other is a mobile phone. */
const TYPES: Readonly<Record<string, readonly [type: string, code: number]>> = {
  "0189": ["LANDLINE", 1],
  "0188": ["VOIP", 2],
  "0187": ["INVALID", 3],
  "0186": ["OTHER", 4],
  "0185": ["PREPAID", 5],
};

/** Opens a directory in which every number is where it was first given out. Forgotten when the process ends. */
export function openLines(): Lines {
  const ported = new Map<string, string>();
  return {
    call: (action, input) => {
      if (action !== "PhoneNumberValidate")
        throw new AwsError("NotFoundException", `The local stack's Pinpoint does not know ${action}.`, {}, 404);
      const number = text(object(input)["PhoneNumber"]) ?? "";
      if (!/^\+?[0-9]{5,20}$/.test(number)) throw new AwsError("BadRequestException", "PhoneNumber is no phone number.");
      const e164 = number.startsWith("+") ? number : `+${number}`;
      const [PhoneType, PhoneTypeCode] = TYPES[e164.slice(-4)] ?? ["MOBILE", 0];
      const known = PhoneType === "INVALID" ? {} : { Carrier: ported.get(e164) ?? "Foothills Wireless", City: "Calgary", ZipCode: "T2P" };
      return { OriginalPhoneNumber: number, CleansedPhoneNumberE164: e164, PhoneType, PhoneTypeCode, ...known };
    },
    port: (e164, carrier) => void ported.set(e164, carrier),
  };
}
