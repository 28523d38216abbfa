/**
 * What the carriers' directory says of a number's line. It only ever warns: directories are wrong about ported and prepaid
 * numbers, and a text that does not arrive says so itself (bounce.ts). Another carrier since the last look may mean another
 * holder, so the level falls (reference: peers-and-rules, "Number-verification ladder that decays").
 */
import type { MarkCode } from "./codes.ts";
import type { LineType, LinkItem, NumberItem } from "./items.ts";
import { isMoved, levelFalls } from "./level.ts";
import { numberChain } from "./number.ts";
import type { Plan } from "./plan.ts";
import type { CarrierLookup, Line } from "./ports.ts";

/** What is said to staff of each kind of line; of the others there is nothing to say. */
const SAID: Readonly<Partial<Record<LineType, MarkCode>>> = { invalid: "line-invalid", landline: "line-landline", voip: "line-voip" };

/** What the newest look-up warns of, the gravest first. @param link the patient's own */
export function lineWarnings(number: Pick<NumberItem, "lookup" | "doubt" | "graver">, link: LinkItem | undefined): MarkCode[] {
  const said = number.lookup && SAID[number.lookup.type];
  const moved: MarkCode[] = isMoved(number, link) ? ["carrier-changed"] : [];
  return said === "line-voip" ? [...moved, said] : [...(said ? [said] : []), ...moved];
}

/** Asks the directory; an outage is an answer too, because nothing may wait for it. */
export async function askLine(lookup: CarrierLookup, e164: string): Promise<Line | "failed"> {
  try {
    return await lookup.find(e164);
  } catch {
    return "failed";
  }
}

/**
 * Plans what a look-up said, or that it failed, on a number that this plan puts or changes.
 * @param made `now`, and when (ms) the caller made sure whose phone it is, if so
 */
export function keepLine(plan: Plan, number: NumberItem, line: Line | "failed", made: { now: number; sureAt: number | undefined }): void {
  const { now, sureAt } = made;
  if (line === "failed") {
    plan.event(number, numberChain(number), { type: "number.lookup-failed", why: ["lookup-failed"], out: 4 });
    return;
  }
  const { lookup: before } = number;
  const moved = before?.network !== undefined && line.network !== undefined && !sameNetwork(before.network, line.network);
  // It moved some time after the last look: whoever makes sure of it, or gets it, since then is believed, and nobody from before.
  const at = (moved && sureAt !== undefined && sureAt > before.at ? sureAt : now) - 1;
  const falls = moved && at >= (number.doubt?.at ?? at);
  plan.change(number, {
    lookup: { at: now, type: line.type, ...networkOf(line.network ?? before?.network) },
    ...(falls ? levelFalls(number, "carrier-changed", at) : {}),
  });
  plan.event(number, numberChain(number), { type: "number.looked-up", why: moved ? [line.type, "carrier-changed"] : [line.type] });
}

const networkOf = (network: string | undefined): { network?: string } => (network === undefined ? {} : { network });
const sameNetwork = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
