import { etag } from "../core/conversation.ts";
import { undoOptOut } from "../core/verbs/undo-opt-out.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { undo } from "./edge/requests.ts";
import { conversationView } from "./edge/views.ts";

export const handler = http({
  body: undo,
  person: true,
  run: async (call) => {
    const conversation = await undoOptOut(base, idOf(call.path("conversation"), CONVERSATION_ID), call.body.reason, call.act);
    return answer(200, conversationView(conversation), { etag: etag(conversation) });
  },
});
