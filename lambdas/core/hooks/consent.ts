import type { Clinic } from "../clinic.ts";
import { consentRefusal } from "../consent.ts";
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

/** Whether a wording (`id/v1`) is approved, covers the purpose and has not been withdrawn. */
function inForce(clinic: Clinic, name: string, purpose: string, now: number): boolean {
  const wording = clinic.wordings.find((each) => `${each.id}/v${each.version}` === name);
  if (!wording?.approved || !wording.purposes.includes(purpose)) return false;
  return wording.withdrawn === undefined || localDate(now, clinic.timeZone) <= wording.withdrawn;
}
