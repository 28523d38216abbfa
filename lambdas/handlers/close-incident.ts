import { closeIncident } from "../core/verbs/close-incident.ts";
import { base } from "./edge/base.ts";
import { http, INCIDENT_ID, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { incidentClosing } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { incidentView } from "./edge/views.ts";

const ports = { ...base, sealer };

export const handler = http({
  body: incidentClosing,
  person: true,
  run: async (call) => answer(200, incidentView(await closeIncident(ports, idOf(call.path("incident"), INCIDENT_ID), call.body, call.act))),
});
