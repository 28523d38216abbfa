#!/usr/bin/env node
/** The verifier alone: what `npm run verifier` makes one file of, for an auditor who has Node and nothing of ours. */
import { isMainThread } from "node:worker_threads";
import { Command } from "commander";
import { describeVerify } from "./verify/command.ts";
import { serveReading } from "./verify/reading-thread.ts";
import { EXIT } from "./verify/report.ts";

if (isMainThread) {
  describeVerify(new Command("audit-verify"), import.meta.filename)
    .parseAsync()
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = EXIT.unchecked;
    });
} else serveReading();
