import * as z from "zod";
import { readConsents } from "../core/verbs/read-patient.ts";
import { base } from "./edge/base.ts";
import { http, idOf, PATIENT_ID } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { consentView, iso } from "./edge/views.ts";

const asOf = z.iso.datetime({ offset: true }).optional();

export const handler = http({
  person: true,
  run: async (call) => {
    const at = parse(asOf, call.query("at"), "query:at");
    const { records, effective } = await readConsents(
      base,
      idOf(call.path("patient"), PATIENT_ID),
      at === undefined ? undefined : Date.parse(at),
      call.act,
    );
    const purposes = Object.entries(effective).map(([purpose, { status, wording, agreedAt, record }]) => [
      purpose,
      { status, wording, agreedAt: iso(agreedAt), record },
    ]);
    return answer(200, { at, effective: Object.fromEntries(purposes), records: records.map(consentView) });
  },
});
