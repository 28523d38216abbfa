import { headers, success } from "./answer.ts";
import { askReader } from "./asks.ts";
import { type Call, createCallLog } from "./call-log.ts";
import { openCarrier } from "./carrier.ts";
import type { Clock } from "./clock.ts";
import { openDoor } from "./door.ts";
import { openDynamo, startDynamo } from "./dynamo.ts";
import { createFaults, type Fault } from "./faults.ts";
import { loadGrants, type PolicyReport } from "./grants.ts";
import { callHandler, type Service } from "./handle.ts";
import { type Handsets, openHandsets } from "./handsets.ts";
import { createIdentities, type Identity, OPERATOR } from "./identities.ts";
import { openKms } from "./kms.ts";
import { type Lines, openLines } from "./lines.ts";
import { type Mail, openMessaging } from "./messaging.ts";
import { checkSubscriptions, dumpQueues, openQueues, type QueuedMessage, type Queues } from "./queues.ts";
import { openS3 } from "./s3.ts";
import { openSms } from "./sms.ts";
import { openStreams, type Streams } from "./streams.ts";
import { type Cloud, loadCloud } from "./template.ts";
import { createWaves } from "./waves.ts";

export type { Call } from "./call-log.ts";
export type { Clock } from "./clock.ts";
export type { Fault } from "./faults.ts";
export { functionName, type PolicyReport } from "./grants.ts";
export type { TextOptions } from "./handsets.ts";
export type { Identity } from "./identities.ts";
export type { Mail } from "./messaging.ts";
export type { QueuedMessage, Queues, SqsRecord } from "./queues.ts";
export type { Cloud, Resource } from "./template.ts";
export { list, object, text } from "./values.ts";

/** AWS on one machine, as the synthesised templates describe it. */
export interface LocalAws {
  /** The door: every AWS call goes here, and queue URLs start with it. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly cloud: Cloud;
  /** Credentials for one worker process of a function; the role's policy binds them. */
  identity(functionName: string, roleLogicalId: string, worker: string): Identity;
  /** Credentials that may read everything: for the command line and for tests. */
  readonly operator: Identity;
  /** Says which invocation a worker runs now; undefined when it runs none. */
  invocation(accessKeyId: string, id: string | undefined): void;
  /** Is told when a `crash` fault wants a worker dead. */
  onCrash(listener: (accessKeyId: string) => void): void;
  calls(after: number): Call[];
  policyReport(): PolicyReport;
  readonly faults: { add(fault: Fault): void; clear(): void };
  /** Waves mode: the door holds answers until a round of calls is complete (see `waves.ts`). May be switched at any time. */
  waves: boolean;
  readonly queues: Queues;
  readonly streams: Streams;
  /** Where a bucket's objects lie as files. */
  bucket(name: string): string;
  /** Says who runs a function that another one calls. */
  onInvoke(run: Invoke): void;
  readonly handsets: Handsets;
  /** The carriers' directory of numbers. */
  readonly lines: Pick<Lines, "port">;
  /** Publishes to a topic as the carrier does, whatever the message. */
  publish(topicArn: string, message: string): string;
  /** Delivery events that the simulated carrier has still to publish. */
  pending(): { carrier: number; nextAt?: number };
  mails(): Mail[];
  /** The names of the tables. */
  tables(): string[];
  /** Every item of every table, in DynamoDB's JSON. */
  dump(): Promise<{ table: string; items: unknown[] }[]>;
  /** Every message in any queue, dead letters included. */
  queueDump(): Promise<QueuedMessage[]>;
  close(): Promise<void>;
}

/** Runs a function once, by its resource's name. */
type Invoke = (functionName: string, event: unknown) => Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false }>;

/** How to start. */
export interface AwsOptions {
  /** The cloud assembly that `npm run synth` wrote. */
  readonly cdkOut: string;
  /** Where data are kept; undefined keeps everything in memory. */
  readonly dataDir: string | undefined;
  readonly clock: Clock;
  readonly waves?: boolean;
  readonly stderr?: (line: string) => void;
  /** The java command, where it is not the one of JAVA_HOME or the path. */
  readonly java?: string;
}

/**
 * Starts AWS on one machine: DynamoDB Local, queues and topics, a small KMS and a small End User Messaging, behind one door that decides
 * by the synthesised policies, logs and injects faults. Everything listens on the loopback interface only.
 * @throws Error of one sentence: Java missing or too old, no cloud assembly, or something in the templates that the local stack does not know
 */
export async function startAws({ cdkOut, dataDir, clock, waves = false, stderr = () => {}, java }: AwsOptions): Promise<LocalAws> {
  // Java is what takes longest: it starts first, and everything else beside it.
  const starting = startDynamo(dataDir, java);
  starting.catch(() => {}); // told below, where it is awaited
  const door = await openDoor();
  const open: (() => void | Promise<void>)[] = [() => door.close()];
  try {
    const cloud = loadCloud(cdkOut, door.endpoint);
    const grants = loadGrants(cloud);
    const asks = askReader(cloud);
    checkSubscriptions(cloud, grants);
    const messaging = await openMessaging(cloud, dataDir);
    open.push(() => messaging.close());
    const phones = openHandsets(cloud, messaging, grants, clock, dataDir);
    const carrier = openCarrier(cloud, messaging, grants, phones, clock, dataDir);
    const kms = openKms(cloud, dataDir);
    const sms = openSms(cloud, carrier, clock, dataDir);
    const lines = openLines();
    const s3 = openS3(cloud, dataDir, clock);
    open.push(carrier.close, phones.flush, kms.flush, sms.flush, s3.close);
    const dynamo = await openDynamo(await starting, cloud);
    open.push(() => dynamo.close());
    const streams = openStreams(cloud, dynamo, grants, asks, dataDir);
    open.push(streams.flush);
    let invoke: Invoke = () => Promise.resolve({ ok: false });

    const services: Readonly<Record<string, Service>> = {
      dynamodb: (request) => dynamo.forward(String(request.headers["x-amz-target"]), request.body),
      sqs: messaging.call,
      sns: messaging.call,
      s3: async (request) => s3.call(request),
      lambda: async ({ input, body }) => {
        const ended = await invoke(String(input["FunctionName"]), JSON.parse(body.toString() || "null"));
        const failed = ended.ok ? {} : { "x-amz-function-error": "Unhandled" };
        const value = ended.ok ? ended.value : { errorType: "Error" };
        return { status: 200, headers: { ...headers("lambda"), ...failed }, body: JSON.stringify(value ?? null) };
      },
      kms: async ({ action, input }) => success("kms", kms.call(action, input)),
      "sms-voice": async ({ action, input }) => {
        const { result, silent } = sms.call(action, input);
        return silent === true ? "silence" : success("sms-voice", result);
      },
      mobiletargeting: async ({ action, input }) => success("mobiletargeting", lines.call(action, input)),
    };
    const state = { waves };
    const crashListeners: ((accessKeyId: string) => void)[] = [];
    const crashed = (accessKeyId: string) => {
      for (const listener of crashListeners) listener(accessKeyId);
    };
    const identities = createIdentities();
    const faults = createFaults();
    const log = createCallLog();
    const rounds = createWaves(() => state.waves);
    door.serve(callHandler({ services, identities, grants, asks, faults, log, waves: rounds, crashed, stderr }));

    return {
      endpoint: door.endpoint,
      region: cloud.region,
      account: cloud.account,
      cloud,
      identity: (name, roleLogicalId) => {
        grants.roleArn(roleLogicalId); // an unknown role is a mistake now, not at the first call
        return identities.give(name, roleLogicalId);
      },
      operator: OPERATOR,
      invocation: (accessKeyId, id) => {
        const caller = identities.find(accessKeyId);
        if (caller === undefined) return;
        rounds.forget(`${accessKeyId}/${caller.invocation ?? "-"}`);
        caller.invocation = id;
        if (id !== undefined) caller.dead = false;
      },
      onCrash: (listener) => {
        crashListeners.push(listener);
      },
      calls: log.after,
      policyReport: grants.report,
      faults: { add: faults.add, clear: faults.clear },
      get waves() {
        return state.waves;
      },
      set waves(on) {
        state.waves = on;
      },
      queues: openQueues(cloud, messaging, grants, asks),
      streams,
      bucket: s3.directory,
      onInvoke: (run) => {
        invoke = run;
      },
      handsets: { text: phones.text, inbox: phones.inbox, sent: phones.sent, all: phones.all },
      lines: { port: lines.port },
      publish: messaging.publish,
      pending: carrier.pending,
      mails: messaging.mails,
      tables: () => cloud.resources("AWS::DynamoDB::Table").map(({ name }) => name),
      dump: async () =>
        Promise.all(cloud.resources("AWS::DynamoDB::Table").map(async ({ name }) => ({ table: name, items: await dynamo.scan(name) }))),
      queueDump: async () => dumpQueues(messaging),
      close: async () => {
        for (const close of open.reverse()) await close();
      },
    };
  } catch (error) {
    for (const close of open.reverse()) await close();
    // Java may still be starting, or be what failed.
    await starting.then(
      (running) => running.stop(),
      () => {},
    );
    throw error;
  }
}
