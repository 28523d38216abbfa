/**
 * Measures the sequencer on one core without what it waits for: records as Lambda hands them over, an archive and a lock in
 * memory, a signature by Node's own Ed25519. Marshalling of the records is in it; KMS, S3 and DynamoDB are not.
 */
import { toChange } from "../lambdas/adapters/dynamo/stream.ts";
import { append, type Head } from "../lambdas/core/audit.ts";
import { sequenceAudit } from "../lambdas/core/verbs/sequence-audit.ts";
import { logWorld } from "../tests/support/log.ts";
import type { Figure } from "./report.ts";

const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 1_000_000);
const BATCH = 1_000;
const CHAINS = 83_332;

const world = logWorld();
const clinic = { id: "clinic", hash: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" };
const heads = new Map<number, Head>();
const ulid = (n: number): string => String(n).padStart(26, "0");

/** A batch of records of ordinary events, as Lambda hands them over. Made outside what is measured. */
function batch(from: number): Parameters<typeof toChange>[0][] {
  return Array.from({ length: BATCH }, (_, at) => {
    const n = from + at;
    const chain = n % CHAINS;
    const id = `conv/cnv_${ulid(chain)}`;
    const entry = {
      type: "conversation.resolved",
      patient: `pat_${ulid(chain)}`,
      why: ["answered"],
      objects: [
        { t: "filed", id: `pat_${ulid(chain)}` },
        { t: "note", id: `cnv_${ulid(chain)}.${ulid(n)}` },
      ],
      was: "claimed",
      now: "idle",
    } as const;
    const act = {
      who: { id: "m.tremblay", role: "front-desk", app: "emr", as: "asserted" },
      src: { fn: "claim-conversation", req: "0f3a7b1c-2d4e-4f60-8a9b-c0d1e2f3a4b5" },
    } as const;
    const done = append(heads.get(chain) ?? { chain: id, seq: -1, hash: undefined }, entry, act, world.now, ulid(n), clinic);
    heads.set(chain, done.head);
    const { PK, SK, e, h } = done.item;
    const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64") as unknown as Uint8Array;
    const Keys = { PK: { S: PK }, SK: { S: SK } };
    return {
      eventID: String(n),
      eventName: "INSERT",
      dynamodb: { Keys, NewImage: { ...Keys, e: { B: b64(e) }, h: { B: b64(h) } }, ApproximateCreationDateTime: world.now / 1000 },
    } as unknown as Parameters<typeof toChange>[0];
  });
}

let ms = 0;
let bytes = 0;
const cpu = { user: 0, system: 0 };
for (let from = 0; from < EVENTS; from += BATCH) {
  const records = batch(from);
  bytes += records.reduce((sum, { dynamodb }) => sum + (String(dynamodb?.NewImage?.["e"]?.B).length * 3) / 4, 0);
  const before = process.cpuUsage();
  const began = performance.now();
  const { leaves } = await sequenceAudit(
    world.ports,
    records.map((record) => toChange(record, world.now)),
    { fn: "sequence-audit", req: "bench" },
  );
  ms += performance.now() - began;
  const used = process.cpuUsage(before);
  cpu.user += used.user;
  cpu.system += used.system;
  if (leaves < BATCH) throw new Error(`${leaves} leaves of ${BATCH} events`);
  world.now += 1_000;
  // What is kept is not the sequencer's memory, and would fill this process's.
  for (const key of world.archive.objects.keys()) if (key.includes("/seg/")) world.archive.objects.delete(key);
}
const seconds = ms / 1000;
const part = `sequencing ${EVENTS.toLocaleString("en")} events of ${Math.round(bytes / EVENTS)} bytes, ${BATCH} at a time, KMS and S3 answered from memory`;
const figures: Figure[] = [
  {
    part,
    name: "CPU of one event",
    value: (cpu.user + cpu.system) / EVENTS,
    unit: "µs",
    goal: 50,
    beside: `${Math.round((EVENTS * 1e6) / (cpu.user + cpu.system)).toLocaleString("en")} events a second on one core; goal: 20,000`,
  },
  {
    part,
    name: "wall time of one event",
    value: (ms * 1000) / EVENTS,
    unit: "µs",
    beside: `${Math.round(EVENTS / seconds).toLocaleString("en")} a second here, beside whatever else runs`,
  },
  {
    part,
    name: "resident memory at the end",
    value: process.memoryUsage.rss() / 1e6,
    unit: "MB",
    beside: "the records and the archive's tiles included",
  },
];
process.send?.(figures);
if (!process.send) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.disconnect?.();
