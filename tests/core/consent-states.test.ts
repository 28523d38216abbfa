/** States, age and confirmation of consents, and what was in force on a day. */
import { expect, test } from "vitest";
import { expiryOf, stateOf } from "../../lambdas/core/consent.ts";
import { consentNote, MISSING, missingOf } from "../../lambdas/core/consent-note.ts";
import { localTime } from "../../lambdas/core/hours.ts";
import { type ConsentItem, type Effective, keys, type LinkItem, type NumberItem, type PatientItem } from "../../lambdas/core/items.ts";
import { levelOf } from "../../lambdas/core/level.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { confirmConsent } from "../../lambdas/core/verbs/confirm-consent.ts";
import { readConsents } from "../../lambdas/core/verbs/read-patient.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { type ConsentGiven, recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { endNumber, registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { withdrawConsent } from "../../lambdas/core/verbs/withdraw-consent.ts";
import { chains } from "../support/history.ts";
import { APPLICATION, clinic, DAY, HOUR, MINUTE, PERSON, SRC, START, seeded, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";
const MONTHS = { consentMonths: 24 };
const held = (more: Partial<Effective> = {}): Effective => ({
  status: "granted",
  number: "N#1#a",
  wording: "basics/v1",
  agreedAt: START,
  epoch: 0,
  record: "con_1",
  ...more,
});

interface Enrolled {
  readonly here: World;
  readonly patient: string;
  readonly number: string;
  readonly given: ConsentGiven;
  text(body: string): Promise<void>;
  ask(): Promise<string>;
  item(): PatientItem;
  phone(): NumberItem;
  link(): LinkItem;
}

/** Two years on, somebody has looked at the scenarios. */
const reviewed = { ...clinic, scenarios: clinic.scenarios.map((scenario) => ({ ...scenario, review: "2040-01-01" })) };

async function enrolled(more: Partial<ConsentGiven> = {}): Promise<Enrolled> {
  const here = world({ clinic: reviewed });
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value: "A-1" }] }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  const given: ConsentGiven = {
    decision: "granted",
    purposes: ["appointments"],
    number: number.id,
    wording: { id: "basics", version: 1 },
    method: "phone",
    agreedAt: START - DAY,
    ...more,
  };
  await recordConsent(here, patient.id, given, PERSON);
  let texts = 0;
  const of = (suffix: string) => here.store.state().find((item) => item.PK.startsWith("N#") && item.SK.startsWith(suffix));
  return {
    here,
    patient: patient.id,
    number: number.id,
    given,
    text: async (body) => {
      await receiveText(here, { from: PHONE, body, inboundMessageId: `in-${texts++}`, at: here.time.now }, SRC);
    },
    ask: async () => {
      const request = {
        patient: { id: patient.id },
        scenario: "reminder",
        template: "reminder",
        params: { date: "2026-12-01", time: "10:00" },
      };
      const { message } = await acceptMessage(here, request, `key-${texts++}`, "emr", APPLICATION);
      return message.why[0] ?? message.status;
    },
    item: () => here.store.peek<PatientItem>(keys.patient(patient.id)) as PatientItem,
    phone: () => of("N") as unknown as NumberItem,
    link: () => of("L#") as unknown as LinkItem,
  };
}
const recordOfGrant = (item: PatientItem): string => item.effective["appointments"]?.record ?? "";
const tasks = (here: World): string[] =>
  here.store.state().flatMap((item) => (item.SK === "C" ? (item["tasks"] as unknown as { kind: string }[]).map(({ kind }) => kind) : []));
const replies = (here: World): string[] =>
  here.store
    .state()
    .flatMap((item) => (item["direction"] === "out" ? [(item["ground"] as { reply?: string } | undefined)?.reply ?? ""] : []));

test("a consent is asked, declined, granted, confirmed, withdrawn or expired", () => {
  const state = (more: Partial<Effective>, at = START): string => stateOf("pat_1", held(more), at, MONTHS);
  expect(state({ status: "asked" })).toBe("asked");
  expect(state({ status: "declined" })).toBe("declined");
  expect(state({ status: "withdrawn", until: START - 1 })).toBe("withdrawn");
  expect(state({})).toBe("granted");
  expect(state({ confirmedAt: START })).toBe("confirmed");
  expect(state({ until: START })).toBe("expired");
  expect(state({ until: START + 1 })).toBe("granted");
  // As the clinic decides today, where that is shorter; a longer time lengthens nothing that was recorded.
  const later = Date.parse("2027-06-24T17:00:00Z");
  expect(stateOf("pat_1", held({ until: START + 900 * DAY }), later, { consentMonths: 6 })).toBe("expired");
  expect(stateOf("pat_1", held({ until: START + 100 * DAY }), later, { consentMonths: 60 })).toBe("expired");
});

test("a thousand consents that were imported in one moment run out over ninety days, none later than the clinic allows", () => {
  const latest = Date.parse("2028-11-24T17:00:00Z");
  const days = Array.from({ length: 1_000 }, (_, at) => {
    const runsOut = expiryOf(`pat_${at}`, START, MONTHS);
    expect(runsOut).toBeLessThanOrEqual(latest);
    expect(runsOut).toBe(expiryOf(`pat_${at}`, START, MONTHS));
    return (latest - runsOut) / DAY;
  });
  const count = new Map<number, number>();
  for (const day of days) count.set(day, (count.get(day) ?? 0) + 1);
  expect([...count.keys()].every((day) => Number.isInteger(day) && day >= 0 && day <= 90)).toBe(true);
  expect(count.size).toBeGreaterThan(85);
  // Eleven a day on average.
  expect(Math.max(...count.values())).toBeLessThanOrEqual(30);
  // A short term is spread over a quarter of itself.
  for (let at = 0; at < 200; at++)
    expect(Date.parse("2026-12-24T17:00:00Z") - expiryOf(`pat_${at}`, START, { consentMonths: 1 })).toBeLessThanOrEqual(7 * DAY);
});

test("an answer that is still waited for carries no text, and asking again changes no answer that was given", async () => {
  const { here, patient, given, ask, item } = await enrolled({ decision: "asked" });
  expect(await ask()).toBe("consent-asked");
  await recordConsent(here, patient, { ...given, decision: "granted" }, PERSON);
  expect(await ask()).toBe("accepted");
  here.time.now += DAY;
  const again = await recordConsent(here, patient, { ...given, decision: "asked", agreedAt: here.time.now }, PERSON);
  expect(again.consent.counted).toBe(false);
  expect(item().effective["appointments"]?.status).toBe("granted");
});

test("a consent that is too old carries no text; a new conversation, or a YES from the phone, renews it", async () => {
  const { here, patient, given, ask, item, text } = await enrolled();
  const runsOut = item().effective["appointments"]?.until ?? 0;
  expect(runsOut).toBe(expiryOf(patient, given.agreedAt, clinic));
  here.time.now = runsOut - 1;
  expect(await ask()).toBe("accepted");
  here.time.now = runsOut;
  expect(await ask()).toBe("consent-expired");
  await confirmConsent(here, patient, recordOfGrant(item()), PERSON);
  await text("YES");
  expect(await ask()).toBe("accepted");
  expect(item().effective["appointments"]?.until).toBe(expiryOf(patient, runsOut, clinic));
  here.time.now = expiryOf(patient, runsOut, clinic);
  expect(await ask()).toBe("consent-expired");
  await recordConsent(here, patient, { ...given, agreedAt: here.time.now }, PERSON);
  expect(await ask()).toBe("accepted");
});

test("YES from the phone within a day confirms the consent and lifts the number to level 2; the receipt goes back", async () => {
  const { here, patient, given, item, phone, link, text } = await enrolled();
  const id = recordOfGrant(item());
  expect(levelOf(phone(), link(), here.time.now, clinic)).toBe(1);
  const asked = await confirmConsent(here, patient, id, PERSON);
  expect(asked).toMatchObject({ known: false, until: here.time.now + DAY });
  // Asked again while the question is open, nothing more is sent.
  expect(await confirmConsent(here, patient, id, PERSON)).toEqual({ ...asked, known: true });
  const ver = phone().ver;
  here.time.now += 23 * HOUR;
  await text("Yes");
  expect(stateOf(patient, item().effective["appointments"] as Effective, here.time.now, clinic)).toBe("confirmed");
  expect(levelOf(phone(), link(), here.time.now, clinic)).toBe(2);
  expect(phone().ver).toBe(ver + 1);
  expect(replies(here)).toEqual(["consent-question", "consent-receipt"]);
  expect(tasks(here)).toEqual([]);
  // The same conversation recorded with more about it stays confirmed.
  await recordConsent(here, patient, { ...given, evidence: "form-9" }, PERSON);
  expect(item().effective["appointments"]).toMatchObject({ confirmedAt: here.time.now, status: "granted" });
  const broken: string[] = [];
  chains(here, broken);
  expect(broken).toEqual([]);
});

test("NO from the phone takes the consent back, casts doubt on the number and opens a task", async () => {
  const { here, patient, item, phone, link, text, ask } = await enrolled();
  await confirmConsent(here, patient, recordOfGrant(item()), PERSON);
  here.time.now += HOUR;
  await text("No");
  expect(await ask()).toBe("consent-declined");
  expect(levelOf(phone(), link(), here.time.now, clinic)).toBe(0);
  expect(tasks(here)).toEqual(["answered-no"]);
  expect(replies(here).filter((reply) => reply !== "")).toEqual(["consent-question"]);
});

test("a YES that is not surely that patient's word is for a person: too late, on a phone that came to be shared, after a withdrawal", async () => {
  const late = await enrolled();
  await confirmConsent(late.here, late.patient, recordOfGrant(late.item()), PERSON);
  late.here.time.now += DAY + 1;
  await late.text("YES");
  expect(late.item().effective["appointments"]?.confirmedAt).toBeUndefined();

  for (const between of ["shared", "withdrawn"] as const) {
    const { here, patient, item, text } = await enrolled();
    await confirmConsent(here, patient, recordOfGrant(item()), PERSON);
    if (between === "withdrawn") await withdrawConsent(here, patient, { method: "phone", at: here.time.now }, PERSON);
    else {
      const other = await registerPatient(here, { identifiers: [{ system: "emr", value: "A-2" }] }, APPLICATION);
      await registerNumber(here, other.patient.id, { e164: PHONE, kind: "mobile", relationship: "shared" }, PERSON);
    }
    here.time.now += MINUTE;
    await text("YES");
    expect(item().effective["appointments"]?.confirmedAt).toBeUndefined();
    expect(tasks(here)).toEqual(["question-unclear"]);
  }
});

test("the question is not asked of a number that opted out, is shared, ended or another question's, nor a fourth time in a day", async () => {
  const code = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "asked",
      (error: Error) => error.message,
    );
  const stopped = await enrolled();
  const grant = recordOfGrant(stopped.item());
  await stopped.text("STOP");
  expect(await code(confirmConsent(stopped.here, stopped.patient, grant, PERSON))).toBe("consent-not-in-force");

  const shared = await enrolled();
  const other = await registerPatient(shared.here, { identifiers: [{ system: "emr", value: "A-2" }] }, APPLICATION);
  await registerNumber(shared.here, other.patient.id, { e164: PHONE, kind: "mobile", relationship: "self" }, PERSON);
  expect(await code(confirmConsent(shared.here, shared.patient, recordOfGrant(shared.item()), PERSON))).toBe("number-shared");

  const ended = await enrolled();
  await endNumber(ended.here, ended.patient, ended.number, "changed", PERSON);
  expect(await code(confirmConsent(ended.here, ended.patient, recordOfGrant(ended.item()), PERSON))).toBe("number-missing");

  const busy = await enrolled();
  const first = recordOfGrant(busy.item());
  await recordConsent(busy.here, busy.patient, { ...busy.given, purposes: ["recall"], evidence: "form-2" }, PERSON);
  const second = busy.item().effective["recall"]?.record ?? "";
  expect(await code(confirmConsent(busy.here, busy.patient, first, PERSON))).toBe("asked");
  expect(await code(confirmConsent(busy.here, busy.patient, second, PERSON))).toBe("question-open");
  for (let n = 0; n < 2; n++) await busy.text("HELP");
  busy.here.time.now += DAY - 10 * HOUR;
  await busy.text("YES");
  expect(await code(confirmConsent(busy.here, busy.patient, "con_00000000000000000000000000", PERSON))).toBe("not-found");
});

test("three service texts a day: the question is one of them", async () => {
  const { here, patient, item, text } = await enrolled();
  for (let n = 0; n < 3; n++) await text("HELP");
  await expect(confirmConsent(here, patient, recordOfGrant(item()), PERSON)).rejects.toThrow("service-limit");
  here.time.now += DAY;
  await confirmConsent(here, patient, recordOfGrant(item()), PERSON);
});

test("a number that was ended comes back only with a proof, however often it is posted", async () => {
  const { here, patient, number, phone, link } = await enrolled();
  await endNumber(here, patient, number, "wrong", PERSON);
  const how = { e164: PHONE, kind: "mobile", relationship: "self" } as const;
  here.time.now += DAY;
  await registerNumber(here, patient, how, PERSON);
  expect([link().active, levelOf(phone(), link(), here.time.now, clinic)]).toEqual([true, 0]);
  here.time.now += DAY;
  await registerNumber(here, patient, { ...how, known: { how: "called-back", at: here.time.now } }, PERSON);
  expect(levelOf(phone(), link(), here.time.now, clinic)).toBe(4);
  const commits = here.store.commits.length;
  await registerNumber(here, patient, { ...how, known: { how: "called-back", at: here.time.now } }, PERSON);
  expect(here.store.commits.length).toBe(commits);
});

test("a record says what it leaves open, and the note for the chart says what was said in both languages", async () => {
  const { here, patient, given, item } = await enrolled();
  const bare = here.store.peek<ConsentItem>(keys.consent(patient, given.agreedAt, recordOfGrant(item()))) as ConsentItem;
  expect(missingOf(bare, clinic)).toEqual(MISSING.filter((each) => each !== "evidence"));
  expect(missingOf({ ...bare, method: "written" }, clinic)).toEqual([...MISSING]);
  const discussion: NonNullable<ConsentGiven["discussion"]> = {
    language: "cr",
    interpreter: "professional",
    where: "video",
    spokeBy: "j.roy",
    teachBack: [
      { question: 1, answer: "ok" },
      { question: 2, answer: "explained-again" },
    ],
    attests: { ownPhone: true, locked: false, keepsCurrent: true },
  };
  const { consent } = await recordConsent(here, patient, { ...given, discussion }, PERSON);
  expect(missingOf(consent, clinic)).toEqual([]);
  const clock = localTime(START, clinic.timeZone);
  const [en, fr] = (["en", "fr"] as const).map((language) => consentNote(consent, "0123", clinic, language));
  for (const part of [
    `The patient agreed to texts from the clinic (by phone, 2026-11-23 ${clock}).`,
    "- appointments (en)",
    "Number ending in 0123.",
    `Recorded by m.tremblay (front-desk), 2026-11-24 ${clock}.`,
    "Spoke with the patient: j.roy.",
    "Where: by video.",
    "Language: cr.",
    "Interpreter: a professional interpreter.",
    "What was said (basics/v1):\nWe can text you about appointments",
    "Asked back: What if it is urgent? answered well.",
    "Asked back: Who can read it? explained again.",
    "The patient's part: own phone: yes; the phone locks: no; will tell us of a new number: yes.",
  ])
    expect(en).toContain(part);
  expect(fr).toContain(`Le patient accepte les textos de la clinique (par téléphone, 2026-11-23 ${clock}).`);
  expect(fr).toContain("Question posée : Who can read it? expliqué de nouveau.");
  expect(`${en}${fr}`).not.toContain("4035550123");
  const beyond: ConsentGiven = { ...given, discussion: { teachBack: [{ question: 3, answer: "ok" }] } };
  await expect(recordConsent(here, patient, beyond, PERSON)).rejects.toThrow("invalid-request");
});

test("what was in force at every instant of fifty random histories is what stood then", async () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seeded(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const { here, patient, number, given, item, phone, text } = await enrolled();
    const purposes = [["appointments"], ["recall"], ["appointments", "recall"]];
    const snapshots: { at: number; stood: object }[] = [];
    let ended = false;
    const stood = (at: number): object =>
      Object.fromEntries(
        Object.entries(item().effective).map(([purpose, entry]) => {
          const status = stateOf(patient, entry, at, clinic);
          const usable = (status === "granted" || status === "confirmed") && entry.epoch === phone().epoch && !ended;
          return [purpose, { status, record: entry.record, wording: entry.wording, agreedAt: entry.agreedAt, inForce: usable }];
        }),
      );
    for (let step = 0; step < 14; step++) {
      here.time.now += pick([MINUTE, HOUR, DAY, 40 * DAY, 300 * DAY]);
      const at = here.time.now;
      switch (Math.floor(random() * 8)) {
        case 0:
        case 1:
          await recordConsent(here, patient, { ...given, purposes: pick(purposes), agreedAt: at - pick([0, DAY, 90 * DAY]) }, PERSON).catch(
            () => undefined,
          );
          break;
        case 2:
          await recordConsent(
            here,
            patient,
            { ...given, decision: pick(["declined", "asked"]), purposes: pick(purposes), agreedAt: at },
            PERSON,
          ).catch(() => undefined);
          break;
        case 3:
          await withdrawConsent(here, patient, { purposes: pick(purposes), method: "phone", at: at - pick([0, DAY]) }, PERSON);
          break;
        case 4:
          await text("STOP");
          break;
        case 5:
          await text("START");
          here.time.now += MINUTE;
          await text(pick(["YES", "NO"]));
          break;
        case 6:
          await confirmConsent(here, patient, recordOfGrant(item()), PERSON).catch(() => undefined);
          here.time.now += MINUTE;
          await text(pick(["YES", "YES", "NO"]));
          break;
        default:
          if (random() < 0.3 && !ended) {
            await endNumber(here, patient, number, "changed", PERSON);
            ended = true;
          }
      }
      snapshots.push({ at: here.time.now, stood: stood(here.time.now) });
    }
    for (const { at, stood: expected } of snapshots) {
      const { effective } = await readConsents(here, patient, at, PERSON);
      const told = Object.fromEntries(
        Object.entries(effective).map(([purpose, { status, record, wording, agreedAt, inForce }]) => [
          purpose,
          { status, record, wording, agreedAt, inForce },
        ]),
      );
      expect([seed, at, told]).toEqual([seed, at, expected]);
    }
  }
});
