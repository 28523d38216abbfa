/** Who reads files of leaves: this thread, or several others side by side. */
import { Worker } from "node:worker_threads";
import { type Leaves, readSegment } from "./segment.ts";

export interface SegmentReader {
  /** How many are worth asking for before the first is awaited. */
  readonly ahead: number;
  read(gz: Uint8Array, most: number): Promise<Leaves>;
  close(): Promise<void>;
}

/** What a reading thread is asked. */
export interface Errand {
  readonly gz: Uint8Array;
  readonly most: number;
}

export const inThisThread: SegmentReader = {
  ahead: 1,
  read: async (gz, most) => readSegment(gz, most),
  close: async () => {},
};

/** @param file a program that serves as a reading thread (see `serveReading`) */
export function inThreads(threads: number, file: string): SegmentReader {
  type Waiting = { readonly done: (leaves: Leaves) => void; readonly failed: (error: Error) => void };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(file);
    const one: { worker: Worker; waiting: Waiting[]; dead: Error | undefined } = { worker, waiting: [], dead: undefined };
    worker.on("message", (leaves: Leaves) => one.waiting.shift()?.done(leaves));
    worker.on("error", (error) => {
      one.dead = error;
      for (const each of one.waiting.splice(0)) each.failed(error);
    });
    return one;
  });
  return {
    ahead: 2 * threads,
    read: (gz, most) =>
      new Promise((done, failed) => {
        const free = workers.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
        if (free.dead) return failed(free.dead);
        free.waiting.push({ done, failed });
        free.worker.postMessage({ gz, most } satisfies Errand);
      }),
    close: async () => {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}
