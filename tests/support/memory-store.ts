import type { Item, Key, Leg, Store, Value, Write } from "../../lambdas/core/store.ts";

/** What a test may do to a call of the store: nothing, lose it before or after it was done, or let another writer win. */
export type Mishap = "none" | "refuse" | "lose-answer" | "conflict";

export interface MemoryStore extends Store {
  /** Committed transactions, oldest first. */
  readonly commits: (readonly Write[])[];
  state(): Item[];
  audit(): Item[];
  /** The item as it stands, without a call. */
  peek<T>(key: Key): T | undefined;
}

/**
 * The store's contract in memory: copies in, copies out, all or nothing. The suite in tests/adapters/store.test.ts runs against it and
 * against DynamoDB Local alike.
 * @param before asked before every call; decides what goes wrong with it @param committed told after every commit
 */
export function memoryStore(
  before: (call: string) => Promise<Mishap> = async () => "none",
  committed: (writes: readonly Write[]) => void = () => undefined,
): MemoryStore {
  const tables = { state: new Map<string, Item>(), audit: new Map<string, Item>() };
  const commits: (readonly Write[])[] = [];
  const nameOf = (key: Key): string => `${key.PK}\u0000${key.SK}`;

  const through = async <T>(call: string, work: () => T): Promise<T> => {
    const mishap = await before(call);
    if (mishap === "refuse") throw new Error(`${call} refused`);
    const done = work();
    if (mishap === "lose-answer") throw new Error(`${call} lost its answer`);
    return done;
  };
  const sorted = (items: Iterable<Item>, by: string): Item[] => [...items].sort((a, b) => ((a[by] ?? "") < (b[by] ?? "") ? -1 : 1));

  return {
    commits,
    state: () => [...tables.state.values()].map(copy),
    audit: () => [...tables.audit.values()].map(copy),
    peek: <T>(key: Key) => {
      const item = tables.state.get(nameOf(key));
      return item && (copy(item) as unknown as T);
    },
    get: <T>(key: Key) =>
      through("get", () => {
        const item = tables.state.get(nameOf(key));
        return item && (copy(item) as unknown as T);
      }),
    query: <T>(
      pk: string,
      { prefix = "", descending = false, limit = Number.POSITIVE_INFINITY }: { prefix?: string; descending?: boolean; limit?: number } = {},
    ) =>
      through("query", () => {
        const found = sorted(
          [...tables.state.values()].filter((item) => item.PK === pk && item.SK.startsWith(prefix)),
          "SK",
        );
        return (descending ? found.reverse() : found).slice(0, limit).map((item) => copy(item) as unknown as T);
      }),
    queue: <T>(team: string, { prefix = "", after, limit }: { prefix?: string; after?: string; limit: number }) =>
      through("queue", () =>
        sorted(
          [...tables.state.values()].filter(
            (item) => item["q"] === team && String(item["qs"]).startsWith(prefix) && (after === undefined || String(item["qs"]) > after),
          ),
          "qs",
        )
          .slice(0, limit)
          .map((item) => copy(item) as unknown as T),
      ),
    due: (shard, until, limit) =>
      through("due", () =>
        [...tables.state.values()]
          .filter((item) => item["d"] === shard && Number(item["da"]) <= until)
          .sort((a, b) => Number(a["da"]) - Number(b["da"]))
          .slice(0, limit)
          .map(({ PK, SK }) => ({ PK, SK })),
      ),
    async transact(writes) {
      const mishap = await before("transact");
      if (mishap === "refuse") throw new Error("transact refused");
      const keys = writes.map(
        (write) => `${write.op === "put" ? write.table : "state"}/${nameOf(write.op === "put" ? write.item : write.key)}`,
      );
      if (new Set(keys).size !== keys.length) throw new Error("a transaction touches an item twice");
      if (writes.length > 100) throw new Error("a transaction has more than 100 actions");
      if (mishap === "conflict" || !writes.every((write) => holds(write, tables))) return false;
      for (const write of writes) apply(write, tables);
      commits.push(writes);
      committed(writes);
      if (mishap === "lose-answer") throw new Error("transact lost its answer");
      return true;
    },
  };
}

type Tables = Readonly<Record<"state" | "audit", Map<string, Item>>>;

function itemOf(write: Write, tables: Tables): Item | undefined {
  const key = write.op === "put" ? write.item : write.key;
  return tables[write.op === "put" ? write.table : "state"].get(`${key.PK}\u0000${key.SK}`);
}

function holds(write: Write, tables: Tables): boolean {
  const item = itemOf(write, tables);
  if ((write.op === "update" || write.op === "delete") && !item) return false;
  return write.when.every((leg) => test(leg, item));
}

/** DynamoDB's comparisons: with an absent attribute, or of another type, only `<>` and `absent` hold. */
function test(leg: Leg, item: Item | undefined): boolean {
  const value = item?.[leg[0]];
  switch (leg[1]) {
    case "absent":
      return value === undefined;
    case "exists":
      return value !== undefined;
    case "<>":
      return value !== leg[2];
    case "=":
      return value === leg[2];
    default: {
      if (value === undefined || typeof value !== typeof leg[2]) return false;
      const [a, b] = [value as number, leg[2] as number];
      return leg[1] === "<" ? a < b : leg[1] === "<=" ? a <= b : leg[1] === ">" ? a > b : a >= b;
    }
  }
}

function apply(write: Write, tables: Tables): void {
  if (write.op === "check") return;
  if (write.op === "put") {
    tables[write.table].set(`${write.item.PK}\u0000${write.item.SK}`, copy(write.item));
    return;
  }
  const name = `${write.key.PK}\u0000${write.key.SK}`;
  if (write.op === "delete") {
    tables.state.delete(name);
    return;
  }
  const before = tables.state.get(name);
  if (!before) throw new Error("an update of nothing");
  const after: Record<string, Value> = { ...before };
  for (const [attribute, value] of Object.entries(write.set)) after[attribute] = copy(value);
  for (const attribute of write.remove) delete after[attribute];
  for (const [attribute, by] of Object.entries(write.add)) after[attribute] = Number(after[attribute] ?? 0) + by;
  tables.state.set(name, after as Item);
}

/** A deep copy; what DynamoDB could not store is a bug of whoever stores it. */
function copy<T>(value: T): T {
  if (value instanceof Uint8Array) return new Uint8Array(value) as T;
  if (Array.isArray(value)) return value.map(copy) as T;
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)])) as T;
  if (value === undefined || value === null || (typeof value === "number" && !Number.isFinite(value)))
    throw new Error(`a value that cannot be stored: ${String(value)}`);
  return value;
}
