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

/** What stands before a request's body. */
export interface Head {
  readonly method: string;
  readonly url: string;
  readonly headers: Request["headers"];
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
 * client we use but four), of the form field `Action` (AWS Query: SNS), or of method and path (REST: S3, Lambda and Pinpoint). The signature itself is not checked: the key id is the identity.
 * @returns the request, or a sentence that says what is wrong with it
 */
export function identify({ method, url, headers }: Head, body: Buffer): Request | string {
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
    const action = PATHS[`${signedService} ${method} ${url}`];
    if (action !== undefined)
      return { accessKeyId, service: signedService, action, input: object(JSON.parse(body.toString("utf8"))), headers, body };
    if (signedService === "s3") return { accessKeyId, service: "s3", ...s3Call(method, url, headers), headers, body };
    if (signedService === "lambda") {
      const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.split("?")[0] ?? "") ?? [];
      const invoked = method === "POST" && name !== undefined ? "InvokeFunction" : "";
      return { accessKeyId, service: "lambda", action: invoked, input: { FunctionName: decodeURIComponent(name ?? "") }, headers, body };
    }
    const form = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
    return { accessKeyId, service: signedService, action: form["Action"] ?? "", input: form, headers, body };
  } catch {
    return "The body of the request cannot be read.";
  }
}

/** An operation of S3, by path, method and query; the address is always `/bucket/key`, because the door's is an IP address. */
function s3Call(method: string, url: string, headers: Request["headers"]): { action: string; input: Properties } {
  const { pathname, searchParams: query } = new URL(url, "http://door");
  const [, bucket = "", ...path] = pathname.split("/").map(decodeURIComponent);
  const key = path.join("/");
  const header = (name: string): Properties => (headers[name] === undefined ? {} : { [name]: String(headers[name]) });
  const input = {
    Bucket: bucket,
    ...(key === "" ? {} : { Key: key }),
    ...Object.fromEntries(query),
    ...header("if-none-match"),
    ...header("x-amz-object-lock-mode"),
    ...header("x-amz-object-lock-retain-until-date"),
  };
  const onBucket = method === "GET" && query.has("versions") ? "ListObjectVersions" : "";
  const onObject: Readonly<Record<string, string>> = { GET: "GetObject", PUT: "PutObject", DELETE: "DeleteObject" };
  return { action: key === "" ? onBucket : (onObject[method] ?? ""), input };
}
