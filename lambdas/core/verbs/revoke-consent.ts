/**
 * The patient took a consent back by any means but a text to us: on the phone, at the desk, by e-mail, letter or voice mail.
 * It has a clock of its own: from when it was said to when it was recorded, against the business days that the clinic's rule
 * packs allow (such as 47 CFR 64.1200(a)(10)). It is in force at once. Where the patient said to stop texting a number, the
 * number is opted out as by STOP, without the confirmation: only the handset lifts it.
 */
import { type Act, requestBytes, type Source } from "../audit.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { folded, withConsents } from "../consent.ts";
import { conversationWith, save, withTask } from "../conversation.ts";
import { sha256 } from "../digest.ts";
import { businessDayAfter, businessDaysBetween, localDate } from "../hours.ts";
import {
  type ConsentItem,
  type ConversationItem,
  keys,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  type PatientNumberItem,
  type Task,
} from "../items.ts";
import { numberOwing, stopped } from "../number.ts";
import { patientOwing } from "../people.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { rulesAt } from "../rules.ts";
import { base32 } from "../ulid.ts";
import { cancelWaiting } from "./cancel-waiting.ts";
import { purposesOf } from "./withdraw-consent.ts";

export const REVOCATION_MEANS = ["phone", "desk", "email", "letter", "voicemail", "other"] as const;

export interface Revocation {
  /** When the patient said or sent it (ms). */
  readonly said: number;
  readonly means: (typeof REVOCATION_MEANS)[number];
  readonly scope: "all" | readonly string[];
  /** The patient's own id of a number that is not to be texted any more. */
  readonly block?: string | undefined;
  readonly evidence?: string | undefined;
}

export interface Revoked {
  readonly consent: ConsentItem;
  /** Business days from when it was said to when it was recorded. */
  readonly days: number;
  /** Posted before: nothing new was done. */
  readonly known: boolean;
}

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

const CLOCK_SKEW_MS = 5 * 60_000;
/** What the number's events and its item call this opt-out; a handset's START lifts it like any other. */
const WORD = "revoked";

/** @throws Refusal `not-found`, `agreed-in-future`, `invalid-request` for a purpose that nobody knows */
export async function revokeConsent(ports: Needs, patientId: string, given: Revocation, act: Act, src: Source): Promise<Revoked> {
  const { store, clinic, clock } = ports;
  if (given.said > clock.now() + CLOCK_SKEW_MS)
    throw new Refusal("agreed-in-future", { pointers: [{ pointer: "/said", detail: "in the future" }] });
  const id = `con_${base32(sha256(requestBytes({ patientId, revocation: given }))).slice(0, 26)}`;
  const key = keys.consent(patientId, given.said, id);

  const { revoked, blocked } = await commit<{ revoked: Revoked; blocked: string | undefined }>(ports, async () => {
    const [patient, known, own] = await Promise.all([
      store.get<PatientItem>(keys.patient(patientId)),
      store.get<ConsentItem>(key),
      given.block === undefined ? undefined : store.get<PatientNumberItem>(keys.patientNumber(patientId, given.block)),
    ]);
    if (!patient) throw new Refusal("not-found");
    if (given.block !== undefined && !own)
      throw new Refusal("not-found", { pointers: [{ pointer: "/block", detail: "not a number of this patient" }] });
    const took = (until: number): number => businessDaysBetween(given.said, until, clinic.timeZone, clinic.holidays);
    if (known) return { outcome: { revoked: { consent: known, days: took(known.recordedAt), known: true }, blocked: own?.number } };

    const now = clock.now();
    const plan = newPlan(ports, act, now);
    const allowed = rulesAt(clinic, now).revocationDays?.value;
    const dueBy = allowed === undefined ? undefined : businessDayAfter(given.said, allowed, clinic.timeZone, clinic.holidays);
    const late = dueBy !== undefined && localDate(now, clinic.timeZone) > dueBy;
    const purposes = purposesOf(clinic, patient, given.scope === "all" ? undefined : given.scope, "/scope");
    const consent: ConsentItem = {
      ...key,
      id,
      decision: "withdrawn",
      purposes,
      ...(own ? { number: own.number, numberId: own.id } : {}),
      method: given.means,
      agreedAt: given.said,
      recordedAt: now,
      ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
      by: act.who.id,
      ...(act.who.role ? { role: act.who.role } : {}),
      app: act.who.app,
      counted: true,
      ver: patient.ver + 1,
      ...(dueBy === undefined ? {} : { dueBy }),
      ...(late ? { late } : {}),
    };
    plan.put(consent);
    const patch = {
      ...withConsents(patient, folded(patient.effective, consent), now, clinic),
      ...(own ? { paused: { at: now, number: own.number } } : {}),
    };
    plan.change(patient, { ...patch, ...patientOwing(patched(patient, patch), now) });
    plan.event(patient, `pat/${patientId}`, {
      type: "consent.revoked",
      patient: patientId,
      why: [given.means, `after-${took(now)}-business-days`, ...(late ? (["revocation-late"] as const) : [])],
      out: late ? 4 : 0,
      objects: purposes.map((purpose) => ({ t: "purpose", id: purpose })),
      consent: id,
    });

    // The task stands in the conversation with the number that is blocked, or that the consents named.
    const about = own?.number ?? Object.values(patient.effective).find((held) => held.number !== "")?.number;
    const partition = about === undefined ? [] : await store.query<NumberItem | LinkItem>(about);
    const { number, links } = numberAndLinks(partition);
    const others = links.filter((link) => link.active && link.patient !== patientId);
    if (own && number) {
      const block = stopped(number, now, WORD, now);
      plan.change(number, { ...block, ...numberOwing(patched(number, block), now) });
      plan.event(number, `num/${number.id}`, { type: "number.opted-out", why: [`by-${given.means}`], was: number.state, now: block.state });
      for (const { patient: name } of others) {
        const other = await store.get<PatientItem>(keys.patient(name));
        if (!other) continue;
        plan.change(other, { paused: { at: now, number: number.PK }, ver: other.ver + 1 });
        plan.event(other, `pat/${name}`, { type: "patient.paused", patient: name, objects: [{ t: "number", id: number.id }] });
      }
    }
    const task = (kind: Task["kind"]): Task => ({ kind, team: clinic.frontDesk, at: now, patient: patientId });
    const tasks: Task[] = [
      // Whoever shares the phone was not asked: as after a STOP.
      ...(own && others.length > 0 ? [task("opted-out")] : []),
      ...(late ? [{ ...task("revocation-late"), code: "revocation-late" as const }] : []),
    ];
    if (number && tasks.length > 0) {
      const known = await store.get<ConversationItem>(keys.conversation(number.conv));
      const before = known ?? conversationWith(number, links);
      const after = tasks.reduce((conversation, each) => withTask(conversation, clinic, each), before);
      plan.event(save(plan, known, after), `conv/${before.id}`, {
        type: "task.opened",
        why: tasks.map(({ kind }) => kind),
        patient: patientId,
        was: before.state,
        now: after.state,
      });
    }
    return { outcome: { revoked: { consent, days: took(now), known: false }, blocked: own?.number }, plan };
  });
  // Owed by the commit (`cancels` on the number); what fails here the sweep does.
  if (blocked !== undefined) await cancelWaiting(ports, blocked, src).catch(() => undefined);
  return revoked;
}
