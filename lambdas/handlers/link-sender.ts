import { etag } from "../core/conversation.ts";
import { linkSender } from "../core/verbs/link-sender.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { link } from "./edge/requests.ts";
import { conversationView } from "./edge/views.ts";

export const handler = http({
  body: link,
  person: true,
  run: async (call) => {
    const { conversation, shared } = await linkSender(base, idOf(call.path("conversation"), CONVERSATION_ID), call.body, call.act);
    return answer(200, { ...conversationView(conversation), shared }, { etag: etag(conversation) });
  },
});
