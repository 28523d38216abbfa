import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reviewClinic } from "../../lib/clinic.ts";
import { clinicReport } from "../../lib/clinic-report.ts";

/**
 * Reads the clinic's decisions and prints what they are, what could be better and the hash that an approval names.
 * @param dir the directory, or the one that `--clinic` names @throws ClinicError with every finding, one a line
 */
export function check(dir: string | undefined, { clinic: named }: { readonly clinic?: string } = {}): void {
  if (dir !== undefined && named !== undefined && resolve(dir) !== resolve(named))
    throw new Error("name one directory, either alone or with --clinic");
  const given = dir ?? named;
  const path = given === undefined ? fileURLToPath(new URL("../../clinic", import.meta.url)) : resolve(given);
  const { clinic, advice, today } = reviewClinic(path, Date.now());
  process.stdout.write(`${clinicReport(clinic, advice, today)}\n`);
}
