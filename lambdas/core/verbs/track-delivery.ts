import type { Source } from "../audit.ts";
import { bouncesWith, isTooMany, suspect } from "../bounce.ts";
import type { Code } from "../codes.ts";
import { commit } from "../commit.ts";
import { type ConversationItem, keys, MESSAGE_ID, type NumberItem, type OutboundItem, type Status } from "../items.ts";
import { crosses, crossing, isFurther, move } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { gateway } from "./cancel-waiting.ts";
import { phoneInstead } from "./send-text.ts";

/** One delivery event, as far as it concerns us: our id from its context, and what happened. */
export interface DeliveryNews {
  readonly message: string;
  readonly eventType: string;
  readonly isFinal: boolean;
  readonly carrierId: string;
}

/**
 * AWS's event types (docs: configuration-sets-event-types). Canadian long codes send SUCCESSFUL that is not final and then
 * DELIVERED; short codes send SUCCESSFUL that is final: so `isFinal` decides. An unknown type is news of nothing.
 */
const FINAL: Readonly<Record<string, { status: Status; code?: Code }>> = {
  TEXT_DELIVERED: { status: "delivered" },
  TEXT_SUCCESSFUL: { status: "delivered" },
  TEXT_BLOCKED: { status: "undelivered", code: "carrier-blocked" },
  TEXT_CARRIER_BLOCKED: { status: "undelivered", code: "carrier-blocked" },
  TEXT_SPAM: { status: "undelivered", code: "carrier-blocked" },
  TEXT_PROTECT_BLOCKED: { status: "undelivered", code: "carrier-blocked" },
  TEXT_INVALID: { status: "undelivered", code: "carrier-invalid" },
  TEXT_INVALID_MESSAGE: { status: "undelivered", code: "carrier-refused" },
  TEXT_UNREACHABLE: { status: "undelivered", code: "carrier-unreachable" },
  TEXT_CARRIER_UNREACHABLE: { status: "undelivered", code: "carrier-unreachable" },
  TEXT_TTL_EXPIRED: { status: "undelivered", code: "expired" },
  TEXT_UNKNOWN: { status: "undelivered", code: "no-answer" },
};

function meaning({ eventType, isFinal }: DeliveryNews): { status: Status; code?: Code } | undefined {
  if (isFinal) return FINAL[eventType];
  return eventType === "TEXT_SUCCESSFUL" || eventType === "TEXT_PENDING" || eventType === "TEXT_QUEUED" ? { status: "sent" } : undefined;
}

/**
 * A delivery event settles what became of a text; it may come before our own outcome is stored, twice, late or out of order.
 * The further status stands. @returns false where the event is about no text of ours
 */
export async function trackDelivery(
  ports: Pick<Ports, "clinic" | "store" | "clock" | "ids">,
  news: DeliveryNews,
  src: Source,
): Promise<boolean> {
  if (!MESSAGE_ID.test(news.message)) return false;
  const next = meaning(news);
  return commit(ports, async () => {
    const conversationId = news.message.slice(0, news.message.indexOf("."));
    const [message, conversation] = await Promise.all([
      ports.store.get<OutboundItem>(keys.message(news.message)),
      ports.store.get<ConversationItem>(keys.conversation(conversationId)),
    ]);
    if (message?.direction !== "out") return { outcome: false };
    const handed = ["sending", "unknown", "sent", "undelivered"].includes(message.status);
    if (!next || !handed || !isFurther(next.status, message.status)) return { outcome: true };
    // Only where our own outcome is not stored: then nobody has looked yet whether a STOP crossed the text.
    const unsettled = message.status === "sending" && message.number !== undefined;
    const number = unsettled ? await ports.store.get<NumberItem>({ PK: message.number ?? "", SK: "N" }) : undefined;
    const crossed = crosses(message, number);
    // The patient has never written: the item that staff will see is made here, and says which phone it is about.
    const lacksDigits = next.status === "undelivered" && conversation === undefined && number === undefined && message.number !== undefined;
    // Answers that the gateway gives by itself go to whoever just wrote: that phone is there.
    const told = next.status === "undelivered" && message.ground?.kind !== "service";
    const bounces = told ? bouncesWith(conversation, next.code) : 0;
    const doubted =
      isTooMany(bounces) && message.number ? (number ?? (await ports.store.get<NumberItem>({ PK: message.number, SK: "N" }))) : undefined;
    const named = lacksDigits ? await ports.store.get<NumberItem>({ PK: message.number ?? "", SK: "N" }) : number;
    const now = ports.clock.now();
    const plan = newPlan(ports, gateway(src), now);
    const type = next.status === "delivered" ? "message.delivered" : next.status === "sent" ? "message.sent" : "message.undelivered";
    move(
      plan,
      message,
      type,
      { status: next.status, carrierId: news.carrierId, ...(crossed ? { crossed } : {}) },
      now,
      next.code ? { why: [next.code], out: 4 } : {},
    );
    if (number) plan.check(number, [["epoch", "=", number.epoch]]);
    if (number && crossed) crossing(plan, message, number);
    if (next.status === "undelivered" && next.code && message.number && message.ground?.kind !== "service") {
      const known: Pick<NumberItem, "PK" | "conv" | "last4"> = {
        PK: message.number,
        conv: conversationId,
        last4: conversation?.last4 ?? named?.last4 ?? "",
      };
      phoneInstead(ports, plan, message, conversation, known, next.code, now);
    }
    if (doubted) suspect(plan, doubted, now);
    const counts = doubted || next.status === "delivered" ? undefined : bounces || conversation?.bounces;
    if (counts !== conversation?.bounces) plan.technical(keys.conversation(conversationId) as ConversationItem, { bounces: counts });
    return { outcome: true, plan };
  });
}
