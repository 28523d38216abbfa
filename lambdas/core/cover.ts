/**
 * Who looks at texts at an instant: whether somebody reads them, who is on call, and whether anything may be promised. What
 * the clinic wrote (`hours`, `holidays`, `onCall`, `unattended`) counts, but for two facts that staff change by one call with
 * an end: closed now, and who is on call. Weeks are the clinic's local time, so a block means the same on both sides of a
 * change of clocks.
 */
import type { Clinic, OnCall } from "./clinic.ts";
import { isOpen, localDate, opensAt } from "./hours.ts";

/** What staff said of today. Each counts from when it was said (ms) until its end. */
export interface Facts {
  readonly closed?: { readonly until: number };
  /** Without a person: nobody is on call. */
  readonly onCall?: { readonly person?: string; readonly until: number };
}

export interface Cover {
  /** Whether somebody reads texts. */
  readonly open: boolean;
  /** When somebody reads them next (ms), where nobody does now; undefined where no opening is known. */
  readonly opensAt: number | undefined;
  /** Until when (ms) staff have closed by a call, whatever the hours say. */
  readonly closedUntil: number | undefined;
  /** Who is paged now, the first one first. */
  readonly people: readonly OnCall[];
  /** Whether a text may say that staff are told. On a holiday it may not, although whoever the week names is paged. */
  readonly attended: boolean;
  /** When cover begins next (ms), where nothing may be promised now. */
  readonly attendedFrom: number | undefined;
}

type Decisions = Pick<Clinic, "hours" | "holidays" | "timeZone" | "onCall" | "unattended">;

/** @param at ms @param facts as they were stored; those that have ended count no more */
export function coverAt(clinic: Decisions, facts: Facts, at: number): Cover {
  const { timeZone: zone, holidays } = clinic;
  const closed = facts.closed !== undefined && at < facts.closed.until ? facts.closed : undefined;
  const opens = opensAt(clinic.hours, zone, holidays, closed?.until ?? at);
  const open = opens === at;

  const said = facts.onCall !== undefined && at < facts.onCall.until ? facts.onCall : undefined;
  const named = clinic.onCall.filter(({ hours }) => isOpen(hours, zone, [], at));
  const people = said ? clinic.onCall.filter(({ id }) => id === said.person) : named;
  const promised = said !== undefined || !(isOpen(clinic.unattended, zone, [], at) || holidays.includes(localDate(at, zone)));
  const attended = promised && people.length > 0;
  return {
    open,
    opensAt: open ? undefined : opens,
    closedUntil: closed?.until,
    people,
    attended,
    attendedFrom: attended ? undefined : nextCover(clinic, said?.until ?? at),
  };
}

/** The cover of an arrival: whatever is wrong with the clinic's hours, the text is stored; then nothing is promised, and everybody is on call. */
export function safeCoverAt(clinic: Decisions, facts: Facts, at: number): Cover {
  try {
    return coverAt(clinic, facts, at);
  } catch {
    return { open: true, opensAt: undefined, closedUntil: undefined, people: clinic.onCall, attended: false, attendedFrom: undefined };
  }
}

/** The first instant from `from` on (ms) at which the week names somebody, holidays left out. */
function nextCover(clinic: Decisions, from: number): number | undefined {
  const starts = clinic.onCall.flatMap(({ hours }) => opensAt(hours, clinic.timeZone, clinic.holidays, from) ?? []);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}
