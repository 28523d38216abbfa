import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figure } from "./report.ts";

/** CPU of our own code for one message, measured in a process of its own whose log goes nowhere. */
export const ownCode = (): Promise<Figure[]> => measured("./own-code-run.ts");

/** What the readers of texts take, on every line of the corpora and on hostile texts. */
export const reading = (): Promise<Figure[]> => measured("./reading-run.ts");

/** What the sequencer of the audit log takes for an event. */
export const sequencing = (): Promise<Figure[]> => measured("./sequence-run.ts");

function measured(script: string): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(script, import.meta.url)), [], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    child.once("message", (figures) => resolve(figures as Figure[]));
    child.once("exit", (code) => reject(new Error(`the measuring process ended with ${code}`)));
  });
}
