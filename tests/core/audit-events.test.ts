/** What an audit event may look like: the catalogue, the largest event of each type, and what no event may hold. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Appended, append, itemBytes, leafHash, MOST_BYTES } from "../../lambdas/core/audit.ts";
import { ACTORS, type EventType, PURPOSES } from "../../lambdas/core/audit-catalogue.ts";
import { checkItem } from "../../lambdas/core/audit-item.ts";
import { checkEvent, hasNumber, MOST_EVENTS } from "../../lambdas/core/audit-rules.ts";
import { parseCanonical } from "../../lambdas/core/parse-canonical.ts";
import { any, type Bytes, largest, type Made, ruleOf, TYPES } from "../support/events.ts";
import { clinic } from "../support/world.ts";

type Members = Record<string, unknown>;

function bytesOf(seed: number): Bytes {
  let calls = 0;
  return (n) => createHash("shake256", { outputLength: n }).update(`${seed} ${calls++}`).digest();
}
const appended = ({ head, entry, act, at, id, clinic }: Made): Appended => append(head, entry, act, at, id, clinic);
const parsed = ({ item }: Appended): Members => parseCanonical(item.e) as Members;
const one = (type: EventType, many = 1, seed = 1): Members => parsed(appended(largest(type, many, bytesOf(seed))));
const told = (event: unknown): string[] => checkEvent(event).map(({ member, problem }) => `${member} ${problem}`);

describe("the largest event", () => {
  test.each(TYPES)("of type %s fits into a kilobyte, whatever the lengths of its lists", (type) => {
    for (const many of [1, 2, 3, 10, 99]) {
      const made = largest(type, many, bytesOf(many));
      const { item } = appended(made);
      expect(itemBytes(item)).toBeLessThanOrEqual(MOST_BYTES);
      const event = parseCanonical(item.e);
      expect(checkEvent(event)).toEqual([]);
      // Whatever was left out is counted.
      const [why, ent] = [event["why"] ?? [], event["ent"] ?? []] as [unknown[], unknown[]];
      const asked = (made.entry.why?.length ?? 0) + (made.entry.objects?.length ?? 0);
      expect(why.length + ent.length + Number(event["cut"] ?? 0)).toBe(asked);
    }
  });

  test("with one of everything is never cut", () => {
    expect(TYPES.filter((type) => one(type)["cut"] !== undefined)).toEqual([]);
  });

  test("is cut from the end: the reason that is told, and what its type must have, stay", () => {
    const made = largest("consent.revoked", 99, bytesOf(7));
    const event = parsed(appended(made));
    const why = event["why"] as string[];
    expect(why).toEqual(made.entry.why?.slice(0, why.length));
    expect(why.length).toBeGreaterThan(0);
    expect((event["ent"] as Members[]).map(({ t }) => t)).toEqual(["purpose"]);
    const overridden = one("message.overridden", 99);
    expect((overridden["ent"] as Members[]).map(({ t }) => t)).toEqual(["note"]);
  });

  test("weighs what DynamoDB charges for: names and values", () => {
    expect(itemBytes({ PK: "A#x", SK: "000000000000", e: new Uint8Array(100), h: new Uint8Array(32) })).toBe(
      2 + 3 + 2 + 12 + 1 + 100 + 1 + 32,
    );
  });
});

describe("the rules of the catalogue", () => {
  test.each(TYPES)("%s: each member that it must have is missed, each that it must not have is found", (type) => {
    const rule = ruleOf(type);
    const event = one(type);
    for (const name of ["act", "chain", "id", "org", "out", "pol", "pou", "prev", "seq", "src", "ts", "type", "v", "who"]) {
      const { [name]: _, ...less } = event;
      expect(told(less), name).toContain(`${name} is missing`);
    }
    for (const name of ["pat", "con", "was", "now", "why"] as const) {
      const [least, most] = rule.has[name] ?? [0, 0];
      const { [name]: _, ...less } = event;
      if (least > 0) expect(told(less), name).toContain(`${name} is missing, and this type must have it`);
      else expect(told(less), name).toEqual([]);
      const some = { pat: `pat_${"0".repeat(26)}`, con: `con_${"0".repeat(26)}`, was: "idle", now: "idle", why: ["expired"] }[name];
      if (most === 0) expect(told({ ...event, [name]: some }), name).toContain(`${name} is not for this type`);
      if (most === 1 && name === "why") expect(told({ ...event, why: ["expired", "busy"] })).toContain("why is there too often");
    }
    const ent = (event["ent"] ?? []) as Members[];
    for (const { t } of ent) {
      const [least] = rule.has[t as "team"] ?? [0];
      const rest = ent.filter((each) => each["t"] !== t);
      const { ent: _, ...less } = event;
      const without = told(rest.length > 0 ? { ...less, ent: rest } : less);
      expect(without).toEqual(least > 0 ? [`${t} is missing, and this type must have it`] : []);
    }
    const foreign = { t: "texts", id: "3" };
    if (!rule.has.texts) expect(told({ ...event, ent: [...ent, foreign] })).toContain("texts is not for this type");
  });

  test.each(TYPES)("%s: names who acted, and takes nobody else", (type) => {
    const event = one(type);
    const actors = {
      token: { id: "01234567-89ab-4def-8123-456789abcdef", role: "nurse", app: "emr", as: "token" },
      asserted: { id: "m.tremblay", app: "emr", as: "asserted" },
      application: { id: "emr", app: "emr", as: "application" },
      gateway: { id: "gateway", app: "gateway", as: "gateway" },
      handset: { id: `num_${"0".repeat(26)}`, role: "sender", app: "handset", as: "handset" },
    };
    const may: readonly string[] = ACTORS[ruleOf(type).who];
    for (const [as, who] of Object.entries(actors)) expect([as, told({ ...event, who }).length === 0]).toEqual([as, may.includes(as)]);
    expect(told({ ...event, who: { ...actors.asserted, id: "" } })).toContain("who.id has not the form it must have");
  });

  test("an unknown type, an unknown member and another version are problems", () => {
    const event = one("text.received");
    expect(told({ ...event, type: "login.success" })).toContain("type is not in the catalogue");
    expect(told({ ...event, type: "toString" })).toContain("type is not in the catalogue");
    expect(told({ ...event, note: "x" })).toEqual(["note is no member of an event"]);
    expect(told({ ...event, "4035551234": "x" })).toEqual(["? is no member of an event"]);
    expect(told({ ...event, v: 2 })).toEqual(["v is not a version known here"]);
    expect(told([event])).toEqual([" is no object"]);
  });

  test("action, purpose, chain and outcome are those of the type, and the patient is whose chain it is", () => {
    const event = one("consent.granted");
    expect(told({ ...event, act: "R" })).toEqual(["act has not the form it must have"]);
    expect(told({ ...event, pou: "TREAT" })).toEqual(["pou has not the form it must have"]);
    expect(told({ ...event, out: 8 })).toEqual(["out is no outcome of this type"]);
    expect(told({ ...event, chain: `num/num_${"0".repeat(26)}` })).toContain("chain has not the form it must have");
    expect(told({ ...event, pat: `pat_${"0".repeat(26)}` })).toEqual(["pat is not whose chain it is"]);
    for (const type of TYPES) expect(Object.keys(PURPOSES)).toContain(ruleOf(type).pou);
  });

  test("the first event of a chain has no predecessor, and every other has one", () => {
    const event = one("patient.viewed");
    expect(told({ ...event, prev: null })).toEqual(["prev is not a hash"]);
    expect(told({ ...event, seq: 0 })).toEqual(["prev is not null although nothing came before"]);
    expect(told({ ...event, seq: 0, prev: null })).toEqual([]);
    expect(told({ ...event, seq: MOST_EVENTS + 1 })).toEqual(["seq is not a place in a chain"]);
  });
});

describe("appending", () => {
  const made = largest("patient.viewed", 1, bytesOf(3));
  const refused =
    (change: Partial<Made>): (() => unknown) =>
    () =>
      appended({ ...made, ...change });

  test("writes nothing that the rules refuse", () => {
    expect(refused({})).not.toThrow();
    expect(refused({ act: { ...made.act, who: { id: "emr", app: "emr", as: "application" } } })).toThrow("who.as must be a person");
    expect(refused({ head: { ...made.head, chain: `num/num_${"0".repeat(26)}` } })).toThrow("chain has not the form");
    expect(refused({ entry: { type: "patient.viewed" } })).toThrow("pat is missing");
    expect(refused({ act: { ...made.act, who: { id: "jo@clinic.example", app: "emr", as: "asserted" } } })).toThrow("who.id");
  });

  test("hashes the bytes that it stores, and a change of any member changes the hash", () => {
    const { item } = appended(made);
    expect(item.h).toEqual(leafHash(item.e));
    const others: Partial<Made>[] = [
      { at: made.at + 1 },
      { id: "0".repeat(26) },
      { clinic: { ...made.clinic, id: "other" } },
      { clinic: { ...made.clinic, hash: "0".repeat(64) } },
      { head: { ...made.head, seq: 1 } },
      { head: { ...made.head, hash: new Uint8Array(32) } },
      { act: { ...made.act, who: { ...made.act.who, role: "other" } } },
      { act: { ...made.act, who: { ...made.act.who, id: "other" } } },
      { act: { ...made.act, src: { ...made.act.src, fn: "other" } } },
      { act: { ...made.act, src: { ...made.act.src, req: "other" } } },
      { entry: { ...made.entry, why: ["no-contact"] } },
    ];
    const hashes = others.map((change) => Buffer.from(appended({ ...made, ...change }).item.h).toString("hex"));
    expect(new Set([...hashes, Buffer.from(item.h).toString("hex")]).size).toBe(others.length + 1);
  });

  test("leaves copies beside the bytes that are checked against them: whichever is changed, it is found", () => {
    const { item } = appended(made);
    expect(checkItem(item).problems).toEqual([]);
    const other = appended({ ...made, head: { ...made.head, seq: 4 } }).item;
    for (const name of ["PK", "SK", "e", "h"] as const) {
      const value = name === "PK" ? `A#pat/pat_${"0".repeat(26)}` : other[name];
      expect([name, checkItem({ ...item, [name]: value }).problems.length > 0]).toEqual([name, true]);
    }
    for (let at = 0; at < item.e.length; at += 7) {
      const e = Uint8Array.from(item.e);
      e[at] = (e[at] ?? 0) ^ 1;
      expect(checkItem({ ...item, e }).problems.length).toBeGreaterThan(0);
    }
    expect(checkItem({ ...item, e: item.e.subarray(1) }).problems).toEqual([{ member: "e", problem: "no JSON" }]);
  });

  test("says versions, not names: the clinic's hash, the role at the time and the ids stay what they were", () => {
    const event = one("patient.viewed");
    expect(Object.keys(event)).toEqual(expect.arrayContaining(["pol", "org", "who"]));
    const again = appended({ ...made, clinic: { ...made.clinic, hash: "1".repeat(64) } });
    expect(parseCanonical(again.item.e)["pol"]).toBe("1".repeat(64));
    // A name that may change cannot stand in an event at all: whatever the clinic calls its teams, purposes and people.
    // (One word alone could be the id of a person; those come from outside.)
    const names = [...clinic.teams, ...clinic.onCall].map((each) => each.name);
    for (const name of [...names, clinic.senderName, ...clinic.purposes.map((each) => each.name.en)])
      for (const path of places(event)) expect(checkEvent(put(event, path, () => name)), `${path.join(".")} ${name}`).not.toEqual([]);
  });
});

/** A phone or health number as somebody might write it, or an address. */
const digits = (n: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));
const upper = (n: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[A-Z]{${n}}$`));
const split = (text: string, at: readonly number[], by: string): string =>
  at.reduceRight((sum, place) => `${sum.slice(0, place)}${by}${sum.slice(place)}`, text);
const separator = fc.constantFrom(" ", "-", ".", "/", "_", " - ");
const identifying = fc.oneof(
  digits(10).map((n) => `+1${n}`),
  digits(10),
  fc.tuple(digits(10), separator).map(([n, by]) => split(n, [3, 6], by)),
  digits(10).map((n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`),
  fc.tuple(digits(7), separator).map(([n, by]) => split(n, [3], by)),
  // Alberta, Saskatchewan, Manitoba, New Brunswick, Yukon, Nunavut; British Columbia, Ontario, Nova Scotia; PEI; Newfoundland.
  fc.tuple(digits(9), separator).map(([n, by]) => split(n, [5], by)),
  fc.tuple(digits(9), separator).map(([n, by]) => split(n, [3, 6], by)),
  fc.tuple(digits(10), upper(2)).map(([n, version]) => `${split(n, [4, 7], "-")}-${version}`),
  digits(8),
  digits(12),
  // Quebec and the Northwest Territories.
  fc.tuple(upper(4), digits(8)).map(([name, n]) => `${name} ${split(n, [4], " ")}`),
  fc.tuple(upper(4), digits(8)).map(([name, n]) => name + n),
  fc.tuple(fc.constantFrom("N", "D", "M", "T"), digits(7)).map(([letter, n]) => letter + n),
  fc.emailAddress(),
);

/** Every place in an event: paths to its members, and to those of its members. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]));
}

function put(event: Members, path: readonly string[], change: (value: unknown) => unknown): Members {
  const [name = "", ...rest] = path;
  const copy: Members = Array.isArray(event) ? ([...event] as unknown as Members) : { ...event };
  copy[name] = rest.length === 0 ? change(copy[name]) : put(copy[name] as Members, rest, change);
  return copy;
}

describe("the linter", () => {
  const event = fc.tuple(fc.constantFrom(...TYPES), fc.integer()).map(([type, seed]) => parsed(appended(any(type, bytesOf(seed)))));

  test("catches a phone number, a health number or an address wherever it is put in place of a member", () => {
    fc.assert(
      fc.property(event, identifying, fc.nat(), (given, secret, at) => {
        const all = places(given);
        const path = all[at % all.length] as readonly string[];
        expect(checkEvent(put(given, path, () => secret)), path.join(".")).not.toEqual([]);
        const number = Number(secret);
        // The size of a log is as large as the log: a number there says nothing.
        if (String(number) === secret && path.at(-1) !== "n")
          expect(checkEvent(put(given, path, () => number)), path.join(".")).not.toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  test("catches it before or after what stands in a member, under a name of its own, and as a name", () => {
    fc.assert(
      fc.property(event, identifying, fc.nat(), fc.constantFrom("", " ", "-", ".", "_"), (given, secret, at, by) => {
        const all = places(given);
        const path = all[at % all.length] as readonly string[];
        for (const change of [(value: unknown) => `${value}${by}${secret}`, (value: unknown) => `${secret}${by}${value}`])
          expect(checkEvent(put(given, path, change)), path.join(".")).not.toEqual([]);
        const parent = path.slice(0, -1);
        const within = parent.reduce<unknown>((value, name) => (value as Members)[name], given);
        expect(checkEvent({ ...given, more: secret })).not.toEqual([]);
        expect(checkEvent({ ...given, [secret]: "x" })).not.toEqual([]);
        if (!Array.isArray(within)) expect(checkEvent(put(given, [...parent, secret], () => "x"))).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("catches free text wherever it is put", () => {
    const word = fc.stringMatching(/^[A-Za-zÀ-ÿ]{2,12}$/);
    const sentence = fc.array(word, { minLength: 2, maxLength: 6 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(event, sentence, fc.nat(), (given, secret, at) => {
        const all = places(given);
        const path = all[at % all.length] as readonly string[];
        expect(checkEvent(put(given, path, () => secret)), path.join(".")).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
    for (const name of ["Smith", "chest-pain", "see-you-monday", "smith"]) {
      expect(told({ ...one("task.opened"), why: [name] })).toEqual(["why has a code that is not in the catalogue"]);
      expect(told({ ...one("task.opened"), now: name })).toEqual(["now has not the form it must have"]);
    }
  });

  test("never quotes what it found", () => {
    fc.assert(
      fc.property(event, identifying, fc.nat(), (given, secret, at) => {
        const all = places(given);
        const path = all[at % all.length] as readonly string[];
        for (const wrong of [put(given, path, () => secret), { ...given, [secret]: secret }])
          expect(JSON.stringify(checkEvent(wrong))).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });

  test("takes 20,000 random events of every type without one false alarm", { timeout: 300_000 }, () => {
    let alarms = 0;
    let digitRuns = 0;
    for (let n = 0; n < 20_000; n++) {
      const event = parseCanonical(appended(any(TYPES[n % TYPES.length] as EventType, bytesOf(n))).item.e);
      alarms += checkEvent(event).length;
      // A search for runs of digits would have taken these identifiers and hashes for numbers.
      if ([event["id"], event["chain"], event["pat"], event["pol"], event["prev"]].some((each) => hasNumber(String(each)))) digitRuns++;
    }
    console.info(`100,000 events: ${alarms} false alarms; a search for runs of digits would have given ${digitRuns}`);
    expect(alarms).toBe(0);
    expect(digitRuns).toBeGreaterThan(10_000);
  });
});
