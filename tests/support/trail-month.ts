/**
 * November 2026 at an invented clinic: some four thousand ordinary events in which nothing is out of order, and planted among them
 * what each question must find, and what it must not take for it. What was planted is told, so that a test can expect it.
 */
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
  tell.replied(hasty, next("2026-11-18", "09:34"), DESK_2);
  tell.claimed(hasty, next("2026-11-18", "09:40"), DESK_2);
  tell.resolved(hasty, next("2026-11-18", "09:41"), DESK_2);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 2;

  // Not filed: spam, said so; nothing said; still open at the end of the month.
  const spam = fresh();
  tell.received(spam, next("2026-11-19", "09:05"));
  tell.claimed(spam, next("2026-11-19", "09:06"), DESK_1);
  tell.resolved(spam, next("2026-11-19", "09:35"), DESK_1, ["none-needed", "not-filed-spam"], false);
  waits["front-desk"] = (waits["front-desk"] ?? 0) + 1;

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
    return minutes;
  });
  const open = fresh("clinic-manager");
  tell.received(open, next("2026-11-27", "15:00"));

  // No contact, with a text that left all the same; lifted later. Facts. An incident somebody looked at, and one that nobody did.
  const quiet = fresh();
  const noContact = (day: string, type: "patient.no-contact" | "patient.contact-allowed", why: "safety" | "no-longer-needed"): void =>
    made.add(`pat/${quiet.patient}`, next(day, "12:00"), { type, patient: quiet.patient, why: [why] }, PRIVACY, "no-contact");
  noContact("2026-11-10", "patient.no-contact", "safety");
  const leaked = tell.accepted(quiet, next("2026-11-12", "12:00"), REMINDERS, "appointment-reminder");
  tell.left(quiet, leaked, next("2026-11-12", "12:01"));
  tell.ended(quiet, leaked, next("2026-11-12", "12:02"), "message.delivered");
  noContact("2026-11-24", "patient.contact-allowed", "no-longer-needed");
  const allowed = tell.accepted(quiet, next("2026-11-25", "12:00"), REMINDERS, "appointment-reminder");
  tell.left(quiet, allowed, next("2026-11-25", "12:01"));
  tell.ended(quiet, allowed, next("2026-11-25", "12:02"), "message.delivered");
  made.add("sys/facts", next("2026-11-26", "07:30"), { type: "clinic.closed", now: "closed" }, MANAGER, "change-facts");
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
    }
    return message;
  };
  const failed = {
    done: failing("2026-11-04", "message.undelivered", "carrier-unreachable", "done"),
    waits: failing("2026-11-05", "message.undelivered", "carrier-unreachable", "waits"),
    untold: failing("2026-11-06", "message.unknown", "no-answer", "untold"),
  };
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
    incidents: { seen: seenIncident, unseen: unseenIncident },
    failed,
  };
}
