/**
 * What was in force of a patient's consents at an instant. It is computed from three things and nothing else: the immutable
 * consent records by the time they were recorded, the times of the numbers' STOPs (the last 20 of each number are
 * remembered), and from when until when each number was the patient's. How long a consent lasts is what the clinic had
 * decided when it was recorded, or decides today where that is shorter; authorities of guardians and caregivers are looked at
 * as of today only, so they are not part of it.
 */
import type { Clinic } from "./clinic.ts";
import type { Code } from "./codes.ts";
import { type ConsentState, folded, runsOut, stateOf } from "./consent.ts";
import type { ConsentItem, Effective, NumberItem, PatientNumberItem } from "./items.ts";
import { epochAt } from "./number.ts";

export interface InForce {
  readonly status: ConsentState;
  readonly wording: string;
  readonly agreedAt: number;
  readonly confirmedAt: number | undefined;
  /** When it runs out, or ran out (ms). */
  readonly until: number | undefined;
  readonly record: string;
  /** Whether a text could rest on it; undefined where the number's STOPs of that time are no longer remembered. */
  readonly inForce: boolean | undefined;
  /** Why none could, where the record itself does not say so. */
  readonly because: Code | undefined;
}

/** Records in the order in which they were recorded. */
export const inOrder = (records: readonly ConsentItem[]): ConsentItem[] =>
  records.toSorted((a, b) => a.recordedAt - b.recordedAt || (a.ver ?? 0) - (b.ver ?? 0));

/** @param at ms @param numbers the patient's own records of numbers @param phones the numbers themselves, by PK */
export function consentsAt(
  facts: {
    readonly patient: string;
    readonly records: readonly ConsentItem[];
    readonly numbers: readonly PatientNumberItem[];
    readonly phones: ReadonlyMap<string, Pick<NumberItem, "epoch" | "stops">>;
  },
  at: number,
  clinic: Pick<Clinic, "consentMonths">,
): Record<string, InForce> {
  const { patient, numbers, phones } = facts;
  const known = inOrder(facts.records).filter((record) => record.recordedAt <= at);
  const effective = known.reduce<Record<string, Effective>>(folded, {});
  return Object.fromEntries(
    Object.entries(effective).map(([purpose, held]) => {
      const status = stateOf(patient, held, at, clinic);
      const { wording, agreedAt, confirmedAt, record } = held;
      const until = held.status === "granted" ? runsOut(patient, held, clinic) : undefined;
      return [purpose, { status, wording, agreedAt, confirmedAt, until, record, ...usable(held, status) }];
    }),
  );

  function usable(held: Effective, status: ConsentState): Pick<InForce, "inForce" | "because"> {
    if (status !== "granted" && status !== "confirmed") return { inForce: false, because: undefined };
    const theirs = numbers.some(
      (each) => each.number === held.number && (each.since ?? 0) <= at && (each.ended === undefined || each.ended.at > at),
    );
    if (!theirs) return { inForce: false, because: "number-missing" };
    const phone = phones.get(held.number);
    const epoch = phone && epochAt(phone, at);
    if (epoch === undefined) return { inForce: undefined, because: undefined };
    return epoch === held.epoch ? { inForce: true, because: undefined } : { inForce: false, because: "consent-not-in-force" };
  }
}
