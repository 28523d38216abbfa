import { consentRefusal } from "../consent.ts";
import { ALLOW, type Hook, refuse } from "../hook.ts";

/** Ground (a): the patient agreed to this purpose, on this number; no STOP has come since, and it is not too old. */
export const consent: Hook = {
  name: "consent",
  judge({ kind, scenario, patient, number, links, clinic, now }) {
    if (kind !== "consent") return ALLOW;
    const held = scenario && patient?.effective[scenario.purpose];
    const code = consentRefusal(held, { patient: patient?.id ?? "", number, links, clinic, now });
    return code ? refuse(code) : ALLOW;
  },
};
