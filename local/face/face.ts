import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Clinic } from "../../lambdas/core/clinic.ts";
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
    const path = url.pathname.split("/").slice(2).filter(Boolean).map(decoded);
    const name = `${request.method} ${path[0] ?? ""}${path[0] === "phones" && path.length > 1 ? `/…/${path[2] ?? ""}` : ""}`;
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
    "GET ": () => asset("page.html", "text/html"),
    "GET page.css": () => asset("page.css", "text/css"),
    "GET page.js": () => asset("page.js", "text/javascript"),
    "GET clinic": () => json(decisions(aws)),
    "GET events": async () => json(await newestEvents(aws)),

    "POST phones/…/texts": async ({ path, json: given }) => {
      const from = phone(path);
      const { body, at, inboundMessageId, duplicate, raw } = only(given, "body", "at", "inboundMessageId", "duplicate", "raw");
      if (at !== undefined && typeof at !== "number" && Number.isNaN(Date.parse(String(at))))
        throw new Wrong('"at" is the carrier\'s time, such as "2026-11-24T08:00:00Z"');
      if (typeof body !== "string" && typeof raw !== "string") throw new Wrong('send {"body": "the text"}');
      const options = { at, inboundMessageId, duplicate, raw } as TextOptions;
      return json(await wrongly(() => aws.handsets.text(from, typeof body === "string" ? body : "", options)), 202);
    },
    "GET phones/…/texts": ({ path }) => json(aws.handsets.inbox(phone(path))),
    "GET phones/…/sent": ({ path }) => json(aws.handsets.sent(phone(path))),
    "GET phones": () => json(aws.handsets.all()),

    "GET calls": ({ query }) => {
      const after = Number(query.get("after") ?? 0);
      if (!Number.isInteger(after) || after < 0) throw new Wrong('"after" is the number of a call');
      return json(aws.calls(after));
    },
    "POST faults": async ({ json: given }) => {
      const fault = only(given, "function", "service", "action", "nth", "times", "kind", "error", "reason", "after");
      const names = workers.functions.map((fn) => fn.name);
      if (fault["function"] !== undefined && !names.includes(String(fault["function"])))
        throw new Wrong(`no such function; there are: ${names.join(", ")}`);
      await wrongly(async () => aws.faults.add(fault as unknown as Fault));
      return json({ added: true }, 201);
    },
    "DELETE faults": () => {
      aws.faults.clear();
      return json({ cleared: true });
    },

    "GET clock": () => json({ now: new Date(clock.now()).toISOString() }),
    "POST clock": async ({ json: given }) => {
      const { advance, now } = only(given, "advance", "now");
      await wrongly(async () => {
        if (typeof advance === "string") clock.advance(durationMs(advance));
        else if (typeof now === "string" && !Number.isNaN(Date.parse(now))) clock.set(Date.parse(now));
        else throw new Error('send {"advance": "PT8H"} or {"now": "2026-11-24T08:00:00Z"}');
      });
      return json({ now: new Date(clock.now()).toISOString() });
    },
    "POST drain": async ({ json: given }) => {
      const { advance } = only(given, "advance");
      if (advance !== undefined && typeof advance !== "boolean") throw new Wrong('"advance" is true or false');
      const drained = await drain(advance === true);
      return drained.done ? json({ drained: true, deadLetters: drained.deadLetters }) : json({ drained: false, left: drained.left }, 409);
    },

    "GET token": async ({ query }) => words(await wrongly(() => issuer.clientToken(query.get("client") ?? "emr")), "text/plain"),
    "POST staff-tokens": async ({ json: given }) => {
      const { sub, groups, client } = only(given, "sub", "groups", "client");
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
    "GET operator": () =>
      json({
        ...{ endpoint: aws.endpoint, region: aws.region, ...aws.operator, tables: aws.tables(), outputs: aws.cloud.outputs },
        buckets: Object.fromEntries(aws.cloud.resources("AWS::S3::Bucket").map(({ name }) => [name, aws.bucket(name)])),
      }),
  };
}

/** The page may load only what this stack serves; scripts in data that somebody texted never run. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function asset(file: string, type: string): HttpAnswer {
  const answer = words(readFileSync(new URL(`./${file}`, import.meta.url), "utf8"), type);
  return { ...answer, headers: { ...answer.headers, "content-security-policy": POLICY, "x-content-type-options": "nosniff" } };
}

/** What the page needs of the clinic's decisions, from the very file that a function was deployed with. */
function decisions(aws: LocalAws): unknown {
  const clinic: Clinic = JSON.parse(readFileSync(join(aws.cloud.directory, "bundles", "list-queue", "clinic.json"), "utf8"));
  const { senderName, timeZone, frontDesk, teams, scenarios, purposes, wordings } = clinic;
  const open = teams.filter((team) => !team.retired).map(({ id, name }) => ({ id, name }));
  const texts = scenarios.map(({ id, name, allowed, freeText, templates }) => ({
    id,
    name,
    allowed,
    freeText,
    templates: templates.map(({ id: template, params }) => ({ id: template, params })),
  }));
  const said = wordings.map(({ id, version, language, purposes: about }) => ({ id, version, language, purposes: about }));
  return {
    senderName,
    timeZone,
    frontDesk,
    teams: open,
    scenarios: texts,
    purposes,
    wordings: said.sort((a, b) => b.purposes.length - a.purposes.length),
  };
}

const NEWEST = 40;

/** The newest audit events, as they were written. */
async function newestEvents(aws: LocalAws): Promise<unknown[]> {
  const audit = (await aws.dump()).find(({ table }) => /audit/i.test(table));
  const events = (audit?.items ?? []).map((item) => {
    const bytes = (item as { e: { B: string } }).e.B;
    return JSON.parse(Buffer.from(bytes, "base64").toString("utf8")) as { ts: string; seq: number };
  });
  return events.sort((a, b) => (a.ts === b.ts ? b.seq - a.seq : a.ts < b.ts ? 1 : -1)).slice(0, NEWEST);
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
  const [, e164 = ""] = path;
  if (!/^\+?\d{3,15}$/.test(e164)) throw new Wrong("write the number as +14035550123, or a short code as its digits");
  return e164;
}

/** What was sent, if it holds nothing but these members: a misspelt one would be taken for left out. */
function only(given: Asked["json"], ...names: readonly string[]): Asked["json"] {
  const other = Object.keys(given).find((name) => !names.includes(name));
  if (other !== undefined) throw new Wrong(`no such member: ${JSON.stringify(other)}; there are: ${names.join(", ")}`);
  return given;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
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
