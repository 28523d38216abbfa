import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as rest } from "node:timers/promises";
import { type LocalAws, startAws } from "../aws/index.ts";
import { keep, lock } from "../aws/kept.ts";
import { openFace } from "../face/face.ts";
import { openClock, type SimulatedClock } from "./clock.ts";
import { openDrain } from "./drain.ts";
import { type EventSources, openEventSources } from "./event-sources.ts";
import { type HttpAnswer, MAX_PAYLOAD, openHttpApi, TOO_LARGE } from "./http-api.ts";
import { type Issuer, openIssuer } from "./issuer.ts";
import { openWorkers, type Workers } from "./workers.ts";

/** The synthesised stack, running on this machine. */
export interface LocalStack {
  readonly api: string;
  readonly clinicNumber: string;
  readonly aws: LocalAws;
  readonly clock: SimulatedClock;
  readonly issuer: Issuer;
  readonly workers: Workers;
  readonly sources: EventSources;
  readonly drain: ReturnType<typeof openDrain>;
  close(): Promise<void>;
}

export interface StackOptions {
  readonly cdkOut: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir?: string | undefined;
  readonly waves?: boolean | undefined;
  readonly stderr?: ((line: string) => void) | undefined;
}

/** How long batches that run may take to end when the stack stops (real time). */
const GRACE_MS = 2_000;

/**
 * Starts everything on the loopback interface.
 * @throws Error of one sentence where Java is missing, the port is taken, or the template holds something unknown
 */
export async function startStack({ cdkOut, port, dataDir, waves = false, stderr = () => undefined }: StackOptions): Promise<LocalStack> {
  const unlock = dataDir === undefined ? () => undefined : lock(dataDir);
  const server = createServer();
  await listen(server, port).catch((error: unknown) => {
    unlock();
    throw error;
  });
  // Kept data hold times; a clock that fell back to real time would leave some of them in the future.
  const kept = keep(dataDir, "clock.json", { offset: 0 });
  const clock = openClock(kept.value.offset);
  clock.onMove((offset) => {
    kept.value.offset = offset;
    kept.changed();
  });
  const closers: (() => void | Promise<void>)[] = [unlock, kept.flush, () => clock.close(), () => closeServer(server)];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const aws = await startAws({ cdkOut, dataDir, clock, waves, stderr });
    closers.push(() => aws.close());
    const issuer = await openIssuer(aws, dataDir);
    const workers = openWorkers(aws, clock);
    closers.push(() => workers.close());
    aws.onInvoke((name, event) => {
      const fn = workers.functions.find((each) => each.arn.endsWith(`:function:${name}`) || each.arn === name);
      return fn ? workers.invoke(fn.name, event) : Promise.resolve({ ok: false });
    });
    const sources = await openEventSources(aws, workers, clock);
    closers.push(async () => {
      // No more batches; what runs gets a moment, and is then as lost as when a machine of Lambda's dies.
      const ended = sources.close();
      const late = new AbortController();
      await Promise.race([ended, rest(GRACE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      await workers.close();
      await ended;
    });
    const drain = openDrain(aws, workers, sources, clock);
    const api = openHttpApi(aws, workers, issuer);
    const face = openFace({ aws, workers, clock, issuer, drain });
    server.on("request", (request, response) => void serve(request, response, { api, face, issuer, stderr }));
    const address = server.address();
    const clinicNumber = aws.cloud.resources("AWS::SMSVOICE::PhoneNumber")[0]?.attributes["PhoneNumber"] ?? "";
    return {
      api: `http://localhost:${typeof address === "object" ? address?.port : port}`,
      clinicNumber,
      aws,
      clock,
      issuer,
      workers,
      sources,
      drain,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const says =
        error.code === "EADDRINUSE"
          ? `port ${port} is in use: stop what runs there, or choose another: npm start -- --port ${port + 1}`
          : `port ${port}: ${error.code}`;
      reject(new Error(says));
    });
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  to: {
    api: (request: IncomingMessage, body: Buffer) => Promise<HttpAnswer>;
    face: (request: IncomingMessage, body: Buffer) => Promise<HttpAnswer>;
    issuer: Issuer;
    stderr: (line: string) => void;
  },
): Promise<void> {
  try {
    let answer: HttpAnswer;
    const body = await bodyOf(request);
    if (body === undefined) answer = TOO_LARGE;
    else if (request.url?.startsWith("/_local")) answer = await to.face(request, body);
    else if (request.url?.split("?")[0] === "/oauth2/token" && request.method === "POST") {
      const { status, body: token } = await to.issuer.token(request.headers.authorization, new URLSearchParams(body.toString("utf8")));
      answer = { status, headers: { "content-type": "application/json", "cache-control": "no-store" }, body: JSON.stringify(token) };
    } else answer = await to.api(request, body);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    // Whoever went away before the end needs no answer.
    if (request.destroyed && !request.complete) return;
    to.stderr(`the local stack failed: ${error instanceof Error ? error.stack : String(error)}`);
    response.writeHead(500, { "content-type": "application/json" }).end('{"message":"Internal Server Error"}');
  }
}

/** The whole body, or undefined past what API Gateway takes; the rest is read and thrown away, so that the answer arrives. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_PAYLOAD) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= MAX_PAYLOAD ? Buffer.concat(chunks) : undefined;
}
