import type { Context } from "aws-lambda";
import { singCanary } from "../core/verbs/sing-canary.ts";
import { sweep } from "../core/verbs/sweep.ts";
import { alerts } from "./edge/alerts.ts";
import { base } from "./edge/base.ts";
import { carrier } from "./edge/carrier.ts";
import { variable } from "./edge/environment.ts";
import { log } from "./edge/log.ts";
import { count } from "./edge/metrics.ts";
import { outbox } from "./edge/outbox.ts";
import { sealer } from "./edge/sealer.ts";

const ports = { ...base, sealer, carrier, outbox, alerts, backupDays: Number(variable("BACKUP_DAYS")) };
/** Runs every minute; stops taking new work well before the next run starts. */
const BUDGET_MS = 40_000;

export async function handler(_event: unknown, context: Context): Promise<void> {
  const src = { fn: process.env["POWERTOOLS_SERVICE_NAME"] ?? "", req: context.awsRequestId };
  const { done, failed } = await sweep(ports, src, ports.clock.now() + BUDGET_MS);
  if (failed > 0) count("SweepFailed", failed);
  // Last: a canary that cannot be heard rings by its silence, and must not keep anything else from being done.
  await singCanary(ports, src);
  log("swept", { request: context.awsRequestId, count: done, failed });
}
