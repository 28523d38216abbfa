import * as z from "zod";
import { consentNote } from "../core/consent-note.ts";
import { readConsent, readConsents } from "../core/verbs/read-patient.ts";
import { base } from "./edge/base.ts";
import { CONSENT_ID, http, idOf, PATIENT_ID } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { consentView, inForceView } from "./edge/views.ts";

const asOf = z.iso.datetime({ offset: true }).optional();
const { clinic } = base;

/** Every record with what was in force at an instant, or the note of one record for the chart. */
export const handler = http({
  person: true,
  run: async (call) => {
    const patient = idOf(call.path("patient"), PATIENT_ID);
    if (call.path("consent")) {
      const { record, last4 } = await readConsent(base, patient, idOf(call.path("consent"), CONSENT_ID), call.act);
      return answer(200, {
        consent: record.id,
        note: { en: consentNote(record, last4, clinic, "en"), fr: consentNote(record, last4, clinic, "fr") },
      });
    }
    const at = parse(asOf, call.query("at"), "query:at");
    const { records, effective } = await readConsents(base, patient, at === undefined ? undefined : Date.parse(at), call.act);
    const purposes = Object.entries(effective).map(([purpose, held]) => [purpose, inForceView(held)]);
    return answer(200, { at, effective: Object.fromEntries(purposes), records: records.map((each) => consentView(each, clinic)) });
  },
});
