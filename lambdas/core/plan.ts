/**
 * A plan is what one transaction will do, gathered item by item. Every change of state is planned together with its
 * audit event; the event's place in the chain is the item's lock (`aseq` must not have moved), so two plans made from
 * the same reading cannot both land. Touching an item twice, or changing a chained item without an event, is a bug
 * that throws here, long before DynamoDB would refuse it.
 */
import { type Act, append, type Entry, type Head } from "./audit.ts";
import type { Chained } from "./items.ts";
import type { Ports } from "./ports.ts";
import type { Item, Key, Leg, Value, Write } from "./store.ts";
import { ulid } from "./ulid.ts";

/** Members to set; those that are undefined are removed. */
export type Patch<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** The item as it will be once the patch has landed. */
export function patched<T extends object>(item: T, patch: Patch<T>): T {
  const kept = Object.entries({ ...item, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as T;
}

interface Touched {
  readonly key: Key;
  readonly put: boolean;
  gone: boolean;
  values: Record<string, unknown>;
  add: Record<string, number>;
  legs: Leg[];
  changed: boolean;
  /** A change of state that must not land without its event. */
  owesEvent: boolean;
  head: Head | undefined;
  events: Write[];
}

export interface Plan {
  /** A new item; lands only where none is yet. `legs` replaces that condition (for technical items that may be overwritten). */
  put<T extends Key>(item: T, legs?: Leg[]): void;
  /** Members to set, or to remove where undefined; `legs` are further conditions. */
  change<T extends Key>(item: T, patch: Patch<T>, legs?: Leg[]): void;
  /** A change that is no change of state and carries no event: due times, counters, index entries. */
  technical<T extends Key>(item: T, patch: Patch<T>, legs?: Leg[]): void;
  /** Deletes an item that is there; one with a chain ends it with an event. */
  remove(item: Key, legs?: Leg[]): void;
  /** Adds to numeric attributes; technical too. */
  add(item: Key, amounts: Record<string, number>): void;
  /** The item must still satisfy the legs. */
  check(item: Key, legs: Leg[]): void;
  /** Appends an event to the chain of an item that this plan puts or changes. */
  event(item: Key & Partial<Chained>, chain: string, entry: Entry): void;
  /** The item as it will be once the plan has landed. */
  result<T extends Key>(item: T): T;
  writes(): Write[];
}

/** An empty plan. @param at the events' time, ms @param act who acts, and where */
export function plan(ports: Pick<Ports, "clinic" | "ids">, act: Act, at: number): Plan {
  const touched = new Map<string, Touched>();

  const touch = (key: Key, put: boolean): Touched => {
    const name = `${key.PK}|${key.SK}`;
    const known = touched.get(name);
    if (known) {
      if (put) throw new Error(`${key.SK.slice(0, 2)} item is put twice in one plan`);
      return known;
    }
    const fresh: Touched = {
      key: { PK: key.PK, SK: key.SK },
      put,
      gone: false,
      values: {},
      add: {},
      legs: [],
      changed: put,
      owesEvent: false,
      head: undefined,
      events: [],
    };
    touched.set(name, fresh);
    return fresh;
  };

  return {
    put(item, legs) {
      const entry = touch(item, true);
      const { PK: _pk, SK: _sk, ...values } = item;
      entry.values = values;
      entry.legs = legs ?? [["PK", "absent"]];
      entry.owesEvent = "aseq" in item;
    },
    change(item, patch, legs = []) {
      const entry = touch(item, false);
      Object.assign(entry.values, patch);
      entry.legs.push(...legs);
      entry.changed = true;
      entry.owesEvent ||= "aseq" in item;
    },
    technical(item, patch, legs = []) {
      const entry = touch(item, false);
      Object.assign(entry.values, patch);
      entry.legs.push(...legs);
      entry.changed = true;
    },
    remove(item, legs = []) {
      const entry = touch(item, false);
      entry.gone = true;
      entry.legs.push(...legs);
      entry.owesEvent = "aseq" in item;
    },
    add(item, amounts) {
      const entry = touch(item, false);
      for (const [name, by] of Object.entries(amounts)) entry.add[name] = (entry.add[name] ?? 0) + by;
      entry.changed = true;
    },
    check(item, legs) {
      touch(item, false).legs.push(...legs);
    },
    event(item, chain, what) {
      const entry = touch(item, false);
      if (!entry.head) {
        // An item that is put goes on with a chain only where it takes the place of another.
        const seq = item.aseq ?? -1;
        entry.head = { chain, seq, hash: seq < 0 ? undefined : item.ahash };
        if (!entry.put) entry.legs.push(item.aseq === undefined ? ["aseq", "absent"] : ["aseq", "=", item.aseq]);
      }
      if (entry.head.chain !== chain)
        throw new Error(`two chains on one item: ${entry.head.chain.split("/")[0]} and ${chain.split("/")[0]}`);
      const done = append(entry.head, what, act, at, ulid(at, ports.ids.random()), ports.clinic);
      entry.head = done.head;
      entry.values["aseq"] = done.head.seq;
      entry.values["ahash"] = done.head.hash;
      entry.changed = !entry.gone;
      entry.events.push({ op: "put", table: "audit", item: done.item, when: [["PK", "absent"]] });
    },
    result(item) {
      const entry = touched.get(`${item.PK}|${item.SK}`);
      return entry ? patched(item, entry.values as Patch<typeof item>) : item;
    },
    writes() {
      const all: Write[] = [];
      for (const entry of touched.values()) {
        if (entry.owesEvent && entry.events.length === 0) throw new Error(`${entry.key.SK.slice(0, 2)} item changes without its event`);
        if (entry.gone && entry.changed) throw new Error(`${entry.key.SK.slice(0, 2)} item is changed and deleted in one plan`);
        if (entry.gone) all.push({ op: "delete", table: "state", key: entry.key, when: entry.legs });
        else if (entry.put)
          all.push({ op: "put", table: "state", item: compact({ ...entry.key, ...entry.values }) as Item, when: entry.legs });
        else if (entry.changed) {
          const set: Record<string, Value> = {};
          const remove: string[] = [];
          for (const [name, value] of Object.entries(entry.values)) {
            if (value === undefined) remove.push(name);
            else set[name] = compact(value) as Value;
          }
          all.push({ op: "update", table: "state", key: entry.key, set, remove, add: entry.add, when: entry.legs });
        } else all.push({ op: "check", table: "state", key: entry.key, when: entry.legs });
        all.push(...entry.events);
      }
      return all;
    },
  };
}

/** The value without undefined members, at any depth. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, compact(member)]),
  );
}
