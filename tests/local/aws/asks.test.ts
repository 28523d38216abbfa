import { describe, expect, it } from "vitest";
import { askReader } from "../../../local/aws/asks.ts";
import { loadGrants } from "../../../local/aws/grants.ts";
import { checkSubscriptions } from "../../../local/aws/queues.ts";
import { loadCloud } from "../../../local/aws/template.ts";
import { assembly, clinic } from "./support/assembly.ts";

const ROLE = "arn:aws:iam::000000000000:role/r";
const key = { "Fn::GetAtt": ["MessageKey", "Arn"] };

/** A clinic whose queue, table and topic are sealed with the customer's key. */
function sealed() {
  const cloud = loadCloud(
    assembly(
      clinic((resources) => {
        Object.assign(resources["Replies"]?.Properties ?? {}, { KmsMasterKeyId: key });
        Object.assign(resources["Look"]?.Properties ?? {}, { KmsMasterKeyId: { Ref: "Alias" } });
        Object.assign(resources["State"]?.Properties ?? {}, {
          SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: key },
        });
        resources["Alias"] = { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/clinic", TargetKeyId: key } };
      }),
    ),
    "http://127.0.0.1:4000",
  );
  const read = askReader(cloud);
  const asks = (service: string, action: string, input: Record<string, unknown>) =>
    read({ accessKeyId: "K", service, action, input, headers: {}, body: Buffer.alloc(0) }, ROLE);
  return { cloud, asks };
}

describe("what a call asks of IAM", () => {
  it("is one ask per item of a transaction, and the table's key once for each", () => {
    const { cloud, asks } = sealed();
    const TableName = cloud.resource("State")?.name;
    const asked = asks("dynamodb", "TransactWriteItems", {
      TransactItems: [
        { Put: { TableName, Item: { PK: { S: "N#1" } } } },
        { Update: { TableName, Key: { PK: { S: "C#1" } } } },
        { ConditionCheck: { TableName, Key: { PK: { S: "P#1" } } } },
        { Delete: { TableName, Key: { PK: { S: "I#1" } } } },
      ],
    });
    const own = asked.filter(({ action }) => action.startsWith("dynamodb:"));
    expect(
      own.map(({ action, context }) => [action, context.get("dynamodb:leadingkeys")?.[0], context.get("dynamodb:enclosingoperation")?.[0]]),
    ).toEqual([
      ["dynamodb:PutItem", "N#1", "TransactWriteItems"],
      ["dynamodb:UpdateItem", "C#1", "TransactWriteItems"],
      ["dynamodb:ConditionCheckItem", "P#1", "TransactWriteItems"],
      ["dynamodb:DeleteItem", "I#1", "TransactWriteItems"],
    ]);
    const keys = asked.filter(({ action }) => action.startsWith("kms:"));
    expect(keys.map(({ action, resource, context }) => [action, resource, context.get("kms:viaservice")?.[0]])).toEqual(
      Array.from({ length: 4 }, () => ["kms:Decrypt", cloud.resource("MessageKey")?.arn, "dynamodb.ca-central-1.amazonaws.com"]),
    );
  });

  it("includes the key of a sealed queue and of a sealed topic, named by an alias", () => {
    const { cloud, asks } = sealed();
    const sent = asks("sqs", "SendMessageBatch", { QueueUrl: cloud.resource("Replies")?.ref });
    expect(sent.map(({ action }) => action)).toEqual(["sqs:SendMessage", "kms:GenerateDataKey", "kms:Decrypt"]);
    expect(sent[1]?.context.get("kms:encryptioncontext:aws:sqs:arn")).toEqual([cloud.resource("Replies")?.arn]);
    expect(asks("sqs", "ReceiveMessage", { QueueUrl: cloud.resource("Replies")?.ref }).map(({ action }) => action)).toEqual([
      "sqs:ReceiveMessage",
      "kms:Decrypt",
    ]);
    expect(asks("sqs", "SendMessage", { QueueUrl: cloud.resource("InboundQueue")?.ref }).map(({ action }) => action)).toEqual([
      "sqs:SendMessage",
    ]);
    expect(asks("sns", "Publish", { TopicArn: cloud.resource("Look")?.arn }).map(({ resource }) => resource)).toContain(
      cloud.resource("MessageKey")?.arn,
    );
  });

  it("names an index by its own ARN and its own partition key", () => {
    const { cloud, asks } = sealed();
    const state = cloud.resource("State");
    const [ask] = asks("dynamodb", "Query", {
      TableName: state?.name,
      IndexName: "queue",
      KeyConditionExpression: "SK > :s AND #q=:q",
      ExpressionAttributeNames: { "#q": "q" },
      ExpressionAttributeValues: { ":q": { S: "team" }, ":s": { S: "x" } },
    });
    expect([ask?.resource, ask?.context.get("dynamodb:leadingkeys")]).toEqual([`${state?.arn}/index/queue`, ["team"]]);
  });
});

describe("the policies of the templates", () => {
  const load = (change: Parameters<typeof clinic>[0]) => loadCloud(assembly(clinic(change)), "http://127.0.0.1:4000");

  it("stop at what they cannot be held to, naming the resource", () => {
    const cloud = load((resources) => {
      resources["Policy"] = {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyName: "p",
          Roles: [{ Ref: "Role" }],
          PolicyDocument: {
            Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Condition: { StringEquals: { "aws:Moon": "full" } } }],
          },
        },
      };
    });
    expect(() => loadGrants(cloud)).toThrow(
      "Gateway / Policy (AWS::IAM::Policy): the local stack does not know the condition key aws:Moon",
    );
  });

  it("stop at a managed policy of AWS that nobody has read", () => {
    const cloud = load((resources) => {
      Object.assign(resources["Role"]?.Properties ?? {}, { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
    });
    expect(() => loadGrants(cloud)).toThrow("AWS's managed policy AdministratorAccess");
  });

  it("must let each topic reach its queue", () => {
    const cloud = load((resources) => {
      delete resources["QueuePolicy"];
    });
    expect(() => checkSubscriptions(cloud, loadGrants(cloud))).toThrow(
      "Gateway / InboundSubscription: the policy of the queue InboundQueue does not let the topic send to it",
    );
  });

  it("must let each topic use the key of a sealed queue", () => {
    const cloud = load((resources) => {
      Object.assign(resources["InboundQueue"]?.Properties ?? {}, { KmsMasterKeyId: key });
    });
    expect(() => checkSubscriptions(cloud, loadGrants(cloud))).toThrow(
      "the key of the queue InboundQueue does not let sns.amazonaws.com use kms:GenerateDataKey",
    );
  });
});
