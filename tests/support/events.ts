/** Events made from the catalogue: the largest that each type can have, and random ones. */
import type { Act, Entry, EventObject, Head } from "../../lambdas/core/audit.ts";
import {
  ACTORS,
  type As,
  type Count,
  EVENT_TYPES,
  type EventRule,
  type EventType,
  OBJECTS,
  type ObjectKind,
  STATES,
  type Why,
} from "../../lambdas/core/audit-catalogue.ts";
import { CODES } from "../../lambdas/core/codes.ts";
import { CONTENT_KINDS } from "../../lambdas/core/reading/content-kinds.ts";
import { base32 } from "../../lambdas/core/ulid.ts";

/** Random bytes in, so that one seed gives one event. */
export type Bytes = (n: number) => Uint8Array;

export const TYPES = Object.keys(EVENT_TYPES) as EventType[];
export const ruleOf = (type: EventType): EventRule => EVENT_TYPES[type];

export interface Made {
  readonly head: Head;
  readonly entry: Entry;
  readonly act: Act;
  readonly at: number;
  readonly id: string;
  readonly clinic: { readonly id: string; readonly hash: string };
}

const longest = (of: Iterable<string>): string => [...of].reduce((a, b) => (b.length > a.length ? b : a));
const byLength = (of: readonly string[]): string[] => [...of].sort((a, b) => b.length - a.length);
const name = (length: number): string => "wide-"[0]?.padEnd(length, "w") ?? "";
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const uuid = (bytes: Uint8Array): string => hexOf(bytes.subarray(0, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Every reason that a text can be refused for at once, and more: the longest codes there are. */
const REASONS = byLength([...Object.keys(CODES), ...CONTENT_KINDS]) as Why[];

/**
 * An event of the type with every member it may have, each as long as it can be, and its lists as long as asked.
 * @param many how many of what may be there any number of times
 */
export function largest(type: EventType, many: number, bytes: Bytes): Made {
  const rule = ruleOf(type);
  const ulid = (): string => base32(bytes(17)).slice(0, 26);
  const most = (kind: string): number => {
    const [least, limit] = (rule.has as Readonly<Record<string, Count | undefined>>)[kind] ?? [0, 0];
    return Math.max(least, Math.min(limit, many));
  };
  const message = `cnv_${ulid()}.${ulid()}`;
  const patient = `pat_${ulid()}`;
  const ids: Record<ObjectKind, string> = {
    message: `cnv_${ulid()}.${ulid()}`,
    number: `num_${ulid()}`,
    note: `cnv_${ulid()}.${ulid()}`,
    team: name(40),
    scenario: name(40),
    purpose: name(40),
    filed: `pat_${ulid()}`,
    from: `cnv_${ulid()}.${ulid()}`,
    to: `cnv_${ulid()}.${ulid()}`,
    quarantine: ulid(),
    "on-call": name(40),
    texts: "999999",
    until: "2026-11-24T17:00:00.000Z",
    checkpoint: `audit.${name(40)}/2026`,
    record: hexOf(bytes(16)),
    before: `A#msg/${message}/000009999998`,
    after: "same",
  };
  const log: readonly ObjectKind[] = ["checkpoint", "before", "after"];
  const hashed: readonly ObjectKind[] = type === "text.received" || type === "text.quarantined" ? ["message", "quarantine"] : log;
  const objects = OBJECTS.flatMap((t) =>
    Array.from(
      { length: most(t) },
      (): EventObject => ({
        t,
        id: ids[t],
        ...(t === "checkpoint" ? { n: 999_999_999_999 } : {}),
        ...(hashed.includes(t) ? { h: hexOf(bytes(32)) } : {}),
      }),
    ),
  );
  const chains: Record<EventRule["chain"], string> = {
    conv: `conv/cnv_${ulid()}`,
    msg: `msg/${message}`,
    num: `num/num_${ulid()}`,
    pat: `pat/${patient}`,
    inc: `inc/inc_${ulid()}`,
    sys: `sys/${name(20)}`,
    log: `log/${name(40)}`,
  };
  const state = type === "conversation.moved" ? name(40) : longest(STATES);
  return {
    head: { chain: chains[rule.chain], seq: 9_999_998, hash: bytes(32) },
    entry: {
      type,
      why: REASONS.slice(0, most("why")),
      out: rule.out.at(-1) ?? 0,
      objects,
      ...(most("pat") > 0 ? { patient } : {}),
      ...(most("was") > 0 ? { was: state } : {}),
      ...(most("now") > 0 ? { now: state } : {}),
      ...(most("con") > 0 ? { consent: `con_${ulid()}` } : {}),
    },
    act: { who: widest(rule, ulid), src: { fn: name(24), req: uuid(bytes(16)) } },
    at: Date.parse("2026-11-24T17:00:00.000Z"),
    id: ulid(),
    clinic: { id: name(40), hash: hexOf(bytes(32)) },
  };
}

/** Whoever may have acted, by the longest names. */
function widest(rule: EventRule, ulid: () => string): Act["who"] {
  const all: readonly As[] = ACTORS[rule.who];
  if (all.includes("asserted")) return { id: name(64), role: name(40), app: name(26), as: "asserted" };
  if (all.includes("handset")) return { id: `num_${ulid()}`, role: "sender", app: "handset", as: "handset" };
  return { id: "gateway", app: "gateway", as: "gateway" };
}

const STATE_NAMES = [...STATES];
const NAMES = ["front-desk", "nurses", "recall", "flu-2026-27", "team-7"];
const ROLES = ["nurse", "front-desk", "physician", "privacy-officer", "MOA_2"];

/** Any event of the type: random identifiers and hashes, people and states, lists of any length. */
export function any(type: EventType, bytes: Bytes): Made {
  const [many = 0, a = 0, b = 0, c = 0, d = 0, e = 0] = bytes(6);
  const wide = largest(type, many % 5, bytes);
  const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
  const { who } = wide.act;
  const client = Array.from(bytes(26), (byte) => (byte % 36).toString(36)).join("");
  const id = pick([uuid(bytes(16)), "m.tremblay", "Dr_Roy-2", `u${a * b}`], c);
  const person = { id, role: pick(ROLES, d), app: pick([client, "emr"], e), as: pick(["token", "asserted"] as const, b) };
  const moved = type === "conversation.moved";
  return {
    ...wide,
    head: d < 20 ? { chain: wide.head.chain, seq: -1, hash: undefined } : { ...wide.head, seq: a * 256 * 150 + b },
    entry: {
      ...wide.entry,
      why: (wide.entry.why ?? []).map((_, at) => pick(REASONS, a + at * b)),
      objects: (wide.entry.objects ?? []).map((each) => (each.id === name(40) ? { ...each, id: pick(NAMES, a) } : each)),
      ...(wide.entry.was === undefined || moved ? {} : { was: pick(STATE_NAMES, a) }),
      ...(wide.entry.now === undefined || moved ? {} : { now: pick(STATE_NAMES, b) }),
    },
    act: { ...wide.act, who: who.as === "asserted" ? person : who },
    at: 1_700_000_000_000 + a * 2 ** 31 + b * 12_345 + c,
    clinic: { ...wide.clinic, id: pick(["prairie-ridge", "clinic-2"], c) },
  };
}
