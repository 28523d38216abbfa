import { expect, test } from "vitest";
import { keys, type NumberItem, type PatientItem } from "../../lambdas/core/items.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { readConsents } from "../../lambdas/core/verbs/read-patient.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { type ConsentGiven, recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { changePatient, registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { withdrawConsent } from "../../lambdas/core/verbs/withdraw-consent.ts";
import { chains } from "../support/history.ts";
import { APPLICATION, DAY, HOUR, PERSON, SRC, START, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";

async function enrolled(): Promise<{
  here: World;
  patient: string;
  given: ConsentGiven;
  nightly: () => Promise<void>;
  remind: () => Promise<string>;
  text: (body: string) => Promise<unknown>;
}> {
  const here = world();
  const identifiers = [{ system: "emr", value: "A-1" }];
  const { patient } = await registerPatient(here, { identifiers, team: "nurses" }, APPLICATION);
  const how = { e164: PHONE, kind: "mobile", relationship: "self" } as const;
  const { number } = await registerNumber(here, patient.id, how, PERSON);
  const given: ConsentGiven = {
    decision: "granted",
    purposes: ["appointments"],
    number: number.id,
    wording: { id: "basics", version: 1 },
    method: "phone",
    agreedAt: START - DAY,
  };
  await recordConsent(here, patient.id, given, PERSON);
  let sent = 0;
  return {
    here,
    patient: patient.id,
    given,
    nightly: async () => {
      await registerPatient(here, { identifiers, team: "nurses" }, APPLICATION);
      await registerNumber(here, patient.id, how, PERSON);
      await recordConsent(here, patient.id, given, PERSON);
      // Some EMRs make a new evidence number each time they export.
      await recordConsent(here, patient.id, { ...given, evidence: `export-${here.time.now}` }, PERSON);
    },
    remind: async () => {
      const request = {
        patient: { id: patient.id },
        scenario: "reminder",
        template: "reminder",
        params: { date: "2026-12-01", time: "10:00" },
      };
      const { message } = await acceptMessage(here, request, `key-${sent++}`, "emr", APPLICATION);
      return message.status === "refused" ? (message.why[0] ?? "refused") : message.status;
    },
    text: (body) => receiveText(here, { from: PHONE, body, inboundMessageId: `in-${here.time.now}-${body}`, at: here.time.now }, SRC),
  };
}

test("everything re-posted each night for a week after a STOP re-opens nothing", async () => {
  const { here, nightly, remind, text } = await enrolled();
  expect(await remind()).toBe("accepted");
  await text("STOP");
  for (let night = 1; night <= 7; night++) {
    here.time.now = START + night * DAY;
    const commits = here.store.commits.length;
    await nightly();
    expect(["opted-out", "consent-not-in-force", "patient-paused"]).toContain(await remind());
    // Beyond the new evidence's own record and the refusal, nothing was written.
    expect(here.store.commits.length - commits).toBe(2);
  }
  const number = here.store.state().find((item) => item.SK === "N") as unknown as NumberItem;
  expect(number).toMatchObject({ state: "stopped", epoch: 1 });
  const broken: string[] = [];
  chains(here, broken);
  expect(broken).toEqual([]);
});

test("START alone brings no consent back; YES brings back what stood, and NO does not", async () => {
  for (const [answer, expected] of [
    ["YES", "accepted"],
    ["NO", "consent-not-in-force"],
  ] as const) {
    const { here, remind, text } = await enrolled();
    await text("STOP");
    here.time.now += HOUR;
    await text("START");
    expect(await remind()).toBe("consent-not-in-force");
    here.time.now += HOUR;
    await text(answer);
    expect(await remind()).toBe(expected);
  }
});

test("a YES a day too late, or to no question, makes no consent", async () => {
  const { here, remind, text } = await enrolled();
  await text("STOP");
  here.time.now += HOUR;
  await text("START");
  here.time.now += DAY + HOUR;
  await text("YES");
  expect(await remind()).toBe("consent-not-in-force");
});

test("an old grant never beats a newer withdrawal, and a withdrawal counts whatever its date", async () => {
  const { here, patient, given, remind } = await enrolled();
  await withdrawConsent(here, patient, { method: "phone", at: START - 3 * DAY }, PERSON);
  expect(await remind()).toBe("consent-withdrawn");
  const old = await recordConsent(here, patient, { ...given, agreedAt: START - 2 * DAY }, PERSON);
  expect(old).toMatchObject({ code: "agreed-before-withdrawal", consent: { counted: false } });
  expect(await remind()).toBe("consent-withdrawn");
  here.time.now += HOUR;
  await recordConsent(here, patient, { ...given, agreedAt: here.time.now }, PERSON);
  expect(await remind()).toBe("accepted");
});

test("as of a time: what was in force by what had been recorded then", async () => {
  const { here, patient } = await enrolled();
  here.time.now += DAY;
  await withdrawConsent(here, patient, { method: "in-person", at: here.time.now }, PERSON);
  const then = await readConsents(here, patient, START + HOUR, PERSON);
  expect(then.effective["appointments"]?.status).toBe("granted");
  expect(then.records).toHaveLength(1);
  expect((await readConsents(here, patient, undefined, PERSON)).effective["appointments"]?.status).toBe("withdrawn");
});

test("what a person may not say: unknown wording, a purpose it lacks, the future, somebody else's number", async () => {
  const { here, patient, given } = await enrolled();
  await expect(recordConsent(here, patient, { ...given, wording: { id: "basics", version: 9 } }, PERSON)).rejects.toThrow(
    "wording-unknown",
  );
  await expect(recordConsent(here, patient, { ...given, purposes: ["marketing"] }, PERSON)).rejects.toThrow("purpose-not-in-wording");
  await expect(recordConsent(here, patient, { ...given, agreedAt: START + DAY }, PERSON)).rejects.toThrow("agreed-in-future");
  await expect(recordConsent(here, patient, { ...given, number: "tel_00000000000000000000000000" }, PERSON)).rejects.toThrow("not-found");
});

test("a pause ends when somebody asks, not by itself", async () => {
  const { here, patient, remind, text } = await enrolled();
  await text("STOP");
  here.time.now += HOUR;
  await text("START");
  here.time.now += HOUR;
  const paused = here.store.peek<PatientItem>(keys.patient(patient));
  expect(paused?.paused).toBeDefined();
  await changePatient(here, patient, paused?.ver ?? 0, { paused: false }, PERSON);
  expect(here.store.peek<PatientItem>(keys.patient(patient))?.paused).toBeUndefined();
  // The pause is over; the consent is still the one from before the STOP.
  expect(await remind()).toBe("consent-not-in-force");
});
