import { object, type Properties } from "./values.ts";

/** One AWS call as it came over the wire. */
export interface Request {
  readonly accessKeyId: string;
  /** The service's IAM prefix: `dynamodb`, `kms`, `mobiletargeting`, `sqs`, `sns`, `sms-voice`. */
  readonly service: string;
  readonly action: string;
  /** The parsed input; for the Query protocol, its form fields. */
  readonly input: Properties;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const TARGETS: Readonly<Record<string, string>> = {
  AmazonSQS: "sqs",
  DynamoDB_20120810: "dynamodb",
  PinpointSMSVoiceV2: "sms-voice",
  TrentService: "kms",
};

/** Calls whose action is their method and path (AWS REST JSON: Pinpoint). */
const PATHS: Readonly<Record<string, string>> = { "mobiletargeting POST /v1/phone/number/validate": "PhoneNumberValidate" };

/**
 * Reads who calls what: the access key id and the service of the SigV4 credential, the action of `X-Amz-Target` (AWS JSON: every
 * client we use but two), of the path (AWS REST: Pinpoint) or of the form field `Action` (AWS Query: SNS). The signature itself is not checked: the key id is the identity.
 * @param line method and path @returns the request, or a sentence that says what is wrong with it
 */
export function identify(headers: Request["headers"], body: Buffer, line = ""): Request | string {
  const credential = /Credential=([A-Za-z0-9]+)\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\//.exec(String(headers["authorization"] ?? ""));
  if (credential === null) return "The request carries no AWS signature (Authorization: AWS4-HMAC-SHA256 ...).";
  const [, accessKeyId = "", signedService = ""] = credential;
  const target = String(headers["x-amz-target"] ?? "");
  try {
    if (target !== "") {
      const [prefix = "", action = ""] = target.split(".");
      const service = TARGETS[prefix] ?? signedService;
      return { accessKeyId, service, action, input: object(JSON.parse(body.toString("utf8"))), headers, body };
    }
    const action = PATHS[`${signedService} ${line}`];
    if (action !== undefined)
      return { accessKeyId, service: signedService, action, input: object(JSON.parse(body.toString("utf8"))), headers, body };
    const form = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
    return { accessKeyId, service: signedService, action: form["Action"] ?? "", input: form, headers, body };
  } catch {
    return "The body of the request cannot be read.";
  }
}
