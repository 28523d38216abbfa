import { etag } from "../core/conversation.ts";
import { moveConversation } from "../core/verbs/hold-conversation.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { move } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { conversationView } from "./edge/views.ts";

const ports = { ...base, sealer };

export const handler = http({
  body: move,
  person: true,
  run: async (call) => {
    const conversation = await moveConversation(
      ports,
      idOf(call.path("conversation"), CONVERSATION_ID),
      call.body.team,
      call.body.note,
      call.act,
    );
    return answer(200, conversationView(conversation), { etag: etag(conversation) });
  },
});
