import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembly } from "../../aws/support/assembly.ts";
import { HANDLER } from "./handler.ts";

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

const att = (id: string, name = "Arn") => ({ "Fn::GetAtt": [id, name] });
const POLLING = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** What a stand-in stack is made of, and where its functions write down what they did. */
export interface StandIn {
  readonly cdkOut: string;
  readonly journal: string;
}

/**
 * A small stack of every kind of thing that the runtime runs: an API with two functions and an authorizer, a standard and a FIFO
 * queue with a function each, and a function of a rate rule.
 * @param change what a test wants otherwise
 */
export function standIn(change: (resources: Resources) => void = () => {}): StandIn {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const journal = join(folder, "journal");
  writeFileSync(journal, "");
  const sdk = createRequire(import.meta.url).resolve("@aws-sdk/client-sqs");

  const fn = (name: string, more: Record<string, unknown> = {}) => ({
    Type: "AWS::Lambda::Function",
    Properties: {
      Role: att("Role"),
      Handler: "index.handler",
      Code: { S3Bucket: "assets", S3Key: "standin.zip" },
      MemorySize: 256,
      Timeout: 10,
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name, JOURNAL: journal, SDK: sdk } },
      ...more,
    },
  });
  const integration = (id: string) => ({
    Type: "AWS::ApiGatewayV2::Integration",
    Properties: { ApiId: { Ref: "Api" }, IntegrationType: "AWS_PROXY", IntegrationUri: att(id), PayloadFormatVersion: "2.0" },
  });
  const route = (RouteKey: string, to: string, open = false) => ({
    Type: "AWS::ApiGatewayV2::Route",
    Properties: {
      ApiId: { Ref: "Api" },
      RouteKey,
      Target: { "Fn::Join": ["", ["integrations/", { Ref: to }]] },
      ...(open ? { AuthorizationType: "NONE" } : { AuthorizationType: "JWT", AuthorizerId: { Ref: "Authorizer" } }),
    },
  });
  const mapping = (queue: string, to: string, more: Record<string, unknown>) => ({
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      EventSourceArn: att(queue),
      FunctionName: { Ref: to },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ...more,
    },
  });
  const client = (ClientName: string, scopes: string[]) => ({
    Type: "AWS::Cognito::UserPoolClient",
    Properties: { UserPoolId: { Ref: "Pool" }, ClientName, GenerateSecret: true, AllowedOAuthScopes: scopes, AccessTokenValidity: 60 },
  });

  const resources: Resources = {
    State: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "PK", AttributeType: "S" },
          { AttributeName: "SK", AttributeType: "S" },
          { AttributeName: "d", AttributeType: "S" },
          { AttributeName: "da", AttributeType: "N" },
        ],
        KeySchema: [
          { AttributeName: "PK", KeyType: "HASH" },
          { AttributeName: "SK", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "due",
            KeySchema: [
              { AttributeName: "d", KeyType: "HASH" },
              { AttributeName: "da", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "KEYS_ONLY" },
          },
        ],
      },
    },
    Dead: { Type: "AWS::SQS::Queue" },
    Work: {
      Type: "AWS::SQS::Queue",
      Properties: { VisibilityTimeout: 120, RedrivePolicy: { deadLetterTargetArn: att("Dead"), maxReceiveCount: 2 } },
    },
    Ordered: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true, VisibilityTimeout: 60 } },
    Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } },
    Policy: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: "Policy",
        Roles: [{ Ref: "Role" }],
        PolicyDocument: {
          Statement: [
            { Effect: "Allow", Action: POLLING, Resource: [att("Work"), att("Ordered")] },
            { Effect: "Allow", Action: "sqs:GetQueueUrl", Resource: att("Work") },
          ],
        },
      },
    },
    Plain: fn("plain", { Timeout: 2 }),
    Works: fn("works"),
    InTurn: fn("in-turn"),
    Tick: fn("tick"),
    Answers: fn("answers"),
    WorkSource: mapping("Work", "Works", { BatchSize: 10 }),
    OrderedSource: mapping("Ordered", "InTurn", { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }),
    EveryMinute: {
      Type: "AWS::Events::Rule",
      Properties: { ScheduleExpression: "rate(1 minute)", State: "ENABLED", Targets: [{ Arn: att("Tick"), Id: "Target0" }] },
    },
    Pool: { Type: "AWS::Cognito::UserPool" },
    Emr: client("emr", ["system/Task.rs", "system/Task.u"]),
    Other: client("other", ["system/Task.rs"]),
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "api", ProtocolType: "HTTP" } },
    Authorizer: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        ApiId: { Ref: "Api" },
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: {
          // Only one of the two applications is this API's.
          Audience: [{ Ref: "Emr" }],
          Issuer: { "Fn::Join": ["", ["https://cognito-idp.", { Ref: "AWS::Region" }, ".amazonaws.com/", { Ref: "Pool" }]] },
        },
      },
    },
    ToAnswers: integration("Answers"),
    ToPlain: integration("Plain"),
    Things: route("POST /v1/things", "ToAnswers"),
    Thing: route("GET /v1/things/{thing}", "ToAnswers"),
    Newest: route("GET /v1/things/newest", "ToPlain"),
    Part: route("GET /v1/things/{thing}/parts/{part}", "ToAnswers"),
    Open: route("GET /v1/open", "ToAnswers", true),
  };
  change(resources);
  const cdkOut = assembly({ Standin: { Resources: resources } });
  const asset = join(folder, "asset.standin");
  mkdirSync(asset);
  writeFileSync(join(asset, "index.mjs"), HANDLER);
  cpSync(asset, join(cdkOut, "asset.standin"), { recursive: true });
  return { cdkOut, journal };
}
