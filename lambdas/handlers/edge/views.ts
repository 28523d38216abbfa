/** What callers see of the records: ISO times, no bodies, no numbers, no keys. */

import type { Clinic } from "../../core/clinic.ts";
import { CODES, type Code, type Told, tell } from "../../core/codes.ts";
import { runsOut, stateOf } from "../../core/consent.ts";
import type { InForce } from "../../core/consent-history.ts";
import { missingOf } from "../../core/consent-note.ts";
import { etag } from "../../core/conversation.ts";
import { type Decision, insteadOf } from "../../core/decision.ts";
import { remains } from "../../core/erasure.ts";
import type {
  ConsentItem,
  ConversationItem,
  ErasureItem,
  IncidentItem,
  NoContact,
  OutboundItem,
  PatientItem,
  PatientNumberItem,
  Task,
} from "../../core/items.ts";
import type { Judged } from "../../core/judged.ts";
import { LEVEL_SAYS } from "../../core/level.ts";
import { IDENTIFIER_KINDS } from "../../core/reading/content-kinds.ts";
import type { Rewrite } from "../../core/rewrite.ts";
import { PART_US_CENTS, plainer, segments } from "../../core/segments.ts";
import type { Told as FactsTold } from "../../core/verbs/change-facts.ts";
import type { Claimed } from "../../core/verbs/claim-conversation.ts";
import type { DueConsents } from "../../core/verbs/list-due-consents.ts";
import type { Listed } from "../../core/verbs/list-queue.ts";
import type { NoContactFound } from "../../core/verbs/no-contact.ts";
import type { Sure } from "../../core/verbs/read-patient.ts";
import type { Registered } from "../../core/verbs/register-number.ts";
import type { Revoked } from "../../core/verbs/revoke-consent.ts";
import { type Answer, problem } from "./problem.ts";

export const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

/**
 * Reasons spelt out: where the patient's state is the cause, the clinic's own scenario knows best what to do instead, and where one
 * of the clinic's own hooks refused, its sentences are told.
 */
export function reasons(codes: readonly Code[], clinic: Clinic, scenario: string | undefined, decision: Decision): Told[] {
  const written = clinic.scenarios.find((each) => each.id === scenario)?.instead;
  return codes.map((code) => {
    const own = decision.hooks.find((line) => line.code === code && line.reason !== undefined);
    const told = tell(code, own?.instead ?? insteadOf(code, written));
    return own?.reason === undefined ? told : { ...told, says: own.reason };
  });
}

/** The answer to a text that the gate refused: the problem, what was found in the words and where, and what may be sent instead. */
export function refusal(
  message: OutboundItem,
  clinic: Clinic,
  view: object,
  rewrite: Rewrite | undefined,
  headers: Record<string, string>,
): Answer {
  const [told] = reasons(message.decision.codes, clinic, message.scenario, message.decision);
  if (!told) throw new Error("a refusal has a reason");
  const stopped = message.decision.codes.some((code) => code.startsWith("content-"));
  const extra = { findings: stopped ? findingsView(message.judged) : undefined, rewrite, message: view };
  return problem(told.code, { says: told.says, instead: told.instead, extra }, headers);
}

/** What was found, by place; never the words. `mayAcknowledge`: a named person may send the text in spite of it, with a reason. */
export const findingsView = (judged: Judged | undefined): object[] | undefined =>
  judged?.content?.findings.map(({ id, kind, from, to, severity, by, preview }) => ({
    id,
    kind,
    from,
    to,
    severity,
    by,
    preview,
    mayAcknowledge: !IDENTIFIER_KINDS.has(kind),
  }));

/** What a text costs, and what makes it dear: the letters that a phone's own alphabet lacks. */
export function costView(text: string): object {
  const { parts, encoding, forcedBy } = segments(text);
  const cents = Math.round(parts * PART_US_CENTS * 10) / 10;
  return { usCents: cents, encoding, forcedBy, partsInPlainLetters: segments(plainer(text)).parts };
}

export const decisionView = ({ at, clinic, outcome, warnings, overridden, hooks, saw, says }: Decision): object => ({
  at: iso(at),
  clinic,
  outcome,
  says,
  warnings: warnings?.map((code) => tell(code)),
  overridden,
  hooks: hooks.map((line) => ({ ...line, until: iso(line.until) })),
  saw,
});

export const messageView = (message: OutboundItem, clinic: Clinic): object => ({
  id: message.id,
  status: message.status,
  patient: message.patient,
  scenario: message.scenario,
  template: message.template,
  reference: message.reference,
  parts: message.parts,
  ground: message.ground?.kind,
  holdUntil: message.status === "held" ? iso(message.heldUntil ?? message.sendAt) : undefined,
  expiresAt: iso(message.expiresAt),
  crossed: message.crossed,
  reasons: reasons(message.why, clinic, message.scenario, message.secondLook ?? message.decision),
  decision: decisionView(message.decision),
  secondLook: message.secondLook && decisionView(message.secondLook),
  ...exceptionsView(message),
  history: message.history.map(({ status, at }) => ({ status, at: iso(at) })),
});

/** What waits for a second reader, and what was read. */
export const secondReadingView = (message: OutboundItem): object => ({
  message: message.id,
  at: iso(message.at),
  patient: message.patient,
  scenario: message.scenario,
  status: message.status,
  by: message.by,
  ...exceptionsView(message),
});

/** How a person answered for a text. */
const exceptionsView = ({ acknowledged, overridden, secondReading }: OutboundItem): object => ({
  acknowledged: acknowledged && { by: acknowledged.by, role: acknowledged.role, at: iso(acknowledged.at), findings: acknowledged.findings },
  overridden: overridden && { by: overridden.by, role: overridden.role, at: iso(overridden.at), codes: overridden.codes },
  secondReading: secondReading && {
    due: iso(secondReading.due),
    missed: secondReading.missed,
    read: secondReading.read && { ...secondReading.read, at: iso(secondReading.read.at) },
  },
});

const taskView = ({ kind, team, at, message, patient, code, about }: Task): object => ({
  kind,
  about,
  team,
  at: iso(at),
  message,
  patient,
  ...(code ? { says: CODES[code].says, instead: CODES[code].instead } : {}),
});

export const listedView = (item: Listed): object => ({
  conversation: item.conversation,
  etag: `W/"${item.rev}"`,
  state: item.state,
  number: item.last4 === "" ? undefined : `••••${item.last4}`,
  patient: item.patient,
  verify: item.verify,
  waitingSince: iso(item.waitingSince),
  dueAt: iso(item.dueAt),
  overdue: item.overdue,
  urgent: item.urgent,
  claimedBy: item.claimedBy,
  tasks: item.tasks.map(taskView),
});

export const conversationView = (conversation: ConversationItem): object => ({
  conversation: conversation.id,
  etag: etag(conversation),
  state: conversation.state,
  team: conversation.team,
  patient: conversation.patient,
  verify: conversation.verify,
  dueAt: iso(conversation.dueAt),
  urgent: conversation.urgent?.kind,
  claim: conversation.claim && { by: conversation.claim.by, until: iso(conversation.claim.until) },
  tasks: conversation.tasks.map(taskView),
});

const SURE: Readonly<Record<Claimed["sender"], string>> = {
  known: "One patient uses this number.",
  guardian: "The number's holder is guardian of its patients.",
  shared: CODES["sender-shared"].says,
  unknown: CODES["sender-unknown"].says,
};

export const claimedView = (claimed: Claimed): object => ({
  ...conversationView(claimed.conversation),
  number: claimed.number,
  sender: {
    sure: claimed.sender,
    says: SURE[claimed.sender],
    patients: claimed.patients.map((each) => ({ ...each, known: LEVEL_SAYS[each.level] })),
  },
  language: claimed.language,
  mayReply: claimed.mayReply.ok ? { ok: true } : { ok: false, ...tell(claimed.mayReply.code) },
  texts: claimed.texts.map((text) => ({
    id: text.id,
    direction: text.direction,
    at: iso(text.at),
    text: text.text,
    status: text.status,
    by: text.by,
    ...(text.empty ? { note: "The text is empty: perhaps a photo, which SMS drops." } : {}),
  })),
});

export const numberView = (number: PatientNumberItem): object => ({
  id: number.id,
  number: `••••${number.last4}`,
  kind: number.kind,
  relationship: number.relationship,
  authority: number.authority,
  review: number.review,
  ended: number.ended && { at: iso(number.ended.at), reason: number.ended.reason },
});

/** `count` is absent while the texts are still being listed. */
export const listedIncidentView = ({ id, kind, state, at, last4, count }: IncidentItem): object => ({
  id,
  kind,
  state,
  openedAt: iso(at),
  number: `••••${last4}`,
  count,
});

/** @param note of whoever closed it, where it is shown */
export const incidentView = (incident: IncidentItem, note?: string): object => ({
  ...listedIncidentView(incident),
  conversation: incident.conversation,
  cause: incident.cause,
  since: iso(incident.since),
  until: iso(incident.until),
  patients: incident.patients,
  texts: incident.texts?.map(({ at, ...text }) => ({ ...text, at: iso(at) })),
  closed: incident.closed && {
    by: incident.closed.by,
    role: incident.closed.role,
    at: iso(incident.closed.at),
    outcome: incident.closed.outcome,
    note,
  },
});

export const dueConsentsView = ({ patient, expires, review }: DueConsents): object => ({
  patient,
  expires: expires.map(({ purpose, until }) => ({ purpose, until: iso(until) })),
  review: iso(review),
});

export const noContactView = ({ patient, numbers }: NoContactFound): object => {
  const shown = ({ at, by, reason }: NoContact): object => ({ since: iso(at), by, reason });
  return { patient: patient && shown(patient), numbers: numbers.map(({ id, noContact }) => ({ id, ...shown(noContact) })) };
};

/** What the carriers' directory says of a number; nothing where it was never asked. */
export const lineView = ({ type, warnings }: Registered["line"]): object => ({
  ...(type ? { type } : {}),
  ...(warnings.length > 0 ? { warnings: warnings.map((code) => tell(code)) } : {}),
});

const sureView = ({ level, suspect, line }: Sure): object => ({
  level,
  says: suspect ? CODES["number-suspect"].says : LEVEL_SAYS[level],
  ...lineView(line),
});

export const patientView = (
  patient: PatientItem,
  numbers: readonly PatientNumberItem[],
  sure: ReadonlyMap<string, Sure>,
  now: number,
  clinic: Clinic,
): object => ({
  id: patient.id,
  team: patient.team,
  language: patient.language,
  zone: patient.zone,
  deceased: iso(patient.deceased),
  left: iso(patient.left),
  paused: iso(patient.paused?.at),
  numbers: numbers.map((each) => ({ ...numberView(each), sure: mapped(sure.get(each.id), sureView) })),
  consents: Object.fromEntries(
    Object.entries(patient.effective).map(([purpose, held]) => [
      purpose,
      {
        status: stateOf(patient.id, held, now, clinic),
        wording: held.wording,
        agreedAt: iso(held.agreedAt),
        confirmedAt: iso(held.confirmedAt),
        until: held.status === "granted" ? iso(runsOut(patient.id, held, clinic)) : undefined,
        record: held.record,
        number: numbers.find((each) => each.number === held.number)?.id,
      },
    ]),
  ),
});

/** The receipt of an erasure; nothing in it tells who the patient was. */
export const erasureView = (erasure: ErasureItem): object => ({
  id: erasure.id,
  erasure: {
    state: erasure.finished === undefined ? "erasing" : "erased",
    begun: iso(erasure.at),
    finished: iso(erasure.finished),
    by: erasure.by,
    role: erasure.role,
    reason: erasure.reason,
    basis: erasure.basis,
    retention: erasure.retentionEnded === undefined ? { none: true } : { ended: erasure.retentionEnded },
    deleted: erasure.deleted,
    kept: erasure.kept,
    remains: remains(erasure).map((each) => ({ ...each, until: iso(each.until) })),
  },
});

const mapped = <T>(value: T | undefined, view: (value: T) => object): object | undefined => (value === undefined ? undefined : view(value));

export function consentView(consent: ConsentItem, clinic: Clinic): object {
  const missing = missingOf(consent, clinic);
  return {
    id: consent.id,
    decision: consent.decision,
    purposes: consent.purposes,
    number: consent.numberId,
    wording: consent.wording,
    method: consent.method,
    agreedAt: iso(consent.agreedAt),
    recordedAt: iso(consent.recordedAt),
    evidence: consent.evidence,
    by: { id: consent.by, role: consent.role, app: consent.app },
    counted: consent.counted,
    until: iso(consent.until),
    proxy: consent.proxy,
    discussion: consent.discussion,
    complete: missing.length === 0,
    ...(missing.length > 0 ? { missing } : {}),
  };
}

export const revokedView = ({ consent, days }: Revoked): object => ({
  id: consent.id,
  purposes: consent.purposes,
  blocked: consent.numberId,
  means: consent.method,
  said: iso(consent.agreedAt),
  recordedAt: iso(consent.recordedAt),
  businessDays: days,
  dueBy: consent.dueBy,
  late: consent.late === true,
});

export const inForceView = (held: InForce): object => ({
  status: held.status,
  wording: held.wording,
  agreedAt: iso(held.agreedAt),
  confirmedAt: iso(held.confirmedAt),
  until: iso(held.until),
  record: held.record,
  inForce: held.inForce,
  ...(held.because ? { because: tell(held.because) } : {}),
});

/** Who looks at texts now; names and ids of staff, as clinic.yaml has them. */
export const factsView = ({ facts, cover }: FactsTold): object => ({
  open: cover.open,
  opensAt: iso(cover.opensAt),
  attended: cover.attended,
  attendedFrom: iso(cover.attendedFrom),
  onCall: cover.people.map(({ id, name }) => ({ id, name })),
  said: {
    closed: facts.closed && { until: iso(facts.closed.until) },
    onCall: facts.onCall && {
      ...(facts.onCall.person ? { person: facts.onCall.person } : { nobody: true }),
      until: iso(facts.onCall.until),
    },
  },
});
