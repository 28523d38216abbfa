/**
 * The gateway asks the phone itself whether what was agreed by voice is right: one fixed question, that YES from this very
 * number answers within 24 hours. It is a call of its own and no member of the consent's record: EMRs post their records
 * again every night, and nobody is asked every night.
 *
 * A question's cause is the consent: while it is open, asking again sends nothing.
 */
import type { Act } from "../audit.ts";
import { serviceText } from "../clinic.ts";
import { Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import { standingOn } from "../confirmation.ts";
import { isApproved } from "../consent.ts";
import { decide } from "../gate.ts";
import { counted, mayAnswer } from "../heard/auto-reply.ts";
import type { Facts } from "../hook.ts";
import { isShared } from "../hooks/number.ts";
import { localDate } from "../hours.ts";
import {
  type ConsentItem,
  keys,
  type LinkItem,
  messageId,
  type NumberItem,
  numberAndLinks,
  type OutboundItem,
  type PatientItem,
  recordOf,
} from "../items.ts";
import { QUESTION_MS } from "../number.ts";
import { enqueue, record, serviceMessage } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { ulid } from "../ulid.ts";

export interface Asked {
  /** The text with the question. */
  readonly message: string;
  /** Until when (ms) YES answers it. */
  readonly until: number;
  /** The question was open already: nothing was sent. */
  readonly known: boolean;
}

type Needs = Pick<Ports, "clinic" | "gate" | "store" | "sealer" | "outbox" | "clock" | "ids">;

/**
 * @throws Refusal `not-found`; `consent-not-in-force`, `wording-unknown` where no consent of this record stands;
 * `number-shared`, `number-missing`, `number-kind`, `opted-out` and whatever else the gate says of the number;
 * `question-open`, `service-limit`
 */
export async function confirmConsent(ports: Needs, patientId: string, consentId: string, act: Act): Promise<Asked> {
  const { store, sealer, clinic, clock, ids } = ports;
  const entropy = ids.random();
  const started = clock.now();
  const asked = await commit<{ asked: Asked; message: OutboundItem | undefined }>(ports, async () => {
    const [patient, records] = await Promise.all([
      store.get<PatientItem>(keys.patient(patientId)),
      store.query<ConsentItem>(keys.patient(patientId).PK, { prefix: "K#" }),
    ]);
    const consent = records.find(({ id }) => id === consentId);
    if (!patient || consent?.number === undefined) throw new Refusal("not-found");
    const { number, links } = numberAndLinks(await store.query<NumberItem | LinkItem>(consent.number));
    const purposes = number ? standingOn(patient, consentId, number) : [];
    if (!number || purposes.length === 0) throw new Refusal("consent-not-in-force");
    const now = clock.now();
    const open = number.question !== undefined && number.question.until > now ? number.question : undefined;
    if (open?.kind === "consent" && open.consent === consentId) {
      const message = await store.get<OutboundItem>(keys.message(open.id));
      return { outcome: { asked: { message: open.id, until: open.until, known: true }, message } };
    }
    const approved = isApproved(clinic, consent.wording ?? "", localDate(now, clinic.timeZone));
    if (!approved) throw new Refusal("wording-unknown");
    const active = links.filter((link) => link.active);
    mayAsk(ports, patient, number, active, now);
    if (open) throw new Refusal("question-open");
    if (!mayAnswer(number, "consent-question", now, clinic.timeZone)) throw new Refusal("service-limit");

    const id = messageId(number.conv, ulid(started, entropy));
    const link = active.find((each) => each.patient === patientId);
    const language = patient.language ?? link?.language ?? clinic.languages[0] ?? "en";
    const until = now + QUESTION_MS;
    const message = serviceMessage(clinic, number, "consent-question", language, consentId, {
      id,
      body: await sealer.seal(recordOf(keys.message(id)), serviceText(clinic, "consent-question", language).text),
      at: now,
      expiresAt: until,
      patient: patientId,
      act,
    });
    const plan = newPlan(ports, act, now);
    record(plan, message);
    plan.change(number, {
      question: { id, until, kind: "consent", patient: patientId, consent: consentId },
      ...counted(number, now, clinic.timeZone),
    });
    plan.event(number, `num/${number.id}`, { type: "number.question-asked", patient: patientId, why: ["consent"], consent: consentId });
    plan.check(patient, [["ver", "=", patient.ver]]);
    return { outcome: { asked: { message: id, until, known: false }, message }, plan };
  });
  // Owed by the commit, as in accept-message: the sweep asks again for what stands accepted.
  if (asked.message?.status === "accepted") await enqueue(ports, asked.message).catch(() => undefined);
  return asked.asked;
}

/** @throws Refusal why this phone may not be asked on this patient's behalf */
function mayAsk(
  { clinic, gate }: Pick<Ports, "clinic" | "gate">,
  patient: PatientItem,
  number: NumberItem,
  links: readonly LinkItem[],
  now: number,
): void {
  if (patient.deceased !== undefined) throw new Refusal("patient-deceased");
  if (patient.left !== undefined) throw new Refusal("patient-left");
  if (number.kind === "work" || number.kind === "home") throw new Refusal("number-kind");
  const facts: Facts = {
    clinic,
    now,
    kind: "service",
    ground: { kind: "service", reply: "consent-question", cause: "" },
    scenario: undefined,
    template: undefined,
    freeText: false,
    unrendered: undefined,
    parts: 1,
    judged: undefined,
    acknowledged: [],
    override: undefined,
    neutral: true,
    epoch: undefined,
    number,
    links,
    patient,
    conversation: undefined,
    sendAt: undefined,
    expiresAt: now + QUESTION_MS,
  };
  const [code] = decide(facts, gate).codes;
  if (code) throw new Refusal(code);
  if (!links.some((link) => link.patient === patient.id)) throw new Refusal("number-missing");
  // Whoever answers a shared phone, nobody knows whose word it is.
  if (isShared(links)) throw new Refusal("number-shared");
}
