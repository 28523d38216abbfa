import { readMessage } from "../core/verbs/read-message.ts";
import { base } from "./edge/base.ts";
import { http, jsonBody } from "./edge/http.ts";
import { answer, parse } from "./edge/problem.ts";
import { byReference } from "./edge/requests.ts";
import { messageView } from "./edge/views.ts";

/** By id, or by the caller's own reference; the text itself is not in the answer. */
export const handler = http({
  person: false,
  run: async (call) => {
    const which = call.path("message") ? { id: call.path("message") } : parse(byReference, jsonBody(call));
    return answer(200, messageView(await readMessage(base, which, call.client), base.clinic));
  },
});
