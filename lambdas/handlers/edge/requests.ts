/** The requests the API takes: strict, bounded, and the only source of the published description. */
import * as z from "zod";
import { INCIDENT_OUTCOMES } from "../../core/items.ts";
import { HOW_KNOWN } from "../../core/level.ts";
import { unsendable } from "../../core/texts.ts";
import { DECIDED_BY, DECISIONS } from "../../core/verbs/decide-opt-out.ts";
import { NO_CONTACT_REASONS } from "../../core/verbs/no-contact.ts";
import { REVOCATION_MEANS } from "../../core/verbs/revoke-consent.ts";

const id = (prefix: string): z.ZodString => z.string().regex(new RegExp(`^${prefix}_[0-9A-Z]{26}$`));
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** Something of the caller's own: a code, never prose. */
const token = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const language = z.enum(["en", "fr"]);
/** Prose, or an identifier of another system: anything but half characters and those that no screen shows. */
const plain = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => unsendable(text) !== "text-control-characters");
/** A name of the IANA time zone database, as the runtime knows them. */
const zone = z
  .string()
  .max(40)
  .refine((name) => {
    try {
      return /^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(name) && new Intl.DateTimeFormat("en-CA", { timeZone: name }) !== undefined;
    } catch {
      return false;
    }
  });
const identifier = z.strictObject({ system: plain(128), value: plain(128) });
const relationship = z.enum(["self", "guardian", "caregiver", "shared"]);
const kind = z.enum(["mobile", "home", "work"]);
const note = plain(1000);

/** A person answers for a text that the gate stopped: findings by id with a reason, or a whole override with its own. */
const why = plain(500).refine((text) => text.trim().length >= 5);
const wayOut = {
  acknowledge: z
    .array(z.string().regex(/^[a-z-]{2,30}:\d{1,5}-\d{1,5}$/))
    .min(1)
    .max(50)
    .optional(),
  reason: why.optional(),
  override: z.strictObject({ reason: why }).optional(),
};
const reasoned = (message: { acknowledge?: unknown; reason?: unknown }): boolean =>
  (message.acknowledge === undefined) === (message.reason === undefined);

export const newMessage = z
  .strictObject({
    patient: z.union([z.strictObject({ id: id("pat") }), identifier]),
    scenario: slug,
    template: slug.optional(),
    params: z.record(z.string().max(40), z.string().max(120)).optional(),
    body: z.string().max(1600).optional(),
    reference: token.optional(),
    sendAt: instant.optional(),
    expiresAt: instant.optional(),
    ...wayOut,
  })
  .refine((message) => (message.body === undefined) !== (message.template === undefined), { path: ["body"] })
  .refine(reasoned, { path: ["reason"] });

export const byReference = z.strictObject({ reference: token });

export const move = z.strictObject({ team: slug, note: note.optional() });
export const link = z.strictObject({ patient: id("pat"), relationship: relationship.default("self"), how: z.enum(HOW_KNOWN) });
export const reply = z.union([
  z.strictObject({ body: z.string().max(1600), ...wayOut }).refine(reasoned, { path: ["reason"] }),
  z.strictObject({ wording: z.literal("call-us") }),
]);
export const resolve = z
  .strictObject({
    outcome: z.enum(["answered", "phoned", "handed-on", "none-needed"]),
    filed: z
      .array(z.strictObject({ patient: id("pat"), system: slug, reference: token }))
      .min(1)
      .max(10)
      .optional(),
    notFiled: z.enum(["spam", "wrong-number", "not-a-patient", "service-word"]).optional(),
    note: note.optional(),
  })
  .refine((request) => request.filed === undefined || request.notFiled === undefined, { path: ["notFiled"] });

/** What came of an incident, and why. */
export const incidentClosing = z.strictObject({ outcome: z.enum(INCIDENT_OUTCOMES), note });

/** How the person who undoes an opt-out knows what the patient wants. */
export const undo = z.strictObject({ reason: z.enum(["spoke-by-phone", "spoke-in-person"]) });

/** What a person decided about a text that may be an opt-out, and how they know. */
export const decision = z.strictObject({ decision: z.enum(DECISIONS), reason: z.enum(DECIDED_BY) });

export const newPatient = z.strictObject({
  identifiers: z.array(identifier).min(1).max(10),
  language: language.optional(),
  team: slug.optional(),
  zone: zone.optional(),
});
export const changedPatient = z.strictObject({
  language: language.optional(),
  team: slug.optional(),
  zone: zone.optional(),
  deceased: z.boolean().optional(),
  left: z.boolean().optional(),
  paused: z.literal(false).optional(),
});
export const patientSearch = z.strictObject({ identifier });
export const newNumber = z.strictObject({
  e164: z.string().max(20),
  kind,
  relationship,
  team: slug.optional(),
  language: language.optional(),
  authority: token.optional(),
  review: z.iso.date().optional(),
  known: z.strictObject({ how: z.enum(HOW_KNOWN), at: instant }).optional(),
});
export const endedNumber = z.strictObject({ reason: z.enum(["changed", "wrong", "reassigned", "deceased"]) });

const purposes = z.array(slug).min(1).max(10);
export const noContact = z.strictObject({ set: z.boolean(), reason: z.enum(NO_CONTACT_REASONS), number: id("tel").optional() });

const discussion = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/)
    .optional(),
  interpreter: z.enum(["none", "professional", "family", "staff"]).optional(),
  where: z.enum(["in-person", "phone", "video", "home", "other"]).optional(),
  spokeBy: z
    .string()
    .regex(/^[A-Za-z0-9._@-]{1,64}$/)
    .optional(),
  teachBack: z
    .array(z.strictObject({ question: z.int().min(1).max(20), answer: z.enum(["ok", "explained-again"]) }))
    .max(20)
    .optional(),
  attests: z
    .strictObject({ ownPhone: z.boolean().optional(), locked: z.boolean().optional(), keepsCurrent: z.boolean().optional() })
    .optional(),
});
export const newConsent = z.strictObject({
  decision: z.enum(["asked", "granted", "declined"]),
  purposes,
  number: id("tel"),
  wording: z.strictObject({ id: slug, version: z.int().min(1) }),
  method: z.enum(["in-person", "phone", "written", "electronic"]),
  agreedAt: instant,
  evidence: token.optional(),
  discussion: discussion.optional(),
});
/** What the patient took back by any means but a text, and whether the number is never to be texted again. */
export const revocation = z.strictObject({
  said: instant,
  means: z.enum(REVOCATION_MEANS),
  scope: z.union([z.literal("all"), purposes]),
  block: id("tel").optional(),
  evidence: token.optional(),
});
export const withdrawal = z.strictObject({
  purposes: purposes.optional(),
  method: z.enum(["in-person", "phone", "written", "electronic", "text"]),
  at: instant,
  evidence: token.optional(),
});

/** False takes back what was said. */
export const facts = z
  .strictObject({
    closed: z.union([z.strictObject({ until: instant }), z.literal(false)]).optional(),
    onCall: z
      .union([
        z.strictObject({ person: slug, until: instant }),
        z.strictObject({ nobody: z.literal(true), until: instant }),
        z.literal(false),
      ])
      .optional(),
  })
  .refine((request) => request.closed !== undefined || request.onCall !== undefined, { path: ["closed"] });
