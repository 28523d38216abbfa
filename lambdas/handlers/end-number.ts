import { endNumber } from "../core/verbs/register-number.ts";
import { base } from "./edge/base.ts";
import { http, idOf, NUMBER_ID, PATIENT_ID } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { endedNumber } from "./edge/requests.ts";
import { numberView } from "./edge/views.ts";

export const handler = http({
  body: endedNumber,
  person: true,
  run: async (call) => {
    const number = await endNumber(
      base,
      idOf(call.path("patient"), PATIENT_ID),
      idOf(call.path("number"), NUMBER_ID),
      call.body.reason,
      call.act,
    );
    return answer(200, numberView(number));
  },
});
