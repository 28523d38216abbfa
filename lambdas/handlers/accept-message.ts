import { Refusal } from "../core/codes.ts";
import { acceptMessage, rehearse } from "../core/verbs/accept-message.ts";
import { base } from "./edge/base.ts";
import { http, idempotencyKey } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { outbox } from "./edge/outbox.ts";
import { answer, problem } from "./edge/problem.ts";
import { newMessage } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { iso, messageView, reason } from "./edge/views.ts";

const ports = { ...base, sealer, indexer, outbox };

export const handler = http({
  body: newMessage,
  person: false,
  run: async (call) => {
    const { clinic } = ports;
    const dryRun = call.query("dryRun");
    if (dryRun !== undefined && dryRun !== "true" && dryRun !== "false")
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:dryRun", detail: "must be true or false" }] });
    if (dryRun === "true") {
      const { decision, text, parts, to } = await rehearse(ports, call.body, call.act);
      return answer(200, {
        allowed: decision.outcome !== "refuse",
        holdUntil: iso(decision.until),
        reasons: decision.codes.map((code) => reason(code, clinic, call.body.scenario)),
        rendered: text,
        parts,
        to: to && `••••${to}`,
        decision: { at: iso(decision.at), clinic: decision.clinic, hooks: decision.hooks },
      });
    }
    const { message, replayed } = await acceptMessage(ports, call.body, idempotencyKey(call), call.client, call.act);
    const headers = { location: `/v1/messages/${message.id}`, ...(replayed ? { "idempotent-replayed": "true" } : {}) };
    const view = messageView(message, clinic);
    const [code] = message.decision.codes;
    if (message.decision.outcome !== "refuse" || !code) return answer(202, view, headers);
    return problem(code, { instead: reason(code, clinic, message.scenario).instead, extra: { message: view } }, headers);
  },
});
