import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figure } from "./report.ts";

/** CPU of our own code for one message, measured in a process of its own whose log goes nowhere. */
export function ownCode(): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("./own-code-run.ts", import.meta.url)), [], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    child.once("message", (figures) => resolve(figures as Figure[]));
    child.once("exit", (code) => reject(new Error(`the measuring process ended with ${code}`)));
  });
}
