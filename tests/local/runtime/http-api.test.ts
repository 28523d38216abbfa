import { request } from "node:http";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Standing, stand } from "./support/stack.ts";

let local: Standing;
let token: string;
beforeAll(async () => {
  local = await stand();
  token = await local.stack.issuer.clientToken("emr");
});
afterAll(() => local.close());

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
interface Seen {
  readonly [member: string]: unknown;
  readonly headers: Record<string, string>;
  readonly requestContext: {
    http: Record<string, string>;
    routeKey: string;
    authorizer?: { jwt: { claims: Record<string, string>; scopes: string[] } };
  };
}
/** The event that the function got. */
async function seen(path: string, init: RequestInit = {}): Promise<Seen> {
  const response = await local.fetch(path, { ...init, headers: { ...bearer(token), ...init.headers } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { seen: Seen }).seen;
}
const told = async (response: Response) => ({ status: response.status, body: await response.json() });

describe("the event that a function gets", () => {
  it("has the payload format 2.0", async () => {
    const event = await seen("/v1/things/a%2Fb/parts/caf%C3%A9?x=1&y=%20z&x=2", { headers: { "X-Mixed-Case": "Kept As Is" } });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "GET /v1/things/{thing}/parts/{part}",
      rawPath: "/v1/things/a%2Fb/parts/caf%C3%A9",
      rawQueryString: "x=1&y=%20z&x=2",
      queryStringParameters: { x: "1,2", y: " z" },
      pathParameters: { thing: "a/b", part: "café" },
      isBase64Encoded: false,
      requestContext: {
        routeKey: "GET /v1/things/{thing}/parts/{part}",
        http: { method: "GET", path: "/v1/things/a%2Fb/parts/caf%C3%A9", sourceIp: "127.0.0.1", protocol: "HTTP/1.1" },
        stage: "$default",
      },
    });
    expect(event.headers["x-mixed-case"]).toBe("Kept As Is");
    expect(event).not.toHaveProperty("body");
  });

  it("says who calls, as the JWT authorizer found it: every claim as text", async () => {
    const staff = await local.stack.issuer.staffToken("m.tremblay", ["front-desk", "nurses"], "emr");
    const { authorizer } = (await seen("/v1/things/1", { headers: bearer(staff) })).requestContext;
    expect(authorizer?.jwt.scopes).toEqual(["system/Task.rs", "system/Task.u"]);
    expect(authorizer?.jwt.claims).toMatchObject({
      sub: "m.tremblay",
      username: "m.tremblay",
      token_use: "access",
      scope: "system/Task.rs system/Task.u",
      "cognito:groups": "[front-desk nurses]",
    });
    expect(authorizer?.jwt.claims["exp"]).toMatch(/^\d+$/);
    expect(authorizer?.jwt.claims["client_id"]).not.toBe("m.tremblay");
    expect((await seen("/v1/open")).requestContext).not.toHaveProperty("authorizer");
  });

  it.each([
    ["application/json", '{"a":"é"}', '{"a":"é"}', false],
    ["application/fhir+json; charset=utf-8", "{}", "{}", false],
    ["text/plain", "hello", "hello", false],
    ["application/octet-stream", "\u0000\u0001", "AAE=", true],
    ["application/pdf", "%PDF", "JVBERg==", true],
  ])("carries a body of %s as AWS does", async (type, sent, body, isBase64Encoded) => {
    const event = await seen("/v1/things", { method: "POST", body: Buffer.from(sent), headers: { "content-type": type } });
    expect(event).toMatchObject({ body, isBase64Encoded });
  });
});

describe("which function", () => {
  const answered = (path: string, method = "GET") => local.fetch(path, { method, headers: bearer(token) });

  it("a literal segment beats a parameter", async () => {
    const event = await seen("/v1/things/newest");
    expect(event.requestContext.routeKey).toBe("GET /v1/things/newest");
  });

  it.each([
    ["GET", "/v1/nowhere"],
    ["DELETE", "/v1/things/1"],
    ["GET", "/v1/things/"],
    ["GET", "/v1/things/1/"],
    ["GET", "/v1/things/1/parts"],
  ])("%s %s leads nowhere: 404 as AWS sends it", async (method, path) => {
    expect(await told(await answered(path, method))).toEqual({ status: 404, body: { message: "Not Found" } });
  });

  it("$default takes what no route takes, and needs no token", async () => {
    const other = await stand((resources) => {
      resources["Default"] = {
        Type: "AWS::ApiGatewayV2::Route",
        Properties: {
          ApiId: { Ref: "Api" },
          RouteKey: "$default",
          Target: { "Fn::Join": ["", ["integrations/", { Ref: "ToAnswers" }]] },
          AuthorizationType: "NONE",
        },
      };
    });
    try {
      const { seen: event } = (await (await other.fetch("/v1/nowhere", { method: "PUT" })).json()) as { seen: Seen };
      expect(event.requestContext.routeKey).toBe("$default");
      expect(event).not.toHaveProperty("pathParameters");
      // A route that exists keeps its own authorizer.
      expect((await other.fetch("/v1/things/1")).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  it("a route that the local stack would guess at stops the start", async () => {
    await expect(
      stand((resources) => Object.assign(resources["Thing"]?.Properties ?? {}, { RouteKey: "GET /v1/{proxy+}" })),
    ).rejects.toThrow("GET /v1/{proxy+}");
    await expect(stand((resources) => Object.assign(resources["Thing"]?.Properties ?? {}, { RouteKey: "ANY /v1/x" }))).rejects.toThrow(
      "ANY /v1/x",
    );
    await expect(
      stand((resources) => Object.assign(resources["Thing"]?.Properties ?? {}, { AuthorizationType: "AWS_IAM" })),
    ).rejects.toThrow("JWT authorizers only, not AWS_IAM");
  });
});

describe("who may call", () => {
  const claims = (iss: string, more: Record<string, unknown>) =>
    new SignJWT({ token_use: "access", ...more }).setProtectedHeader({ alg: "RS256", kid: "k" }).setIssuer(iss).setExpirationTime("1h");
  const refused = async (headers: Record<string, string>): Promise<void> => {
    const response = await local.fetch("/v1/things/1", { headers });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await told(response)).toEqual({ status: 401, body: { message: "Unauthorized" } });
  };
  const part = (at: number) => token.split(".")[at] ?? "";

  it("nobody without a token, with a broken one, or with another scheme", async () => {
    await refused({});
    await refused(bearer("not-a-token"));
    await refused({ authorization: `Basic ${token}` });
    await refused(bearer(`${part(0)}.${part(1)}.${part(2).slice(0, -6)}AAAAAA`));
  });

  it("nobody with unsigned claims, another key, or another application's token", async () => {
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    await refused(bearer(`${none}.${part(1)}.`));
    const { iss, client_id } = JSON.parse(Buffer.from(part(1), "base64url").toString()) as { iss: string; client_id: string };
    const { privateKey } = await generateKeyPair("RS256");
    await refused(bearer(await claims(iss, { client_id }).sign(privateKey)));
    await refused(bearer(await local.stack.issuer.clientToken("other")));
  });

  it("nobody after the token's hour, by simulated time", async () => {
    const fresh = await local.stack.issuer.clientToken("emr");
    local.stack.clock.advance(59 * 60_000);
    expect((await local.fetch("/v1/things/1", { headers: bearer(fresh) })).status).toBe(200);
    local.stack.clock.advance(61_000);
    await refused(bearer(fresh));
    token = await local.stack.issuer.clientToken("emr");
  });
});

describe("a caller that goes away", () => {
  it("before the end of the body, or before the answer, harms nobody", async () => {
    const leave = (init: { headers: Record<string, string> }, write: string) =>
      new Promise<void>((resolve) => {
        const sending = request(`${local.stack.api}/v1/things`, { method: "POST", ...init });
        sending.once("error", () => resolve()).once("close", () => resolve());
        sending.write(write, () => sending.destroy());
      });
    await leave({ headers: { ...bearer(token), "content-length": "100" } }, "ten bytes.");
    await leave({ headers: { ...bearer(token), "content-length": "10" } }, "ten bytes.");
    expect((await local.fetch("/v1/things/1", { headers: bearer(token) })).status).toBe(200);
  });
});

describe("sizes", () => {
  const big = (bytes: number) =>
    local.fetch("/v1/things", {
      method: "POST",
      body: Buffer.alloc(bytes, "a"),
      headers: { ...bearer(token), "content-type": "text/plain", "x-answer": '{"statusCode":204}' },
    });

  it("10 MB pass, a byte more is 413 as AWS sends it, and the next request is served", async () => {
    expect((await big(10 * 1024 * 1024)).status).toBe(204);
    expect(await told(await big(10 * 1024 * 1024 + 1))).toEqual({ status: 413, body: { message: "Request Entity Too Large" } });
    expect((await big(1)).status).toBe(204);
  });

  it("a body that never ends is not kept", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${local.stack.api}/v1/things`, { method: "POST", headers: bearer(token) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.once("error", reject);
      const chunk = Buffer.alloc(1024 * 1024, "a");
      for (let at = 0; at < 30; at += 1) sending.write(chunk);
      sending.end();
    });
    expect(status).toBe(413);
  });
});

describe("what a function answers", () => {
  const answer = (value: unknown) => local.fetch("/v1/things/1", { headers: { ...bearer(token), "x-answer": JSON.stringify(value) } });

  it("status, headers and body; bytes in base64", async () => {
    const plain = await answer({ statusCode: 422, headers: { "Content-Type": "application/problem+json", ETag: '"3"' }, body: '{"a":1}' });
    expect(plain.status).toBe(422);
    expect(plain.headers.get("content-type")).toBe("application/problem+json");
    expect(plain.headers.get("etag")).toBe('"3"');
    expect(await plain.text()).toBe('{"a":1}');
    const bytes = await answer({ statusCode: 200, body: Buffer.from([0, 255, 1]).toString("base64"), isBase64Encoded: true });
    expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([0, 255, 1]);
  });

  it("anything without a status is the body of a 200", async () => {
    const object = await answer({ hello: "there" });
    expect([object.status, object.headers.get("content-type"), await object.json()]).toEqual([200, "application/json", { hello: "there" }]);
    const text = await answer("just text");
    expect([text.status, await text.text()]).toEqual([200, "just text"]);
  });

  it("a function that throws is 500 as AWS sends it, without its words; what cannot be sent is too", async () => {
    const failed = await local.fetch("/v1/things/1", { headers: { ...bearer(token), "x-answer": "throw" } });
    expect(await told(failed)).toEqual({ status: 500, body: { message: "Internal Server Error" } });
    expect(await told(await answer({ statusCode: 200, headers: { "bad name": "x" } }))).toMatchObject({ status: 500 });
    expect(await told(await answer({ statusCode: "many" }))).toEqual({ status: 500, body: { message: "Internal Server Error" } });
  });
});
