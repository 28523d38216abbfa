import { expect, test } from "vitest";
import { ROUTES } from "../../lambdas/core/routes.ts";
import { type Json, synthesised } from "./support/synthesised.ts";

const { of, one, text } = synthesised({ tokenMinutes: "30" });
const routes = of("Gateway", "AWS::ApiGatewayV2::Route").map(([, each]) => each.Properties);

test("the API has the routes of the table and $default, and no other", () => {
  const expected = [...ROUTES.map(({ method, path }) => `${method} ${path}`), "$default"];
  expect(routes.map((each) => each.RouteKey).sort()).toEqual(expected.sort());
});

test("each route leads to the function that the table names", () => {
  for (const { method, path, function: name } of ROUTES) {
    const route = routes.find((each) => each.RouteKey === `${method} ${path}`);
    const integration = of("Gateway", "AWS::ApiGatewayV2::Integration").find(([id]) => JSON.stringify(route.Target).includes(`"${id}"`));
    const uri = integration?.[1].Properties.IntegrationUri["Fn::GetAtt"][0];
    expect(one("Gateway", "AWS::Lambda::Function", uri).Properties.Description).toBe(name);
  }
});

test("every route but $default needs a token of the clinic's own pool", () => {
  const [[authorizer, { Properties }]] = of("Gateway", "AWS::ApiGatewayV2::Authorizer") as [[string, Json]];
  for (const route of routes.filter((each) => each.RouteKey !== "$default"))
    expect([route.RouteKey, route.AuthorizationType, route.AuthorizerId]).toEqual([route.RouteKey, "JWT", { Ref: authorizer }]);
  expect(routes.find((each) => each.RouteKey === "$default").AuthorizerId).toBeUndefined();
  expect(Properties.AuthorizerType).toBe("JWT");
  expect(Properties.JwtConfiguration.Audience).toEqual(of("Gateway", "AWS::Cognito::UserPoolClient").map(([id]) => ({ Ref: id })));
  expect(JSON.stringify(Properties.JwtConfiguration.Issuer)).toContain("https://cognito-idp.");
});

test("the pool knows the scopes of the route table, and no other", () => {
  const server = one("Gateway", "AWS::Cognito::UserPoolResourceServer").Properties;
  const scopes = server.Scopes.map((each: { ScopeName: string }) => `${server.Identifier}/${each.ScopeName}`);
  expect(scopes.sort()).toEqual([...new Set(ROUTES.map((route) => route.scope))].sort());
});

test("applications sign in with a secret of their own, for as long as the setting says; a reminder service sees no queue", () => {
  const clients = Object.fromEntries(
    of("Gateway", "AWS::Cognito::UserPoolClient").map(([, each]) => [each.Properties.ClientName, each.Properties]),
  );
  expect(Object.keys(clients).sort()).toEqual(["emr", "reminders"]);
  for (const client of Object.values(clients))
    expect(client).toMatchObject({
      AllowedOAuthFlows: ["client_credentials"],
      GenerateSecret: true,
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: "minutes" },
    });
  expect(JSON.stringify(clients["reminders"].AllowedOAuthScopes)).not.toMatch(/Task|Patient|Consent/);
});

test("nobody signs up to the pool by themselves, and it cannot be deleted", () => {
  const pool = one("Gateway", "AWS::Cognito::UserPool");
  expect(pool.Properties).toMatchObject({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: "ON",
    EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email" }] },
    DeletionProtection: "ACTIVE",
  });
  expect(pool.DeletionPolicy).toBe("Retain");
});

test("the access log says which route and how it ended: neither path nor query nor address, where a number could stand", () => {
  const { AccessLogSettings: log, DefaultRouteSettings: limits } = one("Gateway", "AWS::ApiGatewayV2::Stage").Properties;
  const used = [...log.Format.matchAll(/\$context\.([\w.]+)/g)].map((match) => match[1]);
  expect(used).toEqual(["requestId", "routeKey", "status", "responseLatency"]);
  expect(JSON.stringify(log.DestinationArn)).not.toContain("*");
  expect(limits).toEqual({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 });
});

test("no browser of another site may call: there is no CORS", () => {
  expect(text.Gateway).not.toContain("CorsConfiguration");
});
