import { readdirSync, readFileSync } from "node:fs";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { append, canonical, EVENT_TYPES, leafHash } from "../../lambdas/core/audit.ts";
import { keys, type PatientItem } from "../../lambdas/core/items.ts";
import { plan } from "../../lambdas/core/plan.ts";
import { APPLICATION, PERSON, START, world } from "../support/world.ts";

const here = world();
const patient: PatientItem = {
  ...keys.patient("pat_1"),
  id: "pat_1",
  ver: 1,
  effective: {},
  aseq: 4,
  ahash: new Uint8Array(32),
};

test("a change of a chained item without its event is refused before anything is written", () => {
  const made = plan(here, PERSON, START);
  made.change(patient, { ver: 2 });
  expect(() => made.writes()).toThrow("changes without its event");
  const born = plan(here, PERSON, START);
  born.put(patient);
  expect(() => born.writes()).toThrow("changes without its event");
});

test("an event locks the item at the place it was read, and links to the event before", () => {
  const made = plan(here, PERSON, START);
  made.change(patient, { ver: 2 });
  made.event(patient, "pat/pat_1", { type: "patient.changed", patient: "pat_1" });
  made.event(patient, "pat/pat_1", { type: "consent.viewed", patient: "pat_1" });
  const [update, first, second] = made.writes();
  expect(update).toMatchObject({ op: "update", set: { ver: 2, aseq: 6 } });
  expect(update?.when).toContainEqual(["aseq", "=", 4]);
  expect(first).toMatchObject({ table: "audit", item: { PK: "A#pat/pat_1", SK: "000000000005" }, when: [["PK", "absent"]] });
  expect(second).toMatchObject({ item: { SK: "000000000006" } });
  const bytes = (second as unknown as { item: { e: Uint8Array } }).item.e;
  const before = (first as unknown as { item: { e: Uint8Array } }).item.e;
  expect(JSON.parse(new TextDecoder().decode(bytes)).prev).toBe(Buffer.from(leafHash(before)).toString("base64url"));
});

test("what is checked and changed is one write; what is only checked stays a check", () => {
  const made = plan(here, PERSON, START);
  made.check(patient, [["ver", "=", 1]]);
  expect(made.writes()).toEqual([{ op: "check", table: "state", key: keys.patient("pat_1"), when: [["ver", "=", 1]] }]);
  made.technical(patient, { team: undefined });
  expect(made.writes()).toMatchObject([{ op: "update", set: {}, remove: ["team"], when: [["ver", "=", 1]] }]);
});

test("putting an item twice, or two chains on one item, is a bug that throws", () => {
  const made = plan(here, PERSON, START);
  made.put(keys.patient("pat_2"));
  expect(() => made.put(keys.patient("pat_2"))).toThrow("put twice");
  const other = plan(here, PERSON, START);
  other.change(patient, {});
  other.event(patient, "pat/pat_1", { type: "patient.changed" });
  expect(() => other.event(patient, "pat/pat_9", { type: "patient.changed" })).toThrow("two chains");
});

test("an event that must name a person takes no application and no gateway", () => {
  const head = { chain: "pat/pat_1", seq: -1, hash: undefined };
  const write = (act: typeof PERSON): unknown => append(head, { type: "consent.granted" }, act, START, "01", here.clinic);
  expect(() => write(APPLICATION)).toThrow("must name a person");
  expect(() => write({ ...PERSON, who: { id: "gateway", app: "gateway", as: "gateway" } })).toThrow("must name a person");
  expect(write(PERSON)).toBeDefined();
  expect(() => append({ ...head, chain: "num/num_1" }, { type: "consent.granted" }, PERSON, START, "01", here.clinic)).toThrow(
    "does not belong",
  );
});

test("canonical bytes are RFC 8785's", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "grapheme" }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie("any"), { maxKeys: 5, noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      expect(new TextDecoder().decode(canonical(given))).toBe(canonicalize(given));
    }),
    { numRuns: 1000 },
  );
  expect(() => canonical({ price: 0.5 })).toThrow("whole numbers");
  expect(() => canonical({ what: () => 1 })).toThrow("cannot hold");
});

test("every event type has an emitter, and no other type is written", () => {
  const folder = new URL("../../lambdas/core/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "audit.ts")
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n");
  for (const type of Object.keys(EVENT_TYPES)) expect(sources, type).toContain(`"${type}"`);
});
