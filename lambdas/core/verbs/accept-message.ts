/**
 * A caller asks for a text to a patient, by patient and scenario; never by number. The gate decides, and its decision is
 * stored whatever it is: an accepted text, a held one, or a refusal with its reasons.
 *
 * Rounds: 1 idempotency, patient, the request's MAC; 2 the number with its links, the conversation's record of the
 * reference, the sealed body; 3 the transaction; 4 the queue. An identifier instead of an id costs two more.
 */
import { type Act, canonical } from "../audit.ts";
import { type Clinic, type Language, teamOrFrontDesk } from "../clinic.ts";
import { type Code, Refusal } from "../codes.ts";
import { commit } from "../commit.ts";
import type { Decision } from "../decision.ts";
import { hex, sha256 } from "../digest.ts";
import { decide } from "../gate.ts";
import type { Facts } from "../hook.ts";
import {
  conversationOf,
  type Ground,
  type IdempotencyItem,
  type IdentifierItem,
  identifierText,
  keys,
  type LinkItem,
  messageId,
  type NumberItem,
  numberAndLinks,
  type OutboundItem,
  type PatientItem,
  type ReferenceItem,
  recordOf,
} from "../items.ts";
import { born, enqueue, isWaiting, record } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { segments } from "../segments.ts";
import { render } from "../template.ts";
import { unsendable } from "../texts.ts";
import { ulid } from "../ulid.ts";

export interface Request {
  readonly patient: { readonly id: string } | { readonly system: string; readonly value: string };
  readonly scenario: string;
  readonly template?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly reference?: string | undefined;
  /** ms */
  readonly sendAt?: number | undefined;
  readonly expiresAt?: number | undefined;
}

export interface Accepted {
  readonly message: OutboundItem;
  /** The request was answered before; nothing new was done. */
  readonly replayed: boolean;
}

/** How long a key and a reference are remembered. */
const KEY_DAYS = 7;
const REFERENCE_DAYS = 90;

type Needs = Pick<Ports, "clinic" | "store" | "sealer" | "indexer" | "outbox" | "clock" | "ids">;

/**
 * @param key the caller's Idempotency-Key @param client the calling application
 * @throws Refusal `not-found`, `idempotency-mismatch`, `reference-in-use`, `busy`
 */
export async function acceptMessage(ports: Needs, request: Request, key: string, client: string, act: Act): Promise<Accepted> {
  const { store, indexer, sealer, clock, clinic } = ports;
  // Asked at once, awaited with the first reads: by patient id nothing waits for it.
  const asking = indexer.mac("request", hex(sha256(canonical({ client, request }))));
  asking.catch(() => undefined);
  const patientId = await patientIdOf(ports, request);
  const idempotency = keys.idempotency(client, hex(sha256(key)));
  const reference = request.reference === undefined ? undefined : keys.reference(client, hex(sha256(request.reference)));
  const entropy = ports.ids.random();

  let sealedFor: { record: string; body: Promise<Uint8Array> } | undefined;
  const seal = (id: string, text: string): Promise<Uint8Array> => {
    const bound = recordOf(keys.message(id));
    if (sealedFor?.record !== bound) sealedFor = { record: bound, body: sealer.seal(bound, text) };
    return sealedFor.body;
  };
  const started = clock.now();

  const outcome = await commit<Accepted>(ports, async () => {
    const [used, patient, fingerprint] = await Promise.all([
      store.get<IdempotencyItem>(idempotency),
      patientId === undefined ? undefined : store.get<PatientItem>(keys.patient(patientId)),
      asking,
    ]);
    if (used) {
      if (used.fingerprint !== fingerprint) throw new Refusal("idempotency-mismatch");
      const message = await store.get<OutboundItem>(keys.message(used.message));
      if (!message) throw new Refusal("busy");
      return { outcome: { message, replayed: true } };
    }
    if (!patient) throw new Refusal("not-found", { pointers: [{ pointer: "/patient", detail: "no such patient" }] });

    const now = clock.now();
    const text = compose(clinic, request, patient);
    const numberPk = consentedNumber(patient, text.purpose);
    const owner = numberPk === undefined ? patient.id : conversationOf(numberPk);
    const id = messageId(owner, ulid(started, entropy));
    const [partition, body, earlier] = await Promise.all([
      numberPk === undefined ? [] : store.query<NumberItem | LinkItem>(numberPk),
      text.body === undefined ? undefined : seal(id, text.body),
      reference === undefined ? undefined : store.get<ReferenceItem>(reference),
    ]);
    const earlierMessage = earlier && (await store.get<OutboundItem>(keys.message(earlier.message)));
    if (earlierMessage && !["refused", "failed", "cancelled", "expired", "undelivered"].includes(earlierMessage.status))
      throw new Refusal("reference-in-use");

    const facts = factsOf(clinic, request, text, patient, partition, now);
    const decision = decide(facts);
    const ground = decision.outcome === "refuse" ? undefined : groundOf(facts);
    const message = born({
      id,
      direction: "out",
      at: now,
      ...(body ? { body } : {}),
      parts: facts.parts,
      lane: text.scenario?.bulk ? "bulk" : "replies",
      ...(numberPk && facts.number ? { number: numberPk } : {}),
      epoch: facts.number?.epoch ?? 0,
      patient: patient.id,
      scenario: request.scenario.slice(0, 40),
      ...(text.template ? { template: `${text.template.id}/v${text.template.version}` } : {}),
      neutral: facts.neutral,
      ...(ground ? { ground } : {}),
      status: decision.outcome === "allow" ? "accepted" : decision.outcome === "hold" ? "held" : "refused",
      why: decision.codes,
      decision,
      attempt: 1,
      team: teamOrFrontDesk(clinic, patient.team).id,
      by: act.who.id,
      client,
      ...(request.reference === undefined ? {} : { reference: request.reference }),
      ...(request.sendAt === undefined ? {} : { sendAt: request.sendAt }),
      expiresAt: facts.expiresAt,
    });
    const plan = newPlan(ports, act, now);
    plan.put({ ...idempotency, fingerprint, message: id, ttl: Math.floor(now / 1000) + KEY_DAYS * 86_400 });
    record(plan, message);
    if (reference) {
      const held = earlier ? ([["message", "=", earlier.message]] as const) : ([["PK", "absent"]] as const);
      plan.put({ ...reference, message: id, ttl: Math.floor(now / 1000) + REFERENCE_DAYS * 86_400 }, [...held]);
    }
    if (isWaiting(message.status) && facts.number) {
      // The very records the decision used must still stand when it commits.
      plan.check(facts.number, [
        ["state", "=", "open"],
        ["epoch", "=", facts.number.epoch],
        ["ver", "=", facts.number.ver],
      ]);
      plan.check(patient, [["ver", "=", patient.ver]]);
    }
    return { outcome: { message, replayed: false }, plan };
  });

  const { message } = outcome;
  // Owed by the commit: where this fails, `due` stands on the message and the sweep asks again. A replay asks again too.
  if (message.status === "accepted") await enqueue(ports, message).catch(() => undefined);
  return outcome;
}

/** What the gate would say now. Sends and stores nothing; the patient's chain keeps that it was asked. */
export async function rehearse(
  ports: Needs,
  request: Request,
  act: Act,
): Promise<{ decision: Decision; text: string | undefined; parts: number; to: string | undefined }> {
  const { store, clock, clinic } = ports;
  const patientId = await patientIdOf(ports, request);
  return commit(ports, async () => {
    const patient = patientId === undefined ? undefined : await store.get<PatientItem>(keys.patient(patientId));
    if (!patient) throw new Refusal("not-found", { pointers: [{ pointer: "/patient", detail: "no such patient" }] });
    const now = clock.now();
    const text = compose(clinic, request, patient);
    const numberPk = consentedNumber(patient, text.purpose);
    const partition = numberPk === undefined ? [] : await store.query<NumberItem | LinkItem>(numberPk);
    const facts = factsOf(clinic, request, text, patient, partition, now);
    const decision = decide(facts);
    const plan = newPlan(ports, act, now);
    plan.change(patient, {});
    plan.event(patient, `pat/${patient.id}`, {
      type: "message.rehearsed",
      patient: patient.id,
      why: decision.codes,
      out: decision.outcome === "refuse" ? 4 : 0,
    });
    return { outcome: { decision, text: text.body, parts: facts.parts, to: facts.number?.last4 }, plan };
  });
}

/** PK of the number that the patient's consent names; a withdrawal of what was never given names none. */
const consentedNumber = (patient: PatientItem, purpose: string | undefined): string | undefined =>
  (purpose !== undefined && patient.effective[purpose]?.number) || undefined;

async function patientIdOf(ports: Needs, { patient }: Request): Promise<string | undefined> {
  if ("id" in patient) return patient.id;
  const mac = await ports.indexer.mac("identifier", identifierText(patient));
  return (await ports.store.get<IdentifierItem>(keys.identifier(ports.indexer.generation, mac)))?.patient;
}

interface Composed {
  readonly scenario: Clinic["scenarios"][number] | undefined;
  readonly template: Clinic["scenarios"][number]["templates"][number] | undefined;
  readonly purpose: string | undefined;
  readonly body: string | undefined;
  readonly unrendered: Code | undefined;
}

/** The text as it would leave, or why there is none. */
function compose(clinic: Clinic, request: Request, patient: PatientItem): Composed {
  const scenario = clinic.scenarios.find((each) => each.id === request.scenario);
  const template = scenario?.templates.find((each) => each.id === request.template);
  const language: Language = patient.language ?? clinic.languages[0] ?? "en";
  const rendered = template ? render(template, request.params ?? {}, language, clinic) : undefined;
  const body = request.body ?? rendered;
  const unrendered = template && rendered === undefined ? ("template-params" as const) : body === undefined ? undefined : unsendable(body);
  return { scenario, template, purpose: scenario?.purpose, body, unrendered };
}

function factsOf(
  clinic: Clinic,
  request: Request,
  text: Composed,
  patient: PatientItem,
  partition: readonly (NumberItem | LinkItem)[],
  now: number,
): Facts {
  const stale = (request.sendAt ?? now) + (text.scenario?.staleAfterHours ?? 24) * 3_600_000;
  return {
    clinic,
    now,
    kind: "consent",
    ground: undefined,
    scenario: text.scenario,
    template: text.template,
    freeText: request.body !== undefined,
    unrendered: text.unrendered,
    parts: text.body === undefined ? 0 : segments(text.body).parts,
    neutral: request.body === undefined && (text.scenario?.neutral ?? false),
    epoch: undefined,
    ...numberAndLinks(partition),
    patient,
    conversation: undefined,
    sendAt: request.sendAt,
    expiresAt: request.expiresAt ?? stale,
  };
}

function groundOf({ scenario, patient }: Facts): Ground | undefined {
  const effective = scenario && patient?.effective[scenario.purpose];
  return (
    effective && {
      kind: "consent",
      purpose: scenario.purpose,
      record: effective.record,
      agreedAt: effective.agreedAt,
      epoch: effective.epoch,
    }
  );
}
