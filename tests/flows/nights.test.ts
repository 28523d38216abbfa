/** Texts that are asked for at night in a clinic of Ontario: past midnight, and in the two nights in which its clocks change. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMonths, instantOf, localDate } from "../../lambdas/core/hours.ts";
import { assembly, decisionsIn } from "../support/decided.ts";
import { enrol, reminder } from "../support/enrol.ts";
import { type Answer, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = "America/Toronto";

const root = mkdtempSync(join(tmpdir(), "clinic-sms-nights-"));
let clinic: TestStack;
beforeAll(async () => {
  const change = decisionsIn(join(root, "clinic"));
  change("clinic.yaml", ["timeZone: America/Edmonton", `timeZone: ${ZONE}`], ["packs: [ca-ab]", "packs: [ca-on, us]"]);
  // Looked at so late that both changes of the clocks come before it is due again.
  const reviewed = Date.now() + 10 * DAY;
  change(
    "scenarios.yaml",
    // The US pack allows 160 characters.
    ["If it does not suit, call {phone}. Reply STOP for no more texts.", "Call {phone} to change. Reply STOP for no more texts."],
    [
      /(- id: appointment-reminder[\s\S]*?reviewed: )"[^"]+"(\s+review: )"[^"]+"/,
      `$1"${localDate(reviewed, "UTC")}"$2"${localDate(addMonths(reviewed, 12), "UTC")}"`,
    ],
  );
  assembly(join(root, "clinic"), join(root, "cdk.out"));
  clinic = await startTestStack({ cdkOut: join(root, "cdk.out") });
});
afterAll(async () => {
  await clinic?.close();
  rmSync(root, { recursive: true, force: true });
});

let phones = 6000;
const freshPhone = (): string => `+1403555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();
const send = (request: object): Promise<Answer> => clinic.call("POST", "/v1/messages", request);
const read = async ({ body }: Answer): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/messages/${body.id}`)).body;
const steps = async (message: Answer): Promise<string[]> => (await read(message)).history.map(({ status }: { status: string }) => status);
const lasting = (patient: string): object => reminder(patient, { expiresAt: iso(now() + 2 * DAY) });
/** An hour of the clock on the wall, on so many days from an instant on. */
const at = (hour: number, from = now(), days = 0): number =>
  instantOf(localDate(instantOf(localDate(from, ZONE), 12 * 60, ZONE) + days * DAY, ZONE), hour * 60, ZONE);
const offset = (instant: number): number =>
  instantOf(localDate(instant, ZONE), 12 * 60, "UTC") - instantOf(localDate(instant, ZONE), 12 * 60, ZONE);

test("past midnight: what is too much today waits for the morning, counts as tomorrow's, and leaves then, once", async () => {
  const { e164, patient } = await enrol(clinic, freshPhone());
  clinic.stack.clock.set(at(15));
  expect((await send(lasting(patient))).body.status).toBe("accepted");
  await clinic.drain(true);
  clinic.stack.clock.set(at(19.5));
  expect((await send(lasting(patient))).body.code).toBe("limit-day");
  clinic.stack.clock.set(at(23.5));
  const late = await send(lasting(patient));
  expect(late.body).toMatchObject({ status: "held", holdUntil: iso(at(8, now(), 1)) });
  clinic.advance(HOUR);
  await clinic.drain();
  expect((await read(late)).status).toBe("held");
  clinic.stack.clock.set(at(8) - MINUTE);
  await clinic.drain();
  expect(clinic.inbox(e164)).toHaveLength(1);
  clinic.advance(2 * MINUTE);
  await clinic.drain();
  expect(await steps(late)).toEqual(["held", "accepted", "sending", "sent", "delivered"]);
  expect(clinic.inbox(e164)).toHaveLength(2);
  expect((await send(lasting(patient))).body.code).toBe("limit-day");
});

test("in both nights of the year in which the clocks change, nine in the morning is nine on the wall", async () => {
  const slept: number[] = [];
  for (let night = 0; night < 2; night++) {
    // To nine in the evening before the next change: a Saturday's, after the hours for texts.
    let evening = at(21, now(), 1);
    while (offset(evening) === offset(evening + DAY)) evening = at(21, evening, 1);
    const morning = at(9, evening, 1);
    clinic.stack.clock.set(evening);
    await clinic.drain();
    const { e164, patient } = await enrol(clinic, freshPhone());
    const early = await send(lasting(patient));
    // Once more while the hour is being skipped or repeated: the same morning is meant, and a text a day is allowed.
    clinic.stack.clock.set(at(0, morning) + 2.5 * HOUR);
    const other = await enrol(clinic, freshPhone());
    const within = await send(lasting(other.patient));
    for (const { body } of [early, within]) expect(body).toMatchObject({ status: "held", holdUntil: iso(morning) });
    clinic.stack.clock.set(morning - MINUTE);
    await clinic.drain();
    expect([(await read(early)).status, (await read(within)).status]).toEqual(["held", "held"]);
    clinic.advance(2 * MINUTE);
    await clinic.drain();
    for (const message of [early, within]) expect(await steps(message)).toEqual(["held", "accepted", "sending", "sent", "delivered"]);
    for (const phone of [e164, other.e164]) expect(clinic.inbox(phone)).toHaveLength(1);
    slept.push((morning - evening) / HOUR);
  }
  // Twelve hours on the wall.
  expect(slept.toSorted((a, b) => a - b)).toEqual([11, 13]);
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  await clinic.drain(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
