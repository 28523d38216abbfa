import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Clinic } from "../../lambdas/core/clinic.ts";
import { loadClinic } from "../../lib/clinic.ts";
import type { Opened } from "./open.ts";

/** The clinic whose days and hours an export is told in. @throws ClinicError with every finding */
export const clinicOf = (dir: string | undefined): Clinic =>
  loadClinic(dir === undefined ? fileURLToPath(new URL("../../clinic", import.meta.url)) : resolve(dir));

/** A sentence where the events were written under another clinic's decisions than the ones at hand; its hours may be others. */
export async function otherClinic(opened: Opened, clinic: Pick<Clinic, "id">): Promise<string | undefined> {
  const { rows } = await opened.ask("SELECT DISTINCT org FROM events WHERE org IS NOT NULL ORDER BY org");
  const names = rows.map(([org]) => String(org));
  return names.length === 0 || names.includes(clinic.id)
    ? undefined
    : `The events are of ${names.join(", ")}, and days and hours were told by the decisions of ${clinic.id}: name the right ones with --clinic DIR.`;
}
