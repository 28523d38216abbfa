import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type LocalAws, list, object, text } from "../aws/index.ts";
import type { Claims, Issuer } from "./issuer.ts";
import type { Workers } from "./workers.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What API Gateway itself takes at most (docs: http-api-quotas). */
export const MAX_PAYLOAD = 10 * 1024 * 1024;

const own = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});
/** As API Gateway sends it. */
export const TOO_LARGE = own(413, "Request Entity Too Large");

interface Route {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly fn: string;
  readonly authorizer: { readonly issuer: string; readonly audience: readonly string[] } | undefined;
}

/** The HTTP API that the template describes: routes, JWT authorizer, payload format 2.0. */
export function openHttpApi(
  aws: LocalAws,
  workers: Workers,
  issuer: Issuer,
): (request: IncomingMessage, body: Buffer) => Promise<HttpAnswer> {
  const integrations = new Map(
    aws.cloud.resources("AWS::ApiGatewayV2::Integration").map((each) => [each.ref, text(each.properties["IntegrationUri"]) ?? ""]),
  );
  const authorizers = new Map(
    aws.cloud.resources("AWS::ApiGatewayV2::Authorizer").map((each) => {
      const jwt = object(each.properties["JwtConfiguration"]);
      return [each.ref, { issuer: text(jwt["Issuer"]) ?? "", audience: list(jwt["Audience"]).map(String) }] as const;
    }),
  );
  const routes = aws.cloud.resources("AWS::ApiGatewayV2::Route").map((each): Route => {
    const key = text(each.properties["RouteKey"]) ?? "";
    const [method = "", path = ""] = key.split(" ");
    if (method === "ANY" || path.includes("+}"))
      throw new Error(`the route ${key}: the local stack knows one method and whole segments only`);
    const uri = integrations.get((text(each.properties["Target"]) ?? "").replace("integrations/", "")) ?? "";
    const fn = workers.functions.find((candidate) => uri.includes(candidate.arn));
    if (!fn) throw new Error(`the route ${key} leads to no function of the stack`);
    const type = text(each.properties["AuthorizationType"]) ?? "NONE";
    const authorizer = authorizers.get(text(each.properties["AuthorizerId"]) ?? "");
    if (type !== "NONE" && (type !== "JWT" || !authorizer))
      throw new Error(`the route ${key}: the local stack knows JWT authorizers only, not ${type}`);
    return { key, method, segments: path.split("/"), fn: fn.name, authorizer: type === "JWT" ? authorizer : undefined };
  });
  // A literal segment beats a parameter (docs: http-api-develop-routes).
  const ordered = routes.filter((route) => route.key !== "$default").sort((a, b) => parameters(a) - parameters(b));
  const fallback = routes.find((route) => route.key === "$default");

  return async (request, body) => {
    const method = request.method ?? "GET";
    const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split(/\?(.*)/s);
    const segments = rawPath.split("/");
    const route = ordered.find((each) => each.method === method && matches(each, segments)) ?? fallback;
    if (!route) return own(404, "Not Found");

    let claims: Claims | undefined;
    if (route.authorizer) {
      claims = await authorised(issuer, request.headers.authorization, route.authorizer);
      if (!claims) return { ...own(401, "Unauthorized"), headers: { "content-type": "application/json", "www-authenticate": "Bearer" } };
    }
    const ended = await workers.invoke(route.fn, eventOf(request, body, { method, rawPath, rawQueryString, segments, route, claims }));
    return ended.ok ? answerOf(ended.value) : own(500, "Internal Server Error");
  };
}

const parameters = (route: Route): number => route.segments.filter((segment) => segment.startsWith("{")).length;
const matches = (route: Route, segments: readonly string[]): boolean =>
  route.segments.length === segments.length &&
  route.segments.every((segment, at) => (segment.startsWith("{") ? segments[at] !== "" : segment === segments[at]));

async function authorised(
  issuer: Issuer,
  header: string | undefined,
  expected: { issuer: string; audience: readonly string[] },
): Promise<Claims | undefined> {
  const [, token] = /^(?:Bearer )?(\S+)$/i.exec(header ?? "") ?? [];
  if (token === undefined) return undefined;
  try {
    const claims = await issuer.verify(token, expected.issuer);
    const audience = list(claims["aud"] ?? claims.client_id).map(String);
    return audience.some((each) => expected.audience.includes(each)) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Payload format 2.0 (docs: http-api-develop-integrations-lambda). */
function eventOf(
  request: IncomingMessage,
  body: Buffer,
  at: { method: string; rawPath: string; rawQueryString: string; segments: readonly string[]; route: Route; claims: Claims | undefined },
): object {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]),
  );
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(at.rawQueryString))
    query.set(name, query.has(name) ? `${query.get(name)},${value}` : value);
  const path = at.route.segments.flatMap((segment, index) =>
    segment.startsWith("{") ? [[segment.slice(1, -1), decoded(at.segments[index] ?? "")] as const] : [],
  );
  const isText = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|[\w.+-]+\+(json|xml)))/i.test(
    headers["content-type"] ?? "",
  );
  const scopes = at.claims?.scope;
  return {
    version: "2.0",
    routeKey: at.route.key,
    rawPath: at.rawPath,
    rawQueryString: at.rawQueryString,
    headers,
    ...(query.size > 0 ? { queryStringParameters: Object.fromEntries(query) } : {}),
    ...(path.length > 0 ? { pathParameters: Object.fromEntries(path) } : {}),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers["host"] ?? "localhost",
      domainPrefix: "local",
      http: { method: at.method, path: at.rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: headers["user-agent"] ?? "" },
      requestId: randomUUID(),
      routeKey: at.route.key,
      stage: "$default",
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
      ...(at.claims ? { authorizer: { jwt: { claims: stringified(at.claims), scopes: scopes ? scopes.split(" ") : null } } } : {}),
    },
    ...(body.length > 0 ? { body: isText ? body.toString("utf8") : body.toString("base64") } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** API Gateway hands every claim over as text; lists as "[a b]". */
const stringified = (claims: Claims): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, Array.isArray(value) ? `[${value.join(" ")}]` : String(value)]));

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function answerOf(value: unknown): HttpAnswer {
  const answer = object(value);
  if (answer["statusCode"] === undefined) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: typeof value === "string" ? value : JSON.stringify(value),
    };
  }
  const status = Number(answer["statusCode"]);
  // What cannot be sent is the function's failure.
  if (!Number.isInteger(status) || status < 200 || status > 599) return own(500, "Internal Server Error");
  const headers = Object.fromEntries(Object.entries(object(answer["headers"])).map(([name, each]) => [name, String(each)]));
  const body = text(answer["body"]) ?? "";
  return { status, headers, body: answer["isBase64Encoded"] === true ? Buffer.from(body, "base64") : body };
}
