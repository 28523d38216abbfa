import { patientEtag } from "../core/people.ts";
import { changePatient } from "../core/verbs/register-patient.ts";
import { base } from "./edge/base.ts";
import { http, idOf, ifMatch, PATIENT_ID } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { changedPatient } from "./edge/requests.ts";
import { patientView } from "./edge/views.ts";

export const handler = http({
  body: changedPatient,
  person: true,
  run: async (call) => {
    const patient = await changePatient(base, idOf(call.path("patient"), PATIENT_ID), ifMatch(call), call.body, call.act);
    return answer(200, patientView(patient, [], new Map(), base.clock.now(), base.clinic), { etag: patientEtag(patient) });
  },
});
