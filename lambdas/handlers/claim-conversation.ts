import { etag } from "../core/conversation.ts";
import { claimNext, claimThis } from "../core/verbs/claim-conversation.ts";
import { base } from "./edge/base.ts";
import { gate } from "./edge/gate.ts";
import { CONVERSATION_ID, http, idOf } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { sealer } from "./edge/sealer.ts";
import { claimedView } from "./edge/views.ts";

const ports = { ...base, gate, sealer };

export const handler = http({
  person: true,
  run: async (call) => {
    const id = call.path("conversation");
    const claimed = id ? await claimThis(ports, idOf(id, CONVERSATION_ID), call.act) : await claimNext(ports, call.path("team"), call.act);
    return answer(200, claimedView(claimed), { etag: etag(claimed.conversation) });
  },
});
