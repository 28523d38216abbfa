import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { smsOptOutList } from "../../adapters/sms.ts";
import { variable } from "./environment.ts";

/** Reading the list again is harmless, so the SDK may try as often as it takes to be let through once a second. */
export const optOutList = smsOptOutList(new PinpointSMSVoiceV2Client({ maxAttempts: 6 }), variable("OPT_OUT_LIST"));
