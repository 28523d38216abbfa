/** The gate through the running stack: what stops a text, what waits, and who may answer for one. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type AuditEvent, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PHYSICIAN: CallOptions = { as: "dr.roy; role=physician" };
const OFFICER: CallOptions = { as: "p.officer; role=privacy-officer" };

let phones = 3000;
const freshPhone = (): string => `+1780555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();
const send = (request: object, options?: CallOptions): Promise<Answer> => clinic.call("POST", "/v1/messages", request, options);
const read = async (id: string): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/messages/${id}`)).body;
const codes = (message: Answer["body"]): string[] => message.reasons.map(({ code }: { code: string }) => code);
const steps = (message: Answer["body"]): string[] => message.history.map(({ status }: { status: string }) => status);
const bodies = (person: Pick<Enrolled, "e164">): string[] => clinic.inbox(person.e164).map(({ body }) => body);
const eventsOf = async (message: string): Promise<AuditEvent[]> =>
  (await clinic.events()).filter(({ chain }) => chain === `msg/${message}`);
const own = (person: Pick<Enrolled, "patient">, body: string, more: object = {}): object => ({
  patient: { id: person.patient },
  scenario: "scheduling",
  body,
  ...more,
});
const ids = (answer: Answer["body"]): string[] => answer.findings.map(({ id }: { id: string }) => id);
const waitingReadings = async (): Promise<string[]> =>
  (await clinic.call("GET", "/v1/second-readings?limit=100")).body.items.map(({ message }: { message: string }) => message);
const reading = (message: string, options: CallOptions): Promise<Answer> =>
  clinic.call("POST", `/v1/messages/${message}/second-reading`, undefined, options);

/** A patient with one mobile number whom nobody has asked about texts. */
async function unasked(e164 = freshPhone()): Promise<Enrolled> {
  const { body } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: e164.slice(2) }], language: "en" });
  const number = await clinic.call("POST", `/v1/patients/${body.id}/numbers`, { e164, kind: "mobile", relationship: "self" });
  return { e164, patient: body.id, number: number.body.id };
}

describe("words", () => {
  let person: Enrolled;
  beforeAll(async () => {
    clinic.morning();
    person = await enrol(clinic, freshPhone());
  });

  test.each([
    ["content-identifier", "Your health card number is 1234567897, please keep it handy."],
    ["content-identifier", "Votre date de naissance est le 4 mars 1961."],
    ["content-asks-identifier", "Please text us your health card number."],
    ["content-sensitive", "Your HIV test is negative."],
    ["content-clinical", "Take two ibuprofen every six hours."],
    ["content-clinical", "Vos prises de sang sont normales."],
    ["content-link", "How to find us: https://bit.ly/3xYzAbC"],
  ])("%s: %s", async (code, body) => {
    const stopped = await send(own(person, body));
    expect([stopped.status, stopped.body.code]).toEqual([422, code]);
    if (code === "content-clinical") expect(stopped.body.instead).toBe("Phone the patient and agree on a time.");
    for (const finding of stopped.body.findings) {
      expect(finding.id).toBe(`${finding.kind}:${finding.from}-${finding.to}`);
      expect(finding.to).toBeLessThanOrEqual(body.length);
    }
    expect(stopped.body.rewrite).toEqual({ text: "Prairie Ridge Clinic: please call us at 403-555-0100." });
    // Nothing but the caller's own request has the words: neither the answer, nor what is stored, nor the events.
    const id = stopped.body.message.id;
    const told = JSON.stringify([stopped.body, await read(id), (await eventsOf(id)).map(({ bytes: _, ...event }) => event)]);
    for (const word of body.split(/[^\p{L}\d]+/u).filter((each) => each.length > 7)) expect(told).not.toContain(word);
    expect(await read(id)).toMatchObject({ status: "refused", decision: { saw: { model: expect.stringMatching(/^[\w-]{43}$/) } } });
    expect((await send({ ...own(person, stopped.body.rewrite.text) })).status).toBe(202);
  });

  test("an identifier's value, or asking for one, leaves for nobody: not acknowledged, not overridden", async () => {
    for (const body of ["Your health card number is 1234567897.", "Please text us your health card number."]) {
      const stopped = await send(own(person, body));
      expect(stopped.body.findings).toContainEqual(expect.objectContaining({ mayAcknowledge: false }));
      const acknowledge = { acknowledge: ids(stopped.body), reason: "The patient asked me to." };
      expect((await send(own(person, body, acknowledge))).body.code).toBe(stopped.body.code);
      expect((await send(own(person, body, { override: { reason: "It cannot wait." } }), PHYSICIAN)).body.code).toBe(stopped.body.code);
    }
    await clinic.drain();
    expect(bodies(person).filter((body) => /health card/i.test(body))).toEqual([]);
  });

  test("a dry run shows it all, with what the text costs and which letter makes it dear", async () => {
    const dry = await clinic.call("POST", "/v1/messages?dryRun=true", own(person, "Vos résultats de prise de sang sont prêts. À bientôt!"));
    expect(dry.body).toMatchObject({
      allowed: false,
      findings: [{ kind: expect.any(String), from: expect.any(Number), mayAcknowledge: true }],
      rewrite: { text: expect.stringContaining("please call us") },
      cost: { encoding: "UCS-2", forcedBy: expect.arrayContaining(["ê", "ô"]), usCents: 1.3, partsInPlainLetters: 1 },
      decision: { outcome: "refuse", says: expect.stringMatching(/^Refused: /) },
    });
    expect(dry.body.decision.hooks.length).toBeGreaterThan(10);
  });

  test("the scenario's own template is the safe wording, with its parameters", async () => {
    const stopped = await send({
      patient: { id: person.patient },
      scenario: "appointment-reminder",
      body: "Bring your inhaler on Friday.",
    });
    expect(stopped.body).toMatchObject({
      code: "free-text-refused",
      rewrite: { template: "reminder", params: { date: "date", time: "time" }, text: expect.stringContaining("on {date} at {time}") },
    });
  });
});

describe("acknowledging", () => {
  const BODY = "Your X-ray form is ready at the desk.";
  const REASON = "The patient asked for it by phone an hour ago.";
  let person: Enrolled;
  let sent: Answer;
  beforeAll(async () => {
    clinic.morning();
    person = await enrol(clinic, freshPhone());
  });

  test("takes a person, a reason and every finding; then the text leaves, and two events say so without a word of either", async () => {
    const stopped = await send(own(person, BODY));
    expect(stopped.body).toMatchObject({ code: "content-clinical", findings: [{ by: "rule", severity: "refuse", mayAcknowledge: true }] });
    const acknowledge = ids(stopped.body);
    const whole = own(person, BODY, { acknowledge, reason: REASON });
    expect((await send(whole, { as: null })).body.code).toBe("acting-user-missing");
    expect((await send(own(person, BODY, { acknowledge }))).status).toBe(400);
    expect((await send(own(person, BODY, { reason: REASON }))).status).toBe(400);
    expect((await send(own(person, BODY, { acknowledge: ["drug:0-3"], reason: REASON }))).body.code).toBe("content-clinical");
    // A changed text has other findings: what was acknowledged does not count for it.
    expect((await send(own(person, `Hello! ${BODY}`, { acknowledge, reason: REASON }))).body.code).toBe("content-clinical");

    sent = await send(whole, { key: "acknowledged-1" });
    expect(sent).toMatchObject({ status: 202, body: { status: "accepted", acknowledged: { by: "m.tremblay", findings: acknowledge } } });
    expect((await send(whole, { key: "acknowledged-1" })).headers.get("idempotent-replayed")).toBe("true");
    await clinic.drain();
    expect(bodies(person)).toEqual([BODY]);
    const events = await eventsOf(sent.body.id);
    expect(events.map(({ type }) => type).slice(0, 3)).toEqual(["message.accepted", "message.acknowledged", "message.claimed"]);
    expect(events[1]).toMatchObject({ why: ["procedure"], who: { id: "m.tremblay", as: "asserted" } });
    const books = JSON.stringify([await clinic.items("state"), await clinic.items("audit")]);
    for (const words of [REASON, "X-ray"]) expect(books).not.toContain(words);
  });

  test("is read by a second person: another one, in a role the clinic named", async () => {
    const id = sent.body.id;
    expect(await waitingReadings()).toContain(id);
    expect(sent.body.secondReading).toMatchObject({ missed: 0, due: expect.any(String) });
    const own403 = await reading(id, { as: "m.tremblay; role=privacy-officer" });
    expect([own403.status, own403.body.code]).toEqual([403, "second-reader-self"]);
    const other403 = await reading(id, { as: "n.okafor; role=nurse" });
    expect([other403.status, other403.body.code]).toEqual([403, "second-reader-role"]);
    expect((await reading(id, { as: null })).body.code).toBe("acting-user-missing");
    const plain = await send(reminder(person.patient));
    expect((await reading(plain.body.id, OFFICER)).status).toBe(404);

    const shown = await reading(id, OFFICER);
    expect(shown).toMatchObject({ status: 200, body: { text: BODY, reasons: { acknowledged: REASON }, by: "m.tremblay" } });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ type: "message.second-read", who: { id: "p.officer" }, why: ["acknowledged"] });
    expect(await waitingReadings()).not.toContain(id);
    expect((await read(id)).secondReading.read).toMatchObject({ by: "p.officer", role: "privacy-officer" });
    // Looking again is a view like any other.
    expect((await reading(id, OFFICER)).status).toBe(200);
  });

  test("the read that nobody does by the end of the next open day is somebody's page, every open day, until it is done", async () => {
    clinic.morning();
    const stopped = await send(own(person, BODY));
    const late = await send(own(person, BODY, { acknowledge: ids(stopped.body), reason: REASON }));
    await clinic.drain();
    const pages = (): number => clinic.stack.aws.mails().length;
    const state = async (): Promise<{ due: string; missed: number }> => (await read(late.body.id)).secondReading;
    const { due } = await state();
    expect(Date.parse(due) - now()).toBeGreaterThan(12 * HOUR);
    clinic.stack.clock.set(Date.parse(due) - 60_000);
    await clinic.drain();
    expect((await state()).missed).toBe(0);
    const before = pages();
    clinic.advance(2 * 60_000);
    await clinic.drain();
    const again = await state();
    expect([pages() - before, again.missed]).toEqual([1, 1]);
    expect(Date.parse(again.due)).toBeGreaterThan(Date.parse(due) + 12 * HOUR);
    clinic.stack.clock.set(Date.parse(again.due) + 60_000);
    await clinic.drain();
    expect((await state()).missed).toBe(2);
    expect((await reading(late.body.id, OFFICER)).status).toBe(200);
    clinic.advance(4 * DAY);
    await clinic.drain();
    expect((await state()).missed).toBe(2);
    expect((await eventsOf(late.body.id)).filter(({ type }) => type === "message.second-reading-missed")).toHaveLength(2);
  });

  test("answers to patients are read like the clinic's own texts", async () => {
    clinic.morning();
    await clinic.text(person.e164, "Is my form ready?");
    await clinic.drain();
    const { conversation } = await desk.waiting(person.e164);
    await desk.claim(conversation);
    const stopped = await desk.reply(conversation, { body: BODY });
    expect(stopped).toMatchObject({ status: 422, body: { code: "content-clinical", rewrite: { wording: "call-us" } } });
    const answer = await desk.reply(conversation, { body: BODY, acknowledge: ids(stopped.body), reason: REASON });
    expect(answer).toMatchObject({ status: 202, body: { acknowledged: { by: "m.tremblay" } } });
    await clinic.drain();
    expect(bodies(person).at(-1)).toBe(BODY);
    expect((await reading(answer.body.id, OFFICER)).body.reasons.acknowledged).toBe(REASON);
    // The reason stands in the conversation for whoever holds it, as a note.
    const again = await desk.claim(conversation);
    expect(again.body.texts).toContainEqual(expect.objectContaining({ direction: "note", text: REASON }));
  });
});

describe("overriding", () => {
  const override = { override: { reason: "Cannot be reached by phone; the visit cannot wait." } };
  beforeAll(() => clinic.morning());

  test("takes a role that the clinic named, and a person", async () => {
    const person = await unasked();
    const refused = await send(reminder(person.patient, override));
    expect(codes(refused.body.message)).toEqual(["consent-missing", "override-not-allowed"]);
    expect((await send(reminder(person.patient, override), { as: null })).body.code).toBe("acting-user-missing");
    expect((await send(reminder(person.patient, { override: {} }), PHYSICIAN)).status).toBe(400);
  });

  test("texts a patient whom nobody has asked, on the only mobile number there is, and says on which judgement", async () => {
    const person = await unasked();
    expect((await send(reminder(person.patient), PHYSICIAN)).body.code).toBe("consent-missing");
    const sent = await send(reminder(person.patient, override), PHYSICIAN);
    expect(sent).toMatchObject({
      status: 202,
      body: {
        ground: "consent",
        overridden: { by: "dr.roy", role: "physician", codes: ["consent-missing"] },
        decision: { overridden: ["consent-missing"], says: expect.stringMatching(/^Allowed by a person's judgement, although /) },
      },
    });
    await clinic.drain();
    expect(bodies(person)).toHaveLength(1);
    const [item] = (await clinic.items("state")).filter((each) => each["id"] === sent.body.id);
    expect(item?.["ground"]).toMatchObject({ kind: "consent", purpose: "appointments", judgement: { by: "dr.roy", role: "physician" } });
    expect((await eventsOf(sent.body.id)).map(({ type }) => type)).toContain("message.overridden");
    const shown = await reading(sent.body.id, OFFICER);
    expect(shown.body).toMatchObject({ reasons: { overridden: override.override.reason }, text: expect.stringContaining("reminder") });
    // One text: the next is decided anew.
    expect((await send(reminder(person.patient), PHYSICIAN)).body.code).toBe("consent-missing");

    const second = await clinic.call("POST", `/v1/patients/${person.patient}/numbers`, {
      e164: freshPhone(),
      kind: "mobile",
      relationship: "self",
    });
    expect(second.status).toBe(201);
    const several = await send(reminder(person.patient, override), PHYSICIAN);
    expect(codes(several.body.message)).toContain("number-several");
    const { body } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "no-number" }] });
    expect(codes((await send(reminder(body.id, override), PHYSICIAN)).body.message)).toContain("number-missing");
  });

  test("never speaks over the patient: asked, declined, withdrawn, STOP", async () => {
    const said = async (decision: "asked" | "declined"): Promise<string[]> => {
      const person = await unasked();
      await clinic.call("POST", `/v1/patients/${person.patient}/consents`, {
        decision,
        purposes: ["appointments"],
        number: person.number,
        wording: { id: "texting-basics", version: 1 },
        method: "phone",
        agreedAt: iso(now()),
      });
      return codes((await send(reminder(person.patient, override), PHYSICIAN)).body.message);
    };
    expect(await said("asked")).toContain("consent-asked");
    expect(await said("declined")).toContain("consent-declined");
    const person = await enrol(clinic, freshPhone());
    await clinic.call("POST", `/v1/patients/${person.patient}/consents/withdraw`, { method: "phone", at: iso(now()) });
    expect(codes((await send(reminder(person.patient, override), PHYSICIAN)).body.message)).toContain("consent-withdrawn");
    const stopper = await unasked();
    await clinic.text(stopper.e164, "STOP");
    await clinic.drain();
    expect(codes((await send(reminder(stopper.patient, override), PHYSICIAN)).body.message)).toContain("opted-out");
    expect(bodies(stopper)).toHaveLength(1);
  });

  test("is looked at again before the text leaves: what the patient said meanwhile counts", async () => {
    const person = await unasked();
    const later = await send(reminder(person.patient, { ...override, sendAt: iso(now() + HOUR) }), PHYSICIAN);
    expect(later.body.status).toBe("held");
    await clinic.call("POST", `/v1/patients/${person.patient}/consents`, {
      decision: "declined",
      purposes: ["appointments"],
      number: person.number,
      wording: { id: "texting-basics", version: 1 },
      method: "phone",
      agreedAt: iso(now()),
    });
    clinic.advance(HOUR + 60_000);
    await clinic.drain();
    const refused = await read(later.body.id);
    expect([refused.status, codes(refused)]).toEqual(["refused", ["consent-declined"]]);
    expect(refused.secondLook).toMatchObject({ outcome: "refuse", says: expect.stringMatching(/^Refused: /) });
    expect((await desk.waiting(person.e164)).tasks).toMatchObject([{ kind: "phone-instead", message: later.body.id }]);
    expect(bodies(person)).toEqual([]);
  });

  test("passes words, a number's level and the hour, in an answer too", async () => {
    const person = await enrol(clinic, freshPhone());
    const words = await send(own(person, "Take two ibuprofen every six hours.", override), PHYSICIAN);
    expect(words.body.overridden.codes).toEqual(["content-clinical"]);
    const level = { patient: { id: person.patient }, scenario: "basic-instructions", template: "what-to-bring" };
    expect((await send(level)).body.code).toBe("number-level");
    expect((await send({ ...level, ...override }, PHYSICIAN)).body.overridden.codes).toEqual(["number-level"]);
    await clinic.text(person.e164, "Which one should I bring?");
    await clinic.drain();
    const { conversation } = await desk.waiting(person.e164);
    await desk.claim(conversation, PHYSICIAN.as ?? "");
    const answer = await desk.reply(conversation, { body: "Take two ibuprofen now.", ...override }, PHYSICIAN);
    expect(answer.body.overridden).toMatchObject({ by: "dr.roy", codes: ["content-clinical"] });
    clinic.advance(12 * HOUR);
    const night = await send(reminder(person.patient, override), PHYSICIAN);
    expect(night.body).toMatchObject({ status: "accepted", overridden: { codes: ["outside-hours"] } });
    await clinic.drain();
    expect(bodies(person)).toHaveLength(4);
  });
});

describe("hours", () => {
  test("a text asked for at night waits until the morning, and leaves then; a reply and a STOP's confirmation do not wait", async () => {
    clinic.morning();
    const person = await enrol(clinic, freshPhone());
    clinic.advance(11 * HOUR);
    const night = await send(reminder(person.patient, { expiresAt: iso(now() + 2 * DAY) }));
    expect(night).toMatchObject({
      status: 202,
      body: { status: "held", decision: { says: expect.stringMatching(/^It waits until .* 08:00: /) } },
    });
    const until = Date.parse(night.body.holdUntil);
    expect(until - now()).toBeGreaterThan(8 * HOUR);
    expect(until - now()).toBeLessThan(12 * HOUR);
    await clinic.text(person.e164, "Are you open tomorrow?");
    await clinic.drain();
    const { conversation } = await desk.waiting(person.e164);
    await desk.claim(conversation);
    expect((await desk.reply(conversation, { body: "Yes, we open at eight." })).body.status).toBe("accepted");
    await clinic.drain();
    const answered = bodies(person).length;
    expect(bodies(person)).toContain("Yes, we open at eight.");

    clinic.stack.clock.set(until - 60_000);
    await clinic.drain();
    expect([(await read(night.body.id)).status, bodies(person).length]).toEqual(["held", answered]);
    clinic.advance(2 * 60_000);
    await clinic.drain();
    expect(steps(await read(night.body.id))).toEqual(["held", "accepted", "sending", "sent", "delivered"]);
    expect(bodies(person)).toHaveLength(answered + 1);
  });

  test("a text that would be stale by the morning is refused at once, so that somebody phones tonight", async () => {
    clinic.morning();
    const person = await enrol(clinic, freshPhone());
    clinic.advance(11 * HOUR);
    const refused = await send(reminder(person.patient, { expiresAt: iso(now() + 2 * HOUR) }));
    expect([refused.status, refused.body.code]).toEqual([422, "expires-while-held"]);
    const closure = { patient: { id: person.patient }, scenario: "closure", template: "closed-today" };
    await agree(clinic, person);
    await clinic.call("POST", `/v1/patients/${person.patient}/consents`, {
      decision: "granted",
      purposes: ["administration"],
      number: person.number,
      wording: { id: "texting-basics", version: 1 },
      method: "phone",
      agreedAt: iso(now()),
    });
    // What cannot wait leaves at any hour.
    expect((await send(closure)).body.status).toBe("accepted");
  });

  test("a text whose turn comes after the hours have closed goes back to waiting, and leaves in the morning, once", async () => {
    clinic.morning();
    const person = await enrol(clinic, freshPhone());
    // To a few minutes before eight in the evening, whatever Alberta's clock does.
    const evening = await clinic.call("POST", "/v1/messages?dryRun=true", reminder(person.patient, { sendAt: iso(now() + 14 * HOUR) }));
    const morning = Date.parse(evening.body.holdUntil);
    clinic.stack.clock.set(morning - 12 * HOUR - 5 * 60_000);
    clinic.fault({
      service: "sms-voice",
      action: "SendTextMessage",
      kind: "refuse",
      error: "ServiceQuotaExceededException",
      reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    });
    const late = await send(reminder(person.patient, { expiresAt: iso(now() + 2 * DAY) }));
    expect(late.body.status).toBe("accepted");
    await clinic.drain();
    clinic.clearFaults();
    clinic.advance(20 * 60_000);
    await clinic.drain();
    const waiting = await read(late.body.id);
    expect(waiting).toMatchObject({ status: "held", holdUntil: iso(morning), secondLook: { outcome: "hold" } });
    clinic.stack.clock.set(morning + 60_000);
    await clinic.drain();
    expect(steps(await read(late.body.id))).toEqual([
      "accepted",
      "sending",
      "accepted",
      "held",
      "accepted",
      "sending",
      "sent",
      "delivered",
    ]);
    expect((await eventsOf(late.body.id)).map(({ type }) => type)).toContain("message.postponed");
    expect(bodies(person)).toHaveLength(1);
  });
});

test("a fifth text to one number on one day leaves, and whoever sends it is told that it is the fifth", async () => {
  clinic.morning();
  const person = await enrol(clinic, freshPhone());
  for (let n = 0; n < 4; n++) {
    expect((await send(reminder(person.patient))).body.decision.warnings).toBeUndefined();
    await clinic.drain(true);
  }
  const fifth = await send(reminder(person.patient));
  expect(fifth).toMatchObject({
    status: 202,
    body: { status: "accepted", decision: { outcome: "allow", warnings: [{ code: "many-today" }] } },
  });
  expect(fifth.body.decision.hooks).toContainEqual({ hook: "limits", verdict: "warn", code: "many-today" });
  expect(fifth.body.decision.says).toMatch(/^Allowed: .* This number has had many texts today\.$/);
  await clinic.drain(true);
  expect(bodies(person)).toHaveLength(5);
  clinic.advance(DAY);
  expect((await send(reminder(person.patient))).body.decision.warnings).toBeUndefined();
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  await clinic.drain(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
