/**
 * Every code that the gate refuses with, provoked through the running stack: what the sender is told, what stands in the record and
 * that nothing left. The clinic is one of Ontario that also keeps to the US pack's limits, promotes something, and has
 * hooks of its own: one that refuses, one that warns, and one that throws.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CODES, type MarkCode, type RefusalCode } from "../../lambdas/core/codes.ts";
import { instantOf, localDate } from "../../lambdas/core/hours.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { byHand } from "../support/by-hand.ts";
import { assembly, decisionsIn } from "../support/decided.ts";
import { type Desk, deskOf } from "../support/desk.ts";
import { agree, type Enrolled, enrol, reminder } from "../support/enrol.ts";
import { type Answer, type AuditEvent, type CallOptions, startTestStack, type TestStack } from "../support/stack.ts";
import { type Item, readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = "America/Toronto";
const PHYSICIAN: CallOptions = { as: "dr.roy; role=physician" };

/** The last day of a scenario and of a wording. */
const LAST_DAY = localDate(Date.now() + 14 * DAY, ZONE);
const AFTER = instantOf(localDate(Date.parse(LAST_DAY) + 2 * DAY, "UTC"), 13 * 60, ZONE);

const HOOKS: Readonly<Record<string, string>> = {
  "by-phone": `if (scenario?.id === "no-show") return { verdict: "refuse", reason: "Who did not come is phoned.", instead: "Ask the nurse to phone." };`,
  "moving-week": `if (scenario?.id === "appointment-change") return { verdict: "warn", reason: "The clinic moves this week: say where." };`,
  broken: `if (scenario?.id === "running-late") throw new Error("a bug");`,
};
const OFFERS = `
  - id: offers
    name: Something for sale
    purpose: offers
    owner: Clinic manager
    reviewed: "2026-11-20"
    review: "2027-11-20"
    risk: { likelihood: 2, harm: 1 }
    allowed: true
    why: Some patients have asked to be told.
    instead: Put it on the board in the waiting room.
    commercial: true
    staleAfterHours: 24
    templates:
      - id: offer
        version: 1
        text:
          en: "{clinic}: our calendars are on sale at the front desk. Questions: call {phone}. Reply STOP for no more texts."
          fr: "{clinic} : nos calendriers sont en vente à la réception. Tél. : {phone}. ARRET pour cesser."
    examples:
      appropriate: ["Our calendars are on sale at the front desk.", "Nos calendriers sont en vente à la réception."]
      notAppropriate:
        - { text: "Bring a friend and win a spa day!", because: purpose }
        - { text: "20 % off for our diabetes patients.", because: content }
`;

const root = mkdtempSync(join(tmpdir(), "clinic-sms-refusals-"));
const decisions = join(root, "clinic");
const cdkOut = join(root, "cdk.out");

/** The shipped decisions with what this clinic decides otherwise. */
function decide(): void {
  const change = decisionsIn(decisions);
  change(
    "clinic.yaml",
    ["timeZone: America/Edmonton", `timeZone: ${ZONE}`],
    ["packs: [ca-ab]", "packs: [ca-on, us]"],
    ["consentMonths: 24", "consentMonths: 1"],
  );
  const sold = '  - id: offers\n    name: { en: "What we sell", fr: "Ce que nous vendons" }\n';
  change("purposes.yaml", ["  - id: feedback\n", `${sold}  - id: feedback\n`]);
  for (const file of ["texting-feedback.v1.en.md", "texting-feedback-fr.v1.fr.md"])
    change(join("wordings", file), ["purposes: [feedback]", "purposes: [feedback, offers]"]);
  cpSync(join(decisions, "wordings/texting-basics.v1.en.md"), join(decisions, "wordings/texting-old.v1.en.md"));
  change("wordings/texting-old.v1.en.md", ["id: texting-basics\n", `id: texting-old\nwithdrawn: "${LAST_DAY}"\n`]);
  change(
    "scenarios.yaml",
    // The US pack allows 160 characters.
    ["If it does not suit, call {phone}. Reply STOP for no more texts.", "Call {phone} to change. Reply STOP for no more texts."],
    [/(- id: directions[\s\S]*?review: )"[^"]+"/, `$1"${LAST_DAY}"`],
    [/$/, OFFERS],
  );
  mkdirSync(join(decisions, "hooks"));
  for (const [name, says] of Object.entries(HOOKS))
    writeFileSync(
      join(decisions, "hooks", `${name}.ts`),
      `export default { judge({ scenario }) { ${says} return { verdict: "allow" }; } };\n`,
    );
}

let clinic: TestStack;
let desk: Desk;
const written = new Map<string, string>();
beforeAll(async () => {
  decide();
  for (const { id, instead } of loadClinic(decisions).scenarios) written.set(id, instead);
  // The checks of clinic/ let nobody write an offer that does not say how to stop: only the gate stands before it here.
  assembly(decisions, cdkOut, [[" Questions: call {phone}. Reply STOP for no more texts.", " Questions: call {phone}."]]);
  clinic = await startTestStack({ cdkOut });
  desk = deskOf(clinic);
});
afterAll(async () => {
  await clinic?.close();
  rmSync(root, { recursive: true, force: true });
});

let phones = 5000;
let people = 0;
const freshPhone = (): string => `+1403555${phones++}`;
const now = (): number => clinic.stack.clock.now();
const iso = (at: number): string => new Date(at).toISOString();
const must = async (asked: Promise<Answer>): Promise<Answer["body"]> => {
  const { status, body } = await asked;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};
const post = (path: string, body?: object, options?: CallOptions): Promise<Answer> => clinic.call("POST", path, body, options);
const send = (request: object, options?: CallOptions): Promise<Answer> => post("/v1/messages", request, options);
const read = async (id: string): Promise<Answer["body"]> => (await clinic.call("GET", `/v1/messages/${id}`)).body;
const accepted = async (request: object): Promise<string> => (await must(send(request))).id;
const newcomer = async (): Promise<string> =>
  (await must(post("/v1/patients", { identifiers: [{ system: "emr", value: `person-${people++}` }], language: "en" }))).id;
const numberOf = async (patient: string, e164: string, more: object = {}): Promise<string> =>
  (await must(post(`/v1/patients/${patient}/numbers`, { e164, kind: "mobile", relationship: "self", ...more }))).id;
const somebody = (): Promise<Enrolled> => enrol(clinic, freshPhone());
async function unasked(): Promise<Enrolled> {
  const [e164, patient] = [freshPhone(), await newcomer()];
  return { e164, patient, number: await numberOf(patient, e164) };
}
const consent = (person: Pick<Enrolled, "patient" | "number">, more: object = {}): Promise<Answer["body"]> =>
  must(
    post(`/v1/patients/${person.patient}/consents`, {
      decision: "granted",
      purposes: ["appointments"],
      number: person.number,
      wording: { id: "texting-basics", version: 1 },
      method: "phone",
      agreedAt: iso(now()),
      ...more,
    }),
  );
const patch = async (patient: string, change: object): Promise<Answer["body"]> => {
  const { headers } = await clinic.call("GET", `/v1/patients/${patient}`);
  return must(clinic.call("PATCH", `/v1/patients/${patient}`, change, { ifMatch: headers.get("etag") ?? "" }));
};
const said = async (e164: string, body: string): Promise<void> => {
  await clinic.text(e164, body);
  await clinic.drain(true);
};
const taken = async (e164: string): Promise<string> => {
  const { conversation } = await desk.waiting(e164);
  await must(desk.claim(conversation));
  return conversation;
};
const itemOf = async (id: string): Promise<Item> => ((await clinic.items("state")) as Item[]).find((item) => item["id"] === id) ?? {};
const handedOver = (after: number): number => clinic.stack.aws.calls(after).filter(({ action }) => action === "SendTextMessage").length;

const by = (patient: string, scenario: string, template: string, more: object = {}): object => ({
  patient: { id: patient },
  scenario,
  template,
  ...more,
});
const own = (patient: string, body: string, more: object = {}): object => ({
  patient: { id: patient },
  scenario: "scheduling",
  body,
  ...more,
});
/** What is refused: a request, an answer to a patient, or, at its end, a text that had been accepted. */
type Asked =
  | { readonly request: object; readonly as?: CallOptions }
  | { readonly conversation: string; readonly body: string }
  | { readonly ended: () => Promise<string> };
/** A request by somebody in good standing for a text that is refused for what it is. */
const asks = (request: (patient: string) => object) => async (): Promise<Asked> => ({ request: request((await somebody()).patient) });
const words = (body: string) => asks((patient) => own(patient, body));

/** Each makes everything ready and says what to ask. The first lives through the last day of its wording, so that it stays the first. */
const MET: Readonly<Record<RefusalCode, () => Promise<Asked>>> = {
  "consent-wording": async () => {
    const person = await unasked();
    await consent(person, { wording: { id: "texting-old", version: 1 } });
    await accepted(own(person.patient, "Would Friday suit you?"));
    await clinic.drain(true);
    clinic.stack.clock.set(AFTER);
    return { request: reminder(person.patient) };
  },
  "scenario-review-overdue": async () => {
    if (now() < AFTER) clinic.stack.clock.set(AFTER);
    return { request: by((await somebody()).patient, "directions", "directions") };
  },
  "scenario-unknown": asks((patient) => own(patient, "Hello", { scenario: "chit-chat" })),
  "scenario-refused": asks((patient) => own(patient, "Good news", { scenario: "test-results" })),
  "free-text-refused": asks((patient) => own(patient, "Second floor", { scenario: "paperwork" })),
  "template-unknown": asks((patient) => by(patient, "appointment-reminder", "map")),
  "template-params": asks((patient) => reminder(patient, { params: { date: "tomorrow", time: "10:00" } })),
  "consent-missing": async () => {
    const { patient } = await unasked();
    return { request: reminder(patient) };
  },
  "consent-asked": async () => {
    const person = await unasked();
    await consent(person, { decision: "asked" });
    return { request: reminder(person.patient) };
  },
  "consent-declined": async () => {
    const person = await unasked();
    await consent(person, { decision: "declined" });
    return { request: reminder(person.patient) };
  },
  "consent-withdrawn": async () => {
    const { patient } = await somebody();
    await must(post(`/v1/patients/${patient}/consents/withdraw`, { method: "phone", at: iso(now()) }));
    return { request: reminder(patient) };
  },
  "consent-not-in-force": async () => {
    const { e164, patient } = await somebody();
    await said(e164, "STOP");
    return { request: reminder(patient) };
  },
  "consent-expired": async () => {
    const { patient } = await somebody();
    await accepted(reminder(patient));
    await clinic.drain(true);
    clinic.advance(32 * DAY);
    await clinic.drain(true);
    return { request: reminder(patient) };
  },
  "proxy-review-due": async () => {
    const patient = await newcomer();
    const review = localDate(now() + 2 * DAY, ZONE);
    const number = await numberOf(patient, freshPhone(), { relationship: "guardian", authority: "order-7", review });
    await agree(clinic, { patient, number });
    clinic.advance(3 * DAY);
    return { request: reminder(patient) };
  },
  "opted-out": async () => {
    const person = await somebody();
    await said(person.e164, "ARRET");
    await agree(clinic, person);
    return { request: reminder(person.patient) };
  },
  "opt-out-suspected": async () => {
    const { e164 } = await somebody();
    await said(e164, "🛑");
    const conversation = await taken(e164);
    return { conversation, body: "See you on Friday." };
  },
  "blocked-at-carrier": async () => {
    const person = await somebody();
    // Off AWS's list once, and on it again the next day: AWS takes it off once in 30 days.
    for (const word of ["STOP", "START", "STOP"]) {
      await said(person.e164, word);
      clinic.advance(25 * HOUR);
      await clinic.drain(true);
    }
    await said(person.e164, "START");
    await agree(clinic, person);
    return { request: reminder(person.patient) };
  },
  "patient-paused": async () => {
    const person = await somebody();
    await consent({ patient: person.patient, number: await numberOf(person.patient, freshPhone()) }, { purposes: ["administration"] });
    clinic.advance(MINUTE);
    await said(person.e164, "STOP");
    return { request: by(person.patient, "paperwork", "form-ready") };
  },
  "patient-deceased": async () => {
    const { patient } = await somebody();
    await patch(patient, { deceased: true });
    return { request: reminder(patient) };
  },
  "patient-left": async () => {
    const { patient } = await somebody();
    await patch(patient, { left: true });
    return { request: reminder(patient) };
  },
  "number-missing": async () => {
    const { patient, number } = await somebody();
    await must(post(`/v1/patients/${patient}/numbers/${number}/end`, { reason: "changed" }));
    return { request: reminder(patient) };
  },
  "number-several": async () => {
    const { patient } = await unasked();
    await numberOf(patient, freshPhone());
    return { request: reminder(patient, { override: { reason: "It cannot wait." } }), as: PHYSICIAN };
  },
  "number-kind": async () => {
    const patient = await newcomer();
    await agree(clinic, { patient, number: await numberOf(patient, freshPhone(), { kind: "home" }) });
    return { request: reminder(patient) };
  },
  "number-suspect": async () => {
    const { e164, patient, number } = await somebody();
    await must(post(`/v1/patients/${patient}/numbers/${number}/end`, { reason: "changed" }));
    clinic.advance(MINUTE);
    // The EMR posts it again in the night; nobody has asked whose phone it is.
    await agree(clinic, { patient, number: await numberOf(patient, e164) });
    return { request: reminder(patient) };
  },
  "number-level": asks((patient) => by(patient, "basic-instructions", "what-to-bring")),
  "number-shared": async () => {
    const { e164, patient } = await somebody();
    await numberOf(await newcomer(), e164, { relationship: "shared" });
    return { request: own(patient, "Would Friday suit you?") };
  },
  "no-number-here": async () => {
    await said("72345", "Your parcel is on its way");
    // An entry without a number: nobody can text a short code.
    const { conversation } = (await desk.queue()).find((item) => item.number === undefined);
    await must(desk.claim(conversation));
    return { conversation, body: "Who is this?" };
  },
  "stage-trial": async () => {
    const { patient } = await enrol(clinic, "+16045551234");
    return { request: reminder(patient) };
  },
  "text-empty": words(" \n "),
  "text-too-long": words("Would ten suit you? ".repeat(35)),
  "text-control-characters": words("Come at\u0007 ten"),
  "content-identifier": words("Your health card number is 1234567897."),
  "content-asks-identifier": words("Please text us your health card number."),
  "content-sensitive": words("Your HIV test is negative."),
  "content-clinical": words("Take two ibuprofen every six hours."),
  "content-link": words("How to find us: https://bit.ly/3xYzAbC"),
  // Only the model reads it so, and the model asks.
  "content-doubtful": words("He is happy with how it healed."),
  // A locked phone shows "fill in the two pap".
  "content-preview": words("Good morning! Please fill in the two paper forms."),
  "content-not-read": async () => {
    const { patient } = await somebody();
    const id = await accepted(own(patient, "Would Friday suit you?", { sendAt: iso(now() + HOUR) }));
    const { PK, SK } = await itemOf(id);
    await byHand(clinic, { PK, SK }, { UpdateExpression: "REMOVE judged" });
    const ended = async (): Promise<string> => {
      clinic.advance(HOUR + MINUTE);
      await clinic.drain(true);
      return id;
    };
    return { ended };
  },
  "limit-characters": words("Would ten suit you? ".repeat(9)),
  "limit-day": async () => {
    const { patient } = await somebody();
    await accepted(reminder(patient));
    await clinic.drain(true);
    return { request: own(patient, "Would Friday suit you?") };
  },
  "limit-week": async () => {
    const { patient } = await somebody();
    for (let day = 0; day < 3; day++) {
      await accepted(reminder(patient));
      await clinic.drain(true);
      clinic.advance(DAY);
    }
    return { request: reminder(patient) };
  },
  "expires-while-held": async () => {
    const { patient } = await somebody();
    return { request: reminder(patient, { sendAt: iso(night(now())), expiresAt: iso(night(now()) + 2 * HOUR) }) };
  },
  expired: asks((patient) => reminder(patient, { expiresAt: iso(now() - MINUTE) })),
  "commercial-consent": async () => {
    const { patient } = await unasked();
    return { request: by(patient, "offers", "offer", { override: { reason: "They would like it." } }), as: PHYSICIAN };
  },
  "commercial-form": async () => {
    const person = await unasked();
    await consent(person, { purposes: ["offers"], wording: { id: "texting-feedback", version: 1 } });
    return { request: by(person.patient, "offers", "offer") };
  },
  "override-not-allowed": asks((patient) => reminder(patient, { override: { reason: "It cannot wait." } })),
  "reply-too-late": async () => {
    const { e164 } = await somebody();
    await said(e164, "Is Friday free?");
    const { conversation } = await desk.waiting(e164);
    clinic.advance(73 * HOUR);
    await must(desk.claim(conversation));
    return { conversation, body: "Yes, it is." };
  },
  "reply-not-linked": async () => {
    const e164 = freshPhone();
    await said(e164, "Is Friday free?");
    const conversation = await taken(e164);
    return { conversation, body: "Yes, it is." };
  },
  "confirmation-sent": async () => {
    const { e164 } = await somebody();
    clinic.fault({ service: "sms-voice", action: "SendTextMessage", kind: "refuse", error: "ThrottlingException", times: 1000 });
    await said(e164, "STOP");
    const items = (await clinic.items("state")) as Item[];
    const number = items.find((item) => item["SK"] === "N" && item["last4"] === e164.slice(-4));
    const confirmation = items.find((item) => item["direction"] === "out" && item["number"] === number?.["PK"]);
    await byHand(clinic, { PK: number?.["PK"], SK: "N" }, { UpdateExpression: "SET confirmed = epoch" });
    clinic.clearFaults();
    const ended = async (): Promise<string> => {
      clinic.advance(MINUTE);
      await clinic.drain(true);
      return String(confirmation?.["id"]);
    };
    return { ended };
  },
  "clinic-rule": asks((patient) => by(patient, "no-show", "missed")),
  "hook-failed": asks((patient) => by(patient, "running-late", "delay", { params: { minutes: "30" } })),
};

/** Eleven in the evening of that day in Ontario. */
const night = (at: number): number => instantOf(localDate(at, ZONE), 23 * 60, ZONE);
/** At noon in Ontario, or as much of the day is left that nothing waits for the morning. */
function byDay(): void {
  const noon = instantOf(localDate(now(), ZONE), 12 * 60, ZONE);
  if (now() < noon) clinic.stack.clock.set(noon);
  else if (now() > noon + 5 * HOUR) clinic.stack.clock.set(noon + DAY);
}

const OVERRIDE = { override: { reason: "Cannot be reached by phone; the visit cannot wait." } };
/** The words but for identifiers, the hour, how many, how sure of the number, and a consent that nobody has asked for. */
const PASSES: readonly RefusalCode[] = [
  ...(["content-sensitive", "content-clinical", "content-link", "content-doubtful", "content-preview"] as const),
  ...(["expires-while-held", "limit-characters", "limit-day", "limit-week", "number-level", "consent-missing"] as const),
];
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
/** The newest event of a text's own chain. */
const lastEvent = async (id: string): Promise<AuditEvent | undefined> =>
  (await clinic.events()).filter(({ chain }) => chain === `msg/${id}`).at(-1);

describe("refused", () => {
  test.each(Object.entries(MET) as [RefusalCode, () => Promise<Asked>][])("%s", async (code, ready) => {
    byDay();
    const asked = await ready();
    await clinic.drain();
    const since = clinic.stack.aws.calls(0).at(-1)?.n ?? 0;
    const answer =
      "request" in asked
        ? await send(asked.request, asked.as)
        : "conversation" in asked
          ? await desk.reply(asked.conversation, { body: asked.body })
          : await asked.ended();
    await clinic.drain();
    expect(handedOver(since)).toBe(0);

    const id = typeof answer === "string" ? answer : answer.body.message.id;
    const message = await itemOf(id);
    const ownRule = { says: "Who did not come is phoned.", instead: "Ask the nurse to phone." };
    // What the clinic wrote for the scenario is better advice than ours.
    const theirs = CODES[code].instead.startsWith("Phone") || code === "scenario-refused" ? written.get(message["scenario"]) : undefined;
    const told = code === "clinic-rule" ? ownRule : { says: CODES[code].says, instead: theirs ?? CODES[code].instead };
    if (typeof answer !== "string") {
      expect(answer).toMatchObject({ status: 422, body: { code, title: told.says, instead: told.instead, who: CODES[code].who } });
      expect((await read(id)).reasons[0]).toMatchObject({ code, ...told });
    }
    // As it stands in the record: the hook that said so, and a sentence that ends in what to do instead.
    const decision = message["secondLook"] ?? message["decision"];
    expect(message).toMatchObject({ status: "refused", why: expect.arrayContaining([code]) });
    expect(decision).toMatchObject({ outcome: "refuse", says: `Refused: ${lower(told.says)} ${told.instead}` });
    expect(decision.hooks).toContainEqual(expect.objectContaining({ verdict: "refuse", code }));

    const refused = await lastEvent(id);
    expect(refused).toMatchObject({ type: "message.refused", now: "refused", why: expect.arrayContaining([code]) });
    expect(refused?.who.id).toEqual(typeof answer === "string" ? "gateway" : expect.stringMatching(/^(m\.tremblay|dr\.roy)$/));

    // Whoever may override says so: of all this, what only weighs one risk against another passes, and nothing else.
    if (code === "override-not-allowed" || "ended" in asked) return;
    const again =
      "request" in asked
        ? await post("/v1/messages?dryRun=true", { ...asked.request, ...OVERRIDE }, PHYSICIAN)
        : await desk.reply(asked.conversation, { body: asked.body, ...OVERRIDE }, { as: "m.tremblay; role=physician" });
    if (PASSES.includes(code)) expect(again.body).toMatchObject({ allowed: true, reasons: [], decision: { overridden: [code] } });
    else expect((again.body.message ?? again.body).reasons).toContainEqual(expect.objectContaining({ code }));
  });
});

/**
 * What holds a text, or is said of one that may leave. A fifth text a day is only said where no pack refuses it: gate.test.ts. What a
 * look-up warns of is said where the clinic has numbers looked up: number-lookup.test.ts.
 */
type Elsewhere = "many-today" | "carrier-changed" | "line-invalid" | "line-landline" | "line-voip";
const MARKED: Readonly<Record<Exclude<MarkCode, Elsewhere>, () => Promise<Answer>>> = {
  "outside-hours": async () => {
    const { patient } = await somebody();
    clinic.stack.clock.set(night(now()));
    return send(reminder(patient, { expiresAt: iso(now() + 2 * DAY) }));
  },
  "for-later": async () => send(reminder((await somebody()).patient, { sendAt: iso(now() + HOUR) })),
  "opt-out-suspected": async () => {
    const { e164, patient } = await somebody();
    await said(e164, "🛑");
    return send(reminder(patient));
  },
  "clinic-note": async () => send(by((await somebody()).patient, "appointment-change", "please-call")),
};

describe("held, or said of it", () => {
  test.each(Object.entries(MARKED) as [MarkCode, () => Promise<Answer>][])("%s", async (code, ask) => {
    byDay();
    const { status, body } = await ask();
    const warns = code === "clinic-note";
    const says = warns ? "The clinic moves this week: say where." : CODES[code].says;
    expect([status, body.status]).toEqual([202, warns ? "accepted" : "held"]);
    expect(body.decision.hooks).toContainEqual(
      warns ? { hook: "clinic:moving-week", verdict: "warn", code, reason: says } : expect.objectContaining({ verdict: "hold", code }),
    );
    expect(body.decision.says).toContain(warns ? CODES[code].says : lower(says));
    expect(await lastEvent(body.id)).toMatchObject({ type: warns ? "message.accepted" : "message.held" });
    await clinic.drain();
    expect((await read(body.id)).status).toBe(warns ? "delivered" : "held");
  });
});

test("a hook that throws is counted where an alarm listens, and named in the log without a word of the text or its patient", async () => {
  byDay();
  const { patient } = await somebody();
  const from = clinic.stack.workers.logs().length;
  expect((await send(by(patient, "running-late", "delay", { params: { minutes: "45" } }))).body.code).toBe("hook-failed");
  const lines = clinic.stack.workers
    .logs()
    .slice(from)
    .filter(({ line }) => /HookFailed|a hook of the gate failed/.test(line))
    .map(({ line }) => JSON.parse(line) as Item);
  const counted = lines.find((line) => "HookFailed" in line);
  expect(lines.find((line) => line !== counted)).toMatchObject({ level: "ERROR", hook: "clinic:broken" });
  expect(JSON.stringify(lines)).not.toContain(patient);

  const { Resources } = JSON.parse(readFileSync(join(cdkOut, "ClinicSms-Gateway.template.json"), "utf8")) as { Resources: Item };
  const alarm = Object.values(Resources).find(
    ({ Properties }) => Properties?.AlarmDescription === "docs/runbook.md#hook-failed",
  ).Properties;
  expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold", AlarmActions: [expect.anything()] });
  const listened = alarm.Metrics.flatMap((each: Item) => each["MetricStat"]?.Metric ?? []);
  const [said] = counted?.["_aws"]?.CloudWatchMetrics ?? [];
  expect(counted).toMatchObject({ HookFailed: 1, service: "accept-message" });
  expect(listened).toContainEqual({
    Namespace: said.Namespace,
    MetricName: said.Metrics[0].Name,
    Dimensions: said.Dimensions[0].map((Name: string) => ({ Name, Value: counted?.[Name] })),
  });
});

test("after all of it no call was denied, and every item agrees with its chain", async () => {
  await clinic.drain(true);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
  expect(clinic.stack.aws.policyReport().denied).toEqual([]);
});
