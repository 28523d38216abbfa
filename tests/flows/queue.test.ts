/** A team's queue over HTTPS: who gets a text, who may see it, who may answer it, and what happens when nobody does. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, enrol } from "../support/enrol.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
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
let phones = 1000;
const freshPhone = (): string => `+1587555${phones++}`;

async function registered(identifier: string, team = "front-desk"): Promise<string> {
  const { body } = await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: identifier }], team });
  return body.id;
}
async function numbered(patient: string, e164: string, relationship = "self", kind = "mobile"): Promise<string> {
  const { status, body } = await clinic.call("POST", `/v1/patients/${patient}/numbers`, { e164, kind, relationship });
  expect(status).toBe(201);
  return body.id;
}
async function texted(e164: string, body = "hello"): Promise<void> {
  await clinic.text(e164, body);
  await clinic.drain();
}
/** A text of somebody nobody knows, claimed. */
async function claimed(as?: string): Promise<{ e164: string; conversation: string; etag: string }> {
  const e164 = freshPhone();
  await texted(e164);
  const { conversation } = await desk.waiting(e164);
  const { status, body } = await desk.claim(conversation, as);
  expect(status).toBe(200);
  return { e164, conversation, etag: body.etag };
}
/** Files whatever waits anywhere, so that the next test begins with empty queues. */
async function emptied(): Promise<void> {
  // Resolved with one team, a conversation may still wait with another that has a task in it.
  for (const team of ["nurses", "clinic-manager", "front-desk"]) {
    for (const item of await desk.queue(team)) {
      const as = `${item.claimedBy ?? "m.tremblay"}; role=nurse`;
      const { etag } = (await desk.claim(item.conversation, as)).body;
      const how = { outcome: "none-needed", notFiled: "spam", note: "a test" };
      expect((await desk.resolve(item.conversation, etag, how, as)).status).toBe(200);
    }
  }
}
const types = async (conversation: string): Promise<string[]> =>
  (await clinic.events()).filter(({ chain }) => chain === `conv/${conversation}`).map(({ type }) => type);

test("known to exactly one patient: that patient's team; nobody or several: the front desk, to be verified", async () => {
  const [only, both, nobody] = [freshPhone(), freshPhone(), freshPhone()];
  const [one, two, three] = [await registered("q-1", "nurses"), await registered("q-2", "nurses"), await registered("q-3", "nurses")];
  await numbered(one, only);
  await numbered(two, both);
  await numbered(three, both);
  await Promise.all([only, both, nobody].map((e164) => clinic.text(e164, "a question")));
  await clinic.drain();

  expect(await desk.queue("nurses")).toMatchObject([{ number: `••••${only.slice(-4)}`, patient: one, verify: false }]);
  const front = await desk.queue();
  expect(front.map((item) => item.number).sort()).toEqual([both, nobody].map((e164) => `••••${e164.slice(-4)}`).sort());
  for (const item of front) {
    expect(item).toMatchObject({ verify: true, state: "waiting" });
    expect(item.patient).toBeUndefined();
  }
  // Four digits and no text, whatever the queue.
  for (const team of ["nurses", "front-desk"]) {
    const listed = JSON.stringify(await desk.queue(team));
    for (const secret of ["a question", only, both, nobody, only.slice(2), both.slice(-5)]) expect(listed).not.toContain(secret);
  }
  const shared = await desk.claim((await desk.waiting(both)).conversation);
  expect(shared.body.sender).toMatchObject({ sure: "shared", patients: [{ patient: two }, { patient: three }] });
  await emptied();
});

test("next takes the one that has waited longest; a page of the list goes on where the last ended", async () => {
  const order = [freshPhone(), freshPhone(), freshPhone()];
  for (const e164 of order) {
    await texted(e164);
    clinic.advance(MINUTE);
  }
  const first = await clinic.call("GET", "/v1/teams/front-desk/queue?limit=2");
  const second = await clinic.call("GET", `/v1/teams/front-desk/queue?limit=2&cursor=${first.body.next}`);
  expect([...first.body.items, ...second.body.items].map((item) => item.number)).toEqual(order.map((e164) => `••••${e164.slice(-4)}`));
  const taken = [await desk.next(), await desk.next(undefined, "second; role=front-desk"), await desk.next()];
  expect(taken.map(({ body }) => body.number)).toEqual(order);
  const none = await desk.next();
  expect([none.status, none.body.code]).toEqual([404, "queue-empty"]);
  // Claimed ones stay in the list, behind the waiting ones.
  expect((await desk.queue()).map((item) => item.claimedBy)).toEqual(["m.tremblay", "second", "m.tremblay"]);
  await emptied();
});

test("two who want the next one at the same time get two different ones", async () => {
  for (const e164 of [freshPhone(), freshPhone(), freshPhone(), freshPhone()]) await clinic.text(e164, "hello");
  await clinic.drain();
  const taken = await Promise.all(["a", "b", "c", "d"].map((name) => desk.next("front-desk", `${name}; role=nurse`)));
  expect(taken.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(taken.map(({ body }) => body.conversation)).size).toBe(4);
  await emptied();
});

test("what somebody else holds cannot be claimed, answered, moved or resolved; released, it waits with its old time", async () => {
  const { e164, conversation, etag } = await claimed();
  const { waitingSince, dueAt } = await desk.waiting(e164);
  const other = "p.other; role=nurse";
  const spam = { outcome: "none-needed", notFiled: "spam", note: "x" };
  for (const answer of [
    await desk.claim(conversation, other),
    await desk.release(conversation, other),
    await desk.move(conversation, { team: "nurses" }, other),
    await desk.reply(conversation, { wording: "call-us" }, { as: other }),
    await desk.resolve(conversation, etag, spam, other),
    await clinic.call(
      "POST",
      `/v1/conversations/${conversation}/link`,
      { patient: await registered("q-9"), how: "at-the-desk" },
      { as: other },
    ),
  ])
    expect([answer.status, answer.body.code]).toEqual([409, "claimed-by-other"]);
  // Whoever holds it may claim it again: a lost answer is asked for once more, and the view is recorded once more.
  expect((await desk.claim(conversation)).status).toBe(200);

  const released = await desk.release(conversation);
  expect(released.status).toBe(200);
  expect(await desk.waiting(e164)).toMatchObject({ state: "waiting", waitingSince, dueAt });
  const unheld = await desk.reply(conversation, { wording: "call-us" });
  expect([unheld.status, unheld.body.code]).toEqual([409, "not-claimed"]);
  expect((await desk.claim(conversation, other)).status).toBe(200);
  expect(await types(conversation)).toEqual([
    "text.received",
    ...["conversation.claimed", "content.viewed"],
    ...["conversation.claimed", "content.viewed"],
    "conversation.released",
    ...["conversation.claimed", "content.viewed"],
  ]);
  await emptied();
});

test("moved with a note: the note is sealed, and shown to whoever claims it there", async () => {
  const { e164, conversation } = await claimed();
  const note = "Asks about the dressing of last Tuesday, please call";
  const moved = await desk.move(conversation, { team: "nurses", note });
  expect(moved.status).toBe(200);
  expect(moved.body).toMatchObject({ team: "nurses", state: "waiting" });
  expect(await desk.queue()).toEqual([]);
  const [item] = (await clinic.items("state")).filter((each) => each["direction"] === "note");
  expect(item?.["body"]).toBeInstanceOf(Uint8Array);
  expect(Buffer.from(item?.["body"] as Uint8Array).toString("latin1")).not.toContain("dressing");

  const taken = await desk.next("nurses", "n.nurse; role=nurse");
  expect(taken.body.number).toBe(e164);
  expect(taken.body.texts).toMatchObject([
    { direction: "in", text: "hello" },
    { direction: "note", text: note, by: "m.tremblay" },
  ]);
  const unknown = await desk.move(conversation, { team: "surgeons" }, "n.nurse; role=nurse");
  expect([unknown.status, unknown.body.code]).toEqual([404, "team-unknown"]);
  await emptied();
});

test("the last ten texts of both sides are shown, oldest first; refused and cancelled ones are not among them", async () => {
  const person = await enrol(clinic, freshPhone());
  for (let n = 1; n <= 9; n++) await texted(person.e164, `text ${n}`);
  const { conversation } = await desk.waiting(person.e164);
  await desk.claim(conversation);
  const tooLong = await desk.reply(conversation, { body: "ê".repeat(400) });
  expect([tooLong.status, tooLong.body.code]).toEqual([422, "text-too-long"]);
  expect((await desk.reply(conversation, { body: "answer one" })).status).toBe(202);
  await clinic.drain();
  await texted(person.e164, "text 10");
  const { body } = await desk.claim(conversation);
  expect(body.texts.map((each: { text: string }) => each.text)).toEqual([
    ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `text ${n}`),
    "answer one",
    "text 10",
  ]);
  expect(body.texts[8]).toMatchObject({ direction: "out", status: "delivered", by: "m.tremblay" });
  expect(body).toMatchObject({ mayReply: { ok: true }, sender: { sure: "known", patients: [{ patient: person.patient }] } });
  await emptied();
});

test.each(["called-back", "at-the-desk", "two-identifiers-by-voice", "known-to-staff"])(
  "the sender is linked, %s, and only then is answered in free words",
  async (how) => {
    const { e164, conversation } = await claimed();
    const patient = await registered(`link-${how}`);
    const early = await desk.reply(conversation, { body: "Dear Alex" });
    expect([early.status, early.body.code]).toEqual([422, "reply-not-linked"]);
    expect((await desk.reply(conversation, { wording: "call-us" })).status).toBe(202);
    expect((await desk.link(conversation, patient, { how })).body).toMatchObject({ patient, verify: false, shared: false });
    expect((await desk.reply(conversation, { body: "Dear Alex" })).status).toBe(202);
    await clinic.drain();
    expect(clinic.inbox(e164).map(({ body }) => body)).toEqual([
      "Prairie Ridge Clinic: thank you for your text. Please call us at 403-555-0100 so that we can help you.",
      "Dear Alex",
    ]);
    const linked = (await clinic.events()).find(({ chain, type }) => chain === `conv/${conversation}` && type === "conversation.linked");
    expect(linked).toMatchObject({ pat: patient, why: [how, "self"], who: { id: "m.tremblay", as: "asserted" } });
    await emptied();
  },
);

test("linking says when a phone is shared, and refuses what it cannot mean; calling back again is a newer proof of the same", async () => {
  const { e164, conversation } = await claimed();
  const [mother, child] = [await registered("fam-1"), await registered("fam-2")];
  const first = await desk.link(conversation, mother);
  expect(first.body.shared).toBe(false);
  const links = async () => {
    const number = (await clinic.items("state")).find((item) => item["last4"] === e164.slice(-4) && item["SK"] === "N");
    return (await clinic.items("state")).filter((item) => item["PK"] === number?.["PK"] && String(item["SK"]).startsWith("L#"));
  };
  const [before] = await links();
  expect((await desk.link(conversation, mother)).status).toBe(200);
  const [after, ...others] = await links();
  expect(others).toEqual([]);
  expect({ ...after, proofs: undefined }).toEqual({ ...before, proofs: undefined });
  const second = await desk.link(conversation, child, { relationship: "guardian" });
  expect(second.body).toMatchObject({ patient: child, shared: true });

  const nobody = await desk.link(conversation, `pat_${"0".repeat(26)}`);
  expect([nobody.status, nobody.body.code, nobody.body.errors[0].pointer]).toEqual([404, "not-found", "/patient"]);
  const byText = await desk.link(conversation, mother, { how: "asked-by-text" });
  expect([byText.status, byText.body.errors[0].pointer]).toEqual([400, "/how"]);
  await emptied();
});

test("a reply goes only where the number is open, mobile or unknown, and its last text is at most 72 hours old", async () => {
  const late = await enrol(clinic, freshPhone());
  await texted(late.e164);
  const work = freshPhone();
  const worker = await registered("works");
  await numbered(worker, work, "self", "work");
  await texted(work);
  const stopped = await enrol(clinic, freshPhone());
  await texted(stopped.e164, "STOP");

  const ask = async (e164: string): Promise<[number, string, unknown]> => {
    const item = await desk.waiting(e164);
    const { body } = await desk.claim(item.conversation);
    const answer = await desk.reply(item.conversation, { body: "We will call you" });
    return [answer.status, answer.body.code, body.mayReply.code];
  };
  expect(await ask(work)).toEqual([422, "number-kind", "number-kind"]);
  expect(await ask(stopped.e164)).toEqual([422, "opted-out", "opted-out"]);
  clinic.advance(72 * HOUR + 1_000);
  await clinic.drain(true);
  const team = (await desk.waiting(late.e164)) ? "front-desk" : "clinic-manager";
  const item = await desk.waiting(late.e164, team);
  const { body } = await desk.claim(item.conversation);
  expect(body.mayReply).toMatchObject({ ok: false, code: "reply-too-late" });
  const answer = await desk.reply(item.conversation, { body: "Sorry for the delay" });
  expect([answer.status, answer.body.code]).toEqual([422, "reply-too-late"]);
  // A new text opens the window again.
  await texted(late.e164, "are you there?");
  expect((await desk.reply(item.conversation, { body: "Sorry for the delay" })).status).toBe(202);
  await clinic.drain(true);
  await emptied();
});

test("nothing is resolved without saying where it was filed, or why not", async () => {
  const { e164, conversation, etag } = await claimed();
  const refused = async (how: object, tag = etag): Promise<[number, string]> => {
    const { status, body } = await desk.resolve(conversation, tag, how);
    return [status, body.code];
  };
  const patient = await registered("files");
  const filed = [{ patient, system: "emr", reference: "n-1" }];
  expect(await refused({ outcome: "answered" })).toEqual([422, "filing-needed"]);
  expect(await refused({ outcome: "answered", notFiled: "spam" })).toEqual([422, "filing-needed"]);
  expect(await refused({ outcome: "answered", note: "spam it is" })).toEqual([422, "filing-needed"]);
  expect(await refused({ outcome: "answered", filed })).toEqual([422, "link-needed"]);
  expect(await refused({ outcome: "thrown-away" })).toEqual([400, "invalid-request"]);
  expect(await refused({ outcome: "answered", filed }, 'W/"99"')).toEqual([412, "version-conflict"]);
  await desk.link(conversation, patient);
  const done = await desk.resolve(conversation, etag, { outcome: "phoned", filed, note: "spoke with the daughter" });
  expect(done.status).toBe(200);
  expect(await desk.queue()).toEqual([]);

  // A patient on the list of filings twice is one filing; an outcome without anything unfiled needs none.
  await texted(e164, "thanks");
  const again = await desk.claim(conversation);
  const twice = await desk.resolve(conversation, again.body.etag, { outcome: "none-needed", filed: [...filed, ...filed] });
  expect(twice.status).toBe(200);
  const told = (await clinic.events()).filter(({ chain, type }) => chain === `conv/${conversation}` && type === "conversation.resolved");
  expect(told.map(({ why }) => why)).toEqual([["phoned"], ["none-needed"]]);
});

test("a claim that is let lie lapses, and the text waits again", async () => {
  const { e164, conversation } = await claimed("slow; role=front-desk");
  const { body } = await clinic.call("GET", "/v1/teams/front-desk/queue");
  expect(body.items[0].claimedBy).toBe("slow");
  const until = (await clinic.items("state")).find((item) => item["id"] === conversation)?.["claim"] as { until: number };
  clinic.advance(until.until - clinic.stack.clock.now() + 1_000);
  await clinic.drain(true);
  expect(await types(conversation)).toContain("conversation.lapsed");
  const gone = await desk.reply(conversation, { wording: "call-us" }, { as: "slow; role=front-desk" });
  expect([gone.status, gone.body.code]).toEqual([409, "not-claimed"]);
  const team = (await desk.waiting(e164)) ? "front-desk" : "clinic-manager";
  expect((await desk.waiting(e164, team)).state).toBe("waiting");
  expect((await desk.next(team, "quick; role=front-desk")).body.conversation).toBe(conversation);
  await emptied();
});

test("unanswered past its time it goes to the escalation team, past that somebody must look; the mail says nothing else", async () => {
  const mails = clinic.stack.aws.mails().length;
  const e164 = freshPhone();
  await texted(e164, "nobody reads this");
  const first = await desk.waiting(e164);
  expect(first.overdue).toBe(false);
  clinic.advance(Date.parse(first.dueAt) - clinic.stack.clock.now() - MINUTE);
  await clinic.drain(true);
  expect(await desk.waiting(e164)).toMatchObject({ dueAt: first.dueAt });

  clinic.advance(2 * MINUTE);
  await clinic.drain(true);
  expect(await desk.waiting(e164)).toBeUndefined();
  const second = await desk.waiting(e164, "clinic-manager");
  expect(second).toMatchObject({ state: "waiting", waitingSince: first.waitingSince });
  expect(Date.parse(second.dueAt)).toBeGreaterThan(Date.parse(first.dueAt));
  expect(clinic.stack.aws.mails()).toHaveLength(mails);

  clinic.advance(Date.parse(second.dueAt) - clinic.stack.clock.now() + MINUTE);
  await clinic.drain(true);
  const told = clinic.stack.aws.mails().slice(mails);
  expect(told.map(({ subject, body }) => ({ subject, body }))).toEqual([
    { subject: "Someone must look", body: "A text needs somebody. Open the care-team queues." },
  ]);
  clinic.advance(3 * DAY);
  await clinic.drain(true);
  expect(clinic.stack.aws.mails()).toHaveLength(mails + 1);
  expect(await types(first.conversation)).toEqual(["text.received", "conversation.escalated", "conversation.overdue"]);
  await emptied();
});

test("staff who texted first under consent find the answer with their patient", async () => {
  const person = await enrol(clinic, freshPhone());
  await agree(clinic, person);
  const sent = await clinic.call("POST", "/v1/messages", {
    patient: { id: person.patient },
    scenario: "scheduling",
    body: "Does Thursday suit you?",
  });
  expect(sent.status).toBe(202);
  await clinic.drain();
  await texted(person.e164, "Yes it does");
  const { body } = await desk.claim((await desk.waiting(person.e164)).conversation);
  expect(body.texts.map((each: { text: string }) => each.text)).toEqual(["Does Thursday suit you?", "Yes it does"]);
  await emptied();
});

test("after all of it every conversation stands in one queue or in none, and every chain is whole", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
