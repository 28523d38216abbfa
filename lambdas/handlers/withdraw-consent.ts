import { withdrawConsent } from "../core/verbs/withdraw-consent.ts";
import { base } from "./edge/base.ts";
import { http, idOf, PATIENT_ID } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { withdrawal } from "./edge/requests.ts";
import { consentView } from "./edge/views.ts";

export const handler = http({
  body: withdrawal,
  person: true,
  run: async (call) => {
    const { consent, known } = await withdrawConsent(base, idOf(call.path("patient"), PATIENT_ID), call.body, call.act);
    return answer(known ? 200 : 201, consentView(consent, base.clinic));
  },
});
