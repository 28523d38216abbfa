import { createHash } from "node:crypto";
import { text } from "./values.ts";

/** What a template can ask of one resource: its `Ref`, its ARN and its `Fn::GetAtt` attributes, all with local values. */
export interface Identifiers {
  readonly name: string;
  readonly ref: string;
  readonly arn: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a kind may build its identifiers from. `property` resolves one property of the resource. */
export interface KindContext {
  readonly stack: string;
  readonly logicalId: string;
  readonly region: string;
  readonly account: string;
  /** The door's address: queue URLs start with it. */
  readonly endpoint: string;
  readonly property: (name: string) => unknown;
}

type Kind = (context: KindContext) => Identifiers;

/** The number that the simulated carrier gives the clinic: 555-01xx numbers belong to nobody. */
const CLINIC_NUMBER = "+15875550100";

function digest(context: KindContext): string {
  return createHash("sha256").update(`${context.stack}/${context.logicalId}`).digest("hex");
}

/** A stable UUID of a resource, so that ids survive a restart with kept data. */
function uuid(context: KindContext): string {
  const hex = digest(context);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function nameOf(context: KindContext, property: string | undefined, limit = 80): string {
  const given = property === undefined ? undefined : text(context.property(property));
  if (given !== undefined) return given;
  const whole = `${context.stack}-${context.logicalId}`;
  return whole.length <= limit ? whole : `${whole.slice(0, limit - 9)}-${digest(context).slice(0, 8)}`;
}

/** A kind whose ARN is `arn:aws:<service>:<region>:<account>:<path><name>`. */
function named(
  property: string | undefined,
  arn: (context: KindContext, name: string) => string | undefined,
  more: (context: KindContext, name: string, arn: string) => { ref?: string; attributes?: Record<string, string> } = () => ({}),
  limit = 80,
): Kind {
  return (context) => {
    const name = nameOf(context, property, limit);
    const own = arn(context, name);
    const { ref = name, attributes = {} } = more(context, name, own ?? "");
    return { name, ref, arn: own, attributes: own === undefined ? attributes : { Arn: own, ...attributes } };
  };
}

const regional = (service: string, path: string) => (context: KindContext, name: string) =>
  `arn:aws:${service}:${context.region}:${context.account}:${path}${name}`;
/** An ARN of IAM: of no region, and with the resource's path before its name. */
const global = (kind: string) => (context: KindContext, name: string) =>
  `arn:aws:iam::${context.account}:${kind}${text(context.property("Path")) ?? "/"}${name}`;
const none = () => undefined;
const plain = named(undefined, none);
const short =
  (attribute: string): Kind =>
  (context) => {
    const id = digest(context).slice(0, 10);
    return { name: id, ref: id, arn: undefined, attributes: { [attribute]: id } };
  };

function queue(context: KindContext): Identifiers {
  const fifo = String(context.property("FifoQueue")) === "true";
  const given = nameOf(context, "QueueName", 75);
  const name = fifo && !given.endsWith(".fifo") ? `${given}.fifo` : given;
  const arn = regional("sqs", "")(context, name);
  const url = `${context.endpoint}/${context.account}/${name}`;
  return { name, ref: url, arn, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
}

function phoneNumber(context: KindContext): Identifiers {
  const id = `phone-${digest(context).slice(0, 32)}`;
  const arn = regional("sms-voice", "phone-number/")(context, id);
  return { name: id, ref: id, arn, attributes: { Arn: arn, PhoneNumber: CLINIC_NUMBER, PhoneNumberId: id } };
}

/** A bucket's name: lower case, as every bucket's is; its ARN names neither region nor account. */
function bucket(context: KindContext): Identifiers {
  const name = nameOf(context, "BucketName", 63).toLowerCase();
  const arn = `arn:aws:s3:::${name}`;
  return { name, ref: name, arn, attributes: { Arn: arn } };
}

function key(context: KindContext): Identifiers {
  const id = uuid(context);
  const arn = regional("kms", "key/")(context, id);
  return { name: id, ref: id, arn, attributes: { Arn: arn, KeyId: id } };
}

function userPool(context: KindContext): Identifiers {
  const id = `${context.region}_${digest(context).slice(0, 9)}`;
  const arn = regional("cognito-idp", "userpool/")(context, id);
  const provider = `cognito-idp.${context.region}.amazonaws.com/${id}`;
  return { name: id, ref: id, arn, attributes: { Arn: arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` } };
}

function userPoolClient(context: KindContext): Identifiers {
  const id = digest(context).slice(0, 26);
  const secret = digest({ ...context, logicalId: `${context.logicalId}/secret` });
  return { name: id, ref: id, arn: undefined, attributes: { ClientId: id, ClientSecret: secret, Name: nameOf(context, "ClientName") } };
}

function httpApi(context: KindContext): Identifiers {
  const id = digest(context).slice(0, 10);
  const endpoint = `https://${id}.execute-api.${context.region}.amazonaws.com`;
  return { name: id, ref: id, arn: undefined, attributes: { ApiId: id, ApiEndpoint: endpoint } };
}

/** Every resource type that the local stack knows. A template with any other type does not start (see `template.ts`). */
export const KINDS: Readonly<Record<string, Kind>> = {
  "AWS::ApiGatewayV2::Api": httpApi,
  "AWS::ApiGatewayV2::Authorizer": short("AuthorizerId"),
  "AWS::ApiGatewayV2::Integration": short("IntegrationId"),
  "AWS::ApiGatewayV2::Route": short("RouteId"),
  "AWS::ApiGatewayV2::Stage": named("StageName", none),
  "AWS::CDK::Metadata": plain,
  "AWS::CloudWatch::Alarm": named("AlarmName", regional("cloudwatch", "alarm:"), undefined, 255),
  "AWS::CloudWatch::CompositeAlarm": named("AlarmName", regional("cloudwatch", "alarm:"), undefined, 255),
  "AWS::Cognito::UserPool": userPool,
  "AWS::Cognito::UserPoolClient": userPoolClient,
  "AWS::Cognito::UserPoolDomain": named("Domain", none, undefined, 63),
  "AWS::Cognito::UserPoolResourceServer": named("Identifier", none),
  "AWS::DynamoDB::Table": named(
    "TableName",
    regional("dynamodb", "table/"),
    (_, __, arn) => ({
      attributes: { StreamArn: `${arn}/stream/local` },
    }),
    255,
  ),
  "AWS::Events::Rule": named("Name", regional("events", "rule/"), undefined, 64),
  "AWS::IAM::ManagedPolicy": named(
    "ManagedPolicyName",
    global("policy"),
    (_, __, arn) => ({ ref: arn, attributes: { PolicyArn: arn } }),
    128,
  ),
  "AWS::IAM::Policy": named("PolicyName", none, undefined, 128),
  "AWS::IAM::Role": named(
    "RoleName",
    global("role"),
    (context) => ({
      attributes: { RoleId: `AROA${digest(context).slice(0, 17).toUpperCase()}` },
    }),
    64,
  ),
  "AWS::KMS::Alias": named("AliasName", regional("kms", "")),
  "AWS::KMS::Key": key,
  "AWS::Lambda::EventInvokeConfig": plain,
  "AWS::Lambda::EventSourceMapping": (context) => ({
    name: uuid(context),
    ref: uuid(context),
    arn: undefined,
    attributes: { Id: uuid(context) },
  }),
  "AWS::Lambda::Function": named("FunctionName", regional("lambda", "function:"), undefined, 64),
  "AWS::Lambda::Permission": plain,
  "AWS::Logs::LogGroup": named("LogGroupName", (context, name) => `${regional("logs", "log-group:")(context, name)}:*`, undefined, 512),
  "AWS::Logs::MetricFilter": named("FilterName", none),
  "AWS::Logs::ResourcePolicy": named("PolicyName", none),
  "AWS::S3::Bucket": bucket,
  "AWS::S3::BucketPolicy": plain,
  "AWS::SMSVOICE::ConfigurationSet": named("ConfigurationSetName", regional("sms-voice", "configuration-set/"), undefined, 64),
  "AWS::SMSVOICE::OptOutList": named("OptOutListName", regional("sms-voice", "opt-out-list/"), undefined, 64),
  "AWS::SMSVOICE::PhoneNumber": phoneNumber,
  "AWS::SNS::Subscription": plain,
  "AWS::SNS::Topic": named(
    "TopicName",
    regional("sns", ""),
    (_, name, arn) => ({ ref: arn, attributes: { TopicArn: arn, TopicName: name } }),
    256,
  ),
  "AWS::SNS::TopicPolicy": plain,
  "AWS::SQS::Queue": queue,
  "AWS::SQS::QueuePolicy": plain,
};
