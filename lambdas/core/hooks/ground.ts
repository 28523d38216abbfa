import { ALLOW, type Hook, refuse } from "../hook.ts";
import { isLastWord } from "../outbound.ts";

/** A person's reply may follow a text for this long. */
export const REPLY_WINDOW_MS = 72 * 3_600_000;

/** Grounds (b) and (c): a reply answers a recent text of that very number; a service text has one cause and is sent once. */
export const ground: Hook = {
  name: "ground",
  judge({ kind, ground: established, conversation, number, epoch, freeText, now }) {
    if (kind === "consent") return ALLOW;
    if (!number?.dialable) return refuse("no-number-here");
    if (kind === "reply") {
      if (conversation?.lastInboundAt === undefined || conversation.lastInboundAt < now - REPLY_WINDOW_MS) return refuse("reply-too-late");
      return freeText && !conversation.patient ? refuse("reply-not-linked") : ALLOW;
    }
    if (established?.kind === "service" && isLastWord(established.reply)) {
      if (number.state !== "stopped" || number.epoch !== epoch) return refuse("opted-out");
      return number.confirmed < number.epoch ? ALLOW : refuse("confirmation-sent");
    }
    return ALLOW;
  },
};
