/**
 * Every AWS call of the three functions on a text's way goes wrong in turn, in every manner a call can go wrong. Which calls
 * there are is read from the call log of a run in which nothing fails, so a new call is tested without a new test.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Call, Fault } from "../../local/aws/index.ts";
import { type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { settle } from "../support/settle.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { type Books, ENDED, type Item, readBooks, wrongs } from "../support/wrongs.ts";

let clinic: TestStack;
beforeAll(async () => {
  clinic = await startTestStack();
});
afterAll(() => clinic.close());

/** The SDK's own tries of one call. */
const SDK_TRIES = 3;

/** How a call goes wrong here, and whether it was done all the same. */
interface Manner {
  readonly name: string;
  readonly done: boolean;
  applies(call: Place): boolean;
  fault(call: Place): Omit<Fault, "function" | "service" | "action" | "nth">;
}
/** One call of an undisturbed run: the nth of its kind, among so many. */
interface Place {
  readonly service: string;
  readonly action: string;
  readonly nth: number;
  readonly of: number;
}

// Calls that run side by side are refused together: each is tried three times, and all of them must be beaten.
const beaten = ({ nth, of }: Place): number => SDK_TRIES * (of - nth + 1);
const MANNERS: readonly Manner[] = [
  { name: "refuse", done: false, applies: () => true, fault: (place) => ({ kind: "refuse", times: beaten(place) }) },
  { name: "lose-answer", done: true, applies: () => true, fault: (place) => ({ kind: "lose-answer", times: beaten(place) }) },
  {
    name: "lose-answer once",
    done: true,
    applies: ({ service }) => service !== "sms-voice",
    fault: () => ({ kind: "lose-answer", times: 1 }),
  },
  { name: "conflict", done: false, applies: ({ service }) => service === "dynamodb", fault: () => ({ kind: "conflict" }) },
  { name: "throttle", done: false, applies: ({ service }) => service === "sms-voice", fault: () => ({ kind: "throttle" }) },
  { name: "crash before", done: false, applies: () => true, fault: () => ({ kind: "crash" }) },
  { name: "crash after", done: true, applies: () => true, fault: () => ({ kind: "crash", after: true }) },
];

interface Case {
  readonly name: string;
  readonly place: Place;
  readonly manner: Manner;
  readonly person: Enrolled;
  /** What the scenario made: the messages that must come to an end. */
  readonly messages: readonly string[];
  /** SendTextMessage calls that the carrier took, confirmations among them. */
  readonly taken: number;
  /** Whether the fault came to be. */
  readonly met: boolean;
}

interface Scenario {
  readonly fn: string;
  /** What stands before anything goes wrong. @returns ids of messages */
  before(person: Enrolled): Promise<string[]>;
  /** What happens while something goes wrong. @returns ids of messages */
  act(person: Enrolled): Promise<string[]>;
}

let phones = 1000;
const freshPhone = (): string => `+1403555${phones++}`;

/** Calls since the nth one, of one function. */
const callsOf = (fn: string, since: number): Call[] => clinic.stack.aws.calls(since).filter((call) => call.function === fn);
const lastCall = (): number => clinic.stack.aws.calls(0).at(-1)?.n ?? 0;

async function run(scenario: Scenario, person: Enrolled, place: Place, manner: Manner): Promise<Case> {
  const name = `${scenario.fn} ${place.service} ${place.action} ${place.nth}/${place.of} ${manner.name}`;
  clinic.daytime();
  const before = await scenario.before(person);
  const since = lastCall();
  clinic.fault({ function: scenario.fn, service: place.service, action: place.action, nth: place.nth, ...manner.fault(place) });
  const during = await scenario.act(person);
  await settle(clinic);
  clinic.clearFaults();
  const calls = clinic.stack.aws.calls(since);
  const sends = calls.filter((call) => call.action === "SendTextMessage");
  const taken = sends.filter((call) => (call.fault === undefined ? call.status === 200 : manner.done)).length;
  return { name, place, manner, person, messages: [...before, ...during], taken, met: calls.some((call) => call.fault !== undefined) };
}

/** The calls that a function makes when nothing goes wrong. One that met another writer by chance, and so made more, is not what all make. */
async function places(scenario: Scenario): Promise<Place[]> {
  const runs = [await rehearsed(scenario), await rehearsed(scenario)];
  return runs.reduce((least, each) => (each.length < least.length ? each : least));
}

async function rehearsed(scenario: Scenario): Promise<Place[]> {
  clinic.daytime();
  const person = await enrol(clinic, freshPhone());
  await scenario.before(person);
  const since = lastCall();
  await scenario.act(person);
  await settle(clinic);
  const kinds = Map.groupBy(callsOf(scenario.fn, since), (call) => `${call.service} ${call.action}`);
  return [...kinds.values()].flatMap((calls) =>
    calls.map(({ service, action }, at) => ({ service, action, nth: at + 1, of: calls.length })),
  );
}

/** Every call in every manner that it can go wrong in. */
async function matrix(scenario: Scenario): Promise<{ cases: Case[]; books: Books }> {
  const planned = (await places(scenario)).flatMap((place) =>
    MANNERS.filter((each) => each.applies(place)).map((manner) => ({ place, manner })),
  );
  const people = await Promise.all(planned.map(() => enrol(clinic, freshPhone())));
  const cases: Case[] = [];
  for (const [at, { place, manner }] of planned.entries()) {
    const person = people[at];
    if (person) cases.push(await run(scenario, person, place, manner));
  }
  const books = await readBooks(clinic);
  print(scenario.fn, cases, books);
  return { cases, books };
}

/** The table of what was run: per manner, how many cases, and what became of the texts in them. */
function print(fn: string, cases: readonly Case[], books: Books): void {
  const lines = [...Map.groupBy(cases, ({ manner }) => manner.name)].map(([name, each]) => {
    const ends = Map.groupBy(
      each.flatMap(({ messages }) => messages),
      (id) => String(messageIn(books, id)?.["status"]),
    );
    const told = [...ends].map(([status, ids]) => `${ids.length} ${status}`).join(", ");
    return `  ${name.padEnd(18)}${String(each.length).padStart(3)} cases, ${each.filter(({ met }) => met).length} met: ${told}`;
  });
  const calls = new Set(cases.map(({ place }) => `${place.service} ${place.action} ${place.nth}`)).size;
  process.stdout.write(`${fn}: ${calls} calls, ${cases.length} cases\n${lines.join("\n")}\n`);
}

const messageIn = ({ state }: Books, id: string): Item | undefined =>
  state.find((item) => item["id"] === id && item["direction"] === "out");
const numberIn = ({ state }: Books, patient: string): Item | undefined => {
  const link = state.find((item) => item["SK"] === `L#${patient}`);
  return state.find((item) => item["PK"] === link?.["PK"] && item["SK"] === "N");
};
const partitionOf = ({ state }: Books, number: Item | undefined): Item[] => state.filter((item) => item["PK"] === `C#${number?.["conv"]}`);

/** What holds whatever went wrong: each is a sentence with its case. */
function wrongsOf({ name, messages, person, met, taken }: Case, books: Books): string[] {
  const found: string[] = [];
  if (!met) found.push("the fault never came");
  for (const id of messages) {
    const message = messageIn(books, id);
    if (!message) found.push(`${id} is lost`);
    else if (!ENDED.includes(message["status"])) found.push(`a text is stuck in ${message["status"]}`);
  }
  const inbox = clinic.inbox(person.e164);
  if (new Set(inbox.map(({ body }) => body)).size !== inbox.length) found.push("the handset got the same text twice");
  if (taken !== inbox.length) found.push(`the carrier took ${taken} texts and delivered ${inbox.length}`);
  return found.map((what) => `${name}: ${what}`);
}

const accept = async (person: Enrolled, key: string, more: object = {}): Promise<string[]> => {
  // As an EMR does it: the same request with the same key until the answer is one.
  for (let tries = 0; tries < 8; tries++) {
    const { status, body } = await clinic.call("POST", "/v1/messages", reminder(person.patient, more), { key });
    if (status === 202) return [body.id];
    clinic.clearFaults();
    if (status < 500) throw new Error(`a reminder was answered ${status}: ${JSON.stringify(body)}`);
  }
  throw new Error("a reminder was never answered");
};

test("receive-text: a STOP is stored once and applied once, whatever call goes wrong", { timeout: 600_000 }, async () => {
  const { cases, books } = await matrix({
    fn: "receive-text",
    // Something waits that the STOP must cancel.
    before: (person) => accept(person, `held-${person.e164}`, { sendAt: new Date(clinic.stack.clock.now() + 3_600_000).toISOString() }),
    act: async (person) => {
      await clinic.text(person.e164, "STOP");
      return [];
    },
  });
  const found = cases.flatMap((each) => {
    const number = numberIn(books, each.person.patient);
    const partition = partitionOf(books, number);
    const patient = books.state.find((item) => item["id"] === each.person.patient);
    const [held] = each.messages.map((id) => messageIn(books, id));
    const confirmations = partition.filter((item) => item["ground"]?.reply === "stop-confirmation");
    const [confirmation] = confirmations;
    const told: string[] = [];
    if (partition.filter((item) => item["direction"] === "in").length !== 1) told.push("the text is not stored exactly once");
    if (number?.["state"] !== "stopped" || number["epoch"] !== 1)
      told.push(`the number is ${number?.["state"]} in epoch ${number?.["epoch"]}`);
    if (patient?.["paused"] === undefined) told.push("the patient is not paused");
    if (held?.["status"] !== "cancelled") told.push(`the waiting reminder is ${held?.["status"]}`);
    if (confirmations.length > 1) told.push(`${confirmations.length} confirmations`);
    if (!["delivered", "expired", undefined].includes(confirmation?.["status"]))
      told.push(`the confirmation is ${confirmation?.["status"]}`);
    if ((confirmation?.["status"] === "delivered" ? 1 : 0) !== clinic.inbox(each.person.e164).length)
      told.push("the handset got something else");
    return [...told.map((what) => `${each.name}: ${what}`), ...wrongsOf(each, books)];
  });
  expect([...found, ...wrongs(books)]).toEqual([]);
  expect(cases.length).toBeGreaterThan(60);
});

test("accept-message: asked until it answers, one text is accepted and delivered, whatever call goes wrong", {
  timeout: 600_000,
}, async () => {
  const { cases, books } = await matrix({
    fn: "accept-message",
    before: async () => [],
    act: (person) => accept(person, `asked-${person.e164}`),
  });
  const found = cases.flatMap((each) => {
    const made = books.state.filter((item) => item["direction"] === "out" && item["patient"] === each.person.patient);
    const told = made.length === 1 && made[0]?.["status"] === "delivered" ? [] : [`${each.name}: ${made.map((item) => item["status"])}`];
    return [...told, ...wrongsOf(each, books)];
  });
  expect([...found, ...wrongs(books)]).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
});

test("send-text: a reminder leaves at most once, and its end is known, whatever call goes wrong", { timeout: 600_000 }, async () => {
  const { cases, books } = await matrix({
    fn: "send-text",
    before: async () => [],
    act: (person) => accept(person, `sent-${person.e164}`),
  });
  const found = cases.flatMap((each) => {
    const [message] = each.messages.map((id) => messageIn(books, id));
    const arrived = clinic.inbox(each.person.e164).length;
    const told: string[] = [];
    if (arrived > 1) told.push(`left ${arrived} times`);
    // Before the claim everything may be tried again. From the claim on, a text that nobody vouches for is unknown, and a person's task.
    const { service, action } = each.place;
    const atClaim = service === "kms" || service === "sms-voice" || action === "TransactWriteItems";
    if (arrived === 1 ? message?.["status"] !== "delivered" : !atClaim || message?.["status"] !== "unknown")
      told.push(`is ${message?.["status"]} and arrived ${arrived} times`);
    if (message?.["status"] === "unknown") {
      const conversation = partitionOf(books, numberIn(books, each.person.patient)).find((item) => item["SK"] === "C");
      if (!conversation?.["tasks"].some((task: Item) => task["message"] === message["id"])) told.push("is unknown and nobody's task");
    }
    return [...told.map((what) => `${each.name}: ${what}`), ...wrongsOf(each, books)];
  });
  expect([...found, ...wrongs(books)]).toEqual([]);
  expect(cases.length).toBeGreaterThan(40);
});
