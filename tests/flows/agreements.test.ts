/** Consents as conversations: confirmed from the phone, too old, spoken for by somebody else, taken back; and patients whom nobody may contact. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFICER = { as: "p.officer; role=privacy-officer" };
let phones = 4100;
const freshPhone = (): string => `+1403555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();
const bodies = (e164: string): string[] => clinic.inbox(e164).map(({ body }) => body);
const get = (path: string, options = {}): Promise<Answer> => clinic.call("GET", path, undefined, options);
const post = (path: string, body?: object, options = {}): Promise<Answer> => clinic.call("POST", path, body, options);

/** What asking for a text is answered with: the code of the refusal, or the status. */
const asked = async (request: object): Promise<string> => {
  const { body } = await post("/v1/messages", request);
  return body.code ?? body.status;
};
const patientOf = async (id: string): Promise<Answer["body"]> => (await get(`/v1/patients/${id}`)).body;
const grantOf = async (id: string): Promise<string> => (await patientOf(id)).consents.appointments.record;
async function said(e164: string, body: string): Promise<void> {
  await clinic.text(e164, body);
  await clinic.drain(true);
}
const kinds = async (e164: string): Promise<string[]> =>
  ((await desk.waiting(e164))?.tasks ?? []).map(({ kind }: { kind: string }) => kind);

test("a consent given by voice is confirmed by YES from the phone: the question, the answer, the receipt, the level", async () => {
  const person = await enrol(clinic, freshPhone());
  const consent = await grantOf(person.patient);
  const question = await post(`/v1/patients/${person.patient}/consents/${consent}/confirm`);
  expect(question.status).toBe(202);
  const again = await post(`/v1/patients/${person.patient}/consents/${consent}/confirm`);
  expect([again.status, again.body]).toEqual([200, question.body]);
  await clinic.drain(true);
  expect(bodies(person.e164)).toEqual([expect.stringContaining("Is this the right phone? Answer YES")]);
  expect((await patientOf(person.patient)).numbers[0].sure).toMatchObject({ level: 1 });
  clinic.advance(23 * HOUR);
  await said(person.e164, "yes!");
  expect(bodies(person.e164).at(-1)).toContain("thank you");
  const { numbers, consents } = await patientOf(person.patient);
  expect(numbers[0].sure).toEqual({ level: 2, says: "Confirmed from the phone itself." });
  expect(consents.appointments.status).toBe("confirmed");
  const { effective, records } = (await get(`/v1/patients/${person.patient}/consents`)).body;
  expect(effective.appointments).toMatchObject({ status: "confirmed", inForce: true });
  expect(records.map(({ decision }: { decision: string }) => decision)).toEqual(["granted", "confirmed"]);
  expect(await kinds(person.e164)).toEqual([]);
});

test("NO from the phone takes it back and is a task; YES after a day is a text like any other", async () => {
  const [no, late] = [await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone())];
  for (const person of [no, late]) await post(`/v1/patients/${person.patient}/consents/${await grantOf(person.patient)}/confirm`);
  await clinic.drain(true);
  await said(no.e164, "No");
  expect(await asked(reminder(no.patient))).toBe("consent-declined");
  expect(await kinds(no.e164)).toEqual(["answered-no"]);
  expect((await patientOf(no.patient)).numbers[0].sure).toMatchObject({ level: 0 });
  clinic.advance(25 * HOUR);
  await said(late.e164, "YES");
  expect((await patientOf(late.patient)).consents.appointments.status).toBe("granted");
  expect(await asked(reminder(late.patient))).toBe("accepted");
  await clinic.drain(true);
});

test("the note for the chart tells the whole conversation, and the record what it leaves open", async () => {
  const person = await enrol(clinic, freshPhone());
  expect((await get(`/v1/patients/${person.patient}/consents`)).body.records[0]).toMatchObject({
    complete: false,
    missing: ["teach-back", "language", "interpreter", "where", "own-phone", "locked", "keeps-current"],
  });
  const discussion = {
    language: "fr-CA",
    interpreter: "none",
    where: "in-person",
    spokeBy: "j.roy",
    teachBack: [1, 2, 3].map((question) => ({ question, answer: "ok" })),
    attests: { ownPhone: true, locked: true, keepsCurrent: true },
  };
  const { body } = await post(`/v1/patients/${person.patient}/consents`, {
    decision: "granted",
    purposes: ["appointments"],
    number: person.number,
    wording: { id: "texting-basics", version: 1 },
    method: "in-person",
    agreedAt: iso(now()),
    discussion,
  });
  expect(body).toMatchObject({ complete: true, discussion });
  expect(body.missing).toBeUndefined();
  const { note } = (await get(`/v1/patients/${person.patient}/consents/${body.id}/note`)).body;
  expect(note.en).toContain("The patient agreed to texts from the clinic (in person");
  expect(note.en).toContain(`Number ending in ${person.e164.slice(-4)}.`);
  expect(note.en).toContain("Texts are not for emergencies: call 911.");
  expect(note.fr).toContain("A parlé avec le patient : j.roy.");
  expect(JSON.stringify(note)).not.toContain(person.e164.slice(2));
  expect((await get(`/v1/patients/${person.patient}/consents/con_${"0".repeat(26)}/note`)).body.code).toBe("not-found");
});

test("a guardian's authority past its review day pauses the child's texts and tells the desk, until a later day is posted", async () => {
  const e164 = freshPhone();
  const child = (await post("/v1/patients", { identifiers: [{ system: "emr", value: e164 }] })).body.id;
  const review = iso(now() + 2 * DAY).slice(0, 10);
  const how = { e164, kind: "mobile", relationship: "guardian", authority: "order-7", known: { how: "at-the-desk", at: iso(now()) } };
  const number = (await post(`/v1/patients/${child}/numbers`, { ...how, review })).body;
  expect(number).toMatchObject({ authority: "order-7", review });
  await agree(clinic, { patient: child, number: number.id });
  expect((await get(`/v1/patients/${child}/consents`)).body.records[0].proxy).toEqual({ relationship: "guardian", authority: "order-7" });
  expect(await asked(reminder(child))).toBe("accepted");
  await clinic.drain(true);
  clinic.advance(3 * DAY);
  await clinic.drain(true);
  expect(await asked(reminder(child))).toBe("proxy-review-due");
  expect(await kinds(e164)).toEqual(["proxy-review"]);
  await post(`/v1/patients/${child}/numbers`, { ...how, review: iso(now() + 300 * DAY).slice(0, 10) });
  expect(await asked(reminder(child))).toBe("accepted");
  await clinic.drain(true);
});

test("no answer tells a patient whom nobody may contact from one whose number is no longer theirs", async () => {
  const people = [await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone())] as const;
  const [silent, ended, numberOnly] = people;
  const waiting = await Promise.all(
    people.map(async ({ patient }) => (await post("/v1/messages", reminder(patient, { sendAt: iso(now() + HOUR) }))).body.id),
  );
  expect((await post(`/v1/patients/${silent.patient}/no-contact`, { set: true, reason: "safety" })).body).toEqual({ recorded: true });
  await post(`/v1/patients/${numberOnly.patient}/no-contact`, { set: true, reason: "safety", number: numberOnly.number });
  await post(`/v1/patients/${ended.patient}/numbers/${ended.number}/end`, { reason: "changed" });

  /** An answer without what differs between any two patients. */
  const plain = (answer: Answer, person: Enrolled): unknown =>
    JSON.parse(
      JSON.stringify([answer.status, answer.body])
        .replaceAll(person.patient, "PATIENT")
        .replaceAll(person.number, "NUMBER")
        .replaceAll(person.e164.slice(-4), "LAST")
        .replaceAll(/(cnv|con|num)_[0-9A-Z]{26}|\.[0-9A-Z]{26}/g, "ID")
        .replaceAll(/"ver":\d+/g, '"ver":0')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"),
    );
  const same = async (ask: (person: Enrolled) => Promise<Answer>): Promise<unknown> => {
    const [first, ...others] = await Promise.all([ended, silent, numberOnly].map(async (person) => plain(await ask(person), person)));
    for (const other of others) expect(other).toEqual(first);
    return first;
  };
  expect(await same((person) => post("/v1/messages", reminder(person.patient)))).toMatchObject([422, { code: "number-missing" }]);
  expect(await same((person) => post("/v1/messages?dryRun=true", reminder(person.patient)))).toMatchObject([200, { allowed: false }]);
  await same(async (person) => post(`/v1/patients/${person.patient}/consents/${await grantOf(person.patient)}/confirm`));
  clinic.advance(HOUR + MINUTE);
  await clinic.drain(true);
  await same((person) => get(`/v1/messages/${waiting[people.indexOf(person as (typeof people)[0])]}`));
  const entries = await Promise.all(
    [ended, silent, numberOnly].map(async (person) => plain({ status: 200, body: await desk.waiting(person.e164) } as Answer, person)),
  );
  for (const entry of entries) expect(entry).toEqual(entries[0]);

  // The patient's own record looks like that of anybody with a number and a consent.
  const ordinary = await enrol(clinic, freshPhone());
  const like = async (person: Enrolled, path: string): Promise<unknown> =>
    plain(await get(`/v1/patients/${person.patient}${path}`), person);
  for (const path of ["", "/consents"])
    for (const person of [silent, numberOnly]) expect(await like(person, path)).toEqual(await like(ordinary, path));
  const agreed = async (person: Enrolled): Promise<unknown> => plain(await agree(clinic, person), person);
  expect(await agreed(silent)).toEqual(await agreed(ordinary));
  for (const { e164 } of people) expect(bodies(e164)).toEqual([]);

  // Not even the patient's own words are answered, and the officer alone sees and lifts it.
  await said(silent.e164, "STOP");
  expect(bodies(silent.e164)).toEqual([]);
  expect((await get(`/v1/patients/${silent.patient}/no-contact`)).body.code).toBe("role-not-allowed");
  expect((await get(`/v1/patients/${ended.patient}/no-contact`)).body.code).toBe("role-not-allowed");
  expect((await get(`/v1/patients/${silent.patient}/no-contact`, OFFICER)).body).toMatchObject({
    patient: { by: "m.tremblay", reason: "safety" },
    numbers: [],
  });
  const lift = { set: false, reason: "no-longer-needed" };
  expect((await post(`/v1/patients/${numberOnly.patient}/no-contact`, { ...lift, number: numberOnly.number })).status).toBe(403);
  expect((await post(`/v1/patients/${numberOnly.patient}/no-contact`, { ...lift, number: numberOnly.number }, OFFICER)).status).toBe(200);
  expect(await asked(reminder(numberOnly.patient))).toBe("accepted");
  await clinic.drain(true);
  expect(bodies(numberOnly.e164)).toHaveLength(1);
});

test("taken back on the telephone and by letter: in force at once, its days counted, and late past the rules", async () => {
  const person = await enrol(clinic, freshPhone());
  const waiting = (await post("/v1/messages", reminder(person.patient, { sendAt: iso(now() + HOUR) }))).body.id;
  const path = `/v1/patients/${person.patient}/revocations`;
  const revoked = await post(path, { said: iso(now()), means: "phone", scope: "all", block: person.number });
  expect(revoked).toMatchObject({ status: 201, body: { means: "phone", businessDays: 0, late: false, blocked: person.number } });
  expect(revoked.body.purposes).toContain("appointments");
  expect((await get(`/v1/messages/${waiting}`)).body).toMatchObject({ status: "cancelled", reasons: [{ code: "cancelled-opt-out" }] });
  await agree(clinic, person);
  expect(await asked(reminder(person.patient))).toBe("opted-out");
  expect(bodies(person.e164)).toEqual([]);
  clinic.advance(MINUTE);
  await said(person.e164, "START");
  expect(bodies(person.e164)).toEqual([expect.stringContaining("Answer YES or NO")]);

  const slow = await enrol(clinic, freshPhone());
  const letter = { said: iso(now() - 20 * DAY), means: "letter", scope: ["appointments"] };
  const late = await post(`/v1/patients/${slow.patient}/revocations`, letter);
  expect([late.status, late.body.late]).toEqual([201, true]);
  expect((await post(`/v1/patients/${slow.patient}/revocations`, letter)).status).toBe(200);
  expect(await asked(reminder(slow.patient))).toBe("consent-withdrawn");
  expect(await kinds(slow.e164)).toEqual(["revocation-late"]);
  const counted = clinic.stack.workers.logs().filter(({ line }) => line.includes('"RevocationLate":'));
  expect(counted).toHaveLength(1);
  expect((await post(path, { said: iso(now()), means: "phone", scope: ["appointment"] })).body).toMatchObject({
    code: "invalid-request",
    errors: [{ pointer: "/scope/0" }],
  });
});

test("two years on, a consent is too old: refused, told to the desk once, and renewed by a new conversation", async () => {
  const person = await enrol(clinic, freshPhone());
  const { until } = (await patientOf(person.patient)).consents.appointments;
  // By then the shipped scenarios are past their own review, which stands in the refusal beside it.
  const codes = async (): Promise<string[]> =>
    (await post("/v1/messages", reminder(person.patient, { params: { date: "2029-05-03", time: "10:00" } }))).body.message.reasons.map(
      ({ code }: { code: string }) => code,
    );
  clinic.advance(Date.parse(until) - now() - MINUTE);
  await clinic.drain(true);
  expect(await codes()).not.toContain("consent-expired");
  clinic.advance(2 * MINUTE);
  await clinic.drain(true);
  expect(await codes()).toContain("consent-expired");
  expect((await patientOf(person.patient)).consents.appointments.status).toBe("expired");
  clinic.advance(DAY);
  await clinic.drain(true);
  const told = (await clinic.events()).filter(({ type, pat }) => type === "consent.lapsed" && pat === person.patient);
  expect(told).toMatchObject([{ why: ["consent-expired"] }]);
  const tasks = (await clinic.items("state")).find((item) => item["SK"] === "C" && item["last4"] === person.e164.slice(-4))?.["tasks"];
  expect(tasks).toMatchObject([{ kind: "consent-expired", patient: person.patient }]);
  await agree(clinic, person);
  expect(await codes()).not.toContain("consent-expired");
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
