import { listIncidents, readIncident } from "../core/verbs/read-incident.ts";
import { base } from "./edge/base.ts";
import { cursorOf, http, INCIDENT_ID, idOf, limitOf, toCursor } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { sealer } from "./edge/sealer.ts";
import { incidentView, listedIncidentView } from "./edge/views.ts";

const ports = { ...base, sealer };
const PLACE = /^[0-9TZ:.-]{20,30}#inc_[0-9A-Z]{26}$/;

/** The list says what is open; one incident names patients, and needs the person who looks. */
export const handler = http({
  person: (route) => route.includes("{incident}"),
  run: async (call) => {
    if (call.path("incident")) {
      const { incident, note } = await readIncident(ports, idOf(call.path("incident"), INCIDENT_ID), call.act);
      return answer(200, incidentView(incident, note));
    }
    const { items, next } = await listIncidents(base, { after: cursorOf(call, PLACE), limit: limitOf(call) });
    return answer(200, { items: items.map(listedIncidentView), next: toCursor(next) });
  },
});
