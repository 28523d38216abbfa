import { patientEtag } from "../core/people.ts";
import { registerPatient } from "../core/verbs/register-patient.ts";
import { base } from "./edge/base.ts";
import { http } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { answer } from "./edge/problem.ts";
import { newPatient } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";

const ports = { ...base, sealer, indexer };

export const handler = http({
  body: newPatient,
  person: false,
  run: async (call) => {
    const { patient, created } = await registerPatient(ports, call.body, call.act);
    const { id, team, language, zone } = patient;
    return answer(created ? 201 : 200, { id, team, language, zone }, { etag: patientEtag(patient), location: `/v1/patients/${id}` });
  },
});
