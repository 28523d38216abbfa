/** What callers see of the records: ISO times, no bodies, no numbers, no keys. */

import type { Clinic } from "../../core/clinic.ts";
import { CODES, type Code, type Told, tell } from "../../core/codes.ts";
import type { InForce } from "../../core/consent-history.ts";
import { missingOf } from "../../core/consent-note.ts";
import { etag } from "../../core/conversation.ts";
import type { ConsentItem, ConversationItem, OutboundItem, PatientItem, PatientNumberItem, Task } from "../../core/items.ts";
import type { Claimed } from "../../core/verbs/claim-conversation.ts";
import type { Listed } from "../../core/verbs/list-queue.ts";

export const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

/** A reason; where the patient's state is the cause, the clinic's own scenario knows best what to do instead. */
export function reason(code: Code, clinic: Clinic, scenario: string | undefined): Told {
  const written = clinic.scenarios.find((each) => each.id === scenario)?.instead;
  const theirs = CODES[code].status === 422 && (CODES[code].instead.startsWith("Phone") || code === "scenario-refused");
  return tell(code, theirs ? written : undefined);
}

export const messageView = (message: OutboundItem, clinic: Clinic): object => ({
  id: message.id,
  status: message.status,
  patient: message.patient,
  scenario: message.scenario,
  template: message.template,
  reference: message.reference,
  parts: message.parts,
  ground: message.ground?.kind,
  holdUntil: message.status === "held" ? iso(message.sendAt) : undefined,
  expiresAt: iso(message.expiresAt),
  crossed: message.crossed,
  reasons: message.why.map((code) => reason(code, clinic, message.scenario)),
  decision: {
    at: iso(message.decision.at),
    clinic: message.decision.clinic,
    outcome: message.decision.outcome,
    hooks: message.decision.hooks,
  },
  history: message.history.map(({ status, at }) => ({ status, at: iso(at) })),
});

const taskView = ({ kind, team, at, message, code }: Task): object => ({
  kind,
  team,
  at: iso(at),
  message,
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
  sender: { sure: claimed.sender, says: SURE[claimed.sender], patients: claimed.patients },
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

export const patientView = (patient: PatientItem, numbers: readonly PatientNumberItem[]): object => ({
  id: patient.id,
  team: patient.team,
  language: patient.language,
  deceased: iso(patient.deceased),
  left: iso(patient.left),
  paused: iso(patient.paused?.at),
  numbers: numbers.map(numberView),
  consents: Object.fromEntries(
    Object.entries(patient.effective).map(([purpose, { status, wording, agreedAt, record, number }]) => [
      purpose,
      { status, wording, agreedAt: iso(agreedAt), record, number: numbers.find((each) => each.number === number)?.id },
    ]),
  ),
});

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
