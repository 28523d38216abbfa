import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { leafHash } from "../../lambdas/core/audit.ts";
import { EVENT_TYPES } from "../../lambdas/core/audit-catalogue.ts";
import { keys, type PatientItem } from "../../lambdas/core/items.ts";
import { plan } from "../../lambdas/core/plan.ts";
import { PERSON, START, world } from "../support/world.ts";

const here = world();
const PATIENT = `pat_${"1".repeat(26)}`;
const patient: PatientItem = {
  ...keys.patient(PATIENT),
  id: PATIENT,
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
  made.event(patient, `pat/${PATIENT}`, { type: "patient.changed", patient: PATIENT });
  made.event(patient, `pat/${PATIENT}`, { type: "consent.viewed", patient: PATIENT });
  const [update, first, second] = made.writes();
  expect(update).toMatchObject({ op: "update", set: { ver: 2, aseq: 6 } });
  expect(update?.when).toContainEqual(["aseq", "=", 4]);
  expect(first).toMatchObject({ table: "audit", item: { PK: `A#pat/${PATIENT}`, SK: "000000000005" }, when: [["PK", "absent"]] });
  expect(second).toMatchObject({ item: { SK: "000000000006" } });
  const bytes = (second as unknown as { item: { e: Uint8Array } }).item.e;
  const before = (first as unknown as { item: { e: Uint8Array } }).item.e;
  expect(JSON.parse(new TextDecoder().decode(bytes)).prev).toBe(Buffer.from(leafHash(before)).toString("base64url"));
});

test("what is checked and changed is one write; what is only checked stays a check", () => {
  const made = plan(here, PERSON, START);
  made.check(patient, [["ver", "=", 1]]);
  expect(made.writes()).toEqual([{ op: "check", table: "state", key: keys.patient(PATIENT), when: [["ver", "=", 1]] }]);
  made.technical(patient, { team: undefined });
  expect(made.writes()).toMatchObject([{ op: "update", set: {}, remove: ["team"], when: [["ver", "=", 1]] }]);
});

test("a deletion of a chained item ends its chain with an event, and is locked by it", () => {
  const made = plan(here, PERSON, START);
  made.remove(patient);
  expect(() => made.writes()).toThrow("changes without its event");
  made.event(patient, `pat/${PATIENT}`, { type: "patient.changed", patient: PATIENT });
  const [gone, event] = made.writes();
  expect(gone).toEqual({ op: "delete", table: "state", key: keys.patient(PATIENT), when: [["aseq", "=", 4]] });
  expect(event).toMatchObject({ table: "audit", item: { SK: "000000000005" } });
  made.change(patient, { ver: 2 });
  expect(() => made.writes()).toThrow("changed and deleted");
});

test("an item that takes the place of another carries its chain on", () => {
  const made = plan(here, PERSON, START);
  const next = { ...patient, ...keys.erasure(PATIENT) };
  made.put(next);
  made.event(next, `pat/${PATIENT}`, { type: "patient.changed", patient: PATIENT });
  const [put, event] = made.writes();
  expect(put).toMatchObject({ op: "put", item: { SK: "Z", aseq: 5 }, when: [["PK", "absent"]] });
  expect(event).toMatchObject({ item: { SK: "000000000005" } });
});

test("putting an item twice, or two chains on one item, is a bug that throws", () => {
  const made = plan(here, PERSON, START);
  made.put(keys.patient("pat_2"));
  expect(() => made.put(keys.patient("pat_2"))).toThrow("put twice");
  const other = plan(here, PERSON, START);
  other.change(patient, {});
  other.event(patient, `pat/${PATIENT}`, { type: "patient.changed", patient: PATIENT });
  expect(() => other.event(patient, "pat/pat_9", { type: "patient.changed" })).toThrow("two chains");
});

test("every event type has an emitter, and no other type is written", () => {
  const folder = new URL("../../lambdas/core/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && file !== "audit.ts")
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n");
  for (const type of Object.keys(EVENT_TYPES)) expect(sources, type).toContain(`"${type}"`);
});
