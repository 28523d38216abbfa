import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** The few things that are counted beside what AWS counts itself; each is billed, and each has its alarm. */
type Counted = "Quarantined" | "SweepFailed" | "HookFailed" | "RevocationLate" | "OptOutDrift" | "LogAlarm";

/** As in lib/alarms.ts. */
const NAMESPACE = "ClinicSms";

const metrics = new Metrics({ namespace: NAMESPACE });

/** Counts one, or as many as there were; written at once, as one line of the log (CloudWatch embedded metric format). */
export function count(what: Counted, many = 1): void {
  metrics.addMetric(what, MetricUnit.Count, many);
  metrics.publishStoredMetrics();
}
