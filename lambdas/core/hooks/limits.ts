import { ALLOW, type Hook, refuse, warn } from "../hook.ts";
import { localDate } from "../hours.ts";
import { rulesAt } from "../rules.ts";
import { leavesAt, zoneOf } from "./hours.ts";

/** A rolling week: what is counted is kept for so long. */
export const COUNTED_MS = 7 * 24 * 3_600_000;

/**
 * How many texts a number may get, by the packs (US: one a day and three a week, 47 CFR 64.1200(a)(9)(iv)), by the recipient's own
 * day and over any seven days. Answers, service texts and corrections neither count nor are counted.
 */
export const limits: Hook = {
  name: "limits",
  judge(facts) {
    const { kind, clinic, scenario, number, now } = facts;
    if (kind !== "consent" || scenario?.correction) return ALLOW;
    const at = leavesAt(facts) ?? now;
    const zone = zoneOf(facts);
    const week = (number?.counted ?? []).filter((each) => each > at - COUNTED_MS);
    const day = week.filter((each) => localDate(each, zone) === localDate(at, zone)).length;
    const { perDay, perWeek, warnPerDay } = rulesAt(clinic, at);
    if (perDay && day >= perDay.value) return refuse("limit-day");
    if (perWeek && week.length >= perWeek.value) return refuse("limit-week");
    return warnPerDay && day >= warnPerDay.value ? warn("many-today") : ALLOW;
  },
};
