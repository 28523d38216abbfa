import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportFiles } from "../../bin/export/files.ts";
import { type Opened, openExport } from "../../bin/export/open.ts";
import { writeParquet } from "../../bin/export/parquet.ts";
import { printed } from "../../bin/export/print.ts";
import { hoursOf } from "../../bin/export/tables.ts";
import { leafHash } from "../../lambdas/core/audit.ts";
import { localDate, localTime } from "../../lambdas/core/hours.ts";
import { ulidTime } from "../../lambdas/core/ulid.ts";
import { loadClinic } from "../../lib/clinic.ts";
import { type Answer, answersTo, QUESTIONS, questionNamed } from "../../lib/questions.ts";
import { acts, at, person, phone, trail } from "../support/trail.ts";
import { month } from "../support/trail-month.ts";

const clinic = loadClinic(fileURLToPath(new URL("../../clinic", import.meta.url)));
const dir = mkdtempSync(join(tmpdir(), "clinic-sms-export-"));
const planted = month();
const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };
let lines: Opened;
let parquet: Opened;

beforeAll(async () => {
  planted.trail.write(dir);
  await writeParquet(dir);
  lines = await openExport(dir, clinic, "ndjson");
  parquet = await openExport(dir, clinic);
});
afterAll(() => {
  lines?.close();
  parquet?.close();
  for (const each of [dir, `${dir}.parquet`]) rmSync(each, { recursive: true, force: true });
});

const values = (name: string, more: Record<string, string> = {}): Record<string, string> => {
  const question = questionNamed(name);
  const period = Object.fromEntries(Object.entries(NOVEMBER).filter(([key]) => question.parameters.some((each) => each.name === key)));
  return answersTo(question, { ...period, ...more });
};
const ask = (name: string, more: Record<string, string> = {}, opened = lines): Promise<Answer> =>
  opened.ask(questionNamed(name).sql, values(name, more));

/** Some columns of an answer, row by row. */
async function rows(name: string, columns: readonly string[], more: Record<string, string> = {}) {
  const answer = await ask(name, more);
  const places = columns.map((column) => answer.columns.indexOf(column));
  expect(places).not.toContain(-1);
  return answer.rows.map((row) => places.map((place) => row[place]));
}

describe("what was planted is what each question finds, and nothing else of some four thousand events", () => {
  test("who-read: every reading of the patient's own, the one before the phone had a name, the relative's; in the period only", async () => {
    expect(await rows("who-read", ["day", "time", "who", "what", "named"], { patient: planted.read.patient })).toEqual([
      ["2026-11-03", "10:05", "j.wong", "texts", "nobody yet"],
      ["2026-11-04", "11:00", "k.larsen", "record", "this patient"],
      ["2026-11-05", "11:00", "s.ostrowski", "consents", "this patient"],
      ["2026-11-06", "10:03", "m.tremblay", "texts", "another on this phone"],
    ]);
    expect(await rows("who-read", ["day"], { patient: planted.read.patient, from: "2026-10-01", to: "2026-10-31" })).toEqual([
      ["2026-10-20"],
    ]);
    expect(await rows("who-read", ["who", "what"], { patient: planted.second.inTime.patient })).toEqual([
      ["s.ostrowski", "a text, as second reader"],
      ["l.kovacs", "a text, as second reader"],
    ]);
  });

  test("refusals", async () => {
    expect(await rows("refusals", ["reason", "refused", "told", "patients", "callers", "first_day", "last_day"])).toEqual([
      ["consent-missing", 7, 5, 3, 2, "2026-11-09", "2026-11-16"],
      ["opted-out", 2, 2, 2, 1, "2026-11-16", "2026-11-16"],
    ]);
  });

  test("after-hours: on a Sunday night, before eight, in the evening; on a holiday", async () => {
    const { conversation, automatic, early } = planted.late;
    expect(await rows("after-hours", ["day", "time", "what", "written", "message"])).toEqual([
      ["2026-11-08", "23:10", "came", "by the patient", null],
      ["2026-11-08", "23:11", "left", "automatically", automatic],
      ["2026-11-09", "16:30", "came", "by the patient", null],
      ["2026-11-09", "20:30", "left", "as an answer", expect.stringContaining(conversation)],
      ["2026-11-10", "06:01", "left", "for the clinic", early],
      ["2026-11-13", "16:15", "came", "by the patient", null],
    ]);
    expect(await rows("after-hours", ["what", "patient"], { from: "2026-12-01", to: "2026-12-31" })).toEqual([
      ["came", planted.holiday.patient],
    ]);
  });

  test("opt-outs: how soon the block stood and was confirmed, what was cancelled, crossed, and left all the same", async () => {
    const columns = ["number", "by_whom", "seconds_to_block", "seconds_to_confirm", "cancelled", "crossed", "left_after", "block"];
    expect(await rows("opt-outs", columns)).toEqual([
      [planted.stopped.number, "the handset", 2.5, 4, 1, 0, 0, "stands"],
      [planted.ignored.number, "the handset", 2.5, 5, 0, 1, 1, "lifted"],
      [planted.unconfirmed.number, "the handset", 2.5, null, 0, 0, 0, "stands"],
      [planted.byDesk.number, "m.tremblay", null, null, null, null, null, "stands"],
      [planted.ignored.number, "the handset", 2.5, 6, 0, 0, 0, "lifted"],
    ]);
  });

  test("unseen: a claim without its view, a resolution nobody read for, a reply that missed a newer text", async () => {
    expect(await rows("unseen", ["did", "who", "conversation", "finding"])).toEqual([
      ["conversation.claimed", "m.tremblay", planted.blind.conversation, "no view"],
      ["conversation.resolved", "m.tremblay", planted.blind.conversation, "no view"],
      ["conversation.replied", "j.wong", planted.hasty.conversation, "a newer text was not viewed"],
    ]);
  });

  test("unseen: a view that lies before the export is told from one that is nowhere", async () => {
    const part = mkdtempSync(join(tmpdir(), "clinic-sms-part-"));
    const made = trail(3);
    const tell = acts(made);
    const who = phone(made, "front-desk");
    tell.received(who, at("2026-10-31", "23:50"));
    tell.claimed(who, at("2026-10-31", "23:55"), person("m.tremblay", "front-desk"));
    tell.resolved(who, at("2026-11-01", "00:05"), person("m.tremblay", "front-desk"));
    made.write(part, 500, at("2026-11-01", "00:00"));
    const opened = await openExport(part, clinic);
    const { columns, rows: found } = await ask("unseen", {}, opened);
    expect(found.map((row) => row[columns.indexOf("finding")])).toEqual([
      "no view in this export, which begins later than the conversation",
    ]);
    opened.close();
    rmSync(part, { recursive: true });
  });

  test("unfiled: said so, and still open", async () => {
    expect(await rows("unfiled", ["conversation", "patient", "texts", "state", "resolved_by", "hours"])).toEqual([
      [planted.spam.conversation, planted.spam.patient, 2, "not-filed-spam", "m.tremblay", 0.5],
      [planted.shared.conversation, "several", 1, "resolved, and nothing said of filing", "m.tremblay", 0.1],
      [planted.nobody.conversation, null, 1, "resolved, and nothing said of filing", "j.wong", 0.1],
      [planted.open.conversation, planted.open.patient, 1, "not resolved", null, 71.8],
      [planted.unmanned.conversation, planted.unmanned.patient, 1, "not resolved", null, 71.7],
    ]);
  });

  test("second-readings: in time, late, missed, and by nobody but the sender", async () => {
    const { inTime, tooLate, never, alone } = planted.second;
    expect(await rows("second-readings", ["what", "why", "who", "message", "read_by", "hours_to_read", "state"])).toEqual([
      ["override", "outside-hours", "dr.adeyemi", inTime.message, "s.ostrowski", 6, "read"],
      ["acknowledgement", "drug", "k.larsen", tooLate.message, "l.kovacs", 48, "read late"],
      ["acknowledgement", "drug", "k.larsen", planted.failed.stale, "s.ostrowski", 1, "read"],
      ["override", "outside-hours", "dr.adeyemi", never.message, null, null, "missed"],
      ["acknowledgement", "drug", "p.dubois", alone.message, null, null, "not read yet"],
    ]);
  });

  test("unusual-reading: who looks up far more than colleagues, who puts back what they open; nobody where the bar is high", async () => {
    expect(await rows("unusual-reading", ["who", "role", "readings", "patients", "colleagues", "put_back", "finding"])).toEqual([
      ["o.haddad", "front-desk", planted.looked, planted.looked / 2, 3, 0, "much more than colleagues"],
      ["n.black", "nurse", planted.opened, planted.opened, 3, planted.opened, "puts back what they open"],
      ["dr.adeyemi", "physician", 13, 12, null, 10, "puts back what they open"],
    ]);
    // Moving, linking and closing a task are work too, and trying a text out is no reading.
    expect(await rows("unusual-reading", ["who"], { least: "1" })).toEqual([["o.haddad"], ["n.black"], ["dr.adeyemi"]]);
    expect(await rows("unusual-reading", ["who"], { least: "300" })).toEqual([]);
    expect(await rows("unusual-reading", ["who"], { times: "9" })).toEqual([["n.black"], ["dr.adeyemi"]]);
  });

  test("slow-answers: the waits of a team one by one, those of the others by their number", async () => {
    const columns = ["team", "waits", "unanswered", "median_minutes", "nine_in_ten_within", "longest_minutes", "passed_on", "lapsed"];
    const [slow, desk, nurses, unmanned] = await rows("slow-answers", columns);
    expect(slow).toEqual(["clinic-manager", planted.slow.length + 1, 1, 30, 600, 600, 2, 2]);
    expect(unmanned).toEqual(["reception-two", 1, 1, null, null, null, 0, 0]);
    expect(desk?.slice(0, 3)).toEqual(["front-desk", planted.waits["front-desk"], 0]);
    expect(desk?.[5]).toBe(21 * 60 + 20);
    expect(nurses?.slice(0, 3)).toEqual(["nurses", planted.waits["nurses"], 0]);
  });

  test("changes: facts, no contact and what left meanwhile, incidents and who looked", async () => {
    const [patient, number] = [`pat/${planted.silent.patient}`, `num/${planted.silent.number}`];
    expect(await rows("changes", ["kind", "type", "who", "about", "left_meanwhile", "looked_at_by"])).toEqual([
      ["no contact", "patient.no-contact", "s.ostrowski", `pat/${planted.quiet.patient}`, 2, null],
      ["incident", "incident.opened", "the handset", `inc/${planted.incidents.seen}`, null, "s.ostrowski"],
      ["incident", "incident.opened", "the handset", `inc/${planted.incidents.unseen}`, null, "nobody"],
      ["no contact", "patient.contact-allowed", "s.ostrowski", `pat/${planted.quiet.patient}`, null, null],
      ["clinic", "clinic.closed", "l.kovacs", "sys/facts", null, null],
      ["clinic", "clinic.on-call", "l.kovacs", "sys/facts", null, null],
      ["opt-out", "number.undone", "j.wong", `num/${planted.ignored.number}`, null, null],
      ["no contact", "patient.no-contact", "s.ostrowski", `pat/${planted.quiet.patient}`, 0, null],
      ["no contact", "patient.contact-allowed", "s.ostrowski", `pat/${planted.quiet.patient}`, null, null],
      ["no contact", "patient.no-contact", "s.ostrowski", patient, 0, null],
      ["patient", "patient.changed", "s.ostrowski", patient, null, null],
      ["patient", "patient.number-ended", "s.ostrowski", patient, null, null],
      ["patient", "patient.number-wrong", "s.ostrowski", patient, null, null],
      ["no contact", "number.no-contact", "s.ostrowski", number, null, null],
      ["no contact", "number.contact-allowed", "s.ostrowski", number, null, null],
      ["opt-out", "number.pause-decided", "s.ostrowski", number, null, null],
    ]);
  });

  test("consents: the last word of each patient on each purpose, and how old it is", async () => {
    expect(await rows("consents", ["purpose", "state", "age", "patients"])).toEqual([
      ["appointments", "granted", "0 to 6 months", 40],
      ["feedback", "declined", "0 to 6 months", 2],
      ["feedback", "granted", "0 to 6 months", 1],
      ["recalls", "asked", "0 to 6 months", 1],
      ["recalls", "granted", "0 to 6 months", 3],
      ["recalls", "granted", "12 to 24 months", 1],
      ["recalls", "granted", "over 24 months", 1],
      ["recalls", "granted, stopped since", "0 to 6 months", 3],
      ["recalls", "lapsed", "0 to 6 months", 1],
      ["recalls", "revoked", "0 to 6 months", 1],
      ["recalls", "withdrawn", "0 to 6 months", 1],
    ]);
  });

  test("failed: done, waiting, untold; not the one that arrived after all", async () => {
    const { done, waits, untold, stale, notTaken, unsettled } = planted.failed;
    expect(await rows("failed", ["how", "why", "scenario", "message", "told", "hours_to_resolve"])).toEqual([
      ["undelivered", "carrier-unreachable", "appointment-reminder", done, "resolved", 0.5],
      ["undelivered", "carrier-unreachable", "appointment-reminder", waits, "a task waits", null],
      ["unknown", "no-answer", "appointment-reminder", untold, "nobody was told", null],
      ["expired", "expired", "recall", stale, "nobody was told", null],
      ["failed", "carrier-unreachable", "recall", notTaken, "nobody was told", null],
      ["unsettled", "no-answer", null, unsettled, "nobody was told", null],
    ]);
  });
});

describe("the same answers", () => {
  test("there are twelve questions", () => {
    expect(QUESTIONS).toHaveLength(12);
  });

  test.each(QUESTIONS.map(({ name }) => name))("%s: from the evidence, from Parquet, and from another engine", async (name) => {
    const more = name === "who-read" ? { patient: planted.read.patient } : {};
    const answer = await ask(name, more);
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(parquet.kind).toBe("parquet");
    expect(await ask(name, more, parquet)).toEqual(answer);
    // The tables made anew by plain code of ours, so that neither engine's SQL vouches for itself.
    const bound = Object.fromEntries(Object.entries(values(name, more)).map(([key, each]) => [`$${key}`, each]));
    const statement = elsewhere().prepare(questionNamed(name).sql);
    statement.setReturnArrays(true);
    expect({ columns: statement.columns().map((each) => each.name), rows: statement.all(bound) }).toEqual(answer);
  });

  test("the leaf of each event is its leaf in the log, in both kinds of files", async () => {
    const expected = planted.trail.lines().map(({ bytes }) => Buffer.from(leafHash(bytes)).toString("hex"));
    for (const opened of [lines, parquet]) {
      const { rows: found } = await opened.ask("SELECT leaf FROM events");
      expect(found.map(([leaf]) => leaf).sort()).toEqual([...expected].sort());
    }
  });
});

interface Event {
  readonly id: string;
  readonly ts: string;
  readonly chain: string;
  readonly why?: string[];
  readonly who: { id: string; role?: string; app: string; as: string };
  readonly ent?: { t: string; id: string; h?: string }[];
  readonly src: { fn: string; req: string };
  readonly [name: string]: unknown;
}

/** The same tables in SQLite, filled without any SQL. */
function elsewhere(): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  const create = (table: string, columns: string): ((row: readonly unknown[]) => void) => {
    db.exec(`CREATE TABLE ${table} (${columns})`);
    const insert = db.prepare(
      `INSERT INTO ${table} VALUES (${columns
        .split(",")
        .map(() => "?")
        .join(",")})`,
    );
    return (row) => void insert.run(...row.map((each) => (each ?? null) as string | number | null));
  };
  const events = create(
    "events",
    "id, ts, ms INTEGER, day, time, weekday INTEGER, minute INTEGER, chain, seq INTEGER, type, act, why, who, role, app, known_by, patient, purpose, was, now, consent, conversation, message, arrived INTEGER, req",
  );
  const reasons = create("reasons", "id, code, place INTEGER");
  const objects = create("objects", "id, kind, object");
  const hours = create("hours", "kind, weekday INTEGER, opens INTEGER, closes INTEGER");
  const holidays = create("holidays", "day");
  db.exec("BEGIN");
  for (const { bytes } of planted.trail.lines()) {
    const e = JSON.parse(Buffer.from(bytes).toString()) as Event;
    const ms = Date.parse(e.ts);
    const day = localDate(ms, clinic.timeZone);
    const time = localTime(ms, clinic.timeZone);
    const message = e.chain.startsWith("msg/") ? e.chain.slice(4) : undefined;
    const conversation = e.chain.startsWith("conv/") ? e.chain.slice(5) : message?.startsWith("cnv_") ? message.split(".")[0] : undefined;
    const came = e["type"] === "text.received" ? e.ent?.find(({ t }) => t === "message")?.id.split(".")[1] : undefined;
    const weekday = ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const { who, src } = e;
    events([
      ...[
        e.id,
        e.ts,
        ms,
        day,
        time,
        weekday,
        minute,
        e.chain,
        e["seq"],
        e["type"],
        e["act"],
        e.why?.join(", "),
        who.id,
        who.role,
        who.app,
        who.as,
      ],
      ...[e["pat"], e["pou"], e["was"], e["now"], e["con"], conversation, message, came && ulidTime(came), src.req],
    ]);
    e.why?.forEach((code, i) => {
      reasons([e.id, code, i + 1]);
    });
    for (const { t, id } of e.ent ?? []) objects([e.id, t, id]);
  }
  for (const each of hoursOf(clinic)) hours([each.kind, each.weekday, each.opens, each.closes]);
  for (const day of clinic.holidays) holidays([day]);
  db.exec("COMMIT");
  return db;
}

describe("an export is read and never changed", () => {
  test("one SELECT at a time, of the export's own files, and nothing is written", async () => {
    await expect(lines.ask("SELECT 1; SELECT 2")).rejects.toThrow("one SELECT at a time");
    for (const sql of [
      "DROP TABLE flat",
      "CREATE TABLE x (a INTEGER)",
      "SET threads = 1",
      "ATTACH 'x.db'",
      `COPY (SELECT 1) TO '${dir}/x.csv'`,
    ])
      await expect(lines.ask(sql)).rejects.toThrow(/Only a SELECT|Failed|Error/);
    expect(existsSync(join(dir, "x.csv"))).toBe(false);
    for (const opened of [lines, parquet]) await expect(opened.ask("SELECT * FROM read_text('/etc/hosts')")).rejects.toThrow("disabled");
    await expect(lines.ask("SELECT nothing FROM events")).rejects.toThrow(/nothing/);
  });

  test("Parquet made of other events is not read, and says so where it is asked for", async () => {
    const [first = ""] = exportFiles(dir).events;
    const path = join(dir, first);
    const kept = readFileSync(path);
    try {
      writeFileSync(path, gzipSync(gunzipSync(kept), { level: 1 }));
      const opened = await openExport(dir, clinic);
      expect([opened.kind, opened.stale]).toEqual(["ndjson", true]);
      opened.close();
      await expect(openExport(dir, clinic, "parquet")).rejects.toThrow("made of other events");
    } finally {
      writeFileSync(path, kept);
    }
    const opened = await openExport(dir, clinic, "parquet");
    expect(opened.stale).toBe(false);
    opened.close();
  });

  test("nothing is written into the export, and no folder is replaced that is not ours", async () => {
    const before = readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
    await writeParquet(dir);
    expect(readdirSync(dir, { recursive: true, encoding: "utf8" }).sort()).toEqual(before);
    const other = mkdtempSync(join(tmpdir(), "clinic-sms-other-"));
    mkdirSync(`${other}.parquet`);
    const made = trail(2);
    made.add("sys/facts", at("2026-11-02", "10:00"), { type: "clinic.closed", now: "closed" }, person("a.b", "nurse"), "change-facts");
    made.write(other);
    await expect(writeParquet(other)).rejects.toThrow("was not written by this command");
    for (const each of [other, `${other}.parquet`]) rmSync(each, { recursive: true });
  });

  test("what is no export says what to give instead", async () => {
    await expect(openExport(join(dir, "nowhere"), clinic)).rejects.toThrow("There is no folder");
    await expect(openExport(`${dir}.parquet`, clinic)).rejects.toThrow("is no export of the audit trail");
    const odd = mkdtempSync(join(tmpdir(), "clinic-sms-[odd]-"));
    await expect(openExport(odd, clinic)).rejects.toThrow("holds one of * ? [ ]");
    rmSync(odd, { recursive: true });
  });

  test.each([
    ["cut off", '{"v":1,"type":'],
    ["no event", '{"hello":"world"}'],
    ["a line that never ends", `{"v":1,"type":"${"x".repeat(100_000)}"}`],
    ["no time", '{"v":1,"type":"text.received","ts":"yesterday"}'],
  ])("a broken line is no answer: %s", async (_, line) => {
    const broken = mkdtempSync(join(tmpdir(), "clinic-sms-broken-"));
    const made = trail(1);
    made.add(
      "sys/facts",
      at("2026-11-02", "10:00"),
      { type: "clinic.closed", now: "closed" },
      { id: "a.b", app: "emr", as: "asserted" },
      "change-facts",
    );
    made.write(broken);
    const [name = ""] = exportFiles(broken).events;
    const whole = gunzipSync(readFileSync(join(broken, name)));
    writeFileSync(join(broken, name), gzipSync(Buffer.concat([whole, Buffer.from(`${line}\n`)])));
    await expect(openExport(broken, clinic)).rejects.toThrow("Verify the export");
    rmSync(broken, { recursive: true });
  });
});

describe("questions and answers in words", () => {
  test("a question says what it needs and takes nothing else", () => {
    expect(() => questionNamed("nobody")).toThrow("who-read");
    expect(() => answersTo(questionNamed("who-read"), {})).toThrow("--patient");
    expect(() => answersTo(questionNamed("refusals"), { patient: "pat_1" })).toThrow("takes no --patient");
    expect(() => answersTo(questionNamed("refusals"), { from: "november" })).toThrow("takes a day");
    expect(() => answersTo(questionNamed("unusual-reading"), { times: "many" })).toThrow("takes a number");
  });

  test("every question has a title, a sentence, a note, and uses what it declares", () => {
    for (const { title, asks, note, parameters, sql } of QUESTIONS) {
      for (const text of [title, asks, note]) expect(text.length).toBeGreaterThan(10);
      for (const [, name] of sql.matchAll(/\$(\w+)/g)) expect(parameters.map((each) => each.name)).toContain(name);
    }
  });

  test("as a table, as CSV and as JSON; nothing in a value commands a terminal or a spreadsheet", () => {
    const answer: Answer = {
      columns: ["who", "many"],
      rows: [
        ["=HYPERLINK(1)", 2],
        ['a\u001b[31m"b', 10],
        [null, -1],
      ],
    };
    expect(printed(answer, "csv")).toBe('who,many\r\n\'=HYPERLINK(1),2\r\n"a\u001b[31m""b",10\r\n,-1\r\n');
    expect(printed(answer, "table")).toBe(
      'who            many\n─────────────  ────\n=HYPERLINK(1)     2\na\\u001b[31m"b    10\n                 -1\n',
    );
    expect(JSON.parse(printed(answer, "json"))).toEqual([
      { who: "=HYPERLINK(1)", many: 2 },
      { who: 'a\u001b[31m"b', many: 10 },
      { who: null, many: -1 },
    ]);
  });
});

describe("on the command line", () => {
  const COMMAND = fileURLToPath(new URL("../../bin/clinic-sms.js", import.meta.url));
  /** `clinic-sms audit ...` as a person runs it, from a folder that is none of the gateway's. */
  const audit = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "audit", ...args], { encoding: "utf8", cwd: tmpdir() });
    return { status, stdout, stderr };
  };

  test("without a question the list; with one a table, its note beside it; as CSV nothing but rows", () => {
    const listed = audit("ask", dir);
    for (const { name, title } of QUESTIONS) expect(listed.stdout).toMatch(new RegExp(`^${name}\n {4}${title}\\.`, "m"));
    const table = audit("ask", dir, "refusals", "--from", "2026-11-01", "--to", "2026-11-30");
    expect(table.stdout).toMatch(/^Refusals by reason\n.*\n\nreason +refused.*\n.*\nconsent-missing +7 .*\nopted-out +2 .*\n\n2 rows\.\n$/);
    expect(table.stderr).toContain("the one that staff were told");
    const csv = audit("ask", dir, "refusals", "--from", "2026-11-01", "--to", "2026-11-30", "--csv");
    expect([csv.stdout.split("\r\n").length, csv.stderr]).toEqual([4, ""]);
    const sql = audit("sql", dir, "select type, count(*) as many from events where type = 'incident.opened' group by type", "--json");
    expect(JSON.parse(sql.stdout)).toEqual([{ type: "incident.opened", many: 2 }]);
  });

  test("a mistake ends in one sentence, not in a stack trace", () => {
    for (const [args, says] of [
      [["ask", dir, "who-read"], "needs --patient"],
      [["ask", dir, "everything"], "There is no question “everything”"],
      [["ask", join(dir, "nowhere"), "refusals"], "There is no folder"],
      [["ask", dir, "refusals", "--only", "gold"], "takes ndjson"],
      [["sql", dir, "select ghosts from events"], "ghosts"],
      [["sql", dir, "drop table flat"], "Only a SELECT"],
      [["month", dir, "--month", "november", "--out", "x.html"], "such as 2026-11"],
    ] as const) {
      const { status, stderr } = audit(...args);
      expect([status, stderr]).toEqual([1, expect.stringContaining(says)]);
      expect(stderr).not.toContain("    at ");
    }
  });
});

test("DuckDB is the command line's alone: nothing that is deployed imports it", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const importing = ["lambdas", "lib", "local", "clinic"]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((name) => /\.(?:ts|js)$/.test(name))
    .filter((name) => /(?:from|import)[ (]*"[^"]*(?:@duckdb|\/bin\/)/.test(readFileSync(join(root, name), "utf8")));
  expect(importing).toEqual([]);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, object>;
  expect([
    Object.keys(dependencies ?? {}).includes("@duckdb/node-api"),
    Object.keys(devDependencies ?? {}).includes("@duckdb/node-api"),
  ]).toEqual([false, true]);
});
