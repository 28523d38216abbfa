import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Template = Record<string, unknown>;
type Resources = Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>;

/** Writes a cloud assembly as CDK would, one stack after another, each depending on the ones before. */
export function assembly(stacks: Record<string, Template>): string {
  const directory = mkdtempSync(join(tmpdir(), "assembly-"));
  const names = Object.keys(stacks);
  const artifacts = Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/ca-central-1",
        properties: { templateFile: `${name}.template.json` },
        dependencies: names.slice(0, index),
      },
    ]),
  );
  // The manifest lists them backwards, so that a test notices when the order is not the dependencies'.
  writeFileSync(
    join(directory, "manifest.json"),
    JSON.stringify({ version: "50.0.0", artifacts: Object.fromEntries(Object.entries(artifacts).reverse()) }),
  );
  for (const [name, template] of Object.entries(stacks)) writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template));
  return directory;
}

/** A placeholder of `Fn::Sub`. */
export const hole = (name: string) => `$${"{"}${name}}`;

const account = { "Fn::Sub": `arn:${hole("AWS::Partition")}:iam::${hole("AWS::AccountId")}:root` };
const att = (id: string, name = "Arn") => ({ "Fn::GetAtt": [id, name] });
const service = (name: string) => ({ Service: name });

const keyPolicy = (...more: unknown[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" }, ...more],
});

const number: Resources = {
  TopicKey: {
    Type: "AWS::KMS::Key",
    Properties: {
      KeyPolicy: keyPolicy({
        Effect: "Allow",
        Principal: service("sms-voice.amazonaws.com"),
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
      }),
    },
  },
  Inbound: { Type: "AWS::SNS::Topic", Properties: { KmsMasterKeyId: att("TopicKey") } },
  Delivery: { Type: "AWS::SNS::Topic" },
  TopicPolicy: {
    Type: "AWS::SNS::TopicPolicy",
    Properties: {
      Topics: [{ Ref: "Inbound" }, { Ref: "Delivery" }],
      PolicyDocument: {
        Statement: [
          {
            Effect: "Allow",
            Principal: service("sms-voice.amazonaws.com"),
            Action: "sns:Publish",
            Resource: [{ Ref: "Inbound" }, { Ref: "Delivery" }],
            Condition: {
              StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
              ArnLike: { "aws:SourceArn": { "Fn::Sub": `arn:aws:sms-voice:${hole("AWS::Region")}:${hole("AWS::AccountId")}:*` } },
            },
          },
        ],
      },
    },
  },
  OptOuts: { Type: "AWS::SMSVOICE::OptOutList", Properties: { OptOutListName: "clinic" } },
  Number: {
    Type: "AWS::SMSVOICE::PhoneNumber",
    Properties: {
      IsoCountryCode: "CA",
      NumberType: "LONG_CODE",
      NumberCapabilities: ["SMS"],
      MandatoryKeywords: {},
      OptOutListName: { Ref: "OptOuts" },
      SelfManagedOptOutsEnabled: true,
      TwoWay: { Enabled: true, ChannelArn: { Ref: "Inbound" } },
    },
  },
  Events: {
    Type: "AWS::SMSVOICE::ConfigurationSet",
    Properties: {
      ConfigurationSetName: "clinic",
      EventDestinations: [
        { EventDestinationName: "sns", Enabled: true, MatchingEventTypes: ["TEXT_ALL"], SnsDestination: { TopicArn: { Ref: "Delivery" } } },
      ],
    },
  },
};

const exported = (name: string, value: unknown) => ({ [name]: { Value: value, Export: { Name: `Number:${name}` } } });

const subscribe = (queue: string, topic: string) => ({
  Type: "AWS::SNS::Subscription",
  Properties: { Protocol: "sqs", Endpoint: att(queue), TopicArn: { "Fn::ImportValue": `Number:${topic}` } },
});
const mayBeSentTo = (queue: string, topic: string) => ({
  Effect: "Allow",
  Principal: service("sns.amazonaws.com"),
  Action: "sqs:SendMessage",
  Resource: att(queue),
  Condition: { ArnEquals: { "aws:SourceArn": { "Fn::ImportValue": `Number:${topic}` } } },
});

/** The statements of the one function's role. */
const STATEMENTS: readonly Record<string, unknown>[] = [
  {
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:Query"],
    Resource: [att("State"), { "Fn::Join": ["", [att("State"), "/index/*"]] }],
    Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["N#*", "team"] } },
  },
  {
    Effect: "Allow",
    Action: ["dynamodb:PutItem", "dynamodb:ConditionCheckItem", "dynamodb:UpdateItem"],
    Resource: att("State"),
    Condition: {
      StringEquals: { "dynamodb:EnclosingOperation": "TransactWriteItems" },
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "N#*" },
    },
  },
  {
    Effect: "Allow",
    Action: ["kms:Encrypt", "kms:Decrypt"],
    Resource: att("MessageKey"),
    Condition: { StringEquals: { "kms:EncryptionContext:clinic": "c1" } },
  },
  { Effect: "Allow", Action: "kms:GenerateMac", Resource: att("IndexKey") },
  {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: [att("InboundQueue"), att("DeliveryQueue"), att("Replies")],
  },
  { Effect: "Allow", Action: ["sqs:SendMessage", "sqs:ChangeMessageVisibility"], Resource: att("Replies") },
  { Effect: "Allow", Action: "sns:Publish", Resource: { Ref: "Look" } },
  { Effect: "Allow", Action: ["sms-voice:SendTextMessage"], Resource: { "Fn::ImportValue": "Number:Arn" } },
  {
    Effect: "Allow",
    Action: ["sms-voice:PutOptedOutNumber", "sms-voice:DeleteOptedOutNumber"],
    Resource: { "Fn::ImportValue": "Number:List" },
  },
  { Effect: "Allow", Action: ["xray:PutTraceSegments"], Resource: "*" },
];

const gateway: Resources = {
  State: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "PK", AttributeType: "S" },
        { AttributeName: "SK", AttributeType: "S" },
        { AttributeName: "q", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: "queue", KeySchema: [{ AttributeName: "q", KeyType: "HASH" }], Projection: { ProjectionType: "ALL" } },
      ],
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    },
  },
  MessageKey: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: keyPolicy() } },
  IndexKey: { Type: "AWS::KMS::Key", Properties: { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC", KeyPolicy: keyPolicy() } },
  InboundQueue: {
    Type: "AWS::SQS::Queue",
    Properties: { VisibilityTimeout: 180, RedrivePolicy: { deadLetterTargetArn: att("DeadLetters"), maxReceiveCount: 2 } },
  },
  DeadLetters: { Type: "AWS::SQS::Queue" },
  DeliveryQueue: { Type: "AWS::SQS::Queue" },
  Replies: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } },
  QueuePolicy: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: { Queues: [{ Ref: "InboundQueue" }], PolicyDocument: { Statement: [mayBeSentTo("InboundQueue", "Inbound")] } },
  },
  DeliveryPolicy: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: { Queues: [{ Ref: "DeliveryQueue" }], PolicyDocument: { Statement: [mayBeSentTo("DeliveryQueue", "Delivery")] } },
  },
  InboundSubscription: subscribe("InboundQueue", "Inbound"),
  DeliverySubscription: subscribe("DeliveryQueue", "Delivery"),
  Look: { Type: "AWS::SNS::Topic", Properties: { TopicName: "someone-must-look" } },
  LookMail: { Type: "AWS::SNS::Subscription", Properties: { Protocol: "email", Endpoint: "it@example.com", TopicArn: { Ref: "Look" } } },
  Role: {
    Type: "AWS::IAM::Role",
    Properties: {
      Path: "/clinic/",
      AssumeRolePolicyDocument: {},
      ManagedPolicyArns: [
        { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]] },
      ],
    },
  },
  Policy: {
    Type: "AWS::IAM::Policy",
    Properties: { PolicyName: "Policy", Roles: [{ Ref: "Role" }], PolicyDocument: { Statement: STATEMENTS } },
  },
  Fn: {
    Type: "AWS::Lambda::Function",
    Properties: { Role: att("Role"), Environment: { Variables: { POWERTOOLS_SERVICE_NAME: "receive-text", TABLE: { Ref: "State" } } } },
  },
};

/** A small clinic in two stacks, with every kind of thing that the functions call. */
export function clinic(change: (resources: Resources) => void = () => {}): Record<string, Template> {
  const second = structuredClone(gateway);
  change(second);
  return {
    Number: {
      Resources: number,
      Outputs: {
        ...exported("Inbound", { Ref: "Inbound" }),
        ...exported("Delivery", { Ref: "Delivery" }),
        ...exported("Arn", att("Number")),
        ...exported("List", att("OptOuts")),
      },
    },
    Gateway: { Resources: second },
  };
}
