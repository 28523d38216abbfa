import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describeVerify } from "../verify/command.ts";

/** `clinic-sms audit verify` */
export function auditVerify(audit: Command): void {
  describeVerify(audit.command("verify"), fileURLToPath(new URL("../audit-verify.ts", import.meta.url)));
}
