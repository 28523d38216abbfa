import { createInterface } from "node:readline";
import { readContent } from "../../lambdas/core/reading/content.ts";
import { readEmergency } from "../../lambdas/core/reading/emergency.ts";
import { readOptOut } from "../../lambdas/core/reading/opt-out.ts";

const READERS: Readonly<Record<string, (text: string) => object>> = {
  optout: readOptOut,
  emergency: readEmergency,
  content: readContent,
};

/**
 * Reads JSON Lines `{text, lang}` on standard input and prints what the gate's own reader says of each, one JSON a line.
 * A line that cannot be read is answered with an error in its place, so that lines stay in step; the exit code is then 1.
 */
export async function classify(what: string): Promise<void> {
  const read = READERS[what];
  if (!read) throw new Error(`there is no reader named ${what}; choose one of ${Object.keys(READERS).join(", ")}`);
  let line = 0;
  for await (const given of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (given.trim() === "") continue;
    const text = textOf(given);
    if (text === undefined) process.exitCode = 1;
    const answer = text === undefined ? { error: `line ${line} is not a JSON object with a text` } : read(text);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

function textOf(line: string): string | undefined {
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
