import { encryptionContext, keyArn, viaAsks } from "./ask-keys.ts";
import { dynamoAsks } from "./asks-dynamo.ts";
import { s3AskReader } from "./asks-s3.ts";
import type { Request } from "./identify.ts";
import type { Ask } from "./policy.ts";
import type { Cloud } from "./template.ts";
import { list, text } from "./values.ts";

/** Turns a request into what IAM decides about. */
export type ReadAsks = (request: Request, principalArn: string) => readonly Ask[];

/** The condition keys that every request of a role carries. Loopback HTTP stands in for TLS, so the transport counts as secure. */
function baseContext(principalArn: string, account: string, region: string): Map<string, readonly string[]> {
  return new Map([
    ["aws:principalarn", [principalArn]],
    ["aws:principalaccount", [account]],
    ["aws:principaltype", ["AssumedRole"]],
    ["aws:principalisawsservice", ["false"]],
    ["aws:viaawsservice", ["false"]],
    ["aws:requestedregion", [region]],
    ["aws:resourceaccount", [account]],
    ["aws:securetransport", ["true"]],
    ["kms:calleraccount", [account]],
  ]);
}

/** The condition keys of an AWS service that acts for one of our resources. */
export function serviceContext(service: string, sourceArn: string, account: string): Map<string, readonly string[]> {
  return new Map([
    ["aws:principalisawsservice", ["true"]],
    ["aws:principalservicename", [service]],
    ["aws:resourceaccount", [account]],
    ["aws:securetransport", ["true"]],
    ["aws:sourceaccount", [account]],
    ["aws:sourcearn", [sourceArn]],
    ["aws:sourceowner", [account]],
    ["kms:calleraccount", [account]],
  ]);
}

/** Batch calls are authorised as the single action. */
const SINGLE: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
  DeleteMessageBatch: "DeleteMessage",
  PublishBatch: "Publish",
  SendMessageBatch: "SendMessage",
};

/**
 * Prepares the reading of requests against this cloud's resources.
 * Sources: the service authorization reference ("Actions, resources, and condition keys for ...") of each service.
 */
export function askReader(cloud: Cloud): ReadAsks {
  const { region, account } = cloud;
  const queues = new Map(cloud.resources("AWS::SQS::Queue").map((queue) => [queue.name, queue]));
  const topics = new Map(cloud.resources("AWS::SNS::Topic").map((topic) => [topic.arn ?? "", topic]));
  const numbers = cloud.resources("AWS::SMSVOICE::PhoneNumber");
  const lists = cloud.resources("AWS::SMSVOICE::OptOutList");
  const tables = dynamoAsks(cloud);
  const s3Asks = s3AskReader();
  const functions = cloud.resources("AWS::Lambda::Function");
  const functionArn = (named: string) =>
    functions.find((fn) => fn.name === named || fn.arn === named)?.arn ?? arn("lambda", `function:${named}`);
  const arn = (service: string, path: string) => `arn:aws:${service}:${region}:${account}:${path}`;

  return (request, principalArn) => {
    const { service, input } = request;
    const action = `${service}:${SINGLE[request.action] ?? request.action}`;
    const base = baseContext(principalArn, account, region);
    if (service === "dynamodb") return tables(request, base);
    if (service === "sqs") {
      const name =
        String(input["QueueUrl"] ?? input["QueueName"] ?? "")
          .split("/")
          .at(-1) ?? "";
      const queue = queues.get(name);
      const resource = queue?.arn ?? (name === "" ? "*" : arn("sqs", name));
      const key = keyArn(cloud, queue?.properties["KmsMasterKeyId"]);
      const needsKey = key !== undefined && (action === "sqs:SendMessage" || action === "sqs:ReceiveMessage");
      const encrypted = needsKey ? { keyArn: key, context: { "aws:sqs:arn": resource } } : undefined;
      return [{ action, resource, context: base }, ...viaAsks(encrypted, "sqs", action === "sqs:SendMessage", base, region)];
    }
    if (service === "sns") {
      const resource = text(input["TopicArn"]) ?? "*";
      const key = keyArn(cloud, topics.get(resource)?.properties["KmsMasterKeyId"]);
      const encrypted =
        key !== undefined && action === "sns:Publish" ? { keyArn: key, context: { "aws:sns:topicArn": resource } } : undefined;
      return [{ action, resource, context: base }, ...viaAsks(encrypted, "sns", true, base, region)];
    }
    if (service === "kms") {
      const context = new Map([...base, ...encryptionContext(input["EncryptionContext"])]);
      const mac = text(input["MacAlgorithm"]);
      if (mac !== undefined) context.set("kms:macalgorithm", [mac]);
      if (request.action === "Encrypt" || request.action === "Decrypt")
        context.set("kms:encryptionalgorithm", [text(input["EncryptionAlgorithm"]) ?? "SYMMETRIC_DEFAULT"]);
      const named = text(input["KeyId"]) ?? keyOfCiphertext(input["CiphertextBlob"]);
      return [{ action, resource: keyArn(cloud, named) ?? arn("kms", `key/${named ?? ""}`), context }];
    }
    if (service === "s3") return s3Asks(request, base);
    if (service === "lambda") return [{ action, resource: functionArn(String(input["FunctionName"] ?? "")), context: base }];
    if (service === "sms-voice") {
      const identity = text(input["OriginationIdentity"]);
      const opting = text(input["OptOutListName"]);
      const resource =
        request.action === "SendTextMessage"
          ? (numbers.find((number) => [number.arn, number.ref, number.attributes["PhoneNumber"]].includes(identity))?.arn ??
            identity ??
            "*")
          : opting === undefined
            ? "*"
            : (lists.find((entry) => entry.arn === opting || entry.ref === opting)?.arn ?? arn("sms-voice", `opt-out-list/${opting}`));
      return [{ action, resource, context: base }];
    }
    const resource = service === "mobiletargeting" ? arn(service, "phone/number/validate") : "*";
    return [{ action, resource, context: base }];
  };
}

/** The key id that a ciphertext of our KMS begins with (see `kms.ts`): a Decrypt may leave the key out. */
function keyOfCiphertext(blob: unknown): string | undefined {
  const hex = list(blob).length === 0 ? "" : Buffer.from(String(blob), "base64").subarray(1, 17).toString("hex");
  if (hex.length !== 32) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
