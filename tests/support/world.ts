import { createHash } from "node:crypto";
import type { Act, Source } from "../../lambdas/core/audit.ts";
import { type Clinic, clinicSchema, REPLY_IDS } from "../../lambdas/core/clinic.ts";
import type { Errand, Handover, Line, Ports } from "../../lambdas/core/ports.ts";
import type { Write } from "../../lambdas/core/store.ts";
import { type MemoryStore, type Mishap, memoryStore } from "./memory-store.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Tuesday, 10:00 in Alberta. */
export const START = Date.parse("2026-11-24T17:00:00Z");
const OUR_NUMBER = "+15875550100";
/** So many numbers a page of AWS's list: few, so that a test meets several. */
const LIST_PAGE = 2;

export const SRC: Source = { fn: "test", req: "r-1" };
export const PERSON: Act = { who: { id: "m.tremblay", role: "front-desk", app: "emr", as: "asserted" }, src: SRC };
export const APPLICATION: Act = { who: { id: "emr", app: "emr", as: "application" }, src: SRC };

const text = (words: string): { en: string; fr: string } => ({ en: `${words} (en)`, fr: `${words} (fr)` });
const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["08:00-16:30"]]));
const allWeek = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, ["00:00-24:00"]]));
const examples = {
  appropriate: ["Please call us when you can.", "Your appointment is on Monday at nine."],
  notAppropriate: [
    { text: "Your biopsy is benign.", because: "content" },
    { text: "Take two tablets a day.", because: "content" },
  ],
};
const risk = { likelihood: 1, harm: 1 };
const team = (id: string, more: object = {}): object => ({
  id,
  name: `Team ${id}`,
  hours: week,
  answerWithin: 120,
  who: "whoever is on",
  device: "a workstation",
  verified: "by a call",
  documented: "in the chart",
  ...more,
});

/** A small clinic, valid by the product's own schema. */
export const clinic: Clinic = clinicSchema.parse({
  hash: createHash("sha256").update("test clinic").digest("hex"),
  id: "test-clinic",
  fictitious: true,
  senderName: "Test Clinic",
  phone: "403-555-0100",
  timeZone: "America/Edmonton",
  languages: ["en", "fr"],
  packs: ["ca-ab"],
  hours: week,
  textingHours: allWeek,
  onCall: [{ id: "nurse", name: "Nurse on call", email: "nurse@clinic.example", hours: week }],
  unattended: {},
  rules: [
    {
      id: "ca-ab",
      name: "Alberta",
      rules: [
        {
          id: "opt-out-scope",
          says: "A STOP ends every text.",
          source: "the test clinic",
          lawAsOf: "2026-01-01",
          sets: { warnPerDay: 4 },
        },
      ],
    },
  ],
  overrideRoles: ["physician"],
  secondReaderRoles: ["privacy-officer"],
  holidays: ["2026-12-25"],
  stage: "trial",
  trialNumbers: ["+1403555*"],
  alertEmail: "on-call@clinic.example",
  frontDesk: "front-desk",
  allowedPrefixes: ["+1"],
  maxParts: 3,
  teams: [
    team("front-desk", { escalateTo: "manager" }),
    team("nurses", { escalateTo: "manager" }),
    team("manager", { answerWithin: 60 }),
    team("old-team", { retired: { into: "nurses" } }),
  ],
  purposes: [
    { id: "appointments", name: text("appointments") },
    { id: "recall", name: text("recall") },
  ],
  scenarios: [
    {
      id: "reminder",
      name: "Reminder",
      purpose: "appointments",
      owner: "Lead",
      reviewed: "2026-01-02",
      review: "2027-01-01",
      risk,
      examples,
      instead: "Phone the patient the day before.",
      allowed: true,
      why: "They forget otherwise.",
      bulk: true,
      neutral: true,
      staleAfterHours: 24,
      templates: [
        {
          id: "reminder",
          version: 1,
          text: { en: "{clinic}: {date} at {time}, call {phone}", fr: "{clinic} : {date} à {time}, {phone}" },
          params: { date: { type: "date" }, time: { type: "time" } },
        },
      ],
    },
    {
      id: "scheduling",
      name: "Scheduling",
      purpose: "appointments",
      owner: "Lead",
      reviewed: "2026-01-02",
      review: "2027-01-01",
      risk,
      examples,
      instead: "Phone and agree on a time.",
      allowed: true,
      why: "Faster than the phone.",
      freeText: true,
      staleAfterHours: 24,
    },
    {
      id: "results",
      name: "Results",
      purpose: "appointments",
      owner: "Lead",
      reviewed: "2026-01-02",
      review: "2027-01-01",
      risk,
      examples,
      instead: "The clinician phones.",
      allowed: false,
      why: "Needs a conversation.",
      staleAfterHours: 24,
    },
  ],
  wordings: [
    {
      id: "basics",
      version: 1,
      purposes: ["appointments", "recall"],
      approved: { by: "Manager", at: "2026-01-01" },
      teachBack: [
        { ask: "What if it is urgent?", listenFor: "Call 911." },
        { ask: "Who can read it?", listenFor: "Anyone with the phone." },
      ],
      language: "en",
      text: "We can text you about appointments; not for emergencies, call 911.",
    },
  ],
  replies: Object.fromEntries(REPLY_IDS.map((id) => [id, { version: 1, text: text(id) }])),
});

/** A seeded generator of numbers in [0, 1): the same seed, the same history. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface World extends Ports {
  readonly store: MemoryStore;
  readonly time: { now: number };
  /** Errands that wait in the two outbound queues. */
  readonly errands: { lane: "replies" | "bulk"; errand: Errand }[];
  /** Every call of the carrier's send. */
  readonly sent: { to: string; body: string; message: string; at: number }[];
  /** AWS's own opt-out list. */
  readonly listed: Set<string>;
  /** How often somebody was told to look, and who was paged, in order. */
  readonly pages: { count: number; readonly people: string[] };
  /** Hooks of the gate that threw. */
  readonly failures: string[];
  /** The carriers' directory: what it says of a number that is not an ordinary mobile one; and who was looked up, in order. */
  readonly lines: Map<string, Line>;
  readonly lookups: string[];
}

export interface Fates {
  /** What goes wrong with a call of a port; also where a scheduler takes its turn. */
  readonly before?: (call: string) => Promise<Mishap>;
  /** What the carrier answers; told before the answer is given. */
  readonly carrier?: (message: string, to: string) => Handover;
  readonly committed?: (writes: readonly Write[]) => void;
  readonly random?: () => number;
  readonly clinic?: Clinic;
}

/** Fakes at every port over one memory store. Each keeps its port's contract; ciphertexts really are bound to their record. */
export function world({
  before = async () => "none",
  carrier,
  committed,
  random = seeded(1),
  clinic: decisions = clinic,
}: Fates = {}): World {
  const time = { now: START };
  const errands: World["errands"] = [];
  const sent: World["sent"] = [];
  const listed = new Set<string>();
  const unlistedAt = new Map<string, number>();
  const pages: World["pages"] = { count: 0, people: [] };
  const failures: string[] = [];
  const lines: World["lines"] = new Map();
  const lookups: string[] = [];
  const guarded = async <T>(call: string, work: () => T): Promise<T> => {
    const mishap = await before(call);
    if (mishap === "refuse" || mishap === "conflict") throw new Error(`${call} refused`);
    const done = work();
    if (mishap === "lose-answer") throw new Error(`${call} lost its answer`);
    return done;
  };
  let handed = 0;

  return {
    clinic: decisions,
    gate: { hooks: [], failed: (hook) => void failures.push(hook) },
    failures,
    time,
    errands,
    sent,
    listed,
    pages,
    lines,
    lookups,
    store: memoryStore(before, committed),
    sealer: {
      seal: (record, plain) => guarded("seal", () => new TextEncoder().encode(JSON.stringify({ record, plain }))),
      open: (record, sealed) =>
        guarded("open", () => {
          const { record: bound, plain } = JSON.parse(new TextDecoder().decode(sealed)) as { record: string; plain: string };
          if (bound !== record) throw new Error("sealed for another record");
          return plain;
        }),
    },
    indexer: {
      generation: "1",
      mac: (kind, value) => guarded("mac", () => createHash("sha256").update(`${kind}\n${value}`).digest("hex")),
    },
    carrier: {
      async send({ to, body, context }) {
        const mishap = await before("send");
        if (mishap === "refuse" || mishap === "conflict") return { kind: "account", holdMs: 2_000 };
        if (listed.has(to)) return { kind: "refused", code: "carrier-opted-out" };
        const message = context["m"] ?? "";
        const said = carrier?.(message, to) ?? { kind: "taken", carrierId: `carrier-${++handed}` };
        if (said.kind === "taken" || said.kind === "ambiguous") sent.push({ to, body, message, at: time.now });
        return mishap === "lose-answer" ? { kind: "ambiguous" } : said;
      },
      block: (e164) => guarded("block", () => void listed.add(e164)),
      unblock: (e164) =>
        guarded("unblock", () => {
          if (!listed.has(e164)) return "not-listed" as const;
          if ((unlistedAt.get(e164) ?? Number.NEGATIVE_INFINITY) > time.now - 30 * DAY) return "too-soon" as const;
          listed.delete(e164);
          unlistedAt.set(e164, time.now);
          return "done" as const;
        }),
    },
    optOutList: {
      page: (after) =>
        guarded("page of the list", () => {
          const from = Number(after ?? 0);
          const next = from + LIST_PAGE < listed.size ? String(from + LIST_PAGE) : undefined;
          return { numbers: [...listed].slice(from, from + LIST_PAGE), next };
        }),
    },
    carrierLookup: {
      find: (e164) =>
        guarded("look-up", () => {
          lookups.push(e164);
          return lines.get(e164) ?? { type: "mobile", network: "Foothills Wireless" };
        }),
    },
    outbox: { enqueue: (lane, errand) => guarded("enqueue", () => void errands.push({ lane, errand })) },
    alerts: {
      someoneMustLook: () =>
        guarded("page", () => {
          pages.count++;
        }),
      page: (person) => guarded("page", () => void pages.people.push(person)),
    },
    clock: {
      now: () => time.now,
      monotonic: () => time.now,
      sleep: async (ms) => {
        await before("sleep");
        time.now += Math.ceil(ms);
      },
    },
    ids: { random: () => Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)) },
    backupDays: 35,
    origination: { e164: OUR_NUMBER, partsPerSecond: 50 },
  };
}
