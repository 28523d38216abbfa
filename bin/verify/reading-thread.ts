import { parentPort } from "node:worker_threads";
import type { Errand } from "./reader.ts";
import { readSegment } from "./segment.ts";

/** Serves as a reading thread: answers each errand in turn, and hands its arrays over without copying them. */
export function serveReading(): void {
  parentPort?.on("message", ({ gz, most }: Errand) => {
    const leaves = readSegment(gz, most);
    const { hashes, prevs, seqs, times, own } = leaves;
    parentPort?.postMessage(
      leaves,
      [hashes, prevs, seqs, times, own].map(({ buffer }) => buffer as ArrayBuffer),
    );
  });
}
