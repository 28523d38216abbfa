import * as z from "zod";
import { consentNote } from "../core/consent-note.ts";
import { listDueConsents } from "../core/verbs/list-due-consents.ts";
import { readConsent, readConsents } from "../core/verbs/read-patient.ts";
import { base } from "./edge/base.ts";
import { CONSENT_ID, cursorOf, http, idOf, limitOf, PATIENT_ID, toCursor } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { consentView, dueConsentsView, inForceView } from "./edge/views.ts";

const asOf = z.iso.datetime({ offset: true }).optional();
const { clinic } = base;
const days = z
  .string()
  .regex(/^[1-9]\d{0,2}$/)
  .transform(Number)
  .refine((many) => many <= 366);
const DEFAULT_DAYS = "30";
const DAY_MS = 24 * 3_600_000;
const PLACE = /^[0-9TZ:.-]{20,30}#pat_[0-9A-Z]{26}$/;

/** Every record with what was in force at an instant, the note of one record for the chart, or who is to be asked again soon. */
export const handler = http({
  person: (route) => route.includes("{patient}"),
  run: async (call) => {
    if (!call.path("patient")) {
      const until = base.clock.now() + parse(days, call.query("days") ?? DEFAULT_DAYS, "query:days") * DAY_MS;
      const { items, next } = await listDueConsents(base, until, { after: cursorOf(call, PLACE), limit: limitOf(call) });
      return answer(200, { items: items.map(dueConsentsView), next: toCursor(next) });
    }
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
