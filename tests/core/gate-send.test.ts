/** The gate at both of its looks, over the memory store: limits that two sends at once cannot both pass, and a clinic's hook that throws. */
import { expect, test } from "vitest";
import type { Clinic } from "../../lambdas/core/clinic.ts";
import { keys, type OutboundItem } from "../../lambdas/core/items.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { APPLICATION, clinic, DAY, PERSON, SRC, START, type World, world } from "../support/world.ts";

const us: Clinic = {
  ...clinic,
  rules: [
    { id: "us", name: "US", rules: [{ id: "r", says: "One a day.", source: "a test", lawAsOf: "2026-01-01", sets: { perDay: 1 } }] },
  ] as never,
};

async function enrolled(here: World): Promise<string> {
  const { patient } = await registerPatient(here, { identifiers: [{ system: "emr", value: "1" }] }, APPLICATION);
  const { number } = await registerNumber(here, patient.id, { e164: "+14035550123", kind: "mobile", relationship: "self" }, PERSON);
  const agreed = { purposes: ["appointments"], number: number.id, wording: { id: "basics", version: 1 }, method: "phone" } as const;
  await recordConsent(here, patient.id, { decision: "granted", ...agreed, agreedAt: START - DAY }, PERSON);
  return patient.id;
}
const remind = async (here: World, patient: string, key: string): Promise<OutboundItem> => {
  const request = { patient: { id: patient }, scenario: "reminder", template: "reminder", params: { date: "2026-12-01", time: "10:00" } };
  return (await acceptMessage(here, request, key, "emr", APPLICATION)).message;
};
const now = (here: World, { id }: OutboundItem): OutboundItem | undefined => here.store.peek<OutboundItem>(keys.message(id));

test("two texts that are sent at once: one leaves, the other is over the day's limit", async () => {
  const here = world({ clinic: us });
  const patient = await enrolled(here);
  const texts = [await remind(here, patient, "a"), await remind(here, patient, "b")];
  expect(texts.map(({ status }) => status)).toEqual(["accepted", "accepted"]);
  await Promise.all(here.errands.splice(0).map(({ errand }) => sendText(here, errand, SRC)));
  const ended = texts.map((each) => now(here, each));
  expect(ended.map((each) => each?.status).sort()).toEqual(["refused", "sent"]);
  expect(ended.find((each) => each?.status === "refused")).toMatchObject({ why: ["limit-day"], secondLook: { outcome: "refuse" } });
  expect(here.sent).toHaveLength(1);
  expect((await remind(here, patient, "c")).why).toEqual(["limit-day"]);
  here.time.now += DAY;
  expect((await remind(here, patient, "d")).status).toBe("accepted");
});

test("a text that certainly did not leave does not count", async () => {
  const here = world({ clinic: us, carrier: () => ({ kind: "refused", code: "carrier-refused" }) });
  const patient = await enrolled(here);
  const text = await remind(here, patient, "a");
  for (const { errand } of here.errands.splice(0)) await sendText(here, errand, SRC);
  expect(now(here, text)?.status).toBe("failed");
  expect((await remind(here, patient, "b")).status).toBe("accepted");
});

test("a clinic's hook that throws refuses at either look, and is told of by name", async () => {
  const here = world();
  const patient = await enrolled(here);
  const broken = {
    name: "clinic:broken",
    judge: () => {
      throw new Error("a bug");
    },
  };
  const accepted = await remind(here, patient, "a");
  const failed: string[] = [];
  const shut: World = { ...here, gate: { hooks: [broken], failed: (hook) => void failed.push(hook) } };
  for (const { errand } of here.errands.splice(0)) await sendText(shut, errand, SRC);
  expect(now(here, accepted)).toMatchObject({ status: "refused", why: ["hook-failed"] });
  expect((await remind(shut, patient, "b")).why).toEqual(["hook-failed"]);
  expect(failed).toEqual(["clinic:broken", "clinic:broken"]);
  expect(here.sent).toEqual([]);
});
