/**
 * Every route of the API, misused in every way that a caller gets a request wrong: each is answered with its own code, never
 * with what was sent, and leaves nothing behind.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES, type Route } from "../../lambdas/core/routes.ts";
import { type Desk, deskOf } from "../support/desk.ts";
import { type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";

let clinic: TestStack;
let desk: Desk;
let person: Enrolled;
let conversation: string;
let message: string;
/** What stands in both tables before anything is misused. */
let stood: number;

const items = async (): Promise<number> => (await clinic.items("state")).length + (await clinic.items("audit")).length;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
  person = await enrol(clinic, "+14035550123");
  await clinic.text(person.e164, "hello");
  message = (await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.id;
  await clinic.drain(true);
  conversation = (await desk.next()).body.conversation;
  stood = await items();
});
afterAll(() => clinic.close());

const NUMBER = "+14035559876";
const SECRET = "a secret about my knee";
const IDS = (): Record<string, string> => ({
  "{message}": message,
  "{team}": "front-desk",
  "{conversation}": conversation,
  "{patient}": person.patient,
  "{number}": person.number,
  "{consent}": `con_${"0".repeat(26)}`,
  "{incident}": `inc_${"0".repeat(26)}`,
});
const pathOf = ({ path }: Route): string => path.replace(/\{\w+\}/g, (name) => IDS()[name] ?? "?");
const named = (routes: readonly Route[]): [string, Route][] => routes.map((route) => [`${route.method} ${route.path}`, route]);

/** Calls that take no body. */
const BODILESS = ["/claim", "/release", "/confirm", "{message}/cancel", "/second-reading"];
const taking = ROUTES.filter(({ method, path }) => method !== "GET" && !BODILESS.some((end) => path.endsWith(end)));
/** Calls that an application may make in its own name. */
const ANYBODY = [
  "POST /v1/messages",
  "POST /v1/messages/search",
  "GET /v1/messages/{message}",
  "POST /v1/messages/cancel",
  "POST /v1/messages/{message}/cancel",
  "GET /v1/second-readings",
  "GET /v1/incidents",
  "GET /v1/consents/due",
  "GET /v1/clinic/facts",
  "GET /v1/teams/{team}/queue",
  "POST /v1/patients",
  "POST /v1/patients/search",
];

/** The answer is this problem, says nothing of what was sent, and both tables are as they were. */
async function refused(answer: Answer, status: number, code: string, pointer?: string): Promise<void> {
  expect([answer.status, answer.body?.code]).toEqual([status, code]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.body).toMatchObject({ type: `urn:clinic-sms:${code}`, status, title: expect.any(String), instead: expect.any(String) });
  if (pointer !== undefined) expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  const said = `${JSON.stringify(answer.body)} ${JSON.stringify([...answer.headers])}`;
  for (const sent of [NUMBER.slice(1), NUMBER.slice(2), SECRET, "knee"]) expect(said).not.toContain(sent);
  expect(await items()).toBe(stood);
}
const send = (route: Route, raw: string | Uint8Array | undefined, more: CallOptions = {}): Promise<Answer> =>
  clinic.call(route.method, pathOf(route), undefined, { ifMatch: 'W/"1"', ...(raw === undefined ? {} : { raw }), ...more });

test.each(named(taking))("%s: what is no JSON, no UTF-8, no object, and no JSON by its own word", async (_name, route) => {
  await refused(await send(route, `{"body": "${SECRET}", ${NUMBER}`), 400, "invalid-json");
  await refused(await send(route, ""), 400, "invalid-json");
  await refused(
    await send(route, Buffer.concat([Buffer.from(`{"note":"${SECRET} `), Buffer.of(0xc3, 0x28), Buffer.from('"}')])),
    400,
    "invalid-json",
  );
  for (const raw of [`["${SECRET}"]`, `"${NUMBER}"`, "null", "17"]) await refused(await send(route, raw), 400, "invalid-request", "/");
  for (const type of ["text/plain", "application/jsonp", "multipart/form-data", ""])
    await refused(await send(route, `{"body":"${SECRET}"}`, { headers: { "content-type": type } }), 415, "unsupported-media-type");
});

test.each(named(taking))("%s: a member it does not know, named like a number or like nothing else", async (_name, route) => {
  for (const name of [NUMBER, NUMBER.slice(1), SECRET, "__proto__", "constructor", "x".repeat(5_000)]) {
    const answer = await send(route, `{${JSON.stringify(name)}: ${JSON.stringify(SECRET)}}`);
    await refused(answer, 400, "invalid-request");
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer.body).length).toBeLessThan(4_000);
  }
});

test.each(named(taking))("%s: nested a thousand deep, and 65 kB", async (_name, route) => {
  await refused(await send(route, `${'{"body":'.repeat(1_000)}1${"}".repeat(1_000)}`), 400, "invalid-request");
  await refused(await send(route, JSON.stringify({ body: SECRET.repeat(3_000) })), 413, "body-too-large");
});

test.each(named(ROUTES))("%s: without its scope, and with every other", async (_name, route) => {
  const emr = clinic.stack.issuer.clients.find(({ name }) => name === "emr");
  const others = emr?.scopes.filter((scope) => scope !== route.scope).join(" ") ?? "";
  expect(emr?.scopes).toContain(route.scope);
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: emr?.id ?? "",
    client_secret: emr?.secret ?? "",
    scope: others,
  });
  const { body } = await clinic.stack.issuer.token(undefined, form);
  const { access_token: token } = body as { access_token: string };
  await refused(await send(route, undefined, { token }), 403, "forbidden-scope", "token");
});

test.each(named(ROUTES))("%s: nobody named, or in a way that cannot be read", async (name, route) => {
  const body = route.method === "GET" ? undefined : "{}";
  if (!ANYBODY.includes(name)) await refused(await send(route, body, { as: null }), 422, "acting-user-missing", "header:Acting-User");
  // The last four would stand in audit events, and look there like an address or a number of somebody's.
  const people = ["jo@clinic.example", "403-555-0123", "TREM12345678; role=nurse", "m.tremblay; role=4035550123"];
  for (const as of [`${SECRET}`, "a;b;c", `${"x".repeat(65)}; role=nurse`, `;role=nurse`, `m.tremblay; role=${"r".repeat(41)}`, ...people])
    await refused(await send(route, body, { as }), 400, "invalid-request", "header:Acting-User");
});

test.each(named(ROUTES))("%s: another method", async (_name, route) => {
  for (const method of ["DELETE", "PUT", "OPTIONS"]) {
    const answer = await clinic.call(method, pathOf(route), undefined, {});
    await refused(answer, 405, "method-not-allowed");
    expect(answer.headers.get("allow")?.split(", ")).toContain(route.method);
  }
});

test.each(named(ROUTES.filter(({ path }) => path.includes("{"))))(
  "%s: an id that is none, and one that nobody has",
  async (_name, route) => {
    const body = new Map<string, object>([
      ["move", { team: "nurses" }],
      ["link", { patient: person.patient, how: "called-back" }],
      ["reply", { body: SECRET }],
      ["resolve", { outcome: "none-needed", notFiled: "spam", note: SECRET }],
      ["close", { outcome: "false-alarm", note: SECRET }],
      ["undo-opt-out", { reason: "spoke-by-phone" }],
      ["decide-opt-out", { decision: "not", reason: "spoke-by-phone" }],
      ["no-contact", { set: true, reason: "safety" }],
      ["erase", { reason: "ordered", basis: "an order", retention: { none: true } }],
      ["revocations", { said: "2026-11-01T10:00:00Z", means: "phone", scope: "all" }],
      ["numbers", { e164: NUMBER, kind: "mobile", relationship: "self" }],
      ["end", { reason: "wrong" }],
      [
        "consents",
        {
          decision: "granted",
          purposes: ["appointments"],
          number: person.number,
          wording: { id: "texting-basics", version: 1 },
          method: "phone",
          agreedAt: "2026-11-01T10:00:00Z",
        },
      ],
      ["withdraw", { method: "phone", at: "2026-11-01T10:00:00Z" }],
      ["{patient}", { language: "fr" }],
    ]).get(route.path.split("/").at(-1) ?? "");
    const with_ = (id: string): Promise<Answer> =>
      clinic.call(
        route.method,
        route.path.replace(/\{\w+\}/, id).replace(/\{\w+\}/g, (name) => IDS()[name] ?? ""),
        route.method === "GET" ? undefined : body,
        // Some calls ask for a role before they look.
        { ifMatch: 'W/"1"', as: "p.roy; role=privacy-officer" },
      );
    const code = route.path.includes("{team}") ? "team-unknown" : "not-found";
    const nobody = `${"0".repeat(26)}`;
    for (const id of [
      encodeURIComponent(NUMBER),
      "pat_short",
      `pat_${nobody}`,
      `cnv_${nobody}`,
      `cnv_${nobody}.${nobody}`,
      "%00",
      "%F0%9F",
      "..%2f..",
      "x".repeat(3_000),
    ])
      await refused(await with_(id), 404, code);
  },
);

test.each([
  "/",
  "/v1",
  "/v2/messages",
  "/v1/messages/",
  "//v1/messages",
  "/V1/messages",
  "/v1/teams//queue",
  `/v1/phones/${NUMBER}`,
  "/v1/messages/a/b/c",
])("no route: %s", async (path) => {
  await refused(await clinic.call("GET", path), 404, "not-found");
  await refused(await clinic.call("POST", path, { body: SECRET }), 404, "not-found");
});

const patient = { identifiers: [{ system: "emr", value: "B-1" }] };
const bodyOf = (more: object): object => ({ patient: { id: person.patient }, scenario: "scheduling", body: "Hello", ...more });
test.each<[string, string, () => [string, object]]>([
  [
    "half a character in an identifier",
    "/identifiers/0/value",
    () => ["/v1/patients", { identifiers: [{ system: "emr", value: "\ud800" }] }],
  ],
  [
    "a control character in an identifier",
    "/identifiers/0/system",
    () => ["/v1/patients", { identifiers: [{ system: "e\u0000mr", value: "1" }] }],
  ],
  ["no identifier at all", "/identifiers", () => ["/v1/patients", { identifiers: [] }]],
  ["eleven identifiers", "/identifiers", () => ["/v1/patients", { identifiers: Array.from({ length: 11 }, () => patient.identifiers[0]) }]],
  ["a language nobody speaks here", "/language", () => ["/v1/patients", { ...patient, language: "de" }]],
  ["a team that is no code", "/team", () => ["/v1/patients", { ...patient, team: SECRET }]],
  ["a reference that is prose", "/reference", () => ["/v1/messages", bodyOf({ reference: SECRET })]],
  ["a reference of 129 letters", "/reference", () => ["/v1/messages", bodyOf({ reference: "r".repeat(129) })]],
  ["a time without its zone", "/sendAt", () => ["/v1/messages", bodyOf({ sendAt: "2026-12-01T10:00:00" })]],
  ["a 13th month", "/expiresAt", () => ["/v1/messages", bodyOf({ expiresAt: "2026-13-01T10:00:00Z" })]],
  ["neither template nor body", "/body", () => ["/v1/messages", { patient: { id: person.patient }, scenario: "scheduling" }]],
  [
    "a parameter that is no text",
    "/params/date",
    () => ["/v1/messages", reminder(person.patient, { params: { date: 20_270_503, time: "10:00" } })],
  ],
  ["a number instead of a patient", "/patient", () => ["/v1/messages", bodyOf({ patient: { number: NUMBER } })]],
  ["a scenario that is prose", "/scenario", () => ["/v1/messages", bodyOf({ scenario: SECRET })]],
  ["half a character in a note", "/note", () => [`/v1/conversations/${conversation}/move`, { team: "nurses", note: `${SECRET} \udfff` }]],
  ["a bell in a note", "/note", () => [`/v1/conversations/${conversation}/move`, { team: "nurses", note: `${SECRET} \u0007` }]],
  ["a note of 1,001 letters", "/note", () => [`/v1/conversations/${conversation}/move`, { team: "nurses", note: "x".repeat(1_001) }]],
  [
    "filed as prose",
    "/filed/0/reference",
    () => [
      `/v1/conversations/${conversation}/resolve`,
      { outcome: "answered", filed: [{ patient: person.patient, system: "emr", reference: SECRET }] },
    ],
  ],
  [
    "filed with nobody",
    "/filed/0/patient",
    () => [
      `/v1/conversations/${conversation}/resolve`,
      { outcome: "answered", filed: [{ patient: NUMBER, system: "emr", reference: "1" }] },
    ],
  ],
  ["a wording of another name", "/wording", () => [`/v1/conversations/${conversation}/reply`, { wording: "help" }]],
  [
    "evidence that is prose",
    "/evidence",
    () => [`/v1/patients/${person.patient}/consents/withdraw`, { method: "phone", at: "2026-11-01T10:00:00Z", evidence: SECRET }],
  ],
  [
    "a kind of number that is none",
    "/kind",
    () => [`/v1/patients/${person.patient}/numbers`, { e164: NUMBER, kind: "pager", relationship: "self" }],
  ],
  [
    "a number of 21 digits",
    "/e164",
    () => [`/v1/patients/${person.patient}/numbers`, { e164: `+${"1".repeat(20)}`, kind: "mobile", relationship: "self" }],
  ],
  [
    "a number that is a number",
    "/e164",
    () => [`/v1/patients/${person.patient}/numbers`, { e164: 14_035_559_876, kind: "mobile", relationship: "self" }],
  ],
])("%s: invalid-request, pointing at %s", async (_what, pointer, ask) => {
  const [path, body] = ask();
  const answer = await clinic.call("POST", path, body, { ifMatch: 'W/"1"' });
  // A union of forms names the member that chooses between them.
  const pointers = answer.body.errors?.map((error: { pointer: string }) => error.pointer) ?? [];
  expect([answer.status, pointers.some((each: string) => each === pointer || (each === "/" && pointer === "/wording"))]).toEqual([
    400,
    true,
  ]);
  await refused(answer, 400, "invalid-request");
});

test("two identifiers that read alike when written in a row are two patients", async () => {
  const before = stood;
  const one = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "a|b", value: "c" }] });
  const two = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "a", value: "b|c" }] });
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(one.body.id).not.toBe(two.body.id);
  stood = await items();
  expect(stood).toBe(before + 6);
});

test("nothing of it went into the logs, and no call was denied", () => {
  const lines = clinic.stack.workers
    .logs()
    .map(({ line }) => line)
    .join("\n");
  expect(lines.length).toBeGreaterThan(10_000);
  for (const sent of [SECRET, NUMBER.slice(2), encodeURIComponent(NUMBER)]) expect(lines).not.toContain(sent);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
