import { ALLOW, type Hook, refuse } from "../hook.ts";

/**
 * Trial first: until the clinic goes live, texts leave only to the listed numbers. The mark was set when the number was
 * last seen; `send-text` compares the number itself with the list before the carrier is called.
 */
export const stage: Hook = {
  name: "stage",
  judge: ({ clinic, number }) => (clinic.stage === "live" || number === undefined || number.trial ? ALLOW : refuse("stage-trial")),
};
