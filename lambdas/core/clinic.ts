/**
 * What the clinic decides in writing: the shapes of the files under `clinic/`. `lib/clinic.ts` reads and cross-checks
 * them when the stack is synthesised; the functions get the result as one JSON with the hash that stands in every decision.
 */
import * as z from "zod";
import { hasNumber } from "./audit-rules.ts";

const id = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, "use lower-case letters, digits and dashes, 2 to 40 characters");
/** An id that stands in audit events, where nothing may look like a number of anybody's. */
const told = id.refine((text) => !hasNumber(text), "use fewer than seven digits in a row");
const day = z.iso.date();

/** A text in each language the clinic writes in. */
const inLanguages = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });
export type Language = "en" | "fr";

/** Open blocks of one day, local time, in order: `["08:00-12:00", "13:00-16:30"]`. An absent day is closed. */
const block = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'write a block as "08:00-16:30"');
export const weekSchema = z.strictObject({
  mon: z.array(block).optional(),
  tue: z.array(block).optional(),
  wed: z.array(block).optional(),
  thu: z.array(block).optional(),
  fri: z.array(block).optional(),
  sat: z.array(block).optional(),
  sun: z.array(block).optional(),
});
export type Week = z.infer<typeof weekSchema>;

/** Somebody who is paged, and when. The page is an e-mail or a text of the topic's own; it carries no content at all. */
const onCallSchema = z.strictObject({ id: told, name: z.string().min(3).max(60), email: z.email(), hours: weekSchema });
export type OnCall = z.infer<typeof onCallSchema>;

/** What a text of an emergency may be about; each kind has its own true answer, or none. */
export const EMERGENCY_KINDS = [
  "cardiac",
  "stroke",
  "breathing",
  "suicide",
  "overdose",
  "bleeding",
  "anaphylaxis",
  "pregnancy",
  "child",
  "violence",
  "other",
] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/** How sure we are whose phone it is: 0 unknown, 1 on file, 2 confirmed from the handset, 3 two identifiers by voice, 4 called back. */
export const NUMBER_LEVELS = [0, 1, 2, 3, 4] as const;
export type NumberLevel = (typeof NUMBER_LEVELS)[number];
const numberLevel = z.literal(NUMBER_LEVELS);

export const clinicFileSchema = z.strictObject({
  /** Opaque short name; stands in every encryption context. */
  id: told,
  fictitious: z.boolean(),
  /** The name patients see at the start of a text. */
  senderName: z.string().min(2).max(30),
  /** The clinic's voice line, written as a patient should read it. */
  phone: z.string().min(7).max(20),
  timeZone: z.string().min(3),
  languages: z.array(z.enum(["en", "fr"])).min(1),
  /** Rule packs that apply, such as `ca-ab`: see lib/packs. */
  packs: z.array(id).min(1),
  /** When somebody reads texts; outside of it the after-hours text goes back. */
  hours: weekSchema,
  /** When texts may arrive at a patient's; a text outside of it waits. A pack may narrow it, never widen it. */
  textingHours: weekSchema,
  holidays: z.array(day),
  /** In trial, texts leave only to `trialNumbers`. */
  stage: z.enum(["trial", "live"]).default("trial"),
  /** E.164 numbers, or a prefix that ends with `*`. */
  trialNumbers: z.array(z.string().regex(/^\+[1-9]\d{3,14}\*?$/, "write +14035550100, or a prefix such as +1403555*")),
  /** Where `someone-must-look` mails go. */
  alertEmail: z.email(),
  /** The team that receives whatever has no better place. */
  frontDesk: id,
  /** Numbers with these calling-code prefixes may be texted. */
  allowedPrefixes: z.array(z.string().regex(/^\+[1-9]\d{0,6}$/)).min(1),
  /** A message of more parts than this is refused: it would be expensive and hard to read. */
  maxParts: z.int().min(1).max(10),
  /** What a template's parameters of these types may say. */
  providers: z.array(z.string().min(2).max(40)).default([]),
  places: z.array(z.string().min(2).max(60)).default([]),
  /** Who is paged about an emergency, hour by hour. Every hour of the week has a person, or stands under `unattended`. */
  onCall: z.array(onCallSchema),
  unattended: weekSchema,
  /** Emergencies of these kinds are paged and never answered by text: an answer may be read by the wrong person. */
  silentEmergencies: z.array(z.enum(EMERGENCY_KINDS)).default(["violence"]),
  /** What the clinic arranged for the time when nobody reads, such as Alberta's 811; without it no text may name 811. */
  afterHoursArrangement: z.string().min(10).optional(),
  /** An acknowledgement goes back in open hours. */
  acknowledge: z.boolean().default(false),
  /** Roles that may let one text pass the gate's softer rules, with a reason. */
  overrideRoles: z.array(id).default([]),
  /** Roles that read acknowledgements and overrides the next open day; never the person who acted. */
  secondReaderRoles: z.array(id).default([]),
  /** Roles that may see and lift "nobody texts this patient"; whoever serves the patient may set it. */
  noContactRoles: z.array(id).default([]),
  /** Roles that may erase a patient. */
  erasureRoles: z.array(id).default([]),
  /** A consent is asked for again when it is this old. */
  consentMonths: z.int().min(1).max(60).default(24),
  /** A confirmed number counts as on file only, when it was last confirmed this long ago. */
  numberMonths: z.int().min(1).max(60).default(12),
  /** Numbers are looked up when they are registered, because the privacy impact assessment of this reference lists it; absent: never. */
  numberLookup: z.strictObject({ pia: z.string().min(3) }).optional(),
});

export const teamSchema = z.strictObject({
  id: told,
  name: z.string().min(2).max(60),
  hours: weekSchema,
  /** Minutes of open hours within which a text should be answered. */
  answerWithin: z.int().min(1).max(10_080),
  /** Who gets it when it was not; absent: a person is paged at once. */
  escalateTo: id.optional(),
  /** Minutes a claim lasts before the conversation waits again. */
  claimMinutes: z.int().min(5).max(480).default(30),
  /** A team leaves only by naming who takes its conversations. */
  retired: z.strictObject({ into: id }).optional(),
  who: z.string().min(5),
  device: z.string().min(5),
  verified: z.string().min(5),
  documented: z.string().min(5),
});
export type Team = z.infer<typeof teamSchema>;

export const purposeSchema = z.strictObject({ id: told, name: inLanguages });

const paramSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("date") }),
  z.strictObject({ type: z.literal("time") }),
  /** One of `providers`, or of `places`, of clinic.yaml. */
  z.strictObject({ type: z.literal("provider") }),
  z.strictObject({ type: z.literal("place") }),
  z.strictObject({ type: z.literal("choice"), of: z.array(z.string().min(1).max(60)).min(1) }),
]);

export const templateSchema = z.strictObject({
  id,
  version: z.int().min(1),
  text: inLanguages,
  params: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/), paramSchema).default({}),
  /** Who looked at a text that the model alone suspects, and why it may stay. What a rule finds has no such way out. */
  acknowledged: z.strictObject({ by: z.string().min(3), at: day, reason: z.string().min(10) }).optional(),
});
export type Template = z.infer<typeof templateSchema>;

/** What stands against a text that does not belong here; `content` is checked against the gate's own reading of it. */
const notAppropriateSchema = z.strictObject({
  text: z.string().min(3),
  because: z.enum(["content", "purpose", "person", "time"]),
});

export const scenarioSchema = z.strictObject({
  id: told,
  name: z.string().min(3),
  purpose: id,
  owner: z.string().min(3),
  /** The day on which it was last looked at. */
  reviewed: day,
  /** Looked at again by this day; past it, the scenario narrows to "ask the privacy officer". */
  review: day,
  /** 1 to 3 each; their product decides how often the scenario is looked at. */
  risk: z.strictObject({ likelihood: z.int().min(1).max(3), harm: z.int().min(1).max(3) }),
  /** What staff do when this text may not go: the sentence that stands in every refusal. */
  instead: z.string().min(10),
  /** A refused scenario is written down too: it says why, and what to do instead. */
  allowed: z.boolean(),
  why: z.string().min(10),
  /** Sent in runs (reminders): waits behind replies. */
  bulk: z.boolean().default(false),
  /** Staff may write the text themselves. */
  freeText: z.boolean().default(false),
  /** The wording says nothing a second reader of a shared phone may not see. */
  neutral: z.boolean().default(false),
  /** Hours after which the text is stale, where the caller gives no `expiresAt`. */
  staleAfterHours: z.int().min(1).max(72),
  /** How sure we must be whose phone it is. */
  numberLevel: numberLevel.default(1),
  /** Promotes something (Canada's anti-spam law): needs its own purpose's consent and says who sends and how to stop. */
  commercial: z.boolean().default(false),
  /** May leave at any hour: for what cannot wait, such as a closure. */
  anyHour: z.boolean().default(false),
  /** Corrects a text that left; counts towards no limit. */
  correction: z.boolean().default(false),
  templates: z.array(templateSchema).default([]),
  /** Real cases, for people and for the check: under a refused scenario, what may be texted instead, and what never. */
  examples: z.strictObject({ appropriate: z.array(z.string().min(3)).min(2), notAppropriate: z.array(notAppropriateSchema).min(2) }),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** A consent wording: what the patient was told and agreed to. The text is the file's body. */
export const wordingSchema = z.strictObject({
  fictitious: z.boolean().default(false),
  id,
  version: z.int().min(1),
  purposes: z.array(id).min(1),
  /** Absent while it is a draft: nobody can agree to it yet. */
  approved: z.strictObject({ by: z.string().min(3), at: day }).optional(),
  /** What staff ask the patient to say back, and what a good answer holds. */
  teachBack: z.array(z.strictObject({ ask: z.string().min(5), listenFor: z.string().min(5) })).min(2),
  /** After this day it may no longer be used for a new consent, nor restored by YES. */
  withdrawn: day.optional(),
  language: z.enum(["en", "fr"]),
  text: z.string().min(40),
});

/** Fixed service wordings. `{clinic}` and `{phone}` are filled in. */
export const REPLY_IDS = [
  "stop-confirmation",
  "help",
  "start-question",
  "consents-restored",
  "call-us",
  /** Asks the handset to confirm what was agreed by voice. */
  "consent-question",
  /** The first text after an agreement. */
  "consent-receipt",
  "wrong-number",
  "after-hours",
  "acknowledgement",
  /** Answers to an emergency while somebody is on call, and while nobody reads. */
  "emergency",
  "emergency-unattended",
  "emergency-suicide",
  "emergency-suicide-unattended",
] as const;
export type ReplyId = (typeof REPLY_IDS)[number];
const replySchema = z.strictObject({ version: z.int().min(1), text: inLanguages });
export const repliesSchema = z.strictObject(
  Object.fromEntries(REPLY_IDS.map((reply) => [reply, replySchema])) as Record<ReplyId, typeof replySchema>,
);

/** One dated rule of a jurisdiction: what it sets while it is in force, and where it comes from. */
const ruleSchema = z.strictObject({
  id,
  says: z.string().min(10),
  source: z.string().min(5),
  /** The day on which the source was last read. */
  lawAsOf: day,
  /** The first day on which it counts, and the first on which it counts no more, by the clinic's calendar. */
  from: day.optional(),
  until: day.optional(),
  sets: z.strictObject({
    /** Local times between which texts may arrive. */
    hours: block.optional(),
    maxCharacters: z.int().min(1).optional(),
    perDay: z.int().min(1).optional(),
    perWeek: z.int().min(1).optional(),
    /** More than this a day to one number is only said. */
    warnPerDay: z.int().min(1).optional(),
    optOutWords: z.array(z.string()).optional(),
    helpWords: z.array(z.string()).optional(),
    /** Days within which a revocation by any other means must have taken effect, counted as business days. */
    revocationDays: z.int().min(0).optional(),
    retentionYears: z.int().min(1).optional(),
    /** What the papers that patients read must say. */
    notice: inLanguages.optional(),
  }),
});
export type Rule = z.infer<typeof ruleSchema>;
export const packSchema = z.strictObject({ id, name: z.string().min(3), rules: z.array(ruleSchema).min(1) });
export type Pack = z.infer<typeof packSchema>;

/** Who took responsibility for which decisions; `stage: live` needs it. */
export const approvalSchema = z.strictObject({
  /** `clinic-sms check` prints it. It covers every file but this one. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, "write the hash that `clinic-sms check` prints"),
  custodian: z.string().min(3),
  date: day,
  /** The privacy impact assessment's reference. */
  pia: z.string().min(3),
  fictitious: z.boolean().default(false),
});

/** Everything together, as the functions read it. `hash` is SHA-256 (hex) over the whole directory. */
export const clinicSchema = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  ...clinicFileSchema.shape,
  teams: z.array(teamSchema).min(1),
  purposes: z.array(purposeSchema).min(1),
  scenarios: z.array(scenarioSchema).min(1),
  wordings: z.array(wordingSchema).min(1),
  replies: repliesSchema,
  /** The packs that clinic.yaml names, in its order. */
  rules: z.array(packSchema).min(1),
  approval: approvalSchema.optional(),
});
export type Clinic = z.infer<typeof clinicSchema>;

/** The team itself, or the one that took over from it; undefined where no such team ever was. */
export function teamOf(clinic: Clinic, name: string): Team | undefined {
  const team = clinic.teams.find((each) => each.id === name);
  return team?.retired ? teamOf(clinic, team.retired.into) : team;
}

/** The team for `name`, or the front desk where the name means nothing (any more): a text is never without a queue. */
export function teamOrFrontDesk(clinic: Clinic, name: string | undefined): Team {
  const team = (name && teamOf(clinic, name)) || teamOf(clinic, clinic.frontDesk);
  if (!team) throw new Error("clinic/clinic.yaml: frontDesk names no team");
  return team;
}

/** A fixed wording in the reader's language, filled in. */
export function serviceText(clinic: Clinic, reply: ReplyId, language: Language): { text: string; wording: string } {
  const { version, text } = clinic.replies[reply];
  const filled = text[language].replaceAll("{clinic}", clinic.senderName).replaceAll("{phone}", clinic.phone);
  return { text: filled, wording: `${reply}/v${version}` };
}
