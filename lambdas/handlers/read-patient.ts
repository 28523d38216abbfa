import { patientEtag } from "../core/people.ts";
import { findPatient, readPatient } from "../core/verbs/read-patient.ts";
import { base } from "./edge/base.ts";
import { http, idOf, jsonBody, PATIENT_ID } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { answer, parse } from "./edge/problem.ts";
import { patientSearch } from "./edge/requests.ts";
import { erasureView, patientView } from "./edge/views.ts";

const ports = { ...base, indexer };

/** The search answers with ids alone; the record is a view, and needs the person who looks. */
export const handler = http({
  person: (route) => route.startsWith("GET"),
  run: async (call) => {
    if (!call.path("patient")) {
      const id = await findPatient(ports, parse(patientSearch, jsonBody(call)).identifier);
      return answer(200, { items: id === undefined ? [] : [{ id }] });
    }
    const read = await readPatient(ports, idOf(call.path("patient"), PATIENT_ID), call.act);
    if ("erasure" in read) return answer(200, erasureView(read.erasure), { etag: patientEtag(read.erasure) });
    const { patient, numbers, sure } = read;
    return answer(200, patientView(patient, numbers, sure, ports.clock.now(), ports.clinic), { etag: patientEtag(patient) });
  },
});
