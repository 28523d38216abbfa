import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoStore } from "../../lambdas/adapters/dynamo/store.ts";
import { type Appended, leafHash } from "../../lambdas/core/audit.ts";
import { base64url } from "../../lambdas/core/digest.ts";
import { keys, newId, type PatientItem } from "../../lambdas/core/items.ts";
import { plan } from "../../lambdas/core/plan.ts";
import type { Item, Store, Write } from "../../lambdas/core/store.ts";
import { startDynamo } from "../../local/aws/dynamo.ts";
import { memoryStore } from "../support/memory-store.ts";
import { clinic, PERSON, START } from "../support/world.ts";

/** One suite, two stores: what the fake allows, DynamoDB allows, and the other way round. */
let local: { endpoint: string; stop: () => Promise<void> | void };
let dynamo: Store;

beforeAll(async () => {
  const running = await startDynamo(undefined, undefined);
  local = { endpoint: `http://127.0.0.1:${running.port}`, stop: () => running.stop() };
  const client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: "ca-central-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  const keyed = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommand =>
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "PK", AttributeType: "S" },
        { AttributeName: "SK", AttributeType: "S" },
      ],
      ...more,
    });
  const index = (
    IndexName: string,
    hash: string,
    range: string,
  ): NonNullable<CreateTableCommandInput["GlobalSecondaryIndexes"]>[number] => ({
    IndexName,
    KeySchema: [
      { AttributeName: hash, KeyType: "HASH" },
      { AttributeName: range, KeyType: "RANGE" },
    ],
    Projection: { ProjectionType: "ALL" },
  });
  await client.send(
    keyed("state", {
      AttributeDefinitions: [
        { AttributeName: "PK", AttributeType: "S" },
        { AttributeName: "SK", AttributeType: "S" },
        { AttributeName: "q", AttributeType: "S" },
        { AttributeName: "qs", AttributeType: "S" },
        { AttributeName: "d", AttributeType: "S" },
        { AttributeName: "da", AttributeType: "N" },
      ],
      GlobalSecondaryIndexes: [index("queue", "q", "qs"), index("due", "d", "da")],
    }),
  );
  await client.send(keyed("audit"));
  dynamo = dynamoStore(client, { state: "state", audit: "audit" });
});
afterAll(() => local.stop());

const put = (item: Item, when: Write["when"] = [["PK", "absent"]]): Write => ({ op: "put", table: "state", item, when });
const update = (PK: string, set: Record<string, string | number>, when: Write["when"] = [], remove: string[] = []): Write => ({
  op: "update",
  table: "state",
  key: { PK, SK: "a" },
  set,
  remove,
  add: {},
  when,
});

describe.each([
  ["memory", () => memoryStore()],
  ["DynamoDB Local", () => dynamo],
])("%s", (_, make) => {
  let store: Store;
  let n = 0;
  const fresh = (): string => `T#${_}#${Math.random()}#${n++}`;
  beforeAll(() => {
    store = make();
  });

  test("keeps what it is given, whatever its type", async () => {
    const item: Item = {
      PK: fresh(),
      SK: "a",
      text: "é😀",
      empty: "",
      number: -5,
      big: 1_780_000_000_000,
      yes: true,
      no: false,
      bytes: Uint8Array.of(0, 255),
      list: ["x", 1, { y: "z" }],
      map: { deep: { deeper: [] } },
    };
    expect(await store.transact([put(item)])).toBe(true);
    expect(await store.get(item)).toEqual(item);
    expect(await store.get({ PK: item.PK, SK: "b" })).toBeUndefined();
  });

  test("all or nothing: one failed condition and nothing is written", async () => {
    const [one, other] = [fresh(), fresh()];
    await store.transact([put({ PK: one, SK: "a", v: 1 })]);
    expect(await store.transact([put({ PK: other, SK: "a" }), update(one, { v: 2 }, [["v", "=", 9]])])).toBe(false);
    expect(await store.get({ PK: other, SK: "a" })).toBeUndefined();
    expect(await store.get({ PK: one, SK: "a" })).toMatchObject({ v: 1 });
    expect(await store.transact([put({ PK: one, SK: "a" })])).toBe(false);
  });

  test("an update needs its item, sets, removes, adds, and holds every leg", async () => {
    const PK = fresh();
    expect(await store.transact([update(PK, { v: 1 })])).toBe(false);
    await store.transact([put({ PK, SK: "a", v: 1, w: "x", state: "open" })]);
    const legs: Write["when"] = [
      ["v", "=", 1],
      ["v", "<=", 1],
      ["v", ">=", 1],
      ["v", "<", 2],
      ["v", ">", 0],
      ["state", "<>", "stopped"],
      ["w", "exists"],
      ["z", "absent"],
      ["missing", "<>", 1],
    ];
    expect(
      await store.transact([
        { op: "update", table: "state", key: { PK, SK: "a" }, set: { v: 2 }, remove: ["w"], add: { count: 3 }, when: legs },
      ]),
    ).toBe(true);
    expect(await store.get({ PK, SK: "a" })).toEqual({ PK, SK: "a", v: 2, state: "open", count: 3 });
    for (const leg of [
      ["v", "=", 1],
      ["v", "<", 2],
      ["v", ">", 2],
      ["v", "=", "2"],
      ["w", "exists"],
      ["v", "absent"],
      ["missing", "<", 5],
    ] as Write["when"]) {
      expect(await store.transact([update(PK, { touched: 1 }, [leg])]), String(leg)).toBe(false);
    }
  });

  test("a deletion needs its item and holds every leg; what is deleted can be put again", async () => {
    const PK = fresh();
    const gone = (when: Write["when"] = []): Write => ({ op: "delete", table: "state", key: { PK, SK: "a" }, when });
    expect(await store.transact([gone()])).toBe(false);
    await store.transact([put({ PK, SK: "a", v: 1, q: PK, qs: "1", d: PK, da: 1 }), put({ PK, SK: "b" })]);
    expect(await store.transact([gone([["v", "=", 2]])])).toBe(false);
    expect(await store.transact([gone([["v", "=", 1]])])).toBe(true);
    expect(await store.query(PK)).toEqual([{ PK, SK: "b" }]);
    expect([await store.queue(PK, { limit: 1 }), await store.due(PK, 1, 1)]).toEqual([[], []]);
    expect(await store.transact([put({ PK, SK: "a", v: 3 })])).toBe(true);
    expect(await store.get({ PK, SK: "a" })).toEqual({ PK, SK: "a", v: 3 });
  });

  test("a check guards a transaction and changes nothing", async () => {
    const [guard, item] = [fresh(), fresh()];
    await store.transact([put({ PK: guard, SK: "a", epoch: 1 })]);
    const check = (epoch: number): Write => ({ op: "check", table: "state", key: { PK: guard, SK: "a" }, when: [["epoch", "=", epoch]] });
    expect(await store.transact([check(2), put({ PK: item, SK: "a" })])).toBe(false);
    expect(await store.transact([check(1), put({ PK: item, SK: "a" })])).toBe(true);
    expect(await store.get({ PK: guard, SK: "a" })).toEqual({ PK: guard, SK: "a", epoch: 1 });
  });

  test("the audit table is only ever added to", async () => {
    const event: Write = {
      op: "put",
      table: "audit",
      item: { PK: fresh(), SK: "000000000000", e: Uint8Array.of(1) },
      when: [["PK", "absent"]],
    };
    expect(await store.transact([event])).toBe(true);
    expect(await store.transact([event])).toBe(false);
  });

  test("a partition in order, by prefix, newest first, and no more than asked", async () => {
    const PK = fresh();
    for (const SK of ["M#3", "C", "M#1", "M#2", "N"]) await store.transact([put({ PK, SK })]);
    const names = async (options?: Parameters<Store["query"]>[1]): Promise<string[]> =>
      (await store.query<Item>(PK, options)).map((item) => item.SK);
    expect(await names()).toEqual(["C", "M#1", "M#2", "M#3", "N"]);
    expect(await names({ prefix: "M#" })).toEqual(["M#1", "M#2", "M#3"]);
    expect(await names({ prefix: "M#", descending: true, limit: 2 })).toEqual(["M#3", "M#2"]);
    expect(await store.query(fresh())).toEqual([]);
  });

  test("a queue in order, by prefix and after a place; what has left it is not in it", async () => {
    const team = fresh();
    for (const [index, qs] of ["w#1", "w#2", "w#3", "x#0"].entries())
      await store.transact([put({ PK: `${team}#${index}`, SK: "a", q: team, qs })]);
    const places = async (options: Parameters<Store["queue"]>[1]): Promise<unknown[]> =>
      (await store.queue<Item>(team, options)).map((item) => item["qs"]);
    expect(await places({ limit: 10 })).toEqual(["w#1", "w#2", "w#3", "x#0"]);
    expect(await places({ limit: 2 })).toEqual(["w#1", "w#2"]);
    expect(await places({ limit: 10, prefix: "w#" })).toEqual(["w#1", "w#2", "w#3"]);
    expect(await places({ limit: 10, after: "w#2" })).toEqual(["w#3", "x#0"]);
    expect(await places({ limit: 10, after: "w#2", prefix: "w#" })).toEqual(["w#3"]);
    await store.transact([update(`${team}#0`, { state: "idle" }, [], ["q", "qs"])]);
    expect(await places({ limit: 1 })).toEqual(["w#2"]);
  });

  test("what is due, earliest first, up to now", async () => {
    const shard = fresh();
    for (const [index, da] of [30, 10, 20].entries()) await store.transact([put({ PK: `${shard}#${index}`, SK: "a", d: shard, da })]);
    expect((await store.due(shard, 20, 10)).map((key) => key.PK.at(-1))).toEqual(["1", "2"]);
    expect(await store.due(shard, 20, 1)).toEqual([{ PK: `${shard}#1`, SK: "a" }]);
    expect(await store.due(shard, 9, 10)).toEqual([]);
  });

  test("many writers on one chain at once: places 0 to the last, each after the one before, no fork", async () => {
    const writers = _ === "memory" ? 200 : 40;
    const id = newId("pat", START, crypto.getRandomValues(new Uint8Array(10)));
    const item: PatientItem = { ...keys.patient(id), id, ver: 0, effective: {}, aseq: -1, ahash: new Uint8Array() };
    const events: Appended["item"][] = [];
    await store.transact([put(item as unknown as Item)]);
    const write = async (): Promise<void> => {
      const found = await store.get<PatientItem>(item);
      if (!found) throw new Error("no patient");
      const read = found.aseq < 0 ? { ...found, ahash: undefined as unknown as Uint8Array } : found;
      const made = plan({ clinic, ids: { random: () => crypto.getRandomValues(new Uint8Array(10)) } }, PERSON, START);
      made.change(read, { ver: read.ver + 1 });
      made.event(read, `pat/${id}`, { type: "consent.viewed", patient: id });
      const writes = made.writes();
      if (!(await store.transact(writes))) return write();
      for (const each of writes) if (each.op === "put" && each.table === "audit") events.push(each.item as unknown as Appended["item"]);
    };
    await Promise.all(Array.from({ length: writers }, write));
    events.sort((a, b) => (a.SK < b.SK ? -1 : 1));
    expect(events.map(({ SK }) => Number(SK))).toEqual(Array.from({ length: writers }, (_each, seq) => seq));
    const prev = events.map(({ e }) => JSON.parse(new TextDecoder().decode(e)).prev);
    expect(prev).toEqual([null, ...events.slice(0, -1).map(({ e }) => base64url(leafHash(e)))]);
    expect(await store.get(item)).toMatchObject({ ver: writers, aseq: writers - 1, ahash: events.at(-1)?.h });
  });

  test("of many at once exactly one wins", async () => {
    const PK = fresh();
    await store.transact([put({ PK, SK: "a", v: 0 })]);
    const wins = await Promise.all(Array.from({ length: 20 }, (_each, by) => store.transact([update(PK, { v: 1, by }, [["v", "=", 0]])])));
    expect(wins.filter(Boolean)).toHaveLength(1);
  });
});
