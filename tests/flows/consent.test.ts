/** People, their numbers and what they agreed to: who may be texted about what, and who takes it back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, enrol, reminder } from "../support/enrol.ts";
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
let phones = 3000;
const freshPhone = (): string => `+1403555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();
const bodies = (e164: string): string[] => clinic.inbox(e164).map(({ body }) => body);

let people = 0;
async function patient(more: object = {}): Promise<string> {
  const { status, body } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: `c-${people++}` }], ...more });
  expect(status).toBe(201);
  return body.id;
}
async function numberOf(id: string, e164: string, relationship = "self"): Promise<string> {
  const { status, body } = await clinic.call("POST", `/v1/patients/${id}/numbers`, { e164, kind: "mobile", relationship });
  expect(status).toBe(201);
  return body.id;
}
const record = (id: string, number: string, more: object = {}): Promise<Answer> =>
  clinic.call("POST", `/v1/patients/${id}/consents`, {
    decision: "granted",
    purposes: ["appointments"],
    number,
    wording: { id: "texting-basics", version: 1 },
    method: "in-person",
    agreedAt: iso(now()),
    ...more,
  });
const withdraw = (id: string, more: object = {}): Promise<Answer> =>
  clinic.call("POST", `/v1/patients/${id}/consents/withdraw`, { method: "phone", at: iso(now()), ...more });
/** What asking for a text is answered with: the code of the refusal, or the status. */
async function asked(request: object): Promise<string> {
  const { body } = await clinic.call("POST", "/v1/messages", request);
  return body.code ?? body.status;
}
const form = (id: string): object => ({ patient: { id }, scenario: "paperwork", template: "form-ready" });
const both = { purposes: ["appointments", "administration"] };

async function said(e164: string, body: string): Promise<void> {
  await clinic.text(e164, body);
  await clinic.drain(true);
}
const entry = (e164: string): Promise<Answer["body"]> => desk.waiting(e164);
const kinds = async (e164: string): Promise<string[]> => ((await entry(e164))?.tasks ?? []).map(({ kind }: { kind: string }) => kind);

test("a parent's phone, guardian of two children, is usable for each with that parent's consent", async () => {
  const e164 = freshPhone();
  const [one, two] = [await patient(), await patient()];
  const first = await numberOf(one, e164, "guardian");
  await numberOf(two, e164, "guardian");
  await record(one, first, both);
  expect(await asked(reminder(one))).toBe("accepted");
  expect(await asked(form(one))).toBe("accepted");
  // Consent is one child's, not the phone's.
  expect(await asked(reminder(two))).toBe("consent-missing");
  await clinic.drain(true);
  expect(bodies(e164)).toHaveLength(2);
  await said(e164, "Is it for Mia or for Leo?");
  const { conversation } = await entry(e164);
  expect((await desk.claim(conversation)).body.sender).toMatchObject({ sure: "guardian" });
});

test.each(["shared", "self", "caregiver"])("a phone that others read, %s, gets neutral wordings only", async (relationship) => {
  const e164 = freshPhone();
  const [one, two] = [await patient(), await patient()];
  const number = await numberOf(one, e164);
  await record(one, number, both);
  expect(await asked(form(one))).toBe("accepted");
  await numberOf(two, e164, relationship);
  expect(await asked(form(one))).toBe("number-shared");
  expect(await asked({ patient: { id: one }, scenario: "scheduling", body: "Does Friday suit you?" })).toBe("number-shared");
  expect(await asked(reminder(one))).toBe("accepted");
  await clinic.drain(true);
  // The form was accepted while the phone was one patient's alone; by the time it would leave it was not.
  expect(bodies(e164).filter((body) => body.includes("paperwork")).length).toBeLessThanOrEqual(1);
  expect(bodies(e164).filter((body) => body.includes("a reminder of"))).toHaveLength(1);
});

test("declined, withdrawn and never given are three answers; the newest conversation counts", async () => {
  const person = await enrol(clinic, freshPhone());
  expect(await asked(form(person.patient))).toBe("consent-missing");
  clinic.advance(MINUTE);
  expect((await record(person.patient, person.number, { decision: "declined" })).body.decision).toBe("declined");
  expect(await asked(reminder(person.patient))).toBe("consent-declined");
  clinic.advance(MINUTE);
  await agree(clinic, person);
  expect(await asked(reminder(person.patient))).toBe("accepted");
  clinic.advance(MINUTE);
  expect((await withdraw(person.patient)).status).toBe(201);
  expect(await asked(reminder(person.patient))).toBe("consent-withdrawn");
  expect(await asked(form(person.patient))).toBe("consent-withdrawn");
  await clinic.drain(true);
});

test("a withdrawal counts whatever its date, and an older grant that comes later changes nothing", async () => {
  const person = await enrol(clinic, freshPhone());
  expect((await withdraw(person.patient, { purposes: ["appointments"], at: iso(now() - 30 * DAY) })).status).toBe(201);
  expect(await asked(reminder(person.patient))).toBe("consent-withdrawn");
  const old = await record(person.patient, person.number, { agreedAt: iso(now() - DAY) });
  expect(old.status).toBe(201);
  expect(old.body).toMatchObject({ counted: false, because: { code: "agreed-before-withdrawal" } });
  expect(await asked(reminder(person.patient))).toBe("consent-withdrawn");
  clinic.advance(MINUTE);
  expect((await record(person.patient, person.number)).body.counted).toBe(true);
  expect(await asked(reminder(person.patient))).toBe("accepted");
  await clinic.drain(true);
});

test("a withdrawal of a purpose that nobody knows is told, not taken for one", async () => {
  const person = await enrol(clinic, freshPhone());
  const slip = await withdraw(person.patient, { purposes: ["appointments", "appointment"] });
  expect([slip.status, slip.body.code, slip.body.errors]).toEqual([
    400,
    "invalid-request",
    [{ pointer: "/purposes/1", detail: "no such purpose" }],
  ]);
  expect(await asked(reminder(person.patient))).toBe("accepted");
  await clinic.drain(true);
});

test("what was in force at an instant can be asked afterwards, with every record", async () => {
  const person = await enrol(clinic, freshPhone());
  const granted = now();
  clinic.advance(10 * DAY);
  await withdraw(person.patient, { evidence: "note-5" });
  clinic.advance(10 * DAY);
  await record(person.patient, person.number, { decision: "declined", ...both });
  const asOf = async (at?: number): Promise<Answer["body"]> =>
    (await clinic.call("GET", `/v1/patients/${person.patient}/consents${at === undefined ? "" : `?at=${iso(at)}`}`)).body;
  expect((await asOf(granted - DAY)).effective).toEqual({});
  expect((await asOf(granted + DAY)).effective).toMatchObject({ appointments: { status: "granted", wording: "texting-basics/v1" } });
  expect((await asOf(granted + 11 * DAY)).effective.appointments.status).toBe("withdrawn");
  const today = await asOf();
  expect(today.effective).toMatchObject({ appointments: { status: "declined" }, administration: { status: "declined" } });
  expect(today.records.map(({ decision, evidence }: { decision: string; evidence?: string }) => [decision, evidence])).toEqual([
    ["granted", undefined],
    ["withdrawn", "note-5"],
    ["declined", undefined],
  ]);
  const views = (await clinic.events()).filter(({ chain, type }) => chain === `pat/${person.patient}` && type === "consent.viewed");
  expect(views).toHaveLength(4);
});

test("a consent names an approved wording, a purpose in it, this patient's number and a time that has been", async () => {
  const person = await enrol(clinic, freshPhone());
  const other = await enrol(clinic, freshPhone());
  const count = (await clinic.items("state")).length;
  const refused = async (more: object): Promise<unknown[]> => {
    const { status, body } = await record(person.patient, person.number, more);
    return [status, body.code, body.errors?.[0]?.pointer];
  };
  expect(await refused({ wording: { id: "texting-basics", version: 9 } })).toEqual([422, "wording-unknown", "/wording"]);
  expect(await refused({ purposes: ["recall"] })).toEqual([422, "purpose-not-in-wording", "/purposes"]);
  expect(await refused({ agreedAt: iso(now() + HOUR) })).toEqual([422, "agreed-in-future", "/agreedAt"]);
  expect(await refused({ number: other.number })).toEqual([404, "not-found", "/number"]);
  expect(await refused({ decision: "assumed" })).toEqual([400, "invalid-request", "/decision"]);
  expect((await clinic.items("state")).length).toBe(count);
  await clinic.call("POST", `/v1/patients/${person.patient}/numbers/${person.number}/end`, { reason: "changed" });
  expect(await refused({})).toEqual([422, "number-ended", "/number"]);
});

test("death and departure cancel what waits; only on the revision that was seen", async () => {
  for (const [flag, code] of [
    ["deceased", "patient-deceased"],
    ["left", "patient-left"],
  ] as const) {
    const person = await enrol(clinic, freshPhone());
    const sendAt = iso(now() + HOUR);
    const { body: waiting } = await clinic.call("POST", "/v1/messages", reminder(person.patient, { sendAt }));
    const path = `/v1/patients/${person.patient}`;
    const { headers } = await clinic.call("GET", path);
    const etag = headers.get("etag") ?? "";
    expect((await clinic.call("PATCH", path, { [flag]: true })).body.code).toBe("if-match-missing");
    expect((await clinic.call("PATCH", path, { [flag]: true }, { ifMatch: 'W/"1"' })).body.code).toBe("version-conflict");
    const changed = await clinic.call("PATCH", path, { [flag]: true }, { ifMatch: etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
    await clinic.drain(true);
    const cancelled = (await clinic.call("GET", `/v1/messages/${waiting.id}`)).body;
    expect([cancelled.status, cancelled.reasons[0].code]).toEqual(["cancelled", "cancelled-patient"]);
    expect(await asked(reminder(person.patient))).toBe(code);
    clinic.advance(2 * HOUR);
    await clinic.drain(true);
    expect(bodies(person.e164)).toEqual([]);
    // A mistake at the desk is put right the same way.
    const undone = await clinic.call("PATCH", path, { [flag]: false }, { ifMatch: changed.headers.get("etag") ?? "" });
    expect(undone.status).toBe(200);
    expect(await asked(reminder(person.patient))).toBe("accepted");
    await clinic.drain(true);
  }
});

test("a patient's record: team, language and identifiers come again every night and change nothing; a mix-up is told", async () => {
  const identifiers = [{ system: "emr", value: "N-1" }];
  const first = await clinic.call("POST", "/v1/patients", { identifiers, team: "nurses", language: "fr" });
  expect(first.status).toBe(201);
  const again = await clinic.call("POST", "/v1/patients", { identifiers, team: "nurses", language: "fr" });
  expect([again.status, again.body.id, again.headers.get("etag")]).toEqual([200, first.body.id, first.headers.get("etag")]);
  const more = await clinic.call("POST", "/v1/patients", {
    identifiers: [...identifiers, { system: "uli", value: "9-9" }],
    team: "front-desk",
  });
  expect([more.status, more.body.id, more.body.team]).toEqual([200, first.body.id, "front-desk"]);
  const found = await clinic.call("POST", "/v1/patients/search", { identifier: { system: "uli", value: "9-9" } });
  expect(found.body.items).toEqual([{ id: first.body.id }]);
  await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "N-2" }] });
  const mixed = await clinic.call("POST", "/v1/patients", {
    identifiers: [
      { system: "emr", value: "N-2" },
      { system: "uli", value: "9-9" },
    ],
  });
  expect([mixed.status, mixed.body.code]).toEqual([409, "identifier-conflict"]);
  const lost = await clinic.call("POST", "/v1/patients", { identifiers, team: "surgeons" });
  expect([lost.status, lost.body.code, lost.body.errors[0].pointer]).toEqual([404, "team-unknown", "/team"]);
});

test("everything posted again each night for a week after a STOP: nothing re-opens", async () => {
  const person = await enrol(clinic, freshPhone());
  const agreedAt = iso(now() - DAY);
  const waiting = (
    await clinic.call("POST", "/v1/messages", reminder(person.patient, { sendAt: iso(now() + 30 * DAY), expiresAt: iso(now() + 31 * DAY) }))
  ).body;
  await said(person.e164, "STOP");
  expect(bodies(person.e164)).toEqual([expect.stringContaining("you will get no more texts from us")]);
  expect((await clinic.call("GET", `/v1/messages/${waiting.id}`)).body).toMatchObject({
    status: "cancelled",
    reasons: [{ code: "cancelled-opt-out" }],
  });
  for (let night = 1; night <= 7; night++) {
    clinic.advance(DAY);
    await clinic.drain(true);
    await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: person.e164.slice(2) }], language: "en" });
    await clinic.call("POST", `/v1/patients/${person.patient}/numbers`, { e164: person.e164, kind: "mobile", relationship: "self" });
    const posted = await record(person.patient, person.number, { agreedAt });
    expect([posted.status, posted.body.counted]).toEqual([night === 1 ? 201 : 200, false]);
    expect(await asked(reminder(person.patient))).not.toBe("accepted");
  }
  await clinic.drain(true);
  expect(bodies(person.e164)).toHaveLength(1);
  const number = (await clinic.items("state")).find((item) => item["last4"] === person.e164.slice(-4) && item["SK"] === "N");
  expect(number).toMatchObject({ state: "stopped", epoch: 1, listed: "yes" });
  // Staff who ask the patient may record what was said, but only the handset opens the number.
  await agree(clinic, person);
  expect(await asked(reminder(person.patient))).toBe("opted-out");
});

test("START asks; NO leaves it at that, YES brings back what stood before the STOP and nothing else", async () => {
  const [no, yes] = [await enrol(clinic, freshPhone()), await enrol(clinic, freshPhone())];
  for (const person of [no, yes]) {
    await said(person.e164, "STOP");
    clinic.advance(MINUTE);
    await said(person.e164, "START");
    expect(bodies(person.e164).at(-1)).toContain("Answer YES or NO");
    // The block is lifted, the consent is not back: the question is open.
    expect(await asked(reminder(person.patient))).toBe("consent-not-in-force");
  }
  await said(no.e164, "No thanks");
  expect(await kinds(no.e164)).toEqual(["opted-out"]);
  await said(no.e164, "no");
  expect(await kinds(no.e164)).toEqual(["opted-out", "answered-no"]);
  expect(await asked(reminder(no.patient))).toBe("consent-not-in-force");

  await said(yes.e164, "Yes!");
  expect(bodies(yes.e164).at(-1)).toContain("You will get our texts again");
  expect(await asked(reminder(yes.patient))).toBe("accepted");
  expect(await asked(form(yes.patient))).toBe("consent-missing");
  const restored = (await clinic.events()).filter(({ type, pat }) => type === "consent.restored" && pat === yes.patient);
  expect(restored).toHaveLength(1);
  // Answered once, the question is closed.
  clinic.advance(MINUTE);
  await withdraw(yes.patient);
  await said(yes.e164, "YES");
  expect(await asked(reminder(yes.patient))).toBe("consent-withdrawn");
  await clinic.drain(true);
});

test("a YES a day late, or on a phone that several share, is for a person to look at", async () => {
  const late = await enrol(clinic, freshPhone());
  await said(late.e164, "STOP");
  clinic.advance(MINUTE);
  await said(late.e164, "START");
  clinic.advance(25 * HOUR);
  await said(late.e164, "YES");
  expect(await asked(reminder(late.patient))).toBe("consent-not-in-force");
  // No question was open any more: it is a text like any other, wherever its conversation waits by now.
  const conversation = (await clinic.items("state")).find((item) => item["SK"] === "C" && item["patient"] === late.patient);
  expect(conversation).toMatchObject({ state: "waiting", tasks: [{ kind: "opted-out" }] });

  const shared = await enrol(clinic, freshPhone());
  await numberOf(await patient(), shared.e164, "shared");
  await said(shared.e164, "STOP");
  clinic.advance(MINUTE);
  await said(shared.e164, "START");
  await said(shared.e164, "YES");
  expect(await kinds(shared.e164)).toContain("question-unclear");
  expect(await asked(reminder(shared.patient))).toBe("consent-not-in-force");
});

const STOPPED = { en: "you will get no more texts from us", fr: "vous ne recevrez plus de textos" };
const HELPS = { en: "Not for emergencies: call 911", fr: "Urgence : composez le 911" };
const ASKS = { en: "Answer YES or NO", fr: "Répondez OUI ou NON" };

test("every opt-out word is answered once, in the word's own language, and opens a task", async () => {
  const words = [
    ...["STOP", "Stop.", "stopall", "Quit", "END", "cancel", " unsubscribe ", "REVOKE", "opt out", "OPT-OUT", "remove"].map((word) => [
      word,
      "en",
    ]),
    ...["ARRET", "Arrêt", "ARRÊTER", "désabonner", "fin"].map((word) => [word, "fr"]),
  ] as [string, "en" | "fr"][];
  const asking = words.map(([word, language]) => ({ word, language, e164: freshPhone() }));
  for (const { e164, word } of asking) await clinic.text(e164, word);
  await clinic.drain(true);
  for (const { e164, word, language } of asking) {
    expect([word, bodies(e164)]).toEqual([word, [expect.stringContaining(STOPPED[language])]]);
    expect(await kinds(e164)).toEqual(["opted-out"]);
  }
});

test("HELP, AIDE and INFO are answered in their language, START after a STOP with its question, and other words by a person", async () => {
  const helps = [
    ["HELP", "en"],
    ["Aide", "fr"],
    ["info", "en"],
  ] as const;
  for (const [word, language] of helps) {
    const e164 = freshPhone();
    await said(e164, word);
    expect([word, bodies(e164)]).toEqual([word, [expect.stringContaining(HELPS[language])]]);
  }
  for (const [word, language] of [
    ["START", "en"],
    ["unstop", "en"],
    ["Abonner", "fr"],
    ["RÉABONNER", "fr"],
  ] as const) {
    const e164 = freshPhone();
    await said(e164, word);
    expect(bodies(e164)).toEqual([]);
    await said(e164, "STOP");
    clinic.advance(5_000);
    await said(e164, word);
    expect([word, bodies(e164).at(-1)]).toEqual([word, expect.stringContaining(ASKS[language])]);
  }
  for (const body of ["Can I stop by at 3?", "please cancel my appointment", "help me find parking", "YES", "no"]) {
    const e164 = freshPhone();
    await said(e164, body);
    expect([body, bodies(e164)]).toEqual([body, []]);
    expect((await entry(e164)).state).toBe("waiting");
  }
});

test("three service texts a day and no more; a STOP's confirmation is always sent", async () => {
  const e164 = freshPhone();
  for (let n = 0; n < 5; n++) await said(e164, "HELP");
  expect(bodies(e164)).toHaveLength(3);
  await said(e164, "STOP");
  expect(bodies(e164).at(-1)).toContain(STOPPED.en);
  expect(bodies(e164)).toHaveLength(4);
});

test("HELP from a number that opted out opens a task and sends nothing", async () => {
  const person = await enrol(clinic, freshPhone());
  await said(person.e164, "STOP");
  await said(person.e164, "HELP");
  expect(bodies(person.e164)).toHaveLength(1);
  expect(await kinds(person.e164)).toEqual(["opted-out", "asked-help"]);
});

test("a STOP pauses the patient on every number until staff have asked", async () => {
  const person = await enrol(clinic, freshPhone());
  const second = await numberOf(person.patient, freshPhone());
  await record(person.patient, second, { purposes: ["administration"] });
  clinic.advance(MINUTE);
  await said(person.e164, "STOP");
  expect(await asked(form(person.patient))).toBe("patient-paused");
  const { body, headers } = await clinic.call("GET", `/v1/patients/${person.patient}`);
  expect(body.paused).toEqual(expect.any(String));
  await clinic.call("PATCH", `/v1/patients/${person.patient}`, { paused: false }, { ifMatch: headers.get("etag") ?? "" });
  expect(await asked(form(person.patient))).toBe("accepted");
  expect(await asked(reminder(person.patient))).toBe("consent-not-in-force");
  await clinic.drain(true);
});

async function undone(e164: string, reason = "spoke-by-phone"): Promise<[number, string]> {
  const { conversation } = (await entry(e164)) ?? (await desk.waiting(e164, "clinic-manager"));
  await desk.claim(conversation);
  const { status, body } = await clinic.call("POST", `/v1/conversations/${conversation}/undo-opt-out`, { reason });
  return [status, body.code ?? body.state];
}

test("CANCEL may have meant the appointment: staff who spoke with the patient take it back, up to the sixth day", async () => {
  const person = await enrol(clinic, freshPhone());
  await said(person.e164, "Cancel");
  expect(await asked(reminder(person.patient))).not.toBe("accepted");
  clinic.advance(6 * DAY);
  await clinic.drain(true);
  const unsaid = await undone(person.e164, "it seemed so");
  expect(unsaid).toEqual([400, "invalid-request"]);
  expect(await undone(person.e164)).toEqual([200, "claimed"]);
  expect((await clinic.events()).filter(({ type }) => type === "number.undone")).toMatchObject([
    { why: ["spoke-by-phone"], who: { id: "m.tremblay" } },
  ]);
  // What was agreed before is asked again.
  expect(await asked(reminder(person.patient))).toBe("consent-not-in-force");
  await agree(clinic, person);
  expect(await asked(reminder(person.patient))).toBe("accepted");
  await clinic.drain(true);
  expect(bodies(person.e164)).toHaveLength(2);
});

test("a plain STOP, a STOP around a CANCEL, and a CANCEL of last week are taken back by nobody but the handset", async () => {
  const [stop, first, last, old] = [freshPhone(), freshPhone(), freshPhone(), freshPhone()];
  await said(stop, "STOP");
  await said(first, "STOP");
  await said(first, "CANCEL");
  await said(last, "END");
  await said(last, "STOP");
  await said(old, "CANCEL");
  for (const e164 of [stop, first, last]) expect(await undone(e164)).toEqual([409, "undo-not-possible"]);
  clinic.advance(7 * DAY + HOUR);
  await clinic.drain(true);
  expect(await undone(old)).toEqual([409, "undo-not-possible"]);
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
