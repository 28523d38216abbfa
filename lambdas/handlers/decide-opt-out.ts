import { etag } from "../core/conversation.ts";
import { decideOptOut } from "../core/verbs/decide-opt-out.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { outbox } from "./edge/outbox.ts";
import { answer } from "./edge/problem.ts";
import { decision } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { conversationView } from "./edge/views.ts";

const ports = { ...base, sealer, outbox };

export const handler = http({
  body: decision,
  person: true,
  run: async (call) => {
    const id = idOf(call.path("conversation"), CONVERSATION_ID);
    const conversation = await decideOptOut(ports, id, call.body.decision, call.body.reason, call.act);
    return answer(200, conversationView(conversation), { etag: etag(conversation) });
  },
});
