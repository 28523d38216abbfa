/**
 * What the clinic decides in writing: the shapes of the files under `clinic/`. `lib/clinic.ts` reads and cross-checks
 * them when the stack is synthesised; the functions get the result as one JSON with the hash that stands in every decision.
 */
import * as z from "zod";

const id = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, "use lower-case letters, digits and dashes, 2 to 40 characters");
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

export const clinicFileSchema = z.strictObject({
  /** Opaque short name; stands in every encryption context. */
  id,
  fictitious: z.boolean(),
  /** The name patients see at the start of a text. */
  senderName: z.string().min(2).max(30),
  /** The clinic's voice line, written as a patient should read it. */
  phone: z.string().min(7).max(20),
  timeZone: z.string().min(3),
  languages: z.array(z.enum(["en", "fr"])).min(1),
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
});

export const teamSchema = z.strictObject({
  id,
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

export const purposeSchema = z.strictObject({ id, name: inLanguages });

const paramSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("date") }),
  z.strictObject({ type: z.literal("time") }),
  z.strictObject({ type: z.literal("choice"), of: z.array(z.string().min(1).max(60)).min(1) }),
]);

export const templateSchema = z.strictObject({
  id,
  version: z.int().min(1),
  text: inLanguages,
  params: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/), paramSchema).default({}),
});
export type Template = z.infer<typeof templateSchema>;

export const scenarioSchema = z.strictObject({
  id,
  name: z.string().min(3),
  purpose: id,
  owner: z.string().min(3),
  review: day,
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
  templates: z.array(templateSchema).default([]),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** A consent wording: what the patient was told and agreed to. The text is the file's body. */
export const wordingSchema = z.strictObject({
  id,
  version: z.int().min(1),
  purposes: z.array(id).min(1),
  approved: z.strictObject({ by: z.string().min(3), at: day }),
  /** After this day it may no longer be used for a new consent, nor restored by YES. */
  withdrawn: day.optional(),
  language: z.enum(["en", "fr"]),
  text: z.string().min(40),
});

/** Fixed service wordings. `{clinic}` and `{phone}` are filled in. */
export const REPLY_IDS = ["stop-confirmation", "help", "start-question", "consents-restored", "call-us"] as const;
export type ReplyId = (typeof REPLY_IDS)[number];
const replySchema = z.strictObject({ version: z.int().min(1), text: inLanguages });
export const repliesSchema = z.strictObject({
  "stop-confirmation": replySchema,
  help: replySchema,
  "start-question": replySchema,
  "consents-restored": replySchema,
  "call-us": replySchema,
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
