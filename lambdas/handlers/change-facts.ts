import { changeFacts } from "../core/verbs/change-facts.ts";
import { base } from "./edge/base.ts";
import { http } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { facts } from "./edge/requests.ts";
import { factsView } from "./edge/views.ts";

export const handler = http({
  body: facts,
  person: true,
  run: async (call) => answer(200, factsView(await changeFacts(base, call.body, call.act))),
});
