import { patientEtag } from "../core/people.ts";
import { erasePatient } from "../core/verbs/erase-patient.ts";
import { base } from "./edge/base.ts";
import { variable } from "./edge/environment.ts";
import { erasure as request } from "./edge/erasure-request.ts";
import { http, idOf, ifMatch, PATIENT_ID } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { erasureView } from "./edge/views.ts";

const ports = { ...base, backupDays: Number(variable("BACKUP_DAYS")) };
/** Nobody waits longer for an answer; what is left then the sweep does. */
const BUDGET_MS = 8_000;

export const handler = http({
  body: request,
  person: true,
  run: async (call) => {
    const patient = idOf(call.path("patient"), PATIENT_ID);
    const erasure = await erasePatient(ports, patient, ifMatch(call), call.body, call.act, ports.clock.now() + BUDGET_MS);
    return answer(erasure.finished === undefined ? 202 : 200, erasureView(erasure), { etag: patientEtag(erasure) });
  },
});
