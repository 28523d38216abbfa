import { PhoneNumberValidateCommand, type PinpointClient } from "@aws-sdk/client-pinpoint";
import type { LineType } from "../core/items.ts";
import type { CarrierLookup } from "../core/ports.ts";

/** PhoneType (API reference: NumberValidateResponse). A prepaid number is a mobile one. */
const TYPES: Readonly<Record<string, LineType>> = {
  MOBILE: "mobile",
  PREPAID: "mobile",
  LANDLINE: "landline",
  VOIP: "voip",
  INVALID: "invalid",
  OTHER: "other",
};

/**
 * Pinpoint's PhoneNumberValidate, which stays when the rest of Pinpoint has gone (docs/decisions/0016). Of its answer only the kind
 * of line and the carrier's name are read: city, county and postal code are nobody's business.
 */
export function phoneNumberValidate(client: PinpointClient): CarrierLookup {
  return {
    async find(e164) {
      const { NumberValidateResponse: said } = await client.send(
        new PhoneNumberValidateCommand({ NumberValidateRequest: { PhoneNumber: e164 } }),
      );
      const type = TYPES[said?.PhoneType ?? ""];
      if (type === undefined) throw new Error("the directory's answer names no kind of line");
      return { type, network: said?.Carrier || undefined };
    },
  };
}
