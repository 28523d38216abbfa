import { expect, test } from "vitest";
import { canonical, leafHash } from "../../lambdas/core/audit.ts";
import { hex } from "../../lambdas/core/digest.ts";
import { LogBroken } from "../../lambdas/core/sequence/grow.ts";
import { known } from "../../lambdas/core/sequence/known.ts";
import { type Change, leafOf } from "../../lambdas/core/sequence/leaves.ts";
import { parseNote } from "../../lambdas/core/tlog/note.ts";
import { sequenceAudit } from "../../lambdas/core/verbs/sequence-audit.ts";
import { events, type LogWorld, logWorld, type Mishap } from "../support/log.ts";

const SRC = { fn: "sequence-audit", req: "r" };
const HOUR = 3_600_000;
const run = (world: LogWorld, batch: readonly Change[]) => sequenceAudit(world.ports, batch, SRC);

/** Runs until it ends well, as Lambda gives a batch again until then. */
async function again(world: LogWorld, batch: readonly Change[]): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await run(world, batch);
      return;
    } catch (error) {
      if (error instanceof LogBroken || tries > 20) throw error;
    }
  }
}

test("a batch becomes leaves in its order, behind the leaf that opens the log; the checkpoint is signed and cosigned", async () => {
  const world = logWorld();
  const batch = events(300, world.now);
  expect(await run(world, batch)).toEqual({ leaves: 301, alarms: 0, unwitnessed: 0 });
  expect(await world.check(batch)).toEqual(["log.opened"]);
  const newest = parseNote(Buffer.from(world.archive.objects.get("log/2026/checkpoint") ?? "").toString());
  expect(newest.signatures.map(({ name }) => name)).toEqual(["audit.clinic/2026", "witness.clinic"]);
  expect([...world.archive.objects.keys()].filter((key) => key.includes("/tile/"))).toEqual(["log/2026/tile/0/000"]);
});

/** Every call that a run makes, in order, to go wrong one after the other. */
async function callsOf(prepare: (world: LogWorld) => Promise<void>, batch: (world: LogWorld) => Change[]): Promise<string[]> {
  const world = logWorld();
  await prepare(world);
  const calls: string[] = [];
  world.before = (call) => {
    calls.push(call);
    return undefined;
  };
  await run(world, batch(world));
  return calls;
}

const SCENES: Record<string, { prepare: (world: LogWorld) => Promise<void>; had: number; turns?: true }> = {
  "the first flush of all": { prepare: async () => undefined, had: 0 },
  "a flush that fills a tile": { prepare: async (world) => void (await run(world, events(250, world.now, 1000))), had: 250 },
  "the turn of the year": {
    prepare: async (world) => {
      world.now = Date.UTC(2026, 11, 31, 23, 59);
      await run(world, events(250, world.now, 1000));
      world.now += 2 * 60_000;
    },
    had: 250,
    turns: true,
  },
};

test.each(Object.entries(SCENES))(
  "a crash at any call of %s, done or not, leaves one log with every event once",
  async (_, { prepare, had, turns }) => {
    const calls = await callsOf(prepare, (world) => events(40, world.now));
    expect(calls.filter((call) => call === "lock.swap")).toHaveLength(turns ? 2 : 1);
    expect(new Set(calls)).toEqual(
      new Set([
        "lock.read",
        "lock.swap",
        "archive.get",
        "archive.put",
        "archive.keep",
        "archive.remove",
        "signer.key",
        "signer.sign",
        "witness.add",
        "witness.key",
      ]),
    );
    for (const mishap of ["not-done", "unanswered"] satisfies Mishap[])
      for (const nth of calls.keys()) {
        const world = logWorld();
        await prepare(world);
        const earlier = had > 0 ? events(had, turns ? Date.UTC(2026, 11, 31, 23, 59) : world.now, 1000) : [];
        const batch = events(40, world.now);
        let n = 0;
        // The run ends there, whatever it would have done next.
        world.before = () => (n++ === nth ? mishap : n > nth + 1 ? "not-done" : undefined);
        const ended = await run(world, batch).then(
          () => "well",
          () => "dead",
        );
        world.before = () => undefined;
        world.now += 61_000;
        await again(world, batch);
        // The flush after it, too: nothing of the crash is left in its way.
        const later = events(3, world.now, 5000);
        await again(world, later);
        expect([nth, calls[nth], ended, await world.check([...earlier, ...batch, ...later])]).toEqual([
          nth,
          calls[nth],
          expect.any(String),
          turns ? ["log.opened", "log.closed", "log.opened"] : ["log.opened"],
        ]);
      }
  },
);

test("a crash before the commit changes nothing; one after it is finished by a run that has nothing of its own", async () => {
  const world = logWorld();
  const batch = events(10, world.now);
  world.before = (call) => (call === "lock.swap" ? "not-done" : undefined);
  await expect(run(world, batch)).rejects.toThrow();
  expect(world.state).toBeUndefined();
  world.before = (call) => (call === "lock.swap" ? "unanswered" : undefined);
  await expect(run(world, batch)).rejects.toThrow();
  expect(world.state?.size).toBe(11);
  expect(world.archive.objects.has("log/2026/checkpoint")).toBe(false);
  world.before = () => undefined;
  expect(await run(world, [])).toEqual({ leaves: 0, alarms: 0, unwitnessed: 0 });
  await world.check(batch);
});

test("several sequencers at once, some of them on the same records, make one log", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const world = logWorld();
    let random = seed;
    const next = (n: number): number => {
      random = (random * 48_271) % 2_147_483_647;
      return random % n;
    };
    // Every call takes a few turns of the others.
    world.before = async () => {
      for (let turns = next(6); turns > 0; turns--) await Promise.resolve();
      return undefined;
    };
    const one = events(30, world.now, 1000);
    const two = events(30, world.now, 2000);
    await Promise.all([again(world, one), again(world, two), again(world, one.slice(0, 15)), again(world, two.slice(10))]);
    world.before = () => undefined;
    await again(world, []);
    await world.check([...one, ...two]);
  }
});

test("a stream that gives records again, in halves, in part, out of order or twice in a batch, adds none of them twice", async () => {
  const world = logWorld();
  const batch = events(500, world.now);
  await run(world, batch);
  world.now += 2 * HOUR;
  const more = events(20, world.now, 7000);
  for (const part of [
    batch.slice(0, 250),
    batch.slice(250),
    batch.toReversed(),
    [...batch.slice(-5), ...more, ...more],
    batch.slice(100, 101),
  ])
    await run(world, part);
  await world.check([...batch, ...more]);
});

test("after 24 hours without a sequencer it takes what the stream kept, though batches come twice and a run dies now and then", async () => {
  const world = logWorld();
  const before = events(700, world.now, 10_000);
  await run(world, before);
  const outage: Change[] = [];
  for (let hour = 0; hour < 24; hour++) outage.push(...events(100, world.now + hour * HOUR, 20_000 + hour * 100));
  world.now += 24 * HOUR;
  let n = 0;
  world.before = () => (++n % 37 === 0 ? (n % 2 === 0 ? "not-done" : "unanswered") : undefined);
  for (let at = 0; at < outage.length; at += 250) {
    await again(world, outage.slice(Math.max(0, at - 120), at + 250));
    world.now += 10_000;
  }
  world.before = () => undefined;
  await again(world, []);
  await world.check([...before, ...outage]);
});

test("a record that comes again over the turn of the year is found in the year before", async () => {
  const world = logWorld(Date.UTC(2026, 11, 31, 23, 50));
  const batch = events(300, world.now);
  await run(world, batch);
  world.now += 20 * 60_000;
  const first = events(5, world.now, 9000);
  await run(world, [...batch.slice(200), ...first]);
  await run(world, batch);
  expect(await world.check([...batch, ...first])).toEqual(["log.opened", "log.closed", "log.opened"]);
  const closing = [...world.archive.objects.keys()].filter((key) => key.startsWith("log/2026/ckpt/"));
  expect(closing.at(-1)).toBe("log/2026/ckpt/000000000302.note");
  expect(world.state).toMatchObject({ year: 2027, origin: "audit.clinic/2027", size: 6 });
});

const [sound] = events(1, Date.UTC(2026, 10, 26)) as [Change];

test("changed, removed and malformed records become alarms on the log's own chain, once each, and the batch goes on", async () => {
  const world = logWorld();
  const [event] = events(1, world.now) as [Change];
  const text = (value: unknown): Change => {
    const e = canonical(value);
    return { ...event, id: `bad-${e.length}`, e, h: leafHash(e) };
  };
  const image = { PK: { S: event.PK ?? "" }, e: { B: "AA==" } };
  const bad: Change[] = [
    { ...event, id: "m", kind: "MODIFY", before: image, after: image },
    { ...event, id: "r", kind: "REMOVE", before: image, after: undefined },
    { ...event, id: "k", kind: "TRUNCATE" },
    { ...event, id: "h", h: new Uint8Array(32) },
    { ...event, id: "e", e: undefined },
    text({ chain: "conv/other", seq: 0 }),
  ];
  const more = events(3, world.now, 50);
  const batch = [event, ...bad, ...more];
  expect(await run(world, batch)).toEqual({ leaves: 11, alarms: 6, unwitnessed: 0 });
  await run(world, batch);
  expect(await world.check([event, ...more])).toEqual([
    "log.opened",
    "audit.tamper",
    "audit.tamper",
    "audit.malformed",
    "audit.malformed",
    "audit.malformed",
    "audit.malformed",
  ]);
});

const withEvent = (value: string): Change => {
  const e = new TextEncoder().encode(value);
  return { ...sound, e, h: leafHash(e) };
};
const chain = (sound.PK ?? "").slice(2);

test.each([
  ["not canonical: spaces", `{"chain": "${chain}","seq":0}`, "form"],
  ["not canonical: order", `{"seq":0,"chain":"${chain}"}`, "form"],
  ["not canonical: nested order", `{"chain":"${chain}","seq":0,"who":{"b":1,"a":2}}`, "form"],
  ["a member twice", `{"chain":"${chain}","chain":"${chain}","seq":0}`, "form"],
  ["a float", `{"chain":"${chain}","seq":0,"x":0.5}`, "form"],
  ["a null", `{"chain":"${chain}","seq":0,"x":null}`, "form"],
  ["a number too large", `{"chain":"${chain}","seq":9007199254740993}`, "form"],
  ["a byte order mark", `\ufeff{"chain":"${chain}","seq":0}`, "form"],
  ["a list", "[]", "form"],
  ["no event at all", "hello", "form"],
  ["another place in the chain", `{"chain":"${chain}","seq":1}`, "key"],
  ["another chain", `{"chain":"conv/x","seq":0}`, "key"],
  ["too long for an entry", `{"chain":"${chain}","seq":0,"x":"${"a".repeat(65_536)}"}`, "size"],
])("an event that is %s is malformed", (_, value, why) => {
  expect(leafOf(withEvent(value))).toMatchObject({ type: "audit.malformed", why: [why] });
});

test("an event is taken as it is, with null for prev at a chain's start", () => {
  expect(leafOf(withEvent(`{"chain":"${chain}","prev":null,"seq":0}`))).toMatchObject({ hash: expect.any(Uint8Array) });
  expect(leafOf(sound)).toEqual({ bytes: sound.e, hash: new Uint8Array(sound.h as Uint8Array) });
});

test("an alarm repeats nothing that an attacker wrote: keys of another form, and ids, are left out", () => {
  const alarm = leafOf({
    ...sound,
    kind: "MODIFY",
    id: "call 403-555-0123",
    PK: "A#conv/Jane Doe 403-555-0123",
    before: { PK: { S: "x" } },
  });
  expect(JSON.stringify(alarm)).not.toContain("555");
  expect(JSON.stringify(alarm)).not.toContain("Jane");
});

test("a lock that was changed by hand signs nothing", async () => {
  const world = logWorld();
  await run(world, events(300, world.now));
  const whole = world.state;
  if (!whole) throw new Error("no state");
  const newest = Buffer.from(world.archive.objects.get("log/2026/checkpoint") ?? "").toString();
  const [tile = new Uint8Array(), ...levels] = whole.edge;
  const forged = new Uint8Array(tile);
  forged[5] = (forged[5] ?? 0) ^ 1;
  world.state = { ...whole, edge: [forged, ...levels] };
  await expect(run(world, events(1, world.now, 900))).rejects.toThrow(LogBroken);
  world.state = { ...whole, root: new Uint8Array(32) };
  await expect(run(world, events(1, world.now, 900))).rejects.toThrow(LogBroken);
  expect(Buffer.from(world.archive.objects.get("log/2026/checkpoint") ?? "").toString()).toBe(newest);
});

test("bytes that change between hashing and keeping stop the flush before its commit", async () => {
  const world = logWorld();
  await run(world, events(3, world.now));
  const { pack } = world.ports.gzip;
  const flipped = {
    ...world.ports,
    gzip: {
      ...world.ports.gzip,
      pack: (bytes: Uint8Array) => {
        const other = new Uint8Array(bytes);
        other[10] = (other[10] ?? 0) ^ 1;
        return pack(other);
      },
    },
  };
  await expect(sequenceAudit(flipped, events(1, world.now, 900), SRC)).rejects.toThrow("another root");
  expect(world.state?.size).toBe(4);
});

test("a signature that does not hold is not published, and the next run publishes the commit", async () => {
  const world = logWorld();
  const batch = events(3, world.now);
  const wrong = { ...world.ports, signer: { ...world.ports.signer, sign: async () => new Uint8Array(64) } };
  await expect(sequenceAudit(wrong, batch, SRC)).rejects.toThrow(LogBroken);
  expect([...world.archive.objects.keys()].filter((key) => /ckpt|checkpoint/.test(key))).toEqual([]);
  await run(world, batch);
  await world.check(batch);
});

test("a witness that is silent, wrong or refuses does not stop the log; the next cosignature covers all before it", async () => {
  const world = logWorld();
  const batch = events(3, world.now);
  const badly = (add: LogWorld["witness"]["add"]) => ({ ...world.ports, witnesses: [{ ...world.witness, add }] });
  const silent = badly(() => Promise.reject(new Error("no answer")));
  expect((await sequenceAudit(silent, batch.slice(0, 1), SRC)).unwitnessed).toBe(1);
  const wrong = badly(async () => ({ status: 200, body: "— witness.clinic AAAAAAAAAAAAAAAA\n" }));
  expect((await sequenceAudit(wrong, batch.slice(1, 2), SRC)).unwitnessed).toBe(1);
  const refuses = badly(async () => ({ status: 422, body: "" }));
  expect((await sequenceAudit(refuses, batch.slice(1, 2), SRC)).unwitnessed).toBe(0);
  expect((await run(world, batch.slice(2))).unwitnessed).toBe(0);
  const newest = parseNote(Buffer.from(world.archive.objects.get("log/2026/checkpoint") ?? "").toString());
  expect(newest.signatures).toHaveLength(2);
  await world.check(batch);
});

test("what was committed and is neither staged nor published is said aloud", async () => {
  const world = logWorld();
  world.before = (call) => (call === "archive.keep" ? "not-done" : undefined);
  await expect(run(world, events(3, world.now))).rejects.toThrow();
  for (const key of world.archive.objects.keys()) if (key.startsWith("staging/")) world.archive.objects.delete(key);
  world.before = () => undefined;
  await expect(run(world, [])).rejects.toThrow("neither staged nor published");
});

test("a clock that goes back leaves the year as it is", async () => {
  const world = logWorld(Date.UTC(2027, 0, 1, 0, 5));
  const one = events(2, world.now);
  await run(world, one);
  world.now -= 10 * 60_000;
  const two = events(2, world.now, 100);
  await run(world, two);
  expect(world.state?.year).toBe(2027);
  await world.check([...one, ...two]);
});

test("a run that loses to one on the very same records leaves alone what the winner has staged", async () => {
  const world = logWorld();
  await run(world, events(3, world.now, 100));
  const batch = events(5, world.now);
  let swaps = 0;
  world.before = async (call) => {
    if (call !== "lock.swap" || swaps++ > 0) return undefined;
    // Just before its swap another run commits the same leaves, and dies before anything is kept.
    world.before = (inner) => (inner === "archive.keep" ? "not-done" : undefined);
    await expect(run(world, batch)).rejects.toThrow("not done");
    world.before = () => undefined;
    return undefined;
  };
  await run(world, batch);
  expect(swaps).toBe(1);
  await world.check([...events(3, world.now, 100), ...batch]);
});

test("a slow run does not take the newest checkpoint back to its own", async () => {
  const world = logWorld();
  const [one, two] = [events(3, world.now), events(3, world.now, 100)];
  let reads = 0;
  world.before = async (call) => {
    // The second read is the last thing before the newest checkpoint is put.
    if (call !== "lock.read" || ++reads !== 2) return undefined;
    await run(world, two);
    return undefined;
  };
  await run(world, one);
  await world.check([...one, ...two]);
});

test("an event that shares its first bytes with another in the log is not taken for it", async () => {
  const hash = leafHash(sound.e ?? new Uint8Array());
  const other = new Uint8Array(hash);
  other[31] = (other[31] ?? 0) ^ 1;
  const world = logWorld();
  await run(world, []);
  if (!world.state) throw new Error("no state");
  const state = { ...world.state, edge: [other] };
  expect(await known(state, [hash], world.now, world.ports)).toEqual(new Set());
  expect(await known(state, [other], world.now, world.ports)).toEqual(new Set([hex(other)]));
});
