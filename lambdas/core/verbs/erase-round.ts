/**
 * What an erasure has begun, done round by round: each round is one bounded transaction with its event, and what it has deleted is
 * counted in it. Whoever dies in between has done whole rounds; the next one reads what is left.
 */
import type { Source } from "../audit.ts";
import { commit } from "../commit.ts";
import { backupsEnd, bareConversation, bareNumber, belonging, isTheirsAndWaits, type Unit } from "../erasure.ts";
import {
  type ConsentItem,
  type ConversationItem,
  type Deleted,
  type ErasureItem,
  type FilingItem,
  type Kept,
  keys,
  type LinkItem,
  type MessageItem,
  type NumberItem,
  numberAndLinks,
  owing,
  type PatientNumberItem,
} from "../items.ts";
import { numberChain, numberOwing } from "../number.ts";
import { messageChain } from "../outbound.ts";
import { plan as newPlan, type Plan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { cancelIn, gateway } from "./cancel-waiting.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids" | "backupDays">;

/** What has to be waited for is looked at again after this time; so long is whoever began an erasure left alone with it. */
export const AGAIN_MS = 60_000;
/** Deletions and their events in one round; what it changes beside them comes on top. */
const MOST_ACTIONS = 80;

/** Goes on with an erasure until it is over, has to wait for something, or it is `until` (ms): the rest is due a minute later. */
export async function eraseOn(ports: Needs, patient: string, src: Source, until: number): Promise<void> {
  while (ports.clock.now() < until && (await round(ports, patient, src)));
}

/** @returns whether there is more to do at once */
async function round(ports: Needs, patient: string, src: Source): Promise<boolean> {
  const { store, clock } = ports;
  const { PK } = keys.patient(patient);
  return commit(ports, async () => {
    const [erasure, refused, consents, records] = await Promise.all([
      store.get<ErasureItem>(keys.erasure(patient)),
      store.query<MessageItem>(PK, { prefix: "M#" }),
      store.query<ConsentItem>(PK, { prefix: "K#" }),
      store.query<PatientNumberItem>(PK, { prefix: "N#" }),
    ]);
    if (!erasure || erasure.finished !== undefined) return { outcome: false };
    const now = clock.now();
    const plan = newPlan(ports, gateway(src), now);

    // Under the patient's own key: texts that were refused before there was a number, the reasons given for them, and consents.
    const own = refused.flatMap((text): Unit[] =>
      text.direction === "out" ? [{ kind: "out", text, notes: [] }] : text.direction === "note" ? [{ kind: "note", text }] : [],
    );
    if (own.length + consents.length > 0) {
      const { deleted, left } = remove(plan, patient, own);
      const some = consents.slice(0, left);
      for (const consent of some) plan.remove({ PK: consent.PK, SK: consent.SK });
      tell(plan, erasure, now, { ...deleted, consents: some.length });
      return { outcome: true, plan };
    }

    for (const [number, theirs] of Map.groupBy(records, (record) => record.number))
      if (await numberRound(ports, { plan, erasure, now, src }, number, theirs)) return { outcome: true, plan };

    if (records.length > 0) {
      // All that is left has to be waited for.
      plan.technical(erasure, owing(erasure, now + AGAIN_MS), [["aseq", "=", erasure.aseq]]);
      return { outcome: false, plan };
    }
    plan.change(erasure, { finished: now, backupDays: ports.backupDays, d: undefined, da: undefined });
    plan.event(erasure, `pat/${patient}`, {
      type: "patient.erased",
      patient,
      why: [erasure.reason],
      objects: [{ t: "until", id: new Date(backupsEnd(now, ports.backupDays)).toISOString() }],
    });
    return { outcome: false, plan };
  });
}

interface Going {
  readonly plan: Plan;
  readonly erasure: ErasureItem;
  readonly now: number;
  readonly src: Source;
}

/**
 * Plans what goes next of one number: texts first, then who had it; where nobody else uses it, then its digits too.
 * @returns false where something has to be waited for
 */
async function numberRound(
  ports: Needs,
  { plan, erasure, now, src }: Going,
  PK: string,
  records: readonly PatientNumberItem[],
): Promise<boolean> {
  const { store, clinic } = ports;
  const patient = erasure.id;
  const { number, links } = numberAndLinks(await store.query<NumberItem | LinkItem>(PK));
  if (!number) throw new Error("a patient's number is not there");
  const key = keys.conversation(number.conv);
  const read = (): Promise<MessageItem[]> => store.query<MessageItem>(key.PK, { prefix: "M#" });
  const [conversation, found, filings] = await Promise.all([
    store.get<ConversationItem>(key),
    read(),
    store.query<FilingItem>(key.PK, { prefix: "F#" }),
  ]);
  // Accepted while the erasure began, a moment before it.
  const waits = found.some((text) => isTheirsAndWaits(text, patient));
  if (waits) await cancelIn(ports, number.conv, (text) => text.patient === patient, "cancelled-patient", src);
  const { goes, underWay, shared, strangers } = belonging(patient, records, links, waits ? await read() : found, filings);
  const erased = (texts: number): void => {
    if (conversation)
      plan.event(conversation, `conv/${conversation.id}`, {
        type: "conversation.erased",
        patient,
        objects: [{ t: "texts", id: String(texts) }],
      });
  };

  if (goes.length > 0) {
    const { deleted } = remove(plan, patient, goes);
    if (conversation) plan.change(conversation, {});
    erased(deleted.textsIn);
    tell(plan, erasure, now, deleted);
    return true;
  }
  if (underWay) return false;

  const unused = !strangers && !links.some((link) => link.active && link.patient !== patient);
  if (unused && (conversation?.state ?? "idle") !== "idle") return false;
  if (unused && !settled(plan, number, now)) return false;
  if (unused) {
    const patch = bareNumber(number, now);
    plan.change(number, { ...patch, ...numberOwing(patched(number, patch), now) });
    plan.event(number, numberChain(number), { type: "number.erased", patient });
    if (conversation) plan.change(conversation, bareConversation(conversation, clinic.frontDesk));
    erased(0);
  } else if (conversation?.patient === patient) {
    plan.change(conversation, { patient: undefined, verify: true });
    erased(0);
  }
  for (const record of records) plan.remove({ PK: record.PK, SK: record.SK });
  const kept = { texts: shared, blocked: number.state === "stopped" ? 1 : 0, noContact: number.noContact ? 1 : 0 };
  tell(plan, erasure, now, { numbers: 1 }, kept);
  return true;
}

/**
 * Whether the number owes nothing that takes its digits. Its block follows to AWS's list a day later, so that a quick START never
 * meets AWS's rule; nobody waits for that here, so it follows at once.
 */
function settled(plan: Plan, number: NumberItem, now: number): boolean {
  if (number.cancels !== undefined || number.releases !== undefined) return false;
  const mirrors = number.state === "stopped" && number.listed !== "yes" && number.dialable && number.e164 && number.liftAt === undefined;
  if (!mirrors || number.mirrorAt === undefined) return true;
  if (number.mirrorAt > now) {
    const patch = { mirrorAt: now };
    plan.technical(number, { ...patch, ...numberOwing(patched(number, patch), now) }, [["aseq", "=", number.aseq]]);
  }
  return false;
}

const NONE: Deleted = { textsIn: 0, textsOut: 0, notes: 0, filings: 0, consents: 0, identifiers: 0, numbers: 0 };

/** Plans the end of as many of these as fit into one round. @returns how many of each, and how many actions are left */
function remove(plan: Plan, patient: string, units: readonly Unit[]): { deleted: Deleted; left: number } {
  const deleted = { ...NONE };
  let left = MOST_ACTIONS;
  for (const unit of units) {
    const { PK, SK } = unit.text;
    const takes = unit.kind === "out" ? 2 + unit.notes.length : 1;
    if (takes > left) break;
    left -= takes;
    if (unit.kind === "out") {
      plan.remove(unit.text);
      plan.event(unit.text, messageChain(unit.text), { type: "message.erased", patient, was: unit.text.status });
      for (const note of unit.notes) plan.remove({ PK: note.PK, SK: note.SK });
      deleted.notes += unit.notes.length;
    } else plan.remove({ PK, SK });
    deleted[({ in: "textsIn", out: "textsOut", note: "notes", filing: "filings" } as const)[unit.kind]]++;
  }
  return { deleted, left };
}

/** Plans the patient's side of a round: what was deleted and left, its event, and when the rest is due at the latest. */
function tell(plan: Plan, erasure: ErasureItem, now: number, deleted: Partial<Deleted>, kept: Partial<Kept> = {}): void {
  plan.change(erasure, {
    deleted: sum(erasure.deleted, deleted),
    kept: sum(erasure.kept, kept),
    ...owing(erasure, now + AGAIN_MS),
  });
  plan.event(erasure, `pat/${erasure.id}`, {
    type: "patient.erasing",
    patient: erasure.id,
    objects: [{ t: "texts", id: String((deleted.textsIn ?? 0) + (deleted.textsOut ?? 0)) }],
  });
}

const sum = <T extends object>(all: T, more: Partial<T>): T =>
  Object.fromEntries(Object.entries(all).map(([name, many]) => [name, many + ((more as Record<string, number>)[name] ?? 0)])) as T;
