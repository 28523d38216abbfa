import { courtesy } from "../auto-replies.ts";
import type { ReplyId } from "../clinic.ts";
import { emergencyReply, isSilent } from "../emergency-net.ts";
import { isLastWord } from "../outbound.ts";
import { answer } from "./answer.ts";
import { deskTask, type Heard, type Hearing, nothing } from "./heard.ts";
import { newNumber } from "./new-number.ts";
import type { Asked } from "./reading.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";
import { INTENT_CODES, suspected } from "./suspected.ts";
import { wrongNumber } from "./wrong-number.ts";

/**
 * All that an arrival does, planned with its events. What the words do to the number comes first; what other rules say of
 * the text joins `heard` here: replies in the order in which they matter. The first reply that may go is the one that goes.
 */
export function hear(hearing: Hearing): Heard {
  const heard = words(hearing);
  try {
    return { ...heard, replies: replies(hearing, heard) };
  } catch {
    return heard;
  }
}

/**
 * An emergency's answer before the others, a courtesy after them. The last word to a number that has opted out, or is the wrong
 * one, is the only one to it, and the only one to a phone that may be in somebody else's hands.
 */
function replies({ reading, cover, clinic, conversation, now }: Hearing, { number, replies: asked }: Heard): readonly ReplyId[] {
  const { net } = reading;
  if (asked.some(isLastWord)) return asked;
  if (isSilent(conversation) || (net.verdict === "emergency" && net.silent)) return [];
  const emergency = emergencyReply(net, cover);
  const kind = reading.asked?.kind;
  const careful = reading.failed || number.pause !== undefined || kind === "suspected";
  const polite = courtesy({ clinic, cover, net, word: kind !== undefined && !TALK.has(kind), careful, conversation, now });
  return [...(emergency ? [emergency] : []), ...asked, ...(polite ? [polite] : [])];
}

/** What is asked in a text that is no service word: it is answered like any other. */
const TALK: ReadonlySet<Asked["kind"]> = new Set(["new-number", "start-guess", "help-guess"]);

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
