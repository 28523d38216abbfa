import type { Week } from "./clinic.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface LocalDay {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly weekday: (typeof DAYS)[number];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall-clock fields of an instant in a zone; the formatter is kept because making one costs a hundred times its use. */
function wall(at: number, zone: string): { date: string; minutes: number } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, format);
  }
  // "2026-11-24, 08:05"
  const text = format.format(at);
  return { date: text.slice(0, 10), minutes: Number(text.slice(12, 14)) * 60 + Number(text.slice(15, 17)) };
}

/** The local calendar day of an instant (ms) in a zone, YYYY-MM-DD. */
export const localDate = (at: number, zone: string): string => wall(at, zone).date;

/** The local time of an instant (ms) in a zone, HH:MM. */
export function localTime(at: number, zone: string): string {
  const { minutes } = wall(at, zone);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * The instant (ms) of a local time. A time that the clock skips in spring is the instant after the gap; one that comes
 * twice in autumn is the first of the two.
 */
export function instantOf(date: string, minutes: number, zone: string): number {
  // The end of a day is the start of the next: they may lie on two sides of a change of the clock.
  if (minutes >= 24 * 60) return instantOf(nextDay({ date, weekday: "sun" }).date, minutes - 24 * 60, zone);
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
  const [before, after] = [asUtc - offsetAt(asUtc - DAY, zone), asUtc - offsetAt(asUtc + DAY, zone)];
  if (before === after) return before;
  const real = [before, after].filter((at) => {
    const there = wall(at, zone);
    return there.date === date && there.minutes === minutes;
  });
  return real.length > 0 ? Math.min(...real) : Math.max(before, after);
}

function offsetAt(at: number, zone: string): number {
  const { date, minutes } = wall(at, zone);
  return Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE - Math.floor(at / MINUTE) * MINUTE;
}

function nextDay({ date }: LocalDay): LocalDay {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return { date: noon.toISOString().slice(0, 10), weekday: DAYS[noon.getUTCDay()] ?? "sun" };
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** Monday to Friday, and no holiday. */
const isBusinessDay = ({ date, weekday }: LocalDay, holidays: readonly string[]): boolean =>
  weekday !== "sat" && weekday !== "sun" && !holidays.includes(date);

const dayOf = (at: number, zone: string): LocalDay => {
  const date = localDate(at, zone);
  return { date, weekday: DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? "sun" };
};

/** The day (YYYY-MM-DD) that is so many business days after an instant (ms): within none of them is that very day. */
export function businessDayAfter(from: number, days: number, zone: string, holidays: readonly string[]): string {
  let day = dayOf(from, zone);
  for (let left = days; left > 0; ) {
    day = nextDay(day);
    if (isBusinessDay(day, holidays)) left--;
  }
  return day.date;
}

/** How many business days begin between two instants (ms), 0 on one day. */
export function businessDaysBetween(from: number, to: number, zone: string, holidays: readonly string[]): number {
  const last = localDate(to, zone);
  let count = 0;
  for (let day = dayOf(from, zone); day.date < last; ) {
    day = nextDay(day);
    if (isBusinessDay(day, holidays)) count++;
  }
  return count;
}

/** The instant (ms) a number of calendar months later, or earlier where negative; a day that the month lacks is its last (UTC). */
export function addMonths(at: number, months: number): number {
  const moved = new Date(at);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  return moved.setUTCDate(Math.min(day, last));
}

/** Days looked ahead for an open hour: no clinic that means to open again is closed for longer. */
const HORIZON_DAYS = 60;

/** A stretch of open time, ms; `end` is no longer in it. */
interface Open {
  readonly start: number;
  readonly end: number;
}

/** Open blocks from the local day of an instant on, in order; the first may have ended already. Holidays have none. */
function* openFrom(week: Week, zone: string, holidays: readonly string[], from: number): Generator<Open> {
  let day = dayOf(from, zone);
  for (let i = 0; i < HORIZON_DAYS; i++, day = nextDay(day)) {
    if (holidays.includes(day.date)) continue;
    for (const block of week[day.weekday] ?? []) {
      const [opens = "", closes = ""] = block.split("-");
      const start = instantOf(day.date, minutesOf(opens), zone);
      const end = instantOf(day.date, minutesOf(closes), zone);
      if (start < end) yield { start, end };
    }
  }
}

/**
 * When it is open next: `from` itself (ms) inside the hours, else the start of the next block.
 * @param holidays YYYY-MM-DD, closed all day @returns ms, or undefined where nothing opens within 60 days
 */
export function opensAt(week: Week, zone: string, holidays: readonly string[], from: number): number | undefined {
  for (const { start, end } of openFrom(week, zone, holidays, from)) if (from < end) return Math.max(from, start);
  return undefined;
}

/** Whether an instant (ms) lies in the hours of a week, by the local clock, and on no holiday. */
export const isOpen = (week: Week, zone: string, holidays: readonly string[], at: number): boolean =>
  opensAt(week, zone, holidays, at) === at;

/**
 * When the next open day after this one closes (ms): what is due "the next open day" is late after that.
 * @param holidays YYYY-MM-DD @returns a week from `from` where no day of the next 60 is open
 */
export function endOfNextOpenDay(week: Week, zone: string, holidays: readonly string[], from: number): number {
  const today = localDate(from, zone);
  let day: string | undefined;
  let closes = from + 7 * DAY;
  for (const { start, end } of openFrom(week, zone, holidays, from)) {
    const date = localDate(start, zone);
    if (date === today) continue;
    day ??= date;
    if (date !== day) break;
    closes = end;
  }
  return closes;
}

/**
 * When `minutes` of open time will have passed since `from`: "within two hours" asked on Friday at four is Monday morning.
 * @param from ms @param holidays YYYY-MM-DD, closed all day
 * @returns ms; where the table has no open hour in the next 60 days, plain time counts, so that nothing is ever never due
 */
export function afterOpenMinutes(week: Week, zone: string, holidays: readonly string[], from: number, minutes: number): number {
  let left = minutes * MINUTE;
  for (const open of openFrom(week, zone, holidays, from)) {
    const start = Math.max(from, open.start);
    if (open.end <= start) continue;
    if (left <= open.end - start) return start + left;
    left -= open.end - start;
  }
  return from + minutes * MINUTE;
}

/**
 * When one open day will have passed since `from`: as much open time as the day has on which it falls, or else the next open
 * one. Asked on Tuesday at ten it is Wednesday at ten; asked on a Saturday it is Monday's close.
 * @param from ms @param holidays YYYY-MM-DD, closed all day @returns ms
 */
export function afterOneOpenDay(week: Week, zone: string, holidays: readonly string[], from: number): number {
  const today = localDate(from, zone);
  let day: LocalDay = { date: today, weekday: DAYS[new Date(`${today}T12:00:00Z`).getUTCDay()] ?? "sun" };
  for (let i = 0; i < 60; i++, day = nextDay(day)) {
    const blocks = holidays.includes(day.date) ? [] : (week[day.weekday] ?? []);
    const minutes = blocks.reduce((sum, block) => sum + minutesOf(block.slice(6)) - minutesOf(block.slice(0, 5)), 0);
    if (minutes > 0) return afterOpenMinutes(week, zone, holidays, from, minutes);
  }
  return from + DAY;
}
