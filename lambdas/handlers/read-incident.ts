import { Refusal } from "../core/codes.ts";
import { listIncidents, readIncident } from "../core/verbs/read-incident.ts";
import { base } from "./edge/base.ts";
import { http, INCIDENT_ID, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { incidentView, listedIncidentView } from "./edge/views.ts";

const DEFAULT_LIMIT = 50;

/** The list says what is open; one incident names patients, and needs the person who looks. */
export const handler = http({
  person: (route) => route.includes("{incident}"),
  run: async (call) => {
    if (call.path("incident"))
      return answer(200, incidentView(await readIncident(base, idOf(call.path("incident"), INCIDENT_ID), call.act)));
    const limit = Number(call.query("limit") ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:limit", detail: "1 to 100" }] });
    const cursor = call.query("cursor");
    const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("utf8");
    if (after !== undefined && !/^[0-9TZ:.-]{20,30}#inc_[0-9A-Z]{26}$/.test(after))
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:cursor", detail: "not a cursor of this list" }] });
    const { items, next } = await listIncidents(base, { after, limit });
    return answer(200, { items: items.map(listedIncidentView), next: next && Buffer.from(next).toString("base64url") });
  },
});
