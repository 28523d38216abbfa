import type { Clinic } from "../clinic.ts";
import { consentRefusal, isApproved } from "../consent.ts";
import { ALLOW, type Hook, refuse } from "../hook.ts";
import { localDate } from "../hours.ts";

/** Ground (a): the patient agreed to this purpose, on this number and on a wording that still counts; no STOP has come since, and it is not too old. */
export const consent: Hook = {
  name: "consent",
  judge({ kind, scenario, patient, number, links, clinic, now }) {
    if (kind !== "consent") return ALLOW;
    const held = scenario && patient?.effective[scenario.purpose];
    const code = consentRefusal(held, { patient: patient?.id ?? "", number, links, clinic, now });
    if (code) return refuse(code);
    return held && scenario && inForce(clinic, held.wording, scenario.purpose, now) ? ALLOW : refuse("consent-wording");
  },
};

/** Whether a wording (`id/v1`) is approved, not withdrawn, and covers the purpose. */
const inForce = (clinic: Clinic, name: string, purpose: string, now: number): boolean =>
  isApproved(clinic, name, localDate(now, clinic.timeZone)) &&
  clinic.wordings.some((each) => `${each.id}/v${each.version}` === name && each.purposes.includes(purpose));
