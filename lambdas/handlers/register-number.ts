import { registerNumber } from "../core/verbs/register-number.ts";
import { base } from "./edge/base.ts";
import { carrierLookup } from "./edge/carrier-lookup.ts";
import { variable } from "./edge/environment.ts";
import { http, idOf, PATIENT_ID } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { answer } from "./edge/problem.ts";
import { newNumber } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { lineView, numberView } from "./edge/views.ts";

const ports = { ...base, sealer, indexer, carrierLookup, origination: { e164: variable("ORIGINATION_NUMBER"), partsPerSecond: 1 } };

export const handler = http({
  body: newNumber,
  person: true,
  run: async (call) => {
    const { number, shared, created, line } = await registerNumber(ports, idOf(call.path("patient"), PATIENT_ID), call.body, call.act);
    return answer(created ? 201 : 200, { ...numberView(number), shared, ...lineView(line) });
  },
});
