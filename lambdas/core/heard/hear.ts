import { answer } from "./answer.ts";
import { deskTask, type Heard, type Hearing, nothing } from "./heard.ts";
import { newNumber } from "./new-number.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";
import { INTENT_CODES, suspected } from "./suspected.ts";
import { wrongNumber } from "./wrong-number.ts";

/**
 * All that an arrival does, planned with its events. What the words do to the number comes first; what other rules say of
 * the text (an emergency, closed hours) joins `heard` here: more tasks, and replies in the order in which they matter. The
 * first reply that may go is the one that goes; nothing answers a text that may be an opt-out.
 */
export function hear(hearing: Hearing): Heard {
  return words(hearing);
}

/** What the words do to the number and the patients on it. */
function words(hearing: Hearing): Heard {
  const { asked } = hearing.reading;
  switch (asked?.kind) {
    case "stop":
      return stop(hearing, asked.word, asked.intent && INTENT_CODES[asked.intent]);
    case "wrong-number":
      return wrongNumber(hearing);
    case "suspected":
      return suspected(hearing, asked.intent);
    case "start":
      return start(hearing);
    case "help":
      return help(hearing);
    case "yes":
    case "no":
      return answer(hearing, asked.kind);
    case "new-number":
      return newNumber(hearing);
    case "start-guess":
      return { ...nothing(hearing), tasks: [deskTask(hearing, "start-suspected", "start-suspected")] };
    case "help-guess":
      return { ...nothing(hearing), tasks: [deskTask(hearing, "asked-help")] };
    default:
      return nothing(hearing);
  }
}

/** HELP is answered, but not to a number that has opted out: there a person looks. */
function help(hearing: Hearing): Heard {
  const heard = nothing(hearing);
  return hearing.number.state === "open" ? { ...heard, replies: ["help"] } : { ...heard, tasks: [deskTask(hearing, "asked-help")] };
}
