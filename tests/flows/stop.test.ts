/**
 * The patient's last word. What is texted decides by the carrier's clock, however late, twice or out of order it arrives;
 * no text is claimed after a STOP has landed; and AWS's own list follows and is left again as its rules allow.
 */
import { setTimeout as rest } from "node:timers/promises";
import { PinpointSMSVoiceV2Client, paginateDescribeOptedOutNumbers } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Call } from "../../local/aws/index.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Random, seeded } from "../support/random.ts";
import { settle } from "../support/settle.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { type Books, ENDED, type Item, readBooks, type Told, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
});
afterAll(() => clinic.close());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let phones = 1000;
const freshPhone = (): string => `+1403555${phones++}`;
const now = (): number => clinic.stack.clock.now();

interface Records {
  readonly number: Item;
  readonly conversation: Item;
  readonly partition: readonly Item[];
  readonly events: readonly Told[];
}

/** The number's item, its conversation with everything in it, and the number's events. */
function recordsOf(person: Enrolled, { state, chains }: Books): Records {
  const link = state.find((item) => item["SK"] === `L#${person.patient}`);
  const number = state.find((item) => item["PK"] === link?.["PK"] && item["SK"] === "N") ?? {};
  const partition = state.filter((item) => item["PK"] === `C#${number["conv"]}`);
  const conversation = partition.find((item) => item["SK"] === "C") ?? {};
  return { number, conversation, partition, events: chains.get(`num/${number["id"]}`) ?? [] };
}

/** The same, as they stand now. */
async function look(person: Enrolled): Promise<Records & { readonly books: Books }> {
  const books = await readBooks(clinic);
  return { ...recordsOf(person, books), books };
}

/** Texts, and waits until everything that follows has been done. */
async function say(person: Enrolled, body: string, at: number): Promise<void> {
  await clinic.text(person.e164, body, { at });
  await clinic.drain(true);
}

const bodies = (person: Enrolled): string[] => clinic.inbox(person.e164).map(({ body }) => body);
const CONFIRMS = "you will get no more texts";
const ASKS = "Answer YES or NO";
const types = (events: readonly Told[]): string[] => events.map(({ type }) => type);
const calls = (action: string): Call[] => clinic.stack.aws.calls(0).filter((call) => call.action === action && call.status === 200);

/** The answer to asking for a reminder: the code of the refusal, or the status. */
async function asked(person: Enrolled): Promise<string> {
  const { body } = await clinic.call("POST", "/v1/messages", reminder(person.patient));
  return body.code ?? body.status;
}

test("a START within two seconds of the STOP does not lift it; a later one does, and asks once", async () => {
  const person = await enrol(clinic, freshPhone());
  const stop = now();
  await say(person, "STOP", stop);
  await say(person, "START", stop + 2 * SECOND);
  expect(await look(person)).toMatchObject({ number: { state: "stopped", epoch: 1 } });
  expect(bodies(person)).toEqual([expect.stringContaining(CONFIRMS)]);

  await say(person, "START", stop + 2 * SECOND + 1);
  expect(await look(person)).toMatchObject({ number: { state: "open", epoch: 1 } });
  expect(bodies(person)).toEqual([expect.stringContaining(CONFIRMS), expect.stringContaining(ASKS)]);
  expect(await asked(person)).toBe("consent-not-in-force");
});

test("a START that was texted before the STOP and arrives after it changes nothing", async () => {
  const person = await enrol(clinic, freshPhone());
  const stop = now();
  await say(person, "STOP", stop);
  await say(person, "START", stop - 10 * MINUTE);
  const { number, events } = await look(person);
  expect(number).toMatchObject({ state: "stopped", epoch: 1, startAt: stop - 10 * MINUTE });
  expect(types(events)).toContain("number.start-asked");
  expect(bodies(person)).toHaveLength(1);
  expect(await asked(person)).toBe("consent-not-in-force");
});

test("a STOP that arrives after a later START leaves the number open and every agreement void", async () => {
  const person = await enrol(clinic, freshPhone());
  const stop = now() - MINUTE;
  await say(person, "START", stop + 10 * SECOND);
  await say(person, "STOP", stop);
  const { number, books } = await look(person);
  expect(number).toMatchObject({ state: "open", epoch: 1, stopAt: stop });
  expect(books.state.find((item) => item["id"] === person.patient)).toHaveProperty("paused");
  expect(bodies(person)).toEqual([]);
  expect(await asked(person)).toBe("consent-not-in-force");
});

test("a day after the STOP the number is on AWS's list, and a START takes it off there before it opens here", async () => {
  const person = await enrol(clinic, freshPhone());
  const listedBefore = calls("PutOptedOutNumber").length;
  await say(person, "STOP", now());
  clinic.advance(23 * HOUR);
  await clinic.drain(true);
  expect(calls("PutOptedOutNumber")).toHaveLength(listedBefore);
  clinic.advance(HOUR + MINUTE);
  await clinic.drain(true);
  expect(calls("PutOptedOutNumber").length).toBeGreaterThan(listedBefore);
  expect((await look(person)).number).toMatchObject({ state: "stopped", listed: "yes" });

  const since = clinic.stack.aws.calls(0).at(-1)?.n ?? 0;
  await say(person, "START", now());
  const { number, events } = await look(person);
  expect(number).toMatchObject({ state: "open", listed: "no" });
  expect(types(events).slice(-3)).toEqual(["number.listed", "number.start-asked", "number.opened"]);
  expect(bodies(person).at(-1)).toContain(ASKS);
  // Off AWS's list first: the transaction that opens the number comes after the call, in the same invocation.
  const taken = clinic.stack.aws.calls(since).find((call) => call.action === "DeleteOptedOutNumber" && call.status === 200);
  const opened = clinic.stack.aws
    .calls(since)
    .filter((call) => call.invocation === taken?.invocation && call.action === "TransactWriteItems");
  expect(opened.some((call) => call.n > (taken?.n ?? Number.POSITIVE_INFINITY))).toBe(true);
});

test("AWS takes a number off once in 30 days: a second START waits as blocked, with a task, opens when AWS allows it, and YES brings the consent back", async () => {
  const person = await enrol(clinic, freshPhone());
  // Another had answered the first question.
  const back = await enrol(clinic, freshPhone());
  for (const word of ["STOP", "START", "STOP"]) {
    for (const each of [person, back]) await say(each, word, now());
    if (word === "START") await say(back, "YES", now());
    clinic.advance(25 * HOUR);
    await clinic.drain(true);
  }
  for (const each of [person, back]) await say(each, "START", now());
  const refused = await look(person);
  expect(refused.number).toMatchObject({ state: "stopped", listed: "yes", blockedUntil: expect.any(Number) });
  expect(refused.events.at(-1)).toMatchObject({ type: "number.start-refused", why: ["blocked-at-carrier"] });
  expect(refused.conversation["tasks"]).toContainEqual(expect.objectContaining({ kind: "start-blocked", code: "blocked-at-carrier" }));
  expect(refused.conversation).toMatchObject({ state: "waiting" });
  await agree(clinic, person);
  expect(await asked(person)).toBe("blocked-at-carrier");

  const questions = bodies(person).filter((body) => body.includes(ASKS)).length;
  clinic.advance(29 * DAY);
  await clinic.drain(true);
  expect((await look(person)).number).toMatchObject({ state: "stopped" });
  clinic.advance(DAY + MINUTE);
  await clinic.drain(true);
  const opened = await look(person);
  expect(opened.number).toMatchObject({ state: "open", listed: "no" });
  expect(opened.number).not.toHaveProperty("blockedUntil");
  expect(bodies(person).filter((body) => body.includes(ASKS))).toHaveLength(questions + 1);
  expect(wrongs(opened.books)).toEqual([]);
  // Thirty days late it is the same question: YES brings back what stood before the last STOP, and texts leave again.
  expect(await asked(back)).toBe("consent-not-in-force");
  await say(back, "YES", now());
  expect(await asked(back)).toBe("accepted");
  await clinic.drain(true);
  expect(bodies(back).at(-1)).toContain("a reminder of your appointment");
});

test("a STOP is confirmed within five minutes, or not at all", async () => {
  const inTime = await enrol(clinic, freshPhone());
  await say(inTime, "ARRET", now() - 4 * MINUTE);
  expect(bodies(inTime)).toEqual([expect.stringContaining("vous ne recevrez plus de textos")]);

  const late = await enrol(clinic, freshPhone());
  await say(late, "STOP", now() - 5 * MINUTE);
  clinic.advance(30 * MINUTE);
  await clinic.drain(true);
  const { number, partition } = await look(late);
  expect(number).toMatchObject({ state: "stopped" });
  expect(bodies(late)).toEqual([]);
  expect(partition.filter((item) => item["direction"] === "out")).toEqual([]);
});

test("the carrier's own word that a number has opted out blocks it, and staff phone instead", async () => {
  const person = await enrol(clinic, freshPhone());
  clinic.fault({
    function: "send-text",
    service: "sms-voice",
    action: "SendTextMessage",
    kind: "refuse",
    error: "ConflictException",
    reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
  });
  expect(await asked(person)).toBe("accepted");
  await clinic.drain(true);
  clinic.clearFaults();
  const { number, partition, events, conversation } = await look(person);
  const message = partition.find((item) => item["direction"] === "out");
  expect(message).toMatchObject({ status: "failed", why: ["carrier-opted-out"] });
  expect(number).toMatchObject({ state: "stopped", epoch: 1, listed: "yes" });
  expect(events.at(-1)).toMatchObject({ type: "number.opted-out", why: ["carrier-opted-out"] });
  expect(conversation["tasks"]).toContainEqual(expect.objectContaining({ kind: "phone-instead", message: message?.["id"] }));
  expect(await asked(person)).toBe("consent-not-in-force");
  expect(bodies(person)).toEqual([]);
});

/** Sends one text during which a fault holds `send-text` up, and texts STOP as soon as that fault has come. */
async function race(
  kind: "throttle" | "hang",
  action: "TransactWriteItems" | "SendTextMessage",
): Promise<{ person: Enrolled; since: number }> {
  const person = await enrol(clinic, freshPhone());
  const since = clinic.stack.aws.calls(0).at(-1)?.n ?? 0;
  clinic.fault({ function: "send-text", action, kind, times: 2 });
  await clinic.call("POST", "/v1/messages", change(person.patient));
  while (!clinic.stack.aws.calls(since).some(({ fault }) => fault === kind)) await rest(2);
  await clinic.text(person.e164, "STOP");
  await calm(10_000);
  clinic.clearFaults();
  await settle(clinic);
  return { person, since };
}

test("a claim that was decided before a STOP and reaches the table after it is not made", async () => {
  // The table puts the claim off twice; most of the time the STOP is faster than the SDK's patience. Only such a run counts.
  for (let tries = 0; tries < 10; tries++) {
    const { person, since } = await race("throttle", "TransactWriteItems");
    const records = await look(person);
    expect(wrongs(records.books)).toEqual([]);
    const [stop] = stopsOf(records.events, invocations(since));
    const decided = clinic.stack.aws.calls(since).filter((call) => call.function === "send-text" && call.action === "TransactWriteItems");
    const put = decided.findLastIndex(({ fault }) => fault === "throttle");
    if ((stop?.landed ?? Number.POSITIVE_INFINITY) > (decided[put + 1]?.n ?? 0)) continue;
    const message = records.partition.find((item) => item["ground"]?.kind === "consent");
    expect(["refused", "cancelled"]).toContain(message?.["status"]);
    expect(types(records.books.chains.get(`msg/${message?.["id"]}`) ?? [])).not.toContain("message.claimed");
    expect(bodies(person)).toEqual([expect.stringContaining(CONFIRMS)]);
    return;
  }
  expect.unreachable("the STOP was never the faster one");
});

test("a text whose call to the carrier a STOP overtakes is recorded as crossed", async () => {
  const { person } = await race("hang", "SendTextMessage");
  const { partition, books } = await look(person);
  const message = partition.find((item) => item["ground"]?.kind === "consent");
  expect(message).toMatchObject({ status: "unknown", crossed: true, claimEpoch: 0 });
  expect(types(books.chains.get(`msg/${message?.["id"]}`) ?? [])).toContain("message.crossed");
  expect(wrongs(books)).toEqual([]);
});

/** One thing that happens in a history, in the order of arrival. */
interface Step {
  /** Milliseconds after the histories begin. */
  readonly when: number;
  readonly what: "text" | "remind" | "agree";
  readonly body: string;
  /** The carrier's clock, in milliseconds after the histories begin. */
  readonly at: number;
  readonly id: string;
}

const HISTORIES = 200;
/** The patients write for so long; what they wrote arrives within twice that. */
const WRITING = 8 * MINUTE;
const ROUND = 30 * SECOND;
const WORDS = ["STOP", "STOP", "Stop.", "arrêt", "START", "START", "abonner", "YES", "Can I come at three?", "thank you"] as const;
const GAPS = [1, 700, 1_500, 1_999, 2_000, 2_001, 2_500, 10 * SECOND, MINUTE, 2 * MINUTE] as const;

/** What one patient texts and what the clinic does meanwhile, in the order in which it arrives. */
function history(seed: number): Step[] {
  const random = seeded(seed);
  const steps: Step[] = [];
  let at = random.below(MINUTE);
  for (let left = 3 + random.below(4); left > 0; left--) {
    const text = { what: "text", body: random.pick(WORDS), at, id: `history-${seed}-${left}` } as const;
    const delay = (): number => (random.chance(0.5) ? 0 : random.below(WRITING));
    steps.push({ ...text, when: at + delay() });
    if (random.chance(0.3)) steps.push({ ...text, when: at + delay() });
    at = Math.min(at + random.pick(GAPS), WRITING);
  }
  const during = (what: "remind" | "agree", times: number): void => {
    for (let left = times; left > 0; left--) {
      // Often in the very round of a text, so that a STOP and a claim race.
      const near = steps[random.below(steps.length)]?.when ?? 0;
      const when = random.chance(0.6) ? near : random.below(WRITING);
      steps.push({ when, what, body: "", at: 0, id: `history-${seed}-${what}-${left}` });
    }
  };
  during("remind", 2 + random.below(3));
  during("agree", random.below(3));
  return steps.sort((a, b) => a.when - b.when);
}

/** Where the patient stands by their own words, whatever the order in which they arrived. */
function lastWord(steps: readonly Step[]): { state: "open" | "stopped"; stops: number } {
  const texted = steps.filter(({ what }) => what === "text");
  const newest = (pattern: RegExp): number =>
    Math.max(Number.NEGATIVE_INFINITY, ...texted.filter(({ body }) => pattern.test(body)).map(({ at }) => at));
  const stop = newest(/^(stop|arrêt)/i);
  const stops = new Set(texted.filter(({ body }) => /^(stop|arrêt)/i.test(body)).map(({ id }) => id)).size;
  return { state: stops > 0 && newest(/^(start|abonner)/i) <= stop + 2 * SECOND ? "stopped" : "open", stops };
}

/** Lets what can go on go on, for at most so long: hidden and delayed messages are not waited for. */
async function calm(patience: number): Promise<void> {
  const ends = performance.now() + patience;
  const busy = (): boolean =>
    clinic.stack.workers.running() > 0 || clinic.stack.aws.queues.list().some((queue) => queue.dlqOf.length === 0 && queue.visible > 0);
  while (busy() && performance.now() < ends) await rest(10);
}

/** Something goes wrong in this round: two transactions meet, a worker dies, or a carrier's answer hangs. */
function trouble(random: Random): void {
  const functions = ["receive-text", "send-text", "accept-message", "track-delivery", "sweep"] as const;
  const one = random.below(12);
  const where = { function: random.pick(functions), nth: 1 + random.below(6) };
  const transacts = { ...where, service: "dynamodb", action: "TransactWriteItems" };
  if (one < 4) clinic.fault({ ...transacts, kind: "conflict", times: 1 + random.below(3) });
  else if (one < 5) clinic.fault({ ...transacts, kind: "lose-answer", times: random.pick([1, 3]) });
  // A claim that is held up while a STOP lands: the SDK tries it again, unaware.
  else if (one < 8) clinic.fault({ ...transacts, function: "send-text", kind: "throttle", times: 2 });
  else if (one < 11) clinic.fault({ ...where, nth: 1 + random.below(30), kind: "crash", after: random.chance(0.5) });
  else clinic.fault({ function: "send-text", service: "sms-voice", action: "SendTextMessage", kind: "hang" });
}

/** Asks until it is answered, as an EMR does. */
async function ask(call: () => Promise<{ status: number }>): Promise<void> {
  for (let tries = 0; tries < 5; tries++) if ((await call()).status < 500) return;
}

async function live(person: Enrolled, step: Step, began: number): Promise<void> {
  if (step.what === "text") await clinic.text(person.e164, step.body, { at: began + step.at, inboundMessageId: step.id });
  else if (step.what === "agree") await ask(() => agree(clinic, person));
  else await ask(() => clinic.call("POST", "/v1/messages", change(person.patient), { key: step.id }));
}

const change = (patient: string): object => ({ patient: { id: patient }, scenario: "appointment-change", template: "please-call" });

/** The calls of each invocation since the nth call. */
const invocations = (since: number): Map<string | undefined, Call[]> =>
  Map.groupBy(clinic.stack.aws.calls(since), (call) => call.invocation);

/** What the call log knows of one claim: the call that made it, and the call to the carrier. */
interface Handed {
  readonly message: Item;
  readonly claim: number;
  readonly carrier: number | undefined;
}

function handedOver(message: Item, books: Books, log: Map<string | undefined, Call[]>): Handed | undefined {
  const claimed = books.chains.get(`msg/${message["id"]}`)?.findLast(({ type }) => type === "message.claimed");
  const made = claimed && log.get(claimed.src.req);
  if (!made) return undefined;
  const carrier = made.find(({ action }) => action === "SendTextMessage")?.n;
  const before = made.filter(({ action, n }) => action === "TransactWriteItems" && n < (carrier ?? Number.POSITIVE_INFINITY));
  // Where the carrier was not called, the first transaction is the earliest that the claim can have been.
  const claim = carrier === undefined ? before[0]?.n : before.at(-1)?.n;
  return claim === undefined ? undefined : { message, claim, carrier };
}

/** Each STOP of a number with the number of a call before which it had certainly landed, where that is known. */
function stopsOf(events: readonly Told[], log: Map<string | undefined, Call[]>): { readonly epoch: number; readonly landed: number }[] {
  return events
    .filter(({ type }) => type === "number.opted-out")
    .map((event, at) => {
      const made = log.get(event.src.req) ?? [];
      // Once its STOP has landed, an invocation reads the number to cancel what waits. Where it may have died before that, nobody knows.
      const reads = made.some(({ fault }) => fault === "crash" || fault === "lose-answer")
        ? []
        : made.filter(({ action }) => action === "GetItem");
      return { epoch: at + 1, landed: reads.at(-1)?.n ?? Number.POSITIVE_INFINITY };
    });
}

/** The epochs in which the number was open at some time, by the order of its own events. */
function openEpochs(events: readonly Told[]): Set<number> {
  const open = new Set<number>();
  let epoch = 0;
  for (const { type, now: state } of events) {
    if (type === "number.opted-out") epoch++;
    if (state === "open") open.add(epoch);
  }
  return open;
}

/** No claim after a STOP has landed, and every text that was handed over after one says that it crossed. */
function claimWrongs(
  events: readonly Told[],
  handed: readonly Handed[],
  stops: readonly { readonly epoch: number; readonly landed: number }[],
): string[] {
  const found: string[] = [];
  const open = openEpochs(events);
  for (const { message, claim, carrier } of handed) {
    const epoch = message["claimEpoch"];
    const confirms = message["ground"]?.reply === "stop-confirmation";
    if (confirms ? epoch !== message["epoch"] : !open.has(epoch))
      found.push(`${message["id"]} was claimed in epoch ${epoch}, in which it must not be`);
    for (const stop of stops.filter((each) => each.epoch > epoch)) {
      if (stop.landed < claim) found.push(`${message["id"]} was claimed after STOP ${stop.epoch} had landed`);
      if (carrier !== undefined && stop.landed < carrier && !message["crossed"])
        found.push(`${message["id"]} crossed STOP ${stop.epoch} and does not say so`);
    }
    if (message["crossed"] && !stops.some((stop) => stop.epoch > epoch)) found.push(`${message["id"]} says it crossed, and no STOP came`);
  }
  return found;
}

function historyWrongs(person: Enrolled, steps: readonly Step[], books: Books, log: Map<string | undefined, Call[]>): string[] {
  const found: string[] = [];
  const { number, partition, events } = recordsOf(person, books);
  const texted = new Set(steps.filter(({ what }) => what === "text").map(({ id }) => id)).size;
  const { state, stops } = lastWord(steps);
  if (number["state"] !== state) found.push(`the patient's last word is ${state}, the number is ${number["state"]}`);
  if (number["epoch"] !== stops) found.push(`${stops} STOPs, epoch ${number["epoch"]}`);
  const stored = partition.filter((item) => item["direction"] === "in").length;
  if (stored !== texted) found.push(`${texted} texts, ${stored} stored`);

  const out = partition.filter((item) => item["direction"] === "out");
  const confirmations = out.filter((item) => item["ground"]?.reply === "stop-confirmation");
  if (new Set(confirmations.map((item) => item["ground"].cause)).size !== confirmations.length) found.push("a STOP has two confirmations");
  const confirmed = bodies(person).filter((body) => body.includes(CONFIRMS) || body.includes("vous ne recevrez plus")).length;
  if (confirmed > stops) found.push(`${stops} STOPs and ${confirmed} confirmations on the handset`);
  const delivered = out.filter((item) => item["status"] === "delivered").length;
  if (delivered !== bodies(person).length) found.push(`${delivered} texts delivered, ${bodies(person).length} on the handset`);
  for (const item of out) if (!ENDED.includes(item["status"])) found.push(`a text is stuck in ${item["status"]}`);
  return [
    ...found,
    ...claimWrongs(
      events,
      out.flatMap((item) => handedOver(item, books, log) ?? []),
      stopsOf(events, log),
    ),
  ];
}

/** The numbers of these histories that stand on the clinic's list at AWS. */
async function listedAtAws(people: readonly Enrolled[]): Promise<string[]> {
  const { aws } = clinic.stack;
  const { accessKeyId, secretAccessKey } = aws.operator;
  const client = new PinpointSMSVoiceV2Client({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const listed = new Set<string | undefined>();
  const OptOutListName = aws.cloud.resources("AWS::SMSVOICE::OptOutList")[0]?.ref;
  for await (const page of paginateDescribeOptedOutNumbers({ client }, { OptOutListName }))
    for (const each of page.OptedOutNumbers ?? []) listed.add(each.OptedOutNumber);
  return people.map(({ e164 }) => e164).filter((e164) => listed.has(e164));
}

/** What is still due although everything has settled. */
const overdue = ({ state }: Books): string[] =>
  state.filter((item) => item["da"] !== undefined && item["da"] <= now()).map((item) => `${item["PK"]}/${item["SK"]} is still due`);

/** What the histories were made of: a run in which nothing raced would prove nothing. */
function tally(people: readonly Enrolled[], books: Books, since: number): Record<string, number> {
  const all = people.map((person) => recordsOf(person, books));
  const log = invocations(since);
  const out = all.flatMap(({ partition }) => partition.filter((item) => item["direction"] === "out"));
  const events = all.flatMap(({ events: each }) => each);
  return {
    stops: events.filter(({ type }) => type === "number.opted-out").length,
    "stops whose landing is known": all.flatMap((each) => stopsOf(each.events, log)).filter(({ landed }) => Number.isFinite(landed)).length,
    lifted: events.filter(({ type }) => type === "number.opened").length,
    claimed: out.filter((item) => item["claimEpoch"] !== undefined).length,
    "claimed after a new agreement": out.filter((item) => item["claimEpoch"] > 0 && item["ground"]?.kind === "consent").length,
    crossed: out.filter((item) => item["crossed"]).length,
    ...Object.fromEntries([...Map.groupBy(out, (item) => String(item["status"]))].map(([status, each]) => [status, each.length])),
    ...Object.fromEntries(
      [
        ...Map.groupBy(
          clinic.stack.aws.calls(since).filter(({ fault }) => fault !== undefined),
          ({ fault }) => `met a ${fault}`,
        ),
      ].map(([kind, each]) => [kind, each.length]),
    ),
  };
}

test(`${HISTORIES} random histories: no claim after a STOP, every crossing told, the last word holds, nothing stuck`, {
  timeout: 600_000,
}, async () => {
  const random = seeded(2026);
  const people: Enrolled[] = [];
  for (let from = 0; from < HISTORIES; from += 10)
    people.push(...(await Promise.all(Array.from({ length: 10 }, () => enrol(clinic, freshPhone())))));
  const histories = people.map((person, seed) => ({ person, steps: history(seed) }));
  const began = now();
  const since = clinic.stack.aws.calls(0).at(-1)?.n ?? 0;

  for (let from = 0; from <= 2 * WRITING; from += ROUND) {
    const round = histories.flatMap(({ person, steps }) =>
      steps.filter(({ when }) => when >= from && when < from + ROUND).map((step) => ({ person, step, after: random.below(400) })),
    );
    for (let troubles = 2 + random.below(4); troubles > 0 && round.length > 0; troubles--) trouble(random);
    // Patients and applications act beside each other, a little apart.
    await Promise.all(
      round.map(async ({ person, step, after }) => {
        await rest(after);
        await live(person, step, began);
      }),
    );
    if (random.chance(0.7)) await calm(4_000);
    clinic.advance(Math.max(0, began + from + ROUND - now()));
  }
  clinic.clearFaults();
  await settle(clinic);

  const first = await readBooks(clinic);
  const log = invocations(since);
  const found = histories.flatMap(({ person, steps }, seed) =>
    historyWrongs(person, steps, first, log).map((what) => `history ${seed}: ${what}`),
  );
  expect([...found, ...wrongs(first), ...overdue(first)]).toEqual([]);

  // A day later AWS's list has followed, whatever went wrong meanwhile; and then everybody changes their mind.
  for (let troubles = 0; troubles < 6; troubles++) trouble(random);
  clinic.advance(25 * HOUR);
  await clinic.drain(true);
  const second = await readBooks(clinic);
  expect(await listedAtAws(people)).toEqual(
    people.filter((person) => recordsOf(person, second).number["state"] === "stopped").map(({ e164 }) => e164),
  );
  for (let troubles = 0; troubles < 6; troubles++) trouble(random);
  await Promise.all(people.map((person) => clinic.text(person.e164, "START")));
  await calm(20_000);
  clinic.clearFaults();
  await settle(clinic);
  const books = await readBooks(clinic);
  expect(people.filter((person) => recordsOf(person, books).number["state"] !== "open").map(({ e164 }) => e164)).toEqual([]);
  expect(await listedAtAws(people)).toEqual([]);
  expect([...wrongs(books), ...overdue(books)]).toEqual([]);

  const counts = tally(people, books, since);
  process.stdout.write(
    `${HISTORIES} histories: ${Object.entries(counts)
      .map(([what, times]) => `${times} ${what}`)
      .join(", ")}\n`,
  );
  expect(counts["stops"]).toBeGreaterThan(HISTORIES);
  expect(counts["claimed"]).toBeGreaterThan(HISTORIES);
});
