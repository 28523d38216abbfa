import { request } from "node:http";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";

let clinic: TestStack;
let person: Enrolled;
let conversation: string;
beforeAll(async () => {
  clinic = await startTestStack();
  person = await enrol(clinic, "+14035550123");
  await clinic.text(person.e164, "hello");
  await clinic.drain();
  const { body } = await clinic.call("POST", "/v1/teams/front-desk/queue/claim");
  conversation = body.conversation;
});
afterAll(() => clinic.close());

const count = async (): Promise<number> => (await clinic.items("state")).length + (await clinic.items("audit")).length;
const NUMBER = "+14035559876";
const SECRET = "a secret about my knee";

type Case = [what: string, status: number, code: string, pointer: string | undefined, ask: () => [string, string, unknown?, CallOptions?]];
const patients = "/v1/patients";
const cases: Case[] = [
  ["an unknown path", 404, "not-found", undefined, () => ["GET", "/v1/nothing"]],
  ["a number in the path", 404, "not-found", undefined, () => ["GET", `/v1/phones/${encodeURIComponent(NUMBER)}`]],
  ["a known path, another method", 405, "method-not-allowed", undefined, () => ["PATCH", "/v1/messages", {}]],
  [
    "no content type",
    415,
    "unsupported-media-type",
    undefined,
    () => ["POST", patients, undefined, { raw: "{}", headers: { "content-type": "text/plain" } }],
  ],
  ["malformed JSON", 400, "invalid-json", undefined, () => ["POST", patients, undefined, { raw: `{"x": "${SECRET}"` }]],
  ["a body that is no object", 400, "invalid-request", "/", () => ["POST", patients, [1, 2]]],
  ["null", 400, "invalid-request", "/", () => ["POST", patients, undefined, { raw: "null" }]],
  [
    "an unknown member",
    400,
    "invalid-request",
    "/",
    () => ["POST", patients, { identifiers: [{ system: "emr", value: "1" }], colour: "red" }],
  ],
  [
    "a member named like a number",
    400,
    "invalid-request",
    "/",
    () => ["POST", patients, { [NUMBER]: SECRET, identifiers: [{ system: "emr", value: "1" }] }],
  ],
  ["a missing member", 400, "invalid-request", "/identifiers", () => ["POST", patients, {}]],
  [
    "a wrong type",
    400,
    "invalid-request",
    "/identifiers/0/value",
    () => ["POST", patients, { identifiers: [{ system: "emr", value: 14035559876 }] }],
  ],
  [
    "not E.164",
    422,
    "number-invalid",
    "/e164",
    () => ["POST", `${patients}/${person.patient}/numbers`, { e164: "403-555-9876", kind: "mobile", relationship: "self" }],
  ],
  [
    "a digit too few",
    422,
    "number-invalid",
    "/e164",
    () => ["POST", `${patients}/${person.patient}/numbers`, { e164: "+1403555987", kind: "mobile", relationship: "self" }],
  ],
  [
    "our own number",
    422,
    "number-invalid",
    "/e164",
    () => ["POST", `${patients}/${person.patient}/numbers`, { e164: clinic.stack.clinicNumber, kind: "mobile", relationship: "self" }],
  ],
  [
    "a country the clinic does not text",
    422,
    "number-not-allowed",
    "/e164",
    () => ["POST", `${patients}/${person.patient}/numbers`, { e164: "+33612345678", kind: "mobile", relationship: "self" }],
  ],
  ["a patient id that is none", 404, "not-found", undefined, () => ["GET", `${patients}/${NUMBER.slice(1)}`]],
  ["a patient nobody knows", 404, "not-found", "/patient", () => ["POST", "/v1/messages", reminder("pat_00000000000000000000000000")]],
  ["a team nobody knows", 404, "team-unknown", undefined, () => ["GET", "/v1/teams/surgeons/queue"]],
  ["no Idempotency-Key", 400, "idempotency-key-missing", undefined, () => ["POST", "/v1/messages", reminder(person.patient), { key: "" }]],
  [
    "a key with control characters",
    400,
    "invalid-request",
    "header:Idempotency-Key",
    () => ["POST", "/v1/messages", reminder(person.patient), { key: "a b" }],
  ],
  [
    "a time that is none",
    400,
    "invalid-request",
    "/sendAt",
    () => ["POST", "/v1/messages", reminder(person.patient, { sendAt: "tomorrow" })],
  ],
  ["both template and body", 400, "invalid-request", "/body", () => ["POST", "/v1/messages", reminder(person.patient, { body: SECRET })]],
  ["dryRun=maybe", 400, "invalid-request", "query:dryRun", () => ["POST", "/v1/messages?dryRun=maybe", reminder(person.patient)]],
  [
    "a scope that is missing",
    403,
    "forbidden-scope",
    "token",
    () => ["GET", "/v1/teams/front-desk/queue", undefined, { client: "reminders" }],
  ],
  [
    "nobody named where a person must be",
    422,
    "acting-user-missing",
    "header:Acting-User",
    () => ["POST", `/v1/conversations/${conversation}/release`, undefined, { as: null }],
  ],
  [
    "a person that cannot be read",
    400,
    "invalid-request",
    "header:Acting-User",
    () => ["POST", `/v1/conversations/${conversation}/release`, undefined, { as: "some one; role=a; x=y" }],
  ],
  [
    "somebody else's claim",
    409,
    "claimed-by-other",
    undefined,
    () => ["POST", `/v1/conversations/${conversation}/release`, undefined, { as: "other; role=nurse" }],
  ],
  [
    "no If-Match",
    428,
    "if-match-missing",
    undefined,
    () => ["POST", `/v1/conversations/${conversation}/resolve`, { outcome: "none-needed", notFiled: "spam", note: "x" }],
  ],
  [
    "an If-Match that is none",
    400,
    "invalid-request",
    "header:If-Match",
    () => [
      "POST",
      `/v1/conversations/${conversation}/resolve`,
      { outcome: "none-needed", notFiled: "spam", note: "x" },
      { ifMatch: "newest" },
    ],
  ],
  [
    "an old revision",
    412,
    "version-conflict",
    undefined,
    () => [
      "POST",
      `/v1/conversations/${conversation}/resolve`,
      { outcome: "none-needed", notFiled: "spam", note: "x" },
      { ifMatch: 'W/"0"' },
    ],
  ],
  [
    "filed and not filed",
    400,
    "invalid-request",
    "/notFiled",
    () => [
      "POST",
      `/v1/conversations/${conversation}/resolve`,
      { outcome: "answered", notFiled: "spam", note: "x", filed: [{ patient: person.patient, system: "emr", reference: "1" }] },
      { ifMatch: 'W/"2"' },
    ],
  ],
  ["a cursor that is none", 400, "invalid-request", "query:cursor", () => ["GET", "/v1/teams/front-desk/queue?cursor=AAAA"]],
  ["a limit that is none", 400, "invalid-request", "query:limit", () => ["GET", "/v1/teams/front-desk/queue?limit=1000"]],
  [
    "a time in a query that is none",
    400,
    "invalid-request",
    "query:at/",
    () => ["GET", `${patients}/${person.patient}/consents?at=yesterday`],
  ],
  [
    "1 MB of text",
    413,
    "body-too-large",
    undefined,
    () => ["POST", patients, { identifiers: [{ system: "emr", value: "x".repeat(1_000_000) }] }],
  ],
  [
    "1,601 characters",
    400,
    "invalid-request",
    "/body",
    () => ["POST", "/v1/messages", { patient: { id: person.patient }, scenario: "scheduling", body: "x".repeat(1601) }],
  ],
];

test.each(cases)("%s: %i %s", async (_what, status, code, pointer, ask) => {
  const before = await count();
  const [method, path, body, options] = ask();
  const answer = await clinic.call(method, path, body, options);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.body).toMatchObject({ type: `urn:clinic-sms:${code}`, code, status });
  for (const member of ["title", "instead", "who"]) expect(answer.body[member]).toEqual(expect.any(String));
  if (pointer !== undefined) expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  const said = JSON.stringify(answer.body);
  for (const private_ of [NUMBER, NUMBER.slice(2), SECRET, "403-555-9876"]) expect(said).not.toContain(private_);
  expect(await count()).toBe(before);
});

test.each([
  ["control characters", "scheduling", "ring \u0007 the bell", "text-control-characters"],
  ["half a character", "scheduling", "broken \ud83d", "text-control-characters"],
  ["nothing but spaces", "scheduling", "   ", "text-empty"],
  ["more parts than allowed", "scheduling", "ê".repeat(400), "text-too-long"],
])("a text of %s is refused, and the refusal is kept", async (_what, scenario, body, code) => {
  const answer = await clinic.call("POST", "/v1/messages", { patient: { id: person.patient }, scenario, body });
  expect(answer.status).toBe(422);
  expect(answer.body.code).toBe(code);
  expect(JSON.stringify(answer.body)).not.toContain(body.trim() || "\u0000");
  const kept = await clinic.call("GET", `/v1/messages/${answer.body.message.id}`);
  expect(kept.body).toMatchObject({ status: "refused", reasons: [expect.objectContaining({ code })] });
});

test("a key again: the same request replays its answer, another is refused, and nothing is sent twice", async () => {
  const first = await clinic.call("POST", "/v1/messages", reminder(person.patient), { key: "same" });
  const again = await clinic.call("POST", "/v1/messages", reminder(person.patient), { key: '"same"' });
  expect([first.status, again.status]).toEqual([202, 202]);
  expect(again.body.id).toBe(first.body.id);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  const other = await clinic.call("POST", "/v1/messages", reminder(person.patient, { reference: "r-1" }), { key: "same" });
  expect(other.status).toBe(422);
  expect(other.body.code).toBe("idempotency-mismatch");
  const before = clinic.inbox(person.e164).length;
  await clinic.drain();
  expect(clinic.inbox(person.e164).length - before).toBe(1);
});

async function bearer(change: (token: SignJWT) => SignJWT): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256");
  return change(new SignJWT({ client_id: "x", scope: "system/Task.rs" }).setProtectedHeader({ alg: "RS256" }).setIssuedAt()).sign(
    privateKey,
  );
}

test("no token, garbage, another issuer's, an expired one: 401 as AWS sends it", async () => {
  const path = "/v1/teams/front-desk/queue";
  const foreign = await bearer((token) => token.setIssuer("https://elsewhere.example").setExpirationTime("1h"));
  const good = await clinic.stack.issuer.clientToken("emr");
  const answers: Answer[] = [];
  for (const token of ["garbage", "a.b.c", foreign, `${good.slice(0, -6)}AAAAAA`])
    answers.push(await clinic.call("GET", path, undefined, { token }));
  answers.push(await clinic.call("GET", path, undefined, { headers: { authorization: "" } }));
  clinic.advance(61 * 60_000);
  answers.push(await clinic.call("GET", path, undefined, { token: good }));
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ message: "Unauthorized" });
  }
  expect((await clinic.call("GET", path)).status).toBe(200);
});

test("10 MB: 413 as AWS sends it", async () => {
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sending = request(
      `${clinic.stack.api}/v1/messages`,
      { method: "POST", headers: { "content-type": "application/json" } },
      (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sending.on("error", reject);
    sending.end(Buffer.alloc(10 * 1024 * 1024 + 1, "x"));
  });
  expect(status).toBe(413);
  expect(JSON.parse(body)).toEqual({ message: "Request Entity Too Large" });
});

test("a person's own token names the person; what an application says of it is not heard", async () => {
  const token = await clinic.stack.issuer.staffToken("dr-singh", ["physician"], "emr");
  const answer = await clinic.call("GET", `/v1/patients/${person.patient}`, undefined, { token, as: "somebody-else; role=admin" });
  expect(answer.status).toBe(200);
  const viewed = (await clinic.events()).filter((event) => event.type === "patient.viewed").at(-1);
  expect(viewed?.who).toMatchObject({ id: "dr-singh", role: "physician", as: "token" });
});
