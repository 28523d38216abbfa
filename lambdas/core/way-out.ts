/**
 * When a person answers for a text that the gate stopped: by acknowledging what was found in the words, or, in a role the clinic
 * named, by letting this one text pass the softer rules. Either is an event with a reason, and is read by a second person.
 */
import type { Act } from "./audit.ts";
import type { Clinic } from "./clinic.ts";
import { type Code, Refusal } from "./codes.ts";
import type { Decision } from "./decision.ts";
import type { Facts } from "./hook.ts";
import { endOfNextOpenDay } from "./hours.ts";
import { keys, messageId, type NoteItem, type OutboundItem, recordOf } from "./items.ts";
import { messageChain } from "./outbound.ts";
import type { Plan } from "./plan.ts";
import type { Ports } from "./ports.ts";
import type { ContentKind } from "./reading/content-kinds.ts";

/** What a sender says besides the text. */
export interface WayOut {
  /** Ids of findings, with the reason to send the text in spite of them. */
  readonly acknowledge?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly override?: { readonly reason: string } | undefined;
}

/** The list of what waits for a second reader; no care team can have this name. */
export const SECOND_READINGS = "#second-readings";

/** The members of the facts that a way out sets. @throws Refusal `acting-user-missing` where no person is named */
export function answeringFor({ acknowledge = [], override }: WayOut, { who }: Act): Pick<Facts, "acknowledged" | "override"> {
  if ((acknowledge.length > 0 || override) && who.as !== "token" && who.as !== "asserted") throw new Refusal("acting-user-missing");
  return { acknowledged: acknowledge, override: override && { role: who.role } };
}

/** What was needed of it: ids of this text's findings, and codes that would have stopped it. */
export interface Taken {
  readonly findings: string[];
  readonly codes: Code[];
}

/** @returns undefined where the text needed no way out, or is refused in spite of it */
export function wayTaken(facts: Facts, decision: Decision): Taken | undefined {
  if (decision.outcome === "refuse") return undefined;
  const findings = (facts.judged?.content?.findings ?? []).map(({ id }) => id).filter((id) => facts.acknowledged.includes(id));
  const codes = decision.overridden ?? [];
  return findings.length > 0 || codes.length > 0 ? { findings, codes } : undefined;
}

/** The reasons, sealed as notes of the conversation: a reason is about a patient, and is as sensitive as a text. */
export interface Reasons {
  readonly acknowledged?: NoteItem;
  readonly overridden?: NoteItem;
}

/**
 * Seals what the person gave as reasons. @param conversation where the notes belong @param names two ulids
 */
export async function sealReasons(
  ports: Pick<Ports, "sealer">,
  conversation: string,
  way: WayOut,
  act: Act,
  at: number,
  names: readonly [string, string],
): Promise<Reasons> {
  const note = async (name: string, text: string | undefined): Promise<NoteItem | undefined> => {
    if (text === undefined) return undefined;
    const id = messageId(conversation, name);
    const key = keys.message(id);
    return { ...key, id, direction: "note", at, by: act.who.id, body: await ports.sealer.seal(recordOf(key), text) };
  };
  const [acknowledged, overridden] = await Promise.all([
    note(names[0], way.acknowledge ? way.reason : undefined),
    note(names[1], way.override?.reason),
  ]);
  return { ...(acknowledged ? { acknowledged } : {}), ...(overridden ? { overridden } : {}) };
}

type Members = Pick<OutboundItem, "acknowledged" | "overridden" | "secondReading" | "q" | "qs">;

/** The members of a message that a person answers for; it stands in the list of second readings from now on. */
export function answered(clinic: Clinic, id: string, use: Taken | undefined, reasons: Reasons, { who }: Act, now: number): Members {
  if (!use) return {};
  const due = endOfNextOpenDay(clinic.hours, clinic.timeZone, clinic.holidays, now);
  const { acknowledged, overridden } = reasons;
  return {
    ...(use.findings.length > 0 && acknowledged
      ? { acknowledged: { by: who.id, ...(who.role ? { role: who.role } : {}), at: now, findings: use.findings, note: acknowledged.id } }
      : {}),
    ...(use.codes.length > 0 && overridden
      ? { overridden: { by: who.id, role: who.role ?? "", at: now, codes: use.codes, note: overridden.id } }
      : {}),
    secondReading: { due, missed: 0 },
    q: SECOND_READINGS,
    qs: placeOf(due, id),
  };
}

/** Oldest first. */
export const placeOf = (due: number, id: string): string => `${new Date(due).toISOString()}#${id}`;

/** Plans the events and the sealed reasons of a message that was just born. */
export function recordAnswering(plan: Plan, message: OutboundItem, reasons: Reasons): void {
  const kinds = (message.acknowledged?.findings ?? []).map((id) => id.slice(0, id.indexOf(":")) as ContentKind);
  for (const [name, type, why] of [
    ["acknowledged", "message.acknowledged", [...new Set(kinds)]],
    ["overridden", "message.overridden", message.overridden?.codes ?? []],
  ] as const) {
    const note = reasons[name];
    if (!message[name] || !note) continue;
    plan.put(note);
    plan.event(message, messageChain(message), {
      type,
      why,
      patient: message.patient,
      objects: [{ t: "note", id: note.id }],
    });
  }
}
