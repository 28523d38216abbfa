import type * as z from "zod";
import { CODES, type Code, Refusal, tell } from "../../core/codes.ts";

export interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export const answer = (statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  statusCode,
  headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  body: JSON.stringify(body),
});

/** RFC 9457 problem details. Says what to do instead and who can change it; never quotes what was sent. */
export function problem(
  code: Code,
  more: {
    says?: string | undefined;
    instead?: string | undefined;
    errors?: readonly { pointer: string; detail: string }[];
    extra?: object;
  } = {},
  headers: Record<string, string> = {},
): Answer {
  const { says, instead, who } = tell(code, more.instead);
  const { status } = CODES[code];
  const body = {
    type: `urn:clinic-sms:${code}`,
    title: more.says ?? says,
    status,
    code,
    instead,
    who,
    ...(more.errors && more.errors.length > 0 ? { errors: more.errors } : {}),
    ...more.extra,
  };
  return {
    statusCode: status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(code === "busy" ? { "retry-after": "1" } : {}),
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

/** Parses what was sent. @throws Refusal `invalid-request` with a pointer to each member, never its value */
export function parse<T>(schema: z.ZodType<T>, value: unknown, root = ""): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal("invalid-request", {
    pointers: result.error.issues
      .slice(0, 20)
      .map((issue) => ({ pointer: `${root}/${issue.path.map(safe).join("/")}`, detail: detail(issue) })),
  });
}

/** A member's name is input too: one that does not look like a name is not repeated. */
const safe = (segment: PropertyKey): string =>
  /^[A-Za-z0-9_-]{1,40}$/.test(String(segment)) && !/\d{6,}/.test(String(segment)) ? String(segment) : "?";

function detail(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unknown member: ${issue.keys.map(safe).join(", ")}`;
    case "invalid_type":
      return `must be ${issue.expected}`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `too small: at least ${issue.minimum}`;
    case "too_big":
      return `too large: at most ${issue.maximum}`;
    case "invalid_format":
      return `not in the form of ${issue.format}`;
    default:
      return "not valid here";
  }
}
