/** What an arrival does when it may be an emergency, from the text to the last page; and that no reader can keep a text out. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Clinic, clinicSchema } from "../../lambdas/core/clinic.ts";
import { type ConversationItem, type FactsItem, keys, type OutboundItem } from "../../lambdas/core/items.ts";
import type { EmergencyReading } from "../../lambdas/core/reading/emergency.ts";
import { claimThis } from "../../lambdas/core/verbs/claim-conversation.ts";
import { releaseConversation, resolveConversation } from "../../lambdas/core/verbs/hold-conversation.ts";
import { listQueue } from "../../lambdas/core/verbs/list-queue.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { sweep } from "../../lambdas/core/verbs/sweep.ts";
import { chains } from "../support/history.ts";
import { clinic, DAY, HOUR, MINUTE, PERSON, SRC, START, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";
/** 23:00 of the same Tuesday in Alberta: nobody is on call in the test clinic until eight. */
const NIGHT = START + 12 * HOUR;
const OPENING = NIGHT + 9 * HOUR;
/** Somebody else is on call beside the nurse. */
const PAIR: Clinic = clinicSchema.parse({
  ...clinic,
  onCall: [...clinic.onCall, { ...clinic.onCall[0], id: "second", name: "The second one" }],
});

let here: World;
let texts = 0;
beforeEach(() => {
  here = world();
});

const alarm = (kind: EmergencyReading["kind"]): EmergencyReading => ({ label: "emergency", kind, findings: [], judged: true });
const quiet: EmergencyReading = { label: "not", kind: undefined, findings: [], judged: true };
const unread: EmergencyReading = { ...quiet, judged: false };

async function comes(
  reading: EmergencyReading | (() => EmergencyReading),
  body = "Tuesday at ten is good",
  from = PHONE,
): Promise<ConversationItem> {
  const arrival = { from, body, inboundMessageId: `in-${texts++}`, at: here.time.now };
  const emergency = typeof reading === "function" ? reading : () => reading;
  const { conversation } = await receiveText(here, arrival, SRC, { emergency });
  return stored(conversation);
}
function stored(id: string): ConversationItem {
  const item = here.store.peek<ConversationItem>(keys.conversation(id));
  if (!item) throw new Error("no such conversation");
  return item;
}
/** A minute of the clock and the sweep that comes with it, so often. */
async function minutes(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    here.time.now += MINUTE;
    await sweep(here, SRC, here.time.now + MINUTE);
  }
}
const answers = (): unknown[] =>
  here.store
    .state()
    .filter((item) => item["direction"] === "out")
    .map((item) => (item as unknown as OutboundItem).ground)
    .map((ground) => (ground?.kind === "service" ? ground.reply : undefined));
const types = (): string[] =>
  here.store.audit().map((item) => (JSON.parse(new TextDecoder().decode(item["e"] as Uint8Array)) as { type: string }).type);
function sound(): void {
  const broken: string[] = [];
  chains(here, broken);
  expect(broken).toEqual([]);
}

describe("in attended hours", () => {
  test("the person on call is paged, the sender answered, and it is the first of its queue, due in five minutes", async () => {
    await comes(quiet, "older", "+14035550199");
    here.time.now += MINUTE;
    const conversation = await comes(alarm("cardiac"));
    expect(conversation).toMatchObject({
      team: "front-desk",
      state: "waiting",
      dueAt: here.time.now + 5 * MINUTE,
      tasks: [{ kind: "emergency", about: "cardiac", code: "emergency" }],
    });
    expect(here.pages).toEqual({ count: 0, people: ["nurse"] });
    expect(answers()).toEqual(["emergency"]);
    const { items } = await listQueue(here, "front-desk", { limit: 10 });
    expect(items.map((item) => [item.conversation === conversation.id, item.urgent])).toEqual([
      [true, "emergency"],
      [false, undefined],
    ]);
    sound();
  });

  test("nobody claims it: paged again, then passed on and everybody told, once more, and then every quarter of an hour", async () => {
    here = world({ clinic: PAIR });
    await comes(alarm("stroke"));
    expect(here.pages.people).toEqual(["nurse"]);
    await minutes(4);
    expect(here.pages).toEqual({ count: 0, people: ["nurse", "nurse"] });
    await minutes(1);
    expect(here.pages).toEqual({ count: 1, people: ["nurse", "nurse", "nurse", "second"] });
    expect((await listQueue(here, "manager", { limit: 10 })).items).toMatchObject([{ urgent: "emergency", overdue: false }]);
    await minutes(5);
    expect(here.pages).toEqual({ count: 2, people: ["nurse", "nurse", "nurse", "second", "nurse", "second"] });
    await minutes(14);
    expect(here.pages.people).toHaveLength(6);
    await minutes(1);
    expect(here.pages).toMatchObject({ count: 2 });
    expect(here.pages.people).toHaveLength(8);
    expect(types().filter((type) => type === "conversation.paged")).toHaveLength(5);
    expect(types().filter((type) => type === "conversation.escalated" || type === "conversation.overdue")).toHaveLength(2);
    sound();
  });

  test("whoever claims it ends the paging; given back or lapsed it is paged at once; resolved it is urgent no more", async () => {
    const { id } = await comes(alarm("breathing"));
    await claimThis(here, id, PERSON);
    await minutes(10);
    expect(here.pages.people).toEqual(["nurse"]);
    await releaseConversation(here, id, PERSON);
    await minutes(1);
    expect(here.pages.people.length).toBeGreaterThan(1);
    await claimThis(here, id, PERSON);
    const before = here.pages.people.length;
    await minutes(29);
    expect(here.pages.people).toHaveLength(before);
    await minutes(61);
    expect(here.pages.people.length).toBeGreaterThan(before);
    const { conversation } = await claimThis(here, id, PERSON);
    const how = { outcome: "phoned", filed: [], notFiled: "not-a-patient", note: "spoke with them" } as const;
    const resolved = await resolveConversation(here, id, conversation.rev, how, PERSON);
    expect(resolved).toMatchObject({ state: "idle", tasks: [] });
    expect(resolved.urgent).toBeUndefined();
    expect(resolved.da).toBeUndefined();
    sound();
  });

  test("an emergency in a conversation that somebody holds for something else is paged, and the claim ends in five minutes", async () => {
    const { id } = await comes(quiet);
    await claimThis(here, id, PERSON);
    here.time.now += MINUTE;
    await comes(alarm("child"));
    expect(here.pages.people).toEqual(["nurse"]);
    expect(stored(id)).toMatchObject({ state: "claimed", claim: { until: here.time.now + 5 * MINUTE } });
    await minutes(4);
    expect(here.pages.people).toEqual(["nurse"]);
    await minutes(1);
    expect(stored(id)).toMatchObject({ state: "waiting" });
    expect(here.pages.people.length).toBeGreaterThan(1);
  });

  test("the page fails: nothing is lost, the sweep does it; with no way to the person, whoever must look is told", async () => {
    let fails = true;
    here = world({ before: async (call) => (call === "page" && fails ? "refuse" : "none") });
    const { id } = await comes(alarm("other"));
    expect(stored(id).urgent).toMatchObject({ pages: 0, pageAt: here.time.now });
    await minutes(1);
    expect(here.pages).toEqual({ count: 0, people: [] });
    fails = false;
    await minutes(1);
    expect(here.pages.people).toEqual(["nurse"]);

    here = world({ clinic: PAIR });
    const { page } = here.alerts;
    Object.assign(here.alerts, { page: (person: string) => (person === "nurse" ? Promise.reject(new Error("no topic")) : page(person)) });
    await comes(alarm("other"));
    expect(here.pages).toEqual({ count: 1, people: [] });
  });

  test("the same text again, by the carrier, pages nobody again", async () => {
    const arrival = { from: PHONE, body: "my chest", inboundMessageId: "twice", at: here.time.now };
    const readers = { emergency: () => alarm("cardiac") };
    await receiveText(here, arrival, SRC, readers);
    const again = await receiveText(here, arrival, SRC, readers);
    expect(again.duplicate).toBe(true);
    expect(here.pages.people).toEqual(["nurse"]);
    expect(answers()).toEqual(["emergency"]);
  });

  test("ten texts within a minute: one page, three answers a day at most, and two to the same words", async () => {
    for (let n = 0; n < 5; n++) await comes(alarm("cardiac"), "my chest hurts");
    expect(answers()).toEqual(["emergency", "emergency"]);
    for (let n = 0; n < 5; n++) await comes(alarm("cardiac"), `my chest hurts ${n}`);
    expect(answers()).toEqual(["emergency", "emergency", "emergency"]);
    const conversation = await comes(alarm("cardiac"), "and again");
    expect(conversation.tasks.at(-1)).toMatchObject({ code: "emergency-phone" });
    expect(here.pages.people).toEqual(["nurse"]);
  });
});

describe("what is answered", () => {
  test("suicide has its own words; violence has none, at night neither, and nothing else goes to that phone", async () => {
    await comes(alarm("suicide"));
    expect(answers()).toEqual(["emergency-suicide"]);
    here = world();
    expect((await comes(alarm("violence"))).tasks).toMatchObject([{ code: "emergency-silent" }]);
    expect(here.pages.people).toEqual(["nurse"]);
    here.time.now = NIGHT;
    await comes(quiet, "are you there");
    await comes(alarm("cardiac"), "my chest");
    await comes(quiet, "help");
    expect(answers()).toEqual([]);
  });

  test("a number that has opted out is not answered: the task says that somebody must phone", async () => {
    await comes(quiet, "STOP");
    const conversation = await comes(alarm("stroke"), "my face is drooping");
    expect(answers()).toEqual(["stop-confirmation"]);
    expect(conversation.tasks).toMatchObject([{ kind: "opted-out" }, { kind: "emergency", code: "emergency-phone" }]);
    expect(here.pages.people).toEqual(["nurse"]);
  });

  test("in trial a number that is not on the list is not counted as answered", async () => {
    expect((await comes(alarm("stroke"), "x", "+15145550123")).tasks).toMatchObject([{ code: "emergency-phone" }]);
  });

  test("in the text's language, else in the sender's own, else in the clinic's first", async () => {
    const bodies = async (): Promise<unknown[]> => {
      const out = here.store.state().filter((item) => item["direction"] === "out");
      return Promise.all(out.map(({ PK, SK, body }) => here.sealer.open(`${PK}/${SK}`, body as Uint8Array)));
    };
    await comes(alarm("cardiac"), "j'ai mal dans la poitrine");
    await comes(alarm("cardiac"), "there is a pain in my chest");
    await comes(alarm("cardiac"), "911!!");
    expect(await bodies()).toEqual(["emergency (fr)", "emergency (en)", "emergency (en)"]);
  });

  test("a short code is never answered, nor paged for", async () => {
    const conversation = await comes(alarm("cardiac"), "heart attack?", "22345");
    expect([answers(), here.pages.people, conversation.urgent]).toEqual([[], [], undefined]);
  });
});

describe("in unattended hours", () => {
  test("nothing is promised, whoever must look gets one mail, and it is first at opening, when cover is paged", async () => {
    here.time.now = NIGHT;
    const { id } = await comes(alarm("cardiac"));
    expect(answers()).toEqual(["emergency-unattended"]);
    expect(here.pages).toEqual({ count: 1, people: [] });
    expect(stored(id).dueAt).toBe(OPENING + 5 * MINUTE);
    await minutes(9 * 60 - 1);
    expect(here.pages).toEqual({ count: 1, people: [] });
    expect(types().filter((type) => type === "conversation.paged")).toHaveLength(1);
    await minutes(1);
    expect(here.pages).toEqual({ count: 1, people: ["nurse"] });
    sound();
  });

  test("somebody is put on call by a call: paged within a quarter of an hour", async () => {
    here.time.now = NIGHT;
    await comes(alarm("cardiac"));
    const facts: FactsItem = { ...keys.facts(), aseq: 0, ahash: new Uint8Array(), onCall: { person: "nurse", until: NIGHT + HOUR } };
    await here.store.transact([{ op: "put", table: "state", item: facts as never, when: [] }]);
    await minutes(15);
    expect(here.pages.people).toEqual(["nurse"]);
    await comes(alarm("suicide"), "another");
    expect(answers()).toEqual(["emergency-unattended", "emergency-suicide"]);
  });
});

describe("a text that nobody has judged", () => {
  test.each<[string, EmergencyReading | (() => EmergencyReading)]>([
    ["its language", unread],
    [
      "a reader that throws",
      () => {
        throw new Error("no reading");
      },
    ],
  ])("%s: due in five minutes behind the emergencies, marked, paged only when it is overdue", async (_, reading) => {
    const conversation = await comes(reading, "Mera bacha saans nahi le raha");
    expect(conversation).toMatchObject({ dueAt: START + 5 * MINUTE, urgent: { kind: "not-judged" }, tasks: [{ kind: "not-judged" }] });
    expect([here.pages.people, answers()]).toEqual([[], []]);
    const other = await comes(alarm("cardiac"), "x", "+14035550177");
    await comes(quiet, "y", "+14035550178");
    const { items } = await listQueue(here, "front-desk", { limit: 10 });
    expect(items.map((item) => item.urgent)).toEqual(["emergency", "not-judged", undefined]);
    const { conversation: held } = await claimThis(here, other.id, PERSON);
    const how = { outcome: "phoned", filed: [], notFiled: "not-a-patient", note: "n" } as const;
    await resolveConversation(here, other.id, held.rev, how, PERSON);
    await minutes(4);
    expect(here.pages.people).toEqual(["nurse"]);
    await minutes(1);
    expect(here.pages).toEqual({ count: 0, people: ["nurse", "nurse"] });
    await minutes(5);
    expect(here.pages.count).toBe(1);
    const paged = here.pages.people.length;
    await minutes(60);
    expect(here.pages.people).toHaveLength(paged);
  });

  test("twenty of them at once: one page a minute at most, not twenty", async () => {
    for (let n = 0; n < 20; n++) await comes(unread, "x", `+140355501${String(n).padStart(2, "0")}`);
    await minutes(5);
    expect(here.pages.people).toEqual(["nurse"]);
    expect((await listQueue(here, "manager", { limit: 50 })).items).toHaveLength(20);
  });
});

describe("after hours", () => {
  test("one answer for each closed period, and none to the next text", async () => {
    here.time.now = NIGHT;
    await comes(quiet, "one");
    here.time.now += HOUR;
    await comes(quiet, "two");
    expect(answers()).toEqual(["after-hours"]);
    here.time.now = NIGHT + DAY;
    await comes(quiet, "three");
    expect(answers()).toEqual(["after-hours", "after-hours"]);
    sound();
  });

  test("on a holiday; two a day, so that one is left for an emergency; service words have their own answer only", async () => {
    here.time.now = Date.parse("2026-12-25T17:00:00Z");
    await comes(quiet, "HELP");
    await comes(quiet, "merry christmas");
    expect(answers()).toEqual(["help", "after-hours"]);
    await comes(quiet, "AIDE");
    await comes(alarm("cardiac"), "chest");
    expect(answers()).toEqual(["help", "after-hours", "help"]);
  });

  test("closed by a call: answered as after hours, and due from the opening on", async () => {
    const until = START + 2 * HOUR;
    const facts: FactsItem = { ...keys.facts(), aseq: 0, ahash: new Uint8Array(), closed: { until } };
    await here.store.transact([{ op: "put", table: "state", item: facts as never, when: [] }]);
    const conversation = await comes(quiet);
    expect(answers()).toEqual(["after-hours"]);
    expect(conversation).toMatchObject({ toldClosedUntil: until, dueAt: until + 2 * HOUR });
  });

  test("a clinic that wants it acknowledges in open hours: not to a third equal text within the hour", async () => {
    here = world({ clinic: { ...clinic, acknowledge: true } });
    await comes(quiet, "Out of office");
    await comes(quiet, "out of  OFFICE");
    await comes(quiet, "out of office");
    expect(answers()).toEqual(["acknowledgement", "acknowledgement"]);
    const [number] = here.store.state().filter((item) => item.SK === "C");
    expect(JSON.stringify(number)).not.toMatch(/office/i);
  });
});

test("whatever the readers do, each text is stored, sealed, in a conversation that stands in exactly one queue", async () => {
  const reader = fc.oneof(
    fc.anything().map((answer) => () => answer as EmergencyReading),
    fc.constantFrom(alarm("cardiac"), alarm("violence"), alarm("suicide"), quiet, unread).map((answer) => () => answer),
    fc.string().map((message) => (): EmergencyReading => {
      throw new Error(message);
    }),
  );
  const texted = fc.record({
    reader,
    body: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("STOP", "START", "HELP", "YES", "", "chest pain")),
    from: fc.constantFrom(PHONE, "+14035550124", "22345", "+15875550100"),
    hours: fc.integer({ min: 0, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(texted, { minLength: 1, maxLength: 6 }), async (arrivals) => {
      here = world();
      for (const each of arrivals) {
        here.time.now += each.hours * HOUR;
        await comes(each.reader, each.body, each.from);
        if (each.hours > 20) await sweep(here, SRC, here.time.now + MINUTE);
      }
      const state = here.store.state();
      const stored = state.filter((item) => item["direction"] === "in");
      expect(stored).toHaveLength(arrivals.length);
      const plain = await Promise.all(stored.map(({ PK, SK, body }) => here.sealer.open(`${PK}/${SK}`, body as Uint8Array)));
      expect(plain.toSorted()).toEqual(arrivals.map(({ body }) => body).toSorted());
      for (const conversation of state.filter((item) => item.SK === "C")) {
        expect(conversation["state"]).toBe("waiting");
        expect(conversation["q"]).toBe(conversation["team"]);
        expect(conversation["qs"]).toMatch(/^w#[015]#/);
      }
      sound();
    }),
    { numRuns: 200 },
  );
});
