/** The one way a verb is put behind HTTPS: parse strictly, know who acts, call one verb, answer; every error has its code. */
import middy from "@middy/core";
import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import type * as z from "zod";
import type { Act } from "../../core/audit.ts";
import { Refusal } from "../../core/codes.ts";
import { ROUTES } from "../../core/routes.ts";
import { log, logError } from "./log.ts";
import { type Answer, parse, problem } from "./problem.ts";
import { type Claims, whoActs } from "./who.ts";

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;

/** Nothing this API takes is longer; what is, is not looked at. */
const MAX_BODY = 64 * 1024;

export interface Call<B> {
  readonly body: B;
  readonly event: HttpEvent;
  readonly route: string;
  readonly act: Act;
  readonly client: string;
  /** A path parameter that API Gateway matched. */
  path(name: string): string;
  query(name: string): string | undefined;
  header(name: string): string | undefined;
}

interface Verb<B> {
  /** The body's schema; absent for calls without one. */
  readonly body?: z.ZodType<B>;
  /** A person must be named; may depend on the route. */
  readonly person: boolean | ((route: string) => boolean);
  readonly run: (call: Call<B>) => Promise<Answer>;
}

/** A handler for one verb. */
export function http<B = undefined>(verb: Verb<B>): (event: HttpEvent, context: Context) => Promise<Answer> {
  return middy<HttpEvent, Answer>()
    .use({ onError: refusals })
    .handler(async (event: HttpEvent, context: Context) => {
      const started = performance.now();
      const claims = (event.requestContext.authorizer?.jwt?.claims ?? {}) as Claims;
      const scope = ROUTES.find((route) => `${route.method} ${route.path}` === event.routeKey)?.scope;
      if (!scope || !(claims.scope ?? "").split(" ").includes(scope))
        throw new Refusal("forbidden-scope", { pointers: [{ pointer: "token", detail: `needs ${scope ?? "a scope"}` }] });
      const person = typeof verb.person === "function" ? verb.person(event.routeKey) : verb.person;
      const who = whoActs(claims, event.headers["acting-user"], person);
      const answered = await verb.run({
        body: verb.body ? parse(verb.body, jsonBody({ event })) : (undefined as B),
        event,
        route: event.routeKey,
        act: { who, src: { fn: process.env["POWERTOOLS_SERVICE_NAME"] ?? "", req: context.awsRequestId } },
        client: who.app,
        path: (name) => event.pathParameters?.[name] ?? "",
        query: (name) => event.queryStringParameters?.[name],
        header: (name) => event.headers[name],
      });
      log("answered", {
        request: context.awsRequestId,
        route: event.routeKey,
        status: answered.statusCode,
        ms: Math.round(performance.now() - started),
      });
      return answered;
    }) as (event: HttpEvent, context: Context) => Promise<Answer>;
}

/** Expected ends become their problem; anything else is a bare 500, and its message stays here. */
const refusals = (request: middy.Request<HttpEvent, Answer>): void => {
  const { error, event, context } = request;
  const where = { request: context.awsRequestId, route: event.routeKey };
  if (error instanceof Refusal) {
    log("refused", { ...where, code: error.code });
    request.response = problem(error.code, { instead: error.instead, errors: error.pointers });
  } else {
    logError("failed", error, where);
    request.response = problem("internal-error");
  }
};

/** The body as JSON. @throws Refusal `unsupported-media-type`, `body-too-large`, `invalid-json` */
export function jsonBody({ event }: { readonly event: HttpEvent }): unknown {
  const type = event.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Refusal("unsupported-media-type");
  const raw = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (raw.length > MAX_BODY) throw new Refusal("body-too-large");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
    // API Gateway hands a text body over decoded: what was no UTF-8 has become this character by now.
    if (!text.includes("\ufffd")) return JSON.parse(text);
  } catch {
    // told below
  }
  throw new Refusal("invalid-json");
}

/** The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07: a structured string; bare ones are taken too). */
export function idempotencyKey(call: Pick<Call<unknown>, "header">): string {
  const key = call
    .header("idempotency-key")
    ?.trim()
    .replace(/^"(.*)"$/, "$1");
  if (!key) throw new Refusal("idempotency-key-missing");
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Refusal("invalid-request", {
      pointers: [{ pointer: "header:Idempotency-Key", detail: "1 to 255 visible ASCII characters" }],
    });
  return key;
}

/** The revision in If-Match. @throws Refusal `if-match-missing`, `invalid-request` */
export function ifMatch(call: Pick<Call<unknown>, "header">): number {
  const header = call.header("if-match");
  if (!header) throw new Refusal("if-match-missing");
  const [, rev] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header) ?? [];
  if (rev === undefined) throw new Refusal("invalid-request", { pointers: [{ pointer: "header:If-Match", detail: 'write W/"7"' }] });
  return Number(rev);
}

const DEFAULT_LIMIT = 50;

/** How many entries of a list are asked for. @throws Refusal `invalid-request` */
export function limitOf(call: Pick<Call<unknown>, "query">): number {
  const limit = Number(call.query("limit") ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new Refusal("invalid-request", { pointers: [{ pointer: "query:limit", detail: "1 to 100" }] });
}

/** The place in a list that a cursor names. @param form of such places @throws Refusal `invalid-request` */
export function cursorOf(call: Pick<Call<unknown>, "query">, form: RegExp): string | undefined {
  const cursor = call.query("cursor");
  const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("utf8");
  if (after === undefined || form.test(after)) return after;
  throw new Refusal("invalid-request", { pointers: [{ pointer: "query:cursor", detail: "not a cursor of this list" }] });
}

/** The cursor of a place. */
export const toCursor = (place: string | undefined): string | undefined => place && Buffer.from(place).toString("base64url");

/** An id of one kind, from a path or a body. @throws Refusal `not-found`: a malformed id names nothing */
export function idOf(text: string, form: RegExp): string {
  if (!form.test(text)) throw new Refusal("not-found");
  return text;
}

export const PATIENT_ID = /^pat_[0-9A-Z]{26}$/;
export const CONVERSATION_ID = /^cnv_[0-9A-Z]{26}$/;
export const CONSENT_ID = /^con_[0-9A-Z]{26}$/;
export const NUMBER_ID = /^tel_[0-9A-Z]{26}$/;
export const INCIDENT_ID = /^inc_[0-9A-Z]{26}$/;
