import { describe, expect, test } from "vitest";
import { loadClinic, reviewClinic } from "../../lib/clinic.ts";
import { clinicReport } from "../../lib/clinic-report.ts";
import { change, copy, SHIPPED } from "./support/clinic-copy.ts";

const TODAY = "2026-11-25";
/** Noon of a day in Alberta. */
const noon = (day: string): number => Date.parse(`${day}T18:00:00Z`);
/** What is advised, without the advice of the shipped texts' cost. */
const advised = (dir: string, today = TODAY): readonly string[] => {
  const shipped = new Set(reviewClinic(SHIPPED, noon(TODAY)).advice.map((each) => each.says));
  return reviewClinic(dir, noon(today))
    .advice.map((each) => each.says)
    .filter((says) => !shipped.has(says));
};

test("at a glance: hours, cover, rules, teams, what is texted and what not, the price of each text, wordings and the hash", () => {
  const { clinic, advice, today } = reviewClinic(SHIPPED, noon(TODAY));
  expect(today).toBe(TODAY);
  const report = clinicReport(clinic, advice, today).split("\n");
  for (const line of [
    "Prairie Ridge Clinic (prairie-ridge, fictitious): nothing to mend.",
    "stage          trial: texts leave only to +1403555*, +1780555*, +1587555*",
    "reads texts    mon-wed 08:00-16:30, thu 08:00-19:00, fri 08:00-16:00; America/Edmonton",
    "nobody reads   mon-fri 00:00-08:00 and 22:00-24:00, sat-sun 00:00-24:00",
    "may override   physician, nurse-practitioner; read the next open day by privacy-officer, clinic-manager",
    "rules          ca-ab (law as of 2026-11-22)",
    "  front-desk             answers within 2 open h, then clinic-manager",
    "texts about (15)         purpose         level  risk   looked at by",
    "  closure                administration  1      1 × 1  2027-11-20  in bulk  neutral  at any hour",
    "  test-results           The clinician phones the patient, or books a visit.",
    "  appointment-change/please-call             en 1 part, 1.3 US cents; fr 1 part, 1.3 US cents",
    "  texting-recall/v1        en  recall; approved 2026-10-01",
    `hash ${loadClinic(SHIPPED).hash}`,
    "not approved yet: going live needs this hash in approval.yaml, with custodian, date and pia",
  ])
    expect(report).toContain(line);
});

test("a clinic under the United States' rules sees them, the clinic's own hours narrowed, and the day on which one changes", () => {
  const dir = copy();
  change(dir, "clinic.yaml", "packs: [ca-ab]", "packs: [us, ca-ab]");
  // One of the shipped texts is longer than this pack allows.
  change(
    dir,
    "scenarios.yaml",
    "If it does not suit, call {phone}. Reply STOP for no more texts.",
    "Questions: {phone}. Reply STOP for no more texts.",
  );
  change(dir, "clinic.yaml", 'sun: ["09:00-18:00"]', 'sun: ["07:00-22:00"]');
  expect(advised(dir)).toEqual([
    "us/hours narrows the hours in which texts arrive to 08:00-21:00",
    expect.stringMatching(/^from 2027-01-31 us\/revoke-all-waived counts no more: /),
    expect.stringMatching(/^from 2027-01-31 us\/revoke-all counts: A revocation ends every text/),
  ]);
  const report = (today: string): string => clinicReport(loadClinic(dir), [], today);
  expect(report(TODAY)).toContain(
    "STOP ends every text to the number; texts arrive 08:00-21:00; at most 160 characters; 1 a day; 3 a week",
  );
});

describe("advice, which stops nothing:", () => {
  test("a review that is past, and one that is near", () => {
    const [past, near] = ["2027-11-21", "2027-04-21"].map((today) => advised(copy(), today).filter((says) => says.includes("review")));
    expect(past).toContain(
      "appointment-reminder: its review was due on 2027-11-20, so the gate sends nothing and tells staff to ask the privacy officer; Lead receptionist looks at it",
    );
    expect(past).toHaveLength(22);
    expect(near).toEqual(
      ["basic-instructions", "patient-question", "referral-booked"].map((id) =>
        expect.stringContaining(`${id}: its review is due on 2027-05-20;`),
      ),
    );
  });

  test("an accent that makes a text dear is named, with a spelling that does not", () => {
    const dir = copy();
    change(dir, "replies.yaml", "Textez ARRET pour ne plus en recevoir.", "Textez ARRÊT pour ne plus en recevoir.");
    expect(advised(dir)).toEqual([
      "consents-restored: French: Ê forces UCS-2: 2 parts, 2.6 US cents; without, 1 part, 1.3 US cents; write ARRET for ARRÊT",
    ]);
  });

  test("a word processor's signs are named too", () => {
    const dir = copy();
    change(dir, "replies.yaml", "Our line: {phone}.", "We’re at {phone} … “always”.");
    expect(advised(dir)).toEqual([
      'after-hours: English: ’ … “ ” forces UCS-2: 3 parts, 3.9 US cents; without, 1 part, 1.3 US cents; write We\'re for We’re, ... for …, "always" for “always”',
    ]);
  });

  test("a text of several parts says how long it is", () => {
    const dir = copy();
    change(dir, "replies.yaml", "Our line: {phone}.", "You can also call us at any time on our line, which is {phone}.");
    expect(advised(dir)).toEqual([
      expect.stringMatching(/^after-hours: English: 2 parts, 2.6 US cents; \d+ characters, of which one part holds 160$/),
    ]);
  });

  test("a review and an approval of tomorrow, an approval of something else, a trial without numbers, answered violence, no holidays ahead", () => {
    const dir = copy();
    change(dir, "clinic.yaml", /trialNumbers: .*/, "trialNumbers: []");
    change(dir, "clinic.yaml", "silentEmergencies: [violence]", "silentEmergencies: [bleeding]");
    change(dir, "clinic.yaml", /holidays: .*/, 'holidays: ["2026-07-01"]');
    change(dir, "approval.yaml", "fictitious: true", "fictitious: false");
    change(dir, "approval.yaml", /date: .*/, 'date: "2026-11-26"');
    change(dir, "scenarios.yaml", 'reviewed: "2026-11-20"', 'reviewed: "2026-11-26"');
    expect(advised(dir)).toEqual([
      "appointment-reminder: was looked at on 2026-11-26, which is still to come",
      "on trial, and no number is on the trial list: no text leaves at all",
      `approves other decisions than these; before going live, have them read again and write hash: ${loadClinic(dir).hash}`,
      "is dated 2026-11-26, which is still to come",
      "no holiday of the next 180 days is listed; on those days texts would look as if somebody read them",
      "a text about an emergency of the kind bleeding pages somebody and is never answered",
      "a text about violence is answered; the answer may be read by the person who is violent",
    ]);
  });

  test("a pack whose sources nobody has read for a year", () => {
    expect(advised(copy(), "2027-11-22").filter((says) => says.includes("sources"))).toEqual([]);
    expect(advised(copy(), "2027-11-23").filter((says) => says.includes("sources"))).toEqual([
      "ca-ab was last compared with its sources on 2026-11-22; have somebody read them again",
    ]);
  });
});
