/**
 * Every reason the gateway gives, once: the HTTP face, decision records, audit events and docs all read this table.
 * A code is stable for ever; a sentence is for the person who reads it at the desk, and never says whether a number
 * is known or who else uses it.
 */
interface Reason {
  /** HTTP status, where the reason ends a request. State refusals are 422: the caller is authorised, the state says no. */
  readonly status: number;
  readonly says: string;
  readonly instead: string;
  readonly who: string;
}

const reason = (status: number, says: string, instead: string, who: string): Reason => ({ status, says, instead, who });

const CALLER = "the calling application";
const STAFF = "front-desk staff";
const PATIENT = "the patient";
const CLINIC = "the clinic, in clinic/";
const IT = "clinic IT";

type Table = Readonly<Record<string, Reason>>;

/** What ends a request before the gate is asked. */
const BEFORE = {
  // The request
  "invalid-request": reason(400, "The request is not in the form this call takes.", "Correct the members named in errors.", CALLER),
  "invalid-json": reason(400, "The body is not valid JSON.", "Send one JSON object, encoded as UTF-8.", CALLER),
  "idempotency-key-missing": reason(400, "The Idempotency-Key header is missing.", "Send a key of your own, new for each text.", CALLER),
  "forbidden-scope": reason(403, "The token does not carry the scope for this call.", "Ask for the scope named in detail.", IT),
  "not-found": reason(404, "There is no such thing here.", "Check the identifier.", CALLER),
  "method-not-allowed": reason(405, "This path does not take this method.", "See the route list in docs/integrating.md.", CALLER),
  "unsupported-media-type": reason(415, "The body must be application/json.", "Set Content-Type: application/json.", CALLER),
  "body-too-large": reason(413, "The body is larger than this call takes.", "Send less than 64 kB.", CALLER),
  "idempotency-mismatch": reason(422, "This Idempotency-Key was used for a different request.", "Use a new key for a new text.", CALLER),
  "reference-in-use": reason(
    409,
    "A text with this reference was already accepted.",
    "Read it by its reference, or use a new one.",
    CALLER,
  ),
  "role-not-allowed": reason(403, "Your role may not do this.", "Ask the privacy officer.", CLINIC),
  "acting-user-missing": reason(
    422,
    "This call must name the person who acts.",
    "Send Acting-User: their-id; role=their-role, or use the person's own token.",
    CALLER,
  ),
  "if-match-missing": reason(428, "This call needs If-Match with the revision you saw.", "Send the ETag you were given.", CALLER),
  "version-conflict": reason(412, "Something arrived or changed since you looked.", "Read it again and decide again.", STAFF),
  busy: reason(503, "Too many changes at once; nothing was done.", "Try again in a moment with the same Idempotency-Key.", CALLER),
  "internal-error": reason(500, "Something failed on our side.", "Try again with the same Idempotency-Key.", IT),

  // The care-team queue
  "team-unknown": reason(404, "There is no such care team.", "See clinic/care-teams.yaml.", CLINIC),
  "queue-empty": reason(404, "Nothing waits in this queue.", "Look again later.", STAFF),
  "claimed-by-other": reason(409, "Somebody else is answering this conversation.", "Ask them to release it.", STAFF),
  "not-claimed": reason(409, "You have not claimed this conversation.", "Claim it first.", STAFF),
  "decision-needed": reason(
    422,
    "A text in this conversation may ask for no more texts, and nobody has decided yet.",
    "Decide: POST .../decide-opt-out.",
    STAFF,
  ),
  "nothing-to-decide": reason(409, "No text to this number waits for a decision.", "Read the conversation again.", STAFF),
  "filing-needed": reason(422, "Say where the texts were filed, or why not.", "Send filed, or notFiled with a note.", STAFF),
  "link-needed": reason(422, "The sender is not linked to that patient.", "Link the sender first, or choose notFiled.", STAFF),
} as const satisfies Table;

/** What the gate refuses a text with. Each is met by a flow: tests/flows/refusals.test.ts. */
export const REFUSALS = {
  "hook-failed": reason(422, "A rule of the gate failed; nothing leaves unjudged.", "Phone instead; clinic IT has been told.", IT),
  "clinic-rule": reason(422, "A rule of the clinic's own says no.", "Phone instead.", CLINIC),
  "scenario-unknown": reason(422, "There is no such scenario.", "Choose one from clinic/scenarios.yaml.", CLINIC),
  "scenario-refused": reason(422, "The clinic has decided not to text about this.", "Do what the scenario says instead.", CLINIC),
  "scenario-review-overdue": reason(
    422,
    "The clinic has not looked at this scenario again in time.",
    "Ask the privacy officer; nothing leaves under it until it was reviewed.",
    CLINIC,
  ),
  "template-unknown": reason(422, "The scenario has no such template.", "Choose one of the scenario's templates.", CLINIC),
  "template-params": reason(
    422,
    "The template's parameters are missing or not of their type.",
    "Send each parameter as the template names it.",
    CALLER,
  ),
  "free-text-refused": reason(422, "This scenario takes a template only.", "Choose one of the scenario's templates.", CLINIC),
  "consent-missing": reason(422, "The patient has not agreed to texts for this purpose.", "Phone; ask for consent when you speak.", STAFF),
  "consent-asked": reason(422, "The patient was asked and has not answered yet.", "Phone; ask again when you speak.", STAFF),
  "consent-declined": reason(422, "The patient has declined texts for this purpose.", "Phone instead.", PATIENT),
  "consent-withdrawn": reason(422, "The patient has withdrawn consent for this purpose.", "Phone instead.", PATIENT),
  "consent-not-in-force": reason(422, "The consent was given before the number's last STOP.", "Phone; ask again when you speak.", STAFF),
  "consent-expired": reason(422, "The consent is too old and must be asked for again.", "Phone; ask again when you speak.", STAFF),
  "proxy-review-due": reason(
    422,
    "The authority of the guardian or caregiver on this phone must be looked at again first.",
    "Phone; look at the authority and record its next review.",
    STAFF,
  ),
  "consent-wording": reason(
    422,
    "The wording the patient agreed to is not in force any more, or does not cover this purpose.",
    "Phone; ask again, on the present wording.",
    STAFF,
  ),
  "opted-out": reason(422, "The number has opted out.", "Phone instead. Only the handset lifts it, by START.", PATIENT),
  "opt-out-suspected": reason(
    422,
    "A text from this number may ask for no more texts; nothing leaves until somebody has decided.",
    "Read it and decide; phone what cannot wait.",
    STAFF,
  ),
  "blocked-at-carrier": reason(422, "The carrier's list still blocks the number.", "Phone instead until the date shown.", PATIENT),
  "patient-paused": reason(422, "Texts to this patient are paused since a STOP.", "Phone, ask, and record what was said.", STAFF),
  "patient-deceased": reason(422, "Texts to this patient have ended.", "Do not text.", STAFF),
  "patient-left": reason(422, "The patient has left the clinic.", "Do not text.", STAFF),
  "number-missing": reason(422, "The patient has no number that may be used.", "See in the chart how to reach the patient.", STAFF),
  "number-several": reason(
    422,
    "The patient has more than one mobile number, and has agreed to texts on none.",
    "Phone; ask which one, and record the consent for it.",
    STAFF,
  ),
  "number-kind": reason(422, "Only a mobile number is texted.", "Phone instead.", STAFF),
  "number-suspect": reason(
    422,
    "It is in doubt whose phone this is.",
    "Phone another way; make sure of the number before anything is texted.",
    STAFF,
  ),
  "number-level": reason(
    422,
    "It is not certain enough whose phone this is for a text of this kind.",
    "Phone; confirm the number with the patient.",
    STAFF,
  ),
  "number-shared": reason(
    422,
    "Other people read this phone, and this wording is not neutral.",
    "Phone, or use a neutral template.",
    STAFF,
  ),
  "stage-trial": reason(422, "The gateway is on trial and this number is not on the trial list.", "Phone instead.", CLINIC),
  "text-empty": reason(422, "The text is empty.", "Write something.", STAFF),
  "text-too-long": reason(422, "The text needs more parts than the clinic allows.", "Shorten it; plain letters need fewer parts.", STAFF),
  "text-control-characters": reason(422, "The text holds characters a phone cannot show.", "Remove control characters.", CALLER),
  "content-identifier": reason(
    422,
    "The text holds an identifier's value, such as a health number or a birth date; it is never texted.",
    "Take it out; say it by phone or at the desk.",
    STAFF,
  ),
  "content-asks-identifier": reason(
    422,
    "The text asks for an identifier; a text is no place to send one.",
    "Phone and verify by voice, or at the desk.",
    STAFF,
  ),
  "content-sensitive": reason(
    422,
    "The text would disclose something sensitive to whoever reads the phone.",
    "Phone instead, or send the safe wording that comes with this answer.",
    STAFF,
  ),
  "content-clinical": reason(
    422,
    "The text is clinical; texts are for arranging care, not for giving it.",
    "Phone instead, or send the safe wording that comes with this answer.",
    STAFF,
  ),
  "content-link": reason(422, "The text holds a shortened link, which nobody can trust.", "Write the clinic's own address in full.", STAFF),
  "content-doubtful": reason(
    422,
    "The text may be clinical or sensitive; a person must say that it is not.",
    "Phone instead, send the safe wording, or acknowledge the findings with a reason.",
    STAFF,
  ),
  "content-preview": reason(
    422,
    "The first 40 characters, which a locked phone shows, would disclose something.",
    "Phone instead, or begin with something neutral.",
    STAFF,
  ),
  "content-not-read": reason(422, "The text was not read for what it would disclose.", "Phone instead, or send it again.", IT),
  "limit-characters": reason(422, "The text is longer than the law's pack allows.", "Shorten it, or phone instead.", STAFF),
  "limit-day": reason(
    422,
    "The number has had as many texts today as the law's pack allows.",
    "Phone instead, or send it tomorrow.",
    STAFF,
  ),
  "limit-week": reason(
    422,
    "The number has had as many texts in seven days as the law's pack allows.",
    "Phone instead, or send it later in the week.",
    STAFF,
  ),
  "expires-while-held": reason(
    422,
    "Texts may not arrive at this hour, and the text would be stale when they may again.",
    "Phone instead in the clinic's hours.",
    STAFF,
  ),
  "commercial-form": reason(
    422,
    "A text that promotes something must name the clinic and say how to stop (Canada's anti-spam law, section 6).",
    "Add the clinic's name and: reply STOP for no more texts.",
    STAFF,
  ),
  "commercial-consent": reason(
    422,
    "A text that promotes something needs the patient's own agreement; no judgement takes its place.",
    "Ask for consent when you speak.",
    PATIENT,
  ),
  "override-not-allowed": reason(
    422,
    "This role may not let a text pass the gate's rules.",
    "Ask one of the roles that clinic.yaml names under overrideRoles.",
    CLINIC,
  ),
  "reply-too-late": reason(
    422,
    "The patient's last text is more than 72 hours old.",
    "Phone, or send under a scenario they agreed to.",
    STAFF,
  ),
  "reply-not-linked": reason(
    422,
    "The sender is not linked to a patient yet.",
    "Link the sender first, or send the fixed wording call-us.",
    STAFF,
  ),
  "no-number-here": reason(422, "This item came without a number.", "Handle it by hand.", STAFF),
  expired: reason(422, "The text would arrive too late to be of use.", "Phone instead.", STAFF),
  "confirmation-sent": reason(422, "This opt-out was already confirmed.", "Nothing.", STAFF),
} as const satisfies Table;

/** What the gate holds a text with, or has to say of one that may leave. */
export const MARKS = {
  "outside-hours": reason(200, "Texts may not arrive at this hour; it waits.", "Nothing; phone if it cannot wait.", STAFF),
  "for-later": reason(200, "The text was asked for at a later time.", "Nothing.", CALLER),
  "clinic-note": reason(200, "A rule of the clinic's own has something to say.", "Read it.", CLINIC),
  "many-today": reason(200, "This number has had many texts today.", "Ask yourself whether one more is needed.", STAFF),
  "line-invalid": reason(200, "The carriers' directory knows no such number.", "Read the number back to the patient.", STAFF),
  "line-landline": reason(
    200,
    "The carriers' directory says that this is a landline: texts may be read aloud to whoever answers, or never arrive.",
    "Ask the patient for a mobile number.",
    STAFF,
  ),
  "line-voip": reason(
    200,
    "The carriers' directory says that this is an internet number: it can be read on many devices, and changes hands easily.",
    "Ask the patient who else reads it.",
    STAFF,
  ),
  "carrier-changed": reason(
    200,
    "The number has gone to another carrier since it was last looked up: it may have another holder.",
    "Make sure of the number with the patient, and record how.",
    STAFF,
  ),
} as const satisfies Table;

/** What comes after the gate, and what it has no part in. */
const BESIDE = {
  // What became of a text
  "cancelled-by-caller": reason(409, "The text was cancelled.", "Nothing.", CALLER),
  "cancelled-opt-out": reason(409, "The number opted out before the text left.", "Phone instead.", PATIENT),
  "cancelled-wrong-number": reason(409, "The phone's holder said that it is the wrong number.", "Ask the patient for their number.", STAFF),
  "cancelled-patient": reason(409, "The patient died, left or was erased before the text left.", "Do not text.", STAFF),
  "too-late-to-cancel": reason(409, "The text has already gone, or ended.", "Read its status.", CALLER),
  "carrier-refused": reason(422, "The carrier refused the text.", "Phone instead.", IT),
  "carrier-opted-out": reason(422, "The carrier's list says the number opted out.", "Phone instead.", PATIENT),
  "carrier-invalid": reason(422, "The carrier says the number cannot be texted.", "Ask for a mobile number.", STAFF),
  "carrier-blocked": reason(422, "The carrier blocked the text.", "Phone instead; tell clinic IT.", IT),
  "carrier-unreachable": reason(422, "The phone could not be reached.", "Phone instead.", STAFF),
  "account-limit": reason(422, "The AWS account cannot send now (spend limit, sandbox or throttling).", "Clinic IT: see the runbook.", IT),
  "no-answer": reason(422, "The carrier did not say whether it took the text.", "Ask the patient by phone; do not send it again.", STAFF),
  "claim-too-old": reason(422, "The text was not handed over within two seconds of its claim.", "Nothing; it is tried again.", IT),

  // Numbers, patients and consent
  "wording-unknown": reason(422, "There is no such consent wording, or it is not approved.", "Use one from clinic/wordings/.", CLINIC),
  "purpose-not-in-wording": reason(422, "The wording does not cover this purpose.", "Use a wording that names the purpose.", CLINIC),
  "number-ended": reason(422, "The number is no longer this patient's.", "Ask for the current number.", STAFF),
  "number-not-allowed": reason(422, "The clinic does not text numbers of this country.", "Phone instead.", CLINIC),
  "service-limit": reason(422, "Three service texts went to this number today.", "Nothing; a person looks.", STAFF),
  "identifier-conflict": reason(409, "The identifiers belong to different patients.", "Correct them in the EMR.", STAFF),
  "number-invalid": reason(422, "The number is not in E.164 form.", "Write +, country code and number, no spaces.", CALLER),
  "agreed-before-withdrawal": reason(
    200,
    "Agreed before a later refusal, withdrawal or STOP: it changes nothing.",
    "Ask again when you speak.",
    STAFF,
  ),
  "agreed-in-future": reason(422, "The agreement is dated in the future.", "Send when the conversation took place.", CALLER),
  "stop-came": reason(409, "A STOP came while this was recorded.", "Ask the patient again.", STAFF),
  "question-open": reason(
    409,
    "A question to this phone has not been answered yet.",
    "Wait for the answer; a question lives 24 hours.",
    STAFF,
  ),
  "undo-not-possible": reason(
    409,
    "Only CANCEL or END can be undone, within 7 days, by a person who spoke with the patient.",
    "The patient texts START.",
    PATIENT,
  ),

  // Second readings
  "second-reader-role": reason(
    403,
    "A second reading takes one of the clinic's second readers.",
    "Ask a role of secondReaderRoles.",
    CLINIC,
  ),
  "second-reader-self": reason(403, "Whoever decided to send a text is not its second reader.", "Ask another second reader.", STAFF),
  // Erasures
  "erasure-owed": reason(409, "Something is still to be done for this patient.", "Do what errors names; then ask again.", STAFF),
  "retention-runs": reason(422, "The law wants the record kept until that day.", "Ask again when it is over.", STAFF),
  // Incidents
  "incident-closed": reason(409, "Somebody has closed this incident.", "Read what came of it.", STAFF),
  "incident-not-listed": reason(
    409,
    "The texts that this incident is about are still being listed.",
    "Read it in a minute, and decide then.",
    STAFF,
  ),

  // What staff say of today
  "facts-until": reason(
    422,
    "What is said by a call ends within 14 days, and not in the past.",
    "Send an end that is ahead; a longer change is written into clinic/.",
    CALLER,
  ),
  "on-call-unknown": reason(
    422,
    "Nobody of this id is on the clinic's on-call list.",
    "Name somebody of clinic/clinic.yaml: only they can be paged.",
    CLINIC,
  ),

  // Marks for staff
  "revocation-late": reason(
    200,
    "What the patient took back was recorded later than the rules allow.",
    "Find out how it lay so long, and tell the privacy officer.",
    STAFF,
  ),
  "rule-failed": reason(200, "A rule failed on this text; it was stored without it.", "Read it and decide yourself.", IT),
  "wrong-number": reason(
    200,
    "The phone's holder says that it is the wrong number: it is ended for its patients, and an incident is open.",
    "Ask each patient for their number; give the incident to the privacy officer.",
    STAFF,
  ),
  "wrong-number-suspected": reason(
    200,
    "The sender may be saying that this is the wrong number.",
    "Find out whose phone it is before anything else is said; decide wrong-number if it is.",
    STAFF,
  ),
  "deceased-suspected": reason(
    200,
    "The sender may be saying that the patient has died.",
    "Phone, kindly; if it is so, record it on the patient.",
    STAFF,
  ),
  "left-suspected": reason(
    200,
    "The sender may be saying that the patient goes elsewhere now.",
    "Phone and ask; record it on the patient.",
    STAFF,
  ),
  "channel-asked": reason(
    200,
    "The sender may prefer another way than texts.",
    "Ask which; if it is instead of texts, decide opted-out.",
    STAFF,
  ),
  "new-number-given": reason(
    200,
    "The sender says that another number is to be used.",
    "Phone, verify two identifiers by voice, register the new number and end this one. Do not copy a number out of a text.",
    STAFF,
  ),
  "start-suspected": reason(200, "The sender may want our texts again.", "Ask them to text START; nothing else lifts a block.", STAFF),
  "lookup-failed": reason(200, "The number could not be looked up; nothing follows from that.", "Nothing.", STAFF),
  "sender-unknown": reason(200, "Nobody is linked to this sender.", "Find out who it is: call back, or ask at the desk.", STAFF),
  "sender-shared": reason(200, "More than one patient uses this phone.", "Verify who writes by voice before you answer.", STAFF),
  emergency: reason(200, "The text may be of an emergency; an answer that names 911 goes back.", "Read it now, and phone.", STAFF),
  "emergency-phone": reason(
    200,
    "The text may be of an emergency, and no answer can go back to this number.",
    "Read it now, and phone: nobody else has told them to call 911.",
    STAFF,
  ),
  "emergency-silent": reason(
    200,
    "The text may be of violence; nothing was answered, because somebody else may read the phone.",
    "Read it now; do not text. Phone as the clinic's procedure for this says.",
    STAFF,
  ),
  "not-judged": reason(
    200,
    "Nobody has judged whether this text is of an emergency: it is in another language, or the reader failed.",
    "Read it as soon as an emergency, with an interpreter where you need one.",
    STAFF,
  ),
  crossed: reason(200, "The text was handed over while the STOP arrived.", "Apologise if asked; nothing else leaves.", STAFF),
} as const satisfies Table;

export const CODES = { ...BEFORE, ...REFUSALS, ...MARKS, ...BESIDE } as const;

export type Code = keyof typeof CODES;
export type RefusalCode = keyof typeof REFUSALS;
/** A pause of the number holds a text of the clinic's own, and refuses a reply. */
export type MarkCode = keyof typeof MARKS | "opt-out-suspected";

/** A reason on its own: what the API, a decision or a refused message shows of a code. */
export interface Told {
  readonly code: Code;
  readonly says: string;
  readonly instead: string;
  readonly who: string;
}

/** Spells a code out. `instead` may come from the clinic's own scenario, which knows better. */
export function tell(code: Code, instead?: string): Told {
  const { says, instead: usual, who } = CODES[code];
  return { code, says, instead: instead ?? usual, who };
}

/** The one error the core throws for an expected end of a request; its message is its code, never data. */
export class Refusal extends Error {
  readonly code: Code;
  readonly pointers: readonly { pointer: string; detail: string }[];
  readonly instead: string | undefined;
  constructor(code: Code, more: { pointers?: readonly { pointer: string; detail: string }[]; instead?: string } = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.pointers = more.pointers ?? [];
    this.instead = more.instead;
  }
}
