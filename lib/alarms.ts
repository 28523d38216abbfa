import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/** Alarms go to the topic that says only that somebody must look; each names its page of the runbook. */
export class Alarms extends Construct {
  private readonly topic: ITopic;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.topic = topic;
  }

  /** Rings when the metric reaches the threshold within five minutes. `runbook` is an anchor of docs/runbook.md. */
  when(runbook: string, metric: IMetric, threshold = 1): void {
    this.ring(runbook, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Rings when nothing is heard for ten minutes of something that happens every minute. */
  silent(runbook: string, metric: IMetric): void {
    this.ring(runbook, {
      metric,
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private ring(runbook: string, props: AlarmProps): void {
    const alarm = new Alarm(this, runbook, { ...props, alarmDescription: `docs/runbook.md#${runbook}` });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** Rings on something that functions count themselves (lambdas/handlers/edge/metrics.ts), each under its own name. */
  counted(runbook: string, metricName: string, services: string | readonly string[], threshold = 1): void {
    const names = typeof services === "string" ? [services] : services;
    const metrics = names.map(
      (service) =>
        new Metric({ namespace: "ClinicSms", metricName, dimensionsMap: { service }, statistic: "Sum", period: Duration.minutes(5) }),
    );
    const [only, ...others] = metrics;
    if (!only) throw new Error(`nobody counts ${metricName}`);
    const sum = new MathExpression({
      expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(" + "),
      usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
      period: Duration.minutes(5),
    });
    this.when(runbook, others.length === 0 ? only : sum, threshold);
  }

  /** Rings at four fifths of the account's monthly SMS spend limit (US dollars): past it AWS refuses every text. */
  spend(limit: number): void {
    const metric = new Metric({
      namespace: "AWS/SMSVoice",
      metricName: "TextMessageMonthlySpend",
      statistic: "Maximum",
      period: Duration.hours(1),
    });
    this.when("spend-limit-near", metric, limit * 0.8);
  }
}
