import { readFacts } from "../core/verbs/change-facts.ts";
import { base } from "./edge/base.ts";
import { http } from "./edge/http.ts";
import { answer } from "./edge/problem.ts";
import { factsView } from "./edge/views.ts";

export const handler = http({ person: false, run: async () => answer(200, factsView(await readFacts(base))) });
