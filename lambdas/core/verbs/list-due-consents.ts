import { runsOut } from "../consent.ts";
import type { PatientItem } from "../items.ts";
import { RENEWALS } from "../people.ts";
import type { Ports } from "../ports.ts";

/** A patient to speak with before texts stop of themselves: purposes and days, nothing to read. */
export interface DueConsents {
  readonly patient: string;
  /** Consents that run out, the next first, ms. */
  readonly expires: readonly { readonly purpose: string; readonly until: number }[];
  /** When the authority of a guardian or caregiver is to be looked at (ms), if that is due. */
  readonly review: number | undefined;
}

/**
 * Patients whose consents run out, or whose proxy's review falls due, up to an instant (ms), the next first. Whoever is not to be
 * contacted is not among them, so that a page may hold fewer than it could. @param after the cursor of an earlier page
 */
export async function listDueConsents(
  ports: Pick<Ports, "clinic" | "store">,
  until: number,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: DueConsents[]; next: string | undefined }> {
  const found = await ports.store.queue<PatientItem>(RENEWALS, { limit: page.limit, ...(page.after ? { after: page.after } : {}) });
  const within = found.filter((each) => Math.min(...dates(each)) <= until);
  const items = within.filter(mayBeAsked).map((patient) => {
    const { id, effective, renewAt = Number.POSITIVE_INFINITY, reviewAt } = patient;
    const expires = Object.entries(effective)
      .filter(([, held]) => held.status === "granted")
      .map(([purpose, held]) => ({ purpose, until: runsOut(id, held, ports.clinic) }))
      .filter((each) => each.until >= renewAt && each.until <= until)
      .toSorted((a, b) => a.until - b.until);
    return { patient: id, expires, review: reviewAt !== undefined && reviewAt <= until ? reviewAt : undefined };
  });
  return { items, next: within.length === page.limit ? within.at(-1)?.qs : undefined };
}

const dates = ({ renewAt, reviewAt }: PatientItem): number[] => [renewAt, reviewAt].filter((at) => at !== undefined);
const mayBeAsked = ({ deceased, left, noContact }: PatientItem): boolean =>
  deceased === undefined && left === undefined && noContact === undefined;
