/** An audit trail made event by event, each through the real `append`, and written to a folder as an export holds it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Act, append, type Entry, type Head } from "../../lambdas/core/audit.ts";
import { instantOf } from "../../lambdas/core/hours.ts";
import { ulid } from "../../lambdas/core/ulid.ts";
import { seeded } from "./world.ts";

const ZONE = "America/Edmonton";
const CLINIC = { id: "prairie-ridge", hash: "5c".repeat(32) };

/** An instant of the clinic's calendar: `at("2026-11-10", "09:30")`. */
export const at = (day: string, time: string, seconds = 0): number =>
  instantOf(day, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)), ZONE) + seconds * 1000;

export const MINUTE = 60_000;
const src = (fn: string, req: string) => ({ fn, req });

export interface Trail {
  /** Adds an event; the chain's place, link and hash are `append`'s. */
  add(chain: string, when: number, entry: Entry, who: Act["who"], fn: string, req?: string): void;
  /** A new id of a kind, such as `pat_…`. */
  id(kind: string, when?: number): string;
  /** A new request's id. */
  request(): string;
  random(): number;
  /** The events' bytes in order of time, as a log has them. */
  lines(): { readonly bytes: Uint8Array; readonly at: number }[];
  /** Writes `events/dt=…/seg-….ndjson.gz` files of at most so many events, those since an instant. */
  write(dir: string, most?: number, since?: number): void;
}

export function trail(seed: number): Trail {
  const random = seeded(seed);
  const entropy = (): Uint8Array => Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256));
  const heads = new Map<string, Head>();
  const all: { bytes: Uint8Array; at: number }[] = [];
  let requests = 0;
  const request = (): string => `r-${(requests++).toString(36)}`;
  const lines = (): { bytes: Uint8Array; at: number }[] => [...all].sort((a, b) => a.at - b.at);
  return {
    add(chain, when, entry, who, fn, req = request()) {
      const head = heads.get(chain) ?? { chain, seq: -1, hash: undefined };
      const made = append(head, entry, { who, src: src(fn, req) }, when, ulid(when, entropy()), CLINIC);
      heads.set(chain, made.head);
      all.push({ bytes: made.item.e, at: when });
    },
    id: (kind, when = at("2026-01-05", "09:00")) => `${kind}_${ulid(when, entropy())}`,
    request,
    random,
    lines,
    write(dir, most = 500, since = 0) {
      const kept = lines().filter((each) => each.at >= since);
      let first = 0;
      for (const [day, events] of Map.groupBy(kept, (each) => new Date(each.at).toISOString().slice(0, 10)))
        for (let from = 0; from < events.length; from += most) {
          const part = events.slice(from, from + most);
          const end = first + part.length;
          const path = join(dir, `events/dt=${day}/seg-${String(first).padStart(12, "0")}-${String(end).padStart(12, "0")}.ndjson.gz`);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, gzipSync(Buffer.concat(part.flatMap(({ bytes }) => [bytes, Buffer.from("\n")]))));
          first = end;
        }
    },
  };
}

export const person = (id: string, role: string): Act["who"] => ({ id, role, app: "emr", as: "asserted" });
export const GATEWAY: Act["who"] = { id: "gateway", app: "gateway", as: "gateway" };
export const REMINDERS: Act["who"] = { id: "reminders", app: "reminders", as: "application" };
export const handset = (number: string): Act["who"] => ({ id: number, role: "sender", app: "handset", as: "handset" });

/** A patient with a phone and the conversation with it. */
export interface Phone {
  readonly patient: string;
  readonly number: string;
  readonly conversation: string;
  readonly team: string;
}

export const phone = (made: Trail, team: string): Phone => ({
  patient: made.id("pat"),
  number: made.id("num"),
  conversation: made.id("cnv"),
  team,
});

/** What happens every day, as the verbs write it down. */
export const acts = (made: Trail) => ({
  /** Registered, with a phone, and agreed to texts about appointments. */
  enrolled(who: Phone, when: number, by: Act["who"], purposes: readonly string[] = ["appointments"]): void {
    made.add(`pat/${who.patient}`, when, { type: "patient.registered", patient: who.patient }, by, "register-patient");
    made.add(`num/${who.number}`, when, { type: "number.added", now: "open" }, by, "register-number");
    made.add(`num/${who.number}`, when, { type: "number.linked", patient: who.patient, why: ["self"] }, by, "register-number");
    const added: Entry = {
      type: "patient.number-added",
      patient: who.patient,
      why: ["asserted", "two-identifiers-by-voice"],
      objects: [{ t: "number", id: who.number }],
    };
    made.add(`pat/${who.patient}`, when, added, by, "register-number");
    if (purposes.length > 0) this.consent(who, when, "consent.granted", by, purposes);
  },
  consent(
    who: Phone,
    when: number,
    type:
      | "consent.granted"
      | "consent.confirmed"
      | "consent.asked"
      | "consent.declined"
      | "consent.withdrawn"
      | "consent.restored"
      | "consent.denied",
    by: Act["who"],
    purposes: readonly string[],
  ): void {
    const objects = purposes.map((id) => ({ t: "purpose", id }) as const);
    made.add(`pat/${who.patient}`, when, { type, patient: who.patient, objects, consent: made.id("con") }, by, "record-consent");
  },
  /** A text from the phone; the carrier took it `delay` ms before we wrote it down. */
  received(
    who: Phone,
    when: number,
    more: { anonymous?: boolean; team?: string; why?: Entry["why"]; delay?: number; req?: string; idle?: boolean } = {},
  ): void {
    const message = `${who.conversation}.${made.id("m", when - (more.delay ?? 900)).slice(2)}`;
    const entry: Entry = {
      type: "text.received",
      ...(more.anonymous ? {} : { patient: who.patient }),
      ...(more.why ? { why: more.why } : {}),
      objects: [
        { t: "message", id: message, h: "7f".repeat(32) },
        { t: "team", id: more.team ?? who.team },
      ],
      was: "idle",
      now: more.idle ? "idle" : "waiting",
    };
    made.add(`conv/${who.conversation}`, when, entry, handset(who.number), "receive-text", more.req);
  },
  claimed(who: Phone, when: number, by: Act["who"], more: { anonymous?: boolean; unseen?: boolean } = {}): void {
    const about = more.anonymous ? {} : { patient: who.patient };
    const chain = `conv/${who.conversation}`;
    const req = made.request();
    made.add(chain, when, { type: "conversation.claimed", ...about, was: "waiting", now: "claimed" }, by, "claim-conversation", req);
    const from = { t: "from", id: `${who.conversation}.${made.id("m").slice(2)}` } as const;
    if (!more.unseen) made.add(chain, when, { type: "content.viewed", ...about, objects: [from] }, by, "claim-conversation", req);
  },
  released(who: Phone, when: number, by: Act["who"]): void {
    const entry: Entry = { type: "conversation.released", patient: who.patient, was: "claimed", now: "waiting" };
    made.add(`conv/${who.conversation}`, when, entry, by, "release-conversation");
  },
  resolved(who: Phone, when: number, by: Act["who"], why: Entry["why"] = ["answered"], filed = true, anonymous = false): void {
    const entry: Entry = {
      type: "conversation.resolved",
      why,
      ...(anonymous ? {} : { patient: who.patient }),
      ...(filed ? { objects: [{ t: "filed", id: who.patient }] } : {}),
      was: "claimed",
      now: "idle",
    };
    made.add(`conv/${who.conversation}`, when, entry, by, "resolve-conversation");
  },
  /** A reply by a person, and its way to the phone. */
  replied(who: Phone, when: number, by: Act["who"]): void {
    const message = this.accepted(who, when, by, undefined, "reply");
    const entry: Entry = { type: "conversation.replied", patient: who.patient, objects: [{ t: "message", id: message }] };
    made.add(`conv/${who.conversation}`, when, entry, by, "reply");
    this.left(who, message, when + 2_000);
    this.ended(who, message, when + 9_000, "message.delivered");
  },
  /** A text of ours comes to be. @returns its id */
  accepted(who: Phone, when: number, by: Act["who"], scenario?: string, fn = "accept-message", req?: string): string {
    const message = `${who.conversation}.${made.id("m", when).slice(2)}`;
    const objects = scenario === undefined ? [] : [{ t: "scenario", id: scenario } as const];
    made.add(`msg/${message}`, when, { type: "message.accepted", patient: who.patient, now: "accepted", objects }, by, fn, req);
    return message;
  },
  refused(who: Phone, when: number, by: Act["who"], why: NonNullable<Entry["why"]>, scenario: string): void {
    const message = `${who.conversation}.${made.id("m", when).slice(2)}`;
    const objects = [{ t: "scenario", id: scenario }] as const;
    made.add(
      `msg/${message}`,
      when,
      { type: "message.refused", out: 4, patient: who.patient, now: "refused", why, objects },
      by,
      "accept-message",
    );
  },
  left(who: Phone, message: string, when: number): void {
    const step = (type: "message.claimed" | "message.sent", later: number, was: string, now: string): void =>
      made.add(`msg/${message}`, when + later, { type, patient: who.patient, was, now }, GATEWAY, "send-text");
    step("message.claimed", 0, "accepted", "sending");
    step("message.sent", 400, "sending", "sent");
  },
  ended(
    who: Phone,
    message: string,
    when: number,
    type: "message.delivered" | "message.undelivered" | "message.unknown" | "message.failed" | "message.expired" | "message.cancelled",
    why?: Entry["why"],
  ): void {
    const now = type.slice(8);
    const out = type === "message.delivered" || type === "message.cancelled" ? 0 : type === "message.unknown" ? 8 : 4;
    const entry: Entry = { type, out, patient: who.patient, was: "sent", now, ...(why ? { why } : {}) };
    made.add(`msg/${message}`, when, entry, GATEWAY, "track-delivery");
  },
  task(who: Phone, message: string, when: number, why: NonNullable<Entry["why"]>): void {
    const entry: Entry = {
      type: "task.opened",
      why,
      patient: who.patient,
      objects: [{ t: "message", id: message }],
      was: "idle",
      now: "waiting",
    };
    made.add(`conv/${who.conversation}`, when, entry, GATEWAY, "track-delivery");
  },
});
