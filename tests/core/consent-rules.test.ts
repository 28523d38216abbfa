/** What each record makes of what is held, when it runs out, which wording may be agreed to, and when a proxy is looked at first. */
import { describe, expect, test } from "vitest";
import { consentRefusal, folded, isApproved, renewalAfter, withConsents } from "../../lambdas/core/consent.ts";
import type { ConsentItem, Effective, LinkItem } from "../../lambdas/core/items.ts";
import { link, number, patient } from "../support/facts.ts";
import { clinic, DAY, START } from "../support/world.ts";

const record = (decision: ConsentItem["decision"], more: Partial<ConsentItem> = {}): ConsentItem =>
  ({ id: `con_${decision}`, decision, purposes: ["appointments"], counted: true, agreedAt: START, ...more }) as ConsentItem;
const granted: Effective = { status: "granted", number: "N#1", wording: "basics/v1", agreedAt: START - DAY, epoch: 2, record: "con_1" };
const made = (held: Effective | undefined, given: ConsentItem): Effective | undefined =>
  folded(held ? { appointments: held } : {}, given)["appointments"];

describe("a record", () => {
  test("that does not count changes nothing", () => {
    expect(made(granted, record("withdrawn", { counted: false }))).toEqual(granted);
  });

  test("of a withdrawal stands as new as the agreement that it ends, and where nothing was held too", () => {
    expect(made(granted, record("withdrawn"))).toEqual({ ...granted, status: "withdrawn", agreedAt: START, record: "con_withdrawn" });
    const late = record("withdrawn", { agreedAt: START - 9 * DAY });
    expect(made(granted, late)).toMatchObject({ status: "withdrawn", agreedAt: START - DAY });
    expect(made(undefined, record("withdrawn"))).toEqual({
      ...{ status: "withdrawn", number: "", wording: "", agreedAt: START, epoch: 0, record: "con_withdrawn" },
    });
  });

  test("of a confirmation adds to what is held, and to nothing", () => {
    expect(made(granted, record("confirmed", { until: 7 }))).toEqual({ ...granted, confirmedAt: START, until: 7 });
    expect(made({ ...granted, until: 5 }, record("confirmed"))).toEqual({ ...granted, until: 5, confirmedAt: START });
    expect(made(undefined, record("confirmed"))).toBeUndefined();
  });

  test("of a START moves what is held to the number's new epoch, and nothing else", () => {
    expect(made(granted, record("restored", { epoch: 3 }))).toEqual({ ...granted, epoch: 3 });
    expect(made(granted, record("restored"))).toEqual(granted);
    expect(made(undefined, record("restored", { epoch: 3 }))).toBeUndefined();
  });

  test("of the same agreement, with more about it, is as confirmed as it was; of any other it is not", () => {
    const confirmed = { ...granted, confirmedAt: START - DAY / 2, until: START + DAY };
    const again = { number: "N#1", wording: "basics/v1", epoch: 2, agreedAt: START - DAY };
    expect(made(confirmed, record("granted", again))).toMatchObject({ confirmedAt: START - DAY / 2, until: START + DAY });
    const { until: _, ...endless } = confirmed;
    expect(made(endless, record("granted", again))).not.toHaveProperty("until");
    expect(made(confirmed, record("granted", { ...again, agreedAt: confirmed.confirmedAt }))).toHaveProperty("confirmedAt");
    for (const other of [{ number: "N#2" }, { wording: "basics/v2" }, { epoch: 3 }, { agreedAt: START }])
      expect(made(confirmed, record("granted", { ...again, ...other })), JSON.stringify(other)).not.toHaveProperty("confirmedAt");
    expect(made(confirmed, record("declined", again))).not.toHaveProperty("confirmedAt");
    expect(made({ ...confirmed, status: "withdrawn" }, record("granted", again))).not.toHaveProperty("confirmedAt");
  });
});

test("the next to run out is the soonest that is granted and has not; one that nobody was told of keeps its time", () => {
  const held = {
    a: { ...granted, until: START + 3 * DAY },
    b: { ...granted, until: START + 2 * DAY },
    c: { ...granted, status: "withdrawn" as const, until: START + DAY },
    d: { ...granted, until: START },
  };
  expect(renewalAfter("pat_1", held, START, clinic)).toBe(START + 2 * DAY);
  expect(renewalAfter("pat_1", { c: held.c, d: held.d }, START, clinic)).toBeUndefined();
  expect(withConsents(patient, held, START, clinic)).toEqual({ effective: held, ver: patient.ver + 1, renewAt: START + 2 * DAY });
  expect(withConsents({ ...patient, renewAt: START }, held, START, clinic).renewAt).toBe(START);
  expect(withConsents({ ...patient, renewAt: START + 1 }, held, START, clinic).renewAt).toBe(START + 2 * DAY);
});

test("a wording may be agreed to from the day of its approval until the day before it is withdrawn, by its version", () => {
  const wordings = [
    { id: "basics", version: 1, approved: { at: "2026-02-01" }, withdrawn: "2026-03-01" },
    { id: "basics", version: 2 },
    { id: "basics", version: 3, approved: { at: "2026-03-01" } },
  ] as never;
  const may = (wording: string, day: string): boolean => isApproved({ wordings }, wording, day);
  expect(["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"].map((day) => may("basics/v1", day))).toEqual([false, true, true, false]);
  expect([may("basics/v2", "2026-03-05"), may("basics/v3", "2030-01-01"), may("other/v3", "2026-03-05")]).toEqual([false, true, false]);
});

test("a guardian's or caregiver's authority is looked at on its day; the patient's own phone and another's link do not count", () => {
  const refusal = (...links: LinkItem[]): string | undefined =>
    consentRefusal(
      { ...granted, number: number.PK, epoch: number.epoch },
      { patient: "pat_1", number, links, clinic: { ...clinic, consentMonths: undefined } as never, now: START },
    );
  const reviewed = (who: LinkItem["relationship"], review: string | undefined, of = "pat_1", active = true): LinkItem =>
    ({ ...link(of, who, active), ...(review ? { review } : {}) }) as LinkItem;
  for (const who of ["guardian", "caregiver"] as const) {
    expect(refusal(reviewed(who, "2026-11-24")), who).toBe("proxy-review-due");
    expect(refusal(reviewed(who, "2026-11-25")), who).toBeUndefined();
    expect(refusal(reviewed(who, undefined)), who).toBeUndefined();
  }
  expect(refusal(reviewed("self", "2026-11-24"))).toBeUndefined();
  expect(refusal(reviewed("guardian", "2026-11-24", "pat_2"), link("pat_1"))).toBeUndefined();
  expect(refusal(reviewed("guardian", "2026-11-24", "pat_1", false), link("pat_1"))).toBeUndefined();
});
