/**
 * A Canadian long code carries one part a second. On a lane that slow texts wait for each other: none is lost, none leaves
 * early, and an errand that would wait long goes back to its queue instead of keeping a function running.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { synthesise } from "../../lib/synth.ts";
import { type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const outdir = mkdtempSync(join(tmpdir(), "clinic-sms-lane-"));
let clinic: TestStack;
beforeAll(async () => {
  synthesise({ outdir, context: { partsPerSecond: 1 } });
  clinic = await startTestStack({ cdkOut: outdir });
});
afterAll(async () => {
  await clinic.close();
  rmSync(outdir, { recursive: true, force: true });
});

test("one part a second, whoever waits: long texts and reminders leave one after another, each once", async () => {
  const people: Enrolled[] = [];
  for (let n = 0; n < 5; n++) people.push(await enrol(clinic, `+1403555600${n}`));
  const [one, two, ...others] = people;
  const send = (requests: readonly object[]) => Promise.all(requests.map((request) => clinic.call("POST", "/v1/messages", request)));
  const handedOver = (): number => clinic.stack.aws.calls(0).filter(({ action }) => action === "SendTextMessage").length;
  const long = await send(others.map(({ patient }) => ({ patient: { id: patient }, scenario: "scheduling", body: "ê".repeat(268) })));
  await expect.poll(handedOver, { timeout: 10_000 }).toBeGreaterThan(0);
  const short = await send([one, two].map((person) => reminder(person?.patient ?? "")));
  const accepted = [...long, ...short];
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
  const parts = accepted.map(({ body }) => body.parts as number);
  expect(parts).toEqual([4, 4, 4, 1, 1]);
  await clinic.drain(true);

  for (const { e164 } of people) expect(clinic.inbox(e164)).toHaveLength(1);
  for (const { body } of accepted) expect((await clinic.call("GET", `/v1/messages/${body.id}`)).body.status).toBe("delivered");
  const claims = (await clinic.items("state"))
    .filter((item) => item["direction"] === "out")
    .map((item) => ({ at: Number(item["claimedAt"]), parts: Number(item["parts"]) }))
    .sort((a, b) => a.at - b.at);
  // Each claim keeps the lane for as many seconds as its text has parts.
  claims.slice(1).forEach((claim, at) => {
    const before = claims[at];
    expect(claim.at - (before?.at ?? 0)).toBeGreaterThanOrEqual((before?.parts ?? 0) * 1_000);
  });
  // Reminders wait for a lane that nobody else has wanted for a while: those who write to a person go first.
  const firstReminder = claims.findIndex((claim) => claim.parts === 1);
  expect(firstReminder).toBeGreaterThanOrEqual(2);
  // A function that may not change the visibility of what it holds would run on, or lose its place.
  const sent = clinic.stack.aws.calls(0).filter(({ function: name }) => name === "send-text");
  const back = sent.filter(({ action, status }) => action === "ChangeMessageVisibility" && status === 200).length;
  process.stdout.write(`five texts of ${parts.join(" + ")} parts: ${back} errands went back to wait\n`);
  expect(back).toBeGreaterThan(0);
  expect(handedOver()).toBe(5);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
  expect(clinic.stack.aws.policyReport().unused.filter(({ action }) => action === "sqs:ChangeMessageVisibility")).toEqual([]);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});
