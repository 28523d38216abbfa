import { PutOptedOutNumberCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Appended, itemBytes } from "../../lambdas/core/audit.ts";
import { EVENT_TYPES } from "../../lambdas/core/audit-catalogue.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { listByHand } from "../support/opt-out-list.ts";
import { settle } from "../support/settle.ts";
import { type Answer, startTestStack, type TestStack, wrongEvents } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

/**
 * A clinic's day, every verb in it, on one stack. The tests build on one another in this order; at the end the whole day is
 * searched for what must not be in it, and the policies are held against what was used.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
  // A Tuesday at nine in Alberta, so that teams are open.
  const { clock } = clinic.stack;
  const tuesday = new Date(clock.now() + 7 * DAY);
  tuesday.setUTCDate(tuesday.getUTCDate() + ((2 - tuesday.getUTCDay() + 7) % 7));
  tuesday.setUTCHours(15, 0, 0, 0);
  clock.set(tuesday.getTime());
});
afterAll(() => clinic.close());

const NURSE = { as: "n.okafor; role=nurse" };
const ALEX = "+14035551201";
const CHILD_PHONE = "+14035551202";
const SHARED = "+14035551203";
const STRANGER = "+14035551204";

/** Every text that anybody wrote today: what must be found nowhere in plain. */
const written: string[] = [];
const wrote = (text: string): string => {
  written.push(text);
  return text;
};
const texted = async (from: string, body: string): Promise<void> => {
  await clinic.text(from, wrote(body));
  await clinic.drain();
};
const queueOf = async (team: string): Promise<Record<string, unknown>[]> =>
  (await clinic.call("GET", `/v1/teams/${team}/queue`)).body.items;
const inQueue = async (team: string, number: string): Promise<Record<string, unknown> | undefined> =>
  (await queueOf(team)).find((item) => item["number"] === `••••${number.slice(-4)}`);
const conversationWith = async ({ patient }: Enrolled): Promise<unknown> =>
  (await clinic.items("state")).find((item) => item["SK"] === "C" && item["patient"] === patient)?.["id"];
/** What staff are asked to do about a number, wherever its conversation waits. */
const tasksOf = async (number: string): Promise<string[]> => {
  const found = (await clinic.items("state")).find((item) => item["SK"] === "C" && item["last4"] === number.slice(-4));
  return ((found?.["tasks"] ?? []) as { kind: string }[]).map(({ kind }) => kind);
};
const last = (number: string): string => clinic.inbox(number).at(-1)?.body ?? "";

let alex: Enrolled;

test("a sender known to exactly one patient reaches that patient's team; a stranger the front desk, to be verified", async () => {
  alex = await enrol(clinic, ALEX);
  const { headers } = await clinic.call("GET", `/v1/patients/${alex.patient}`);
  const moved = await clinic.call("PATCH", `/v1/patients/${alex.patient}`, { team: "nurses" }, { ifMatch: headers.get("etag") ?? "" });
  expect(moved.status).toBe(200);
  await clinic.call("POST", `/v1/patients/${alex.patient}/numbers`, { e164: ALEX, kind: "mobile", relationship: "self", team: "nurses" });
  await texted(ALEX, "May I bring my own wheelchair on Thursday?");
  await texted(STRANGER, "Is this the clinic on Example Avenue?");
  expect(await inQueue("nurses", ALEX)).toMatchObject({ patient: alex.patient, verify: false, state: "waiting" });
  expect(await inQueue("front-desk", STRANGER)).toMatchObject({ verify: true, state: "waiting" });
  expect(JSON.stringify(await queueOf("nurses"))).not.toContain("wheelchair");
});

test("claim, note and move; the next team sees the note; the event came before the text was shown", async () => {
  const claimed = await clinic.call("POST", "/v1/teams/nurses/queue/claim", undefined, NURSE);
  expect(claimed.body).toMatchObject({
    number: ALEX,
    sender: { sure: "known" },
    mayReply: { ok: true },
    texts: [{ text: "May I bring my own wheelchair on Thursday?" }],
  });
  const id = claimed.body.conversation;
  expect((await clinic.call("POST", `/v1/conversations/${id}/claim`)).body.code).toBe("claimed-by-other");
  expect((await clinic.call("POST", "/v1/teams/nurses/queue/claim")).body.code).toBe("queue-empty");
  const note = wrote("Asked about the ramp, please answer before noon");
  expect((await clinic.call("POST", `/v1/conversations/${id}/move`, { team: "front-desk", note }, NURSE)).body).toMatchObject({
    team: "front-desk",
    state: "waiting",
  });
  const there = await clinic.call("POST", `/v1/conversations/${id}/claim`);
  expect(there.body.texts.at(-1)).toMatchObject({ direction: "note", text: note, by: "n.okafor" });
  const views = (await clinic.events()).filter((event) => event.type === "content.viewed" && event.chain === `conv/${id}`);
  expect(views.map((event) => event.who.id)).toEqual(["n.okafor", "m.tremblay"]);
  expect((await clinic.call("POST", `/v1/conversations/${id}/release`)).body).toMatchObject({ state: "waiting" });
});

test("reply, file, resolve; a text two minutes later waits again; a text meanwhile refuses the resolve", async () => {
  const claimed = await clinic.call("POST", "/v1/teams/front-desk/queue/claim");
  expect(claimed.body.number).toBe(STRANGER);
  const strange = claimed.body.conversation;
  expect((await clinic.call("POST", `/v1/conversations/${strange}/reply`, { body: "hello" })).body.code).toBe("reply-not-linked");
  expect((await clinic.call("POST", `/v1/conversations/${strange}/reply`, { wording: "call-us" })).status).toBe(202);
  await clinic.drain();
  expect(last(STRANGER)).toContain("Please call us");

  const { body } = await clinic.call("POST", "/v1/teams/front-desk/queue/claim");
  const id = body.conversation;
  const resolve = (
    etag: string,
    how: object = { outcome: "answered", filed: [{ patient: alex.patient, system: "emr", reference: "n-1" }] },
  ) => clinic.call("POST", `/v1/conversations/${id}/resolve`, how, { ifMatch: etag });
  expect((await clinic.call("POST", `/v1/conversations/${id}/reply`, { body: wrote("Yes, the ramp is at the back door.") })).status).toBe(
    202,
  );
  await clinic.drain();
  expect(last(ALEX)).toBe("Yes, the ramp is at the back door.");
  expect((await resolve(body.etag, { outcome: "answered" })).body.code).toBe("filing-needed");
  await texted(ALEX, "And is there parking for a van?");
  expect((await resolve(body.etag)).body.code).toBe("version-conflict");
  const again = await clinic.call("POST", `/v1/conversations/${id}/claim`);
  const done = await resolve(again.body.etag);
  expect(done.body).toMatchObject({ state: "idle" });
  // The answer was lost and the EMR asks again: the same, not an error.
  expect((await resolve(again.body.etag)).body).toEqual(done.body);
  clinic.advance(2 * MINUTE);
  await texted(ALEX, "Sorry, one more thing");
  expect(await inQueue("nurses", ALEX)).toMatchObject({ state: "waiting" });
  const spam = await clinic.call("POST", `/v1/conversations/${strange}/claim`);
  const filed = await clinic.call(
    "POST",
    `/v1/conversations/${strange}/resolve`,
    { outcome: "none-needed", notFiled: "not-a-patient", note: wrote("A courier, not a patient") },
    { ifMatch: spam.body.etag },
  );
  expect(filed.body.state).toBe("idle");
});

test("a claim nobody ends lapses; what nobody answers goes to the escalation team, and then somebody is told to look", async () => {
  await clinic.call("POST", "/v1/teams/nurses/queue/claim", undefined, NURSE);
  clinic.advance(31 * MINUTE);
  await clinic.drain();
  expect(await inQueue("nurses", ALEX)).toMatchObject({ state: "waiting" });
  clinic.advance(5 * HOUR);
  await clinic.drain();
  expect(await inQueue("nurses", ALEX)).toBeUndefined();
  expect(await inQueue("clinic-manager", ALEX)).toMatchObject({ state: "waiting" });
  const before = clinic.stack.aws.mails().length;
  clinic.advance(3 * HOUR);
  await clinic.drain();
  const mails = clinic.stack.aws.mails().slice(before);
  expect(mails).toHaveLength(1);
  expect(JSON.stringify(mails)).not.toContain("1201");
  const { body } = await clinic.call("POST", "/v1/teams/clinic-manager/queue/claim", undefined, { as: "boss; role=manager" });
  const filed = { outcome: "phoned", filed: [{ patient: alex.patient, system: "emr", reference: "n-2" }] };
  await clinic.call("POST", `/v1/conversations/${body.conversation}/resolve`, filed, { as: "boss; role=manager", ifMatch: body.etag });
});

test("guardian, shared phone, link by the desk: who may be texted what", async () => {
  const child = await enrol(clinic, CHILD_PHONE);
  const sibling = (await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "sibling-1" }] })).body.id;
  for (const patient of [child.patient, sibling]) {
    expect(
      (await clinic.call("POST", `/v1/patients/${patient}/numbers`, { e164: CHILD_PHONE, kind: "mobile", relationship: "guardian" })).body
        .shared,
    ).toBe(false);
  }
  const free = { patient: { id: child.patient }, scenario: "scheduling", body: wrote("Would Friday at three suit Robin?") };
  expect((await clinic.call("POST", "/v1/messages", free)).status).toBe(202);

  await texted(SHARED, "It's me about tomorrow");
  const { body } = await clinic.call("POST", "/v1/teams/front-desk/queue/claim");
  expect(body).toMatchObject({ number: SHARED, sender: { sure: "unknown" } });
  const one = await enrolledWithout("shared-1");
  const other = await enrolledWithout("shared-2");
  expect(
    (await clinic.call("POST", `/v1/conversations/${body.conversation}/link`, { patient: one, relationship: "shared", how: "at-the-desk" }))
      .body,
  ).toMatchObject({ shared: true, patient: one });
  expect(
    (await clinic.call("POST", `/v1/conversations/${body.conversation}/link`, { patient: other, how: "two-identifiers-by-voice" })).body,
  ).toMatchObject({ shared: true, patient: other });
  expect((await clinic.call("POST", `/v1/conversations/${body.conversation}/link`, { patient: other, how: "asked-by-text" })).status).toBe(
    400,
  );
  const [number] = (await clinic.call("GET", `/v1/patients/${other}`)).body.numbers;
  await agree(clinic, { patient: other, number: number.id });
  const shared = { patient: { id: other }, scenario: "scheduling", body: wrote("Your usual time on Monday?") };
  expect((await clinic.call("POST", "/v1/messages", shared)).body.code).toBe("number-shared");
  expect((await clinic.call("POST", "/v1/messages", reminder(other))).status).toBe(202);
  expect(
    (await clinic.call("POST", `/v1/conversations/${body.conversation}/reply`, { body: wrote("Tomorrow at nine is fine.") })).status,
  ).toBe(202);
  const filed = { outcome: "answered", filed: [{ patient: other, system: "emr", reference: "n-3" }] };
  expect((await clinic.call("POST", `/v1/conversations/${body.conversation}/resolve`, filed, { ifMatch: body.etag })).status).toBe(200);
  await clinic.drain();
  expect(last(SHARED)).toBe("Tomorrow at nine is fine.");
  const record = (await clinic.call("GET", `/v1/patients/${other}`)).body.numbers[0];
  expect((await clinic.call("POST", `/v1/patients/${other}/numbers/${record.id}/end`, { reason: "changed" })).body.ended).toBeDefined();
  expect((await clinic.call("POST", "/v1/messages", reminder(other))).body.code).toBe("number-missing");
});

const enrolledWithout = async (value: string): Promise<string> =>
  (await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value }] })).body.id;

test("a rehearsal stores nothing but that it was asked; refusals say why and what to do instead, and are kept", async () => {
  const before = (await clinic.items("state")).length;
  const dry = await clinic.call("POST", "/v1/messages?dryRun=true", reminder(alex.patient));
  expect(dry.body).toMatchObject({
    allowed: true,
    parts: 1,
    to: "••••1201",
    rendered: expect.stringContaining("Monday, May 3 at 10:00 am"),
  });
  written.push(dry.body.rendered);
  expect((await clinic.items("state")).length).toBe(before);
  expect((await clinic.events()).filter((event) => event.type === "message.rehearsed")).toHaveLength(1);
  const results = await clinic.call("POST", "/v1/messages", {
    patient: { id: alex.patient },
    scenario: "test-results",
    body: wrote("All fine with your blood"),
  });
  expect(results.body).toMatchObject({ code: "scenario-refused", instead: "The clinician phones the patient, or books a visit." });
  const wrong = await clinic.call("POST", "/v1/messages", reminder(alex.patient, { params: { date: "soon", time: "10:00" } }));
  expect(wrong.body.code).toBe("template-params");
  for (const answer of [results, wrong])
    expect((await clinic.call("GET", `/v1/messages/${answer.body.message.id}`)).body.status).toBe("refused");
  const found = await clinic.call("POST", "/v1/patients/search", { identifier: { system: "emr", value: ALEX.slice(2) } });
  expect(found.body.items).toEqual([{ id: alex.patient }]);
  expect(
    (await clinic.call("POST", "/v1/messages", { ...reminder(alex.patient), patient: { system: "emr", value: ALEX.slice(2) } })).status,
  ).toBe(202);
  await clinic.drain();
});

test("for later, by reference, cancelled, stale", async () => {
  clinic.morning();
  const at = (ms: number): string => new Date(clinic.stack.clock.now() + ms).toISOString();
  const later = await clinic.call(
    "POST",
    "/v1/messages",
    reminder(alex.patient, { sendAt: at(3 * HOUR), expiresAt: at(5 * HOUR), reference: "appt-1" }),
  );
  expect(later.body).toMatchObject({ status: "held", reference: "appt-1" });
  const before = clinic.inbox(ALEX).length;
  expect((await clinic.call("POST", "/v1/messages", reminder(alex.patient, { reference: "appt-1" }))).body.code).toBe("reference-in-use");
  expect((await clinic.call("POST", "/v1/messages/search", { reference: "appt-1" })).body.id).toBe(later.body.id);
  expect((await clinic.call("POST", "/v1/messages/search", { reference: "appt-1" }, { client: "reminders" })).status).toBe(404);
  clinic.advance(3 * HOUR + MINUTE);
  await clinic.drain();
  expect(clinic.inbox(ALEX).length).toBe(before + 1);
  expect((await clinic.call("POST", "/v1/messages/cancel", { reference: "appt-1" })).body.code).toBe("too-late-to-cancel");

  const cancelled = await clinic.call(
    "POST",
    "/v1/messages",
    reminder(alex.patient, { sendAt: at(HOUR), expiresAt: at(2 * HOUR), reference: "appt-2" }),
  );
  for (let twice = 0; twice < 2; twice++)
    expect((await clinic.call("POST", `/v1/messages/${cancelled.body.id}/cancel`)).body.status).toBe("cancelled");
  clinic.advance(90 * MINUTE);
  await clinic.drain();
  expect(clinic.inbox(ALEX).length).toBe(before + 1);

  clinic.fault({
    function: "send-text",
    service: "sms-voice",
    action: "SendTextMessage",
    kind: "refuse",
    error: "ServiceQuotaExceededException",
    reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    times: 100,
  });
  const stale = await clinic.call("POST", "/v1/messages", reminder(alex.patient, { expiresAt: at(30 * MINUTE) }));
  const patient = await clinic.call("POST", "/v1/messages", reminder(alex.patient, { expiresAt: at(20 * HOUR) }));
  await clinic.drain();
  clinic.advance(40 * MINUTE);
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${stale.body.id}`)).body).toMatchObject({ status: "expired" });
  expect((await clinic.call("GET", `/v1/messages/${patient.body.id}`)).body).toMatchObject({ status: "accepted" });
  clinic.clearFaults();
  clinic.advance(20 * MINUTE);
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${patient.body.id}`)).body.status).toMatch(/sent|delivered/);
  const state = await clinic.items("state");
  expect(JSON.stringify(state.find((item) => item["SK"] === "C" && item["patient"] === alex.patient)?.["tasks"])).toContain(
    "phone-instead",
  );
});

test("what the carrier says becomes of a text: unreachable, blocked, silent, late and out of order", async () => {
  clinic.morning();
  const people = new Map<string, Enrolled>();
  for (const end of ["0199", "0198", "0197", "0196"]) people.set(end, await enrol(clinic, `+1403555${end}`));
  const sent = new Map<string, string>();
  for (const [end, person] of people) sent.set(end, (await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.id);
  await clinic.drain(true);
  const status = async (end: string): Promise<{ status: string; reasons: { code: string }[] }> =>
    (await clinic.call("GET", `/v1/messages/${sent.get(end)}`)).body;
  expect(await status("0199")).toMatchObject({ status: "undelivered", reasons: [{ code: "carrier-unreachable" }] });
  expect(await status("0198")).toMatchObject({ status: "undelivered", reasons: [{ code: "carrier-blocked" }] });
  expect(await status("0196")).toMatchObject({ status: "delivered" });
  expect(clinic.inbox("+14035550197")).toHaveLength(1);
  expect((await status("0197")).status).toMatch(/delivered|sent|unknown/);

  // Twice more, and nothing is texted there until somebody has made sure of the number.
  const gone = people.get("0199")?.patient ?? "";
  for (let again = 0; again < 2; again++) {
    expect((await clinic.call("POST", "/v1/messages", reminder(gone))).status).toBe(202);
    await clinic.drain(true);
  }
  expect((await clinic.call("POST", "/v1/messages", reminder(gone))).body.code).toBe("number-suspect");
  const known = { how: "called-back", at: new Date(clinic.stack.clock.now()).toISOString() };
  const number = { e164: "+14035550199", kind: "mobile", relationship: "self", known };
  expect((await clinic.call("POST", `/v1/patients/${gone}/numbers`, number)).status).toBe(200);
  expect((await clinic.call("POST", "/v1/messages", reminder(gone, { sendAt: known.at }))).status).toBe(202);

  const silent = await enrol(clinic, "+14035550195");
  clinic.fault({ function: "send-text", service: "sms-voice", action: "SendTextMessage", kind: "lose-answer" });
  const lost = (await clinic.call("POST", "/v1/messages", reminder(silent.patient))).body.id;
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${lost}`)).body.status).toBe("unknown");
  clinic.advance(16 * MINUTE);
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${lost}`)).body.status).toBe("unknown");
  expect(clinic.inbox("+14035550195")).toHaveLength(1);
  const tasks = (await queueOf("front-desk")).flatMap((item) => (item["tasks"] as { kind: string }[]).map((task) => task.kind));
  expect(tasks).toContain("no-answer");
  expect(tasks).toContain("phone-instead");
});

test("keywords in two languages; HELP from a number that opted out opens a task and sends nothing; CANCEL can be taken back", async () => {
  const words: [string, string, string][] = [
    ["HELP", "+14035551401", "Not for emergencies: call 911"],
    ["aide", "+14035551402", "composez le 911"],
    ["INFO", "+14035551403", "call 911"],
    ["STOP", "+14035551404", "you will get no more texts"],
    ["Arrêt", "+14035551405", "vous ne recevrez plus"],
    ["unsubscribe", "+14035551406", "you will get no more texts"],
  ];
  for (const [word, number, answer] of words) {
    await clinic.text(number, word);
    await clinic.drain();
    expect(last(number)).toContain(answer);
    written.push(last(number));
  }
  await clinic.text("+14035551404", "HELP");
  await clinic.drain();
  expect(clinic.inbox("+14035551404")).toHaveLength(1);
  expect(await inQueue("front-desk", "+14035551404")).toMatchObject({ tasks: [{ kind: "opted-out" }, { kind: "asked-help" }] });

  const person = await enrol(clinic, "+14035551410");
  await clinic.text(person.e164, "CANCEL");
  await clinic.drain();
  expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.code).toBe("consent-not-in-force");
  const { conversation } = (await inQueue("front-desk", person.e164)) as { conversation: string };
  const claimed = await clinic.call("POST", `/v1/conversations/${conversation}/claim`);
  expect(claimed.body.mayReply).toMatchObject({ ok: false, code: "opted-out" });
  const undone = await clinic.call("POST", `/v1/conversations/${conversation}/undo-opt-out`, { reason: "spoke-by-phone" });
  expect(undone.status).toBe(200);
  expect(undone.body.tasks).toEqual([]);
  await agree(clinic, person);
  expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).status).toBe(202);
  await clinic.drain();
  const stop = await clinic.call("POST", `/v1/conversations/${conversation}/undo-opt-out`, { reason: "spoke-by-phone" });
  expect(stop.body.code).toBe("undo-not-possible");
});

test("what may be an opt-out waits for a person; a wrong number ends, with an incident that a named person reads", async () => {
  const id = async (number: string): Promise<unknown> => (await inQueue("front-desk", number))?.["conversation"];
  const decide = async (number: string, decision: string): Promise<Answer> => {
    const conversation = await id(number);
    await clinic.call("POST", `/v1/conversations/${conversation}/claim`);
    return clinic.call("POST", `/v1/conversations/${conversation}/decide-opt-out`, { decision, reason: "spoke-by-phone" });
  };
  const people = new Map<string, Enrolled>();
  for (const [decision, e164] of [
    ["not", "+14035551441"],
    ["opted-out", "+14035551442"],
    ["wrong-number", "+14035551443"],
  ] as const) {
    const person = await enrol(clinic, e164);
    people.set(decision, person);
    expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).status).toBe(202);
    await clinic.drain();
    await texted(e164, "ANNULER");
    expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.status).toBe("held");
    const decided = await decide(e164, decision);
    expect(decided.status).toBe(200);
    expect(JSON.stringify(decided.body.tasks)).not.toContain("opt-out-suspected");
    await clinic.drain();
  }
  const ends = (decision: string): string => last(people.get(decision)?.e164 ?? "");
  expect(ends("not")).toContain("a reminder of your appointment");
  expect(clinic.inbox("+14035551441")).toHaveLength(2);
  expect(ends("opted-out")).toContain("you will get no more texts");
  expect(ends("wrong-number")).toContain("Sorry about that");

  // The words themselves say so; and where the handler dies before it has listed what was sent, the sweep does.
  const told = await enrol(clinic, "+14035551444");
  expect((await clinic.call("POST", "/v1/messages", reminder(told.patient))).status).toBe(202);
  await clinic.drain();
  const another = await enrol(clinic, "+14035551445");
  await texted(another.e164, "Wrong number");
  expect(last(another.e164)).toContain("Sorry about that");
  clinic.fault({ function: "receive-text", service: "dynamodb", action: "Query", nth: 3, kind: "refuse", times: 20 });
  await texted(told.e164, "Sorry, wrong number!");
  clinic.clearFaults();
  clinic.advance(2 * MINUTE);
  await clinic.drain();
  expect(last(told.e164)).toBe("Sorry about that. This number will get no more texts from us.");
  const open = await clinic.call("GET", "/v1/incidents", undefined, { as: null });
  expect(open.body.items).toEqual([
    expect.objectContaining({ number: "••••1443", count: 1 }),
    expect.objectContaining({ number: "••••1445", count: 0 }),
    expect.objectContaining({ number: "••••1444", count: 1 }),
  ]);
  const incident = open.body.items[2].id;
  expect((await clinic.call("GET", `/v1/incidents/${incident}`, undefined, { as: null })).body.code).toBe("acting-user-missing");
  const read = await clinic.call("GET", `/v1/incidents/${incident}`);
  expect(read.body).toMatchObject({ state: "draft", patients: [told.patient], texts: [{ scenario: "appointment-reminder" }] });
  expect(JSON.stringify(read.body)).not.toContain("reminder of your");
  expect((await clinic.events()).filter((event) => event.type === "incident.viewed").map((event) => event.who.id)).toEqual(["m.tremblay"]);

  const officer = { as: "p.officer; role=privacy-officer" };
  const how = { outcome: "no-notice-needed", note: wrote("The holder never opened the reminder and has deleted it") };
  for (let again = 0; again < 2; again++) {
    const closed = await clinic.call("POST", `/v1/incidents/${incident}/close`, how, officer);
    expect([closed.status, closed.body.state]).toEqual([200, "closed"]);
    expect(closed.body.closed).toMatchObject({ by: "p.officer", role: "privacy-officer", outcome: "no-notice-needed" });
    expect(closed.body.closed.note).toBeUndefined();
  }
  const other = { outcome: "false-alarm", note: how.note };
  expect((await clinic.call("POST", `/v1/incidents/${incident}/close`, other)).body.code).toBe("incident-closed");
  expect((await clinic.call("GET", "/v1/incidents")).body.items.map(({ id }: { id: string }) => id)).not.toContain(incident);
  expect((await clinic.call("GET", `/v1/incidents/${incident}`, undefined, officer)).body.closed.note).toBe(how.note);
  const ended = (await clinic.events()).filter((event) => event.type === "incident.closed");
  expect(ended).toEqual([expect.objectContaining({ why: ["no-notice-needed"], was: "draft", now: "closed" })]);
});

test("START from AWS's list, consents withdrawn, the dead and the departed", async () => {
  const person = await enrol(clinic, "+14035551420");
  await clinic.text(person.e164, "STOP");
  await clinic.drain();
  clinic.advance(25 * HOUR);
  await clinic.drain();
  const calls = clinic.stack.aws.calls(0).map((call) => call.action);
  expect(calls).toContain("PutOptedOutNumber");
  await clinic.text(person.e164, "START");
  await clinic.drain();
  expect(clinic.stack.aws.calls(0).map((call) => call.action)).toContain("DeleteOptedOutNumber");
  expect(last(person.e164)).toContain("Answer YES or NO");
  await clinic.text(person.e164, "yes");
  await clinic.drain();
  expect(last(person.e164)).toContain("You will get our texts again");
  expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).status).toBe(202);
  await clinic.drain();

  const at = new Date(clinic.stack.clock.now()).toISOString();
  expect((await clinic.call("POST", `/v1/patients/${person.patient}/consents/withdraw`, { method: "phone", at })).status).toBe(201);
  expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.code).toBe("consent-withdrawn");
  const then = await clinic.call("GET", `/v1/patients/${person.patient}/consents?at=${encodeURIComponent(at)}`);
  expect(then.body.effective.appointments.status).toBe("granted");

  for (const flag of ["deceased", "left"]) {
    const gone = await enrol(clinic, flag === "left" ? "+14035551431" : "+14035551432");
    const held = await clinic.call(
      "POST",
      "/v1/messages",
      reminder(gone.patient, { sendAt: new Date(clinic.stack.clock.now() + HOUR).toISOString() }),
    );
    const { headers } = await clinic.call("GET", `/v1/patients/${gone.patient}`);
    expect(
      (await clinic.call("PATCH", `/v1/patients/${gone.patient}`, { [flag]: true }, { ifMatch: headers.get("etag") ?? "" })).status,
    ).toBe(200);
    await clinic.drain();
    expect((await clinic.call("GET", `/v1/messages/${held.body.id}`)).body).toMatchObject({
      status: "cancelled",
      reasons: [{ code: "cancelled-patient" }],
    });
    expect((await clinic.call("POST", "/v1/messages", reminder(gone.patient))).body.code).toBe(`patient-${flag}`);
  }
});

test("a consent confirmed from the phone, one spoken for, one that nobody may use, and two taken back by other means", async () => {
  const at = (ms: number): string => new Date(clinic.stack.clock.now() + ms).toISOString();
  const person = await enrol(clinic, "+14035551480");
  const path = `/v1/patients/${person.patient}`;
  const { record } = (await clinic.call("GET", path)).body.consents.appointments;
  for (const status of [202, 200]) expect((await clinic.call("POST", `${path}/consents/${record}/confirm`)).status).toBe(status);
  await clinic.drain();
  await clinic.text(person.e164, "YES");
  await clinic.drain();
  expect(last(person.e164)).toContain("thank you");
  expect((await clinic.call("GET", `${path}/consents/${record}/note`)).body.note.en).toContain("The patient agreed");

  const child = await enrol(clinic, "+14035551481");
  const guardian = { e164: child.e164, kind: "mobile", relationship: "guardian", authority: "order-1", review: at(DAY).slice(0, 10) };
  expect((await clinic.call("POST", `/v1/patients/${child.patient}/numbers`, guardian)).status).toBe(200);
  const due = await clinic.call("GET", "/v1/consents/due?days=7", undefined, { as: null });
  expect(due.body.items).toEqual([{ patient: child.patient, expires: [], review: expect.any(String) }]);
  clinic.advance(2 * DAY);
  await clinic.drain();
  expect(await tasksOf(child.e164)).toEqual(["proxy-review"]);

  const officer = { as: "p.officer; role=privacy-officer" };
  for (const number of [undefined, person.number])
    expect((await clinic.call("POST", `${path}/no-contact`, { set: true, reason: "safety", number })).status).toBe(200);
  expect((await clinic.call("POST", "/v1/messages", reminder(person.patient))).body.code).toBe("number-missing");
  expect((await clinic.call("GET", `${path}/no-contact`, undefined, officer)).body.numbers).toHaveLength(1);
  for (const number of [undefined, person.number])
    expect((await clinic.call("POST", `${path}/no-contact`, { set: false, reason: "set-by-mistake", number }, officer)).status).toBe(200);

  const waiting = (await clinic.call("POST", "/v1/messages", reminder(person.patient, { sendAt: at(HOUR) }))).body.id;
  const said = at(-30 * DAY);
  const taken = await clinic.call("POST", `${path}/revocations`, { said, means: "letter", scope: "all", block: person.number });
  expect(taken.body).toMatchObject({ late: true, blocked: person.number });
  expect((await clinic.call("GET", `/v1/messages/${waiting}`)).body.status).toBe("cancelled");
  // Nobody has written from this one yet: the task makes its conversation.
  const quiet = await enrol(clinic, "+14035551482");
  await clinic.call("POST", `/v1/patients/${quiet.patient}/revocations`, { said, means: "voicemail", scope: ["appointments"] });
  for (const { e164 } of [person, quiet]) expect(await tasksOf(e164)).toContain("revocation-late");
});

test("what goes wrong is made good: lost races, a handler that dies, a carrier that knows better, a patient who moved", async () => {
  clinic.fault({ function: "receive-text", service: "dynamodb", action: "TransactWriteItems", kind: "conflict" });
  await texted(STRANGER, "Is anybody there?");
  clinic.fault({ function: "receive-text", service: "dynamodb", action: "TransactWriteItems", kind: "conflict" });
  await clinic.text(STRANGER, "", { raw: "not what the carrier sends" });
  await clinic.drain();

  // The START's own handler cannot take the number off AWS's list; the sweep does.
  const back = await enrol(clinic, "+14035551501");
  await clinic.text(back.e164, "STOP");
  await clinic.drain();
  clinic.advance(25 * HOUR);
  await clinic.drain();
  clinic.fault({ function: "receive-text", service: "sms-voice", action: "DeleteOptedOutNumber", kind: "refuse", times: 10 });
  await clinic.text(back.e164, "START");
  await clinic.drain();
  clinic.advance(2 * MINUTE);
  await clinic.drain();
  expect(last(back.e164)).toContain("Answer YES or NO");
  clinic.clearFaults();

  // The reply's own handler cannot enqueue it; the sweep does.
  await texted(back.e164, "Can you hear me?");
  const conversation = await conversationWith(back);
  await clinic.call("POST", `/v1/conversations/${conversation}/claim`);
  clinic.fault({ function: "reply", service: "sqs", action: "SendMessage", kind: "refuse", times: 10 });
  expect(
    (await clinic.call("POST", `/v1/conversations/${conversation}/reply`, { body: wrote("Yes, we are open until four.") })).status,
  ).toBe(202);
  clinic.clearFaults();
  clinic.advance(6 * MINUTE);
  await clinic.drain();
  expect(last(back.e164)).toBe("Yes, we are open until four.");

  // The carrier's list knows of an opt-out that never reached us.
  clinic.morning();
  const elsewhere = await enrol(clinic, "+14035551502");
  clinic.fault({
    function: "send-text",
    service: "sms-voice",
    action: "SendTextMessage",
    kind: "refuse",
    error: "ConflictException",
    reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
  });
  const refused = await clinic.call("POST", "/v1/messages", reminder(elsewhere.patient));
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${refused.body.id}`)).body).toMatchObject({
    status: "failed",
    reasons: [{ code: "carrier-opted-out" }],
  });
  expect((await clinic.call("POST", "/v1/messages", reminder(elsewhere.patient))).body.code).toBe("consent-not-in-force");
  expect(await inQueue("front-desk", elsewhere.e164)).toMatchObject({ tasks: [{ kind: "phone-instead" }] });

  const value = elsewhere.e164.slice(2);
  const again = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value }], language: "fr" });
  expect(again).toMatchObject({ status: 200, body: { id: elsewhere.patient, language: "fr" } });
});

test("a person answers for a text that the gate stopped; another reads it", async () => {
  clinic.morning();
  const asked = await enrol(clinic, "+14035551601");
  const body = wrote("How to find us: https://bit.ly/3xYzAbC");
  const link = { patient: { id: asked.patient }, scenario: "scheduling", body };
  const stopped = await clinic.call("POST", "/v1/messages", link);
  expect(stopped.body).toMatchObject({ code: "content-link", findings: [{ kind: "link-shortener", mayAcknowledge: true }] });
  const acknowledge = stopped.body.findings.map(({ id }: { id: string }) => id);
  const reason = wrote("The patient asked for the short link at the desk");
  const sent = await clinic.call("POST", "/v1/messages", { ...link, acknowledge, reason });
  expect(sent.body).toMatchObject({ status: "accepted", acknowledged: { by: "m.tremblay", findings: acknowledge } });

  const { body: unasked } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "unasked-1" }] });
  await clinic.call("POST", `/v1/patients/${unasked.id}/numbers`, { e164: "+14035551602", kind: "mobile", relationship: "self" });
  const judged = { ...reminder(unasked.id), override: { reason: wrote("No answer by phone since Monday") } };
  const overridden = await clinic.call("POST", "/v1/messages", judged, { as: "dr.roy; role=physician" });
  expect(overridden.body).toMatchObject({ status: "accepted", overridden: { by: "dr.roy", codes: ["consent-missing"] } });
  await clinic.drain();
  expect([last(asked.e164), last("+14035551602")]).toEqual([body, expect.stringContaining("a reminder of your appointment")]);

  const { items } = (await clinic.call("GET", "/v1/second-readings")).body;
  expect(items.map((item: { message: string }) => item.message).sort()).toEqual([sent.body.id, overridden.body.id].sort());
  const officer = { as: "p.officer; role=privacy-officer" };
  for (const { message } of items)
    expect((await clinic.call("POST", `/v1/messages/${message}/second-reading`, undefined, officer)).status).toBe(200);
  expect((await clinic.call("GET", "/v1/second-readings")).body.items).toEqual([]);
});

test("an emergency is paged to whoever is on call, by the week or by a call, and to nobody where nobody is", async () => {
  clinic.morning();
  const pagedTo = async (n: number): Promise<string[]> => {
    const before = clinic.stack.aws.mails().length;
    await texted(`+1403555160${n}`, "I have crushing chest pain and I can't breathe");
    // Nobody takes it: the sweep pages again.
    clinic.advance(2 * MINUTE);
    await clinic.drain();
    return clinic.stack.aws
      .mails()
      .slice(before)
      .flatMap(({ to }) => to);
  };
  const said = async (body: object): Promise<void> => expect((await clinic.call("POST", "/v1/clinic/facts", body)).status).toBe(200);
  const until = new Date(clinic.stack.clock.now() + HOUR).toISOString();
  await said({ onCall: { person: "physician-on-call", until } });
  expect(await pagedTo(1)).toEqual(Array(2).fill("physician-on-call@prairie-ridge.example"));
  await said({ onCall: false });
  expect(new Set(await pagedTo(2))).toEqual(new Set(["triage@prairie-ridge.example"]));
  await said({ onCall: { nobody: true, until } });
  expect(await pagedTo(3)).toContain("on-call@prairie-ridge.example");
  expect((await clinic.call("GET", "/v1/clinic/facts")).body).toMatchObject({ attended: false, onCall: [] });
  expect(last("+14035551603")).toContain("nobody reads texts now");
});

test("AWS's list has numbers that nobody blocked here: the daily comparison does", async () => {
  const { client, OptOutListName } = listByHand(clinic);
  const known = await enrol(clinic, "+14035551981");
  const at = (ms: number): string => new Date(clinic.stack.clock.now() + ms).toISOString();
  const waiting = await clinic.call("POST", "/v1/messages", reminder(known.patient, { sendAt: at(2 * DAY), expiresAt: at(3 * DAY) }));
  for (const OptedOutNumber of [known.e164, "+14035551982"])
    await client.send(new PutOptedOutNumberCommand({ OptOutListName, OptedOutNumber }));
  clinic.advance(25 * HOUR);
  await clinic.drain();
  expect((await clinic.call("GET", `/v1/messages/${waiting.body.id}`)).body).toMatchObject({ status: "cancelled" });
  expect(await inQueue("front-desk", known.e164)).toMatchObject({ tasks: [{ kind: "opted-out" }] });
});

test("two patients are erased: one at once, the other by the sweep, because the function dies in the middle", async () => {
  clinic.morning();
  const officer = { as: "p.officer; role=privacy-officer" };
  for (const e164 of ["+14035551991", "+14035551992"]) {
    const person = await enrol(clinic, e164);
    await texted(e164, "Please forget about me after Friday");
    const conversation = await conversationWith(person);
    const { etag } = (await clinic.call("POST", `/v1/conversations/${conversation}/claim`)).body;
    const resolved = { outcome: "none-needed", filed: [{ patient: person.patient, system: "emr", reference: "n-1" }] };
    expect((await clinic.call("POST", `/v1/conversations/${conversation}/resolve`, resolved, { ifMatch: etag })).status).toBe(200);
    const sendAt = new Date(clinic.stack.clock.now() + DAY).toISOString();
    const waiting = (await clinic.call("POST", "/v1/messages", reminder(person.patient, { sendAt }))).body.id;

    const dies = e164.endsWith("2");
    // The first transaction cancels what waits, the second begins.
    if (dies)
      clinic.fault({ function: "erase-patient", service: "dynamodb", action: "TransactWriteItems", nth: 3, kind: "crash", after: true });
    const path = `/v1/patients/${person.patient}`;
    const ifMatch = (await clinic.call("GET", path)).headers.get("etag") ?? "";
    const how = { reason: "patient-asked", basis: "the section of the law", retention: { none: true } };
    const asked = await clinic.call("POST", `${path}/erase`, how, { ...officer, ifMatch });
    expect(asked.status).toBe(dies ? 500 : 200);
    clinic.clearFaults();
    await settle(clinic);
    expect((await clinic.call("GET", path)).body.erasure).toMatchObject({ state: "erased", deleted: { textsIn: 1, textsOut: 1 } });
    expect((await clinic.call("GET", `/v1/messages/${waiting}`)).status).toBe(404);
  }
});

test("after all that, items and histories agree", async () => {
  await settle(clinic);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});

test("every audit event is as the catalogue has its type, holds nothing but ids, codes and hashes, and fits into a kilobyte", async () => {
  const items = await clinic.items("audit");
  expect(wrongEvents(items)).toEqual([]);
  const sizes = items.map((item) => itemBytes(item as unknown as Appended["item"])).sort((a, b) => a - b);
  const types = new Set((await clinic.events()).map(({ type }) => type));
  expect(sizes.length).toBeGreaterThan(300);
  const unseen = Object.keys(EVENT_TYPES).filter((type) => !types.has(type));
  process.stdout.write(
    `${sizes.length} audit items: median ${sizes[sizes.length >> 1]} bytes, largest ${sizes.at(-1)}; ${types.size} types, not today: ${unseen.join(", ")}\n`,
  );
});

test("no text and no number stands anywhere in plain: tables, queues, logs, mails, calls", async () => {
  const numbers = clinic.stack.aws.handsets.all().flatMap((number) => [number, number.slice(2)]);
  const replies = clinic.stack.aws.handsets.all().flatMap((number) => clinic.inbox(number).map((text) => text.body));
  const secrets = [...new Set([...written, ...replies].filter((text) => text.length > 5)), ...numbers];
  expect(secrets.length).toBeGreaterThan(60);

  const arrivals = new Set(
    clinic.stack.aws.queues
      .list()
      .filter((queue) => /inbound|delivery/i.test(queue.name))
      .map((queue) => queue.name),
  );
  const { aws, workers } = clinic.stack;
  const places: [string, string][] = [
    ...(await Promise.all(
      (["state", "audit"] as const).map(
        async (table): Promise<[string, string]> => [`the ${table} table`, (await clinic.items(table)).map(readable).join("\n")],
      ),
    )),
    ["the queues", JSON.stringify((await aws.queueDump()).filter((message) => !arrivals.has(message.queue)))],
    [
      "the logs",
      workers
        .logs()
        .map(({ line }) => line)
        .join("\n"),
    ],
    ["the mails", JSON.stringify(aws.mails())],
    ["the call log", JSON.stringify(aws.calls(0))],
  ];
  expect(places.find(([name]) => name === "the logs")?.[1].length).toBeGreaterThan(10_000);
  const found = places.flatMap(([name, content]) =>
    secrets.flatMap((secret) =>
      forms(secret)
        .filter((form) => content.includes(form))
        .map((form) => `${name}: ${form}`),
    ),
  );
  expect(found).toEqual([]);
});

/** An item with its bytes as text, so that a plain text hidden in a binary attribute is found. */
function readable(item: unknown): string {
  return JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value));
}

/** How a text might hide: as it is, as JSON writes it, in base64 and in hex. */
const forms = (text: string): string[] =>
  [text, JSON.stringify(text).slice(1, -1), Buffer.from(text).toString("base64").slice(0, -4), Buffer.from(text).toString("hex")].filter(
    (form) => form.length >= 8,
  );

test("no call was denied that a flow needs, and every granted action is named or used", () => {
  const { denied, unused } = clinic.stack.aws.policyReport();
  expect(denied).toEqual([]);
  // docs/decisions/0007: a lane of 50 parts a second never makes an errand wait for more than five seconds; one part a second does.
  expect(unused.filter((grant) => grant.action !== "sqs:ChangeMessageVisibility")).toEqual([]);
  process.stdout.write(
    `granted and not used today: ${unused.length}\n${unused.map((grant) => `  ${grant.function}  ${grant.action}  ${grant.keys ?? grant.resource}`).join("\n")}\n`,
  );
});
