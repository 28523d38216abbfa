/**
 * The closed catalogue of audit events: for each type its action, the kind of chain it stands on, the purpose of use, who
 * may have acted, and which members it has. `audit-rules.ts` holds every event to it, when it is written and when it is
 * verified; docs/audit-events.md is made of it.
 */
import { CODES, type Code } from "./codes.ts";
import { STATUSES } from "./items.ts";
import { CONTENT_KINDS, type ContentKind } from "./reading/content-kinds.ts";
import type { OptOutIntent } from "./reading/opt-out.ts";

/** CRUD + Execute, as FHIR's AuditEvent.action has it. */
export type Action = "C" | "R" | "U" | "D" | "E";
export type ChainKind = "conv" | "msg" | "num" | "pat" | "inc" | "sys" | "log";

/** Purposes of use, by HL7's value set (terminology.hl7.org/ValueSet/v3-PurposeOfUse). */
export const PURPOSES = {
  TREAT: "care: conversations and texts with patients",
  PATADMIN: "administration of patients: registration, consent",
  HOPERAT: "the clinic's operations: numbers, hours",
  HCOMPL: "compliance: incidents, second readings, erasures",
} as const;
export type Purpose = keyof typeof PURPOSES;

/** How the gateway knows who acted: see `Who`. */
export type As = "token" | "asserted" | "application" | "gateway" | "handset";
export const ACTORS = {
  person: ["token", "asserted"],
  caller: ["token", "asserted", "application"],
  gateway: ["gateway"],
  handset: ["handset"],
  "handset or gateway": ["handset", "gateway"],
  "handset or person": ["handset", "token", "asserted"],
  "handset, gateway or caller": ["handset", "gateway", "token", "asserted", "application"],
  "gateway or caller": ["gateway", "token", "asserted", "application"],
} as const satisfies Record<string, readonly As[]>;
export type Actors = keyof typeof ACTORS;

/** What an event may be about besides its chain: the kinds of `ent`. */
export const OBJECTS = [
  "message",
  "number",
  "note",
  "team",
  "scenario",
  "purpose",
  "filed",
  "from",
  "to",
  "quarantine",
  "on-call",
  "texts",
  "until",
  "checkpoint",
  "record",
  "before",
  "after",
] as const;
export type ObjectKind = (typeof OBJECTS)[number];

/** Members that are not in every event. `pat` the patient, `con` the consent record, `was` and `now` a state before and after. */
export const MEMBERS = ["pat", "con", "was", "now", "why"] as const;
export type Member = (typeof MEMBERS)[number];

/** How many of it an event has: from, to. */
export type Count = readonly [number, number];

export interface EventRule {
  readonly act: Action;
  readonly chain: ChainKind;
  readonly pou: Purpose;
  readonly who: Actors;
  readonly has: Readonly<Partial<Record<Member | ObjectKind, Count>>>;
  /** FHIR outcomes that it can have. */
  readonly out: readonly (0 | 4 | 8)[];
}

const COUNTS: Readonly<Record<string, Count>> = { "": [1, 1], "?": [0, 1], "*": [0, 99], "+": [1, 99] };

/**
 * @param has members and kinds of objects, each with how many: `pat` exactly one, `pat?` at most one, `why*` any number,
 * `why+` at least one; what is not named is forbidden
 */
function type(act: Action, chain: ChainKind, pou: Purpose, who: Actors, has: string, out: EventRule["out"] = [0]): EventRule {
  const counts = has.split(" ").flatMap((each) => {
    const [, name = "", many = ""] = /^([a-z-]+)([?*+]?)$/.exec(each) ?? [];
    return name === "" ? [] : [[name, COUNTS[many]]];
  });
  return { act, chain, pou, who, has: Object.fromEntries(counts), out };
}

/** A move of a message: what `outbound.ts` says of each. */
const MOVE = "was now pat? con?";
const ANYONE = "handset, gateway or caller";

/** A test proves that each type has an emitter. */
export const EVENT_TYPES = {
  "text.received": type("C", "conv", "TREAT", "handset", "was now message team pat? why*"),
  "text.quarantined": type("C", "conv", "TREAT", "gateway", "quarantine+", [4]),
  "conversation.claimed": type("U", "conv", "TREAT", "person", "was now pat?"),
  "content.viewed": type("R", "conv", "TREAT", "person", "pat? number? from? to?"),
  "conversation.released": type("U", "conv", "TREAT", "person", "was now pat?"),
  "conversation.lapsed": type("U", "conv", "TREAT", "gateway", "team pat?"),
  "conversation.moved": type("U", "conv", "TREAT", "person", "was now note? pat?"),
  "conversation.escalated": type("U", "conv", "TREAT", "gateway", "team pat?"),
  "conversation.overdue": type("U", "conv", "TREAT", "gateway", "team pat?"),
  "conversation.paged": type("E", "conv", "TREAT", "gateway", "why on-call+ pat?"),
  "conversation.linked": type("U", "conv", "TREAT", "person", "pat number why+"),
  "conversation.replied": type("U", "conv", "TREAT", "person", "message pat?"),
  "conversation.resolved": type("U", "conv", "TREAT", "person", "was now why+ filed* note? pat?"),
  "task.opened": type("U", "conv", "TREAT", ANYONE, "why+ message? was? now? pat?"),
  "task.closed": type("U", "conv", "TREAT", "person", "why+ pat?"),
  "message.accepted": type("C", "msg", "TREAT", ANYONE, "now why* pat? con? scenario?"),
  "message.held": type("C", "msg", "TREAT", ANYONE, "now why* pat? con? scenario?"),
  "message.refused": type("C", "msg", "TREAT", ANYONE, "now was? why+ pat? con? scenario?", [4]),
  "message.acknowledged": type("U", "msg", "TREAT", "person", "why+ note pat?"),
  "message.overridden": type("U", "msg", "TREAT", "person", "why+ note pat?"),
  "message.second-read": type("R", "msg", "HCOMPL", "person", "why+ pat?"),
  "message.second-reading-missed": type("U", "msg", "HCOMPL", "gateway", "pat?", [4]),
  "message.postponed": type("U", "msg", "TREAT", "gateway", MOVE),
  "message.released": type("U", "msg", "TREAT", ANYONE, MOVE),
  "message.claimed": type("E", "msg", "TREAT", "gateway", MOVE),
  "message.sent": type("U", "msg", "TREAT", "gateway", MOVE),
  "message.returned": type("U", "msg", "TREAT", "gateway", `${MOVE} why`, [4]),
  "message.unknown": type("U", "msg", "TREAT", "gateway", `${MOVE} why`, [8]),
  "message.unsettled": type("U", "msg", "TREAT", "gateway", "now why pat?", [8]),
  "message.failed": type("U", "msg", "TREAT", "gateway", `${MOVE} why`, [4]),
  "message.expired": type("U", "msg", "TREAT", "gateway", `${MOVE} why+`, [4]),
  "message.cancelled": type("U", "msg", "TREAT", "gateway or caller", `${MOVE} why`),
  "message.delivered": type("U", "msg", "TREAT", "gateway", MOVE),
  "message.undelivered": type("U", "msg", "TREAT", "gateway", `${MOVE} why`, [4]),
  "message.crossed": type("U", "msg", "TREAT", "gateway", "why number pat?"),
  "number.added": type("C", "num", "HOPERAT", ANYONE, "now"),
  "number.linked": type("U", "num", "HOPERAT", "person", "pat why"),
  "number.unlinked": type("U", "num", "HOPERAT", "person", "pat why"),
  "number.opted-out": type("U", "num", "HOPERAT", ANYONE, "was now why"),
  "number.start-asked": type("U", "num", "HOPERAT", "handset", "was now"),
  "number.opened": type("U", "num", "HOPERAT", "handset or gateway", "was now"),
  "number.undone": type("U", "num", "HOPERAT", "person", "was now why"),
  "number.start-refused": type("U", "num", "HOPERAT", "gateway", "why", [0, 4]),
  "number.listed": type("U", "num", "HOPERAT", "gateway", "now"),
  "number.list-lost": type("U", "num", "HOPERAT", "gateway", "", [4]),
  "number.question-asked": type("U", "num", "HOPERAT", "person", "pat con why"),
  "number.question-answered": type("U", "num", "HOPERAT", "handset", "now why"),
  "number.paused": type("U", "num", "HOPERAT", "handset", "why"),
  "number.pause-decided": type("U", "num", "HOPERAT", "person", "message why+"),
  "number.reverify-asked": type("U", "num", "HOPERAT", "handset", "why"),
  "number.looked-up": type("U", "num", "HOPERAT", "caller", "why+"),
  "number.lookup-failed": type("U", "num", "HOPERAT", "caller", "why", [4]),
  "number.bounced": type("U", "num", "HOPERAT", "gateway", "why"),
  "clinic.closed": type("U", "sys", "HOPERAT", "person", "now until?"),
  "clinic.on-call": type("U", "sys", "HOPERAT", "person", "now on-call? until?"),
  "patient.registered": type("C", "pat", "PATADMIN", "caller", "pat"),
  "patient.changed": type("U", "pat", "PATADMIN", "person", "pat why*"),
  "patient.viewed": type("R", "pat", "PATADMIN", "person", "pat why?"),
  "patient.number-added": type("U", "pat", "PATADMIN", "person", "pat number why+"),
  "patient.number-ended": type("U", "pat", "PATADMIN", "person", "pat number why"),
  "patient.number-wrong": type("U", "pat", "PATADMIN", "handset or person", "pat number"),
  "patient.paused": type("U", "pat", "PATADMIN", ANYONE, "pat number"),
  "patient.no-contact": type("U", "pat", "PATADMIN", "person", "pat why"),
  "patient.contact-allowed": type("U", "pat", "PATADMIN", "person", "pat why"),
  "number.no-contact": type("U", "num", "HOPERAT", "person", "pat why"),
  "number.contact-allowed": type("U", "num", "HOPERAT", "person", "pat why"),
  "message.rehearsed": type("R", "pat", "TREAT", "caller", "pat why*", [0, 4]),
  "patient.erasure-begun": type("U", "pat", "HCOMPL", "person", "pat why"),
  "patient.erasing": type("D", "pat", "HCOMPL", "gateway", "pat texts"),
  "patient.erased": type("D", "pat", "HCOMPL", "gateway", "pat why until"),
  "conversation.erased": type("D", "conv", "HCOMPL", "gateway", "pat texts"),
  "message.erased": type("D", "msg", "HCOMPL", "gateway", "pat was"),
  "number.erased": type("D", "num", "HCOMPL", "gateway", "pat"),
  "consent.asked": type("C", "pat", "PATADMIN", "person", "pat con purpose+"),
  "consent.granted": type("C", "pat", "PATADMIN", "person", "pat con purpose+"),
  "consent.confirmed": type("C", "pat", "PATADMIN", "handset", "pat con purpose+"),
  "consent.denied": type("C", "pat", "PATADMIN", "handset", "pat con purpose+"),
  "consent.declined": type("C", "pat", "PATADMIN", "person", "pat con purpose+"),
  "consent.withdrawn": type("C", "pat", "PATADMIN", "person", "pat con purpose+"),
  "consent.not-counted": type("C", "pat", "PATADMIN", "person", "pat con purpose+ why"),
  "consent.restored": type("U", "pat", "PATADMIN", "handset", "pat con purpose+"),
  "consent.revoked": type("C", "pat", "PATADMIN", "person", "pat con purpose+ why+", [0, 4]),
  "consent.lapsed": type("U", "pat", "PATADMIN", "gateway", "pat purpose* why+"),
  "consent.viewed": type("R", "pat", "PATADMIN", "person", "pat"),
  "incident.opened": type("C", "inc", "HCOMPL", "handset or person", "now number message why"),
  "incident.listed": type("U", "inc", "HCOMPL", ANYONE, "texts"),
  "incident.viewed": type("R", "inc", "HCOMPL", "person", ""),
  "incident.closed": type("U", "inc", "HCOMPL", "person", "was now why"),
  "sys.canary": type("E", "sys", "HOPERAT", "gateway", ""),
  "log.opened": type("C", "log", "HOPERAT", "gateway", "checkpoint?"),
  "log.closed": type("U", "log", "HOPERAT", "gateway", "checkpoint"),
  "audit.tamper": type("E", "log", "HCOMPL", "gateway", "why record before? after?", [8]),
  "audit.malformed": type("E", "log", "HCOMPL", "gateway", "why record before? after?", [8]),
} as const satisfies Record<string, EventRule>;
export type EventType = keyof typeof EVENT_TYPES;

/** Reasons of events beside the table of codes; nothing in them comes from a text. */
const REASONS = [
  // how the gateway knew who acted
  "token",
  "asserted",
  "application",
  "gateway",
  "handset",
  // how staff know whose phone it is, and what it is to the patient
  "called-back",
  "at-the-desk",
  "two-identifiers-by-voice",
  "known-to-staff",
  "self",
  "guardian",
  "caregiver",
  "shared",
  // why a number is the patient's no more
  "changed",
  "wrong",
  "reassigned",
  "deceased",
  // how a conversation ended
  "answered",
  "phoned",
  "handed-on",
  "none-needed",
  "not-filed-spam",
  "not-filed-wrong-number",
  "not-filed-not-a-patient",
  "not-filed-service-word",
  // what a person decided of an opt-out, and by what
  "not",
  "decided",
  "the-text",
  "spoke-by-phone",
  "spoke-in-person",
  "carrier-list",
  // by what means a consent was taken back
  "phone",
  "desk",
  "email",
  "letter",
  "voicemail",
  "other",
  "by-phone",
  "by-desk",
  "by-email",
  "by-letter",
  "by-voicemail",
  "by-other",
  // what a question was about
  "consent",
  "start",
  // what was changed of a patient, or looked at
  "language",
  "team",
  "zone",
  "left",
  "paused",
  "identifier",
  "no-contact",
  "patient-asked",
  "safety",
  "legal",
  "set-by-mistake",
  "no-longer-needed",
  // why a patient was erased, and what that ended
  "retention-over",
  "ordered",
  "registered-by-mistake",
  "erased",
  // what a second person read
  "acknowledged",
  "overridden",
  // what a look-up says of a line
  "mobile",
  "landline",
  "voip",
  "invalid",
  // how an incident ended
  "nothing-disclosed",
  "no-notice-needed",
  "notified",
  "false-alarm",
  // what is wrong with a record of the audit table
  "modify",
  "remove",
  "kind",
  "attributes",
  "size",
  "hash",
  "form",
  "key",
  // tasks whose names are no codes
  "start-blocked",
  "asked-help",
  "phone-instead",
  "question-unclear",
  "quarantined",
  "answered-no",
  "consent-expired",
  "proxy-review",
  "new-number",
  "look-closer",
] as const;

/**
 * Why something happened. `word-` names the keyword or the rule that understood a text, `intent-` what else the text may
 * mean: both from closed lists of ours, never the sender's words. A kind of content says what somebody answered for.
 */
export type Why =
  | Code
  | ContentKind
  | (typeof REASONS)[number]
  | `word-${string}`
  | `intent-${OptOutIntent}`
  | `after-${number}-business-days`;

const WHYS: ReadonlySet<string> = new Set([...Object.keys(CODES), ...CONTENT_KINDS, ...REASONS]);
const WHY_FORMS = /^(?:word-[a-z]{1,20}(?:-[a-z]{1,20}){0,4}|intent-[a-z]{1,20}(?:-[a-z]{1,20})?|after-\d{1,5}-business-days)$/;
export const isWhy = (text: string): boolean => WHYS.has(text) || WHY_FORMS.test(text);

/** States that `was` and `now` name; a conversation that moves names teams instead. */
export const STATES: ReadonlySet<string> = new Set([
  ...STATUSES,
  "idle",
  "waiting",
  "claimed",
  "open",
  "stopped",
  "listed",
  "yes",
  "no",
  "draft",
  "closed",
  "named",
  "nobody",
  "as-written",
]);
