import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { phoneNumberValidate } from "../../adapters/carrier-lookup.ts";

/** One attempt and little patience: somebody at the desk waits for the registration, and nothing depends on the answer. */
export const carrierLookup = phoneNumberValidate(
  new PinpointClient({
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true }),
  }),
);
