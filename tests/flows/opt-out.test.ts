/**
 * What patients say of texting in words of their own: what stops at once, what a person decides, whose phone it is not; and
 * AWS's list held against ours.
 */
import { DeleteOptedOutNumberCommand, PutOptedOutNumberCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { listByHand } from "../support/opt-out-list.ts";
import { type Answer, startTestStack, type TestStack } from "../support/stack.ts";
import { type Item, readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

let phones = 3000;
const freshPhone = (): string => `+1587555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const bodies = (e164: string): string[] => clinic.inbox(e164).map(({ body }) => body);
const remind = (patient: string, more: object = {}): Promise<Answer> => clinic.call("POST", "/v1/messages", reminder(patient, more));
const say = async (e164: string, body: string): Promise<void> => {
  await clinic.text(e164, body);
  await clinic.drain();
};
const status = async (message: Answer): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/messages/${message.body.id}`)).body;
const items = async (): Promise<Item[]> => (await clinic.items("state")) as Item[];
const numberOf = async ({ patient }: Pick<Enrolled, "patient">): Promise<Item> => {
  const all = await items();
  const link = all.find((item) => item["SK"] === `L#${patient}`);
  return all.find((item) => item["PK"] === link?.["PK"] && item["SK"] === "N") ?? {};
};
const kinds = (listed: Answer["body"]): string[] => listed.tasks.map(({ kind }: { kind: string }) => kind);

async function decide(e164: string, decision: string): Promise<Answer> {
  const { conversation } = await desk.waiting(e164);
  await desk.claim(conversation);
  const decided = await clinic.call("POST", `/v1/conversations/${conversation}/decide-opt-out`, { decision, reason: "the-text" });
  await clinic.drain();
  return decided;
}

test.each([
  ["Please stop texting me", "you will get no more texts"],
  ["stp arrêtez de m'envoyer des textos", "vous ne recevrez plus de textos"],
])("plain words stop at once, and are answered in their language: %s", async (words, answer) => {
  const person = await enrol(clinic, freshPhone());
  await say(person.e164, words);
  expect(await numberOf(person)).toMatchObject({ state: "stopped", epoch: 1 });
  expect(bodies(person.e164)).toEqual([expect.stringContaining(answer)]);
  expect((await remind(person.patient)).body.code).toBe("consent-not-in-force");
  const told = (await clinic.events()).filter((event) => event.type === "number.opted-out").at(-1);
  expect(JSON.stringify(told?.why)).not.toMatch(/please|arrêtez/i);
});

test("a STOP on a shared phone stops every patient on it, and pauses each", async () => {
  const e164 = freshPhone();
  const first = await enrol(clinic, e164);
  const second = (await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: `shared-${e164}` }] })).body.id;
  const number = await clinic.call("POST", `/v1/patients/${second}/numbers`, { e164, kind: "mobile", relationship: "shared" });
  await agree(clinic, { patient: second, number: number.body.id });
  await say(e164, "ARRET");
  for (const patient of [first.patient, second]) {
    expect((await remind(patient)).body.code).toBe("consent-not-in-force");
    expect((await clinic.call("GET", `/v1/patients/${patient}`)).body.paused).toBeDefined();
  }
  expect(kinds(await desk.waiting(e164))).toEqual(["opted-out"]);
});

test("what may be an opt-out is held for a person, unanswered; decided that it was none, what is still of use leaves", async () => {
  const person = await enrol(clinic, freshPhone());
  const stale = await remind(person.patient, {
    sendAt: new Date(now() + 2 * MINUTE).toISOString(),
    expiresAt: new Date(now() + HOUR).toISOString(),
  });
  await say(person.e164, "🛑");
  const held = await remind(person.patient);
  expect(held.body).toMatchObject({ status: "held" });
  expect(held.body.decision.hooks).toContainEqual(expect.objectContaining({ hook: "number", verdict: "hold", code: "opt-out-suspected" }));
  const listed = await desk.waiting(person.e164);
  expect(kinds(listed)).toEqual(["opt-out-suspected"]);
  const claimed = await desk.claim(listed.conversation);
  expect(claimed.body.mayReply).toMatchObject({ ok: false, code: "opt-out-suspected" });
  const resolved = await desk.resolve(listed.conversation, claimed.body.etag, { outcome: "none-needed", notFiled: "spam", note: "?" });
  expect(resolved.body.code).toBe("decision-needed");
  await desk.release(listed.conversation);

  clinic.advance(HOUR + MINUTE);
  await clinic.drain();
  expect(await status(stale)).toMatchObject({ status: "expired" });
  expect(bodies(person.e164)).toEqual([]);
  const decided = await decide(person.e164, "not");
  expect(decided.body.tasks).toEqual([expect.objectContaining({ kind: "phone-instead", message: stale.body.id })]);
  expect(bodies(person.e164)).toEqual([expect.stringContaining("a reminder of your appointment")]);
  expect((await status(held)).status).toMatch(/sent|delivered/);
  const again = await clinic.call("POST", `/v1/conversations/${listed.conversation}/decide-opt-out`, {
    decision: "opted-out",
    reason: "the-text",
  });
  expect(again).toMatchObject({ status: 409, body: { code: "nothing-to-decide" } });
});

test("decided that it was one: blocked and confirmed in time; later than five minutes it is blocked and nothing leaves", async () => {
  for (const late of [false, true]) {
    const person = await enrol(clinic, freshPhone());
    await say(person.e164, "🛑");
    const held = await remind(person.patient);
    if (late) clinic.advance(6 * MINUTE);
    await decide(person.e164, "opted-out");
    expect(await numberOf(person)).toMatchObject({ state: "stopped", epoch: 1 });
    expect(await status(held)).toMatchObject({ status: "cancelled", reasons: [{ code: "cancelled-opt-out" }] });
    expect(bodies(person.e164)).toEqual(late ? [] : [expect.stringContaining("you will get no more texts")]);
  }
});

test("WRONG NUMBER: ended for each of its patients, one apology without the clinic's name, an incident that lists what was sent", async () => {
  const e164 = freshPhone();
  const first = await enrol(clinic, e164);
  const second = (await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: `wrong-${e164}` }] })).body.id;
  const number = await clinic.call("POST", `/v1/patients/${second}/numbers`, { e164, kind: "mobile", relationship: "guardian" });
  await agree(clinic, { patient: second, number: number.body.id });
  const sent = await remind(first.patient);
  await clinic.drain();
  const waiting = await remind(first.patient, {
    sendAt: new Date(now() + HOUR).toISOString(),
    expiresAt: new Date(now() + DAY).toISOString(),
  });
  const before = bodies(e164).length;
  await say(e164, "Désolé, vous avez le mauvais numéro");
  await say(e164, "mauvais numero!!");
  expect(bodies(e164).slice(before)).toEqual(["Toutes nos excuses. Ce numéro ne recevra plus de textos de nous."]);
  expect(await status(waiting)).toMatchObject({ status: "cancelled", reasons: [{ code: "cancelled-wrong-number" }] });
  for (const patient of [first.patient, second]) {
    const { numbers } = (await clinic.call("GET", `/v1/patients/${patient}`)).body;
    expect(numbers).toEqual([expect.objectContaining({ ended: expect.objectContaining({ reason: "wrong" }) })]);
  }
  expect(kinds(await desk.waiting(e164))).toContain("wrong-number");

  const { items: open } = (await clinic.call("GET", "/v1/incidents?limit=100")).body;
  const mine = open.find((item: { number: string }) => item.number === `••••${e164.slice(-4)}`);
  const incident = (await clinic.call("GET", `/v1/incidents/${mine.id}`)).body;
  expect(incident).toMatchObject({ kind: "wrong-number", state: "draft", count: 1 });
  expect([...incident.patients].sort()).toEqual([first.patient, second].sort());
  expect(incident.texts).toEqual([expect.objectContaining({ id: sent.body.id, scenario: "appointment-reminder" })]);

  // The EMR posts everything again in the night.
  await clinic.call("POST", `/v1/patients/${first.patient}/numbers`, { e164, kind: "mobile", relationship: "self" });
  expect((await remind(first.patient)).status).toBe(422);
});

test("AWS's list is compared once a day: what stands there only is blocked here, what it has lost is put there again", async () => {
  const { aws } = clinic.stack;
  const { client, OptOutListName } = listByHand(clinic);
  const listed = await enrol(clinic, freshPhone());
  const lost = await enrol(clinic, freshPhone());
  const stranger = freshPhone();
  const later = await remind(listed.patient, {
    sendAt: new Date(now() + 3 * DAY).toISOString(),
    expiresAt: new Date(now() + 4 * DAY).toISOString(),
  });
  await say(lost.e164, "STOP");
  clinic.advance(25 * HOUR);
  await clinic.drain();
  expect(await numberOf(lost)).toMatchObject({ state: "stopped", listed: "yes" });

  await client.send(new DeleteOptedOutNumberCommand({ OptOutListName, OptedOutNumber: lost.e164 }));
  for (const OptedOutNumber of [listed.e164, stranger]) await client.send(new PutOptedOutNumberCommand({ OptOutListName, OptedOutNumber }));
  const known = (await items()).filter((item) => item["SK"] === "N").length;
  clinic.advance(25 * HOUR);
  await clinic.drain();
  clinic.advance(MINUTE);
  await clinic.drain();

  expect(await numberOf(listed)).toMatchObject({ state: "stopped", listed: "yes", epoch: 1 });
  expect(await status(later)).toMatchObject({ status: "cancelled", reasons: [{ code: "cancelled-opt-out" }] });
  expect(kinds(await desk.waiting(listed.e164))).toEqual(["opted-out"]);
  const numbers = (await items()).filter((item) => item["SK"] === "N");
  expect(numbers).toHaveLength(known + 1);
  expect(numbers.find((item) => item["last4"] === stranger.slice(-4))).toMatchObject({ state: "stopped", listed: "yes" });
  expect(await numberOf(lost)).toMatchObject({ state: "stopped", listed: "yes" });
  const types = (await clinic.events()).map(({ type }) => type);
  expect(types).toContain("number.list-lost");
  const lines = clinic.stack.workers.logs().map(({ line }) => line);
  expect(lines.some((line) => line.includes("OptOutDrift"))).toBe(true);
  expect(aws.policyReport().denied).toEqual([]);
});

test("after all that, items and histories agree", async () => {
  await clinic.drain(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});
