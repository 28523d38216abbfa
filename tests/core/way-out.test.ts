/** What stands on record when a person answers for a text: who, why (sealed), for what, and who reads it by when. */
import { describe, expect, test } from "vitest";
import { keys, type MessageItem, type OutboundItem } from "../../lambdas/core/items.ts";
import { plan } from "../../lambdas/core/plan.ts";
import { answered, placeOf, recordAnswering, sealReasons } from "../../lambdas/core/way-out.ts";
import { clinic, PERSON, START, world } from "../support/world.ts";

const ULID = "0123456789ABCDEFGHJKMNPQRS";
const CONVERSATION = `cnv_${ULID}`;
const PATIENT = `pat_${ULID}`;
const NAMES = [ULID.replace(/^0/, "1"), ULID.replace(/^0/, "2")] as const;
const [ACK, OVER] = NAMES.map((name) => `${CONVERSATION}.${name}`) as [string, string];
const here = world();
const seal = (way: Parameters<typeof sealReasons>[2]) => sealReasons(here, CONVERSATION, way, PERSON, START, NAMES);
const use = { findings: ["result:0-9", "result:20-24", "drug:3-5"], codes: ["number-level" as const] };

describe("the reasons", () => {
  test("are sealed as notes of the conversation, each bound to its own place", async () => {
    const { acknowledged, overridden } = await seal({
      acknowledge: ["result:0-9"],
      reason: "asked for it",
      override: { reason: "no phone" },
    });
    expect(acknowledged).toMatchObject({ ...keys.message(ACK), id: ACK, direction: "note", at: START, by: "m.tremblay" });
    expect(overridden).toMatchObject({ ...keys.message(OVER), id: OVER, direction: "note", at: START, by: "m.tremblay" });
    const { sealer } = here;
    const record = (note: typeof acknowledged): string => `${note?.PK}/${note?.SK}`;
    expect(JSON.stringify(acknowledged?.body)).not.toContain("asked for it");
    await expect(sealer.open(record(overridden), acknowledged?.body as Uint8Array)).rejects.toThrow("another record");
  });

  test("are only those that were given", async () => {
    expect(await seal({})).toEqual({});
    expect(await seal({ reason: "of nothing" })).toEqual({});
    expect(Object.keys(await seal({ acknowledge: ["result:0-9"], reason: "asked for it" }))).toEqual(["acknowledged"]);
    expect(Object.keys(await seal({ override: { reason: "no phone" } }))).toEqual(["overridden"]);
  });
});

describe("the message", () => {
  const made = (taken: typeof use | undefined, reasons: Parameters<typeof answered>[3]) =>
    answered(clinic, `${CONVERSATION}.${ULID}`, taken, reasons, PERSON, START);

  test("says who answered for what, and waits for its second reader", async () => {
    const message = made(use, await seal({ acknowledge: use.findings, reason: "a", override: { reason: "b" } }));
    expect(message.acknowledged).toEqual({ by: "m.tremblay", role: "front-desk", at: START, findings: use.findings, note: ACK });
    expect(message.overridden).toEqual({ by: "m.tremblay", role: "front-desk", at: START, codes: use.codes, note: OVER });
    expect(message.secondReading?.missed).toBe(0);
    expect(message.qs).toBe(placeOf(message.secondReading?.due ?? 0, `${CONVERSATION}.${ULID}`));
    expect(message.qs).toMatch(/^2026-11-\d\dT\d\d:\d\d:00\.000Z#cnv_/);
  });

  test("says nothing where no way out was needed, and nothing of the one that was not", async () => {
    const reasons = await seal({ acknowledge: use.findings, reason: "a", override: { reason: "b" } });
    expect(made(undefined, reasons)).toEqual({});
    expect(made({ ...use, codes: [] }, reasons).overridden).toBeUndefined();
    expect(made({ ...use, findings: [] }, reasons).acknowledged).toBeUndefined();
    expect(made(use, {})).not.toHaveProperty("acknowledged");
    expect(made(use, {})).not.toHaveProperty("overridden");
  });
});

test("each reason is put with its event, which names the kinds found or the codes passed, and never the words", async () => {
  const reasons = await seal({ acknowledge: use.findings, reason: "a", override: { reason: "b" } });
  const id = `${CONVERSATION}.${ULID}`;
  const born = {
    ...keys.message(id),
    id,
    direction: "out",
    patient: PATIENT,
    aseq: 0,
    ahash: new Uint8Array(32),
    ...answered(clinic, id, use, reasons, PERSON, START),
  } as unknown as OutboundItem;
  const eventsOf = (message: OutboundItem): object[] => {
    const made = plan(here, PERSON, START);
    made.change(message as MessageItem, {});
    made.event(message, `msg/${id}`, { type: "message.accepted", now: "accepted" });
    recordAnswering(made, message, reasons);
    const written = made.writes().flatMap((write) => (write.op === "put" ? [write.item as { e?: Uint8Array; id?: string }] : []));
    expect(written.filter(({ e }) => !e).map((note) => note.id)).toEqual(
      [message.acknowledged && ACK, message.overridden && OVER].filter(Boolean),
    );
    return written.flatMap(({ e }) => (e ? [JSON.parse(new TextDecoder().decode(e))] : [])).slice(1);
  };
  expect(eventsOf(born)).toMatchObject([
    { type: "message.acknowledged", why: ["result", "drug"], pat: PATIENT, ent: [{ t: "note", id: ACK }] },
    { type: "message.overridden", why: ["number-level"], pat: PATIENT, ent: [{ t: "note", id: OVER }] },
  ]);
  const { overridden: _, ...acknowledgedOnly } = born;
  expect(eventsOf(acknowledgedOnly as OutboundItem)).toMatchObject([{ type: "message.acknowledged" }]);
  const { acknowledged: __, ...overriddenOnly } = born;
  expect(eventsOf(overriddenOnly as OutboundItem)).toMatchObject([{ type: "message.overridden" }]);
});
