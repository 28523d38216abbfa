import { kmsSealer } from "../../adapters/kms.ts";
import { clinic, variable } from "./environment.ts";
import { kms } from "./kms-client.ts";

export const sealer = kmsSealer(kms, variable("MESSAGE_KEY"), clinic.id);
