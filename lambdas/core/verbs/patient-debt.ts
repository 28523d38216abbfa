import type { Source } from "../audit.ts";
import type { Code } from "../codes.ts";
import { commit } from "../commit.ts";
import { renewalAfter, runsOut } from "../consent.ts";
import { conversationWith, save, withTask } from "../conversation.ts";
import { instantOf } from "../hours.ts";
import {
  type ConversationItem,
  keys,
  type LinkItem,
  type NumberItem,
  numberAndLinks,
  type PatientItem,
  type PatientNumberItem,
  type Task,
} from "../items.ts";
import { nextReview, patientOwing } from "../people.ts";
import { plan as newPlan, patched } from "../plan.ts";
import type { Ports } from "../ports.ts";
import type { Key } from "../store.ts";
import { cancelForPatient, gateway } from "./cancel-waiting.ts";

type Needs = Pick<Ports, "clinic" | "store" | "clock" | "ids">;

/** Cancels what waits for a patient who died or left, and tells the front desk, once, what has lapsed by time alone. */
export async function patientDebt(ports: Needs, key: Key, src: Source): Promise<void> {
  const patient = await ports.store.get<PatientItem>(key);
  if (!patient) return;
  if (patient.deceased !== undefined || patient.left !== undefined) await cancelForPatient(ports, patient.id, src);
  await tellDesk(ports, key, src);
}

interface Lapse {
  readonly number: string;
  readonly kind: Extract<Task["kind"], "consent-expired" | "proxy-review">;
  readonly code: Code;
}

/**
 * A consent that ran out, or an authority whose review is due, carries no text from that moment on, whether this has run or
 * not. Here the desk learns of it: one task per number, and none for a patient who is not to be contacted.
 */
async function tellDesk(ports: Needs, key: Key, src: Source): Promise<void> {
  const { store, clinic, clock } = ports;
  await commit(ports, async () => {
    const [patient, numbers] = await Promise.all([store.get<PatientItem>(key), store.query<PatientNumberItem>(key.PK, { prefix: "N#" })]);
    const now = clock.now();
    if (!patient || Math.min(patient.renewAt ?? now + 1, patient.reviewAt ?? now + 1) > now) return { outcome: undefined };

    const since = patient.renewAt ?? now + 1;
    const expired = Object.entries(patient.effective).filter(([, held]) => {
      const at = runsOut(patient.id, held, clinic);
      return held.status === "granted" && at >= since && at <= now;
    });
    const due = numbers.filter(
      (each) =>
        !each.ended && each.review !== undefined && each.review !== each.reviewTold && instantOf(each.review, 0, clinic.timeZone) <= now,
    );
    const plan = newPlan(ports, gateway(src), now);
    for (const each of due) if (each.review) plan.technical(each, { reviewTold: each.review });
    const told = numbers.map((each) => (due.includes(each) && each.review ? { ...each, reviewTold: each.review } : each));
    const patch = {
      renewAt: renewalAfter(patient.id, patient.effective, now, clinic),
      reviewAt: nextReview(told, clinic.timeZone),
    };
    const silent = patient.deceased !== undefined || patient.left !== undefined || patient.noContact !== undefined;
    const lapses: Lapse[] = [
      ...[...new Set(expired.map(([, held]) => held.number))].map((number) => ({
        number,
        kind: "consent-expired" as const,
        code: "consent-expired" as const,
      })),
      ...due.map(({ number }) => ({ number, kind: "proxy-review" as const, code: "proxy-review-due" as const })),
    ];
    const settled = { ...patch, ...patientOwing(patched(patient, patch), now) };
    if (silent || lapses.length === 0) {
      plan.technical(patient, settled, [["aseq", "=", patient.aseq]]);
      return { outcome: undefined, plan };
    }

    plan.change(patient, settled);
    plan.event(patient, `pat/${patient.id}`, {
      type: "consent.lapsed",
      patient: patient.id,
      why: [...new Set(lapses.map(({ code }) => code))],
      objects: expired.map(([purpose]) => ({ t: "purpose", id: purpose })),
    });
    for (const [PK, here] of Map.groupBy(lapses, ({ number }) => number)) {
      const { number, links } = numberAndLinks(await store.query<NumberItem | LinkItem>(PK));
      if (!number) continue;
      const known = await store.get<ConversationItem>(keys.conversation(number.conv));
      const before = known ?? conversationWith(number, links);
      const after = here.reduce(
        (conversation, { kind, code }) =>
          withTask(conversation, clinic, { kind, team: clinic.frontDesk, at: now, patient: patient.id, code }),
        before,
      );
      plan.event(save(plan, known, after), `conv/${before.id}`, {
        type: "task.opened",
        why: here.map(({ code }) => code),
        patient: patient.id,
        was: before.state,
        now: after.state,
      });
    }
    return { outcome: undefined, plan };
  });
}
