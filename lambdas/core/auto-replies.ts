/**
 * The courtesies: a text that nobody asked for goes back after hours, and in open hours where the clinic wants it. Rules that
 * keep them from being a nuisance, each from somebody's complaint about another product:
 *
 *   after hours, once for each closed period and conversation; in open hours only where `acknowledge` says so
 *   none while a person holds the conversation, nor within 15 minutes after a person wrote in it
 *   none to the third identical text within an hour: two machines that answer each other end there
 *   none to a service word, to a text that may be an opt-out or tells of a death, or where an emergency is not to be answered
 *   two a day: of the three service texts that a number gets a day, one is kept for an emergency
 *
 * An emergency's own answer comes before any of them, and never two go back for one text (lambdas/core/heard/auto-reply.ts).
 */
import type { Clinic, ReplyId } from "./clinic.ts";
import type { Cover } from "./cover.ts";
import { sha256 } from "./digest.ts";
import { isSilent, type Net } from "./emergency-net.ts";
import type { ConversationItem } from "./items.ts";
import { fold } from "./reading/fold.ts";

const STAFF_ACTIVE_MS = 15 * 60_000;
const SAME_WITHIN_MS = 60 * 60_000;
/** So many equal texts are answered, the next is not. */
const SAME_ANSWERED = 2;
/** Where no opening is known, a closed period is a day. */
const DAY_MS = 24 * 60 * 60_000;

export const COURTESIES: readonly ReplyId[] = ["after-hours", "acknowledgement"];

/** Whether an answer goes back to a text that asked for none: these are not sent to a machine that says the same for ever. */
export const isUnasked = (reply: ReplyId): boolean => COURTESIES.includes(reply) || reply.startsWith("emergency");

/** A text's keyed MAC and when it came (ms); of the last hour only. */
export interface Same {
  readonly mac: string;
  readonly at: number;
}

export interface Heard {
  readonly clinic: Pick<Clinic, "acknowledge">;
  readonly cover: Pick<Cover, "open">;
  readonly net: Net;
  /** The whole text is a word that every number understands, or an opt-out that was understood in other words. */
  readonly word: boolean;
  /** The text may be an opt-out, or tells of a death: a person looks first. */
  readonly careful: boolean;
  /** As it stood before the text. */
  readonly conversation: ConversationItem | undefined;
  readonly now: number;
}

/** The courtesy that a text gets, if any; whether the number may be texted at all is looked at elsewhere. */
export function courtesy({ clinic, cover, net, word, careful, conversation, now }: Heard): ReplyId | undefined {
  if (word || careful || net.verdict === "emergency" || isSilent(conversation)) return undefined;
  if (conversation?.claim !== undefined && conversation.claim.until > now) return undefined;
  if (conversation?.lastStaffAt !== undefined && conversation.lastStaffAt > now - STAFF_ACTIVE_MS) return undefined;
  if (cover.open) return clinic.acknowledge ? "acknowledgement" : undefined;
  return conversation?.toldClosedUntil !== undefined && now < conversation.toldClosedUntil ? undefined : "after-hours";
}

/** When the closed period ends (ms), as far as is known now: until then the sender has been told. */
export const periodEnd = ({ opensAt }: Pick<Cover, "opensAt">, now: number): number => opensAt ?? now + DAY_MS;

/**
 * What stands for a text when it is compared with others of the same sender: a digest of its folded words, to be put under a
 * keyed MAC. Texts are short: a digest alone could be tried out.
 */
export const sameness = (from: string, text: string): string => Buffer.from(sha256(from, "\n", fold(text).text)).toString("hex");

/** The texts of the last hour with this one, and whether two like it have been there already. */
export function seen(before: readonly Same[] | undefined, mac: string, at: number, now: number): { sames: Same[]; tooMany: boolean } {
  const recent = (before ?? []).filter((each) => each.at > now - SAME_WITHIN_MS);
  const equal = recent.filter((each) => each.mac === mac).length;
  return { sames: [...recent, { mac, at }].slice(-10), tooMany: equal >= SAME_ANSWERED };
}
