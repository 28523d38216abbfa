/** What ends by time alone, what the desk is told of it, and what a patient takes back by other means than a text. */
import { expect, test } from "vitest";
import { clinicSchema } from "../../lambdas/core/clinic.ts";
import { businessDayAfter, businessDaysBetween } from "../../lambdas/core/hours.ts";
import {
  type ConversationItem,
  keys,
  type LinkItem,
  type NumberItem,
  type OutboundItem,
  type PatientItem,
} from "../../lambdas/core/items.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { readNoContact, setNoContact } from "../../lambdas/core/verbs/no-contact.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { type NumberGiven, registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { type Revocation, revokeConsent } from "../../lambdas/core/verbs/revoke-consent.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { sweep } from "../../lambdas/core/verbs/sweep.ts";
import { chains } from "../support/history.ts";
import { APPLICATION, clinic as base, DAY, HOUR, MINUTE, PERSON, SRC, START, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";
const OFFICER = { ...PERSON, who: { ...PERSON.who, id: "p.officer", role: "privacy-officer" } };
const pack = {
  id: "rules",
  name: "Rules of the test",
  rules: [{ id: "revocation", says: "Ten business days.", source: "the test clinic", lawAsOf: "2026-01-01", sets: { revocationDays: 10 } }],
};
const clinic = clinicSchema.parse({ ...base, noContactRoles: ["privacy-officer"], rules: [...base.rules, pack] });

async function enrolled(
  here: World = world({ clinic }),
  value = "A-1",
  how: Partial<NumberGiven> = {},
): Promise<{ here: World; patient: string; number: string; ask: () => Promise<string> }> {
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value }] }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164: PHONE, kind: "mobile", relationship: "self", ...how }, PERSON);
  await recordConsent(
    here,
    patient.id,
    {
      decision: "granted",
      purposes: ["appointments", "recall"],
      number: number.id,
      wording: { id: "basics", version: 1 },
      method: "phone",
      agreedAt: here.time.now - DAY,
    },
    PERSON,
  );
  let asked = 0;
  return {
    here,
    patient: patient.id,
    number: number.id,
    ask: async () => {
      const request = {
        patient: { id: patient.id },
        scenario: "reminder",
        template: "reminder",
        params: { date: "2026-12-01", time: "10:00" },
      };
      const { message } = await acceptMessage(here, request, `${value}-${asked++}`, "emr", APPLICATION);
      return message.why[0] ?? message.status;
    },
  };
}
const text = (here: World, body: string): Promise<unknown> =>
  receiveText(here, { from: PHONE, body, inboundMessageId: `in-${here.time.now}`, at: here.time.now }, SRC);
const person = (here: World, id: string): PatientItem => here.store.peek<PatientItem>(keys.patient(id)) as PatientItem;
const phone = (here: World): NumberItem => here.store.state().find((item) => item.SK === "N") as unknown as NumberItem;
const tasks = (here: World): ConversationItem["tasks"] =>
  here.store.state().flatMap((item) => (item.SK === "C" ? (item as unknown as ConversationItem).tasks : []));
const events = (here: World, type: string): { why?: string[]; out: number }[] =>
  here.store
    .audit()
    .map((item) => JSON.parse(new TextDecoder().decode(item["e"] as Uint8Array)))
    .filter((event) => event.type === type);
const swept = (here: World): Promise<unknown> => sweep(here, SRC, here.time.now + MINUTE);
const sound = (here: World): void => {
  const broken: string[] = [];
  chains(here, broken);
  expect(broken).toEqual([]);
};

test("the desk is told once when a patient's consents have run out, in the conversation with that patient", async () => {
  const { here, patient } = await enrolled();
  const runsOut = person(here, patient).renewAt ?? 0;
  expect(person(here, patient).da).toBe(runsOut);
  here.time.now = runsOut - 1;
  await swept(here);
  expect(tasks(here)).toEqual([]);
  here.time.now = runsOut;
  await swept(here);
  expect(tasks(here)).toMatchObject([{ kind: "consent-expired", team: "front-desk", patient, code: "consent-expired" }]);
  expect(here.store.state().find((item) => item.SK === "C")).toMatchObject({ patient, state: "waiting" });
  expect(events(here, "consent.lapsed")).toMatchObject([{ why: ["consent-expired"] }]);
  expect(person(here, patient).da).toBeUndefined();
  here.time.now += 30 * DAY;
  await swept(here);
  expect(events(here, "consent.lapsed")).toHaveLength(1);
  sound(here);
});

test("one that ran out a minute before another was recorded is told all the same", async () => {
  const { here, patient, number } = await enrolled();
  here.time.now = person(here, patient).renewAt ?? 0;
  const given = { purposes: ["recall"], number, wording: { id: "basics", version: 1 }, method: "phone" } as const;
  await recordConsent(here, patient, { ...given, decision: "granted", agreedAt: here.time.now }, PERSON);
  await swept(here);
  expect(tasks(here)).toMatchObject([{ kind: "consent-expired" }]);
  expect(person(here, patient).renewAt).toBeGreaterThan(here.time.now);
  expect(person(here, patient).da).toBe(person(here, patient).renewAt);
});

test("a guardian's authority past its review pauses the consents and tells the desk; a later day ends the pause", async () => {
  const { here, patient, ask } = await enrolled(undefined, "A-1", { relationship: "guardian", authority: "order-1", review: "2026-11-26" });
  expect(await ask()).toBe("accepted");
  here.time.now = START + 2 * DAY;
  expect(await ask()).toBe("proxy-review-due");
  await swept(here);
  await swept(here);
  const told = tasks(here).filter(({ kind }) => kind === "proxy-review");
  expect(told).toMatchObject([{ patient, code: "proxy-review-due" }]);
  expect(events(here, "consent.lapsed")).toHaveLength(1);
  // The EMR posts the same again at night: nothing changes, and nothing is told twice.
  const how = { e164: PHONE, kind: "mobile", relationship: "guardian" } as const;
  await registerNumber(here, patient, { ...how, authority: "order-1", review: "2026-11-26" }, PERSON);
  await registerNumber(here, patient, how, PERSON);
  await swept(here);
  expect(await ask()).toBe("proxy-review-due");
  expect(events(here, "consent.lapsed")).toHaveLength(1);
  await registerNumber(here, patient, { ...how, review: "2027-11-26" }, PERSON);
  expect(await ask()).toBe("accepted");
  const link = here.store.state().find((item) => item.SK.startsWith("L#")) as unknown as LinkItem;
  expect([link.authority, link.review]).toEqual(["order-1", "2027-11-26"]);
  sound(here);
});

test("a patient whom nobody may contact gets nothing on any ground, and the desk is told nothing either", async () => {
  const { here, patient, ask } = await enrolled();
  expect(await ask()).toBe("accepted");
  await setNoContact(here, patient, { set: true, reason: "safety" }, PERSON);
  // What was accepted before is decided again and does not leave.
  for (const { errand } of here.errands.splice(0)) await sendText(here, errand, SRC);
  expect(here.sent).toEqual([]);
  expect(await ask()).toBe("number-missing");
  for (const word of ["HELP", "STOP"]) {
    await text(here, word);
    here.time.now += MINUTE;
    for (const { errand } of here.errands.splice(0)) await sendText(here, errand, SRC);
  }
  expect(here.sent).toEqual([]);
  const before = tasks(here).length;
  here.time.now = person(here, patient).renewAt ?? 0;
  await swept(here);
  expect(tasks(here).filter(({ kind }) => kind === "consent-expired")).toHaveLength(0);
  expect(tasks(here).length).toBe(before);
  expect(person(here, patient).da).toBeUndefined();
  sound(here);
});

test("it is set by anybody with a name, seen and lifted by the clinic's officers, for the patient or for one number", async () => {
  const { here, patient, number, ask } = await enrolled();
  await setNoContact(here, patient, { set: true, reason: "patient-asked" }, PERSON);
  await setNoContact(here, patient, { set: true, reason: "safety" }, OFFICER);
  await expect(setNoContact(here, patient, { set: false, reason: "no-longer-needed" }, PERSON)).rejects.toThrow("role-not-allowed");
  await expect(readNoContact(here, patient, PERSON)).rejects.toThrow("role-not-allowed");
  // The first reason stands; the trail has both.
  expect(await readNoContact(here, patient, OFFICER)).toMatchObject({
    patient: { by: "m.tremblay", reason: "patient-asked" },
    numbers: [],
  });
  expect(events(here, "patient.no-contact").map(({ why }) => why)).toEqual([["patient-asked"], ["safety"]]);
  await setNoContact(here, patient, { set: false, reason: "set-by-mistake" }, OFFICER);
  expect(await ask()).toBe("accepted");
  await setNoContact(here, patient, { set: true, reason: "legal", number }, PERSON);
  expect(await ask()).toBe("number-missing");
  expect(await readNoContact(here, patient, OFFICER)).toMatchObject({
    patient: undefined,
    numbers: [{ id: number, noContact: { reason: "legal" } }],
  });
  await setNoContact(here, patient, { set: false, reason: "no-longer-needed", number }, OFFICER);
  expect(await ask()).toBe("accepted");
  // A number that is registered while it stands is silent too.
  await setNoContact(here, patient, { set: true, reason: "safety" }, PERSON);
  await registerNumber(here, patient, { e164: "+14035550124", kind: "mobile", relationship: "self" }, PERSON);
  const links = here.store.state().filter((item) => item.SK.startsWith("L#"));
  expect(links.map((link) => link["noContact"])).toEqual([true, true]);
  sound(here);
});

test("business days leave out weekends and the clinic's holidays", () => {
  const zone = "America/Edmonton";
  const friday = Date.parse("2026-12-18T18:00:00Z");
  expect(businessDayAfter(friday, 0, zone, [])).toBe("2026-12-18");
  expect(businessDayAfter(friday, 1, zone, [])).toBe("2026-12-21");
  expect(businessDayAfter(friday, 10, zone, ["2026-12-25", "2027-01-01"])).toBe("2027-01-05");
  expect(businessDaysBetween(friday, friday + 2 * DAY, zone, [])).toBe(0);
  expect(businessDaysBetween(friday, friday + 3 * DAY, zone, [])).toBe(1);
  expect(businessDaysBetween(friday, Date.parse("2027-01-05T18:00:00Z"), zone, ["2026-12-25", "2027-01-01"])).toBe(10);
});

const revoke = (here: World, patient: string, more: Partial<Revocation> = {}) =>
  revokeConsent(here, patient, { said: here.time.now, means: "phone", scope: "all", ...more }, PERSON, SRC);

test("a revocation is in force at once, with the days it took; the same again does nothing", async () => {
  const { here, patient, ask } = await enrolled();
  here.time.now += 3 * DAY;
  const said = here.time.now - 3 * DAY;
  const first = await revoke(here, patient, { said, means: "email", scope: ["recall"], evidence: "mail-1" });
  // From Tuesday to Friday.
  expect(first).toMatchObject({ known: false, days: 3, consent: { purposes: ["recall"], method: "email", dueBy: "2026-12-08" } });
  expect(first.consent.late).toBeUndefined();
  expect(person(here, patient).effective["recall"]?.status).toBe("withdrawn");
  expect(await ask()).toBe("accepted");
  const commits = here.store.commits.length;
  here.time.now += DAY;
  expect(await revoke(here, patient, { said, means: "email", scope: ["recall"], evidence: "mail-1" })).toMatchObject({
    known: true,
    days: 3,
  });
  expect(here.store.commits.length).toBe(commits);
  await revoke(here, patient);
  expect(await ask()).toBe("consent-withdrawn");
  await expect(revoke(here, patient, { scope: ["recal"] })).rejects.toThrow("invalid-request");
  await expect(revoke(here, patient, { said: here.time.now + HOUR })).rejects.toThrow("agreed-in-future");
  expect(events(here, "consent.revoked").map(({ why, out }) => [why, out])).toEqual([
    [["email", "after-3-business-days"], 0],
    [["phone", "after-0-business-days"], 0],
  ]);
  expect(tasks(here)).toEqual([]);
  sound(here);
});

test("one that lay longer than the rules allow is late: a task, and an outcome in the event", async () => {
  const { here, patient } = await enrolled();
  const said = here.time.now;
  here.time.now += 14 * DAY;
  expect((await revoke(here, patient, { said, means: "letter", scope: ["recall"] })).consent.late).toBeUndefined();
  here.time.now += DAY;
  const late = await revoke(here, patient, { said, means: "letter" });
  expect(late).toMatchObject({ days: 11, consent: { dueBy: "2026-12-08", late: true } });
  expect(tasks(here)).toMatchObject([{ kind: "revocation-late", patient, code: "revocation-late" }]);
  expect(events(here, "consent.revoked").at(-1)).toMatchObject({ why: ["letter", "after-11-business-days", "revocation-late"], out: 4 });
});

test("'stop texting this number' is a STOP without a confirmation: for everybody on it, until the handset says START", async () => {
  const here = world({ clinic });
  const first = await enrolled(here, "A-1", { relationship: "shared" });
  const second = await enrolled(here, "A-2", { relationship: "shared" });
  expect(await second.ask()).toBe("accepted");
  const { consent } = await revoke(here, first.patient, { block: first.number, means: "desk" });
  expect(consent).toMatchObject({ numberId: first.number, number: phone(here).PK });
  expect(phone(here)).toMatchObject({ state: "stopped", epoch: 1, stopWord: "revoked" });
  expect(await second.ask()).toBe("consent-not-in-force");
  expect(person(here, second.patient).paused).toBeDefined();
  // What waited is cancelled, and nothing is sent to say so.
  const out = here.store.state().filter((item) => item["direction"] === "out") as unknown as OutboundItem[];
  expect(out.filter(({ status }) => status === "cancelled").map(({ why }) => why)).toEqual([["cancelled-opt-out"]]);
  expect(out.some(({ ground }) => ground?.kind === "service")).toBe(false);
  expect(tasks(here)).toMatchObject([{ kind: "opted-out", patient: first.patient }]);
  here.time.now += HOUR;
  await text(here, "START");
  expect(phone(here).state).toBe("open");
  expect(phone(here).cancels).toBeUndefined();
  sound(here);
});
