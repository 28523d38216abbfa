import type { Context } from "aws-lambda";
import { reconcileOptOuts } from "../core/verbs/reconcile-opt-outs.ts";
import { base } from "./edge/base.ts";
import { indexer } from "./edge/indexer.ts";
import { log } from "./edge/log.ts";
import { count } from "./edge/metrics.ts";
import { optOutList } from "./edge/opt-out-list.ts";
import { sealer } from "./edge/sealer.ts";

const ports = { ...base, sealer, indexer, optOutList };
/** Stops well before Lambda would stop it. */
const BUDGET_MS = 14 * 60_000;

export async function handler(_event: unknown, context: Context): Promise<void> {
  const src = { fn: process.env["POWERTOOLS_SERVICE_NAME"] ?? "", req: context.awsRequestId };
  const { listed, drift } = await reconcileOptOuts(ports, src, ports.clock.now() + BUDGET_MS);
  if (drift > 0) count("OptOutDrift", drift);
  log("reconciled", { request: context.awsRequestId, count: listed, drift });
}
