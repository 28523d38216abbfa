import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalClient } from "../../../local/runtime/issuer.ts";
import { type Standing, stand } from "./support/stack.ts";

const dataDir = mkdtempSync(join(tmpdir(), "issuer-"));
let local: Standing;
let emr: LocalClient;
beforeAll(async () => {
  local = await stand(undefined, { dataDir });
  emr = named(local, "emr");
});
afterAll(() => local.close());

function named(from: Standing, name: string): LocalClient {
  const client = from.stack.issuer.clients.find((each) => each.name === name);
  if (!client) throw new Error(`no client ${name}`);
  return client;
}
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` });
const ask = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await local.fetch("/oauth2/token", { method: "POST", body: new URLSearchParams(form), headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, string> };
};
const grant_type = "client_credentials";

describe("the token endpoint", () => {
  it("gives a token shaped as Cognito's, by Basic and by the form", async () => {
    const byBasic = await ask({ grant_type }, basic(emr.id, emr.secret));
    expect(byBasic).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 3600 } });
    expect(byBasic.headers.get("cache-control")).toBe("no-store");
    const byForm = await ask({ grant_type, client_id: emr.id, client_secret: emr.secret });
    for (const token of [byBasic.body["access_token"] ?? "", byForm.body["access_token"] ?? ""]) {
      const claims = decodeJwt(token);
      expect(claims).toMatchObject({ client_id: emr.id, sub: emr.id, token_use: "access", scope: "system/Task.rs system/Task.u" });
      expect(claims).not.toHaveProperty("aud");
      expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
      expect(decodeProtectedHeader(token).alg).toBe("RS256");
      expect((await local.fetch("/v1/things/1", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    }
  });

  it("narrows to the scopes asked for", async () => {
    const { body } = await ask({ grant_type, scope: "system/Task.u" }, basic(emr.id, emr.secret));
    expect(decodeJwt(body["access_token"] ?? "")["scope"]).toBe("system/Task.u");
  });

  it.each([
    ["a wrong secret", () => ask({ grant_type }, basic(emr.id, "guess")), "invalid_client"],
    ["another client's secret", () => ask({ grant_type }, basic(emr.id, named(local, "other").secret)), "invalid_client"],
    ["no credentials", () => ask({ grant_type }), "invalid_client"],
    ["credentials that are no form encoding", () => ask({ grant_type }, basic("%", "%zz")), "invalid_client"],
    ["a scope that is not the client's", () => ask({ grant_type, scope: "system/Patient.c" }, basic(emr.id, emr.secret)), "invalid_scope"],
    ["another grant", () => ask({ grant_type: "password" }, basic(emr.id, emr.secret)), "unsupported_grant_type"],
  ])("refuses %s", async (_, asking, error) => {
    expect(await asking()).toMatchObject({ status: 400, body: { error } });
  });
});

it("its public keys check its tokens, and hold nothing private", async () => {
  const keys = (await (await local.fetch("/_local/jwks")).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(await local.stack.issuer.clientToken("emr"), createLocalJWKSet(keys), { currentDate: new Date() });
  expect(payload["client_id"]).toBe(emr.id);
  expect(Object.keys(keys.keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});

it("a restart with kept data keeps key, secrets and clock; tokens stay good", async () => {
  const token = await local.stack.issuer.clientToken("emr");
  local.stack.clock.advance(30 * 60_000);
  const then = local.stack.clock.now();
  await local.close();
  local = await stand(undefined, { dataDir });
  expect(named(local, "emr").secret).toBe(emr.secret);
  expect(local.stack.clock.now()).toBeGreaterThanOrEqual(then);
  expect((await local.fetch("/v1/things/1", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
});

it("without kept data every start has its own", async () => {
  const fresh = await stand();
  try {
    expect(named(fresh, "emr").secret).not.toBe(emr.secret);
  } finally {
    await fresh.close();
  }
});
