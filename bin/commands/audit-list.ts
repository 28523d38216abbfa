import { type AuditSource, auditEvents } from "../audit-events.ts";

export interface AuditListOptions extends AuditSource {
  readonly chain?: string;
  readonly patient?: string;
  readonly type?: string;
  readonly limit: string;
  readonly json: boolean;
}

interface Event {
  readonly ts: string;
  readonly id: string;
  readonly chain: string;
  readonly seq: number;
  readonly type: string;
  readonly out: number;
  readonly who: { readonly id: string; readonly role?: string; readonly app: string; readonly as: string };
  readonly why?: readonly string[];
  readonly was?: string;
  readonly now?: string;
  readonly pat?: string;
  /** So many reasons and objects were left out, because an event has its size. */
  readonly cut?: number;
  readonly ent?: readonly { readonly t: string; readonly id: string }[];
}

/** Prints audit events readably. @throws Error of one sentence where there is nothing to read from */
export async function auditList(options: AuditListOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new Error("--limit takes a whole number from 1");
  const events: { event: Event; bytes: string }[] = [];
  for await (const bytes of auditEvents(options)) {
    const event = JSON.parse(bytes) as Event;
    const wanted =
      (options.chain === undefined || event.chain === options.chain) &&
      (options.patient === undefined || event.pat === options.patient) &&
      (options.type === undefined || event.type === options.type);
    if (wanted) events.push({ event, bytes });
  }
  events.sort((a, b) =>
    a.event.ts < b.event.ts
      ? -1
      : a.event.ts > b.event.ts
        ? 1
        : a.event.chain === b.event.chain
          ? a.event.seq - b.event.seq
          : a.event.id < b.event.id
            ? -1
            : 1,
  );
  const shown = events.slice(-limit);
  if (shown.length === 0) process.stderr.write("No audit events: nothing has happened yet, or nothing matches.\n");
  for (const { event, bytes } of shown) process.stdout.write(`${options.json ? bytes : line(event)}\n`);
  if (shown.length < events.length) process.stderr.write(`${events.length - shown.length} older events not shown; --limit shows more.\n`);
}

/** Long ids are cut in the middle: enough to tell two apart, short enough to read. */
const short = (id: string): string => id.replace(/([0-9A-Z]{26})/g, (whole) => `${whole.slice(0, 4)}…${whole.slice(-4)}`);

function line(event: Event): string {
  const { who } = event;
  const via = who.as === "asserted" ? ` via ${short(who.app)} (asserted)` : who.as === "token" ? " (token)" : "";
  const person = who.as === "handset" ? "handset" : `${short(who.id)}${who.role ? `, ${who.role}` : ""}${via}`;
  const moved =
    event.was !== undefined && event.now !== undefined && event.was !== event.now ? `${event.was} → ${event.now}` : (event.now ?? "");
  const why = event.why?.join(", ") ?? "";
  const objects = (event.ent ?? []).map(({ t, id }) => `${t} ${short(id)}`).join(", ");
  const left = event.cut === undefined ? "" : `${event.cut} more not listed`;
  const told = [moved, why, objects, left, event.pat ? `patient ${short(event.pat)}` : ""].filter(Boolean).join(" · ");
  return `${event.ts}  ${`${short(event.chain)}#${event.seq}`.padEnd(34)}  ${event.type.padEnd(24)}  ${event.out === 0 ? " " : "!"} ${person.padEnd(44)}  ${told}`;
}
