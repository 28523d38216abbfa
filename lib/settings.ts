import { fileURLToPath } from "node:url";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod";
import type { Clinic } from "../lambdas/core/clinic.ts";
import { loadClinic } from "./clinic.ts";
import { type HookFile, hooksOf } from "./clinic-hooks.ts";

const CANADA = ["ca-central-1", "ca-west-1"];

/** What differs between deployments, from `-c name=value`; everything a clinic decides is in its own directory. */
const contextSchema = z.object({
  clinic: z.string().default(fileURLToPath(new URL("../clinic", import.meta.url))),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, "write a region such as ca-central-1")
    .default("ca-central-1"),
  acknowledgeRegion: z.string().optional(),
  /** Message parts a second our number may send: a Canadian long code carries one (docs: sms-limitations-mps). */
  partsPerSecond: z.coerce.number().positive().max(100).default(1),
  tokenMinutes: z.coerce.number().int().min(5).max(1440).default(60),
  logDays: z.coerce
    .number()
    .refine((days) => days in RetentionDays, "CloudWatch keeps logs for 30, 90, 180, 365, 400 or 731 days, and a few others")
    .default(365),
  /**
   * How long the log's objects are locked, in days. It can be made longer later, for new objects; nobody makes it shorter for
   * those that are there. Ten years for Alberta, and a margin.
   */
  retentionDays: z.coerce.number().int().min(1).max(36_500).default(3_713),
  /** The account's monthly SMS spend limit in US dollars, as AWS has granted it: an alarm rings before it is reached. */
  spendLimit: z.coerce.number().positive().default(1),
});

/** The names that `-c` understands. */
export const SETTING_NAMES = Object.keys(contextSchema.shape);

export interface Settings {
  readonly clinic: Clinic;
  /** The clinic's own rules of the gate. */
  readonly hooks: readonly HookFile[];
  readonly region: string;
  readonly partsPerSecond: number;
  readonly tokenMinutes: number;
  readonly logDays: number;
  readonly retentionDays: number;
  readonly spendLimit: number;
}

/** @param context values given with `-c` @throws with a sentence that says what to give instead */
export function settingsFrom(context: Readonly<Record<string, unknown>>): Settings {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `-c ${path.join(".")}=...: ${message}`).join("\n"));
  }
  const { clinic, region, acknowledgeRegion, ...rest } = parsed.data;
  if (!CANADA.includes(region) && acknowledgeRegion !== region) {
    throw new Error(
      `${region} is outside Canada: texts and numbers would leave the country. If that is decided, add -c acknowledgeRegion=${region}`,
    );
  }
  return { ...rest, region, clinic: loadClinic(clinic), hooks: hooksOf(clinic) };
}
