import { ALLOW, type Hook, refuse } from "../hook.ts";

/**
 * A text that promotes something (Canada's anti-spam law, S.C. 2010, c. 23, section 6): the patient agreed to this very purpose,
 * and the text names who sends it and how to stop it. A judgement that the risk of not texting is greater is no such agreement.
 */
export const commercial: Hook = {
  name: "commercial",
  judge({ kind, scenario, patient, judged }) {
    if (kind !== "consent" || !scenario?.commercial) return ALLOW;
    if (!patient?.effective[scenario.purpose]) return refuse("commercial-consent");
    return judged && !(judged.namesSender && judged.saysStop) ? refuse("commercial-form") : ALLOW;
  },
};
