import { listQueue } from "../core/verbs/list-queue.ts";
import { base } from "./edge/base.ts";
import { cursorOf, http, limitOf, toCursor } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { listedView } from "./edge/views.ts";

const PLACE = /^[wx]#\d#[0-9TZ:.-]{20,30}#cnv_[0-9A-Z]{26}$/;

export const handler = http({
  person: false,
  run: async (call) => {
    const { items, next } = await listQueue(base, call.path("team"), { after: cursorOf(call, PLACE), limit: limitOf(call) });
    return answer(200, { items: items.map(listedView), next: toCursor(next) });
  },
});
