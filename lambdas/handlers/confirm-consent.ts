import { confirmConsent } from "../core/verbs/confirm-consent.ts";
import { base } from "./edge/base.ts";
import { gate } from "./edge/gate.ts";
import { CONSENT_ID, http, idOf, PATIENT_ID } from "./edge/http.ts";
import { outbox } from "./edge/outbox.ts";
import { answer } from "./edge/problem.ts";
import { sealer } from "./edge/sealer.ts";
import { iso } from "./edge/views.ts";

const ports = { ...base, gate, sealer, outbox };

export const handler = http({
  person: true,
  run: async (call) => {
    const consent = idOf(call.path("consent"), CONSENT_ID);
    const { message, until, known } = await confirmConsent(ports, idOf(call.path("patient"), PATIENT_ID), consent, call.act);
    return answer(known ? 200 : 202, { consent, message, until: iso(until) });
  },
});
