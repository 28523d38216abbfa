import { ALLOW, type Hook, refuse } from "../hook.ts";

/** Whether this patient is texted at all. A person's reply to a text is not held up by a pause. */
export const patient: Hook = {
  name: "patient",
  judge({ kind, patient: record }) {
    if (!record || kind === "service") return ALLOW;
    if (record.deceased !== undefined) return refuse("patient-deceased");
    if (record.left !== undefined) return refuse("patient-left");
    return record.paused && kind === "consent" ? refuse("patient-paused") : ALLOW;
  },
};
