import * as z from "zod";
import {
  type approvalSchema,
  clinicFileSchema,
  type Pack,
  purposeSchema,
  repliesSchema,
  scenarioSchema,
  teamSchema,
  type wordingSchema,
} from "../../lambdas/core/clinic.ts";
import type { Draft, Read } from "./read.ts";

/** Every file says whether it is an example: what is fictitious never goes live. */
const fictitious = z.boolean().default(false);

export const clinicFile = clinicFileSchema;
export const teamsFile = z.strictObject({ fictitious, teams: z.array(teamSchema).min(1) });
export const purposesFile = z.strictObject({ fictitious, purposes: z.array(purposeSchema).min(1) });
export const scenariosFile = z.strictObject({ fictitious, scenarios: z.array(scenarioSchema).min(1) });
export const repliesFile = z.strictObject({ fictitious, ...repliesSchema.shape });

/** The directory as it was read, for the checks that need more than one member to see what is wrong. */
export interface Written {
  readonly clinic: Read<z.infer<typeof clinicFile>>;
  readonly teams: Read<z.infer<typeof teamsFile>>;
  readonly purposes: Read<z.infer<typeof purposesFile>>;
  readonly scenarios: Read<z.infer<typeof scenariosFile>>;
  readonly replies: Read<z.infer<typeof repliesFile>>;
  readonly wordings: readonly Read<z.infer<typeof wordingSchema>>[];
  readonly approval: Read<z.infer<typeof approvalSchema>> | undefined;
  /** The packs that clinic.yaml names and that there are. */
  readonly packs: readonly Pack[];
  /** SHA-256 (hex) of the directory as it stands. */
  readonly hash: string;
}

/** Says what is wrong with a member of a file, and how to mend it. */
export type Say = (file: Read<unknown>, path: readonly PropertyKey[], says: string) => void;

/** One thing that no single file's shape can show. */
export type Check = (written: Written, say: Say) => void;

/** The items of a list that can be looked at, each with its place in the file. */
export const entriesOf = <T>(list: readonly (T | undefined)[] | undefined): [number, T][] =>
  (list ?? []).flatMap((item, index) => (item === undefined ? [] : [[index, item]]));

/** The ids that a list names; undefined where the list could not be read, so that nothing is held against it. */
export const idsOf = (list: readonly ({ readonly id?: string | undefined } | undefined)[] | undefined): string[] | undefined =>
  list?.flatMap((item) => item?.id ?? []);

/** Says which ids stand twice. */
export function checkTwice(
  list: readonly (Draft<{ id: string }> | undefined)[] | undefined,
  file: Read<unknown>,
  path: readonly PropertyKey[],
  say: Say,
): void {
  const seen = new Set<string>();
  for (const [index, { id }] of entriesOf(list)) {
    if (id === undefined) continue;
    if (seen.has(id)) say(file, [...path, index, "id"], `${id} stands twice; give one of them another id`);
    seen.add(id);
  }
}
