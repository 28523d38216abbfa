/**
 * November 2026 at an invented clinic: some four thousand ordinary events in which nothing is out of order, and planted among them
 * what each question must find, and what it must not take for it. What was planted is told, so that a test can expect it.
 */
import type { Entry } from "../../lambdas/core/audit.ts";
import { acts, at, GATEWAY, handset, MINUTE, type Phone, person, phone, REMINDERS, type Trail, trail } from "./trail.ts";

const DESK = ["m.tremblay", "j.wong", "a.singh"].map((id) => person(id, "front-desk"));
const NURSES = ["k.larsen", "p.dubois", "r.chan"].map((id) => person(id, "nurse"));
const [DESK_1 = GATEWAY, DESK_2 = GATEWAY] = DESK;
const [NURSE_1 = GATEWAY, NURSE_2 = GATEWAY] = NURSES;
const PHYSICIAN = person("dr.adeyemi", "physician");
const PRIVACY = person("s.ostrowski", "privacy-officer");
const MANAGER = person("l.kovacs", "clinic-manager");
/** Reads what does not concern them. */
const CURIOUS = person("n.black", "nurse");

const DAYS = Array.from({ length: 30 }, (_, i) => `2026-11-${String(i + 1).padStart(2, "0")}`);
const workdays = DAYS.filter((day) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()));

/** Minutes of the day as HH:MM. */
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const ASSISTANTS = ["t.roy", "e.lund", "h.diaz", "w.ng"].map((id) => person(id, "assistant"));
/** Looks up one record after another. */
const BROWSER = person("o.haddad", "front-desk");

function ordinary(made: Trail, tell: ReturnType<typeof acts>): { phones: Phone[]; waits: Record<string, number> } {
  const phones = Array.from({ length: 40 }, (_, i) => phone(made, i % 2 === 0 ? "front-desk" : "nurses"));
  phones.forEach((who, i) => {
    tell.enrolled(who, at("2026-10-05", clock(9 * 60 + i)), DESK_1);
  });
  const waits: Record<string, number> = { "front-desk": 0, nurses: 0 };
  for (const [n, day] of workdays.entries()) {
    // Twelve texts a day, each answered within the hour; the staff of a team take turns.
    for (let i = 0; i < 12; i++) {
      const who = phones[(n * 12 + i * 3) % phones.length] as Phone;
      const staff = who.team === "nurses" ? NURSES : DESK;
      const by = staff[(n + i) % staff.length] as typeof DESK_1;
      const minutes = 9 * 60 + i * 15;
      const came = at(day, clock(minutes), Math.floor(made.random() * 50));
      const taken = came + MINUTE * (2 + Math.floor(made.random() * 6));
      tell.received(who, came);
      tell.claimed(who, taken, by);
      if (i % 3 > 0) tell.replied(who, taken + MINUTE, by);
      tell.resolved(who, taken + 2 * MINUTE, by, [i % 3 > 0 ? "answered" : "phoned"]);
      waits[who.team] = (waits[who.team] ?? 0) + 1;
    }
    // Reminders, for whoever has an appointment tomorrow.
    for (let i = 0; i < 14; i++) {
      const who = phones[(n * 14 + i) % phones.length] as Phone;
      const message = tell.accepted(who, at(day, "13:00", i), REMINDERS, "appointment-reminder");
      tell.left(who, message, at(day, "13:01", i));
      tell.ended(who, message, at(day, "13:01", i + 5), "message.delivered");
    }
  }
  return { phones, waits };
}

export function month(seed = 7) {
  const made = trail(seed);
  const tell = acts(made);
  const { waits } = ordinary(made, tell);
  const fresh = (team = "front-desk"): Phone => phone(made, team);
  const next = (day: string, time: string): number => at(day, time);

  // Who read: before anybody knew whose phone it is, then everything there is to read; a relative on the same phone; an earlier month.
  const read = fresh();
  const relative: Phone = { ...read, patient: made.id("pat") };
  made.add(`pat/${read.patient}`, next("2026-10-20", "09:00"), { type: "patient.viewed", patient: read.patient }, DESK_1, "read-patient");
  tell.received(read, next("2026-11-03", "10:00"), { anonymous: true, why: ["sender-unknown"] });
  tell.claimed(read, next("2026-11-03", "10:05"), DESK_2, { anonymous: true });
  made.add(
    `conv/${read.conversation}`,
    next("2026-11-03", "10:06"),
    {
      type: "conversation.linked",
      patient: read.patient,
      why: ["two-identifiers-by-voice", "self"],
      objects: [{ t: "number", id: read.number }],
    },
    DESK_2,
    "link-sender",
  );
  tell.resolved(read, next("2026-11-03", "10:08"), DESK_2, ["phoned"]);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 1;
  made.add(`pat/${read.patient}`, next("2026-11-04", "11:00"), { type: "patient.viewed", patient: read.patient }, NURSE_1, "read-patient");
  made.add(`pat/${read.patient}`, next("2026-11-05", "11:00"), { type: "consent.viewed", patient: read.patient }, PRIVACY, "read-consents");
  made.add(
    `pat/${read.patient}`,
    next("2026-11-05", "12:00"),
    { type: "message.rehearsed", patient: read.patient },
    DESK_1,
    "accept-message",
  );
  tell.received(relative, next("2026-11-06", "10:00"));
  tell.claimed(relative, next("2026-11-06", "10:03"), DESK_1);
  tell.resolved(relative, next("2026-11-06", "10:04"), DESK_1, ["phoned"]);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 1;

  // Refusals.
  const refused = [fresh(), fresh(), fresh()];
  for (const [i, who] of [...refused, ...refused.slice(0, 2)].entries())
    tell.refused(who, next("2026-11-09", clock(600 + i)), REMINDERS, ["consent-missing"], "appointment-reminder");
  for (const who of refused.slice(0, 2))
    tell.refused(who, next("2026-11-16", "09:30"), NURSE_1, ["opted-out", "consent-missing"], "recall");

  tell.refused(refused[0] as Phone, next("2026-10-09", "09:30"), NURSE_1, ["number-missing"], "recall");

  // After hours: a text on Sunday night and its automatic answer; a reminder that left too early; an evening answer by a person.
  const late = fresh();
  const req = made.request();
  tell.received(late, next("2026-11-08", "23:10"), { req });
  const automatic = tell.accepted(late, next("2026-11-08", "23:10"), handset(late.number), undefined, "receive-text", req);
  tell.left(late, automatic, next("2026-11-08", "23:11"));
  tell.ended(late, automatic, at("2026-11-08", "23:11", 9), "message.delivered");
  tell.claimed(late, next("2026-11-09", "08:10"), DESK_1);
  tell.replied(late, next("2026-11-09", "20:30"), DESK_1);
  tell.resolved(late, next("2026-11-09", "20:31"), DESK_1);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 1;
  const early = tell.accepted(late, next("2026-11-10", "06:00"), REMINDERS, "appointment-reminder");
  tell.left(late, early, next("2026-11-10", "06:01"));
  tell.ended(late, early, next("2026-11-10", "06:02"), "message.delivered");
  // Friday ends at four, Monday at half past; Thursday is long, and eight o'clock is open. An evening reminder may leave.
  const evening = fresh();
  const came = (day: string, time: string): void => tell.received(evening, next(day, time), { idle: true });
  for (const [day, time] of [
    ["2026-11-09", "16:30"],
    ["2026-11-10", "08:00"],
    ["2026-11-12", "18:30"],
    ["2026-11-13", "16:15"],
  ] as const)
    came(day, time);
  const permitted = tell.accepted(evening, next("2026-11-16", "17:00"), REMINDERS, "appointment-reminder");
  tell.left(evening, permitted, next("2026-11-16", "17:01"));
  tell.ended(evening, permitted, next("2026-11-16", "17:02"), "message.delivered");
  const holiday = fresh();
  tell.received(holiday, next("2026-12-25", "10:00"), { idle: true });

  // Opt-outs: one that works, a text still waiting cancelled; one after which a text left all the same and another crossed; one by desk.
  const stopped = fresh();
  const waiting = tell.accepted(stopped, next("2026-11-11", "09:00"), REMINDERS, "appointment-reminder");
  const optOut = (who: Phone, when: number, confirmed: number | undefined): void => {
    const request = made.request();
    tell.received(who, when, { why: ["word-stop"], delay: 2_500, req: request, idle: true });
    made.add(
      `num/${who.number}`,
      when,
      { type: "number.opted-out", why: ["word-stop"], was: "open", now: "stopped" },
      handset(who.number),
      "receive-text",
      request,
    );
    made.add(
      `pat/${who.patient}`,
      when,
      { type: "patient.paused", patient: who.patient, objects: [{ t: "number", id: who.number }] },
      handset(who.number),
      "receive-text",
      request,
    );
    const last = tell.accepted(who, when, handset(who.number), undefined, "receive-text", request);
    if (confirmed !== undefined) {
      tell.left(who, last, when + confirmed);
      tell.ended(who, last, when + confirmed + 3_000, "message.delivered");
    }
  };
  optOut(stopped, next("2026-11-11", "10:00"), 4_000);
  tell.ended(stopped, waiting, at("2026-11-11", "10:00", 6), "message.cancelled", ["cancelled-opt-out"]);
  const ignored = fresh();
  const crossed = tell.accepted(ignored, at("2026-11-12", "09:59", 58), REMINDERS, "appointment-reminder");
  tell.left(ignored, crossed, at("2026-11-12", "09:59", 59));
  optOut(ignored, next("2026-11-12", "10:00"), 5_000);
  const numberOf = [{ t: "number", id: ignored.number }] as const;
  made.add(
    `msg/${crossed}`,
    at("2026-11-12", "10:00", 1),
    { type: "message.crossed", why: ["crossed"], patient: ignored.patient, objects: numberOf },
    GATEWAY,
    "send-text",
  );
  tell.ended(ignored, crossed, at("2026-11-12", "10:00", 8), "message.delivered");
  const wrongly = tell.accepted(ignored, next("2026-11-13", "10:00"), REMINDERS, "appointment-reminder");
  tell.left(ignored, wrongly, next("2026-11-13", "10:01"));
  tell.ended(ignored, wrongly, next("2026-11-13", "10:02"), "message.delivered");
  made.add(
    `num/${ignored.number}`,
    next("2026-11-20", "10:00"),
    { type: "number.opened", was: "stopped", now: "open" },
    handset(ignored.number),
    "receive-text",
  );
  const welcome = tell.accepted(ignored, next("2026-11-20", "10:01"), REMINDERS, "appointment-reminder");
  tell.left(ignored, welcome, next("2026-11-20", "10:02"));
  tell.ended(ignored, welcome, next("2026-11-20", "10:03"), "message.delivered");
  // Again, and undone by staff; and a number with two texts before its STOP, whose confirmation never left.
  const again = next("2026-11-25", "10:00");
  optOut(ignored, again, 6_000);
  const undone = { type: "number.undone", why: ["spoke-by-phone"], was: "stopped", now: "open" } as const;
  made.add(`num/${ignored.number}`, next("2026-11-26", "10:00"), undone, DESK_2, "undo-opt-out");
  const unconfirmed = fresh();
  tell.received(unconfirmed, next("2026-11-16", "09:10"), { idle: true });
  tell.received(unconfirmed, next("2026-11-16", "09:12"), { idle: true });
  optOut(unconfirmed, next("2026-11-16", "10:30"), undefined);
  const byDesk = fresh();
  made.add(
    `num/${byDesk.number}`,
    next("2026-11-17", "14:00"),
    { type: "number.opted-out", why: ["by-phone"], was: "open", now: "stopped" },
    DESK_1,
    "revoke-consent",
  );

  // Answers without a view: a resolution nobody read for, a claim without its view, a reply that missed a newer text.
  const blind = fresh();
  tell.received(blind, next("2026-11-18", "09:05"));
  tell.claimed(blind, next("2026-11-18", "09:10"), DESK_1, { unseen: true });
  tell.resolved(blind, next("2026-11-18", "09:11"), DESK_1, ["phoned"]);
  const hasty = fresh();
  tell.received(hasty, next("2026-11-18", "09:30"));
  tell.claimed(hasty, next("2026-11-18", "09:32"), DESK_2);
  tell.received(hasty, next("2026-11-18", "09:33"));
  tell.received(hasty, at("2026-11-18", "09:33", 20));
  tell.replied(hasty, next("2026-11-18", "09:34"), DESK_2);
  tell.claimed(hasty, next("2026-11-18", "09:40"), DESK_2);
  tell.resolved(hasty, next("2026-11-18", "09:41"), DESK_2);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 2;

  // Not filed: spam, said so; nothing said; still open at the end of the month.
  const spam = fresh();
  tell.received(spam, next("2026-11-19", "09:05"));
  tell.received(spam, at("2026-11-19", "09:05", 30));
  tell.claimed(spam, next("2026-11-19", "09:06"), DESK_1);
  tell.resolved(spam, next("2026-11-19", "09:35"), DESK_1, ["none-needed", "not-filed-spam"], false);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 1;

  // A phone of two patients, and one of nobody known: both resolved, and nothing said of filing; the second filed when it wrote again.
  const shared = fresh();
  tell.received(shared, next("2026-11-19", "10:05"));
  tell.claimed({ ...shared, patient: made.id("pat") }, next("2026-11-19", "10:06"), DESK_1);
  tell.resolved(shared, next("2026-11-19", "10:08"), DESK_1, ["none-needed"], false);
  const nobody = fresh();
  tell.received(nobody, next("2026-11-19", "10:15"), { anonymous: true });
  tell.claimed(nobody, next("2026-11-19", "10:16"), DESK_2, { anonymous: true });
  tell.resolved(nobody, next("2026-11-19", "10:18"), DESK_2, ["none-needed"], false, true);
  tell.received(nobody, next("2026-11-19", "10:25"), { anonymous: true });
  tell.claimed(nobody, next("2026-11-19", "10:26"), DESK_2, { anonymous: true });
  tell.resolved(nobody, next("2026-11-19", "10:28"), DESK_2, ["none-needed"], true, true);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 3;

  // Overrides and acknowledgements: read in time, read late, missed, waiting, and read by the sender alone.
  const vouched = (type: "message.overridden" | "message.acknowledged", day: string, why: "outside-hours" | "drug", by: typeof DESK_1) => {
    const who = fresh();
    const message = tell.accepted(who, next(day, "09:50"), by, "basic-instructions");
    const note = `${who.conversation}.${made.id("m").slice(2)}`;
    made.add(
      `msg/${message}`,
      next(day, "09:50"),
      { type, why: [why], patient: who.patient, objects: [{ t: "note", id: note }] },
      by,
      "accept-message",
    );
    tell.left(who, message, next(day, "09:51"));
    tell.ended(who, message, next(day, "09:52"), "message.delivered");
    return { message, patient: who.patient };
  };
  const secondRead = (
    { message, patient }: { message: string; patient: string },
    when: number,
    by: typeof DESK_1,
    why: "overridden" | "acknowledged",
  ): void => made.add(`msg/${message}`, when, { type: "message.second-read", why: [why], patient }, by, "second-read");
  const missed = ({ message, patient }: { message: string; patient: string }, when: number): void =>
    made.add(`msg/${message}`, when, { type: "message.second-reading-missed", patient, out: 4 }, GATEWAY, "sweep");
  const inTime = vouched("message.overridden", "2026-11-02", "outside-hours", PHYSICIAN);
  secondRead(inTime, next("2026-11-02", "15:50"), PRIVACY, "overridden");
  const tooLate = vouched("message.acknowledged", "2026-11-03", "drug", NURSE_1);
  missed(tooLate, next("2026-11-04", "17:00"));
  secondRead(tooLate, next("2026-11-05", "09:50"), MANAGER, "acknowledged");
  missed(tooLate, next("2026-11-06", "17:00"));
  secondRead(inTime, next("2026-11-03", "09:50"), MANAGER, "overridden");
  const never = vouched("message.overridden", "2026-11-23", "outside-hours", PHYSICIAN);
  missed(never, next("2026-11-24", "17:00"));
  const alone = vouched("message.acknowledged", "2026-11-30", "drug", NURSE_2);
  secondRead(alone, next("2026-11-30", "09:55"), NURSE_2, "acknowledged");

  // Unusual reading: a nurse who opens forty conversations and puts each back; a colleague answers them.
  const opened = 40;
  for (let i = 0; i < opened; i++) {
    const who = fresh("nurses");
    const day = workdays[i % workdays.length] as string;
    tell.received(who, next(day, clock(9 * 60 + 45 + i)));
    tell.claimed(who, next(day, clock(9 * 60 + 47 + i)), CURIOUS);
    tell.released(who, at(day, clock(9 * 60 + 47 + i), 40), CURIOUS);
    tell.claimed(who, next(day, clock(9 * 60 + 50 + i)), NURSES[i % 3] as typeof DESK_1);
    tell.resolved(who, next(day, clock(9 * 60 + 51 + i)), NURSES[i % 3] as typeof DESK_1, ["phoned"]);
    waits["nurses"] = (waits["nurses"] ?? 0) + 1;
  }

  // Assistants who open a few, and do something about each that is no answer; one of them tries texts out without sending them.
  for (let i = 0; i < 8; i++) {
    const who = fresh("nurses");
    const when = next("2026-11-17", clock(9 * 60 + 5 * i));
    const by = ASSISTANTS[i % 4] as typeof DESK_1;
    tell.received(who, when);
    tell.claimed(who, when + MINUTE, by);
    const chain = `conv/${who.conversation}`;
    const about = { patient: who.patient };
    const then = when + 2 * MINUTE;
    const number = [{ t: "number", id: who.number }] as const;
    if (i % 4 === 0) tell.replied(who, then, by);
    if (i % 4 === 1)
      made.add(chain, then, { type: "conversation.moved", ...about, was: "nurses", now: "front-desk" }, by, "move-conversation");
    if (i % 4 === 2)
      made.add(chain, then, { type: "conversation.linked", ...about, why: ["called-back", "self"], objects: number }, by, "link-sender");
    if (i % 4 === 3) made.add(chain, then, { type: "task.closed", ...about, why: ["not", "spoke-by-phone"] }, by, "decide-opt-out");
    tell.claimed(who, when + 3 * MINUTE, NURSE_1);
    tell.resolved(who, when + 4 * MINUTE, NURSE_1, ["phoned"]);
    for (let n = 0; n < 12 && i === 0; n++)
      made.add(`pat/${who.patient}`, then + n * MINUTE, { type: "message.rehearsed", ...about }, by, "accept-message");
    waits["nurses"] = (waits["nurses"] ?? 0) + 1;
  }
  // The only physician opens twelve conversations, one of them twice, answers two and puts ten back.
  for (let i = 0; i < 12; i++) {
    const who = fresh("nurses");
    const when = next("2026-11-24", clock(9 * 60 + 5 * i));
    tell.received(who, when);
    tell.claimed(who, when + MINUTE / 2, PHYSICIAN);
    if (i === 0) tell.claimed(who, when + MINUTE, PHYSICIAN);
    if (i < 2) tell.replied(who, when + 2 * MINUTE, PHYSICIAN);
    const by = i < 2 ? PHYSICIAN : NURSE_2;
    if (i >= 2) {
      tell.released(who, when + MINUTE, PHYSICIAN);
      tell.claimed(who, when + 3 * MINUTE, by);
    }
    tell.resolved(who, when + 4 * MINUTE, by, ["phoned"]);
    waits["nurses"] = (waits["nurses"] ?? 0) + 1;
  }

  // And somebody at the desk who looks up two hundred and forty records.
  const looked = 240;
  const strangers = Array.from({ length: looked / 2 }, () => fresh());
  for (let i = 0; i < looked; i++) {
    const { patient } = strangers[i % strangers.length] as Phone;
    made.add(
      `pat/${patient}`,
      next(workdays[i % workdays.length] as string, clock(14 * 60 + (i % 60))),
      { type: "patient.viewed", patient },
      BROWSER,
      "read-patient",
    );
  }

  // Slow answers: a team with waits of 10, 20, 30, 60 and 600 minutes, the last passed on and a claim lapsed, and one that still waits.
  const slow = [10, 20, 30, 60, 600].map((minutes) => {
    const who = fresh("clinic-manager");
    const came = next("2026-11-25", "08:20");
    tell.received(who, came);
    const team = [{ t: "team", id: "clinic-manager" }] as const;
    const mark = (type: "conversation.overdue" | "conversation.lapsed", when: number): void =>
      made.add(`conv/${who.conversation}`, when, { type, patient: who.patient, objects: team }, GATEWAY, "sweep");
    if (minutes === 600) {
      tell.claimed(who, came + 20 * MINUTE, MANAGER);
      mark("conversation.overdue", came + 60 * MINUTE);
      mark("conversation.lapsed", came + 80 * MINUTE);
    }
    // A second text of the same wait does not count twice.
    if (minutes === 60) tell.received(who, came + MINUTE);
    tell.claimed(who, came + (minutes - 1) * MINUTE, MANAGER);
    tell.resolved(who, came + minutes * MINUTE, MANAGER, ["phoned"]);
    // After the answer nothing counts any more.
    if (minutes === 10) mark("conversation.overdue", came + 11 * MINUTE);
    return minutes;
  });
  const open = fresh("clinic-manager");
  tell.received(open, next("2026-11-27", "15:00"));
  const passed = (who: Phone, type: "conversation.escalated" | "conversation.overdue" | "conversation.lapsed", when: number): void =>
    made.add(`conv/${who.conversation}`, when, { type, patient: who.patient, objects: [{ t: "team", id: who.team }] }, GATEWAY, "sweep");
  passed(open, "conversation.escalated", next("2026-11-27", "15:59"));
  passed(open, "conversation.lapsed", at("2026-11-27", "15:59", 1));
  // A team that has answered nobody; and one wait whose claim lapsed only after its answer.
  const unmanned = fresh("reception-two");
  tell.received(unmanned, next("2026-11-27", "15:10"));

  // No contact, with a text that left all the same; lifted later. Facts. An incident somebody looked at, and one that nobody did.
  const quiet = fresh();
  const noContact = (day: string, type: "patient.no-contact" | "patient.contact-allowed", why: "safety" | "no-longer-needed"): void =>
    made.add(`pat/${quiet.patient}`, next(day, "12:00"), { type, patient: quiet.patient, why: [why] }, PRIVACY, "no-contact");
  noContact("2026-11-10", "patient.no-contact", "safety");
  for (const day of ["2026-11-12", "2026-11-13"]) {
    const leaked = tell.accepted(quiet, next(day, "12:00"), REMINDERS, "appointment-reminder");
    tell.left(quiet, leaked, next(day, "12:01"));
    tell.ended(quiet, leaked, next(day, "12:02"), "message.delivered");
  }
  noContact("2026-11-24", "patient.contact-allowed", "no-longer-needed");
  const allowed = tell.accepted(quiet, next("2026-11-25", "12:00"), REMINDERS, "appointment-reminder");
  tell.left(quiet, allowed, next("2026-11-25", "12:01"));
  tell.ended(quiet, allowed, next("2026-11-25", "12:02"), "message.delivered");
  made.add("sys/facts", next("2026-11-26", "07:30"), { type: "clinic.closed", now: "closed" }, MANAGER, "change-facts");
  made.add("sys/facts", next("2026-11-26", "07:31"), { type: "clinic.on-call", now: "as-written" }, MANAGER, "change-facts");
  made.add("sys/facts", next("2026-12-01", "07:30"), { type: "clinic.closed", now: "as-written" }, MANAGER, "change-facts");
  // Set again and not lifted; one patient to whom nothing left; and whatever else people change by hand.
  noContact("2026-11-26", "patient.no-contact", "safety");
  noContact("2026-11-28", "patient.contact-allowed", "no-longer-needed");
  const silent = fresh();
  const byHand = (chain: string, time: string, entry: Entry): void => made.add(chain, next("2026-11-30", time), entry, PRIVACY, "by-hand");
  const about = { patient: silent.patient };
  const own = [{ t: "number", id: silent.number }] as const;
  byHand(`pat/${silent.patient}`, "12:00", { type: "patient.no-contact", ...about, why: ["safety"] });
  byHand(`pat/${silent.patient}`, "12:01", { type: "patient.changed", ...about, why: ["language"] });
  byHand(`pat/${silent.patient}`, "12:02", { type: "patient.number-ended", ...about, why: ["changed"], objects: own });
  byHand(`pat/${silent.patient}`, "12:03", { type: "patient.number-wrong", ...about, objects: own });
  byHand(`num/${silent.number}`, "12:04", { type: "number.no-contact", ...about, why: ["safety"] });
  byHand(`num/${silent.number}`, "12:05", { type: "number.contact-allowed", ...about, why: ["no-longer-needed"] });
  const doubted = [{ t: "message", id: `${silent.conversation}.${made.id("m").slice(2)}` }] as const;
  byHand(`num/${silent.number}`, "12:06", { type: "number.pause-decided", why: ["not", "spoke-by-phone"], objects: doubted });
  const incident = (day: string, seen: boolean): string => {
    const who = fresh();
    const id = made.id("inc");
    const objects = [
      { t: "number", id: who.number },
      { t: "message", id: `${who.conversation}.${made.id("m").slice(2)}` },
    ] as const;
    made.add(
      `inc/${id}`,
      next(day, "14:00"),
      { type: "incident.opened", why: ["wrong-number"], objects, now: "draft" },
      handset(who.number),
      "receive-text",
    );
    made.add(`inc/${id}`, next(day, "14:01"), { type: "incident.listed", objects: [{ t: "texts", id: "3" }] }, GATEWAY, "sweep");
    if (seen) made.add(`inc/${id}`, next(day, "15:00"), { type: "incident.viewed" }, PRIVACY, "read-incident");
    return id;
  };
  const seenIncident = incident("2026-11-13", true);
  const unseenIncident = incident("2026-11-19", false);

  // Consents: old ones, a withdrawn one, one asked and not answered, one stopped since, one restored.
  const granted = (day: string): Phone => {
    const who = fresh();
    tell.consent(who, next(day, "10:00"), "consent.granted", DESK_1, ["recalls"]);
    return who;
  };
  granted("2024-10-01");
  granted("2025-08-15");
  granted("2026-10-15");
  tell.consent(granted("2026-09-15"), next("2026-11-05", "10:00"), "consent.withdrawn", DESK_1, ["recalls"]);
  tell.consent(fresh(), next("2026-11-05", "11:00"), "consent.asked", DESK_1, ["recalls"]);
  const pause = (who: Phone, day: string): void =>
    made.add(
      `pat/${who.patient}`,
      next(day, "10:30"),
      { type: "patient.paused", patient: who.patient, objects: [{ t: "number", id: who.number }] },
      handset(who.number),
      "receive-text",
    );
  pause(granted("2026-10-20"), "2026-11-06");
  const restored = granted("2026-10-21");
  pause(restored, "2026-11-06");
  tell.consent(restored, next("2026-11-07", "10:00"), "consent.restored", handset(restored.number), ["recalls"]);
  const told = (type: "consent.confirmed" | "consent.declined" | "consent.denied", person: boolean): void => {
    const who = fresh();
    tell.consent(who, next("2026-11-03", "11:00"), type, person ? DESK_1 : handset(who.number), ["feedback"]);
  };
  told("consent.confirmed", false);
  told("consent.declined", true);
  told("consent.denied", false);
  // Confirmed, restored and stopped again; a pause before the consent and one after it.
  const thrice = granted("2026-10-22");
  pause(thrice, "2026-10-01");
  tell.consent(thrice, next("2026-11-07", "11:00"), "consent.confirmed", handset(thrice.number), ["recalls"]);
  pause(thrice, "2026-11-08");
  const twice = granted("2026-10-23");
  pause(twice, "2026-10-24");
  tell.consent(twice, next("2026-11-07", "11:00"), "consent.restored", handset(twice.number), ["recalls"]);
  pause(twice, "2026-11-08");
  const purpose = [{ t: "purpose", id: "recalls" }] as const;
  const taken = granted("2026-10-25");
  const revoked: Entry = {
    type: "consent.revoked",
    patient: taken.patient,
    why: ["email", "after-2-business-days"],
    objects: purpose,
    consent: made.id("con"),
  };
  made.add(`pat/${taken.patient}`, next("2026-11-09", "11:00"), revoked, DESK_1, "revoke-consent");
  const old = granted("2024-10-25");
  made.add(
    `pat/${old.patient}`,
    next("2026-11-09", "11:30"),
    { type: "consent.lapsed", patient: old.patient, why: ["consent-expired"], objects: purpose },
    GATEWAY,
    "sweep",
  );
  // What comes after the month is not yet so.
  tell.consent(taken, next("2026-12-03", "10:00"), "consent.granted", DESK_1, ["recalls"]);
  pause(granted("2026-10-24"), "2026-12-02");

  // Deliveries that failed: one with a task done, one with a task waiting, one nobody was told of; and one that arrived after all.
  const failing = (
    day: string,
    type: "message.undelivered" | "message.unknown",
    why: "carrier-unreachable" | "no-answer",
    more: "done" | "waits" | "untold" | "arrived",
  ) => {
    const who = fresh();
    const message = tell.accepted(who, next(day, "13:10"), REMINDERS, "appointment-reminder");
    tell.left(who, message, next(day, "13:11"));
    tell.ended(who, message, next(day, "13:12"), type, [why]);
    if (more === "arrived") tell.ended(who, message, next(day, "13:20"), "message.delivered");
    if (more === "done" || more === "waits") tell.task(who, message, next(day, "13:12"), ["phone-instead"]);
    if (more === "done") {
      tell.claimed(who, next(day, "13:40"), DESK_1);
      tell.resolved(who, next(day, "13:42"), DESK_1, ["phoned"]);
      tell.claimed(who, next(day, "14:40"), DESK_1);
      tell.resolved(who, next(day, "14:42"), DESK_1, ["phoned"]);
    }
    return message;
  };
  const failed = {
    done: failing("2026-11-04", "message.undelivered", "carrier-unreachable", "done"),
    waits: failing("2026-11-05", "message.undelivered", "carrier-unreachable", "waits"),
    untold: failing("2026-11-06", "message.unknown", "no-answer", "untold"),
  };
  failing("2026-10-30", "message.undelivered", "carrier-unreachable", "untold");
  // Of each kind one: stale, not taken, never known; the first under an acknowledgement, the last an answer under no scenario.
  const stale = fresh();
  const staleText = tell.accepted(stale, next("2026-11-10", "13:10"), REMINDERS, "recall");
  const reason = [{ t: "note", id: `${stale.conversation}.${made.id("m").slice(2)}` }] as const;
  made.add(
    `msg/${staleText}`,
    next("2026-11-10", "13:10"),
    { type: "message.acknowledged", why: ["drug"], patient: stale.patient, objects: reason },
    NURSE_1,
    "reply",
  );
  secondRead({ message: staleText, patient: stale.patient }, next("2026-11-10", "14:10"), PRIVACY, "acknowledged");
  tell.ended(stale, staleText, next("2026-11-10", "14:00"), "message.expired", ["expired"]);
  const refusedThere = fresh();
  const notTaken = tell.accepted(refusedThere, next("2026-11-11", "13:10"), REMINDERS, "recall");
  tell.ended(refusedThere, notTaken, next("2026-11-11", "13:11"), "message.failed", ["carrier-unreachable"]);
  const unsure = fresh();
  const unsettled = tell.accepted(unsure, next("2026-11-12", "13:10"), DESK_1);
  const lost: Entry = { type: "message.unsettled", out: 8, patient: unsure.patient, now: "unknown", why: ["no-answer"] };
  made.add(`msg/${unsettled}`, next("2026-11-12", "13:30"), lost, GATEWAY, "sweep");
  failing("2026-11-09", "message.unknown", "no-answer", "arrived");

  return {
    trail: made,
    people: { CURIOUS, PRIVACY, MANAGER, PHYSICIAN },
    read,
    relative,
    refused,
    late: { ...late, automatic, early },
    holiday,
    stopped,
    ignored,
    byDesk,
    blind,
    hasty,
    spam,
    open,
    second: { inTime, tooLate, never, alone },
    opened,
    looked,
    slow,
    waits,
    quiet,
    silent,
    incidents: { seen: seenIncident, unseen: unseenIncident },
    failed: { ...failed, stale: staleText, notTaken, unsettled },
    unconfirmed,
    unmanned,
    shared,
    nobody,
  };
}
