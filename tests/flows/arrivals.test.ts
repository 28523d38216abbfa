import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { enrol } from "../support/enrol.ts";
import { settle } from "../support/settle.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
});
afterAll(() => clinic.close());
afterEach(() => clinic.clearFaults());

const phone = (n: number): string => `+1780555${String(1000 + n)}`;
const storedTexts = async (): Promise<Record<string, unknown>[]> =>
  (await clinic.items("state")).filter((item) => item["direction"] === "in");

/** 500 texts of 60 people, every tenth of them sent twice, in shuffled order. @returns how many different ones */
async function flood(first: number): Promise<number> {
  const texts = Array.from({ length: 450 }, (_, n) => ({
    from: phone(first + (n % 60)),
    body: `text ${n}`,
    inboundMessageId: `flood-${first}-${n}`,
  }));
  const all = [...texts, ...texts.filter((_, n) => n % 9 === 0)];
  for (let n = all.length - 1; n > 0; n--) {
    const other = (n * 7919 + first) % (n + 1);
    [all[n], all[other]] = [all[other] as (typeof all)[number], all[n] as (typeof all)[number]];
  }
  expect(all).toHaveLength(500);
  for (const { from, body, inboundMessageId } of all) await clinic.text(from, body, { inboundMessageId });
  return texts.length;
}

test("500 texts, 10 % of them twice, in any order: exactly 450 are stored, each conversation in one queue", async () => {
  const before = (await storedTexts()).length;
  const expected = await flood(0);
  await clinic.drain();
  expect((await storedTexts()).length - before).toBe(expected);
  const books = await readBooks(clinic);
  expect(wrongs(books)).toEqual([]);
  const waiting = books.state.filter((item) => item["SK"] === "C");
  expect(waiting).toHaveLength(60);
  expect(waiting.every((item) => item["state"] === "waiting" && item["q"] === "front-desk")).toBe(true);
});

test("the worker killed in the middle of its batch, again and again: the same", async () => {
  const before = (await storedTexts()).length;
  for (const nth of [3, 40, 90, 200])
    clinic.fault({ function: "receive-text", service: "dynamodb", action: "TransactWriteItems", nth, kind: "crash" });
  for (const nth of [25, 120])
    clinic.fault({ function: "receive-text", service: "dynamodb", action: "TransactWriteItems", nth, kind: "crash", after: true });
  const expected = await flood(100);
  await settle(clinic);
  expect((await storedTexts()).length - before).toBe(expected);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.calls(0).filter((call) => call.fault === "crash").length).toBe(6);
});

test("KMS refuses for thirty minutes: every text arrives afterwards, none is in the dead-letter queue", async () => {
  const before = (await storedTexts()).length;
  clinic.fault({ service: "kms", kind: "refuse", times: 1_000_000 });
  for (let n = 0; n < 20; n++) await clinic.text(phone(200 + n), `during the outage ${n}`);
  for (let minute = 0; minute < 30; minute += 3) {
    clinic.advance(3 * MINUTE + 1000);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect((await storedTexts()).length).toBe(before);
  clinic.clearFaults();
  await clinic.drain(true);
  expect((await storedTexts()).length - before).toBe(20);
  const dead = clinic.stack.aws.queues.list().filter((queue) => queue.dlqOf.length > 0);
  expect(dead.length).toBeGreaterThan(0);
  expect(dead.every((queue) => queue.visible + queue.inflight === 0)).toBe(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});

test("what cannot be read is kept, sealed, and waits at the front desk; the texts beside it are stored", async () => {
  const before = (await storedTexts()).length;
  const raws = [
    "not JSON at all",
    '{"originationNumber":"+17805559001"}',
    "null",
    `{"originationNumber":"+17805559001","messageBody":"${"x".repeat(20_000)}","inboundMessageId":"big"}`,
  ];
  for (const raw of raws) await clinic.text(phone(300), "", { raw });
  await clinic.text(phone(301), "a good one");
  await clinic.drain();
  expect((await storedTexts()).length - before).toBe(1);
  const state = await clinic.items("state");
  const kept = state.filter((item) => String(item["PK"]).startsWith("Q#"));
  expect(kept).toHaveLength(raws.length);
  expect(kept.every((item) => item["body"] instanceof Uint8Array)).toBe(true);
  const waiting = state.filter((item) => item["SK"] === "C" && JSON.stringify(item["tasks"]).includes("quarantined"));
  expect(waiting).toHaveLength(raws.length);
  expect(waiting.every((item) => item["q"] === "front-desk")).toBe(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});

test("any script, no text at all, and the longest texts come through as they were", async () => {
  const person = await enrol(clinic, phone(400));
  const texts = ["漢".repeat(1600), "", "   ", "Ça va? 😀", "a\ud800b", "tab\tand\nline"];
  for (const body of texts) {
    await clinic.text(person.e164, body);
    await clinic.drain();
  }
  const item = (await clinic.items("state")).find((each) => each["SK"] === "C" && each["patient"] === person.patient);
  const claimed = await clinic.call("POST", `/v1/conversations/${item?.["id"]}/claim`);
  expect(claimed.body.texts.map((text: { text: string }) => text.text)).toEqual(texts);
  expect(claimed.body.texts.filter((text: { note?: string }) => text.note?.includes("photo"))).toHaveLength(2);
  expect(claimed.body.sender.sure).toBe("known");
});
