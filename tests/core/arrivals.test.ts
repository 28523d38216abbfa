import { expect, test } from "vitest";
import { conversationOf, type IncidentItem, keys, type NumberItem, type OutboundItem, type PatientItem } from "../../lambdas/core/items.ts";
import { fold } from "../../lambdas/core/reading/fold.ts";
import { isNewNumber } from "../../lambdas/core/reading/opt-out/new-number.ts";
import { isWrongNumber } from "../../lambdas/core/reading/opt-out/wrong-number.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { claimThis } from "../../lambdas/core/verbs/claim-conversation.ts";
import { type DecidedBy, decideOptOut, type OptOutDecision } from "../../lambdas/core/verbs/decide-opt-out.ts";
import { resolveConversation } from "../../lambdas/core/verbs/hold-conversation.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { reconcileOptOuts } from "../../lambdas/core/verbs/reconcile-opt-outs.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { sweep } from "../../lambdas/core/verbs/sweep.ts";
import { chains } from "../support/history.ts";
import { APPLICATION, DAY, HOUR, MINUTE, PERSON, SRC, START, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";
/** A text that may be an opt-out: only a person can tell. */
const MAYBE = "🛑";

interface Clinic {
  readonly here: World;
  readonly patient: string;
  text(body: string, at?: number): Promise<void>;
  remind(more?: object): Promise<OutboundItem>;
  decide(decision: OptOutDecision, by?: DecidedBy): Promise<void>;
  /** Runs errands and what is due until nothing is left to do now. */
  run(): Promise<void>;
  number(): NumberItem;
  conversation(): Record<string, unknown> & { tasks: { kind: string; code?: string; due?: number }[] };
  message(id: string): OutboundItem;
  why(): string[];
}

async function open(): Promise<Clinic> {
  const here = world();
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value: "A-1" }], team: "nurses" }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  await recordConsent(
    here,
    patient.id,
    {
      decision: "granted",
      purposes: ["appointments"],
      number: number.id,
      wording: { id: "basics", version: 1 },
      method: "phone",
      agreedAt: START - DAY,
    },
    PERSON,
  );
  let n = 0;
  const pk = number.number;
  const conv = conversationOf(pk);
  const run = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; quiet++) {
      for (let left = here.errands.length; left > 0; left--) {
        const next = here.errands.shift();
        if (next) await sendText(here, next.errand, SRC);
        quiet = 0;
      }
      await sweep(here, SRC, here.time.now + MINUTE);
    }
  };
  return {
    here,
    patient: patient.id,
    run,
    text: async (body, at = here.time.now) => {
      await receiveText(here, { from: PHONE, body, inboundMessageId: `in-${n++}`, at }, SRC);
      await run();
    },
    remind: async (more = {}) => {
      const params = { date: "2026-12-01", time: "10:00" };
      const request = { patient: { id: patient.id }, scenario: "reminder", template: "reminder", params, ...more };
      const { message } = await acceptMessage(here, request, `key-${n++}`, "emr", APPLICATION);
      await run();
      return here.store.peek<OutboundItem>(keys.message(message.id)) as OutboundItem;
    },
    decide: async (decision, by = "the-text") => {
      await claimThis(here, conv, PERSON);
      await decideOptOut(here, conv, decision, by, PERSON);
      await run();
    },
    number: () => here.store.peek<NumberItem>({ PK: pk, SK: "N" }) as NumberItem,
    conversation: () => here.store.peek(keys.conversation(conv)) as ReturnType<Clinic["conversation"]>,
    message: (id) => here.store.peek<OutboundItem>(keys.message(id)) as OutboundItem,
    why: () => here.store.audit().map((item) => JSON.parse(new TextDecoder().decode(item["e"] as Uint8Array)).type),
  };
}

/** Every chain is whole. */
const whole = (here: World): string[] => {
  const broken: string[] = [];
  chains(here, broken);
  return broken;
};
const bodies = (here: World): string[] => here.sent.map(({ body }) => body);

test("a text that may be an opt-out pauses what would leave, and nothing answers it", async () => {
  const clinic = await open();
  const waiting = await acceptMessage(
    clinic.here,
    { patient: { id: clinic.patient }, scenario: "reminder", template: "reminder", params: { date: "2026-12-01", time: "10:00" } },
    "before",
    "emr",
    APPLICATION,
  );
  await clinic.text(MAYBE);
  expect(bodies(clinic.here)).toEqual([]);
  expect(clinic.message(waiting.message.id).status).toMatch(/accepted|held/);
  expect((await clinic.remind()).status).toBe("held");
  expect(clinic.number()).toMatchObject({ state: "open", epoch: 0, pause: { at: START } });
  // One open day of the front desk: eight and a half open hours from Tuesday ten is Wednesday ten.
  expect(clinic.conversation()).toMatchObject({ team: "front-desk", state: "waiting" });
  expect(clinic.conversation().tasks).toEqual([expect.objectContaining({ kind: "opt-out-suspected", due: START + DAY })]);
  expect(whole(clinic.here)).toEqual([]);
});

test("decided that it was none: what the pause held back leaves, once, and what has gone stale is phoned", async () => {
  const clinic = await open();
  await clinic.text(MAYBE);
  const stale = await clinic.remind({ expiresAt: START + 30 * MINUTE });
  const fresh = await clinic.remind();
  const later = await clinic.remind({ sendAt: START + 2 * DAY, expiresAt: START + 3 * DAY });
  clinic.here.time.now += HOUR;
  await clinic.run();
  expect(clinic.message(stale.id).status).toBe("expired");
  expect(clinic.conversation().tasks).toContainEqual(expect.objectContaining({ kind: "phone-instead", message: stale.id }));
  await clinic.decide("not");
  expect(clinic.message(fresh.id).status).toBe("sent");
  expect(clinic.message(later.id).status).toBe("held");
  expect(clinic.here.sent).toHaveLength(1);
  expect(clinic.number()).not.toHaveProperty("pause");
  expect(clinic.number()).not.toHaveProperty("releases");
  expect(clinic.conversation().tasks.map(({ kind }) => kind)).toEqual(["phone-instead"]);
  expect((await clinic.remind()).status).toBe("sent");
  expect(clinic.why()).toContain("number.pause-decided");
  expect(whole(clinic.here)).toEqual([]);
});

test("decided that it was one: opted out as by a STOP at the time of the text, confirmed within five minutes of it", async () => {
  for (const wait of [4 * MINUTE, 5 * MINUTE]) {
    const clinic = await open();
    await clinic.text(MAYBE);
    const held = await clinic.remind();
    clinic.here.time.now += wait;
    await clinic.decide("opted-out", "spoke-by-phone");
    expect(clinic.number()).toMatchObject({ state: "stopped", epoch: 1, stopAt: START });
    expect(clinic.message(held.id)).toMatchObject({ status: "cancelled", why: ["cancelled-opt-out"] });
    expect(clinic.here.store.peek<PatientItem>(keys.patient(clinic.patient))?.paused).toBeDefined();
    expect(bodies(clinic.here)).toEqual(wait < 5 * MINUTE ? ["stop-confirmation (en)"] : []);
    expect(clinic.conversation().tasks.map(({ kind }) => kind)).toEqual(["opted-out"]);
    expect(whole(clinic.here)).toEqual([]);
  }
});

test("a START that came after the text is the last word, whatever was decided about the text", async () => {
  const clinic = await open();
  await clinic.text(MAYBE);
  await clinic.text("START", START + 10_000);
  await clinic.decide("opted-out");
  expect(clinic.number()).toMatchObject({ state: "open", epoch: 1 });
  await clinic.text(MAYBE, START + 5_000);
  expect(clinic.number()).not.toHaveProperty("pause");
});

test("nobody resolves it undecided; only whoever holds it decides, and only once", async () => {
  const clinic = await open();
  await clinic.text(MAYBE);
  const id = conversationOf(clinic.number().PK);
  await expect(decideOptOut(clinic.here, id, "not", "the-text", PERSON)).rejects.toThrow("not-claimed");
  const { conversation } = await claimThis(clinic.here, id, PERSON);
  const how = { outcome: "none-needed", filed: [], notFiled: "spam", note: "An advertisement." } as const;
  await expect(resolveConversation(clinic.here, id, conversation.rev, how, PERSON)).rejects.toThrow("decision-needed");
  const decided = await decideOptOut(clinic.here, id, "not", "the-text", PERSON);
  await expect(decideOptOut(clinic.here, id, "not", "the-text", PERSON)).rejects.toThrow("nothing-to-decide");
  await resolveConversation(clinic.here, id, decided.rev, how, PERSON);
  expect(clinic.conversation()).toMatchObject({ state: "idle", tasks: [] });
});

test("undecided past its time it goes to the team it escalates to, and then somebody is told to look", async () => {
  const clinic = await open();
  await clinic.text("hello, a question about parking");
  await clinic.text(MAYBE);
  clinic.here.time.now += DAY + MINUTE;
  await clinic.run();
  expect(clinic.conversation()).toMatchObject({ team: "manager", state: "waiting" });
  clinic.here.time.now += DAY;
  await clinic.run();
  expect(clinic.here.pages.count).toBe(1);
  expect(clinic.number()).toHaveProperty("pause");
  expect((await clinic.remind()).status).toBe("held");
});

test("a STOP settles what was suspected", async () => {
  const clinic = await open();
  await clinic.text(MAYBE);
  await clinic.text("STOP");
  expect(clinic.number()).toMatchObject({ state: "stopped", epoch: 1 });
  expect(clinic.number()).not.toHaveProperty("pause");
  expect(clinic.conversation().tasks.map(({ kind }) => kind)).toEqual(["opted-out"]);
  await clinic.text(MAYBE);
  expect(clinic.number()).not.toHaveProperty("pause");
});

test("WRONG NUMBER ends the number, cancels what waits, apologises once without a name, and opens an incident", async () => {
  const clinic = await open();
  expect((await clinic.remind()).status).toBe("sent");
  const later = await clinic.remind({ sendAt: START + 2 * DAY, expiresAt: START + 3 * DAY });
  clinic.here.time.now += HOUR;
  await clinic.text("Sorry, wrong number.");
  await clinic.text("Wrong number!");
  expect(clinic.number()).toMatchObject({ state: "stopped", stopWord: "wrong-number", doubt: { why: "wrong-number" } });
  expect(bodies(clinic.here).slice(1)).toEqual(["wrong-number (en)"]);
  expect(clinic.message(later.id)).toMatchObject({ status: "cancelled", why: ["cancelled-wrong-number"] });
  const incidents = clinic.here.store.state().filter((item) => item.SK === "E") as unknown as IncidentItem[];
  expect(incidents).toHaveLength(1);
  expect(incidents[0]).toMatchObject({
    state: "draft",
    patients: [clinic.patient],
    count: 1,
    texts: [{ scenario: "reminder", at: START, status: "sent", patient: clinic.patient }],
  });
  expect(clinic.conversation().tasks.map(({ kind }) => kind)).toContain("wrong-number");
  expect((await clinic.remind()).why).toContain("opted-out");
  // The EMR registers the number again in the night: nothing re-opens.
  await registerNumber(clinic.here, clinic.patient, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  expect((await clinic.remind()).status).toBe("refused");
  expect(whole(clinic.here)).toEqual([]);
});

test("a guess at a wrong number only pauses; a person who finds that it is one ends the number", async () => {
  const clinic = await open();
  await clinic.text(MAYBE);
  expect(clinic.number()).toMatchObject({ state: "open", pause: {} });
  expect(clinic.here.store.state().filter((item) => item.SK === "E")).toEqual([]);
  await clinic.decide("wrong-number", "spoke-by-phone");
  expect(clinic.number()).toMatchObject({ state: "stopped", stopWord: "wrong-number" });
  expect(clinic.here.store.state().filter((item) => item.SK === "E")).toHaveLength(1);
  expect(bodies(clinic.here)).toEqual(["wrong-number (en)"]);
});

test("a number on AWS's list and not blocked here is blocked here, known or not; one that AWS's list has lost is put there again", async () => {
  const clinic = await open();
  const { here } = clinic;
  const later = await clinic.remind({ sendAt: START + 2 * DAY, expiresAt: START + 3 * DAY });
  const strangers = ["+14035550301", "+14035550302", "+14035550303"];
  for (const e164 of [...strangers, PHONE]) here.listed.add(e164);
  const until = (): number => here.time.now + HOUR;
  expect(await reconcileOptOuts(here, SRC, until())).toEqual({ listed: 4, drift: 4 });
  expect(clinic.number()).toMatchObject({ state: "stopped", epoch: 1, listed: "yes", stopWord: "carrier-list" });
  expect(clinic.message(later.id).status).toBe("cancelled");
  expect(clinic.conversation().tasks).toEqual([expect.objectContaining({ kind: "opted-out", code: "carrier-opted-out" })]);
  const numbers = (): NumberItem[] => here.store.state().filter((item) => item.SK === "N") as unknown as NumberItem[];
  expect(numbers()).toHaveLength(4);
  for (const number of numbers()) expect(number).toMatchObject({ state: "stopped", listed: "yes" });
  expect(await reconcileOptOuts(here, SRC, until())).toEqual({ listed: 4, drift: 0 });

  here.listed.delete(PHONE);
  expect((await reconcileOptOuts(here, SRC, until())).drift).toBe(0);
  here.time.now += 2 * HOUR;
  expect((await reconcileOptOuts(here, SRC, until())).drift).toBe(1);
  await clinic.run();
  expect(here.listed.has(PHONE)).toBe(true);
  expect(clinic.number()).toMatchObject({ state: "stopped", listed: "yes" });
  expect(clinic.why()).toContain("number.list-lost");
  expect(whole(here)).toEqual([]);
});

test("what is on its way to AWS's list or off it is left alone", async () => {
  const clinic = await open();
  const { here } = clinic;
  const until = (): number => here.time.now + HOUR;
  await clinic.text("STOP");
  // Our block leads by a day.
  expect(await reconcileOptOuts(here, SRC, until())).toEqual({ listed: 0, drift: 0 });
  here.time.now += DAY + MINUTE;
  await clinic.run();
  expect(here.listed.has(PHONE)).toBe(true);
  await clinic.text("START");
  expect(clinic.number()).toMatchObject({ state: "open", listed: "no" });
  // The page was read before the number was taken off, or the sweep is just putting it there again.
  here.listed.add(PHONE);
  expect((await reconcileOptOuts(here, SRC, until())).drift).toBe(0);
  expect(clinic.number().state).toBe("open");
  here.time.now += 2 * HOUR;
  expect((await reconcileOptOuts(here, SRC, until())).drift).toBe(1);
  expect(clinic.number().state).toBe("stopped");
});

test("a block that AWS's list has already is known to be there: a START then takes it off there first", async () => {
  const clinic = await open();
  await clinic.text("STOP");
  clinic.here.listed.add(PHONE);
  expect((await reconcileOptOuts(clinic.here, SRC, clinic.here.time.now + HOUR)).drift).toBe(0);
  expect(clinic.number()).toMatchObject({ state: "stopped", listed: "yes" });
  clinic.here.time.now += 10_000;
  await clinic.text("START");
  expect(clinic.here.listed.has(PHONE)).toBe(false);
  expect(clinic.number()).toMatchObject({ state: "open", listed: "no" });
});

test("a comparison that runs out of time does what it can and says so", async () => {
  const clinic = await open();
  for (const e164 of ["+14035550301", "+14035550302", "+14035550303"]) clinic.here.listed.add(e164);
  await expect(reconcileOptOuts(clinic.here, SRC, clinic.here.time.now)).rejects.toThrow("longer than the time");
  expect(clinic.here.store.state().filter((item) => item.SK === "N" && item["state"] === "stopped").length).toBeGreaterThan(0);
});

test.each([
  "Wrong number",
  "sorry, wrong number!!",
  "WRONG  NUMBER",
  "You have the wrong number, please stop texting me",
  "Mauvais numéro",
  "Ｗｒｏｎｇ number",
  "vous avez le mauvais numero svp",
])("%s says beyond mistaking that it is the wrong number", (text) => {
  expect(isWrongNumber(fold(text))).toBe(true);
});

test.each([
  "wrong number?",
  "is this the wrong number",
  "I gave you the wrong number, mine is 403-555-0199",
  "I think you have the wrong number",
  "not the wrong number",
  "the wrong number is on my file",
  "my mother had the wrong number",
  "the number of the bus was wrong",
  `wrong number ${"please ".repeat(30)}`,
  "",
])("%s leaves it to a person", (text) => {
  expect(isWrongNumber(fold(text))).toBe(false);
});

test.each([
  "this is my new number",
  "Hi it's Alex, this is my new cell",
  "My new phone number is 403-555-0142",
  "I have a new number now",
  "I've changed my number, it's 403-555-0142",
  "just switched numbers, text me here",
  "my cell number has changed",
  "my number is now 403 555 0142",
  "new number 403-555-0142",
  "please use my new number from now on, can you update it?",
  "j'ai changé de numéro",
  "J'ai changé mon numéro de téléphone",
  "voici mon nouveau numéro",
  "Mon numéro a changé",
  "Mon nouveau numéro de cellulaire est le 403-555-0142",
  "mon numero est maintenant le 4035550142",
  "Nouveau numéro : 403-555-0142",
  "Ｎｅｗ number 403-555-0142",
])("%s tells of a new number", (text) => {
  expect(isNewNumber(fold(text))).toBe(true);
});

test.each([
  "Do you have the new number of the lab?",
  "is this your new number",
  "Did your number change?",
  "le nouveau numéro de la clinique svp",
  "my new health card number is on file",
  "j'ai changé de numéro de carte",
  "mon nouveau numéro de dossier",
  "I have not changed my number",
  "my number has not changed",
  "Je n'ai pas changé de numéro",
  "if I have a new number I will tell you",
  "a number of new questions",
  "I got a new phone",
  "can I change my appointment",
  "",
])("%s tells of none", (text) => {
  expect(isNewNumber(fold(text))).toBe(false);
});
