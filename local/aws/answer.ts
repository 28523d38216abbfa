import { randomUUID } from "node:crypto";

/** What the door sends back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An error as the service itself would word it. Thrown by the simulated services, told by the door. */
export class AwsError extends Error {
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;
  constructor(name: string, message: string, more: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
    this.more = more;
  }
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  dynamodb: "application/x-amz-json-1.0",
  kms: "application/x-amz-json-1.1",
  sqs: "application/x-amz-json-1.0",
  s3: "application/xml",
  sns: "text/xml",
  "sms-voice": "application/x-amz-json-1.0",
  mobiletargeting: "application/json",
};

/** The namespace of a service's error names on the wire. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dynamodb: "com.amazonaws.dynamodb.v20120810#",
  sqs: "com.amazonaws.sqs#",
};

export function headers(service: string): Record<string, string> {
  return { "content-type": CONTENT_TYPES[service] ?? "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
}

/** A service's own JSON result. */
export function success(service: string, result: unknown): Answer {
  return { status: 200, headers: headers(service), body: JSON.stringify(result) };
}

export function xml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An error in the shape that this service's SDK client reads (the Query protocol's XML for SNS, AWS JSON for the others). */
export function failure(service: string, error: AwsError): Answer {
  if (service === "sns") {
    const fault = error.status >= 500 ? "Receiver" : "Sender";
    const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${fault}</Type><Code>${xml(error.name)}</Code><Message>${xml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { status: error.status, headers: headers(service), body };
  }
  if (service === "s3") {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${xml(error.name)}</Code><Message>${xml(error.message)}</Message></Error>`;
    return { status: error.status, headers: headers(service), body };
  }
  const body = JSON.stringify({
    __type: `${NAMESPACES[service] ?? ""}${error.name}`,
    message: error.message,
    Message: error.message,
    ...error.more,
  });
  return { status: error.status, headers: { ...headers(service), "x-amzn-errortype": error.name }, body };
}

/** The name under which each service says that it failed for reasons of its own. */
export const INTERNAL: Readonly<Record<string, string>> = {
  dynamodb: "InternalServerError",
  kms: "KMSInternalException",
  lambda: "ServiceException",
  mobiletargeting: "InternalServerErrorException",
  s3: "InternalError",
  sqs: "InternalError",
  sns: "InternalError",
  "sms-voice": "InternalServerException",
};

/** The name under which each service says that the caller may not. */
export const DENIED: Readonly<Record<string, string>> = { s3: "AccessDenied", sns: "AuthorizationError" };
