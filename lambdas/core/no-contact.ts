import type { LinkItem, NumberItem, PatientItem } from "./items.ts";

/**
 * Whether nobody may be texted here at all: absolute, on every ground, a STOP's own confirmation included. A text about a
 * patient asks for that patient and the number; one that is about the phone alone, for everybody on it.
 * No answer says that this is why: the gate tells what it tells of a number that is no longer the patient's.
 */
export const noContact = (
  number: Pick<NumberItem, "noContact"> | undefined,
  links: readonly Pick<LinkItem, "active" | "noContact">[],
  patient: Pick<PatientItem, "noContact"> | undefined,
): boolean =>
  number?.noContact !== undefined ||
  patient?.noContact !== undefined ||
  (patient === undefined && links.some((link) => link.active && link.noContact === true));
