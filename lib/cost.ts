/**
 * What the stack costs in a month in which nobody texts, by list price, from the synthesised templates. Free tiers are not
 * taken off; taxes and texts are not in it. US dollars, ca-central-1, as known in November 2026: AWS's own calculator
 * (https://calculator.aws) has the last word.
 */

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface CostTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface CostLine {
  readonly what: string;
  readonly count: number;
  /** US dollars a month for one. */
  readonly each: number;
}

const HOURS = 730;
const MINUTES = HOURS * 60;

/** https://aws.amazon.com/sqs/pricing: standard and FIFO, per request. */
const SQS = { standard: 0.4e-6, fifo: 0.5e-6 };
/** Lambda keeps five long polls of 20 s going for a queue that is empty (docs: with-sqs, scaling). */
const IDLE_POLLS = 5 * 3 * MINUTES;

/** One run of a function that finds nothing to do: request, 0.5 s of 256 MB on arm64, a trace, half a kB of log, four queries of an index. */
const IDLE_RUN =
  0.2e-6 + // https://aws.amazon.com/lambda/pricing
  0.5 * 0.25 * 13.3334e-6 +
  5e-6 + // https://aws.amazon.com/xray/pricing
  0.5e-6 * 0.55 + // https://aws.amazon.com/cloudwatch/pricing, per GB of logs taken in
  4 * 0.5 * 0.14e-6; // https://aws.amazon.com/dynamodb/pricing/on-demand, half a unit for each query

/** What a checkpoint costs that only the canary has made: two runs, two signatures, what is stored and read for it. */
const FLUSH =
  2 * 1.5e-5 + // https://aws.amazon.com/kms/pricing, asymmetric requests other than RSA 2048
  9 * 5.5e-6 + // https://aws.amazon.com/s3/pricing: staged, segment, checkpoint twice, four lists of versions, a tile now and then
  30 * 0.7e-6 + // the lock's item, some kB of it, and the witness's
  2 * IDLE_RUN;

type Price = (resource: Resource, templates: readonly CostTemplate[]) => number | readonly [what: string, usd: number];

const nothing: Price = () => 0;

/** Every type that the templates may hold, so that nothing new is overlooked. What is billed by use alone costs nothing here. */
const PRICES: Readonly<Record<string, Price>> = {
  // https://aws.amazon.com/kms/pricing; each of the first two yearly rotations adds one more.
  "AWS::KMS::Key": () => ["key", 1],
  // A Canadian long code's lease; https://aws.amazon.com/end-user-messaging/pricing.
  "AWS::SMSVOICE::PhoneNumber": () => ["phone number", 1],
  // Each application client that asks for tokens by itself; https://aws.amazon.com/cognito/pricing, machine to machine.
  "AWS::Cognito::UserPoolClient": ({ Properties }) =>
    JSON.stringify(Properties?.["AllowedOAuthFlows"] ?? []).includes("client_credentials") ? ["application client", 6] : 0,
  // https://aws.amazon.com/cloudwatch/pricing: each metric that an alarm watches, and the metric itself where it is one of our own.
  "AWS::CloudWatch::Alarm": ({ Properties }) => {
    if (Properties?.["Namespace"] === "ClinicSms") return ["alarm on a metric of our own", 0.1 + 0.3];
    const watched = (Properties?.["Metrics"] as { MetricStat?: unknown }[] | undefined)?.filter((each) => each.MetricStat).length;
    return watched ? [`alarm on ${watched} metrics`, 0.1 * watched] : ["alarm", 0.1];
  },
  "AWS::Lambda::EventSourceMapping": ({ Properties }, templates) => {
    if (Properties?.["StartingPosition"]) return ["checkpoint every five minutes", FLUSH * (MINUTES / 5)];
    return isFifo(Properties?.["EventSourceArn"], templates)
      ? ["idle polling, FIFO", SQS.fifo * IDLE_POLLS]
      : ["idle polling", SQS.standard * IDLE_POLLS];
  },
  "AWS::Events::Rule": ({ Properties }) =>
    Properties?.["ScheduleExpression"] === "rate(1 minute)" ? ["run every minute", IDLE_RUN * MINUTES] : 0,

  "AWS::ApiGatewayV2::Api": nothing,
  "AWS::ApiGatewayV2::Authorizer": nothing,
  "AWS::ApiGatewayV2::Integration": nothing,
  "AWS::ApiGatewayV2::Route": nothing,
  "AWS::ApiGatewayV2::Stage": nothing,
  "AWS::CDK::Metadata": nothing,
  "AWS::Cognito::UserPool": nothing,
  "AWS::Cognito::UserPoolDomain": nothing,
  "AWS::Cognito::UserPoolResourceServer": nothing,
  // Stored bytes and their recovery window are billed by size: cents for a clinic's first years.
  "AWS::DynamoDB::Table": nothing,
  "AWS::IAM::Policy": nothing,
  "AWS::IAM::Role": nothing,
  "AWS::Lambda::EventInvokeConfig": nothing,
  "AWS::Lambda::Function": nothing,
  "AWS::Lambda::Permission": nothing,
  "AWS::Logs::LogGroup": nothing,
  // Stored bytes: about a quarter of a GB for a million events.
  "AWS::S3::Bucket": nothing,
  "AWS::S3::BucketPolicy": nothing,
  "AWS::SMSVOICE::ConfigurationSet": nothing,
  "AWS::SMSVOICE::OptOutList": nothing,
  "AWS::SNS::Subscription": nothing,
  "AWS::SNS::Topic": nothing,
  "AWS::SNS::TopicPolicy": nothing,
  "AWS::SQS::Queue": nothing,
  "AWS::SQS::QueuePolicy": nothing,
};

function isFifo(arn: unknown, templates: readonly CostTemplate[]): boolean {
  const [id] = (arn as { "Fn::GetAtt"?: string[] } | undefined)?.["Fn::GetAtt"] ?? [];
  return templates.some(({ Resources }) => Resources[id ?? ""]?.Properties?.["FifoQueue"] === true);
}

/** The fixed bill by kind, dearest first. @throws where a template holds a type that has no price here */
export function monthlyCost(templates: readonly CostTemplate[]): CostLine[] {
  const lines = new Map<string, CostLine>();
  for (const resource of templates.flatMap((template) => Object.values(template.Resources))) {
    const price = PRICES[resource.Type];
    if (!price) throw new Error(`lib/cost.ts has no price for ${resource.Type}: add one, or "nothing" where it is billed by use alone`);
    const given = price(resource, templates);
    if (typeof given === "number") continue;
    const [what, each] = given;
    lines.set(what, { what, each, count: (lines.get(what)?.count ?? 0) + 1 });
  }
  return [...lines.values()].sort((a, b) => b.count * b.each - a.count * a.each);
}

/** US dollars a month. */
export const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { count, each }) => sum + count * each, 0);

/** A small table for people. */
export function costTable(lines: readonly CostLine[]): string {
  const row = (what: string, count: string, usd: number): string => `${what.padEnd(30)}${count.padStart(6)}${usd.toFixed(2).padStart(9)}`;
  return [
    `${"fixed cost a month (USD)".padEnd(30)}${"count".padStart(6)}${"USD".padStart(9)}`,
    ...lines.map(({ what, count, each }) => row(what, String(count), count * each)),
    row("together", "", total(lines)),
  ].join("\n");
}
