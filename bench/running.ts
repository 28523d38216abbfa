import { type LocalStack, startStack } from "../local/runtime/stack.ts";
import { type Figure, median } from "./report.ts";

/** A running stack, and the few calls the measures make. */
async function running<T>(
  cdkOut: string,
  work: (
    stack: LocalStack,
    call: (
      method: string,
      path: string,
      body?: object,
      headers?: Record<string, string>,
    ) => Promise<{ etag: string; body: Record<string, unknown> }>,
  ) => Promise<T>,
): Promise<T> {
  const stack = await startStack({ cdkOut, port: 0 });
  // Texts of the clinic's own leave by day only: go on to noon of a Wednesday in Alberta.
  const day = new Date(stack.clock.now());
  day.setUTCDate(day.getUTCDate() + ((10 - day.getUTCDay()) % 7 || 7));
  stack.clock.set(day.setUTCHours(19, 0, 0, 0));
  try {
    const token = await stack.issuer.clientToken("emr");
    let n = 0;
    const call = async (
      method: string,
      path: string,
      body?: object,
      headers: Record<string, string> = {},
    ): Promise<{ etag: string; body: Record<string, unknown> }> => {
      const response = await fetch(`${stack.api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "acting-user": "bench; role=bench",
          "content-type": "application/json",
          "idempotency-key": `bench-${n++}`,
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answered = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${String(answered["code"])}`);
      return { etag: response.headers.get("etag") ?? "", body: answered };
    };
    return await work(stack, call);
  } finally {
    await stack.close();
  }
}

const PHONE = "+14035552000";
const REMINDER = { scenario: "appointment-reminder", template: "reminder", params: { date: "2027-05-03", time: "10:00" } };

/** Waits until nothing is left to do; a thousand texts of one number take a while, because they leave in order. */
async function drained(stack: LocalStack): Promise<void> {
  for (let patience = 5; patience > 0; patience--) if ((await stack.drain(true)).done) return;
  throw new Error("the stack did not come to rest");
}

/** Sequential waves of AWS calls, and calls, of one warm invocation of each flow. */
export function rounds(cdkOut: string): Promise<Figure[]> {
  return running(cdkOut, async (stack, call) => {
    const figures: Figure[] = [];
    const patient = String((await call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "1" }] })).body["id"]);
    const number = (await call("POST", `/v1/patients/${patient}/numbers`, { e164: PHONE, kind: "mobile", relationship: "self" })).body[
      "id"
    ];
    const agreed = {
      decision: "granted",
      purposes: ["appointments"],
      number,
      wording: { id: "texting-basics", version: 1 },
      method: "phone",
      agreedAt: new Date(stack.clock.now()).toISOString(),
    };
    await call("POST", `/v1/patients/${patient}/consents`, agreed);
    let conversation = "";
    let etag = "";
    const text = async (body: string): Promise<void> => {
      await stack.aws.handsets.text(PHONE, body);
      await drained(stack);
    };
    const flows: [name: string, fn: string, goal: number, run: () => Promise<void>][] = [
      ["inbound text", "receive-text", 3, () => text("hello")],
      ["inbound text with an answer", "receive-text", 4, () => text("help")],
      [
        "claim the next",
        "claim-conversation",
        4,
        async () => {
          const claimed = await call("POST", "/v1/teams/front-desk/queue/claim");
          conversation = String(claimed.body["conversation"]);
          etag = claimed.etag;
        },
      ],
      [
        "resolve",
        "resolve-conversation",
        2,
        async () => {
          await call(
            "POST",
            `/v1/conversations/${conversation}/resolve`,
            { outcome: "answered", filed: [{ patient, system: "emr", reference: "1" }] },
            { "if-match": etag },
          );
        },
      ],
      [
        "claim this one",
        "claim-conversation",
        3,
        async () => {
          etag = (await call("POST", `/v1/conversations/${conversation}/claim`)).etag;
        },
      ],
      [
        "reply",
        "reply",
        4,
        async () => {
          await call("POST", `/v1/conversations/${conversation}/reply`, { body: "See you then." });
          await drained(stack);
        },
      ],
      [
        "accept by patient id",
        "accept-message",
        4,
        async () => {
          await call("POST", "/v1/messages", { ...REMINDER, patient: { id: patient } });
          await drained(stack);
        },
      ],
      [
        "accept by identifier",
        "accept-message",
        6,
        async () => {
          await call("POST", "/v1/messages", { ...REMINDER, patient: { system: "emr", value: "1" } });
          await drained(stack);
        },
      ],
    ];
    // Twice to warm every function, and once with the door holding each round together.
    for (const waves of [false, false, true]) {
      stack.aws.waves = waves;
      for (const [name, fn, goal, run] of flows) {
        // A lane that is free: waiting for it reads everything again, and that is not what is counted here.
        stack.clock.advance(5_000);
        const since = stack.aws.calls(0).at(-1)?.n ?? 0;
        await run();
        if (!waves) continue;
        figures.push(figure(stack, name, fn, goal, since));
        if (name === "accept by identifier")
          figures.push(figure(stack, "send", "send-text", 4, since), figure(stack, "delivery event", "track-delivery", 2, since));
      }
      await call(
        "POST",
        `/v1/conversations/${conversation}/resolve`,
        { outcome: "answered", filed: [{ patient, system: "emr", reference: "2" }] },
        { "if-match": etag },
      );
    }
    return figures;
  });
}

/** The rounds and calls of the last invocation of a function since a call. */
function figure(stack: LocalStack, name: string, fn: string, goal: number, since: number): Figure {
  const calls = stack.aws.calls(since).filter((call) => call.function === fn);
  const invocation = calls.at(-1)?.invocation;
  const own = calls.filter((call) => call.invocation === invocation);
  const value = Math.max(0, ...own.map((call) => call.wave));
  return {
    part: "rounds of AWS calls, warm and without conflict",
    name,
    value,
    unit: "rounds",
    goal,
    beside: `${own.length} calls: ${own.map((call) => call.action).join(" ")}`,
  };
}

const TEXTS = 1_000;

/** Texts a second through the local stack, whose time that is, and the memory of the functions that handled them. */
export function throughput(cdkOut: string): Promise<Figure[]> {
  return running(cdkOut, async (stack, call) => {
    for (let n = 0; n < 20; n++) await stack.aws.handsets.text(`+1780555${3000 + n}`, "warm");
    await drained(stack);
    const before = await stack.workers.usage();
    const since = stack.aws.calls(0).at(-1)?.n ?? 0;
    const began = performance.now();
    for (let n = 0; n < TEXTS; n++) await stack.aws.handsets.text(`+1780555${3000 + (n % 300)}`, `text number ${n}`);
    await drained(stack);
    const seconds = (performance.now() - began) / 1000;
    const calls = stack.aws.calls(since).filter((each) => each.function === "receive-text");
    const emulated = calls.reduce((sum, each) => sum + (each.ms ?? 0), 0) / 1000;
    const after = await stack.workers.usage();
    const cpu = (fn: string, usage: typeof after): number =>
      usage.filter((each) => each.function === fn).reduce((sum, each) => sum + each.cpu, 0) / 1000;

    // A thousand texts out: accepted by one function, sent by the other.
    const patient = String((await call("POST", "/v1/patients", { identifiers: [{ system: "emr", value: "t" }] })).body["id"]);
    const number = (await call("POST", `/v1/patients/${patient}/numbers`, { e164: "+14035552999", kind: "mobile", relationship: "self" }))
      .body["id"];
    await call("POST", `/v1/patients/${patient}/consents`, {
      decision: "granted",
      purposes: ["appointments"],
      number,
      wording: { id: "texting-basics", version: 1 },
      method: "phone",
      agreedAt: new Date(stack.clock.now()).toISOString(),
    });
    const acceptFour = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 4 }, () => call("POST", "/v1/messages", { ...REMINDER, patient: { id: patient } })));
    // Starting a function is no part of what a text takes.
    for (let n = 0; n < 5; n++) await acceptFour();
    await drained(stack);
    const warm = await stack.workers.usage();
    const acceptTimes: number[] = [];
    for (let n = 0; n < TEXTS; n += 4) {
      const at = performance.now();
      await acceptFour();
      acceptTimes.push(performance.now() - at);
    }
    await drained(stack);
    const usage = await stack.workers.usage();
    /** The whole process of a function for one text; set beside our own code it tells what the SDK, HTTP and the log take. */
    const withSdk = (fn: string, from: typeof usage, to: typeof usage): Figure => ({
      part: "the whole function for one text, through the local stack: our own code, the SDK, HTTP and the log",
      name: fn,
      value: (cpu(fn, to) - cpu(fn, from)) / TEXTS,
      unit: "ms CPU",
    });
    const rss = (fn: string): number => Math.max(...usage.filter((each) => each.function === fn).map((each) => each.rss)) / 1e6;
    const memory = "resident memory of a worker after 1,000 texts, with Lambda's heap flags";
    return [
      {
        part: "through the local stack",
        name: "texts in, a second",
        value: TEXTS / seconds,
        unit: "texts/s",
        beside: `${((1000 * emulated) / TEXTS).toFixed(1)} ms a text inside the emulators, summed over its six calls`,
      },
      withSdk("receive-text", before, after),
      withSdk("accept-message", warm, usage),
      withSdk("send-text", warm, usage),
      withSdk("track-delivery", warm, usage),
      { part: "through the local stack", name: "four accepted side by side, p50", value: median(acceptTimes), unit: "ms" },
      ...["receive-text", "accept-message", "send-text", "track-delivery"].map(
        (fn): Figure => ({ part: memory, name: fn, value: rss(fn), unit: "MB", goal: 160 }),
      ),
    ];
  });
}
