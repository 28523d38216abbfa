import { etag } from "../core/conversation.ts";
import { releaseConversation } from "../core/verbs/hold-conversation.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { conversationView } from "./edge/views.ts";

export const handler = http({
  person: true,
  run: async (call) => {
    const conversation = await releaseConversation(base, idOf(call.path("conversation"), CONVERSATION_ID), call.act);
    return answer(200, conversationView(conversation), { etag: etag(conversation) });
  },
});
