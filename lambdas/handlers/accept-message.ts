import { Refusal } from "../core/codes.ts";
import { segments } from "../core/segments.ts";
import { acceptMessage, rehearse } from "../core/verbs/accept-message.ts";
import { base } from "./edge/base.ts";
import { gate } from "./edge/gate.ts";
import { http, idempotencyKey } from "./edge/http.ts";
import { indexer } from "./edge/indexer.ts";
import { outbox } from "./edge/outbox.ts";
import { answer } from "./edge/problem.ts";
import { newMessage } from "./edge/requests.ts";
import { sealer } from "./edge/sealer.ts";
import { costView, decisionView, findingsView, iso, messageView, reasons, refusal } from "./edge/views.ts";

const ports = { ...base, gate, sealer, indexer, outbox };

export const handler = http({
  body: newMessage,
  person: false,
  run: async (call) => {
    const { clinic } = ports;
    const dryRun = call.query("dryRun");
    if (dryRun !== undefined && dryRun !== "true" && dryRun !== "false")
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:dryRun", detail: "must be true or false" }] });
    if (dryRun === "true") {
      const { decision, text, to, judged, rewrite } = await rehearse(ports, call.body, call.act);
      return answer(200, {
        allowed: decision.outcome !== "refuse",
        holdUntil: decision.outcome === "hold" ? iso(decision.until) : undefined,
        reasons: reasons(decision.codes, clinic, call.body.scenario, decision),
        rendered: text,
        parts: text === undefined ? 0 : segments(text).parts,
        cost: text === undefined ? undefined : costView(text),
        to: to && `••••${to}`,
        findings: findingsView(judged),
        rewrite,
        decision: decisionView(decision),
      });
    }
    const { message, replayed, rewrite } = await acceptMessage(ports, call.body, idempotencyKey(call), call.client, call.act);
    const headers = { location: `/v1/messages/${message.id}`, ...(replayed ? { "idempotent-replayed": "true" } : {}) };
    const view = messageView(message, clinic);
    if (message.decision.outcome !== "refuse") return answer(202, view, headers);
    return refusal(message, clinic, view, rewrite, headers);
  },
});
