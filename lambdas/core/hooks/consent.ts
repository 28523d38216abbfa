import { ALLOW, type Hook, refuse } from "../hook.ts";

/** Ground (a): the patient agreed to this purpose, on this number, and no STOP has come since. */
export const consent: Hook = {
  name: "consent",
  judge({ kind, scenario, patient, number }) {
    if (kind !== "consent") return ALLOW;
    const effective = scenario && patient?.effective[scenario.purpose];
    if (!effective) return refuse("consent-missing");
    if (effective.status === "declined") return refuse("consent-declined");
    if (effective.status === "withdrawn") return refuse("consent-withdrawn");
    return number && number.PK === effective.number && effective.epoch === number.epoch ? ALLOW : refuse("consent-not-in-force");
  },
};
