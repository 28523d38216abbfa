/** What the carriers' directory says of a number, and texts that a phone cannot be reached with: what warns, what refuses, and what does nothing. */
import { expect, test } from "vitest";
import { clinicSchema } from "../../lambdas/core/clinic.ts";
import { type ConversationItem, keys, type LinkItem, type NumberItem, type OutboundItem } from "../../lambdas/core/items.ts";
import { isSuspect, levelOf } from "../../lambdas/core/level.ts";
import { acceptMessage } from "../../lambdas/core/verbs/accept-message.ts";
import { receiveText } from "../../lambdas/core/verbs/receive-text.ts";
import { recordConsent } from "../../lambdas/core/verbs/record-consent.ts";
import { type NumberGiven, type Registered, registerNumber } from "../../lambdas/core/verbs/register-number.ts";
import { registerPatient } from "../../lambdas/core/verbs/register-patient.ts";
import { sendText } from "../../lambdas/core/verbs/send-text.ts";
import { trackDelivery } from "../../lambdas/core/verbs/track-delivery.ts";
import { APPLICATION, clinic as base, DAY, type Fates, HOUR, PERSON, SRC, START, type World, world } from "../support/world.ts";

const PHONE = "+14035550123";
const listed = clinicSchema.parse({ ...base, numberLookup: { pia: "PIA-7, section 4" } });

interface Subject {
  readonly here: World;
  register(how?: Partial<NumberGiven>, patient?: string): Promise<Registered>;
  patient(value: string): Promise<string>;
  /** Asks for a reminder, and says what became of it. */
  ask(): Promise<OutboundItem>;
  number(): NumberItem;
  link(): LinkItem;
  events(): { type: string; why?: string[]; out: number }[];
}

async function subject(fates: Fates = { clinic: listed }): Promise<Subject> {
  const here = world(fates);
  const patient = async (value: string): Promise<string> =>
    (await registerPatient(here, { identifiers: [{ system: "emr", value }] }, APPLICATION)).patient.id;
  const first = await patient("A-1");
  let n = 0;
  const item = <T>(prefix: string): T =>
    here.store.state().find(({ PK, SK }) => PK.startsWith("N#") && SK.startsWith(prefix)) as unknown as T;
  return {
    here,
    patient,
    register: (how = {}, whose = first) =>
      registerNumber(here, whose, { e164: PHONE, kind: "mobile", relationship: "self", ...how }, PERSON),
    ask: async () => {
      const params = { date: "2026-12-20", time: "10:00" };
      const request = { patient: { id: first }, scenario: "reminder", template: "reminder", params };
      return (await acceptMessage(here, request, `key-${n++}`, "emr", APPLICATION)).message;
    },
    number: () => item<NumberItem>("N"),
    link: () => item<LinkItem>(`L#${first}`),
    events: () =>
      here.store
        .audit()
        .map((each) => JSON.parse(new TextDecoder().decode(each["e"] as Uint8Array)))
        .filter(({ type }) => /^number\.(looked-up|lookup-failed|bounced)$/.test(type)),
  };
}

async function agreed(clinic: Subject, number: string): Promise<void> {
  const consent = {
    purposes: ["appointments"],
    number,
    wording: { id: "basics", version: 1 },
    method: "phone" as const,
    agreedAt: START - DAY,
  };
  await recordConsent(clinic.here, clinic.link().patient, { decision: "granted", ...consent }, PERSON);
}

test("a clinic that has not listed it never asks, whatever is registered", async () => {
  const clinic = await subject({ clinic: base });
  for (const known of [undefined, { how: "called-back", at: START } as const]) {
    const { line } = await clinic.register({ known });
    expect(line).toEqual({ type: undefined, warnings: [] });
  }
  expect(clinic.here.lookups).toEqual([]);
  expect(clinic.number().lookup).toBeUndefined();
  expect(clinic.events()).toEqual([]);
});

test("asked at the registration and when somebody made sure again, not when the EMR posts the same every night", async () => {
  const clinic = await subject();
  const known = { how: "called-back", at: START } as const;
  await clinic.register();
  expect(clinic.number().lookup).toEqual({ at: START, type: "mobile", network: "Foothills Wireless" });
  await clinic.register();
  expect(clinic.here.lookups).toEqual([PHONE]);
  clinic.here.time.now += DAY;
  await clinic.register({ known });
  await clinic.register({ known });
  expect(clinic.here.lookups).toEqual([PHONE, PHONE]);
  expect(clinic.number().lookup?.at).toBe(START + DAY);
  expect(clinic.events().map(({ type, why }) => [type, why])).toEqual([
    ["number.looked-up", ["mobile"]],
    ["number.looked-up", ["mobile"]],
  ]);
  // Whose network it is on is in no event.
  expect(JSON.stringify(clinic.here.store.audit().map((each) => new TextDecoder().decode(each["e"] as Uint8Array)))).not.toContain(
    "Foothills",
  );
});

test.each([
  ["landline", "line-landline"],
  ["voip", "line-voip"],
  ["invalid", "line-invalid"],
] as const)("a %s line warns, at the registration and in the gate, and stops nothing", async (type, code) => {
  const clinic = await subject();
  clinic.here.lines.set(PHONE, { type, network: undefined });
  const { number, line } = await clinic.register();
  expect(line).toEqual({ type, warnings: [code] });
  await agreed(clinic, number.id);
  const { status, decision } = await clinic.ask();
  expect(status).toBe("accepted");
  expect(decision.warnings).toEqual([code]);
  expect(decision.hooks).toContainEqual({ hook: "number", verdict: "warn", code });
});

test("another carrier: what was proved before falls, and whoever makes sure again brings it back", async () => {
  const clinic = await subject();
  await clinic.register({ known: { how: "called-back", at: START } });
  const level = (): number => levelOf(clinic.number(), clinic.link(), clinic.here.time.now, listed);
  expect(level()).toBe(4);
  clinic.here.time.now += 30 * DAY;
  clinic.here.lines.set(PHONE, { type: "mobile", network: "Prairie Mobile" });
  const { line, number } = await clinic.register({ team: "nurses" });
  expect(line.warnings).toEqual(["carrier-changed"]);
  expect(level()).toBe(1);
  expect(isSuspect(clinic.number(), clinic.link())).toBe(false);
  expect(clinic.events().at(-1)?.why).toEqual(["mobile", "carrier-changed"]);
  await agreed(clinic, number.id);
  const asked = await clinic.ask();
  expect([asked.status, asked.decision.warnings]).toEqual(["accepted", ["carrier-changed"]]);
  clinic.here.time.now += HOUR;
  const again = await clinic.register({ team: "nurses", known: { how: "two-identifiers-by-voice", at: clinic.here.time.now } });
  expect(again.line.warnings).toEqual([]);
  expect(level()).toBe(3);
  // The network is compared as a name, not as it happens to be spelt.
  clinic.here.lines.set(PHONE, { type: "mobile", network: "PRAIRIE MOBILE " });
  clinic.here.time.now += HOUR;
  await clinic.register({ team: "front-desk" });
  expect(level()).toBe(3);
});

test("whoever made sure since the last look is believed with the change itself; a proof from before is not", async () => {
  for (const [since, level] of [
    [1, 4],
    [-1, 1],
  ] as const) {
    const clinic = await subject();
    await clinic.register();
    clinic.here.time.now += 30 * DAY;
    clinic.here.lines.set(PHONE, { type: "mobile", network: "Prairie Mobile" });
    const { line } = await clinic.register({ known: { how: "called-back", at: START + since * HOUR } });
    expect([since, levelOf(clinic.number(), clinic.link(), clinic.here.time.now, listed)]).toEqual([since, level]);
    expect(line.warnings).toEqual(level === 1 ? ["carrier-changed"] : []);
  }
});

test("a change of carrier dated before a newer doubt does not hide it", async () => {
  const clinic = await subject();
  await clinic.register();
  clinic.here.time.now += 10 * DAY;
  await receiveText(clinic.here, { from: PHONE, body: "I have a new number now", inboundMessageId: "in-1", at: clinic.here.time.now }, SRC);
  clinic.here.time.now += 20 * DAY;
  clinic.here.lines.set(PHONE, { type: "mobile", network: "Prairie Mobile" });
  await clinic.register({ known: { how: "called-back", at: START + 5 * DAY } });
  expect(clinic.number().doubt?.why).toBe("new-number");
  expect(levelOf(clinic.number(), clinic.link(), clinic.here.time.now, listed)).toBe(1);
});

test("a patient who gets the number after it moved is not warned of; the one who had it is", async () => {
  const clinic = await subject();
  await clinic.register();
  clinic.here.time.now += 30 * DAY;
  clinic.here.lines.set(PHONE, { type: "mobile", network: "Prairie Mobile" });
  const second = await clinic.patient("A-2");
  const { line } = await clinic.register({ relationship: "shared" }, second);
  expect(line.warnings).toEqual([]);
  expect((await clinic.register()).line.warnings).toEqual(["carrier-changed"]);
});

test("an outage of the directory is written down, said, and stops nothing; the next time it is asked again", async () => {
  let up = false;
  const clinic = await subject({ clinic: listed, before: async (call) => (call === "look-up" && !up ? "refuse" : "none") });
  const { created, line } = await clinic.register();
  expect([created, line]).toEqual([true, { type: undefined, warnings: ["lookup-failed"] }]);
  expect(clinic.events()).toEqual([expect.objectContaining({ type: "number.lookup-failed", why: ["lookup-failed"], out: 4 })]);
  expect((await clinic.register()).line.warnings).toEqual(["lookup-failed"]);
  up = true;
  expect((await clinic.register()).line).toEqual({ type: "mobile", warnings: [] });
  expect((await clinic.register()).line).toEqual({ type: "mobile", warnings: [] });
  expect(clinic.events().map(({ type }) => type)).toEqual(["number.lookup-failed", "number.lookup-failed", "number.looked-up"]);
});

/** A reminder that leaves, and what the carrier's events say of it. */
async function told(clinic: Subject, eventType: string): Promise<OutboundItem> {
  clinic.here.time.now += HOUR;
  const { id } = await clinic.ask();
  for (let next = clinic.here.errands.shift(); next; next = clinic.here.errands.shift()) await sendText(clinic.here, next.errand, SRC);
  await trackDelivery(clinic.here, { message: id, eventType, isFinal: true, carrierId: "c" }, SRC);
  return clinic.here.store.peek<OutboundItem>(keys.message(id)) as OutboundItem;
}

async function enrolled(): Promise<Subject> {
  const clinic = await subject({ clinic: base });
  const { number } = await clinic.register({ known: { how: "called-back", at: START } });
  await agreed(clinic, number.id);
  return clinic;
}

test("three texts in a row that the phone could not be reached with make its number suspect, and the gate refuses", async () => {
  const clinic = await enrolled();
  for (const eventType of ["TEXT_UNREACHABLE", "TEXT_INVALID"]) expect((await told(clinic, eventType)).status).toBe("undelivered");
  expect((await clinic.ask()).status).toBe("accepted");
  await told(clinic, "TEXT_CARRIER_UNREACHABLE");
  expect(clinic.number().doubt).toEqual({ at: clinic.here.time.now, why: "bounced" });
  expect(clinic.events().map(({ type }) => type)).toEqual(["number.bounced"]);
  expect((await clinic.ask()).why).toEqual(["number-suspect"]);
  clinic.here.time.now += HOUR;
  await clinic.register({ known: { how: "called-back", at: clinic.here.time.now } });
  expect((await clinic.ask()).status).toBe("accepted");
  // Counted from the beginning again.
  await told(clinic, "TEXT_UNREACHABLE");
  expect((await clinic.ask()).status).toBe("accepted");
});

test("a text that arrives begins the count again; what says nothing of the phone neither counts nor begins it again", async () => {
  const clinic = await enrolled();
  for (const eventType of ["TEXT_UNREACHABLE", "TEXT_UNREACHABLE", "TEXT_DELIVERED", "TEXT_UNREACHABLE", "TEXT_UNREACHABLE"])
    await told(clinic, eventType);
  for (const eventType of ["TEXT_SPAM", "TEXT_CARRIER_BLOCKED", "TEXT_TTL_EXPIRED", "TEXT_UNKNOWN"]) await told(clinic, eventType);
  expect(clinic.number().doubt).toBeUndefined();
  await told(clinic, "TEXT_UNREACHABLE");
  expect(clinic.number().doubt?.why).toBe("bounced");
});

test("an event that comes twice counts once", async () => {
  const clinic = await enrolled();
  await told(clinic, "TEXT_UNREACHABLE");
  const { id } = await told(clinic, "TEXT_UNREACHABLE");
  for (let again = 0; again < 3; again++)
    await trackDelivery(clinic.here, { message: id, eventType: "TEXT_UNREACHABLE", isFinal: true, carrierId: "c" }, SRC);
  expect(clinic.number().doubt).toBeUndefined();
  expect(clinic.here.store.peek<ConversationItem>(keys.conversation(clinic.number().conv))?.bounces).toBe(2);
});

test("what is texted about another number to use does not make a suspect number usable", async () => {
  const clinic = await enrolled();
  for (let n = 0; n < 3; n++) await told(clinic, "TEXT_UNREACHABLE");
  clinic.here.time.now += HOUR;
  await receiveText(clinic.here, { from: PHONE, body: "I have a new number now", inboundMessageId: "in-1", at: clinic.here.time.now }, SRC);
  expect(clinic.number()).toMatchObject({ doubt: { why: "new-number" }, graver: { why: "bounced" } });
  expect((await clinic.ask()).why).toEqual(["number-suspect"]);
});
