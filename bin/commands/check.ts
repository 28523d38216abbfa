import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { loadClinic } from "../../lib/clinic.ts";

/** Reads the clinic's decisions. @throws ClinicError with every finding */
export function check(dir: string | undefined): void {
  const path = dir === undefined ? fileURLToPath(new URL("../../clinic", import.meta.url)) : resolve(dir);
  const clinic = loadClinic(path);
  const refused = clinic.scenarios.filter((scenario) => !scenario.allowed).length;
  process.stdout.write(
    [
      `${clinic.senderName}: nothing to mend.`,
      `  stage ${clinic.stage}${clinic.fictitious ? ", fictitious" : ""}, time zone ${clinic.timeZone}`,
      `  ${clinic.teams.length} care teams, ${clinic.purposes.length} purposes, ${clinic.scenarios.length} scenarios (${refused} refused), ${clinic.wordings.length} consent wordings`,
      `  hash ${clinic.hash}`,
      "",
    ].join("\n"),
  );
}
