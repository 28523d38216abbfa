import { newId } from "../items.ts";
import { endAsWrong, toldWrong, WRONG_NUMBER } from "../wrong-number.ts";
import { became, deskTask, type Heard, type Hearing } from "./heard.ts";

/** Beyond mistaking: the number ends, and its holder gets one apology that names nobody; who has had it gets no second one. */
export function wrongNumber(hearing: Hearing): Heard {
  const { plan, number, clinic, links, patients, numbers, at, now, id } = hearing;
  const incident = newId("inc", now, hearing.entropy);
  const after = became(hearing, endAsWrong(plan, { number, links, patients, numbers }, clinic.timeZone, { incident, cause: id, at, now }));
  toldWrong(plan, number, after);
  return {
    number: after,
    tasks: [deskTask(hearing, "wrong-number", "wrong-number")],
    replies: after.state === "stopped" && !(number.state === "stopped" && number.stopWord === WRONG_NUMBER) ? ["wrong-number"] : [],
    cancels: true,
    ended: true,
    incident: links.length > 0 ? incident : undefined,
  };
}
