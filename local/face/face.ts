import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { Fault, LocalAws, TextOptions } from "../aws/index.ts";
import { durationMs, type SimulatedClock } from "../runtime/clock.ts";
import type { openDrain } from "../runtime/drain.ts";
import type { HttpAnswer } from "../runtime/http-api.ts";
import type { Issuer } from "../runtime/issuer.ts";
import type { Workers } from "../runtime/workers.ts";

export interface FaceParts {
  readonly aws: LocalAws;
  readonly workers: Workers;
  readonly clock: SimulatedClock;
  readonly issuer: Issuer;
  readonly drain: ReturnType<typeof openDrain>;
}

interface Asked {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A mistake of whoever calls the local stack: told in a sentence. */
class Wrong extends Error {}

const json = (value: unknown, status = 200): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(value),
});
const words = (text: string, type: string): HttpAnswer => ({
  status: 200,
  headers: { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" },
  body: text,
});

/** The local stack's own calls under `/_local`: the patients' phones, the clock, faults, and what can be looked at. */
export function openFace(parts: FaceParts): (request: IncomingMessage, body: Buffer) => Promise<HttpAnswer> {
  const calls = routes(parts);
  return async (request, body) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname.split("/").slice(2).filter(Boolean).map(decodeURIComponent);
    const name = `${request.method} ${path[0] ?? ""}${path[0] === "phones" && path.length > 1 ? "/…/texts" : ""}`;
    const call = calls[name];
    if (!call) return json({ message: `no such call; there are: ${Object.keys(calls).join(", ")}` }, 404);
    try {
      return await call({ path, query: url.searchParams, json: objectOf(body) });
    } catch (error) {
      if (error instanceof Wrong) return json({ message: error.message }, 400);
      throw error;
    }
  };
}

function routes({ aws, workers, clock, issuer, drain }: FaceParts): Record<string, (asked: Asked) => HttpAnswer | Promise<HttpAnswer>> {
  return {
    "GET ": () => words(readFileSync(new URL("./page.html", import.meta.url), "utf8"), "text/html"),

    "POST phones/…/texts": async ({ path, json: { body, at, inboundMessageId, duplicate, raw } }) => {
      if (typeof body !== "string" && typeof raw !== "string") throw new Wrong('send {"body": "the text"}');
      const options = { at, inboundMessageId, duplicate, raw } as TextOptions;
      return json(await wrongly(() => aws.handsets.text(phone(path), typeof body === "string" ? body : "", options)), 202);
    },
    "GET phones/…/texts": ({ path }) => json(aws.handsets.inbox(phone(path))),
    "GET phones": () => json(aws.handsets.all()),

    "GET calls": ({ query }) => json(aws.calls(Number(query.get("after") ?? 0))),
    "POST faults": async ({ json: fault }) => {
      await wrongly(async () => aws.faults.add(fault as unknown as Fault));
      return json({ added: true }, 201);
    },
    "DELETE faults": () => {
      aws.faults.clear();
      return json({ cleared: true });
    },

    "GET clock": () => json({ now: new Date(clock.now()).toISOString() }),
    "POST clock": async ({ json: { advance, now } }) => {
      await wrongly(async () => {
        if (typeof advance === "string") clock.advance(durationMs(advance));
        else if (typeof now === "string" && !Number.isNaN(Date.parse(now))) clock.set(Date.parse(now));
        else throw new Error('send {"advance": "PT8H"} or {"now": "2026-11-24T08:00:00Z"}');
      });
      return json({ now: new Date(clock.now()).toISOString() });
    },
    "POST drain": async ({ json: { advance } }) => {
      const drained = await drain(advance === true);
      return drained.done ? json({ drained: true, deadLetters: drained.deadLetters }) : json({ drained: false, left: drained.left }, 409);
    },

    "GET token": async ({ query }) => words(await wrongly(() => issuer.clientToken(query.get("client") ?? "emr")), "text/plain"),
    "POST staff-tokens": async ({ json: { sub, groups, client } }) => {
      if (typeof sub !== "string") throw new Wrong('send {"sub": "a-person", "groups": ["care-team"]}');
      const token = await wrongly(() =>
        issuer.staffToken(sub, Array.isArray(groups) ? groups.map(String) : [], typeof client === "string" ? client : "emr"),
      );
      return json({ token }, 201);
    },
    "GET jwks": () => json(issuer.jwks()),

    "GET policy-report": () => json(aws.policyReport()),
    "GET logs": () => json(workers.logs()),
    "GET mails": () => json(aws.mails()),
    "GET dump": async () => json({ tables: await aws.dump(), queues: await aws.queueDump() }),
    "GET operator": () => json({ endpoint: aws.endpoint, region: aws.region, ...aws.operator, tables: aws.tables() }),
  };
}

/** Turns an error of a call that checks its own input into an answer for whoever sent it. */
async function wrongly<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new Wrong(error instanceof Error ? error.message : "not possible");
  }
}

function phone(path: readonly string[]): string {
  const [, e164 = "", last] = path;
  if (last !== "texts") throw new Wrong("phones/{number}/texts is the only call on a phone");
  return e164;
}

function objectOf(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new Wrong("send a JSON object");
}
