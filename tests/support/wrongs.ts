import { createHash } from "node:crypto";
import type { TestStack } from "./stack.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tables hold items of many shapes
export type Item = Record<string, any>;

/** One audit event with all its members, its stored bytes and hash. */
export interface Told {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly ts: string;
  readonly type: string;
  readonly was?: string;
  readonly now?: string;
  readonly why?: readonly string[];
  readonly ent?: readonly { readonly t: string; readonly id: string; readonly h?: string }[];
  /** The function and the invocation that wrote it. */
  readonly src: { readonly fn: string; readonly req: string };
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** What the two tables hold at one moment. */
export interface Books {
  readonly state: readonly Item[];
  readonly chains: ReadonlyMap<string, readonly Told[]>;
}

/** Reads both tables whole. */
export async function readBooks(clinic: TestStack): Promise<Books> {
  return booksOf(await clinic.items("state"), await clinic.items("audit"));
}

/** The same of items that were read. */
export function booksOf(state: readonly Item[], audit: readonly Item[]): Books {
  const told = audit.map((item) => {
    const bytes = item["e"] as Uint8Array;
    return { ...(JSON.parse(new TextDecoder().decode(bytes)) as Told), bytes, hash: item["h"] as Uint8Array };
  });
  const chains = Map.groupBy(
    told.sort((a, b) => a.seq - b.seq),
    (event) => event.chain,
  );
  return { state, chains };
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const leaf = (bytes: Uint8Array): string => createHash("sha256").update(Uint8Array.of(0)).update(bytes).digest("base64url");

/** The chain that an item's head belongs to. */
function chainOf(item: Item): string | undefined {
  if (item["SK"] === "C") return `conv/${item["id"]}`;
  if (item["SK"] === "N") return `num/${item["id"]}`;
  // Of a patient who is erased, or being erased.
  if (item["SK"] === "Z") return `pat/${item["id"]}`;
  if (item["SK"] === "P") return `pat/${item["id"]}`;
  if (item["SK"] === "E") return `inc/${item["id"]}`;
  if (item["SK"] === "F") return "sys/facts";
  if (item["SK"] === "Y") return "sys/canary";
  return item["SK"].startsWith("M#") && item["direction"] === "out" ? `msg/${item["id"]}` : undefined;
}

/** Statuses in which nothing more happens to a text of its own accord. */
export const ENDED = ["sent", "delivered", "undelivered", "unknown", "failed", "expired", "refused", "cancelled"];

/**
 * What does not agree between the items and their histories, in sentences: no effect without its event, no event without
 * its effect, chains without gaps, every conversation in exactly one queue.
 */
export function wrongs({ state, chains }: Books): string[] {
  const found: string[] = [];
  const owners = new Map<string, Item>();

  for (const [chain, events] of chains) {
    let prev: string | null = null;
    events.forEach((event, at) => {
      if (event.seq !== at) found.push(`${chain}#${at} is missing`);
      if (event.prev !== prev) found.push(`${chain}#${event.seq} does not follow the one before`);
      if (leaf(event.bytes) !== base64url(event.hash)) found.push(`${chain}#${event.seq} has another hash than its bytes`);
      prev = base64url(event.hash);
    });
  }
  for (const item of state) {
    const chain = chainOf(item);
    if (chain === undefined) {
      if ("aseq" in item) found.push(`${item["PK"]}/${item["SK"]} has a head and no chain`);
      continue;
    }
    owners.set(chain, item);
    const last = chains.get(chain)?.at(-1);
    if (!last) found.push(`${chain} has an item and no event`);
    else if (last.seq !== item["aseq"] || base64url(last.hash) !== base64url(item["ahash"]))
      found.push(`${chain}: the item is not at its chain's head`);
  }
  for (const [chain, events] of chains) {
    const erased = events.at(-1)?.type === "message.erased";
    if (erased && owners.has(chain)) found.push(`${chain} is erased and has an item`);
    if (!erased && !owners.has(chain)) found.push(`${chain} has events and no item`);
  }

  for (const [chain, item] of owners) {
    const events = chains.get(chain) ?? [];
    if (chain.startsWith("msg/")) found.push(...messageWrongs(chain, item, events));
    if (chain.startsWith("conv/")) found.push(...conversationWrongs(chain, item, events, state));
    if (chain.startsWith("num/")) found.push(...numberWrongs(chain, item, events));
  }
  return found;
}

/** A text's statuses are those that its events tell, in their order. */
function messageWrongs(chain: string, item: Item, events: readonly Told[]): string[] {
  const told = events
    .filter((event) => event.now !== undefined && event.now !== event.was && event.type !== "message.unsettled")
    .map((event) => event.now);
  const held = item["history"].map((entry: Item) => entry["status"]);
  const found: string[] = [];
  if (told.slice(-20).join() !== held.join()) found.push(`${chain} went ${held} and its events tell ${told}`);
  if (held.at(-1) !== item["status"]) found.push(`${chain} is ${item["status"]} and its history ends in ${held.at(-1)}`);
  if (events.filter((event) => event.type === "message.crossed").length !== (item["crossed"] ? 1 : 0))
    found.push(`${chain}: crossed is ${item["crossed"]}`);
  return found;
}

/** Each text that came in has one event; the conversation counts them; it stands in one queue, or is idle and in none. */
function conversationWrongs(chain: string, item: Item, events: readonly Told[], state: readonly Item[]): string[] {
  const texts = state.filter((each) => each["PK"] === item["PK"] && each["SK"].startsWith("M#") && each["direction"] === "in");
  const told = events
    .filter((event) => event.type === "text.received")
    .flatMap((event) => event.ent?.filter(({ t }) => t === "message").map(({ id }) => id) ?? []);
  const erased = events
    .filter((event) => event.type === "conversation.erased")
    .flatMap((event) => event.ent?.filter(({ t }) => t === "texts").map(({ id }) => Number(id)) ?? [])
    .reduce((sum, many) => sum + many, 0);
  const found: string[] = [];
  if (new Set(told).size !== texts.length + erased || !texts.every((each) => told.includes(each["id"])))
    found.push(`${chain}: ${texts.length} texts, ${told.length} told, ${erased} erased`);
  const counted = told.length + events.filter((event) => event.type === "conversation.replied").length;
  if (item["n"] !== counted) found.push(`${chain} counts ${item["n"]} instead of ${counted}`);
  const idle = item["state"] === "idle";
  if (idle ? item["q"] !== undefined || item["qs"] !== undefined : item["q"] !== item["team"] || item["qs"] === undefined)
    found.push(`${chain} is ${item["state"]} and stands in queue ${item["q"]}`);
  return found;
}

/** The epoch counts the STOPs, and the block is what the last event says. */
function numberWrongs(chain: string, item: Item, events: readonly Told[]): string[] {
  const found: string[] = [];
  const stops = events.filter((event) => event.type === "number.opted-out").length;
  if (item["epoch"] !== stops) found.push(`${chain} is in epoch ${item["epoch"]} after ${stops} STOPs`);
  const last = events.findLast((event) => event.now === "open" || event.now === "stopped");
  if (last && last.now !== item["state"]) found.push(`${chain} is ${item["state"]} and its events say ${last.now}`);
  return found;
}
