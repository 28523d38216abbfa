import { cancelMessage } from "../core/verbs/read-message.ts";
import { base } from "./edge/base.ts";
import { http, jsonBody } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { byReference } from "./edge/requests.ts";
import { messageView } from "./edge/views.ts";

export const handler = http({
  person: false,
  run: async (call) => {
    const which = call.path("message") ? { id: call.path("message") } : parse(byReference, jsonBody(call));
    return answer(200, messageView(await cancelMessage(base, which, call.client, call.act), base.clinic));
  },
});
