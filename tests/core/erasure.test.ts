/** What goes with a patient and what stays, and that an erasure ends the same wherever it was interrupted. */
import { describe, expect, test } from "vitest";
import type { Act } from "../../lambdas/core/audit.ts";
import { Refusal } from "../../lambdas/core/codes.ts";
import { belonging } from "../../lambdas/core/erasure.ts";
import {
  type ConversationItem,
  type ErasureItem,
  type FilingItem,
  keys,
  type LinkItem,
  type MessageItem,
  type NumberItem,
  type OutboundItem,
  type PatientItem,
  type PatientNumberItem,
} from "../../lambdas/core/items.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { claimThis } from "../../lambdas/core/verbs/claim-conversation.ts";
import { type ErasureGiven, erasePatient } from "../../lambdas/core/verbs/erase-patient.ts";
import { resolveConversation } from "../../lambdas/core/verbs/hold-conversation.ts";
import { linkSender } from "../../lambdas/core/verbs/link-sender.ts";
import { setNoContact } from "../../lambdas/core/verbs/no-contact.ts";
import { readPatient } from "../../lambdas/core/verbs/read-patient.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { reconcileOptOuts } from "../../lambdas/core/verbs/reconcile-opt-outs.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { reply } from "../../lambdas/core/verbs/reply.ts";
import { secondRead } from "../../lambdas/core/verbs/second-read.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { sweep } from "../../lambdas/core/verbs/sweep.ts";
import { trackDelivery } from "../../lambdas/core/verbs/track-delivery.ts";
import type { Mishap } from "../support/memory-store.ts";
import { APPLICATION, clinic, DAY, MINUTE, PERSON, SRC, START, type World, world } from "../support/world.ts";
import { booksOf, wrongs } from "../support/wrongs.ts";

const OFFICER: Act = { ...PERSON, who: { ...PERSON.who, id: "p.officer", role: "privacy-officer" } };
const HOW: ErasureGiven = { reason: "patient-asked", basis: "the law, s. 1", retention: { none: true } };
const ERASING = { ...clinic, erasureRoles: ["privacy-officer"] };

describe("which items of a conversation are whose", () => {
  const [A, B] = [`pat_${"A".repeat(26)}`, `pat_${"B".repeat(26)}`];
  const CONVERSATION = `cnv_${"0".repeat(26)}`;
  const item = (name: string, more: object): MessageItem =>
    ({ PK: `C#${CONVERSATION}`, SK: `M#${name}`, id: `${CONVERSATION}.${name}`, ...more }) as unknown as MessageItem;
  const text = (n: number, at: number): MessageItem => item(`in${n}`, { direction: "in", n, at });
  const sent = (name: string, at: number, more: object = {}): MessageItem =>
    item(name, { direction: "out", at, status: "delivered", ...more });
  const note = (name: string, at: number): MessageItem => item(name, { direction: "note", at });
  const filing = (patient: string, from: number, to: number, about?: string): FilingItem =>
    ({
      ...keys.filing(CONVERSATION, to, patient),
      patient,
      from,
      to,
      ...(about ? { note: `${CONVERSATION}.${about}` } : {}),
    }) as FilingItem;
  const link = (patient: string, more: Partial<LinkItem> = {}): LinkItem => ({
    ...keys.link("N#1#x", patient),
    patient,
    relationship: "self",
    active: true,
    ...more,
  });
  const own = (since: number, ended: number, upTo?: number): PatientNumberItem =>
    ({ since, ended: { at: ended, reason: "erased" }, ...(upTo === undefined ? {} : { upTo }) }) as PatientNumberItem;
  const goes = (records: PatientNumberItem[], links: LinkItem[], messages: MessageItem[], filings: FilingItem[] = []) => {
    const { goes: units, ...rest } = belonging(A, records, links, messages, filings);
    return { ...rest, goes: units.flatMap((unit) => [unit.text, ...("notes" in unit ? unit.notes : [])].map(({ SK }) => SK.slice(2))) };
  };

  test("a phone of one's own: everything up to the erasure, what was written before anybody knew who it was too", () => {
    const messages = [text(1, 5), text(2, 20), sent("reply", 21, { patient: A }), sent("hours", 22), note("n", 23), text(3, 29)];
    expect(goes([own(10, 30, 2)], [], messages)).toEqual({
      // The third was on its way: its time is earlier than the erasure, and it came after it.
      goes: ["in1", "in2", "reply", "hours", "n"],
      underWay: false,
      shared: 0,
      strangers: true,
    });
  });

  test("a number that was somebody's before, and is somebody's after: each keeps their time", () => {
    const before = link(B, { since: 0, active: false, doubt: { at: 9, why: "ended" } });
    const messages = [text(1, 5), text(2, 20), sent("b", 6, { patient: B }), sent("stop", 7), note("theirs", 8), note("ours", 25)];
    expect(goes([own(10, 30)], [before], messages)).toMatchObject({ goes: ["in2", "ours"], shared: 0, strangers: false });
    const after = link(B, { since: 31 });
    expect(goes([own(10, 30)], [after], [text(1, 20), text(2, 40), sent("hours", 41)])).toMatchObject({ goes: ["in1"], shared: 0 });
    expect(goes([own(10, 30)], [], [text(1, 20), text(2, 40)])).toMatchObject({ goes: ["in1"], strangers: true });
  });

  test("a phone of two: what was sent to one, and what was filed in one chart alone; the rest stays and is counted", () => {
    const messages = [
      ...[text(1, 11), text(2, 12), text(3, 13), text(4, 14)],
      ...[sent("to-a", 15, { patient: A, acknowledged: { note: `${CONVERSATION}.why` } }), note("why", 15)],
      ...[
        sent("to-b", 16, { patient: B, overridden: { note: `${CONVERSATION}.b-why` } }),
        note("b-why", 16),
        sent("hours", 17),
        ...["a-note", "b-note", "both", "moved"].map((name) => note(name, 18)),
      ],
    ];
    const filings = [filing(A, 1, 1, "a-note"), filing(B, 2, 2, "b-note"), filing(A, 3, 3, "both"), filing(B, 3, 3, "both")];
    expect(goes([own(10, 30, 4)], [link(B, { since: 2 })], messages, filings)).toEqual({
      goes: ["in1", "to-a", "why", "a-note", `${"000000001"}#${A}`, `${"000000003"}#${A}`],
      underWay: false,
      shared: 6,
      strangers: false,
    });
  });

  test("a text that is on its way waits for its outcome", () => {
    for (const status of ["accepted", "held", "sending"])
      expect(goes([own(1, 9, 0)], [], [sent("x", 2, { patient: A, status })])).toMatchObject({ goes: [], underWay: true });
    expect(goes([own(1, 9, 0)], [], [sent("x", 2, { patient: A, status: "unknown" })])).toMatchObject({ goes: ["x"], underWay: false });
  });
});

const PHONE = "+14035550123";
const FAMILY = "+14035550177";
const SECRETS = [PHONE.slice(1), "5550123", "CHART-7781", "bluebottle", "Snorkelwick", "Plinthbottom", "form-3341", "chart-9913"];

interface Home {
  readonly here: World;
  readonly patient: string;
  readonly child: string;
  readonly conversation: string;
}

interface Life {
  readonly before?: (call: string) => Promise<Mishap>;
  readonly texts?: number;
  readonly stops?: boolean;
  readonly reads?: boolean;
}

/** A patient with texts both ways, an answer, a refusal, a STOP, and a phone that a child's texts come from too. */
async function lived({ before, texts = 2, stops = true, reads = true }: Life = {}): Promise<Home> {
  const here = world({ clinic: ERASING, ...(before ? { before } : {}) });
  const identifiers = [{ system: "emr", value: "CHART-7781" }];
  const { patient } = await registerPatient(here, { identifiers, team: "nurses" }, APPLICATION);
  await registerPatient(here, { identifiers: [...identifiers, { system: "old", value: "CHART-7781" }] }, PERSON);
  const ask = (key: string, more: object, act = APPLICATION) =>
    acceptMessage(here, { patient: { id: patient.id }, scenario: "scheduling", ...more }, key, "emr", act);
  // Refused before there was a number.
  await ask("k-1", { body: "Please phone about the bluebottle" });
  const { number } = await registerNumber(here, patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  const agreed = { wording: { id: "basics", version: 1 }, method: "phone", agreedAt: START - DAY, evidence: "form-3341" } as const;
  await recordConsent(here, patient.id, { ...agreed, decision: "granted", purposes: ["appointments"], number: number.id }, PERSON);
  await ask("k-2", { body: "Does Friday at ten suit, bluebottle?" });
  await send(here);
  // Stopped for what it says, and sent all the same: the reason stands beside it, and a second person has read both.
  const { judged } = (await ask("k-3", { body: "Your X-ray form is ready at the desk." })).message;
  const acknowledge = judged?.content?.findings.map(({ id }) => id) ?? [];
  const said = { body: "Your X-ray form is ready at the desk.", acknowledge, reason: "Ms Snorkelwick asked for it" };
  const text = (await ask("k-4", said, PERSON)).message.id;
  await send(here);
  if (reads) await secondRead(here, text, OFFICER);

  let conversation = "";
  for (let n = 0; n < texts; n++) conversation = await hear(here, PHONE, `the bluebottle ${n}`);
  await claimThis(here, conversation, PERSON);
  await reply(here, conversation, { body: "Ms Snorkelwick can see you on Friday" }, "r-1", "emr", PERSON);
  await send(here);
  await resolve(here, conversation, patient.id);

  const { patient: child } = await registerPatient(here, { identifiers: [{ system: "emr", value: "CHILD" }] }, APPLICATION);
  for (const { id } of [patient, child]) await registerNumber(here, id, { e164: FAMILY, kind: "mobile", relationship: "shared" }, PERSON);
  for (const { id } of [child, patient]) {
    const shared = await hear(here, FAMILY, id === child.id ? "the child is well" : "the bluebottle is well");
    await claimThis(here, shared, PERSON);
    await linkSender(here, shared, { patient: id, relationship: "shared", how: "called-back" }, PERSON);
    await resolve(here, shared, id, id === child.id ? "child" : "chart-9913");
  }

  if (stops) {
    await hear(here, PHONE, "STOP");
    await send(here);
    await claimThis(here, conversation, PERSON);
    await resolve(here, conversation, patient.id);
  }
  return { here, patient: patient.id, child: child.id, conversation };
}

let texts = 0;
async function hear(here: World, from: string, body: string): Promise<string> {
  here.time.now += 10;
  return (await receiveText(here, { from, body, inboundMessageId: `in-${texts++}`, at: here.time.now }, SRC)).conversation;
}

async function send(here: World): Promise<void> {
  for (const { errand } of here.errands.splice(0)) await sendText(here, errand, SRC);
}

async function resolve(here: World, conversation: string, patient: string, reference = "chart-9913"): Promise<void> {
  const { rev } = here.store.peek<ConversationItem>(keys.conversation(conversation)) as ConversationItem;
  const filed = [{ patient, system: "emr", reference }];
  const note = reference === "child" ? "The child" : "Plinthbottom";
  await resolveConversation(here, conversation, rev, { outcome: "answered", filed, notFiled: undefined, note }, PERSON);
}

const patientOf = (here: World, id: string): PatientItem => here.store.peek<PatientItem>(keys.patient(id)) as PatientItem;
const erasureOf = (here: World, id: string): ErasureItem | undefined => here.store.peek<ErasureItem>(keys.erasure(id));
const numbersIn = (here: World): NumberItem[] => here.store.state().filter((item) => item.SK === "N") as unknown as NumberItem[];
const blockedIn = (here: World): NumberItem => numbersIn(here).find(({ state }) => state === "stopped") as NumberItem;

/** Asks for it as the officer does, on the revision that stands. @param until ms after now */
const erase = ({ here, patient }: Home, until = 8_000, how: ErasureGiven = HOW, act = OFFICER): Promise<ErasureItem> =>
  erasePatient(here, patient, (patientOf(here, patient) ?? erasureOf(here, patient))?.ver ?? 0, how, act, here.time.now + until);

/** Minutes go by, and the sweep runs, until it is over. */
async function untilOver({ here, patient }: Home): Promise<void> {
  for (let minutes = 0; erasureOf(here, patient)?.finished === undefined; minutes++) {
    if (minutes > 20) throw new Error("it never came to an end");
    here.time.now += MINUTE;
    await sweep(here, SRC, here.time.now + MINUTE).catch(() => undefined);
  }
}

/** What of the patient stands in the state table, ciphertexts opened: the fake seals by writing down. */
function found(here: World): string[] {
  const bytes = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);
  const all = here.store.state().map((item) => JSON.stringify(item, bytes));
  return SECRETS.filter((secret) => all.some((item) => item.includes(secret)));
}

/** How it ended, but for ids and times. */
function end({ here, patient, child }: Home): object {
  const { deleted, kept, reason, finished, backupDays } = erasureOf(here, patient) as ErasureItem;
  const forms = here.store.state().map(({ PK, SK }) => `${PK.slice(0, 2)} ${SK.slice(0, 2)}`);
  return {
    ...{ deleted, kept, reason, backupDays, over: finished !== undefined, forms: forms.sort(), found: found(here) },
    wrongs: wrongs(booksOf(here.store.state(), here.store.audit())),
    child: here.store.state().filter((item) => JSON.stringify(item).includes(child)).length,
    listed: [...here.listed],
  };
}

test("the search would find what it looks for", async () => {
  expect(found((await lived()).here)).toEqual(SECRETS);
});

test("everything of the patient goes; the block, the other patient's texts and the trail stay", async () => {
  const home = await lived();
  const before = new Map(home.here.store.audit().map((item) => [`${item.PK}${item.SK}`, item]));
  expect((await erase(home)).finished).toBeUndefined();
  await expect(readPatient(home.here, home.patient, OFFICER)).resolves.toMatchObject({ erasure: { reason: "patient-asked" } });
  await untilOver(home);
  expect(end(home)).toMatchObject({
    deleted: { textsIn: 4, textsOut: 6, notes: 4, filings: 3, consents: 1, identifiers: 2, numbers: 2 },
    kept: { texts: 2, blocked: 1, noContact: 0 },
    ...{ over: true, backupDays: 35, found: [], wrongs: [], listed: [PHONE] },
  });
  for (const [key, item] of before) expect(home.here.store.audit().find(({ PK, SK }) => `${PK}${SK}` === key)).toEqual(item);
  expect(home.here.store.peek(keys.conversation(home.conversation))).toMatchObject({ state: "idle", last4: "", tasks: [], n: 4 });
  const naming = home.here.store.state().filter((item) => JSON.stringify(item).includes(home.patient));
  expect(naming.map(({ SK, ttl }) => [SK, ttl !== undefined])).toEqual(expect.arrayContaining([["Z", false]]));
  expect(naming.filter(({ SK, ttl }) => SK !== "Z" && ttl === undefined)).toEqual([]);
  expect(numbersIn(home.here).map(({ last4 }) => last4)).toEqual(expect.arrayContaining(["", FAMILY.slice(-4)]));
  expect(Object.keys(blockedIn(home.here)).sort()).toEqual(
    [
      ...["PK", "SK", "aseq", "ahash", "id", "conv", "confirmed", "dialable", "epoch", "erasedAt", "kind", "last4", "q", "qs"],
      ...["listed", "listedAt", "state", "stoodEpoch", "stopAt", "stopWord", "stops", "trial", "ver"],
    ].sort(),
  );
});

/** The calls of the store that an erasure makes, of which one goes wrong. */
async function interrupted(mishap: Mishap, nth: number): Promise<Home & { calls: number }> {
  let calls = 0;
  let counting = false;
  const home = await lived({ before: async () => (counting && ++calls === nth ? mishap : "none") });
  counting = true;
  await erase(home).catch(() => undefined);
  // Nothing was begun where it was the first transaction that went wrong: the officer asks again.
  if (!erasureOf(home.here, home.patient)) await erase(home);
  await untilOver(home);
  return { ...home, calls };
}

test.each(["refuse", "lose-answer", "conflict"] as const)("ends the same wherever a call of it goes wrong: %s", async (mishap) => {
  const whole = await interrupted("none", 0);
  const wanted = end(whole);
  let different = 0;
  for (let nth = 1; nth <= whole.calls; nth++) {
    const home = await interrupted(mishap, nth);
    expect([nth, end(home)]).toEqual([nth, wanted]);
    different++;
  }
  expect(different).toBeGreaterThan(60);
});

test("whoever asks for it twice at once, or while the sweep goes on with it, gets one erasure", async () => {
  const wanted = end(await interrupted("none", 0));
  const home = await lived();
  await Promise.all([erase(home), erase(home), sweep(home.here, SRC, home.here.time.now + MINUTE)]);
  await Promise.all([erase(home), untilOver(home)]);
  expect(end(home)).toEqual(wanted);
  expect(await erase(home)).toEqual(erasureOf(home.here, home.patient));
});

test("a long history goes in rounds of a hundred actions at most, by the sweep where the caller's time is over", async () => {
  const home = await lived({ texts: 400 });
  const transactions = home.here.store.commits.length;
  await erase(home, 1);
  expect(erasureOf(home.here, home.patient)?.finished).toBeUndefined();
  await untilOver(home);
  const rounds = home.here.store.commits.slice(transactions).filter((writes) => writes.some(({ op }) => op === "delete"));
  expect(rounds.length).toBeGreaterThan(5);
  expect(Math.max(...rounds.map(({ length }) => length))).toBeGreaterThan(80);
  expect(end(home)).toMatchObject({ deleted: { textsIn: 402 }, found: [], wrongs: [] });
});

describe("what is refused", () => {
  const refused = async (asked: Promise<unknown>): Promise<Refusal> => {
    const error: unknown = await asked.then(
      () => new Error("it was not refused"),
      (refusal: unknown) => refusal,
    );
    if (error instanceof Refusal) return error;
    throw error;
  };

  test("anybody without the role, a time that is not over, another revision, and nobody", async () => {
    const home = await lived();
    const stood = home.here.store.commits.length;
    expect((await refused(erase(home, 1, HOW, PERSON))).code).toBe("role-not-allowed");
    for (const ended of ["2026-11-24", "2036-01-01"])
      expect((await refused(erase(home, 1, { ...HOW, retention: { ended } }))).code).toBe("retention-runs");
    expect((await refused(erasePatient(home.here, home.patient, 1, HOW, OFFICER, 0))).code).toBe("version-conflict");
    expect((await refused(erase({ ...home, patient: `pat_${"0".repeat(26)}` }))).code).toBe("not-found");
    expect(home.here.store.commits.length).toBe(stood);
  });

  test("what a person still has to do, by its place: nothing is cancelled for it", async () => {
    const home = await lived();
    await hear(home.here, PHONE, "one thing more");
    const { code, pointers } = await refused(erase(home));
    expect([code, pointers]).toEqual(["erasure-owed", [{ pointer: `/v1/conversations/${home.conversation}`, detail: expect.any(String) }]]);
    await claimThis(home.here, home.conversation, PERSON);
    expect((await refused(erase(home))).code).toBe("erasure-owed");
    await resolve(home.here, home.conversation, home.patient);
    await hear(home.here, FAMILY, "Wrong number");
    const both = await refused(erase(home));
    expect(both.pointers?.map(({ pointer }) => pointer.split("/")[2])).toEqual(["conversations", "incidents"]);
    expect(patientOf(home.here, home.patient)).toBeDefined();
  });

  test("a text that waits for its second reader", async () => {
    const home = await lived({ reads: false });
    const { pointers } = await refused(erase(home));
    expect(pointers?.map(({ detail }) => detail)).toEqual(["waits for its second reader"]);
  });

  test("a text that came while the officer asked: it must be read first", async () => {
    let comes = false;
    const home = await lived({
      before: async (call) => {
        if (!comes || call !== "transact") return "none";
        comes = false;
        await hear(home.here, PHONE, "wait");
        return "none";
      },
    });
    comes = true;
    expect((await refused(erase(home))).code).toBe("erasure-owed");
    expect(erasureOf(home.here, home.patient)).toBeUndefined();
  });
});

describe("what comes in between", () => {
  test("a text that comes while the erasure goes on is a stranger's: it stays, with its number", async () => {
    const home = await lived();
    await erase(home, 0);
    await hear(home.here, PHONE, "me again");
    await untilOver(home);
    const conversation = home.here.store.peek<ConversationItem>(keys.conversation(home.conversation));
    expect(conversation).toMatchObject({ state: "waiting", verify: true, last4: PHONE.slice(-4), n: 5 });
    expect(conversation).not.toHaveProperty("patient");
    const shown = await claimThis(home.here, home.conversation, PERSON);
    expect(shown).toMatchObject({ number: PHONE, sender: "unknown", texts: [{ text: "me again" }] });
    expect(erasureOf(home.here, home.patient)?.deleted).toMatchObject({ textsIn: 4, textsOut: 6, numbers: 2 });
  });

  test("a text that is being handed over ends first; its delivery event, much later, is about no text of ours", async () => {
    let dies = false;
    const home = await lived({
      stops: false,
      before: (call) => (dies && call === "send" ? new Promise(() => undefined) : Promise.resolve("none")),
    });
    const { here, patient } = home;
    const asked = { patient: { id: patient }, scenario: "scheduling", body: "Would Monday suit, bluebottle?" };
    const message = (await acceptMessage(here, asked, "k-9", "emr", APPLICATION)).message.id;
    dies = true;
    const [{ errand } = { errand: undefined }] = here.errands.splice(0);
    if (errand) void sendText(here, errand, SRC);
    await new Promise((turn) => setTimeout(turn, 20));
    dies = false;
    expect(here.store.peek<OutboundItem>(keys.message(message))?.status).toBe("sending");

    await erase(home);
    expect(here.store.peek(keys.message(message))).toBeDefined();
    here.time.now += MINUTE;
    await sweep(here, SRC, here.time.now + MINUTE);
    expect(here.store.peek(keys.message(message))).toBeDefined();
    await untilOver(home);
    expect(erasureOf(here, patient)?.deleted.textsOut).toBe(6);
    expect(await trackDelivery(here, { message, eventType: "TEXT_DELIVERED", isFinal: true, carrierId: "c" }, SRC)).toBe(false);
    expect(found(here)).toEqual([]);
  });

  test("an inbound text that the queue gives again is recognised, and not stored a second time", async () => {
    const home = await lived();
    const text = { from: PHONE, body: "the bluebottle once more", inboundMessageId: "again", at: home.here.time.now };
    await receiveText(home.here, text, SRC);
    await claimThis(home.here, home.conversation, PERSON);
    await resolve(home.here, home.conversation, home.patient);
    await erase(home);
    await untilOver(home);
    expect(await receiveText(home.here, text, SRC)).toMatchObject({ duplicate: true });
    expect(found(home.here)).toEqual([]);
  });

  test("who posts the patient again makes another; nothing is known of them, but for the phone's block and the day of the erasure", async () => {
    const home = await lived();
    const { here } = home;
    await erase(home);
    await untilOver(home);
    const again = await registerPatient(here, { identifiers: [{ system: "emr", value: "CHART-7781" }] }, APPLICATION);
    expect([again.created, again.patient.id === home.patient]).toEqual([true, false]);
    const { number } = await registerNumber(here, again.patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
    expect(blockedIn(here)).toMatchObject({ state: "stopped", last4: PHONE.slice(-4), kind: "mobile", e164: expect.any(Uint8Array) });
    const consent = { decision: "granted", purposes: ["appointments"], number: number.id, wording: { id: "basics", version: 1 } } as const;
    const erasedAt = blockedIn(here).erasedAt ?? 0;
    for (const [agreedAt, counted] of [
      [erasedAt, false],
      [erasedAt + 1, true],
    ] as const)
      expect((await recordConsent(here, again.patient.id, { ...consent, method: "phone", agreedAt }, PERSON)).consent.counted).toBe(
        counted,
      );
    expect(wrongs(booksOf(here.store.state(), here.store.audit()))).toEqual([]);
  });

  test("a text from the phone afterwards is a stranger's, with its number and in the same conversation", async () => {
    const home = await lived();
    await erase(home);
    await untilOver(home);
    expect(await hear(home.here, PHONE, "is this the clinic?")).toBe(home.conversation);
    const shown = await claimThis(home.here, home.conversation, PERSON);
    expect(shown).toMatchObject({ number: PHONE, sender: "unknown", patients: [], texts: [{ text: "is this the clinic?" }] });
    expect(shown.conversation).toMatchObject({ n: 5, last4: PHONE.slice(-4), verify: true });
    expect(wrongs(booksOf(home.here.store.state(), home.here.store.audit()))).toEqual([]);
  });

  test("a block without digits stays a block: lost from AWS's list, it stands here, and nothing is owed for ever", async () => {
    const home = await lived();
    const { here } = home;
    await erase(home);
    await untilOver(home);
    here.time.now += 2 * DAY;
    here.listed.clear();
    expect(await reconcileOptOuts(here, SRC, here.time.now + DAY)).toMatchObject({ drift: 1 });
    expect(blockedIn(here)).toMatchObject({ state: "stopped", listed: "no" });
    expect(await sweep(here, SRC, here.time.now + MINUTE)).toEqual({ done: 0, failed: 0 });
    await hear(here, PHONE, "START");
    expect(numbersIn(here).map(({ state }) => state)).toEqual(["open", "open"]);
  });
});

test("nobody texts this patient: said of the patient, it is said of the phone that nobody else uses", async () => {
  const home = await lived();
  const { here, patient } = home;
  await setNoContact(here, patient, { set: true, reason: "safety" }, PERSON);
  await erase(home);
  await untilOver(home);
  expect(erasureOf(here, patient)?.kept).toMatchObject({ noContact: 1 });
  expect(numbersIn(here).map(({ noContact }) => noContact?.reason)).toEqual(["safety", undefined]);
});
