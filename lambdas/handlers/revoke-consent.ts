import { revokeConsent } from "../core/verbs/revoke-consent.ts";
import { base } from "./edge/base.ts";
import { http, idOf, PATIENT_ID } from "./edge/http.ts";
import { count } from "./edge/metrics.ts";
import { answer } from "./edge/problem.ts";
import { revocation } from "./edge/requests.ts";
import { revokedView } from "./edge/views.ts";

export const handler = http({
  body: revocation,
  person: true,
  run: async (call) => {
    const revoked = await revokeConsent(base, idOf(call.path("patient"), PATIENT_ID), call.body, call.act, call.act.src);
    if (revoked.consent.late && !revoked.known) count("RevocationLate");
    return answer(revoked.known ? 200 : 201, revokedView(revoked));
  },
});
