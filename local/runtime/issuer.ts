import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import { type LocalAws, list, text } from "../aws/index.ts";

export interface LocalClient {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly minutes: number;
}

export interface Claims {
  readonly [name: string]: unknown;
  readonly client_id?: string;
  readonly scope?: string;
}

export interface Issuer {
  readonly clients: readonly LocalClient[];
  /** RFC 6749 section 4.4, as Cognito's token endpoint answers it. */
  token(authorization: string | undefined, form: URLSearchParams): Promise<{ status: number; body: object }>;
  /** An application's token by its name: for people and tests. */
  clientToken(name: string): Promise<string>;
  /** A person's own token, as the pool issues it after signing in. */
  staffToken(sub: string, groups: readonly string[], client: string): Promise<string>;
  /** The claims of a token that this issuer signed and that has not expired by simulated time. @throws otherwise */
  verify(token: string, issuer: string): Promise<Claims>;
  jwks(): { keys: JWK[] };
}

interface Kept {
  readonly key: JWK;
  readonly secrets: Record<string, string>;
}

/** A pool's issuer on one machine: RS256, `client_id` and no `aud`, as Cognito's access tokens are. */
export async function openIssuer(aws: LocalAws, dataDir: string | undefined): Promise<Issuer> {
  const pool = aws.cloud.resources("AWS::Cognito::UserPool")[0];
  const resources = aws.cloud.resources("AWS::Cognito::UserPoolClient");
  if (!pool) throw new Error("the stack has no user pool");
  const iss = `https://cognito-idp.${aws.region}.amazonaws.com/${pool.ref}`;
  const kept = await keptOf(
    dataDir,
    resources.map((resource) => resource.ref),
  );
  const privateKey = await importJWK(kept.key, "RS256");
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicJwk } = kept.key;
  const publicKey = await importJWK(publicJwk, "RS256");
  const clients = resources.map(
    ({ ref, properties, logicalId }): LocalClient => ({
      id: ref,
      secret: kept.secrets[ref] ?? "",
      name: text(properties["ClientName"]) ?? logicalId,
      scopes: list(properties["AllowedOAuthScopes"]).map(String),
      minutes: Number(properties["AccessTokenValidity"] ?? 60),
    }),
  );

  const sign = (claims: Record<string, unknown>, subject: string, minutes: number): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ token_use: "access", version: 2, auth_time: now, ...claims })
      .setProtectedHeader({ alg: "RS256", kid: kept.key.kid ?? "local" })
      .setIssuer(iss)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + minutes * 60)
      .setJti(randomUUID())
      .sign(privateKey);
  };
  const named = (name: string): LocalClient => {
    const client = clients.find((each) => each.name === name || each.id === name);
    if (!client) throw new Error(`no such client; there are ${clients.map((each) => each.name).join(", ")}`);
    return client;
  };

  return {
    clients,
    async token(authorization, form) {
      const [id, secret] = credentials(authorization) ?? [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
      const client = clients.find((each) => each.id === id);
      if (!client || !same(client.secret, secret)) return { status: 400, body: { error: "invalid_client" } };
      if (form.get("grant_type") !== "client_credentials") return { status: 400, body: { error: "unsupported_grant_type" } };
      const wanted = (form.get("scope") ?? "").split(" ").filter(Boolean);
      if (!wanted.every((scope) => client.scopes.includes(scope))) return { status: 400, body: { error: "invalid_scope" } };
      const scope = (wanted.length > 0 ? wanted : client.scopes).join(" ");
      const token = await sign({ client_id: client.id, scope }, client.id, client.minutes);
      return { status: 200, body: { access_token: token, expires_in: client.minutes * 60, token_type: "Bearer" } };
    },
    async clientToken(name) {
      const client = named(name);
      return sign({ client_id: client.id, scope: client.scopes.join(" ") }, client.id, client.minutes);
    },
    async staffToken(sub, groups, name) {
      const client = named(name);
      return sign(
        { client_id: client.id, scope: client.scopes.join(" "), username: sub, "cognito:groups": [...groups] },
        sub,
        client.minutes,
      );
    },
    async verify(token, issuer) {
      const { payload } = await jwtVerify(token, publicKey, { issuer, algorithms: ["RS256"], currentDate: new Date() });
      return payload as Claims;
    },
    jwks: () => ({ keys: [{ ...publicJwk, use: "sig", alg: "RS256" }] }),
  };
}

async function keptOf(dataDir: string | undefined, ids: readonly string[]): Promise<Kept> {
  const file = dataDir === undefined ? undefined : join(dataDir, "issuer.json");
  const known = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept) : undefined;
  const key = known?.key ?? { ...(await exportJWK((await generateKeyPair("RS256", { extractable: true })).privateKey)), kid: randomUUID() };
  const secrets = Object.fromEntries(ids.map((id) => [id, known?.secrets[id] ?? randomBytes(32).toString("base64url")]));
  if (file !== undefined && dataDir !== undefined) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify({ key, secrets }), { mode: 0o600 });
  }
  return { key, secrets };
}

function credentials(authorization: string | undefined): [string, string] | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(authorization ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  try {
    return [decodeURIComponent(id), decodeURIComponent(secret.join(":"))];
  } catch {
    return [id, ""]; // not form-encoded as RFC 6749 asks: nobody's credentials
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
