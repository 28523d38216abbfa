import { reply } from "../core/verbs/reply.ts";
import { base } from "./edge/base.ts";
import { gate } from "./edge/gate.ts";
import { CONVERSATION_ID, http, idempotencyKey, idOf } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { outbox } from "./edge/outbox.ts";
import { answer } from "./edge/problem.ts";
import { reply as request } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { messageView, refusal } from "./edge/views.ts";

const ports = { ...base, gate, sealer, indexer, outbox };

export const handler = http({
  body: request,
  person: true,
  run: async (call) => {
    const { message, replayed, rewrite } = await reply(
      ports,
      idOf(call.path("conversation"), CONVERSATION_ID),
      call.body,
      idempotencyKey(call),
      call.client,
      call.act,
    );
    const headers = { location: `/v1/messages/${message.id}`, ...(replayed ? { "idempotent-replayed": "true" } : {}) };
    const view = messageView(message, ports.clinic);
    if (message.decision.outcome !== "refuse") return answer(202, view, headers);
    return refusal(message, ports.clinic, view, rewrite, headers);
  },
});
