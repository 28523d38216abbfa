/** A patient tells of a new number: what is written down, who has a task, what either phone may get until somebody has made sure. */
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

const HOUR = 3_600_000;
const now = (): string => new Date(clinic.stack.clock.now()).toISOString();
const say = async (e164: string, body: string): Promise<void> => {
  await clinic.text(e164, body);
  await clinic.drain();
};
const levels = async (patient: string): Promise<number[]> =>
  (await clinic.call("GET", `/v1/patients/${patient}`)).body.numbers.map(({ sure }: { sure: { level: number } }) => sure.level);
const register = (patient: string, e164: string, more: object = {}): Promise<Answer> =>
  clinic.call("POST", `/v1/patients/${patient}/numbers`, { e164, kind: "mobile", relationship: "self", ...more });
const outcome = async (request: object): Promise<string> => {
  const { body } = await clinic.call("POST", "/v1/messages", request);
  return body.code ?? body.status;
};
/** A template for which a number must be confirmed, not only on file. */
const own = (patient: string): object => ({ patient: { id: patient }, scenario: "basic-instructions", template: "what-to-bring" });
const asked = async (): Promise<unknown[]> =>
  (await clinic.events()).filter(({ type }) => type === "number.reverify-asked").map(({ why, who }) => [why, who.as]);

test.each([
  ["+14035558001", "This is my new number: 403-555-0142, please use it"],
  ["+14035558002", "j'ai changé de numéro, c'est le 403-555-0142"],
])("from the old phone (%s): the desk verifies, and until then the number is on file only", async (e164, words) => {
  clinic.daytime();
  const before = (await asked()).length;
  const person = await enrol(clinic, e164);
  await register(person.patient, e164, { team: "nurses", known: { how: "called-back", at: now() } });
  expect([await levels(person.patient), await outcome(own(person.patient))]).toEqual([[4], "accepted"]);
  await clinic.drain();
  clinic.advance(HOUR);
  await say(e164, words);

  expect((await asked()).slice(before)).toEqual([[["new-number-given"], expect.any(String)]]);
  const waiting = await desk.waiting(e164);
  expect(waiting.tasks).toEqual([expect.objectContaining({ kind: "new-number" })]);
  expect(await desk.waiting(e164, "nurses")).toBeUndefined();
  expect(await levels(person.patient)).toEqual([1]);
  // What needs no more than a number on file still goes there, and nothing else; nothing was taken out of the text.
  expect([await outcome(reminder(person.patient)), await outcome(own(person.patient))]).toEqual(["accepted", "number-level"]);
  expect((await clinic.items("state")).filter((item) => item["last4"] === "0142")).toEqual([]);

  clinic.advance(HOUR);
  await register(person.patient, e164, { team: "nurses", known: { how: "two-identifiers-by-voice", at: now() } });
  expect([await levels(person.patient), await outcome(own(person.patient))]).toEqual([[3], "accepted"]);
});

test("from the new phone: a stranger until the desk has called back; then the old number ends and the consent is asked for anew", async () => {
  clinic.daytime();
  const [old, fresh] = ["+14035558003", "+14035558004"];
  const person = await enrol(clinic, old);
  await say(fresh, "please use my new number");
  const waiting = await desk.waiting(fresh);
  expect(waiting).toMatchObject({ verify: true, tasks: [{ kind: "new-number" }] });
  const { body } = await desk.claim(waiting.conversation);
  expect(body).toMatchObject({ sender: { sure: "unknown", patients: [] }, mayReply: { ok: false, code: "reply-not-linked" } });
  expect((await desk.reply(waiting.conversation, { body: "Does Friday suit you?" })).body.code).toBe("reply-not-linked");
  // What somebody says from a phone that nobody knows changes nothing on the one that is known.
  expect([await levels(person.patient), await outcome(reminder(person.patient))]).toEqual([[1], "accepted"]);

  clinic.advance(60_000);
  expect((await desk.link(waiting.conversation, person.patient, { relationship: "self" })).status).toBe(200);
  const ended = await clinic.call("POST", `/v1/patients/${person.patient}/numbers/${person.number}/end`, { reason: "changed" });
  expect(ended.status).toBe(200);
  expect([...(await levels(person.patient))].sort()).toEqual([0, 4]);
  // The consent named the old number.
  expect(await outcome(reminder(person.patient))).toBe("number-missing");
  const { numbers } = (await clinic.call("GET", `/v1/patients/${person.patient}`)).body;
  const current = numbers.find((each: { ended?: object }) => each.ended === undefined);
  await agree(clinic, { patient: person.patient, number: current.id });
  expect(await outcome(reminder(person.patient))).toBe("accepted");
  await clinic.drain();
  expect(clinic.inbox(fresh).at(-1)?.body).toContain("a reminder of your appointment");
});

test("items and histories agree, and no call was denied", async () => {
  await clinic.drain(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
