import { reply } from "../core/verbs/reply.ts";
import { base } from "./edge/base.ts";
import { CONVERSATION_ID, http, idempotencyKey, idOf } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { outbox } from "./edge/outbox.ts";
import { answer, problem } from "./edge/problem.ts";
import { reply as request } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { messageView } from "./edge/views.ts";

const ports = { ...base, sealer, indexer, outbox };

export const handler = http({
  body: request,
  person: true,
  run: async (call) => {
    const { message, replayed } = await reply(
      ports,
      idOf(call.path("conversation"), CONVERSATION_ID),
      call.body,
      idempotencyKey(call),
      call.client,
      call.act,
    );
    const headers = { location: `/v1/messages/${message.id}`, ...(replayed ? { "idempotent-replayed": "true" } : {}) };
    const view = messageView(message, ports.clinic);
    const [code] = message.decision.codes;
    return code === undefined ? answer(202, view, headers) : problem(code, { extra: { message: view } }, headers);
  },
});
