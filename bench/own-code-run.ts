/**
 * Measures our own code: the handler's parsing and answering, the verb, the gate, hashing, and the marshalling of every item and
 * expression, with the calls answered from memory. What the SDK itself costs is not in it.
 */
import { toAction } from "../lambdas/adapters/dynamo/expressions.ts";
import { fromItem, toItem } from "../lambdas/adapters/dynamo/values.ts";
import type { Ports } from "../lambdas/core/ports.ts";
import type { Item, Store } from "../lambdas/core/store.ts";
import { acceptMessage } from "../lambdas/core/verbs/accept-message.ts";
import { receiveText } from "../lambdas/core/verbs/receive-text.ts";
import { recordConsent } from "../lambdas/core/verbs/record-consent.ts";
import { registerNumber } from "../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../lambdas/core/verbs/register-patient.ts";
import { sendText } from "../lambdas/core/verbs/send-text.ts";
import { trackDelivery } from "../lambdas/core/verbs/track-delivery.ts";
import { arrivalOf } from "../lambdas/handlers/edge/arrival.ts";
import { batch } from "../lambdas/handlers/edge/batch.ts";
import { type HttpEvent, http, idempotencyKey } from "../lambdas/handlers/edge/http.ts";
import { newsOf } from "../lambdas/handlers/edge/news.ts";
import { answer } from "../lambdas/handlers/edge/problem.ts";
import { newMessage } from "../lambdas/handlers/edge/requests.ts";
import { messageView } from "../lambdas/handlers/edge/views.ts";
import { APPLICATION, DAY, PERSON, START, type World, world } from "../tests/support/world.ts";
import { type Figure, percentile } from "./report.ts";

const MESSAGES = 2_000;
const WARM = 500;
const PEOPLE = 200;

/** The memory store behind the adapter's own marshalling: every item goes there and back as DynamoDB's JSON. */
function marshalled(store: Store): Store {
  const tables = { state: "state", audit: "audit" };
  const round = <T>(item: T): T => fromItem(toItem(item as unknown as Item)) as T;
  return {
    ...store,
    get: async <T>(key: Parameters<Store["get"]>[0]) => {
      const item = await store.get<T>(key);
      return item && round(item);
    },
    query: async <T>(...asked: Parameters<Store["query"]>) => (await store.query<T>(...asked)).map(round),
    transact: (writes) => {
      for (const write of writes) toAction(write, tables);
      return store.transact(writes);
    },
  };
}

/**
 * One thread, nothing to wait for: wall time is CPU time, and finer than `threadCpuUsage`, whose clock ticks in milliseconds on some
 * machines. The CPU clock over the whole run stands beside it, as the check that nothing was waited for.
 */
async function measure(name: string, one: (n: number) => Promise<unknown>): Promise<Figure[]> {
  for (let n = 0; n < WARM; n++) await one(n);
  const samples: number[] = [];
  const before = process.threadCpuUsage();
  for (let n = WARM; n < WARM + MESSAGES; n++) {
    const began = performance.now();
    await one(n);
    samples.push(performance.now() - began);
  }
  const { user, system } = process.threadCpuUsage(before);
  const mean = (user + system) / 1000 / MESSAGES;
  const part = "our own code for one message, calls answered from memory";
  return [
    {
      part,
      name: `${name}, p50`,
      value: percentile(samples, 0.5),
      unit: "ms",
      goal: 0.6,
      beside: `${mean.toFixed(2)} ms of CPU on average`,
    },
    { part, name: `${name}, p99`, value: percentile(samples, 0.99), unit: "ms" },
  ];
}

const context = { awsRequestId: "bench" } as Parameters<ReturnType<typeof batch>>[1];
const phone = (n: number): string => `+1403555${1000 + (n % PEOPLE)}`;
const record = (message: object, n: number): Parameters<ReturnType<typeof batch>>[0] =>
  ({
    Records: [
      {
        messageId: `m-${n}`,
        body: JSON.stringify({
          Type: "Notification",
          MessageId: `s-${n}`,
          TopicArn: "t",
          Message: JSON.stringify(message),
          Timestamp: new Date(START + n * 1000).toISOString(),
        }),
      },
    ],
  }) as never;

const here: World = world();
const ports: Ports = { ...here, store: marshalled(here.store) };
const patients: string[] = [];
for (let n = 0; n < PEOPLE; n++) {
  const { patient } = await registerPatient(ports, { identifiers: [{ system: "emr", value: String(n) }], team: "nurses" }, APPLICATION);
  const { number } = await registerNumber(ports, patient.id, { e164: phone(n), kind: "mobile", relationship: "self" }, PERSON);
  const wording = { id: "basics", version: 1 };
  await recordConsent(
    ports,
    patient.id,
    { decision: "granted", purposes: ["appointments"], number: number.id, wording, method: "phone", agreedAt: START - DAY },
    PERSON,
  );
  patients.push(patient.id);
}

const receive = batch(
  (each) => arrivalOf(each.body)?.from ?? "",
  async (each, src) => {
    const arrival = arrivalOf(each.body);
    if (arrival) await receiveText(ports, arrival, src);
  },
);
const inbound = (n: number): object => ({
  originationNumber: phone(n),
  destinationNumber: "+15875550100",
  messageKeyword: "",
  messageBody: "Hi, can I move my appointment to Thursday?",
  inboundMessageId: `in-${n}`,
  previousPublishedMessageId: "p",
});

const accept = http({
  body: newMessage,
  person: false,
  run: async (call) => {
    const { message } = await acceptMessage(ports, call.body, idempotencyKey(call), call.client, call.act);
    return answer(202, messageView(message, ports.clinic));
  },
});
const request = (n: number): HttpEvent =>
  ({
    routeKey: "POST /v1/messages",
    headers: { "content-type": "application/json", "idempotency-key": `key-${n}` },
    body: JSON.stringify({
      patient: { id: patients[n % PEOPLE] },
      scenario: "reminder",
      template: "reminder",
      params: { date: "2026-12-01", time: "10:00" },
    }),
    isBase64Encoded: false,
    requestContext: { authorizer: { jwt: { claims: { client_id: "emr", sub: "emr", scope: "system/CommunicationRequest.c" } } } },
  }) as never;

const figures: Figure[] = [];
figures.push(...(await measure("receive-text", (n) => receive(record(inbound(n), n), context))));
figures.push(...(await measure("accept-message", (n) => accept(request(n), context as never))));
const errands = here.errands.splice(0);
const send = batch(
  () => "",
  async (each, src) => {
    await sendText(ports, JSON.parse(each.body), src);
    // The lane is not what is measured.
    here.time.now += 100;
  },
);
figures.push(
  ...(await measure("send-text", (n) =>
    send({ Records: [{ messageId: `m-${n}`, body: JSON.stringify(errands[n]?.errand) }] } as never, context),
  )),
);
const sent = here.sent.map((text) => text.message);
const track = batch(
  (each) => newsOf(each.body)?.message ?? "",
  async (each, src) => {
    const news = newsOf(each.body);
    if (news) await trackDelivery(ports, news, src);
  },
);
const delivered = (n: number): object => ({
  eventType: "TEXT_DELIVERED",
  eventVersion: "1.0",
  isFinal: true,
  destinationPhoneNumber: phone(n),
  messageId: `c-${n}`,
  context: { m: sent[n], c: "test-clinic" },
});
figures.push(...(await measure("track-delivery", (n) => track(record(delivered(n), n), context))));
process.send?.(figures, () => process.exit(0));
