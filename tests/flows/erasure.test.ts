/**
 * The erasure drill. A patient has texted, was answered and has opted out; then everything of theirs is deleted. Nothing in the state
 * table opens to it or names them, the log proves what it proved before, the block still stands, and whoever dies on the way changes
 * nothing about the end.
 */
import { KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archiveIn } from "../../bin/archive-folder.ts";
import { type Export, exported } from "../../bin/commands/audit-export.ts";
import { kmsSealer } from "../../lambdas/adapters/kms.ts";
import { recordOf } from "../../lambdas/core/items.ts";
import { COSIGNATURE, ED25519, noteKey } from "../../lambdas/core/tlog/note.ts";
import { parsePolicy } from "../../lambdas/core/tlog/policy.ts";
import { EXPORT_KEY, policyOf } from "../support/audit-log.ts";
import { type Desk, deskOf } from "../support/desk.ts";
import { verified } from "../support/detection.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { archiveFolder, publicKey } from "../support/local-archive.ts";
import { type Answer, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const DAY = 24 * 3_600_000;
const OFFICER = { as: "p.okafor; role=privacy-officer" };
const HOW = { reason: "retention-over", basis: "the section of the law, and our schedule", retention: { ended: "2026-01-31" } };
const PHONE = "+14035557801";
const FAMILY = "+14035557802";
const CHART = "CHART-ZX-771";
const WORDS = ["Zwetschgenknödel", "Grumbleflint", "Snorkelwick", "Frobnitzday", "quizzlebub", "Plinthbottom", "Flibberdigib"] as const;
/** What tells who the patient is or what they wrote: none of it may be left. */
const SECRETS = [...WORDS, PHONE.slice(1), PHONE.slice(-7), PHONE.slice(-4), CHART, "form-5518", "order-4471", "n-7731"];

let clinic: TestStack;
let desk: Desk;
let one: Enrolled;
let child: string;
let others: Enrolled;
let conversation: string;
let texts: string[];
beforeAll(async () => {
  clinic = await startTestStack();
  desk = deskOf(clinic);
});
afterAll(() => clinic.close());

const get = (path: string, options: CallOptions = OFFICER): Promise<Answer> => clinic.call("GET", path, undefined, options);
async function must(asked: Promise<Answer>): Promise<Answer["body"]> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
const post = (path: string, body: object, options?: CallOptions): Promise<Answer["body"]> => must(clinic.call("POST", path, body, options));

async function erase(patient: string, more: object = {}, options: CallOptions = {}): Promise<Answer> {
  const etag = (await get(`/v1/patients/${patient}`)).headers.get("etag") ?? "";
  return clinic.call("POST", `/v1/patients/${patient}/erase`, { ...HOW, ...more }, { ...OFFICER, ifMatch: etag, ...options });
}

/** Everything that waits at the front desk about a phone is answered with these words, filed and resolved. */
async function dealtWith(e164: string, patient: string, body?: string): Promise<string> {
  const waiting = await desk.waiting(e164);
  expect((await desk.claim(waiting.conversation)).status).toBe(200);
  await desk.link(waiting.conversation, patient, { relationship: e164 === FAMILY ? "shared" : "self" });
  if (body) expect((await desk.reply(waiting.conversation, { body })).status).toBe(202);
  const { etag } = await desk.waiting(e164);
  const filed = [{ patient, system: "emr", reference: patient === one?.patient ? "n-7731" : "other" }];
  const note = patient === one?.patient ? "Plinthbottom phoned twice" : "All is well";
  expect((await desk.resolve(waiting.conversation, etag, { outcome: "answered", filed, note })).status).toBe(200);
  return waiting.conversation;
}

/** Every item of the state table with all in it that opens with the message key: what a court could make the clinic read. */
async function opened(): Promise<string[]> {
  const { endpoint, region, cloud, identity } = clinic.stack.aws;
  const role = cloud.resources("AWS::IAM::Role").find(({ logicalId }) => logicalId.startsWith("claimconversationrole"))?.logicalId ?? "";
  const client = new KMSClient({ endpoint, region, credentials: identity("claim-conversation", role, "a-test") });
  const key = cloud.outputs.find(({ name }) => name === "MessageKey")?.value ?? "";
  const sealer = kmsSealer(client, key, "prairie-ridge");
  return Promise.all(
    (await clinic.items("state")).map(async (item) => {
      const record = recordOf(item as { PK: string; SK: string });
      const sealed = Object.values(item).filter((value) => value instanceof Uint8Array);
      const plain = await Promise.all(sealed.map((bytes) => sealer.open(record, bytes).catch(() => Buffer.from(bytes).toString("latin1"))));
      return [JSON.stringify(item), ...plain].join(" ");
    }),
  );
}
const found = async (): Promise<string[]> => {
  const items = await opened();
  return SECRETS.filter((secret) => items.some((item) => item.includes(secret)));
};

interface Proof {
  readonly exit: number;
  readonly findings: readonly string[];
  readonly size: number;
  /** Its last checkpoint, as an auditor keeps it. */
  readonly note: string;
}

/**
 * An export of this year's log, and one of the patient's chains, each verified with the keys that the stack told and against the
 * checkpoint that was kept last time.
 */
async function proven(kept?: Proof): Promise<Proof[]> {
  const now = clinic.stack.clock.now();
  const year = new Date(now).getUTCFullYear();
  const log = noteKey(`audit.prairie-ridge/${year}`, ED25519, await publicKey(clinic, "LogKey"));
  const witness = noteKey("witness.prairie-ridge", COSIGNATURE, await publicKey(clinic, "WitnessKey"));
  const policy = parsePolicy(policyOf(log, EXPORT_KEY.key, witness));
  const scopes: Export["scope"][] = [
    { from: `${year}-01-01T00:00:00.000Z`, to: new Date(now + DAY).toISOString() },
    { patient: one.patient, chains: [] },
  ];
  return Promise.all(
    scopes.map(async (scope) => {
      const files = new Map<string, Uint8Array>();
      const asked = { id: "export-drill", now, year, scope, key: EXPORT_KEY, policy: undefined, recipient: "the drill" };
      const since = kept ? [kept.size] : [];
      const { log: at } = await exported(archiveIn(archiveFolder(clinic)), { ...asked, since }, async (path, bytes) => {
        files.set(path, Uint8Array.from(bytes));
      });
      const { exit, report } = await verified(files, { policy, now, since: kept ? [{ name: "kept", note: kept.note }] : [] });
      const findings = report.findings.map(({ kind, step }) => `${kind} ${step}`);
      return { exit, findings, size: at.size, note: Buffer.from(files.get(`log/${year}/checkpoint.last.note`) ?? []).toString() };
    }),
  );
}

/** Minutes go by as they do in AWS, the sweep every one of them, until it is so. */
async function minutesUntil(so: () => Promise<boolean>): Promise<void> {
  for (let minutes = 0; !(await so()); minutes++) {
    if (minutes > 20) throw new Error("it never came to that");
    clinic.advance(60_000);
    await clinic.stack.sources.runSchedules();
    await clinic.drain();
  }
}

test("a patient has texted and was answered, at home and from the family's phone, and has opted out", async () => {
  ({ id: child } = await post("/v1/patients", { identifiers: [{ system: "emr", value: "CHILD" }] }));
  others = await enrol(clinic, "+14035550199".replace("0199", "1199"));
  await clinic.text(others.e164, "Nothing to do with anybody else");
  await clinic.drain();
  await dealtWith(others.e164, others.patient);

  one = await enrol(clinic, PHONE);
  const path = `/v1/patients/${one.patient}`;
  await post(
    "/v1/patients",
    {
      identifiers: [
        { system: "emr", value: PHONE.slice(2) },
        { system: "chart", value: CHART },
      ],
    },
    OFFICER,
  );
  await post(`${path}/numbers`, { e164: PHONE, kind: "mobile", relationship: "guardian", authority: "order-4471", review: "2030-01-01" });
  const agreed = { decision: "granted", number: one.number, wording: { id: "texting-basics", version: 1 }, method: "phone" };
  await post(`${path}/consents`, { ...agreed, purposes: ["appointments"], agreedAt: new Date().toISOString(), evidence: "form-5518" });
  for (const id of [one.patient, child]) await post(`/v1/patients/${id}/numbers`, { e164: FAMILY, kind: "mobile", relationship: "shared" });

  await clinic.text(PHONE, "Zwetschgenknödel on Tuesday?");
  await clinic.drain();
  conversation = await dealtWith(PHONE, one.patient, "Your visit with Ms Snorkelwick is on Friday at ten");
  await clinic.text(FAMILY, "The child is well");
  await clinic.drain();
  await dealtWith(FAMILY, child);
  await clinic.text(FAMILY, "It is Grumbleflint now");
  await clinic.drain();
  await dealtWith(FAMILY, one.patient);

  const ask = (body: string, more: object = {}): Promise<Answer> =>
    clinic.call("POST", "/v1/messages", { patient: { id: one.patient }, scenario: "scheduling", body, ...more });
  const free = await must(ask("Would Frobnitzday at nine suit?", { reference: "n-7731" }));
  const refused = await ask("Your quizzlebub results are fine", { scenario: "test-results" });
  await clinic.drain();
  await clinic.text(PHONE, "STOP");
  await clinic.drain();
  await dealtWith(PHONE, one.patient);
  texts = [free.id, refused.body.message.id];
  expect(await found()).toEqual(SECRETS.filter((secret) => secret !== "Flibberdigib"));
});

test("what somebody still has to do comes first, and the law before it", async () => {
  const keysOf = async (): Promise<string[]> => (await clinic.items("state")).map(({ PK, SK }) => `${PK} ${SK}`).sort();
  const stood = await keysOf();
  const codes = async (more: object, options: CallOptions = {}): Promise<unknown[]> => {
    const { status, body } = await erase(one.patient, more, options);
    return [status, body.code];
  };
  expect(await codes({}, { as: "m.tremblay; role=front-desk" })).toEqual([403, "role-not-allowed"]);
  expect(await codes({}, { as: null })).toEqual([422, "acting-user-missing"]);
  expect(await codes({ retention: { ended: "2036-01-31" } })).toEqual([422, "retention-runs"]);
  for (const wrong of [
    { retention: undefined },
    { basis: "call 403-555-0123" },
    { basis: undefined },
    { reason: "because" },
    { retention: {} },
  ])
    expect(await codes(wrong)).toEqual([400, "invalid-request"]);
  expect(await codes({}, { ifMatch: 'W/"1"' })).toEqual([412, "version-conflict"]);
  expect((await clinic.call("POST", `/v1/patients/${one.patient}/erase`, HOW, OFFICER)).body.code).toBe("if-match-missing");
  expect(await keysOf()).toEqual(stood);

  await clinic.text(PHONE, "One thing more: Flibberdigib");
  await clinic.drain();
  const open = await erase(one.patient);
  expect([open.status, open.body.code, open.body.errors]).toEqual([
    409,
    "erasure-owed",
    [{ pointer: `/v1/conversations/${conversation}`, detail: expect.any(String) }],
  ]);
  await dealtWith(PHONE, one.patient);
});

let before: Proof[];
let events: Map<string, string>;
let receipt: Answer["body"];
const eventKey = ({ chain, seq }: { chain: string; seq: number }): string => `${chain} ${seq}`;

test("the officer erases; the function dies in the middle, and the sweep does the rest", async () => {
  before = await proven();
  events = new Map((await clinic.events()).map((event) => [eventKey(event), Buffer.from(event.bytes).toString()]));
  clinic.fault({ function: "erase-patient", service: "dynamodb", action: "TransactWriteItems", nth: 3, kind: "crash", after: true });
  expect((await erase(one.patient)).status).toBeGreaterThanOrEqual(500);
  clinic.clearFaults();

  const half = (await get(`/v1/patients/${one.patient}`)).body;
  expect(half).toMatchObject({ id: one.patient, erasure: { state: "erasing", by: "p.okafor", remains: [] } });
  expect((await clinic.call("POST", "/v1/messages", reminder(one.patient))).body.code).toBe("not-found");
  expect(await found()).not.toEqual([]);
  await minutesUntil(async () => (await get(`/v1/patients/${one.patient}`)).body.erasure.state === "erased");
  receipt = (await get(`/v1/patients/${one.patient}`)).body;
  expect(receipt.erasure).toMatchObject({ ...HOW, state: "erased", by: "p.okafor", role: "privacy-officer" });
});

test("the receipt says what was deleted, what is left where, and until when", async () => {
  const { deleted, kept, finished, remains } = receipt.erasure;
  expect(deleted).toEqual({ textsIn: 4, textsOut: 4, notes: 4, filings: 4, consents: 2, identifiers: 2, numbers: 2 });
  // The child's own text and note, on the phone that both use.
  expect(kept).toEqual({ texts: 2, blocked: 1, noContact: 0 });
  const table = clinic.stack.aws.cloud.resources("AWS::DynamoDB::Table").find(({ logicalId }) => logicalId.startsWith("state"));
  const recovery = table?.properties["PointInTimeRecoverySpecification"] as { RecoveryPeriodInDays: number } | undefined;
  const days = recovery?.RecoveryPeriodInDays ?? 0;
  const until = Object.fromEntries(remains.map((each: { where: string; until?: string }) => [each.where, each.until]));
  expect(until).toEqual({
    backups: new Date(Date.parse(finished) + days * DAY).toISOString(),
    "inbound-queues": new Date(Date.parse(finished) + 14 * DAY).toISOString(),
    "technical-items": new Date(Date.parse(finished) + 90 * DAY).toISOString(),
    ...{ "audit-trail": undefined, incidents: undefined, number: undefined, "opt-out-list": undefined },
    ...{ "shared-phone": undefined, elsewhere: undefined },
  });
  const last = (await clinic.events()).findLast(({ type }) => type === "patient.erased");
  expect(last).toMatchObject({ pat: one.patient, why: ["retention-over"], ent: [{ t: "until", id: until["backups"] }] });
  expect((await erase(one.patient)).body).toEqual(receipt);
});

test("nothing that is left opens to anything of the patient, and nobody is shown any of it", async () => {
  expect(await found()).toEqual([]);
  // The random id stands in the receipt and, as part of a message's id, in an item that its time takes away.
  const naming = (await clinic.items("state")).filter((item) => JSON.stringify(item).includes(one.patient));
  expect(naming.map(({ SK, ttl }) => [SK, ttl !== undefined]).sort()).toEqual([
    ["I", true],
    ["Z", false],
  ]);
  const path = `/v1/patients/${one.patient}`;
  const answers = await Promise.all([
    get(path),
    get(`${path}/consents`),
    get(`${path}/no-contact`),
    ...texts.map((id) => get(`/v1/messages/${id}`)),
    clinic.call("POST", "/v1/messages/search", { reference: "n-7731" }),
    ...[PHONE.slice(2), CHART].flatMap((value) =>
      ["emr", "chart"].map((system) => clinic.call("POST", "/v1/patients/search", { identifier: { system, value } })),
    ),
    desk.claim(conversation),
    clinic.call("GET", "/v1/second-readings"),
    clinic.call("GET", "/v1/incidents"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404, 404, 200, 200, 200, 200, 200, 200, 200]);
  for (const { body } of answers) for (const secret of SECRETS) expect(JSON.stringify(body)).not.toContain(secret);
  expect(answers.find(({ body }) => body.texts)?.body).toMatchObject({ texts: [], sender: { sure: "unknown", patients: [] } });
  await desk.release(conversation);
});

test("what belongs to others is as it was", async () => {
  const shared = (await clinic.items("state")).find((item) => item["SK"] === "C" && item["last4"] === FAMILY.slice(-4));
  const claimed = await desk.claim(String(shared?.["id"]));
  expect(claimed.body).toMatchObject({ number: FAMILY, sender: { patients: [{ patient: child }] } });
  expect(claimed.body.texts.map(({ text }: { text: string }) => text)).toEqual(["The child is well", "All is well"]);
  await desk.release(String(shared?.["id"]));
  expect((await get(`/v1/patients/${others.patient}`)).body.numbers).toHaveLength(1);
  await agree(clinic, others);
  expect((await clinic.call("POST", "/v1/messages", reminder(others.patient))).status).toBe(202);
  await clinic.drain();
  expect(clinic.inbox(others.e164).at(-1)?.body).toContain("appointment");
});

test("every event is there as it was, and the log proves what it proved before", async () => {
  await clinic.drain();
  const now = new Map((await clinic.events()).map((event) => [eventKey(event), Buffer.from(event.bytes).toString()]));
  for (const [key, bytes] of events) expect(now.get(key)).toBe(bytes);
  expect(now.size).toBeGreaterThan(events.size);
  const after = await proven(before[0]);
  expect(after.map(({ exit, findings }) => ({ exit, findings }))).toEqual(before.map(({ exit, findings }) => ({ exit, findings })));
  for (const [at, { size }] of after.entries()) expect(size).toBeGreaterThan(before[at]?.size ?? 0);
  process.stdout.write(`verified before and after: exit ${before.map(({ exit }) => exit)} and ${after.map(({ exit }) => exit)}\n`);
});

test("a STOP from before still blocks the phone, and a consent from before counts for nothing", async () => {
  const next = await post("/v1/patients", { identifiers: [{ system: "emr", value: "NEXT" }] });
  const number = await post(`/v1/patients/${next.id}/numbers`, { e164: PHONE, kind: "mobile", relationship: "self" });
  const agreed = {
    decision: "granted",
    purposes: ["appointments"],
    number: number.id,
    wording: { id: "texting-basics", version: 1 },
    method: "phone",
  };
  const old = await post(`/v1/patients/${next.id}/consents`, { ...agreed, agreedAt: receipt.erasure.begun });
  expect(old.counted).toBe(false);
  await post(`/v1/patients/${next.id}/consents`, { ...agreed, agreedAt: new Date(clinic.stack.clock.now()).toISOString() });
  const blocked = await clinic.call("POST", "/v1/messages", reminder(next.id));
  expect([blocked.status, blocked.body.code]).toEqual([422, "opted-out"]);
  const ended = `/v1/patients/${next.id}/numbers/${number.id}/end`;
  await post(ended, { reason: "wrong" });
});

test("a text from the phone is a stranger's: it waits at the front desk with its number, and the phone may text START", async () => {
  const asOf = clinic.inbox(PHONE).length;
  await clinic.text(PHONE, "Hello, is this the clinic?");
  await clinic.drain();
  const waiting = await desk.waiting(PHONE);
  expect(waiting).toMatchObject({ conversation, verify: true });
  expect(waiting.patient).toBeUndefined();
  const claimed = await desk.claim(conversation);
  expect(claimed.body).toMatchObject({ number: PHONE, sender: { sure: "unknown", patients: [] } });
  expect((await desk.reply(conversation, { wording: "call-us" })).body.code).toBe("opted-out");
  expect(claimed.body.texts.map(({ text }: { text: string }) => text)).toEqual(["Hello, is this the clinic?"]);
  await clinic.text(PHONE, "START");
  await clinic.drain();
  expect(
    clinic
      .inbox(PHONE)
      .slice(asOf)
      .map(({ body }) => body),
  ).toEqual([expect.stringContaining("YES or NO")]);
});

test("items and histories agree, and no call was denied", async () => {
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
