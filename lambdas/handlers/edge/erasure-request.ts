import * as z from "zod";
import { hasNumber } from "../../core/audit-rules.ts";
import { ERASURE_REASONS } from "../../core/items.ts";

/**
 * Why a patient is erased, by which law, and that somebody has looked for how long the law wants the record kept. Beside
 * requests.ts, which every function that takes a body carries whole.
 */
export const erasure = z.strictObject({
  reason: z.enum(ERASURE_REASONS),
  /** A citation: it stands in the receipt for ever, so nothing in it may tell who the patient was. */
  basis: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} .,;:()§/-]{2,119}$/u)
    .refine((text) => !hasNumber(text)),
  retention: z.union([z.strictObject({ ended: z.iso.date() }), z.strictObject({ none: z.literal(true) })]),
});
