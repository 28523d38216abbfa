import { Refusal } from "../core/codes.ts";
import { listQueue } from "../core/verbs/list-queue.ts";
import { base } from "./edge/base.ts";
import { http } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { listedView } from "./edge/views.ts";

const DEFAULT_LIMIT = 50;

export const handler = http({
  person: false,
  run: async (call) => {
    const limit = Number(call.query("limit") ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:limit", detail: "1 to 100" }] });
    const cursor = call.query("cursor");
    const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("utf8");
    if (after !== undefined && !/^[wx]#\d#[0-9TZ:.-]{20,30}#cnv_[0-9A-Z]{26}$/.test(after))
      throw new Refusal("invalid-request", { pointers: [{ pointer: "query:cursor", detail: "not a cursor of this list" }] });
    const { items, next } = await listQueue(base, call.path("team"), { after, limit });
    return answer(200, { items: items.map(listedView), next: next && Buffer.from(next).toString("base64url") });
  },
});
