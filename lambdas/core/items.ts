/**
 * What the state table holds, and the only place where its keys are built. An item with `aseq` and `ahash` has a chain
 * of audit events; the two name the chain's head and lock the item (adapters never touch them).
 */

import type { EmergencyKind, Language, ReplyId } from "./clinic.ts";
import type { Code } from "./codes.ts";
import type { Decision } from "./decision.ts";
import { sha256 } from "./digest.ts";
import type { Judged } from "./judged.ts";
import type { OptOutIntent } from "./reading/opt-out.ts";
import type { Key } from "./store.ts";
import { base32, ulid } from "./ulid.ts";

export interface Chained {
  /** Sequence of the chain's last event. */
  aseq: number;
  /** Its leaf hash. */
  ahash: Uint8Array;
}

/** What a commit still owes: `sweep` does it when `da` (ms) has passed. */
export interface Owing {
  d?: string;
  da?: number;
}

export interface NumberItem extends Key, Chained, Owing {
  id: string;
  /** Sealed. Absent where the patient whose number it was has been erased, and nobody has used it since. */
  e164?: Uint8Array;
  last4: string;
  /** False: not something a text can be sent to (a short code, our own number, a sender name). */
  dialable: boolean;
  /** On the trial list when last seen. */
  trial: boolean;
  kind: "mobile" | "home" | "work" | "unknown";
  conv: string;
  state: "open" | "stopped";
  /** Grows with every STOP: what was agreed under an older one is no longer in force. */
  epoch: number;
  /** Grows with every change of links. */
  ver: number;
  /** Carrier's time (ms) of the newest STOP and START. */
  stopAt?: number;
  startAt?: number;
  stopWord?: string;
  /** The epoch that was in force when the number went from open to stopped; YES restores consents of that epoch. */
  stoodEpoch?: number;
  /** The last epoch whose STOP has been confirmed to the handset. */
  confirmed: number;
  /** On AWS's own list: no, being put there (nobody knows), or yes. */
  listed: "no" | "adding" | "yes";
  /** Since when (ms) it stands there, as far as we know. */
  listedAt?: number;
  mirrorAt?: number;
  /** A START that waits for AWS's list. */
  liftAt?: number;
  blockedUntil?: number;
  /** The question that YES and NO answer: after a START, or about a consent (`consent`, of `patient`) that was given by voice. */
  question?: { id: string; until: number; kind?: "start" | "consent"; patient?: string; consent?: string };
  /** A text that may be an opt-out: what would leave waits until a person has decided. */
  pause?: Pause;
  /** A pause has ended without an opt-out: what it held back must still be let go (ms: since when). */
  releases?: number;
  /** Waiting texts must still be cancelled for the STOP of this epoch. */
  cancels?: number;
  /** When the texts that count towards limits were claimed (ms), of the last seven days, oldest first. */
  counted?: number[];
  /** Grows with each change of `counted`: two claims at once cannot both count. */
  countedN?: number;
  serviceDay?: string;
  serviceCount?: number;
  /** When (ms, our clock) each of the last epochs began, oldest first: what was in force at an instant follows from it. */
  stops?: { epoch: number; at: number }[];
  /** Why it is no longer sure whose phone this is: only proofs that are newer count. */
  doubt?: { at: number; why: Doubt };
  /** The newest doubt of the graver kind, where a lighter one came after it. */
  graver?: { at: number; why: Doubt };
  /** What the newest look-up of the number said, where the clinic has it looked up: see line.ts. `network` names the carrier. */
  lookup?: { at: number; type: LineType; network?: string };
  /** Nobody is texted here, for no reason that any answer gives. */
  noContact?: NoContact;
  /** When (ms) everything of the patient whose number it was has been erased: no consent given before counts. */
  erasedAt?: number;
  /** Among the numbers that stand on AWS's list, where it does. */
  q?: string;
  qs?: string;
}

/** What casts doubt on whose phone a number is: see level.ts. */
export type Doubt = "bounced" | "carrier-changed" | "wrong-number" | "new-number" | "ended";
export type LineType = "mobile" | "landline" | "voip" | "invalid" | "other";

/** When (ms) each proof that this phone is the patient's was last given: see level.ts. */
export interface Proofs {
  /** YES from the phone itself. */
  handset?: number;
  /** The patient stood at the desk. */
  desk?: number;
  /** Two identifiers, told by voice. */
  identifiers?: number;
  /** Called back, and the patient answered. */
  callback?: number;
}

/** Nobody contacts this patient, or this number, by text. Who said so and why (a code) is in the audit trail and the officer's view. */
export interface NoContact {
  at: number;
  by: string;
  reason: string;
}

/** A text that may be an opt-out, as the number carries it until a person has decided. */
export interface Pause {
  /** Id of the newest such text. */
  text: string;
  /** Its carrier's time (ms). */
  at: number;
  /** Within one open day of the front desk somebody decides (ms). */
  until: number;
  intent?: OptOutIntent;
}

export interface LinkItem extends Key {
  patient: string;
  relationship: Relationship;
  team?: string;
  language?: Language;
  active: boolean;
  /** When it was first made, ms. */
  since?: number;
  proofs?: Proofs;
  /** As on the number, for this patient alone: it was ended once, so a mere new registration proves nothing. */
  doubt?: { at: number; why: Doubt };
  /** Of a guardian or caregiver: the EMR's reference of their authority, and the day (YYYY-MM-DD) on which it is looked at again. */
  authority?: string;
  review?: string;
  /** The patient's own `noContact`, repeated where service texts look. */
  noContact?: boolean;
}
export type Relationship = "self" | "guardian" | "caregiver" | "shared";

/** Why a conversation needs somebody although no text may wait in it. */
export interface Task {
  kind:
    | "opted-out"
    | "start-blocked"
    | "asked-help"
    | "phone-instead"
    | "no-answer"
    | "question-unclear"
    | "quarantined"
    | "rule-failed"
    | "answered-no"
    | "consent-expired"
    | "proxy-review"
    | "revocation-late"
    | "emergency"
    | "not-judged"
    /** Sends to the number wait: somebody decides whether the text opts out. */
    | "opt-out-suspected"
    | "wrong-number"
    | "new-number"
    | "start-suspected"
    | "look-closer";
  team: string;
  at: number;
  /** The message it is about: one that went out, or the text that is urgent. */
  message?: string;
  /** The patient it is about, where the conversation does not say. */
  patient?: string;
  code?: Code;
  /** What an emergency seems to be; gone with the task, and in no event. */
  about?: EmergencyKind;
  /** Looked at by then (ms), whatever the team's own time says. */
  due?: number;
}

/** A text that may be of an emergency, or could not be judged, waits in the conversation until it is resolved. */
export interface Urgency {
  kind: "emergency" | "not-judged";
  /** Since when (ms): its place among the urgent ones. */
  since: number;
  /** How often somebody was told, and when last. */
  pages: number;
  pagedAt?: number;
  /** When somebody is told (again), if nobody has taken it by then. */
  pageAt?: number;
}

export interface ConversationItem extends Key, Chained, Owing {
  id: string;
  /** PK of the number; absent on a quarantined payload's item. */
  number?: string;
  last4: string;
  patient?: string;
  team: string;
  state: "idle" | "waiting" | "claimed";
  rev: number;
  /** Texts and replies so far. */
  n: number;
  /** Sender unknown or shared: verify before answering. */
  verify: boolean;
  waitingSince?: number;
  dueAt?: number;
  /** How often the due time has passed unanswered. */
  level: number;
  claim?: { by: string; role?: string; until: number };
  urgent?: Urgency;
  /** Until when (ms) the sender has been told that nobody reads. */
  toldClosedUntil?: number;
  /** Texts in a row that the phone could not be reached with: see bounce.ts. */
  bounces?: number;
  /** Keyed MACs of the last hour's texts, where an automatic answer was possible: the third like two others gets none. */
  sames?: { mac: string; at: number }[];
  lastInboundAt?: number;
  lastStaffAt?: number;
  tasks: Task[];
  /** `n` when it was last resolved: texts after it still need filing. */
  filedN?: number;
  /** The last resolve: who, and on which revision; lets a repeated request be recognised. */
  resolved?: { by: string; rev: number };
  q?: string;
  qs?: string;
}

export type Ground =
  | { kind: "consent"; purpose: string; record: string; agreedAt: number; epoch: number }
  /** Nobody has asked this patient yet, and a person judged that not texting is the greater risk (docs/decisions/0008). */
  | { kind: "consent"; purpose: string; judgement: { by: string; role: string }; epoch: number }
  | { kind: "reply"; by: string; inboundAt: number }
  | { kind: "service"; reply: ReplyId; cause: string };

export const STATUSES = [
  "accepted",
  "held",
  "sending",
  "unknown",
  "sent",
  "undelivered",
  "delivered",
  "refused",
  "failed",
  "expired",
  "cancelled",
] as const;
export type Status = (typeof STATUSES)[number];

export interface InboundItem extends Key {
  id: string;
  direction: "in";
  at: number;
  n: number;
  body: Uint8Array;
  empty: boolean;
}

export interface OutboundItem extends Key, Chained, Owing {
  id: string;
  direction: "out";
  at: number;
  /** Counted in the conversation where a person wrote it. */
  n?: number;
  body?: Uint8Array;
  parts: number;
  /** What was read in the words before they were sealed. */
  judged?: Judged;
  lane: "replies" | "bulk";
  /** PK of the number it goes to; absent on a refusal that found none. */
  number?: string;
  epoch: number;
  patient?: string;
  scenario?: string;
  template?: string;
  neutral: boolean;
  ground?: Ground;
  status: Status;
  why: Code[];
  /** What the gate said when it was accepted, and what it said last when the text was about to leave. */
  decision: Decision;
  secondLook?: Decision;
  /** Findings that the sender saw and sent the text in spite of; `note` is the message id of the sealed reason. */
  acknowledged?: { by: string; role?: string; at: number; findings: string[]; note: string };
  /** The softer rules that a person let this one text pass. */
  overridden?: { by: string; role: string; at: number; codes: Code[]; note: string };
  /** Both of these are read by a second person by `due` (ms); it moves on by an open day each time it is missed. */
  secondReading?: { due: number; missed: number; read?: { by: string; role: string; at: number } };
  /** In the list of second readings, until it was read. */
  q?: string;
  qs?: string;
  attempt: number;
  team: string;
  by: string;
  client?: string;
  reference?: string;
  sendAt?: number;
  /** When a held text is looked at again (ms). */
  heldUntil?: number;
  expiresAt: number;
  /** Its claim counted towards the number's limits. */
  counted?: boolean;
  claimedAt?: number;
  claimEpoch?: number;
  carrierId?: string;
  crossed?: boolean;
  history: { status: Status; at: number }[];
}
/** What staff wrote down in a conversation; sealed like a text, and never sent. */
export interface NoteItem extends Key {
  id: string;
  direction: "note";
  at: number;
  body: Uint8Array;
  by: string;
}
export type MessageItem = InboundItem | OutboundItem | NoteItem;

/** Where the texts of a resolved conversation were filed: the chart system's own reference. */
export interface FilingItem extends Key {
  at: number;
  /** The texts it is about, first and last, as the conversation counts them. */
  from: number;
  to: number;
  /** Id of the note that was written with it. */
  note?: string;
  by: string;
  patient: string;
  system: string;
  reference: string;
}

/** What stands of a purpose; `consent.ts` says which state that is at a time. */
export interface Effective {
  status: "asked" | "granted" | "declined" | "withdrawn";
  /** PK of the number the consent names. */
  number: string;
  wording: string;
  agreedAt: number;
  epoch: number;
  record: string;
  /** When the handset confirmed it, ms. */
  confirmedAt?: number;
  /** When it must have been asked for again (ms), as the clinic had decided when it was recorded. */
  until?: number;
}

export interface PatientItem extends Key, Chained, Owing {
  id: string;
  ver: number;
  /** PKs of the identifiers that name the patient. */
  identifiers?: string[];
  team?: string;
  language?: Language;
  /** IANA time zone, where the EMR gives it. */
  zone?: string;
  deceased?: number;
  left?: number;
  paused?: { at: number; number: string };
  noContact?: NoContact;
  /** What waits for a patient who died or left must still be cancelled. */
  cancels?: true;
  /** When the next consent runs out, and the next authority of a guardian or caregiver is to be looked at (ms): the desk is told. */
  renewAt?: number;
  reviewAt?: number;
  /** Its place among those whose consents or reviews come next, where one does. */
  q?: string;
  qs?: string;
  /** By purpose. */
  effective: Record<string, Effective>;
}

/** A text that an incident is about, as far as it concerns whoever looks into it: no body. */
export interface IncidentText {
  id: string;
  at: number;
  status: Status;
  scenario?: string;
  ground?: Ground["kind"];
  patient?: string;
}

/** What came of an incident: whether anybody had to be told is for the clinic's procedure and the law of its place to say. */
export const INCIDENT_OUTCOMES = ["notified", "no-notice-needed", "nothing-disclosed", "false-alarm"] as const;
export type IncidentOutcome = (typeof INCIDENT_OUTCOMES)[number];

/** Texts may have reached somebody they were not meant for: what a privacy officer begins with. */
export interface IncidentItem extends Key, Chained, Owing {
  id: string;
  kind: "wrong-number";
  state: "draft" | "closed";
  at: number;
  /** PK of the number, and its public id. */
  number: string;
  numberId: string;
  last4: string;
  conversation: string;
  /** The inbound text that told. */
  cause: string;
  /** Since when (ms) nobody knows who read: the number was last certain then. */
  since: number;
  until: number;
  patients: string[];
  /** Absent until they have been listed; the newest where there are more than an item holds. */
  texts?: IncidentText[];
  /** How many there are in all. */
  count?: number;
  /** Who ended it, how, and why: the note is sealed. */
  closed?: { by: string; role?: string; at: number; outcome: IncidentOutcome; note: Uint8Array };
  q?: string;
  qs?: string;
}

export interface PatientNumberItem extends Key {
  id: string;
  /** PK of the number. */
  number: string;
  last4: string;
  kind: NumberItem["kind"];
  relationship: Relationship;
  /** From when (ms) it was theirs. */
  since?: number;
  /** As on the link. */
  authority?: string;
  review?: string;
  /** The review date that the desk has been told of. */
  reviewTold?: string;
  ended?: { at: number; reason: "changed" | "wrong" | "reassigned" | "deceased" | "erased" };
  /** `n` of the number's conversation when an erasure ended it: what came later is somebody else's. */
  upTo?: number;
}

/** What was said, by whom and where, when the patient was asked: codes and yes or no, never prose. */
export interface Discussion {
  /** The language that was spoken (BCP 47), and whether somebody interpreted. */
  language?: string | undefined;
  interpreter?: "none" | "professional" | "family" | "staff" | undefined;
  where?: "in-person" | "phone" | "video" | "home" | "other" | undefined;
  /** Who spoke with the patient, where it was not the person who recorded it. */
  spokeBy?: string | undefined;
  /** Which of the wording's questions (the first is 1) were asked back, and what came of it. */
  teachBack?: { question: number; answer: "ok" | "explained-again" }[] | undefined;
  /** The patient's own part, as the patient said it. */
  attests?: { ownPhone?: boolean | undefined; locked?: boolean | undefined; keepsCurrent?: boolean | undefined } | undefined;
}

/** One record of what the patient said; never changed. What stands is folded from all of them: see consent.ts. */
export interface ConsentItem extends Key {
  id: string;
  /** `confirmed` and `restored` came from the handset, and concern what had been granted. */
  decision: "asked" | "granted" | "declined" | "withdrawn" | "confirmed" | "restored";
  purposes: string[];
  number?: string;
  numberId?: string;
  wording?: string;
  method: string;
  agreedAt: number;
  recordedAt: number;
  evidence?: string;
  by: string;
  role?: string;
  app: string;
  /** False: it came too late to change anything. */
  counted: boolean;
  epoch?: number;
  /** When it must be asked for again (ms). */
  until?: number;
  /** The patient's `ver` that it made: puts records of one instant in order. */
  ver?: number;
  discussion?: Discussion;
  /** Who spoke for the patient, as the number was registered. */
  proxy?: { relationship: "guardian" | "caregiver"; authority?: string };
  /** Of a revocation: the day (YYYY-MM-DD) by which it had to be in force, and whether it was recorded later. */
  dueBy?: string;
  late?: boolean;
}

/** Why a patient is erased. */
export const ERASURE_REASONS = ["patient-asked", "retention-over", "ordered", "registered-by-mistake"] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** How many of each an erasure has deleted, counted in the transactions that did it. */
export interface Deleted {
  textsIn: number;
  textsOut: number;
  notes: number;
  filings: number;
  consents: number;
  identifiers: number;
  numbers: number;
}

/** What an erasure found and left: how many texts and notes, blocked numbers, and numbers where nobody may be texted. */
export interface Kept {
  texts: number;
  blocked: number;
  noContact: number;
}

/**
 * Stands in the place of a patient from the moment an erasure begins, for ever: the head of the patient's chain, what is still to
 * be done, and the receipt. Nothing in it tells who the patient was.
 */
export interface ErasureItem extends Key, Chained, Owing {
  id: string;
  ver: number;
  at: number;
  by: string;
  role?: string;
  reason: ErasureReason;
  /** The law that it rests on, as the officer cites it. */
  basis: string;
  /** The day (YYYY-MM-DD) on which the time ended for which the law wanted the record kept; absent where it wants none kept. */
  retentionEnded?: string;
  deleted: Deleted;
  kept: Kept;
  finished?: number;
  /** How long backups of the state table went back when it was finished. */
  backupDays?: number;
}

export interface IdentifierItem extends Key {
  patient: string;
  /** What it says, sealed; the key holds only its MAC. */
  sealed: Uint8Array;
}

export interface IdempotencyItem extends Key {
  fingerprint: string;
  message: string;
  ttl: number;
}

export interface ReferenceItem extends Key {
  message: string;
  ttl: number;
}

export interface SeenItem extends Key {
  conversation: string;
  message: string;
  ttl: number;
}

export interface LaneItem extends Key {
  /** From when (ms) the next part may leave. */
  nextAt: number;
  pausedUntil?: number;
}

/** The chain of the canary: an event every few minutes, so that a log in which nothing happens can be told from one that stopped. */
export interface CanaryItem extends Key, Chained {
  /** When it was last heard (ms). */
  at: number;
}

/** What staff said of today: it counts until its end and is then as if it had never been said. */
export interface FactsItem extends Key, Chained {
  closed?: { until: number };
  /** Without a person: nobody is on call. */
  onCall?: { person?: string; until: number };
}

/** Public ids are the keys without their table prefix; nothing in them is derived from a plain number. */
export const keys = {
  number: (generation: string, mac: string): Key => ({ PK: `N#${generation}#${mac}`, SK: "N" }),
  link: (number: string, patient: string): Key => ({ PK: number, SK: `L#${patient}` }),
  conversation: (id: string): Key => ({ PK: `C#${id}`, SK: "C" }),
  message: (id: string): Key => {
    const [owner = "", text = ""] = id.split(".");
    return { PK: owner.startsWith("pat_") ? `P#${owner}` : `C#${owner}`, SK: `M#${text}` };
  },
  filing: (conversation: string, rev: number, patient: string): Key => ({
    PK: `C#${conversation}`,
    SK: `F#${String(rev).padStart(9, "0")}#${patient}`,
  }),
  patient: (id: string): Key => ({ PK: `P#${id}`, SK: "P" }),
  erasure: (patient: string): Key => ({ PK: `P#${patient}`, SK: "Z" }),
  patientNumber: (patient: string, id: string): Key => ({ PK: `P#${patient}`, SK: `N#${id}` }),
  consent: (patient: string, at: number, id: string): Key => ({ PK: `P#${patient}`, SK: `K#${new Date(at).toISOString()}#${id}` }),
  identifier: (generation: string, mac: string): Key => ({ PK: `X#${generation}#${mac}`, SK: "X" }),
  idempotency: (client: string, key: string): Key => ({ PK: `I#key#${client}#${key}`, SK: "I" }),
  reference: (client: string, reference: string): Key => ({ PK: `I#ref#${client}#${reference}`, SK: "I" }),
  seen: (inbound: string): Key => ({ PK: `I#in#${inbound}`, SK: "I" }),
  lane: (): Key => ({ PK: "S#origination", SK: "S" }),
  incident: (id: string): Key => ({ PK: `E#${id}`, SK: "E" }),
  facts: (): Key => ({ PK: "F#clinic", SK: "F" }),
  canary: (): Key => ({ PK: "Y#canary", SK: "Y" }),
  quarantine: (id: string, part: number): Key => ({ PK: `Q#${id}`, SK: `Q#${String(part).padStart(4, "0")}` }),
} as const;

/** A number's partition, taken apart. */
export function numberAndLinks(partition: readonly (NumberItem | LinkItem)[]): { number: NumberItem | undefined; links: LinkItem[] } {
  return {
    number: partition.find((item): item is NumberItem => item.SK === "N"),
    links: partition.filter((item): item is LinkItem => item.SK.startsWith("L#")),
  };
}

/** What of an EMR's identifier is looked up: as JSON, so that no system and value run together into another pair. */
export const identifierText = ({ system, value }: { readonly system: string; readonly value: string }): string =>
  JSON.stringify([system, value]);

/** What a ciphertext is bound to: the item's own key, so that no ciphertext can be moved to another item. */
export const recordOf = (key: Key): string => `${key.PK}/${key.SK}`;

/** The conversation with a number: one for ever, derived from its keyed MAC. */
export const conversationOf = (numberPk: string): string => `cnv_${base32(sha256("conversation", numberPk)).slice(0, 26)}`;

export const newId = (prefix: "num" | "pat" | "tel" | "con" | "inc", at: number, random: Uint8Array): string =>
  `${prefix}_${ulid(at, random)}`;

export const messageId = (owner: string, text: string): string => `${owner}.${text}`;
export const MESSAGE_ID = /^(?:cnv|pat)_[0-9A-Z]{26}\.[0-9A-Z]{26}$/;

const DUE_SHARDS = 4;
export const dueShards = Array.from({ length: DUE_SHARDS }, (_, shard) => String(shard));

/** The `due` entry of an item, or its absence. */
export function owing(key: Key, at: number | undefined): { d: string | undefined; da: number | undefined } {
  if (at === undefined) return { d: undefined, da: undefined };
  let sum = 0;
  for (const letter of key.PK + key.SK) sum = (sum + letter.charCodeAt(0)) % DUE_SHARDS;
  return { d: String(sum), da: Math.ceil(at) };
}
