/** What is staged before a commit: everything that must be kept for it, in one object. */
import * as z from "zod";
import type { Objects } from "./grow.ts";
import type { LogState } from "./ports.ts";

export interface Staged {
  /** The log's size before. */
  readonly from: number;
  readonly objects: Objects;
}

const schema = z.object({
  origin: z.string(),
  from: z.number(),
  size: z.number(),
  objects: z.array(z.tuple([z.string(), z.string()])),
});

export function stagedBytes({ from, objects }: Staged, { origin, size }: LogState): Uint8Array {
  const list = [...objects].map(([key, bytes]): [string, string] => [key, Buffer.from(bytes).toString("base64")]);
  return new TextEncoder().encode(JSON.stringify({ origin, from, size, objects: list } satisfies z.input<typeof schema>));
}

/** @throws Error where these are not the staged bytes of that state */
export function parseStaged(bytes: Uint8Array, state: LogState): Staged {
  const { origin, from, size, objects } = schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  if (origin !== state.origin || size !== state.size) throw new Error("what is staged belongs to another state of the log");
  return { from, objects: new Map(objects.map(([key, base64]) => [key, new Uint8Array(Buffer.from(base64, "base64"))])) };
}
