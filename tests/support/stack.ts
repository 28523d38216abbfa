import { inject } from "vitest";
import { type Appended, itemBytes, MOST_BYTES } from "../../lambdas/core/audit.ts";
import { checkItem } from "../../lambdas/core/audit-item.ts";
import type { Fault, TextOptions } from "../../local/aws/index.ts";
import { type LocalStack, startStack } from "../../local/runtime/stack.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly body: any;
}

export interface CallOptions {
  readonly client?: "emr" | "reminders";
  readonly token?: string;
  /** The acting person; null sends no header. */
  readonly as?: string | null;
  readonly key?: string;
  readonly ifMatch?: string;
  readonly headers?: Record<string, string>;
  /** Sent as it is, instead of the JSON body. */
  readonly raw?: string | Uint8Array;
}

/** One running local stack for a test file, and short ways to do what people and applications do. */
export interface TestStack {
  readonly stack: LocalStack;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  text(from: string, body: string, options?: TextOptions): Promise<string>;
  inbox(number: string): readonly { readonly body: string; readonly at: string }[];
  drain(advance?: boolean): Promise<void>;
  advance(ms: number): void;
  /** Moves the clock on to the next weekday morning, when the clinic is open and texts may arrive. */
  morning(): void;
  /** The same, where less than four hours are left in which texts may arrive. */
  daytime(): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Every item of the state or the audit table, as plain values. */
  items(table: "state" | "audit"): Promise<Record<string, unknown>[]>;
  /** Every audit event, in the order of chain and sequence. */
  events(): Promise<AuditEvent[]>;
  /** Stops the stack. @throws where an audit event that was written is not as the catalogue and the linter allow, or too large */
  close(): Promise<void>;
}

export interface AuditEvent {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string | null;
  readonly type: string;
  readonly why?: readonly string[];
  readonly who: { readonly id: string; readonly role?: string; readonly app: string; readonly as: string };
  readonly was?: string;
  readonly now?: string;
  readonly ent?: readonly { readonly t: string; readonly id: string }[];
  readonly pat?: string;
  readonly bytes: Uint8Array;
}

/**
 * A fresh stack on a weekday morning in Alberta, when the clinic is open and texts may arrive: no test depends on the hour it runs at.
 * @param options another cloud assembly than the one that all flows share, where a test needs other settings
 */
export async function startTestStack(options: { waves?: boolean; dataDir?: string; cdkOut?: string } = {}): Promise<TestStack> {
  const stack = await startStack({ cdkOut: inject("cdkOut"), port: 0, ...options });
  if (stack.clock.offset() === 0) stack.clock.set(weekdayMorning(stack.clock.now() + 6 * 24 * 3_600_000));
  const tokens = new Map<string, { token: string; until: number }>();
  let calls = 0;

  const token = async (client: string): Promise<string> => {
    const known = tokens.get(client);
    if (known && known.until > stack.clock.now()) return known.token;
    const fresh = { token: await stack.issuer.clientToken(client), until: stack.clock.now() + 50 * 60_000 };
    tokens.set(client, fresh);
    return fresh.token;
  };

  const items = async (table: "state" | "audit"): Promise<Record<string, unknown>[]> => {
    const dump = await stack.aws.dump();
    const found = dump.find((each) => each.table.toLowerCase().includes(table === "audit" ? "audit" : "state"));
    return (found?.items ?? []).map((item) => plain({ M: item }) as Record<string, unknown>);
  };

  return {
    stack,
    items,
    async call(method, path, body, { client = "emr", as = "m.tremblay; role=front-desk", key, ifMatch, headers = {}, raw, ...rest } = {}) {
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`${stack.api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${rest.token ?? (await token(client))}`,
          ...(sent === undefined ? {} : { "content-type": "application/json" }),
          ...(as === null ? {} : { "acting-user": as }),
          ...(method === "POST" && (path.startsWith("/v1/messages") || path.endsWith("/reply"))
            ? { "idempotency-key": key ?? `test-${calls++}` }
            : {}),
          ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent as string }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
    },
    text: async (from, body, given) => (await stack.aws.handsets.text(from, body, given)).inboundMessageId,
    inbox: (number) => stack.aws.handsets.inbox(number),
    async drain(advance = false) {
      const drained = await stack.drain(advance);
      if (!drained.done) throw new Error(`not drained: ${JSON.stringify(drained.left)}`);
    },
    advance: (ms) => stack.clock.advance(ms),
    morning: () => stack.clock.set(weekdayMorning(stack.clock.now())),
    daytime: () => {
      // From ten or eleven in Alberta's morning until four or five in its afternoon, as the year has it.
      const hour = new Date(stack.clock.now()).getUTCHours();
      if (hour < 17 || hour > 22) stack.clock.set(weekdayMorning(stack.clock.now()));
    },
    fault: (fault) => stack.aws.faults.add(fault),
    clearFaults: () => stack.aws.faults.clear(),
    async events() {
      const events = (await items("audit")).map((item) => {
        const bytes = item["e"] as Uint8Array;
        return { ...(JSON.parse(new TextDecoder().decode(bytes)) as AuditEvent), bytes };
      });
      return events.sort((a, b) => (a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1));
    },
    async close() {
      const wrong = wrongEvents(await items("audit"));
      await stack.close();
      if (wrong.length > 0) throw new Error(`audit events: ${wrong.join("; ")}`);
    },
  };
}

/** What is wrong with items of the audit table, each with its type. */
export function wrongEvents(items: readonly Record<string, unknown>[]): string[] {
  return items.flatMap((item) => {
    const found = item as unknown as Appended["item"];
    const { event, problems } = checkItem(found);
    const size = itemBytes(found);
    const all = [...problems.map(({ member, problem }) => `${member} ${problem}`), ...(size > MOST_BYTES ? [`${size} bytes`] : [])];
    return all.map((each) => `${event?.["type"]}: ${each}`);
  });
}

/** Late in the morning of the next weekday in Alberta (ms), Tuesday to Thursday: no weekend is near. */
function weekdayMorning(from: number): number {
  const day = new Date(from);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (![2, 3, 4].includes(day.getUTCDay()));
  return day.setUTCHours(17, 0, 0, 0);
}

/** A DynamoDB JSON value as a plain one. */
function plain(value: unknown): unknown {
  const [[type, content] = ["NULL", null]] = Object.entries(value as Record<string, unknown>);
  switch (type) {
    case "N":
      return Number(content);
    case "B":
      return new Uint8Array(Buffer.from(content as string, "base64"));
    case "L":
      return (content as unknown[]).map(plain);
    case "M":
      return Object.fromEntries(Object.entries(content as Record<string, unknown>).map(([name, member]) => [name, plain(member)]));
    default:
      return content;
  }
}
