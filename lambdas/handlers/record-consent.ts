import { tell } from "../core/codes.ts";
import { recordConsent } from "../core/verbs/record-consent.ts";
import { base } from "./edge/base.ts";
import { http, idOf, PATIENT_ID } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { newConsent } from "./edge/requests.ts";
import { consentView } from "./edge/views.ts";

export const handler = http({
  body: newConsent,
  person: true,
  run: async (call) => {
    const { consent, known, code } = await recordConsent(base, idOf(call.path("patient"), PATIENT_ID), call.body, call.act);
    return answer(known ? 200 : 201, { ...consentView(consent, base.clinic), ...(code ? { because: tell(code) } : {}) });
  },
});
