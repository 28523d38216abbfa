import { readNoContact, setNoContact } from "../core/verbs/no-contact.ts";
import { base } from "./edge/base.ts";
import { http, idOf, jsonBody, PATIENT_ID } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { noContact } from "./edge/requests.ts";
import { noContactView } from "./edge/views.ts";

/** The answer to setting it is the same whatever stood before. */
export const handler = http({
  person: true,
  run: async (call) => {
    const patient = idOf(call.path("patient"), PATIENT_ID);
    if (call.route.startsWith("GET")) return answer(200, noContactView(await readNoContact(base, patient, call.act)));
    await setNoContact(base, patient, parse(noContact, jsonBody(call)), call.act);
    return answer(200, { recorded: true });
  },
});
