/**
 * A caller asks for a text to a patient, by patient and scenario; never by number. The gate decides, and its decision is
 * stored whatever it is: an accepted text, a held one, or a refusal with its reasons.
 *
 * Rounds: 1 idempotency, patient, the request's MAC; 2 the number with its links, the conversation's record of the
 * reference, the sealed body; 3 the transaction; 4 the queue. An identifier instead of an id costs two more.
 */
import { type Act, requestBytes } from "../audit.ts";
import { type Clinic, type Language, teamOrFrontDesk } from "../clinic.ts";
import { Refusal, type RefusalCode } from "../codes.ts";
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
  type PatientNumberItem,
  type ReferenceItem,
  recordOf,
} from "../items.ts";
import { judge } from "../judge.ts";
import type { Judged } from "../judged.ts";
import { born, enqueue, isWaiting, record } from "../outbound.ts";
import { plan as newPlan } from "../plan.ts";
import type { Ports } from "../ports.ts";
import { type Rewrite, safeRewrite } from "../rewrite.ts";
import { segments } from "../segments.ts";
import { render } from "../template.ts";
import { unsendable } from "../texts.ts";
import { ulid } from "../ulid.ts";
import { answered, answeringFor, recordAnswering, sealReasons, type WayOut, wayTaken } from "../way-out.ts";

export interface Request extends WayOut {
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
  /** What may be sent instead, where the words were refused. */
  readonly rewrite?: Rewrite | undefined;
}

/** How long a key and a reference are remembered. */
const KEY_DAYS = 7;
const REFERENCE_DAYS = 90;

type Needs = Pick<Ports, "clinic" | "gate" | "store" | "sealer" | "indexer" | "outbox" | "clock" | "ids">;

/**
 * @param key the caller's Idempotency-Key @param client the calling application
 * @throws Refusal `not-found`, `idempotency-mismatch`, `reference-in-use`, `acting-user-missing`, `busy`
 */
export async function acceptMessage(ports: Needs, request: Request, key: string, client: string, act: Act): Promise<Accepted> {
  const { store, indexer, sealer, clock, clinic } = ports;
  const way = answeringFor(request, act);
  // Asked at once, awaited with the first reads: by patient id nothing waits for it.
  const asking = indexer.mac("request", hex(sha256(requestBytes({ client, request }))));
  asking.catch(() => undefined);
  const patientId = await patientIdOf(ports, request);
  const idempotency = keys.idempotency(client, hex(sha256(key)));
  const reference = request.reference === undefined ? undefined : keys.reference(client, hex(sha256(request.reference)));
  const entropy = ports.ids.random();
  const names: [string, string] = [ulid(clock.now(), ports.ids.random()), ulid(clock.now(), ports.ids.random())];

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
      return { outcome: { message, replayed: true, rewrite: patient && rewriteFor(clinic, request, patient, message.decision) } };
    }
    if (!patient) throw new Refusal("not-found", { pointers: [{ pointer: "/patient", detail: "no such patient" }] });

    const now = clock.now();
    const text = compose(clinic, request, patient);
    const to = await numberFor(ports, patient, text.purpose, request);
    const owner = to.pk === undefined ? patient.id : conversationOf(to.pk);
    const id = messageId(owner, ulid(started, entropy));
    const [partition, body, earlier, reasons] = await Promise.all([
      to.pk === undefined ? [] : store.query<NumberItem | LinkItem>(to.pk),
      text.body === undefined ? undefined : seal(id, text.body),
      reference === undefined ? undefined : store.get<ReferenceItem>(reference),
      sealReasons(ports, owner, request, act, started, names),
    ]);
    const earlierMessage = earlier && (await store.get<OutboundItem>(keys.message(earlier.message)));
    if (earlierMessage && !["refused", "failed", "cancelled", "expired", "undelivered"].includes(earlierMessage.status))
      throw new Refusal("reference-in-use");

    const facts = factsOf(clinic, request, text, patient, { partition, ...to }, way, now);
    const decision = decide(facts, ports.gate);
    const ground = decision.outcome === "refuse" ? undefined : groundOf(facts, act);
    const use = wayTaken(facts, decision);
    const message = born({
      id,
      direction: "out",
      at: now,
      ...(body ? { body } : {}),
      parts: facts.parts,
      ...(facts.judged ? { judged: facts.judged } : {}),
      lane: text.scenario?.bulk ? "bulk" : "replies",
      ...(facts.number ? { number: facts.number.PK } : {}),
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
      ...(decision.outcome === "hold" && decision.until !== undefined ? { heldUntil: decision.until } : {}),
      expiresAt: facts.expiresAt,
      ...answered(clinic, id, use, reasons, act, now),
    });
    const plan = newPlan(ports, act, now);
    plan.put({ ...idempotency, fingerprint, message: id, ttl: Math.floor(now / 1000) + KEY_DAYS * 86_400 });
    record(plan, message);
    recordAnswering(plan, message, reasons);
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
    return { outcome: { message, replayed: false, rewrite: rewriteFor(clinic, request, patient, decision) }, plan };
  });

  const { message } = outcome;
  // Owed by the commit: where this fails, `due` stands on the message and the sweep asks again. A replay asks again too.
  if (message.status === "accepted") await enqueue(ports, message).catch(() => undefined);
  return outcome;
}

export interface Rehearsal {
  readonly decision: Decision;
  readonly text: string | undefined;
  /** Last four digits. */
  readonly to: string | undefined;
  readonly judged: Judged | undefined;
  readonly rewrite: Rewrite | undefined;
}

/**
 * What the gate would say now. Sends and stores nothing; the patient's chain keeps that it was asked.
 * @throws Refusal `not-found`, `acting-user-missing`
 */
export async function rehearse(ports: Needs, request: Request, act: Act): Promise<Rehearsal> {
  const { store, clock, clinic } = ports;
  const way = answeringFor(request, act);
  const patientId = await patientIdOf(ports, request);
  return commit(ports, async () => {
    const patient = patientId === undefined ? undefined : await store.get<PatientItem>(keys.patient(patientId));
    if (!patient) throw new Refusal("not-found", { pointers: [{ pointer: "/patient", detail: "no such patient" }] });
    const now = clock.now();
    const text = compose(clinic, request, patient);
    const to = await numberFor(ports, patient, text.purpose, request);
    const partition = to.pk === undefined ? [] : await store.query<NumberItem | LinkItem>(to.pk);
    const facts = factsOf(clinic, request, text, patient, { partition, ...to }, way, now);
    const decision = decide(facts, ports.gate);
    const plan = newPlan(ports, act, now);
    plan.change(patient, {});
    plan.event(patient, `pat/${patient.id}`, {
      type: "message.rehearsed",
      patient: patient.id,
      why: decision.codes,
      out: decision.outcome === "refuse" ? 4 : 0,
    });
    const outcome = {
      decision,
      text: text.body,
      to: facts.number?.last4,
      judged: facts.judged,
      rewrite: rewriteFor(clinic, request, patient, decision),
    };
    return { outcome, plan };
  });
}

interface Destination {
  /** PK of the number. */
  readonly pk: string | undefined;
  /** Why there is none, where an override looked for one. */
  readonly numberless?: RefusalCode;
}

/**
 * The number that the patient's consent names; a withdrawal of what was never given names none. Where nobody has asked the patient
 * and a person overrides that, it is the patient's only mobile number: with several, nobody chooses for the patient.
 */
async function numberFor(ports: Needs, patient: PatientItem, purpose: string | undefined, request: Request): Promise<Destination> {
  const agreed = purpose === undefined ? undefined : patient.effective[purpose];
  if (agreed || purpose === undefined || !request.override) return { pk: agreed?.number || undefined };
  const numbers = await ports.store.query<PatientNumberItem>(patient.PK, { prefix: "N#" });
  const [only, ...others] = numbers.filter(({ kind, ended }) => kind === "mobile" && !ended);
  if (!only) return { pk: undefined, numberless: "number-missing" };
  return others.length > 0 ? { pk: undefined, numberless: "number-several" } : { pk: only.number };
}

/** What may be sent instead, where the words themselves were refused. */
function rewriteFor(clinic: Clinic, request: Request, patient: PatientItem, decision: Decision): Rewrite | undefined {
  if (!decision.codes.some((code) => code.startsWith("content-"))) return undefined;
  const scenario = clinic.scenarios.find((each) => each.id === request.scenario);
  return scenario && safeRewrite(clinic, scenario, languageOf(clinic, patient));
}

const languageOf = (clinic: Clinic, patient: PatientItem): Language => patient.language ?? clinic.languages[0] ?? "en";

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
  readonly unrendered: RefusalCode | undefined;
}

/** The text as it would leave, or why there is none. */
function compose(clinic: Clinic, request: Request, patient: PatientItem): Composed {
  const scenario = clinic.scenarios.find((each) => each.id === request.scenario);
  const template = scenario?.templates.find((each) => each.id === request.template);
  const rendered = template ? render(template, request.params ?? {}, languageOf(clinic, patient), clinic) : undefined;
  const body = request.body ?? rendered;
  const unrendered = template && rendered === undefined ? ("template-params" as const) : body === undefined ? undefined : unsendable(body);
  return { scenario, template, purpose: scenario?.purpose, body, unrendered };
}

function factsOf(
  clinic: Clinic,
  request: Request,
  text: Composed,
  patient: PatientItem,
  { partition, numberless }: { readonly partition: readonly (NumberItem | LinkItem)[] } & Destination,
  way: Pick<Facts, "acknowledged" | "override">,
  now: number,
): Facts {
  const stale = (request.sendAt ?? now) + (text.scenario?.staleAfterHours ?? 24) * 3_600_000;
  const freeText = request.body !== undefined;
  return {
    clinic,
    now,
    kind: "consent",
    ground: undefined,
    scenario: text.scenario,
    template: text.template,
    freeText,
    unrendered: text.unrendered,
    parts: text.body === undefined ? 0 : segments(text.body).parts,
    judged: text.body === undefined || text.unrendered ? undefined : judge(text.body, clinic, freeText),
    ...way,
    neutral: !freeText && (text.scenario?.neutral ?? false),
    epoch: undefined,
    ...numberAndLinks(partition),
    numberless,
    patient,
    conversation: undefined,
    sendAt: request.sendAt,
    expiresAt: request.expiresAt ?? stale,
  };
}

/** The ground of a text that may leave: the patient's consent, or a person's judgement where nobody has asked the patient. */
function groundOf({ scenario, patient, number, override }: Facts, { who }: Act): Ground | undefined {
  if (!scenario) return undefined;
  const { purpose } = scenario;
  const effective = patient?.effective[purpose];
  if (effective) return { kind: "consent", purpose, record: effective.record, agreedAt: effective.agreedAt, epoch: effective.epoch };
  if (!number || override?.role === undefined) return undefined;
  return { kind: "consent", purpose, judgement: { by: who.id, role: override.role }, epoch: number.epoch };
}
