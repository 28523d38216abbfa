/** What a person does with an incident, and who is to be asked again before texts stop of themselves. */
import { expect, test } from "vitest";
import { instantOf } from "../../lambdas/core/hours.ts";
import { type IncidentItem, keys, type PatientItem } from "../../lambdas/core/items.ts";
import { closeIncident } from "../../lambdas/core/verbs/close-incident.ts";
import { listDueConsents } from "../../lambdas/core/verbs/list-due-consents.ts";
import { listIncident } from "../../lambdas/core/verbs/list-incident.ts";
import { setNoContact } from "../../lambdas/core/verbs/no-contact.ts";
import { listIncidents, readIncident } from "../../lambdas/core/verbs/read-incident.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { type NumberGiven, registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { changePatient, registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { withdrawConsent } from "../../lambdas/core/verbs/withdraw-consent.ts";
import { APPLICATION, DAY, PERSON, SRC, START, type World, world } from "../support/world.ts";

const OFFICER = { ...PERSON, who: { ...PERSON.who, id: "p.officer", role: "privacy-officer" } };
const NOTE = "The holder is a neighbour and has deleted it.";
const HOW = { outcome: "no-notice-needed", note: NOTE } as const;

async function enrolled(here: World, e164: string, how: Partial<NumberGiven> = {}): Promise<{ patient: string; number: string }> {
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value: e164 }] }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164, kind: "mobile", relationship: "self", ...how }, PERSON);
  return { patient: patient.id, number: number.id };
}
const agrees = (here: World, { patient, number }: { patient: string; number: string }, purposes: string[], agreedAt: number) =>
  recordConsent(
    here,
    patient,
    { decision: "granted", purposes, number, wording: { id: "basics", version: 1 }, method: "phone", agreedAt },
    PERSON,
  );

async function opened(): Promise<{ here: World; id: string; item: () => IncidentItem }> {
  const here = world();
  await enrolled(here, "+14035550123");
  await receiveText(here, { from: "+14035550123", body: "Wrong number", inboundMessageId: "in-1", at: here.time.now }, SRC);
  const { items } = await listIncidents(here, { limit: 10 });
  const id = items[0]?.id ?? "";
  return { here, id, item: () => here.store.peek<IncidentItem>(keys.incident(id)) as IncidentItem };
}

test("a closed incident leaves the list, keeps what was listed, and shows its sealed note to whoever reads it", async () => {
  const { here, id, item } = await opened();
  here.time.now += DAY;
  await closeIncident(here, id, HOW, OFFICER);
  expect((await listIncidents(here, { limit: 10 })).items).toEqual([]);
  const { incident, note } = await readIncident(here, id, PERSON);
  expect(note).toBe(NOTE);
  expect(incident).toMatchObject({ state: "closed", texts: [], closed: { by: "p.officer", role: "privacy-officer", at: here.time.now } });
  expect(Object.keys(item())).not.toContain("q");
  const events = here.store.audit().map((each) => new TextDecoder().decode(each["e"] as Uint8Array));
  const closed = events.map((each) => JSON.parse(each)).filter(({ type }) => type === "incident.closed");
  expect(closed).toEqual([expect.objectContaining({ why: ["no-notice-needed"], was: "draft", now: "closed" })]);
  expect(events.join()).not.toContain("neighbour");
});

test("whoever closed it may say so again; nobody else closes it a second time, and nobody says otherwise", async () => {
  const { here, id, item } = await opened();
  await closeIncident(here, id, HOW, OFFICER);
  const { closed } = item();
  here.time.now += DAY;
  expect((await closeIncident(here, id, { ...HOW, note: "later" }, OFFICER)).closed).toEqual(closed);
  await expect(closeIncident(here, id, { outcome: "false-alarm", note: NOTE }, OFFICER)).rejects.toThrow("incident-closed");
  await expect(closeIncident(here, id, HOW, PERSON)).rejects.toThrow("incident-closed");
  expect(item().closed).toEqual(closed);
});

test("none is closed before its texts are listed, and none that there is not", async () => {
  const { here, id, item } = await opened();
  const { texts: _texts, count: _count, ...unlisted } = item();
  await here.store.transact([
    { op: "update", table: "state", key: keys.incident(id), set: {}, remove: ["texts", "count"], add: {}, when: [] },
  ]);
  expect(item()).toEqual(unlisted);
  await expect(closeIncident(here, id, HOW, OFFICER)).rejects.toThrow("incident-not-listed");
  await listIncident(here, id, SRC);
  expect((await closeIncident(here, id, HOW, OFFICER)).state).toBe("closed");
  await expect(closeIncident(here, `inc_${"0".repeat(26)}`, HOW, OFFICER)).rejects.toThrow("not-found");
});

const patientOf = (here: World, id: string): PatientItem => here.store.peek<PatientItem>(keys.patient(id)) as PatientItem;

test("who is to be asked again: the next first, in pages, with purposes and days and nothing else", async () => {
  const here = world();
  const [late, soon, proxy] = [
    await enrolled(here, "+14035550123"),
    await enrolled(here, "+14035550124"),
    await enrolled(here, "+14035550125", { relationship: "guardian", review: "2026-12-01" }),
  ];
  await agrees(here, late, ["appointments"], START - 40 * DAY);
  await agrees(here, soon, ["appointments", "recall"], START - 300 * DAY);
  const times = [late, soon].map(({ patient }) => patientOf(here, patient).renewAt ?? 0);
  const [lateAt = 0, soonAt = 0] = times;
  expect(lateAt).toBeGreaterThan(soonAt);
  const due = async (until: number, limit = 10, after?: string) => listDueConsents(here, until, { limit, after });

  expect((await due(soonAt - 1)).items.map(({ patient }) => patient)).toEqual([proxy.patient]);
  const { items, next } = await due(lateAt);
  expect(next).toBeUndefined();
  expect(items).toEqual([
    { patient: proxy.patient, expires: [], review: instantOf("2026-12-01", 0, here.clinic.timeZone) },
    {
      patient: soon.patient,
      expires: [
        { purpose: "appointments", until: soonAt },
        { purpose: "recall", until: soonAt },
      ],
      review: undefined,
    },
    { patient: late.patient, expires: [{ purpose: "appointments", until: lateAt }], review: undefined },
  ]);
  expect((await due(lateAt - 1)).items).toHaveLength(2);

  const first = await due(lateAt, 2);
  expect(first.items).toEqual(items.slice(0, 2));
  const second = await due(lateAt, 2, first.next);
  expect([second.items, second.next]).toEqual([items.slice(2), undefined]);
});

test("a consent that was taken back is not asked for again, nor is anybody who died, left or is not to be contacted", async () => {
  const here = world();
  const people = [];
  for (const end of ["123", "124", "125", "126", "127"]) people.push(await enrolled(here, `+14035550${end}`));
  for (const each of people) await agrees(here, each, ["appointments"], START - 300 * DAY);
  const [stays, died, left, silent, took] = people.map(({ patient }) => patient);
  const due = async (): Promise<string[]> =>
    (await listDueConsents(here, START + 3_000 * DAY, { limit: 10 })).items.map(({ patient }) => patient);
  expect((await due()).sort()).toEqual(people.map(({ patient }) => patient).sort());
  const change = (id = "", how: object) => changePatient(here, id, patientOf(here, id).ver, how, PERSON);
  await change(died, { deceased: true });
  await change(left, { left: true });
  await setNoContact(here, silent ?? "", { set: true, reason: "safety", number: undefined }, PERSON);
  await withdrawConsent(here, took ?? "", { purposes: undefined, method: "phone", at: START, evidence: undefined }, PERSON);
  expect(await due()).toEqual([stays]);
});
