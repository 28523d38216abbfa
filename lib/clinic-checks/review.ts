/**
 * How long a scenario may go without being looked at, by likelihood × harm. The figures are the gateway's own: rare
 * nuisances once a year, what may harm a patient often once a month. `docs/deciding.md` says so to the clinic.
 */
export const REVIEW_MONTHS = [
  { upTo: 2, months: 12 },
  { upTo: 4, months: 6 },
  { upTo: 6, months: 3 },
  { upTo: 9, months: 1 },
] as const;

/** Calendar months from one day to another, a begun one counted whole: 2026-10-01 to 2026-11-01 is one, to 2026-11-02 two. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return b.getUTCDate() > a.getUTCDate() ? months + 1 : months;
}
