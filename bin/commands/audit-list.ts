import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

export interface AuditListOptions {
  readonly chain?: string;
  readonly patient?: string;
  readonly type?: string;
  readonly limit: string;
  readonly json: boolean;
  readonly port: string;
  readonly table?: string;
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
  readonly ent?: readonly { readonly t: string; readonly id: string }[];
}

/** Prints audit events readably. @throws Error of one sentence where there is nothing to read from */
export async function auditList(options: AuditListOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new Error("--limit takes a whole number from 1");
  const { client, table } = await source(options);
  const events: { event: Event; bytes: string }[] = [];
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const item of page.Items ?? []) {
      const bytes = new TextDecoder().decode(item["e"]?.B);
      const event = JSON.parse(bytes) as Event;
      const wanted =
        (options.chain === undefined || event.chain === options.chain) &&
        (options.patient === undefined || event.pat === options.patient) &&
        (options.type === undefined || event.type === options.type);
      if (wanted) events.push({ event, bytes });
    }
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

async function source({ table, port }: AuditListOptions): Promise<{ client: DynamoDBClient; table: string }> {
  if (table !== undefined) return { client: new DynamoDBClient({}), table };
  const answer = await fetch(`http://127.0.0.1:${port}/_local/operator`).catch(() => undefined);
  if (!answer?.ok)
    throw new Error(`No local stack answers on port ${port}: start it with \`npm start\`, or read a table in AWS with --table NAME.`);
  const { endpoint, region, accessKeyId, secretAccessKey, tables } = (await answer.json()) as {
    endpoint: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
    tables: string[];
  };
  const audit = tables.find((name) => /audit/i.test(name));
  if (audit === undefined) throw new Error("The local stack has no audit table.");
  return { client: new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }), table: audit };
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
  const told = [moved, why, objects, event.pat ? `patient ${short(event.pat)}` : ""].filter(Boolean).join(" · ");
  return `${event.ts}  ${`${short(event.chain)}#${event.seq}`.padEnd(34)}  ${event.type.padEnd(24)}  ${event.out === 0 ? " " : "!"} ${person.padEnd(44)}  ${told}`;
}
