/** Texts of the clinic's own: asked for by patient and scenario, decided by the gate, sent at most once, told until their end. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());
afterEach(() => clinic.clearFaults());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let phones = 2000;
const freshPhone = (): string => `+1780555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();

const send = (request: object, options?: CallOptions): Promise<Answer> => clinic.call("POST", "/v1/messages", request, options);
const read = async (id: string): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/messages/${id}`)).body;
const codes = (message: Answer["body"]): string[] => message.reasons.map(({ code }: { code: string }) => code);
const steps = (message: Answer["body"]): string[] => message.history.map(({ status }: { status: string }) => status);
const bodies = (person: Enrolled): string[] => clinic.inbox(person.e164).map(({ body }) => body);
const tasks = async (person: Enrolled, team = "front-desk"): Promise<Answer["body"][]> =>
  (await desk.waiting(person.e164, team))?.tasks ?? [];
const types = async (message: string): Promise<string[]> =>
  (await clinic.events()).filter(({ chain }) => chain === `msg/${message}`).map(({ type }) => type);
const handedOver = (): number => clinic.stack.aws.calls(0).filter(({ action }) => action === "SendTextMessage").length;

async function accepted(request: object, options?: CallOptions): Promise<string> {
  const { status, body } = await send(request, options);
  expect(status).toBe(202);
  return body.id;
}

test("a template with its parameters is accepted, rendered in the patient's language, and followed to the handset", async () => {
  const person = await enrol(clinic, freshPhone());
  const english = await send(reminder(person.patient, { reference: "visit-1" }));
  expect(english.status).toBe(202);
  expect(english.headers.get("location")).toBe(`/v1/messages/${english.body.id}`);
  expect(english.body).toMatchObject({
    status: "accepted",
    ground: "consent",
    template: "reminder/v1",
    reference: "visit-1",
    parts: 1,
    decision: { outcome: "allow", clinic: expect.any(String) },
  });
  await clinic.drain();
  const { body: patient, headers } = await clinic.call("GET", `/v1/patients/${person.patient}`);
  expect(patient.language).toBe("en");
  await clinic.call("PATCH", `/v1/patients/${person.patient}`, { language: "fr" }, { ifMatch: headers.get("etag") ?? "" });
  await accepted(reminder(person.patient));
  await clinic.drain();
  expect(bodies(person)).toEqual([
    "Prairie Ridge Clinic: a reminder of your appointment on Monday, May 3 at 10:00 am. If it does not suit, call 403-555-0100. Reply STOP for no more texts.",
    expect.stringContaining("rappel de votre rendez-vous du lundi 3 mai à 10 h 00"),
  ]);
  const seen = await clinic.call("GET", `/v1/messages/${english.body.id}`);
  expect(steps(seen.body)).toEqual(["accepted", "sending", "sent", "delivered"]);
  expect(JSON.stringify(seen.body)).not.toContain("Monday");
  const byReference = await clinic.call("POST", "/v1/messages/search", { reference: "visit-1" });
  expect(byReference.body.id).toBe(english.body.id);
});

test("the patient may be named by an identifier of the EMR's, and a scenario may take free text", async () => {
  const person = await enrol(clinic, freshPhone());
  const identifier = { system: "emr", value: person.e164.slice(2) };
  const found = await clinic.call("POST", "/v1/patients/search", { identifier });
  expect(found.body.items).toEqual([{ id: person.patient }]);
  await accepted({ patient: identifier, scenario: "scheduling", body: "Would Friday at 9:00 suit you?" });
  await clinic.drain();
  expect(bodies(person)).toEqual(["Would Friday at 9:00 suit you?"]);
});

test.each([
  ["an unknown scenario", { scenario: "chit-chat", body: "Hi" }, "scenario-unknown"],
  ["a scenario the clinic has decided against", { scenario: "test-results", body: "All fine" }, "scenario-refused"],
  ["free text where only templates go", { scenario: "directions", body: "Second floor" }, "free-text-refused"],
  ["an unknown template", { scenario: "directions", template: "map" }, "template-unknown"],
  ["a parameter that is missing", { params: { date: "2027-05-03" } }, "template-params"],
  ["a parameter too many", { params: { date: "2027-05-03", time: "10:00", why: "your knee" } }, "template-params"],
  ["a date that is none", { params: { date: "2027-02-30", time: "10:00" } }, "template-params"],
  ["a time in words", { params: { date: "2027-05-03", time: "after lunch" } }, "template-params"],
  ["a time that has passed", { expiresAt: "2026-01-01T00:00:00Z" }, "expired"],
  ["sent after it is stale", { sendAt: "2027-05-03T10:00:00Z", expiresAt: "2027-05-03T09:00:00Z" }, "expired"],
])("%s is refused, stored with its reason, and never leaves", async (_what, more, code) => {
  theRefused ??= await enrol(clinic, freshPhone());
  const person = theRefused;
  const base = "scenario" in more ? { patient: { id: person.patient } } : reminder(person.patient);
  const refused = await send({ ...base, ...more });
  expect([refused.status, refused.body.code]).toEqual([422, code]);
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  const kept = await read(refused.body.message.id);
  expect(kept.status).toBe("refused");
  expect(codes(kept)).toContain(code);
  expect(await types(kept.id)).toEqual(["message.refused"]);
  await clinic.drain();
  expect(bodies(person)).toEqual([]);
});
/** One patient for all of these: nothing that is refused may change what the next is told. */
let theRefused: Enrolled | undefined;

test("what to do instead is what the clinic wrote for the scenario", async () => {
  const person = await enrol(clinic, freshPhone());
  const refused = await send({ patient: { id: person.patient }, scenario: "test-results", body: "All fine" });
  expect(refused.body.instead).toBe("The clinician phones the patient, or books a visit.");
  const unasked = await send({ patient: { id: person.patient }, scenario: "recall", template: "please-book" });
  expect(unasked.body).toMatchObject({ code: "consent-missing", instead: "Phone or write to the patient." });
});

test("a number outside the trial list, a home number and an ended number get nothing", async () => {
  const faraway = await enrol(clinic, "+16045551234");
  expect((await send(reminder(faraway.patient))).body.code).toBe("stage-trial");
  const ended = await enrol(clinic, freshPhone());
  const waiting = await accepted(reminder(ended.patient, { sendAt: iso(now() + HOUR) }));
  const end = await clinic.call("POST", `/v1/patients/${ended.patient}/numbers/${ended.number}/end`, { reason: "reassigned" });
  expect(end.body.ended.reason).toBe("reassigned");
  expect((await send(reminder(ended.patient))).body.code).toBe("number-missing");
  // What was accepted before is looked at again before it leaves.
  clinic.advance(HOUR + MINUTE);
  await clinic.drain();
  const refused = await read(waiting);
  expect([refused.status, codes(refused)]).toEqual(["refused", ["number-missing"]]);
  expect(await tasks(ended)).toMatchObject([
    { kind: "phone-instead", message: waiting, says: "The patient has no number that may be used." },
  ]);
  expect(bodies(ended)).toEqual([]);

  const { body } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "home-1" }] });
  const home = await clinic.call("POST", `/v1/patients/${body.id}/numbers`, { e164: freshPhone(), kind: "home", relationship: "self" });
  await agree(clinic, { patient: body.id, number: home.body.id });
  expect((await send(reminder(body.id))).body.code).toBe("number-kind");
});

test("a dry run says what would happen, and leaves nothing but the line that it was asked", async () => {
  const person = await enrol(clinic, freshPhone());
  const before = await clinic.items("state");
  const events = (await clinic.events()).length;
  const yes = await clinic.call("POST", "/v1/messages?dryRun=true", reminder(person.patient));
  expect(yes.status).toBe(200);
  expect(yes.body).toMatchObject({
    allowed: true,
    reasons: [],
    parts: 1,
    to: `••••${person.e164.slice(-4)}`,
    rendered: expect.stringContaining("Monday, May 3"),
  });
  const no = await clinic.call("POST", "/v1/messages?dryRun=true", {
    patient: { id: person.patient },
    scenario: "test-results",
    body: "Please come at two.",
  });
  expect(no.body).toMatchObject({ allowed: false, reasons: [{ code: "scenario-refused" }, { code: "consent-missing" }] });
  const later = await clinic.call("POST", "/v1/messages?dryRun=true", reminder(person.patient, { sendAt: iso(now() + HOUR) }));
  expect(later.body).toMatchObject({ allowed: true, holdUntil: expect.any(String) });
  await clinic.drain();
  expect(bodies(person)).toEqual([]);
  const after = await clinic.items("state");
  expect(after).toHaveLength(before.length);
  const fresh = (await clinic.events())
    .slice()
    .filter(({ chain, type }) => chain === `pat/${person.patient}` && type === "message.rehearsed");
  expect(fresh.map(({ why }) => why ?? [])).toEqual([[], ["scenario-refused", "consent-missing"], []]);
  expect((await clinic.events()).length).toBe(events + 3);
});

test("held until its time, then released by the sweep", async () => {
  const person = await enrol(clinic, freshPhone());
  const sendAt = iso(now() + 2 * HOUR);
  const { status, body } = await send(reminder(person.patient, { sendAt }));
  expect(status).toBe(202);
  expect(body).toMatchObject({ status: "held", holdUntil: sendAt });
  clinic.advance(2 * HOUR - MINUTE);
  await clinic.drain();
  expect((await read(body.id)).status).toBe("held");
  clinic.advance(2 * MINUTE);
  await clinic.drain();
  expect(steps(await read(body.id))).toEqual(["held", "accepted", "sending", "sent", "delivered"]);
  expect((await types(body.id)).slice(0, 3)).toEqual(["message.held", "message.released", "message.claimed"]);
  expect(bodies(person)).toHaveLength(1);
});

test("a text that has gone stale does not leave, and becomes somebody's task to phone", async () => {
  const person = await enrol(clinic, freshPhone());
  const id = await accepted(reminder(person.patient, { sendAt: iso(now() + HOUR), expiresAt: iso(now() + 2 * HOUR) }));
  clinic.advance(3 * HOUR);
  await clinic.drain();
  const stale = await read(id);
  expect([stale.status, codes(stale)]).toEqual(["expired", ["expired"]]);
  expect(bodies(person)).toEqual([]);
  expect(await tasks(person)).toMatchObject([{ kind: "phone-instead", message: id, instead: "Phone instead." }]);
});

test("cancelled by id or by reference while it waits; not any more when it has gone", async () => {
  const person = await enrol(clinic, freshPhone());
  const sendAt = iso(now() + HOUR);
  const byId = await accepted(reminder(person.patient, { sendAt }));
  const byReference = await accepted(reminder(person.patient, { sendAt, reference: "visit-2" }));
  const first = await clinic.call("POST", `/v1/messages/${byId}/cancel`);
  expect([first.status, first.body.status, codes(first.body)]).toEqual([200, "cancelled", ["cancelled-by-caller"]]);
  expect((await clinic.call("POST", `/v1/messages/${byId}/cancel`)).body.status).toBe("cancelled");
  const second = await clinic.call("POST", "/v1/messages/cancel", { reference: "visit-2" });
  expect([second.status, second.body.id, second.body.status]).toEqual([200, byReference, "cancelled"]);
  expect(await types(byId)).toEqual(["message.held", "message.cancelled"]);

  // A reference is free again when its text has come to nothing, and taken while it stands.
  const again = await accepted(reminder(person.patient, { reference: "visit-2" }));
  const twice = await send(reminder(person.patient, { reference: "visit-2" }));
  expect([twice.status, twice.body.code]).toEqual([409, "reference-in-use"]);
  clinic.advance(HOUR + MINUTE);
  await clinic.drain();
  expect(bodies(person)).toHaveLength(1);
  const late = await clinic.call("POST", `/v1/messages/${again}/cancel`);
  expect([late.status, late.body.code]).toEqual([409, "too-late-to-cancel"]);
  const none = await clinic.call("POST", "/v1/messages/cancel", { reference: "visit-3" });
  expect([none.status, none.body.code]).toEqual([404, "not-found"]);
});

test("another application neither sees nor cancels it, and may use the same key and reference", async () => {
  const person = await enrol(clinic, freshPhone());
  const mine = await accepted(reminder(person.patient, { reference: "visit-9", sendAt: iso(now() + HOUR) }), { key: "one-key" });
  for (const [method, path] of [
    ["GET", `/v1/messages/${mine}`],
    ["POST", `/v1/messages/${mine}/cancel`],
  ] as const) {
    const answer = await clinic.call(method, path, undefined, { client: "reminders" });
    expect([answer.status, answer.body.code]).toEqual([404, "not-found"]);
  }
  const theirs = await accepted(reminder(person.patient, { reference: "visit-9" }), { key: "one-key", client: "reminders", as: null });
  expect(theirs).not.toBe(mine);
  const event = (await clinic.events()).find(({ chain }) => chain === `msg/${theirs}`);
  expect(event?.who).toMatchObject({ as: "application" });
  await clinic.drain();
});

test("the same key and request are one text, however often asked; another request under it is refused", async () => {
  const person = await enrol(clinic, freshPhone());
  const asked = await Promise.all(Array.from({ length: 5 }, () => send(reminder(person.patient), { key: "five-times" })));
  expect(asked.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  expect(new Set(asked.map(({ body }) => body.id)).size).toBe(1);
  expect(asked.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(4);
  expect(new Set(asked.map(({ headers }) => headers.get("location")))).toEqual(new Set([`/v1/messages/${asked[0]?.body.id}`]));
  const other = await send(reminder(person.patient, { params: { date: "2027-05-04", time: "10:00" } }), { key: "five-times" });
  expect([other.status, other.body.code]).toEqual([422, "idempotency-mismatch"]);
  // A refusal is an answer too, and is replayed like one.
  const refused = await send({ patient: { id: person.patient }, scenario: "recall", template: "please-book" }, { key: "no" });
  const replayed = await send({ patient: { id: person.patient }, scenario: "recall", template: "please-book" }, { key: "no" });
  expect([replayed.status, replayed.body.message.id]).toEqual([422, refused.body.message.id]);
  await clinic.drain();
  expect(bodies(person)).toHaveLength(1);
});

test.each([
  ["0199", "undelivered", "carrier-unreachable"],
  ["0198", "undelivered", "carrier-blocked"],
])("a phone that ends in %s: %s, %s, and somebody phones instead", async (digits, status, code) => {
  const person = await enrol(clinic, `+1780555${digits}`);
  const id = await accepted(reminder(person.patient));
  await clinic.drain();
  const message = await read(id);
  expect([message.status, codes(message)]).toEqual([status, [code]]);
  expect(bodies(person)).toEqual([]);
  expect(await tasks(person)).toMatchObject([{ kind: "phone-instead", message: id }]);
  expect(await types(id)).toEqual(["message.accepted", "message.claimed", "message.sent", "message.undelivered"]);
});

test("delivery events that come late and in the wrong order tell what became of it all the same", async () => {
  const person = await enrol(clinic, "+17805550196");
  const id = await accepted(reminder(person.patient));
  await clinic.drain();
  expect((await read(id)).status).toBe("sent");
  await clinic.drain(true);
  expect(steps(await read(id))).toEqual(["accepted", "sending", "sent", "delivered"]);
  expect(await tasks(person)).toEqual([]);
});

test("no answer from the carrier: never sent again, settled by the delivery event", async () => {
  const person = await enrol(clinic, "+17805550197");
  const before = handedOver();
  const id = await accepted(reminder(person.patient));
  await clinic.drain(true);
  clinic.advance(20 * MINUTE);
  await clinic.drain(true);
  const message = await read(id);
  expect(message.status).toBe("delivered");
  expect(handedOver() - before).toBe(1);
  expect(bodies(person)).toHaveLength(1);
  expect(await tasks(person)).toEqual([]);
});

test("no answer and no event: unknown, and after fifteen minutes a person is asked to look", async () => {
  const person = await enrol(clinic, "+17805550195");
  clinic.fault({ service: "sms-voice", action: "SendTextMessage", kind: "lose-answer" });
  const id = await accepted(reminder(person.patient));
  await clinic.drain();
  expect(steps(await read(id))).toEqual(["accepted", "sending", "unknown"]);
  clinic.advance(14 * MINUTE);
  await clinic.drain(true);
  expect(await tasks(person)).toEqual([]);
  clinic.advance(2 * MINUTE);
  await clinic.drain(true);
  expect(await tasks(person)).toMatchObject([
    { kind: "no-answer", message: id, instead: "Ask the patient by phone; do not send it again." },
  ]);
  expect((await read(id)).status).toBe("unknown");
  expect(await types(id)).toEqual(["message.accepted", "message.claimed", "message.unknown", "message.unsettled"]);
  expect(bodies(person)).toHaveLength(1);
});

test("the account's spending limit holds the lane: every text is kept, none is tried meanwhile, all leave later", async () => {
  const people = [await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone())];
  clinic.fault({
    service: "sms-voice",
    action: "SendTextMessage",
    kind: "refuse",
    error: "ServiceQuotaExceededException",
    reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    times: 1_000,
  });
  const before = handedOver();
  const ids = [];
  for (const person of people) ids.push(await accepted(reminder(person.patient)));
  await clinic.drain();
  const tried = handedOver() - before;
  expect(tried).toBeGreaterThan(0);
  // Two may have been on their way when the first was refused.
  expect(tried).toBeLessThanOrEqual(2);
  expect((await Promise.all(ids.map(read))).map(({ status }) => status)).toEqual(["accepted", "accepted", "accepted"]);
  expect((await Promise.all(ids.map(types))).flat()).toContain("message.returned");
  clinic.advance(5 * MINUTE);
  await clinic.drain();
  expect(handedOver() - before).toBe(tried);

  clinic.clearFaults();
  clinic.advance(16 * MINUTE);
  await clinic.drain(true);
  expect((await Promise.all(ids.map(read))).map(({ status }) => status)).toEqual(["delivered", "delivered", "delivered"]);
  for (const person of people) expect(bodies(person)).toHaveLength(1);
});

test("a text that outlives the hold is not sent late: it expires, and somebody phones", async () => {
  const person = await enrol(clinic, freshPhone());
  clinic.fault({
    service: "sms-voice",
    action: "SendTextMessage",
    kind: "refuse",
    error: "ServiceQuotaExceededException",
    reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    times: 1_000,
  });
  const id = await accepted(reminder(person.patient, { expiresAt: iso(now() + 20 * MINUTE) }));
  for (let quarter = 0; quarter < 2; quarter++) {
    await clinic.drain();
    clinic.advance(16 * MINUTE);
  }
  await clinic.drain();
  expect((await read(id)).status).toBe("expired");
  expect(await tasks(person)).toMatchObject([{ kind: "phone-instead", message: id }]);
  clinic.clearFaults();
  clinic.advance(16 * MINUTE);
  await clinic.drain(true);
  expect(bodies(person)).toEqual([]);
});

test("a reply overtakes a run of thirty reminders", async () => {
  clinic.morning();
  const run = [];
  for (let n = 0; n < 30; n++) run.push(await enrol(clinic, freshPhone()));
  const asker = await enrol(clinic, freshPhone());
  const sendAt = iso(now() + HOUR);
  for (const person of run) await accepted(reminder(person.patient, { sendAt }));
  clinic.advance(HOUR - MINUTE);
  await clinic.text(asker.e164, "Is the clinic open today?");
  await clinic.drain();
  const { conversation } = await desk.waiting(asker.e164);
  await desk.claim(conversation);
  // All thirty are due at once; the reply is written while they leave.
  clinic.advance(MINUTE);
  expect((await desk.reply(conversation, { body: "Yes, until 16:30" })).status).toBe(202);
  await clinic.drain(true);
  const arrivals = [...run, asker]
    .flatMap(({ e164 }) => clinic.inbox(e164).map(({ at }) => ({ e164, at })))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  expect(arrivals).toHaveLength(31);
  const place = arrivals.findIndex(({ e164 }) => e164 === asker.e164);
  process.stdout.write(`the reply arrived after ${place} of 30 reminders\n`);
  expect(place).toBeLessThan(15);
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
