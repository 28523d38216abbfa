/**
 * A text that may be of an emergency, over HTTPS and in people's mailboxes: who is paged, what goes back, where it stands in
 * the queue, and what happens when nobody takes it; and the courtesies that go back after hours.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instantOf, localDate } from "../../lambdas/core/hours.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { type Desk, deskOf } from "../support/desk.ts";
import { enrol } from "../support/enrol.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const { timeZone, phone, onCall, alertEmail, holidays } = loadClinic("clinic");
const mailOf = (id: string): string => onCall.find((person) => person.id === id)?.email ?? "";
const [NURSE, PHYSICIAN] = [mailOf("triage-nurse"), mailOf("physician-on-call")];

/** Plain cases: what the reader makes of harder ones is measured elsewhere. */
const CHEST = "I have crushing chest pain and I can't breathe";
const CHEST_FR = "j'ai une grosse douleur dans la poitrine et je ne peux plus respirer";
const SUICIDE = "I want to kill myself tonight";
const VIOLENCE = "my husband is beating me and says he will kill me, please help";

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

let phones = 1000;
const freshPhone = (): string => `+1587555${phones++}`;
const now = (): number => clinic.stack.clock.now();
/** Moves the clock to that local time of the next such day that is no holiday: "tue 20:00". */
function until(when: string): void {
  const [day = "", hours = 0, minutes = 0] = [when.slice(0, 3), Number(when.slice(4, 6)), Number(when.slice(7))];
  for (let days = 0; ; days++) {
    const date = localDate(now() + days * DAY, timeZone);
    const instant = instantOf(date, hours * 60 + minutes, timeZone);
    const weekday = new Intl.DateTimeFormat("en", { weekday: "short", timeZone }).format(instant).toLowerCase();
    if (weekday !== day || instant <= now() || holidays.includes(date)) continue;
    clinic.stack.clock.set(instant);
    return;
  }
}
async function texted(e164: string, body: string): Promise<void> {
  await clinic.text(e164, body);
  await clinic.drain();
}
/** The sweep of so many minutes, one after another. */
async function minutes(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    clinic.advance(MINUTE);
    await clinic.drain();
  }
}
const inbox = (e164: string): string[] => clinic.inbox(e164).map(({ body }) => body);
/** What reached an address since this was last asked. */
const read = new Map<string, number>();
function mails(address: string): string[] {
  const all = clinic.stack.aws.mails().filter(({ to }) => to.includes(address));
  const fresh = all.slice(read.get(address) ?? 0);
  read.set(address, all.length);
  return fresh.map(({ subject, body }) => `${subject}: ${body}`);
}
const PAGE = "You are on call: look now: A text waits that cannot wait. Open the care-team queues now; it is the first one.";
const LOOK = "Someone must look: A text needs somebody. Open the care-team queues.";
const everybody = (): Record<string, string[]> => ({ nurse: mails(NURSE), physician: mails(PHYSICIAN), look: mails(alertEmail) });
/** Files what waits anywhere, so that nothing of one test is overdue in the next. */
async function emptied(): Promise<void> {
  for (const team of ["nurses", "clinic-manager", "front-desk"]) {
    for (const { conversation, claimedBy } of await desk.queue(team)) {
      const as = `${claimedBy ?? "m.tremblay"}; role=nurse`;
      const { etag } = (await desk.claim(conversation, as)).body;
      expect((await desk.resolve(conversation, etag, { outcome: "phoned", notFiled: "spam", note: "a test" }, as)).status).toBe(200);
    }
  }
  everybody();
}

test("in attended hours: the nurse on call is paged, the sender answered, and it is the first of its own team's queue", async () => {
  const [older, sender] = [freshPhone(), await enrol(clinic, freshPhone())];
  await texted(older, "Can I move my appointment?");
  clinic.advance(MINUTE);
  await texted(sender.e164, CHEST);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
  expect(inbox(sender.e164)).toEqual([expect.stringContaining("call 911 now")]);
  expect(inbox(sender.e164)[0]).toContain(phone);
  expect(inbox(older)).toEqual([]);

  const [first, second] = await desk.queue();
  expect(first).toMatchObject({ number: `••••${sender.e164.slice(-4)}`, patient: sender.patient, urgent: "emergency", overdue: false });
  expect(Date.parse(first.dueAt) - Date.parse(first.waitingSince)).toBe(5 * MINUTE);
  expect(first.tasks).toMatchObject([
    { kind: "emergency", says: expect.stringContaining("911"), instead: expect.stringContaining("phone") },
  ]);
  expect(first.tasks[0].about).toMatch(/^(cardiac|breathing)$/);
  expect(second.urgent).toBeUndefined();

  // The nurse takes the next one, which is this one; it is urgent no more when it is resolved.
  const taken = await desk.next("front-desk", "n.okafor; role=nurse");
  expect(taken.body).toMatchObject({ number: sender.e164, urgent: "emergency", texts: [{ text: CHEST }, { direction: "out" }] });
  await minutes(6);
  expect(everybody()).toEqual({ nurse: [], physician: [], look: [] });
  const filed = { outcome: "phoned", filed: [{ patient: sender.patient, system: "emr", reference: "n-1" }] };
  const resolved = await desk.resolve(taken.body.conversation, taken.body.etag, filed, "n.okafor; role=nurse");
  expect(resolved.body).toMatchObject({ state: "idle", tasks: [] });
  expect(resolved.body.urgent).toBeUndefined();
  await emptied();
});

test("nobody takes it: paged again, then with the next team and whoever must look; each page is an event without content", async () => {
  const e164 = freshPhone();
  await texted(e164, CHEST);
  await minutes(4);
  expect(everybody()).toEqual({ nurse: [PAGE, PAGE], physician: [], look: [] });
  await minutes(1);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [LOOK] });
  const waiting = await desk.waiting(e164, "clinic-manager");
  expect(waiting).toMatchObject({ urgent: "emergency", state: "waiting", overdue: false });
  await minutes(5);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [LOOK] });
  expect(await desk.waiting(e164, "clinic-manager")).toMatchObject({ overdue: true });
  const events = (await clinic.events()).filter(({ chain }) => chain === `conv/${waiting.conversation}`);
  expect(events.map(({ type }) => type)).toEqual([
    "text.received",
    "conversation.paged",
    "conversation.paged",
    "conversation.escalated",
    "conversation.paged",
    "conversation.overdue",
    "conversation.paged",
  ]);
  const told = events.map(({ bytes }) => new TextDecoder().decode(bytes)).join("\n");
  expect(told).toContain('"id":"triage-nurse"');
  for (const secret of ["chest", "cardiac", "breathing", e164.slice(2)]) expect(told).not.toContain(secret);
  for (const secret of ["chest", e164.slice(-4), "front-desk", "cardiac"])
    expect(JSON.stringify(clinic.stack.aws.mails())).not.toContain(secret);
  await emptied();
});

test("the page cannot be sent: the text is stored, answered and first all the same, and the sweep pages", async () => {
  const e164 = freshPhone();
  clinic.fault({ function: "receive-text", service: "sns", action: "Publish", kind: "refuse", times: 100 });
  await texted(e164, CHEST);
  clinic.clearFaults();
  expect(inbox(e164)).toHaveLength(1);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
  const { conversation, urgent } = await desk.waiting(e164);
  expect(urgent).toBe("emergency");
  const paged = (await readBooks(clinic)).chains.get(`conv/${conversation}`)?.filter(({ type }) => type === "conversation.paged");
  expect(paged).toMatchObject([{ src: { fn: "sweep" } }]);
  await emptied();
});

test("a number that has opted out is not answered: the task says that somebody must phone", async () => {
  const person = await enrol(clinic, freshPhone());
  await texted(person.e164, "STOP");
  everybody();
  await texted(person.e164, CHEST);
  expect(inbox(person.e164)).toHaveLength(1);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
  const { tasks } = await desk.waiting(person.e164);
  expect(tasks.map((task: { kind: string }) => task.kind)).toEqual(["opted-out", "emergency"]);
  expect(tasks[1]).toMatchObject({ says: expect.stringContaining("no answer"), instead: expect.stringContaining("phone") });
  await emptied();
});

test("suicide has its own words; violence has none, and its page says no more than any other", async () => {
  const [one, two] = [freshPhone(), freshPhone()];
  await texted(one, SUICIDE);
  expect(inbox(one)).toEqual([expect.stringContaining("988")]);
  expect(mails(NURSE)).toEqual([PAGE]);
  await texted(two, VIOLENCE);
  expect(inbox(two)).toEqual([]);
  expect(mails(NURSE)).toEqual([PAGE]);
  expect((await desk.waiting(two)).tasks).toMatchObject([
    { kind: "emergency", about: "violence", instead: expect.stringContaining("do not text") },
  ]);
  await emptied();
});

test("in French to a French text", async () => {
  const e164 = freshPhone();
  await texted(e164, CHEST_FR);
  expect(inbox(e164)).toEqual([expect.stringContaining("composez le 911")]);
  await emptied();
});

test("a language that the net does not read: due in five minutes, marked, nobody paged before that", async () => {
  const e164 = freshPhone();
  await texted(e164, "Mera bacha saans nahi le raha hai, kripya madad karo");
  expect(everybody()).toEqual({ nurse: [], physician: [], look: [] });
  const waiting = await desk.waiting(e164);
  expect(waiting).toMatchObject({ urgent: "not-judged", tasks: [{ kind: "not-judged", instead: expect.stringContaining("interpreter") }] });
  expect(Date.parse(waiting.dueAt) - Date.parse(waiting.waitingSince)).toBe(5 * MINUTE);
  expect(inbox(e164)).toEqual([]);
  await minutes(5);
  expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
  expect(await desk.waiting(e164, "clinic-manager")).toMatchObject({ urgent: "not-judged" });
  await emptied();
});

test("a text that comes into a claim for something else: paged, and the claim ends within five minutes", async () => {
  const person = await enrol(clinic, freshPhone());
  await texted(person.e164, "Can I bring my own cushion?");
  const claimed = await desk.next();
  await texted(person.e164, CHEST);
  expect(mails(NURSE)).toEqual([PAGE]);
  const listed = await desk.waiting(person.e164);
  expect(listed).toMatchObject({ state: "claimed", claimedBy: "m.tremblay", urgent: "emergency" });
  await minutes(6);
  expect(await desk.waiting(person.e164, "clinic-manager")).toMatchObject({ state: "waiting", urgent: "emergency" });
  const late = await desk.reply(claimed.body.conversation, { body: "Yes, please bring it." });
  expect([late.status, late.body.code]).toEqual([409, "not-claimed"]);
  await emptied();
});

describe("what staff say of today", () => {
  const say = (body: object, as?: string | null) => clinic.call("POST", "/v1/clinic/facts", body, as === undefined ? {} : { as });
  const look = async () => (await clinic.call("GET", "/v1/clinic/facts")).body;
  const later = (ms: number): string => new Date(now() + ms).toISOString();

  test("who looks now, as it is written; nothing is said without a person, a known one, and an end that is ahead", async () => {
    until("tue 10:00");
    expect(await look()).toEqual({
      open: true,
      attended: true,
      onCall: [{ id: "triage-nurse", name: expect.any(String) }],
      said: {},
    });
    const refused = async (body: object, as?: null): Promise<[number, string]> => {
      const answer = await say(body, as);
      return [answer.status, answer.body.code];
    };
    expect(await refused({ closed: { until: later(HOUR) } }, null)).toEqual([422, "acting-user-missing"]);
    expect(await refused({ closed: { until: later(-1) } })).toEqual([422, "facts-until"]);
    expect(await refused({ closed: { until: later(15 * DAY) } })).toEqual([422, "facts-until"]);
    expect(await refused({ onCall: { person: "somebody", until: later(HOUR) } })).toEqual([422, "on-call-unknown"]);
    expect(await refused({})).toEqual([400, "invalid-request"]);
    expect(await refused({ onCall: { person: "triage-nurse", nobody: true, until: later(HOUR) } })).toEqual([400, "invalid-request"]);
  });

  test("closed early: told so once, due from the opening on; another on call: paged in the nurse's place; both end by themselves", async () => {
    const [one, two] = [freshPhone(), freshPhone()];
    const end = later(2 * HOUR);
    const said = await say({ closed: { until: end }, onCall: { person: "physician-on-call", until: end } });
    expect(said.body).toMatchObject({ open: false, opensAt: end, attended: true, onCall: [{ id: "physician-on-call" }] });
    await texted(one, "Is the clinic open?");
    expect(inbox(one)).toEqual([expect.stringContaining("nobody reads texts now")]);
    expect(Date.parse((await desk.waiting(one)).dueAt)).toBe(Date.parse(end) + 2 * HOUR);
    await texted(two, CHEST);
    expect(everybody()).toEqual({ nurse: [], physician: [PAGE], look: [] });

    const nobody = await say({ closed: false, onCall: { nobody: true, until: end } });
    expect(nobody.body).toMatchObject({ open: true, attended: false, attendedFrom: end, onCall: [], said: { onCall: { nobody: true } } });
    const three = freshPhone();
    await texted(three, SUICIDE);
    expect(inbox(three)).toEqual([expect.stringMatching(/nobody reads texts now.*988/)]);
    expect(everybody()).toEqual({ nurse: [], physician: [], look: [LOOK] });
    expect((await say({ onCall: false })).body).toMatchObject({ attended: true, onCall: [{ id: "triage-nurse" }], said: {} });

    const events = (await clinic.events()).filter(({ chain }) => chain === "sys/facts");
    const ends = { t: "until", id: end };
    expect(events.map(({ type, now: said, ent, who }) => [type, said, ent, who.id])).toEqual([
      ["clinic.closed", "closed", [ends], "m.tremblay"],
      ["clinic.on-call", "named", [{ t: "on-call", id: "physician-on-call" }, ends], "m.tremblay"],
      ["clinic.closed", "as-written", undefined, "m.tremblay"],
      ["clinic.on-call", "nobody", [ends], "m.tremblay"],
      ["clinic.on-call", "as-written", undefined, "m.tremblay"],
    ]);
    await emptied();
  });
});

describe("when nobody is there", () => {
  test("in unattended hours: nothing is promised, whoever must look has one mail, and it is paged and first at eight", async () => {
    until("tue 23:00");
    const e164 = freshPhone();
    await texted(e164, CHEST);
    expect(inbox(e164)).toEqual([expect.stringMatching(/nobody reads texts now.*call 911 now/)]);
    expect(inbox(e164)[0]).not.toContain("telling");
    expect(everybody()).toEqual({ nurse: [], physician: [], look: [LOOK] });
    clinic.advance(3 * HOUR);
    await clinic.drain();
    expect(everybody()).toEqual({ nurse: [], physician: [], look: [] });
    until("wed 08:00");
    await clinic.drain();
    expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
    const [first] = await desk.queue();
    expect(first).toMatchObject({ number: `••••${e164.slice(-4)}`, urgent: "emergency", overdue: false });
    await emptied();
  });

  test("after hours once for each closed period; nothing to an opt-out, a yes, or an emergency beside its own answer", async () => {
    until("wed 20:00");
    const [one, two, three] = [freshPhone(), freshPhone(), freshPhone()];
    await texted(one, "Can I book for next week?");
    await texted(one, "And what time do you open?");
    expect(inbox(one)).toEqual([expect.stringContaining("we are closed and nobody reads texts now")]);
    await texted(two, "yes");
    expect(inbox(two)).toEqual([]);
    // The physician is on call in the evening: an emergency is promised, in one text.
    await texted(three, CHEST);
    expect(inbox(three)).toEqual([expect.stringContaining("We are telling our staff")]);
    await texted(three, "STOP");
    expect(inbox(three)).toHaveLength(2);
    expect(everybody()).toEqual({ nurse: [], physician: [PAGE], look: [] });
    // Nobody has taken it: the sweep pages the physician too.
    await minutes(2);
    expect(everybody()).toEqual({ nurse: [], physician: [PAGE], look: [] });
    await emptied();
    until("thu 20:00");
    await texted(one, "Thanks, see you then");
    expect(inbox(one)).toHaveLength(2);
    await emptied();
  });

  test("a person wrote just now, or holds the conversation: no machine talks in between", async () => {
    until("fri 15:55");
    const person = await enrol(clinic, freshPhone());
    await texted(person.e164, "Could I come at ten?");
    const { conversation, etag } = (await desk.next()).body;
    await desk.reply(conversation, { body: "Ten is fine." });
    await clinic.drain();
    clinic.advance(10 * MINUTE);
    await texted(person.e164, "Great");
    const held = await desk.claim(conversation);
    expect(held.body.etag).not.toBe(etag);
    const filed = { outcome: "answered", filed: [{ patient: person.patient, system: "emr", reference: "n-2" }] };
    await desk.resolve(conversation, held.body.etag, filed);
    await texted(person.e164, "One more thing");
    expect(inbox(person.e164)).toEqual(["Ten is fine."]);
    clinic.advance(10 * MINUTE);
    await texted(person.e164, "Are you still there?");
    expect(inbox(person.e164)).toHaveLength(2);
    await emptied();
  });

  test("on a holiday it is closed all day", async () => {
    const holiday = holidays.find((date) => instantOf(date, 0, timeZone) > now() && !/^(Sat|Sun)/.test(new Date(date).toUTCString()));
    if (holiday === undefined) throw new Error("no holiday is ahead on a weekday: clinic/clinic.yaml needs next year's");
    clinic.stack.clock.set(instantOf(holiday, 10 * 60, timeZone));
    await emptied();
    const [one, two] = [freshPhone(), freshPhone()];
    await texted(one, "Are you open today?");
    expect(inbox(one)).toEqual([expect.stringContaining("we are closed")]);
    // The week names the nurse, and a holiday promises nobody.
    await texted(two, CHEST);
    expect(inbox(two)).toEqual([expect.stringContaining("nobody reads texts now")]);
    expect(everybody()).toEqual({ nurse: [PAGE], physician: [], look: [] });
    await emptied();
  });
});

test("the same words for the third time within an hour are not answered, and the task says so", async () => {
  until("tue 10:00");
  await emptied();
  const e164 = freshPhone();
  for (let n = 0; n < 3; n++) await texted(e164, CHEST);
  expect(inbox(e164)).toHaveLength(2);
  expect((await desk.waiting(e164)).tasks.at(-1)).toMatchObject({
    kind: "emergency",
    says: expect.stringContaining("no answer can go back"),
  });
  expect(mails(NURSE)).toEqual([PAGE]);
  await emptied();
});

test("after all that, items and histories agree; no call was denied, and none of the net's grants is left over", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  const { denied, unused } = clinic.stack.aws.policyReport();
  expect(denied).toEqual([]);
  const ours = unused.filter(
    ({ function: fn, action, keys }) =>
      fn === "read-facts" || fn === "change-facts" || (/^(receive-text|sweep)$/.test(fn) && (action === "sns:Publish" || keys === "F#*")),
  );
  expect(ours).toEqual([]);
});
