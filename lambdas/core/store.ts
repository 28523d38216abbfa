/**
 * The state of the gateway as the core sees it: items under two-part keys, and transactions of conditional writes.
 * `adapters/dynamo` and the tests' in-memory store both keep this contract; one suite runs against the two.
 */
export type Value = string | number | boolean | Uint8Array | readonly Value[] | { readonly [name: string]: Value };

export interface Key {
  readonly PK: string;
  readonly SK: string;
}
export type Item = Key & { readonly [name: string]: Value };

/** One leg of a condition; a write lands only if every leg holds on the item as it stands. */
export type Leg =
  | readonly [attribute: string, test: "=" | "<>" | "<" | "<=" | ">" | ">=", value: string | number | boolean]
  | readonly [attribute: string, test: "absent" | "exists"];

export type Write =
  | { readonly op: "put"; readonly table: "state" | "audit"; readonly item: Item; readonly when: readonly Leg[] }
  | {
      readonly op: "update";
      readonly table: "state";
      readonly key: Key;
      readonly set: Readonly<Record<string, Value>>;
      readonly remove: readonly string[];
      readonly add: Readonly<Record<string, number>>;
      readonly when: readonly Leg[];
    }
  | { readonly op: "check"; readonly table: "state"; readonly key: Key; readonly when: readonly Leg[] }
  /** What is deleted was read: it lands only where the item is there. */
  | { readonly op: "delete"; readonly table: "state"; readonly key: Key; readonly when: readonly Leg[] };

export interface Store {
  /** The item as of all committed writes (strongly consistent), or undefined. */
  get<T>(key: Key): Promise<T | undefined>;
  /** Items under `pk` whose SK begins with `prefix`, in SK order, newest first when `descending`. Strongly consistent. */
  query<T>(pk: string, options?: { prefix?: string; descending?: boolean; limit?: number }): Promise<T[]>;
  /** A team's queue in order. Eventually consistent: whoever acts on an entry reads the item itself first. */
  queue<T>(team: string, options: { prefix?: string; after?: string; limit: number }): Promise<T[]>;
  /** Keys of items in `shard` whose `da` is at or before `until`, earliest first. Eventually consistent. */
  due(shard: string, until: number, limit: number): Promise<Key[]>;
  /**
   * All writes or none. Returns false when a condition failed or another transaction was in the way: read and decide
   * again. Throws on any other failure, which may or may not have committed.
   */
  transact(writes: readonly Write[]): Promise<boolean>;
}
