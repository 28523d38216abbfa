/**
 * What patients and staff write, and who they are, is sealed wherever it rests. A day's texts with words that occur nowhere
 * else are searched for in every table, queue, log, mail, call and URL, while things are under way and when all is done.
 */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";

/** Every path that was asked for, and all that came back where no text may: everything but a claim and a dry run. */
const urls: string[] = [];
const answers: string[] = [];

let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  const stack = await startTestStack();
  const call = async (method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer> => {
    const answer = await stack.call(method, path, body, options);
    urls.push(path);
    answers.push(JSON.stringify([...answer.headers]));
    if (!path.endsWith("/claim") && !path.includes("dryRun")) answers.push(JSON.stringify(answer.body ?? ""));
    return answer;
  };
  clinic = { ...stack, call };
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());
afterEach(() => clinic.clearFaults());

const KNOWN = "+14035557731";
const STRANGER = "+17805557732";
const LATE = "+15875557733";
const WORDS = {
  first: "Zwetschgenknödel am Dienstag?",
  stranger: "quuxly framboise 7731 zebra",
  cjk: "星期二的預約可以改到星期四嗎謝謝",
  emoji: "wobblegong 🦑🦑 tomorrow",
  note: "Grumbleflint says call the daughter",
  reply: "Your visit with Ms Snorkelwick is on Friday at ten",
  filing: "Plinthbottom case, phoned twice",
  free: "Would Frobnitzday at nine suit?",
  refused: "Your quizzlebub results are fine",
  late: "Mimblewimple arrives in the outage",
  later: "Please call us at the Flibberdigib office when you can",
} as const;
const IDENTIFIER = "CHART-ZX-998877";
const PEOPLE = [KNOWN, STRANGER, LATE];

let known: Enrolled;
const ask = (body: string, scenario = "scheduling"): Promise<Answer> =>
  clinic.call("POST", "/v1/messages", { patient: { id: known.patient }, scenario, body });

test("a rich day: texts, notes, replies, free text, refusals, opt-outs, quarantine, crashes", async () => {
  known = await enrol(clinic, KNOWN);
  await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: IDENTIFIER }] });
  await clinic.text(KNOWN, WORDS.first);
  await clinic.text(STRANGER, WORDS.stranger);
  await clinic.text(STRANGER, WORDS.cjk);
  await clinic.text(LATE, WORDS.emoji);
  await clinic.text(LATE, "", { raw: JSON.stringify({ originationNumber: LATE, messageBody: WORDS.stranger }) });
  await clinic.drain();

  const { conversation } = await desk.waiting(KNOWN);
  expect((await desk.claim(conversation)).body.texts[0].text).toBe(WORDS.first);
  expect((await desk.move(conversation, { team: "nurses", note: WORDS.note })).status).toBe(200);
  expect((await desk.next("nurses")).body.texts.at(-1).text).toBe(WORDS.note);
  expect((await desk.reply(conversation, { body: WORDS.reply })).status).toBe(202);
  expect((await ask(WORDS.free)).status).toBe(202);
  expect((await ask(WORDS.refused, "test-results")).status).toBe(422);
  expect((await clinic.call("POST", "/v1/messages?dryRun=true", reminder(known.patient))).body.rendered).toContain("Monday");
  const { etag } = await desk.waiting(KNOWN, "nurses");
  const filed = [{ patient: known.patient, system: "emr", reference: "n-1" }];
  expect((await desk.resolve(conversation, etag, { outcome: "answered", filed, note: WORDS.filing })).status).toBe(200);
  await clinic.drain();
  expect(clinic.inbox(KNOWN).map(({ body }) => body)).toEqual([WORDS.reply, WORDS.free]);

  // What goes wrong is logged, and a log is where texts are found when nobody meant it.
  for (const kind of ["refuse", "crash"] as const) {
    clinic.fault({ function: "receive-text", service: "kms", kind, times: kind === "crash" ? 1 : 30 });
    clinic.fault({
      function: "send-text",
      service: "sms-voice",
      kind: "refuse",
      error: "ValidationException",
      reason: "INVALID_PARAMETER",
    });
    await clinic.text(LATE, WORDS.late);
    expect((await clinic.call("POST", "/v1/messages", reminder(known.patient))).status).toBe(202);
    await clinic.drain(true);
    clinic.clearFaults();
  }
  clinic.fault({ function: "reply", service: "dynamodb", action: "TransactWriteItems", kind: "refuse", times: 30 });
  await clinic.text(KNOWN, WORDS.first);
  await clinic.drain();
  const again = await desk.claim((await desk.waiting(KNOWN)).conversation);
  expect((await desk.reply(again.body.conversation, { body: WORDS.reply })).status).toBe(500);
  clinic.clearFaults();
  await clinic.text(LATE, "STOP");
  await clinic.drain(true);
  // Mistakes of callers, with the very things in them that must not come back.
  await clinic.call("POST", `/v1/patients/${known.patient}/numbers`, { e164: KNOWN.slice(2), kind: "mobile", relationship: "self" });
  await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: IDENTIFIER }], [KNOWN]: WORDS.free });
  await clinic.call("POST", "/v1/messages", undefined, { raw: `{"body": "${WORDS.free}", ${KNOWN}` });
  await clinic.call("POST", "/v1/messages", { ...reminder(known.patient), params: { date: WORDS.free, time: KNOWN } });
  expect((await clinic.call("POST", "/v1/patients", { identifiers: [{ system: WORDS.note, value: KNOWN }] })).status).toBe(201);
});

/** How something might hide: as it is, escaped, in base64 at any offset, in hex, in UTF-16, in a URL. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const encoded = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const whole = text.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1);
    return [whole, whole.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const hex = bytes.toString("hex");
  const utf16 = Buffer.from(secret, "utf16le");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    bytes.toString("latin1"),
    utf16.toString("latin1"),
    utf16.swap16().toString("latin1"),
    encodeURIComponent(secret),
    hex,
    hex.toUpperCase(),
    ...encoded,
  ];
}

const digits = (e164: string): string[] => {
  const [area, exchange, line] = [e164.slice(2, 5), e164.slice(5, 8), e164.slice(8)];
  return [e164.slice(1), e164.slice(2), `${area}-${exchange}-${line}`, `(${area}) ${exchange}-${line}`, `${area}.${exchange}.${line}`];
};
// A word alone is enough: no part of a text may be found either.
const secrets = (): string[] => [
  ...Object.values(WORDS),
  ...Object.values(WORDS).flatMap((text) => text.split(" ").filter((word) => word.length > 8)),
  ...PEOPLE.flatMap(digits),
  IDENTIFIER,
];

/** Bytes are read as text, so that what stands in a binary attribute is found. */
const readable = (item: unknown): string =>
  JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value)).replaceAll(
    "\\\\",
    "\\",
  );

/** The queues whose messages are the carrier's own: the data map lists them. */
const isCarriers = (queue: string): boolean => /inbound|delivery/i.test(queue);

async function places(): Promise<Map<string, string>> {
  const { aws, workers } = clinic.stack;
  const messages = await aws.queueDump();
  return new Map([
    ["the state table", (await clinic.items("state")).map(readable).join("\n")],
    ["the audit table", (await clinic.items("audit")).map(readable).join("\n")],
    ["both tables as stored", JSON.stringify(await aws.dump())],
    [
      "our queues",
      messages
        .filter(({ queue }) => !isCarriers(queue))
        .map((each) => `${each.body} ${JSON.stringify(each)}`)
        .join("\n"),
    ],
    [
      "the logs",
      workers
        .logs()
        .map(({ line }) => line)
        .join("\n"),
    ],
    ["the mails", JSON.stringify(aws.mails())],
    ["the call log", JSON.stringify(aws.calls(0))],
    ["URLs", urls.join("\n")],
    ["answers", answers.join("\n")],
  ]);
}

async function found(): Promise<string[]> {
  const searched = secrets().flatMap((secret) => [...new Set(forms(secret))].map((form) => ({ secret, form })));
  return [...(await places())].flatMap(([place, content]) =>
    searched.filter(({ form }) => content.includes(form)).map(({ secret }) => `${place}: ${secret}`),
  );
}

test("the search would find it: each form of each secret, put into a line, is found there", () => {
  for (const secret of secrets()) {
    const [b64, hex] = [Buffer.from(`x${secret}y`).toString("base64"), Buffer.from(secret).toString("hex")];
    for (const line of [`say ${secret}!`, JSON.stringify({ a: [secret] }), b64, hex, `/v1/x?y=${encodeURIComponent(secret)}`])
      expect(forms(secret).some((form) => line.includes(form))).toBe(true);
  }
});

test("while texts are under way: nothing in plain but in the carrier's own payloads", async () => {
  clinic.fault({ function: "send-text", service: "dynamodb", kind: "refuse", times: 100_000 });
  clinic.fault({ function: "receive-text", service: "kms", kind: "refuse", times: 100_000 });
  clinic.fault({ function: "track-delivery", service: "dynamodb", kind: "refuse", times: 100_000 });
  await clinic.text(STRANGER, WORDS.later);
  expect((await ask(WORDS.later)).status).toBe(202);
  const claimed = await desk.claim((await desk.waiting(KNOWN)).conversation);
  expect((await desk.reply(claimed.body.conversation, { body: WORDS.later })).status).toBe(202);
  const underWay = async (): Promise<string[]> => (await clinic.stack.aws.queueDump()).map(({ queue }) => queue);
  await expect.poll(async () => (await underWay()).length, { timeout: 10_000 }).toBe(3);

  const waiting = await clinic.stack.aws.queueDump();
  const errands = waiting.filter(({ queue }) => !isCarriers(queue));
  expect(errands.length).toBeGreaterThan(1);
  for (const { body } of errands)
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(["attempt", "conversation", "message", "number", "patient"]);
  // The carrier's own payload is there, with the text and the number: the search can find what there is to find.
  const carriers = waiting.filter(({ queue }) => isCarriers(queue)).map(({ body }) => body);
  expect(carriers.some((body) => forms(WORDS.later).some((form) => body.includes(form)))).toBe(true);
  expect(carriers.some((body) => body.includes(STRANGER))).toBe(true);
  expect(await found()).toEqual([]);
  clinic.clearFaults();
  await clinic.drain(true);
});

test("when all is done: nothing in plain anywhere, and the queues are empty", async () => {
  await agree(clinic, known);
  await clinic.drain(true);
  expect((await clinic.stack.aws.queueDump()).map(({ queue }) => queue)).toEqual([]);
  const searched = await places();
  for (const place of ["the state table", "the audit table", "the logs", "the call log", "answers"])
    expect([place, (searched.get(place) ?? "").length > 10_000]).toEqual([place, true]);
  const sealed = (await clinic.items("state")).filter((item) => item["body"] instanceof Uint8Array);
  process.stdout.write(
    `searched ${[...searched.values()].reduce((sum, { length }) => sum + length, 0)} characters for ${secrets().length} secrets; ${sealed.length} sealed bodies\n`,
  );
  expect(sealed.length).toBeGreaterThan(10);
  expect(await found()).toEqual([]);
});

test("no two sealed bodies are alike, though their texts are", async () => {
  const bodies = (await clinic.items("state")).flatMap((item) =>
    item["body"] instanceof Uint8Array ? [Buffer.from(item["body"]).toString("hex")] : [],
  );
  expect(new Set(bodies).size).toBe(bodies.length);
});
