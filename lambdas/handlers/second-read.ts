import { MESSAGE_ID } from "../core/items.ts";
import { listSecondReadings, secondRead } from "../core/verbs/second-read.ts";
import { base } from "./edge/base.ts";
import { cursorOf, http, idOf, limitOf, toCursor } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { sealer } from "./edge/sealer.ts";
import { secondReadingView } from "./edge/views.ts";

const ports = { ...base, sealer };
const PLACE = /^[0-9TZ:.-]{20,30}#(?:cnv|pat)_[0-9A-Z]{26}\.[0-9A-Z]{26}$/;

export const handler = http({
  person: (route) => route.startsWith("POST"),
  run: async (call) => {
    if (call.route.startsWith("GET")) {
      const { items, next } = await listSecondReadings(ports, { after: cursorOf(call, PLACE), limit: limitOf(call) });
      return answer(200, { items: items.map((each) => secondReadingView(each)), next: toCursor(next) });
    }
    const { message, text, reasons } = await secondRead(ports, idOf(call.path("message"), MESSAGE_ID), call.act);
    return answer(200, { ...secondReadingView(message), text, reasons });
  },
});
