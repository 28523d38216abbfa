import { etag } from "../core/conversation.ts";
import { resolveConversation } from "../core/verbs/hold-conversation.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf, ifMatch } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { resolve } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { conversationView } from "./edge/views.ts";

const ports = { ...base, sealer };

export const handler = http({
  body: resolve,
  person: true,
  run: async (call) => {
    const { outcome, filed = [], notFiled, note } = call.body;
    const conversation = await resolveConversation(
      ports,
      idOf(call.path("conversation"), CONVERSATION_ID),
      ifMatch(call),
      { outcome, filed, notFiled, note },
      call.act,
    );
    return answer(200, conversationView(conversation), { etag: etag(conversation) });
  },
});
