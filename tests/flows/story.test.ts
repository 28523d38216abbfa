/**
 * The main job, step by step as README.md tells it: a text comes in, is claimed, linked, answered and filed; a reminder is
 * refused until consent exists; and each step has left its event in a chain that nobody can change unnoticed.
 */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, reminder } from "../support/enrol.ts";
import { type AuditEvent, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

const MINUTE = 60_000;
const PHONE = "+14035550123";
const TEXT = "Hi, can I move my Tuesday appointment?";
const ANSWER = "Of course. Does Thursday at 10:00 suit you?";

// What one step hands to the next.
const story = { conversation: "", etag: "", patient: "", number: "", reply: "", refused: "", reminder: "" };
let told = 0;

/** The events since this was last asked, as "chain type by whom", each chain in its own order; the log's canary sings when it will. */
async function news(): Promise<string[]> {
  const events = await clinic.events();
  const fresh = events.filter(({ chain, seq, type }) => type !== "sys.canary" && !known.has(`${chain}#${seq}`));
  for (const { chain, seq } of fresh) known.add(`${chain}#${seq}`);
  told += fresh.length;
  return fresh.map((event) => `${event.chain.split("/")[0]} ${event.type} ${whoOf(event)}`);
}
const known = new Set<string>();
const whoOf = ({ who }: AuditEvent): string => (who.as === "asserted" ? `${who.id} as ${who.role}` : who.as);
const DESK = "m.tremblay as front-desk";

test("a text from nobody known waits at the front desk, sealed, with its last four digits", async () => {
  await clinic.text(PHONE, TEXT);
  await clinic.drain();
  const answer = await clinic.call("GET", "/v1/teams/front-desk/queue");
  expect(answer.status).toBe(200);
  expect(answer.body.items).toEqual([
    {
      conversation: expect.stringMatching(/^cnv_[0-9A-Z]{26}$/),
      etag: 'W/"1"',
      state: "waiting",
      number: "••••0123",
      verify: true,
      waitingSince: expect.any(String),
      dueAt: expect.any(String),
      overdue: false,
      tasks: [],
    },
  ]);
  expect(await news()).toEqual(["conv text.received handset", "num number.added handset"]);
});

test("whoever claims it sees the text and the number, after the record says so", async () => {
  const claimed = await desk.next();
  expect(claimed.status).toBe(200);
  expect(claimed.body).toMatchObject({
    state: "claimed",
    number: PHONE,
    claim: { by: "m.tremblay" },
    sender: { sure: "unknown", patients: [] },
    language: "en",
    mayReply: { ok: false, code: "reply-not-linked", instead: expect.stringContaining("Link the sender first") },
    texts: [{ direction: "in", text: TEXT }],
  });
  story.conversation = claimed.body.conversation;
  expect(await news()).toEqual([`conv conversation.claimed ${DESK}`, `conv content.viewed ${DESK}`]);
});

test("the sender is registered and linked", async () => {
  const registered = await clinic.call("POST", "/v1/patients", {
    identifiers: [{ system: "emr", value: "A-1001" }],
    language: "en",
    team: "nurses",
  });
  expect(registered.status).toBe(201);
  story.patient = registered.body.id;
  expect(registered.headers.get("location")).toBe(`/v1/patients/${story.patient}`);
  const linked = await desk.link(story.conversation, story.patient);
  expect(linked.status).toBe(200);
  expect(linked.body).toMatchObject({ patient: story.patient, verify: false, shared: false });
  expect(await news()).toEqual([
    `conv conversation.linked ${DESK}`,
    `num number.linked ${DESK}`,
    `pat patient.registered ${DESK}`,
    `pat patient.number-added ${DESK}`,
  ]);
});

test("the answer leaves once, and its delivery does not move the revision", async () => {
  const before = await desk.waiting(PHONE);
  const replied = await desk.reply(story.conversation, { body: ANSWER });
  expect(replied.status).toBe(202);
  expect(replied.body).toMatchObject({ status: "accepted", ground: "reply", patient: story.patient });
  story.reply = replied.body.id;
  await clinic.drain();
  expect(clinic.inbox(PHONE).map(({ body }) => body)).toEqual([ANSWER]);
  const read = await clinic.call("GET", `/v1/messages/${story.reply}`);
  expect(read.body.history.map(({ status }: { status: string }) => status)).toEqual(["accepted", "sending", "sent", "delivered"]);
  expect((await desk.waiting(PHONE)).etag).toBe(before.etag);
  expect(await news()).toEqual([
    `conv conversation.replied ${DESK}`,
    `msg message.accepted ${DESK}`,
    "msg message.claimed gateway",
    "msg message.sent gateway",
    "msg message.delivered gateway",
  ]);
  story.etag = before.etag;
});

test("a text that came meanwhile refuses the resolve; on what is seen now it is filed", async () => {
  await clinic.text(PHONE, "Thursday is good");
  await clinic.drain();
  await news();
  const filed = { outcome: "answered", filed: [{ patient: story.patient, system: "emr", reference: "note-77" }] };
  const stale = await desk.resolve(story.conversation, story.etag, filed);
  expect(stale.status).toBe(412);
  expect(stale.body.code).toBe("version-conflict");
  expect(await news()).toEqual([]);

  const { etag } = await desk.waiting(PHONE);
  const resolved = await desk.resolve(story.conversation, etag, filed);
  expect(resolved.status).toBe(200);
  expect(resolved.body).toMatchObject({ state: "idle" });
  expect(await desk.queue()).toEqual([]);
  expect(await news()).toEqual([`conv conversation.resolved ${DESK}`]);
  const filing = (await clinic.items("state")).filter((item) => String(item["SK"]).startsWith("F#"));
  expect(filing).toMatchObject([{ patient: story.patient, system: "emr", reference: "note-77", by: "m.tremblay" }]);

  // Whoever lost the answer asks again, and nothing happens twice.
  expect((await desk.resolve(story.conversation, etag, filed)).status).toBe(200);
  expect(await news()).toEqual([]);
});

test("a second text two minutes after a resolve waits again, now with the patient's own team", async () => {
  clinic.advance(2 * MINUTE);
  await clinic.text(PHONE, "Sorry, one more thing");
  await clinic.drain();
  expect(await desk.queue()).toEqual([]);
  expect(await desk.queue("nurses")).toMatchObject([
    { conversation: story.conversation, state: "waiting", patient: story.patient, verify: false },
  ]);
  expect(await news()).toEqual(["conv text.received handset"]);
});

test("a reminder is refused until consent exists, and the refusal says why and what to do", async () => {
  const refused = await clinic.call("POST", "/v1/messages", reminder(story.patient));
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({
    code: "consent-missing",
    title: "The patient has not agreed to texts for this purpose.",
    instead: "Phone the patient the day before; leave no message beyond the clinic's name and number.",
    who: "front-desk staff",
    message: { status: "refused", scenario: "appointment-reminder" },
  });
  story.refused = refused.body.message.id;
  expect(await news()).toEqual([`msg message.refused ${DESK}`]);
  const kept = await clinic.call("GET", `/v1/messages/${story.refused}`);
  expect(kept.body.decision.hooks).toContainEqual({ hook: "consent", verdict: "refuse", code: "consent-missing" });
});

test("consent is asked for and recorded, and the same reminder leaves", async () => {
  const { body: patient } = await clinic.call("GET", `/v1/patients/${story.patient}`);
  expect(patient.numbers).toMatchObject([{ number: "••••0123", kind: "mobile", relationship: "self" }]);
  story.number = patient.numbers[0].id;
  const agreed = await agree(clinic, { patient: story.patient, number: story.number });
  expect(agreed.status).toBe(201);
  expect(agreed.body).toMatchObject({ decision: "granted", counted: true, by: { id: "m.tremblay", role: "front-desk" } });
  const sent = await clinic.call("POST", "/v1/messages", reminder(story.patient));
  expect(sent.status).toBe(202);
  expect(sent.body.ground).toBe("consent");
  story.reminder = sent.body.id;
  await clinic.drain();
  expect(clinic.inbox(PHONE).at(-1)?.body).toContain("a reminder of your appointment on Monday, May 3 at 10:00 am.");
  expect(await news()).toEqual([
    `msg message.accepted ${DESK}`,
    "msg message.claimed gateway",
    "msg message.sent gateway",
    "msg message.delivered gateway",
    `pat patient.viewed ${DESK}`,
    `pat consent.granted ${DESK}`,
  ]);
  const claimed = (await clinic.events()).find(({ chain, type }) => chain === `msg/${story.reminder}` && type === "message.claimed");
  expect(JSON.parse(new TextDecoder().decode(claimed?.bytes)).con).toBe(agreed.body.id);
});

test("every chain is gapless, each event holds the hash of the one before, and each item stands at its chain's head", async () => {
  const events = await clinic.events();
  expect(events.filter(({ type }) => type !== "sys.canary")).toHaveLength(told);
  expect(events.length).toBeGreaterThan(20);
  const leaf = (bytes: Uint8Array): string => createHash("sha256").update(Uint8Array.of(0)).update(bytes).digest("base64url");
  for (const chain of Map.groupBy(events, (event) => event.chain).values()) {
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, at) => at));
    expect(chain.map(({ prev }) => prev)).toEqual([null, ...chain.slice(0, -1).map(({ bytes }) => leaf(bytes))]);
  }
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  const words = events.map(({ bytes }) => new TextDecoder().decode(bytes)).join("\n");
  for (const secret of [TEXT, ANSWER, PHONE.slice(1), "A-1001"]) expect(words).not.toContain(secret);
});
