/** Numbers looked up at AWS in a clinic whose privacy impact assessment lists it: what is asked, what is said, and what no outage stops. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { synthesise } from "../../lib/synth.ts";
import { enrol, reminder } from "../support/enrol.ts";
import { type Answer, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const HOUR = 3_600_000;
const dir = mkdtempSync(join(tmpdir(), "clinic-sms-lookup-"));
let clinic: TestStack;
beforeAll(async () => {
  const decisions = join(dir, "clinic");
  cpSync(fileURLToPath(new URL("../../clinic", import.meta.url)), decisions, { recursive: true });
  const file = join(decisions, "clinic.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}numberLookup: { pia: "PIA-0000, section 4" }\n`);
  const cdkOut = join(dir, "out");
  synthesise({ outdir: cdkOut, context: { clinic: decisions, partsPerSecond: 50 } });
  clinic = await startTestStack({ cdkOut });
});
afterAll(async () => {
  await clinic.close();
  rmSync(dir, { recursive: true, force: true });
});

let people = 0;
async function patient(): Promise<string> {
  return (await clinic.call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: `l-${people++}` }] })).body.id;
}
const register = (id: string, e164: string, more: object = {}): Promise<Answer> =>
  clinic.call("POST", `/v1/patients/${id}/numbers`, { e164, kind: "mobile", relationship: "self", ...more });
const asks = (): string[] =>
  clinic.stack.aws
    .calls(0)
    .filter(({ action }) => action === "PhoneNumberValidate")
    .map((call) => `${call.function} ${call.decision}`);
const sure = async (id: string): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/patients/${id}`)).body.numbers[0].sure;
const codes = (warnings: { code: string }[] | undefined): string[] => (warnings ?? []).map(({ code }) => code);
const now = (): string => new Date(clinic.stack.clock.now()).toISOString();

test("a number is looked up when it is registered and when somebody makes sure again, by the one function that may", async () => {
  const id = await patient();
  expect((await register(id, "+14035557001")).body).toMatchObject({ type: "mobile" });
  expect(asks()).toEqual(["register-number allowed"]);
  expect((await register(id, "+14035557001")).status).toBe(200);
  expect(asks()).toHaveLength(1);
  expect((await register(id, "+14035557001", { known: { how: "called-back", at: now() } })).body.warnings).toBeUndefined();
  expect(asks()).toHaveLength(2);
  expect(await sure(id)).toMatchObject({ level: 4, type: "mobile" });
});

test.each([
  ["0189", "landline", "line-landline"],
  ["0188", "voip", "line-voip"],
  ["0187", "invalid", "line-invalid"],
])("a number that ends in %s is %s: said at once, on the patient and by the gate, and texted all the same", async (end, type, code) => {
  clinic.daytime();
  const e164 = `+1403555${end}`;
  const person = await enrol(clinic, e164);
  const again = await register(person.patient, e164);
  expect([again.body.type, codes(again.body.warnings)]).toEqual([type, [code]]);
  const told = await sure(person.patient);
  expect([told.level, told.type, codes(told.warnings)]).toEqual([1, type, [code]]);
  const { body } = await clinic.call("POST", "/v1/messages", reminder(person.patient));
  expect([body.status, codes(body.decision.warnings)]).toEqual(["accepted", [code]]);
  await clinic.drain();
  expect(clinic.inbox(e164)).toHaveLength(1);
});

test("a number that went to another carrier loses its level and warns until somebody makes sure of it", async () => {
  const id = await patient();
  const e164 = "+14035557002";
  await register(id, e164, { known: { how: "called-back", at: now() } });
  clinic.advance(30 * 24 * HOUR);
  clinic.stack.aws.lines.port(e164, "Prairie Mobile");
  const moved = await register(id, e164, { team: "nurses" });
  expect(codes(moved.body.warnings)).toEqual(["carrier-changed"]);
  expect(await sure(id)).toMatchObject({ level: 1, warnings: [{ code: "carrier-changed" }] });
  clinic.advance(HOUR);
  await register(id, e164, { team: "nurses", known: { how: "two-identifiers-by-voice", at: now() } });
  const told = await sure(id);
  expect([told.level, told.warnings]).toEqual([3, undefined]);
  const events = (await clinic.events()).filter(({ type }) => type === "number.looked-up").map(({ why }) => why);
  expect(events).toContainEqual(["mobile", "carrier-changed"]);
});

test.each(["refuse", "throttle", "hang"] as const)("an outage (%s) is written down, and the number is registered", async (kind) => {
  const id = await patient();
  const e164 = `+1403555710${people}`;
  clinic.fault({ function: "register-number", service: "mobiletargeting", action: "PhoneNumberValidate", kind });
  const { status, body } = await register(id, e164);
  expect([status, codes(body.warnings)]).toEqual([201, ["lookup-failed"]]);
  clinic.clearFaults();
  expect((await sure(id)).type).toBeUndefined();
  const failed = (await clinic.events()).filter(({ type }) => type === "number.lookup-failed");
  expect(failed.at(-1)).toMatchObject({ why: ["lookup-failed"] });
  // The EMR posts everything again in the night.
  expect((await register(id, e164)).body).toMatchObject({ type: "mobile" });
});

test("items and histories agree; no call was denied; no number and no carrier stands in logs, events or the call log", async () => {
  await clinic.drain();
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  const { aws, workers } = clinic.stack;
  expect(aws.policyReport().denied).toEqual([]);
  const written = [
    ...workers.logs().map(({ line }) => line),
    ...(await clinic.events()).map(({ bytes }) => new TextDecoder().decode(bytes)),
    JSON.stringify(aws.calls(0)),
  ].join("\n");
  expect(written).toContain("number.looked-up");
  for (const secret of ["403555", "Foothills", "Prairie Mobile", "Calgary"]) expect(written).not.toContain(secret);
  // Of the directory's answer nothing is kept but the kind of line and the carrier.
  expect(JSON.stringify(await clinic.items("state"))).not.toMatch(/Calgary|T2P/);
});
