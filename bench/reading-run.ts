/**
 * Measures what the readers and the gate take for a text, in a process of its own: on every line of the corpora, on bodies
 * of 1,600 characters, and on hostile texts, where twice the length may take about twice the time and no more.
 */
import { decide } from "../lambdas/core/gate.ts";
import { replyFacts } from "../lambdas/core/hook.ts";
import { readContent } from "../lambdas/core/reading/content.ts";
import { readEmergency } from "../lambdas/core/reading/emergency.ts";
import { readOptOut } from "../lambdas/core/reading/opt-out.ts";
import { lines, TASKS } from "../tests/corpora/tasks.ts";
import { seeded } from "../tests/support/random.ts";
import { clinic, START } from "../tests/support/world.ts";
import { type Figure, percentile } from "./report.ts";

const WARM = 400;
/** Longer than any text may be, so that growth shows above the clock's grain. */
const GROWN = 6_400;
const HOSTILE = 60;

const texts = TASKS.flatMap((task) => lines(task, "tuned").map(({ text }) => text));
const long = Array.from({ length: 300 }, (_, n) => {
  let body = "";
  for (let at = n * 7; body.length < 1_600; at++) body += `${texts[at % texts.length]} `;
  return body.slice(0, 1_600);
});

/** Everything that one arrival, or one text of staff's own, is read for; and the gate over it. */
const judge = (text: string): void => {
  readOptOut(text);
  readEmergency(text);
  readContent(text);
  decide(
    replyFacts({
      clinic,
      now: START,
      number: undefined,
      links: [],
      patient: undefined,
      conversation: undefined,
      parts: 1,
      expiresAt: START + 1,
    }),
  );
};

/** The quickest of a few readings of one text: what is left out is what other processes took of the core meanwhile. */
function quickest(read: (text: string) => unknown, text: string, times: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    read(text);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

function took(read: (text: string) => unknown, given: readonly string[]): number[] {
  for (let n = 0; n < WARM; n++) read(given[n % given.length] ?? "");
  return given.map((text) => quickest(read, text, 3));
}

const readers: [string, (text: string) => unknown][] = [
  ["opt-out and intent", readOptOut],
  ["emergency", readEmergency],
  ["content", readContent],
  ["gate and all readers", judge],
];

const figures: Figure[] = [];
for (const [name, read] of readers) {
  const short = took(read, texts);
  const full = took(read, long);
  const whole = name.startsWith("gate");
  const part = "reading a text, CPU of one core";
  figures.push(
    { part, name: `${name}, p50`, value: percentile(short, 0.5), unit: "ms" },
    { part, name: `${name}, p99`, value: percentile(short, 0.99), unit: "ms", ...(whole ? { goal: 1 } : {}) },
    { part, name: `${name}, 1,600 characters, p99`, value: percentile(full, 0.99), unit: "ms", ...(whole ? { goal: 5 } : {}) },
  );
}

// Hostile texts: runs of one piece, of two in turn, and of pieces in disorder; pieces that patterns like to begin with.
const PIECES = [
  "a",
  "1",
  " ",
  ".",
  "'",
  "-",
  "a ",
  "1 ",
  "1-",
  "no ",
  "pas ",
  "stop ",
  "st",
  "\u0301",
  "\u200b",
  "é",
  "🛑",
  "я",
  "mg ",
  "12/",
  "(",
  "ne ",
  "i ",
  "pain ",
  "@",
  "\ud800",
];
const random = seeded(7);
const hostile = Array.from({ length: HOSTILE }, (_, n) => {
  const pieces =
    n < PIECES.length ? [PIECES[n] ?? ""] : Array.from({ length: 1 + random.below(6) }, () => PIECES[random.below(PIECES.length)] ?? "");
  return (length: number): string =>
    pieces
      .join("")
      .repeat(Math.ceil(length / pieces.join("").length))
      .slice(0, length);
});
let worst = { ratio: 0, name: "", text: "" };
for (const [name, read] of readers.slice(0, 3)) {
  for (const make of hostile) {
    const cost = (length: number): number => quickest(read, make(length), 7);
    const ratio = cost(GROWN) / cost(GROWN / 2);
    if (ratio > worst.ratio) worst = { ratio, name, text: JSON.stringify(make(12)) };
  }
}
figures.push({
  part: "reading hostile texts",
  name: "twice the length, worst of all",
  value: worst.ratio,
  unit: "times",
  goal: 3,
  beside: `${worst.name} on ${worst.text}…, ${HOSTILE} texts a reader`,
});

process.send?.(figures);
