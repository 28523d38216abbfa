/**
 * A patient is erased. From the first transaction on nobody finds them: the patient, their identifiers and their links are gone, and
 * in their place stands an item without identity that carries the chain on and says what is still to be deleted. The rest goes
 * in rounds (erase-round.ts), which anybody may repeat.
 *
 * What a person still has to do comes first, because nobody could do it afterwards: answer and file what the patient wrote, close an
 * incident, read what was sent past the rules. What the gateway owes by itself is done or waited for: texts that wait are cancelled, one
 * that is on its way is let go.
 */
import type { Act } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { isTheirsAndWaits } from "../erasure.ts";
import { localDate } from "../hours.ts";
import { INCIDENTS } from "../incident.ts";
import {
  type ConversationItem,
  type ErasureItem,
  type ErasureReason,
  type IncidentItem,
  keys,
  type LinkItem,
  type MessageItem,
  type NumberItem,
  numberAndLinks,
  owing,
  type PatientItem,
  type PatientNumberItem,
} from "../items.ts";
import { numberChain } from "../number.ts";
import { readingDue } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { cancelForPatient } from "./cancel-waiting.ts";
import { AGAIN_MS, eraseOn } from "./erase-round.ts";
import type { NoContactReason } from "./no-contact.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids" | "backupDays">;

export interface ErasureGiven {
  readonly reason: ErasureReason;
  readonly basis: string;
  /** How long the law wants the record kept: the day on which that ended, or that it wants none kept. */
  readonly retention: { readonly ended: string } | { readonly none: true };
}

/** A transaction has a hundred actions at most. */
const MOST_WRITES = 100;
const PAGE = 100;

/**
 * Begins an erasure, or goes on with one, until it is over or `until` (ms): what is left then the sweep does.
 * @param ver the revision that the officer saw
 * @throws Refusal `role-not-allowed`, `retention-runs`, `not-found`, `version-conflict`, `erasure-owed`
 */
export async function erasePatient(
  ports: Needs,
  id: string,
  ver: number,
  given: ErasureGiven,
  act: Act,
  until: number,
): Promise<ErasureItem> {
  const { clinic, store, clock } = ports;
  if (!clinic.erasureRoles.includes(act.who.role ?? "")) throw new Refusal("role-not-allowed");
  if ("ended" in given.retention && given.retention.ended >= localDate(clock.now(), clinic.timeZone))
    throw new Refusal("retention-runs", { pointers: [{ pointer: "/retention/ended", detail: "a day that is over" }] });
  await begin(ports, id, ver, given, act);
  await eraseOn(ports, id, act.src, until);
  const erasure = await store.get<ErasureItem>(keys.erasure(id));
  if (!erasure) throw new Error("an erasure that was begun is not there");
  return erasure;
}

/** A number of the patient, with all that is on it. */
interface Phone {
  readonly record: PatientNumberItem;
  readonly number: NumberItem;
  readonly links: readonly LinkItem[];
  readonly conversation: ConversationItem | undefined;
  readonly messages: readonly MessageItem[];
}

async function begin(ports: Needs, id: string, ver: number, given: ErasureGiven, act: Act): Promise<void> {
  const { store, clock } = ports;
  await commit(ports, async () => {
    const [patient, begun, numbers] = await Promise.all([
      store.get<PatientItem>(keys.patient(id)),
      store.get<ErasureItem>(keys.erasure(id)),
      store.query<PatientNumberItem>(keys.patient(id).PK, { prefix: "N#" }),
    ]);
    if (begun) return { outcome: undefined };
    if (!patient) throw new Refusal("not-found");
    if (patient.ver !== ver) throw new Refusal("version-conflict");
    const phones = (await Promise.all(numbers.map((record) => phoneOf(store, record)))).filter((phone) => phone !== undefined);
    await nothingOwed(store, id, phones);

    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const { d, da } = owing(keys.erasure(id), now + AGAIN_MS);
    const identifiers = patient.identifiers ?? [];
    const erasure: ErasureItem = {
      ...keys.erasure(id),
      id,
      ver: patient.ver + 1,
      at: now,
      by: act.who.id,
      ...(act.who.role ? { role: act.who.role } : {}),
      reason: given.reason,
      basis: given.basis,
      ...("ended" in given.retention ? { retentionEnded: given.retention.ended } : {}),
      deleted: { textsIn: 0, textsOut: 0, notes: 0, filings: 0, consents: 0, identifiers: identifiers.length, numbers: 0 },
      kept: { texts: 0, blocked: 0, noContact: 0 },
      ...(d === undefined || da === undefined ? {} : { d, da }),
      aseq: patient.aseq,
      ahash: patient.ahash,
    };
    plan.remove(keys.patient(id), [["aseq", "=", patient.aseq]]);
    plan.put(erasure);
    plan.event(erasure, `pat/${id}`, { type: "patient.erasure-begun", patient: id, why: [given.reason] });
    for (const PK of identifiers) plan.remove({ PK, SK: "X" }, [["patient", "=", id]]);

    for (const { record, number, links, conversation } of phones) {
      const link = links.find((each) => each.patient === id);
      if (link) plan.remove(keys.link(number.PK, id));
      if (record.ended) continue;
      const another = links.some((each) => each.active && each.patient !== id);
      // "Nobody texts this patient" was said of the patient: without one it is said of the phone, where nobody else uses it.
      const silence = another || number.noContact ? undefined : patient.noContact;
      plan.change(number, {
        ver: number.ver + 1,
        ...(number.question?.patient === id ? { question: undefined } : {}),
        ...(silence ? { noContact: silence } : {}),
      });
      plan.event(number, numberChain(number), { type: "number.unlinked", patient: id, why: ["erased"] });
      if (silence)
        plan.event(number, numberChain(number), { type: "number.no-contact", patient: id, why: [silence.reason as NoContactReason] });
      plan.technical(record, { ended: { at: now, reason: "erased" }, upTo: conversation?.n ?? 0 });
      // A text that comes now is the patient's and must be read; one that comes later is a stranger's.
      if (conversation) plan.check(conversation, [["aseq", "=", conversation.aseq]]);
      else plan.check(keys.conversation(number.conv), [["PK", "absent"]]);
    }
    if (plan.writes().length > MOST_WRITES)
      throw new Refusal("erasure-owed", {
        pointers: [{ pointer: "/numbers", detail: "too many to go at once: end those not used any more" }],
      });
    // Nothing is cancelled for an erasure that is refused.
    if (phones.some(({ messages }) => messages.some((text) => isTheirsAndWaits(text, id)))) await cancelForPatient(ports, id, act.src);
    return { outcome: undefined, plan };
  });
}

async function phoneOf(store: Needs["store"], record: PatientNumberItem): Promise<Phone | undefined> {
  const { number, links } = numberAndLinks(await store.query<NumberItem | LinkItem>(record.number));
  if (!number) return undefined;
  const [conversation, messages] = await Promise.all([
    store.get<ConversationItem>(keys.conversation(number.conv)),
    store.query<MessageItem>(keys.conversation(number.conv).PK, { prefix: "M#" }),
  ]);
  return { record, number, links, conversation, messages };
}

/** @throws Refusal `erasure-owed`, with the place of each thing that somebody still has to do */
async function nothingOwed(store: Needs["store"], id: string, phones: readonly Phone[]): Promise<void> {
  const open = phones.filter((phone) => isOpen(phone, id)).flatMap(({ conversation }) => conversation?.id ?? []);
  const unread = phones.flatMap(({ messages }) =>
    messages.filter((text) => text.direction === "out" && text.patient === id && readingDue(text) !== undefined),
  );
  const incidents = await openIncidents(store, id);
  const pointers = [
    ...[...new Set(open)].map((each) => ({ pointer: `/v1/conversations/${each}`, detail: "is open: answer, file and resolve it" })),
    ...[...new Set(unread.map((text) => text.id))].map((each) => ({
      pointer: `/v1/messages/${each}`,
      detail: "waits for its second reader",
    })),
    ...incidents.map((each) => ({ pointer: `/v1/incidents/${each}`, detail: "is open, and about this patient" })),
  ];
  if (pointers.length > 0) throw new Refusal("erasure-owed", { pointers });
}

/** Whether somebody still has to answer or file what the patient wrote; a number that they no longer have may wait for others. */
function isOpen({ record, conversation, messages }: Phone, id: string): boolean {
  if (!conversation || conversation.state === "idle") return false;
  const { ended } = record;
  const { patient, filedN = 0 } = conversation;
  return (
    ended === undefined || patient === id || messages.some((text) => text.direction === "in" && text.n > filedN && text.at <= ended.at)
  );
}

async function openIncidents(store: Needs["store"], id: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.queue<IncidentItem>(INCIDENTS, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.filter((incident) => incident.patients.includes(id)).map((incident) => incident.id));
    after = page.at(-1)?.qs;
    if (page.length < PAGE || after === undefined) return found;
  }
}
