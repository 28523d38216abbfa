/**
 * The tables that questions read, laid over an export in DuckDB's own SQL: the one place that knows the engine. What comes out
 * is texts and whole numbers, so that the questions themselves need nothing of any one engine.
 */
import type { Clinic, Week } from "../../lambdas/core/clinic.ts";

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const list = (paths: readonly string[]): string => `[${paths.map(quoted).join(", ")}]`;

/** Members of an event (lambdas/core/audit.ts) and of the log's own leaves, as far as questions need them. */
const SHAPE = {
  v: "INTEGER",
  id: "VARCHAR",
  ts: "VARCHAR",
  chain: "VARCHAR",
  seq: "BIGINT",
  prev: "VARCHAR",
  type: "VARCHAR",
  act: "VARCHAR",
  out: "INTEGER",
  why: ["VARCHAR"],
  who: { id: "VARCHAR", role: "VARCHAR", app: "VARCHAR", as: "VARCHAR" },
  org: "VARCHAR",
  pol: "VARCHAR",
  pat: "VARCHAR",
  pou: "VARCHAR",
  ent: [{ t: "VARCHAR", id: "VARCHAR", h: "VARCHAR" }],
  was: "VARCHAR",
  now: "VARCHAR",
  con: "VARCHAR",
  cut: "INTEGER",
  src: { fn: "VARCHAR", req: "VARCHAR" },
};

/** Columns of the flattened events, as they stand in the Parquet files: the event's own names, and `_leaf`, the hash it has in the log. */
const FLAT = `
  e.v, e.id, e.ts, e.chain, e.seq, e.prev, e.type, e.act, e.out, e.why,
  e.who.id AS who_id, e.who.role AS who_role, e.who.app AS who_app, e.who."as" AS who_as,
  e.org, e.pol, e.pat, e.pou, e.ent, e.was, e.now, e.con, e.cut, e.src.fn AS src_fn, e.src.req AS src_req, _leaf`;

/** A line longer than this is no event: one is a kilobyte. */
const LONGEST_LINE = 65_536;

/** Flattened events of files of NDJSON. A leaf is hashed as its line stands: SHA-256(0x00 ‖ bytes), as `leafHash` in core/audit.ts. */
export const fromLines = (paths: readonly string[]): string => `
  SELECT ${FLAT} FROM (
    SELECT
      json_transform(json, ${quoted(JSON.stringify(SHAPE))}) AS e,
      sha256('\\x00'::BLOB || encode(json::VARCHAR)) AS _leaf
    FROM read_json_objects(${list(paths)}, format = 'newline_delimited', maximum_object_size = ${LONGEST_LINE})
  )`;

/** The same of files of Parquet. */
export const fromParquet = (paths: readonly string[]): string => `
  SELECT * FROM read_parquet(${list(paths)}, hive_partitioning = false)`;

/** Letters of a ULID, whose first ten are a time in milliseconds: when the carrier took a patient's text. */
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ulidMs = (id: string): string =>
  Array.from({ length: 10 }, (_, i) => `(instr('${CROCKFORD}', ${id}[${i + 1}]) - 1) * ${32 ** (9 - i)}`).join(" + ");

/** The tables, given one named `flat`. @param zone the clinic's, IANA name */
export const tables = (zone: string): readonly string[] => [
  `CREATE VIEW events AS
   WITH timed AS (
     SELECT
       *, CAST(ts AS TIMESTAMPTZ) AS instant, timezone(${quoted(zone)}, CAST(ts AS TIMESTAMPTZ)) AS local,
       CASE WHEN type = 'text.received' THEN split_part(list_filter(ent, lambda o: o.t = 'message')[1].id, '.', 2) END AS born
     FROM flat
   )
   SELECT
     id, ts, epoch_ms(instant) AS ms,
     strftime(local, '%Y-%m-%d') AS day, strftime(local, '%H:%M') AS time,
     CAST(isodow(local) AS INTEGER) AS weekday, CAST(hour(local) * 60 + minute(local) AS INTEGER) AS minute,
     chain, seq, prev, type, act, out, array_to_string(why, ', ') AS why,
     who_id AS who, who_role AS role, who_app AS app, who_as AS known_by,
     org, pol, pat AS patient, pou AS purpose, was, now, con AS consent,
     CASE
       WHEN chain LIKE 'conv/%' THEN chain[6:]
       WHEN chain LIKE 'msg/cnv\\_%' ESCAPE '\\' THEN split_part(chain[5:], '.', 1)
     END AS conversation,
     CASE WHEN chain LIKE 'msg/%' THEN chain[5:] END AS message,
     CASE WHEN length(born) = 26 THEN ${ulidMs("born")} END AS arrived,
     src_fn AS fn, src_req AS req, _leaf AS leaf
   FROM timed`,
  `CREATE VIEW reasons AS
   SELECT id, unnest(why) AS code, CAST(generate_subscripts(why, 1) AS INTEGER) AS place FROM flat WHERE why IS NOT NULL`,
  `CREATE VIEW objects AS
   SELECT id, o.t AS kind, o.id AS object, o.h AS hash FROM (SELECT id, unnest(ent) AS o FROM flat WHERE ent IS NOT NULL)`,
];

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export interface OpenHours {
  readonly kind: "open" | "texting";
  /** 1 is Monday. */
  readonly weekday: number;
  /** Minutes of the day, the second not included. */
  readonly opens: number;
  readonly closes: number;
}

/** When the clinic is open, and when texts may arrive. */
export const hoursOf = (clinic: Pick<Clinic, "hours" | "textingHours">): OpenHours[] =>
  (["open", "texting"] as const).flatMap((kind) => {
    const week: Week = kind === "open" ? clinic.hours : clinic.textingHours;
    return WEEKDAYS.flatMap((name, index) =>
      (week[name] ?? []).map((span) => ({ kind, weekday: index + 1, opens: minutes(span.slice(0, 5)), closes: minutes(span.slice(6)) })),
    );
  });

/** The clinic's own tables: they come from its written decisions, not from the log. */
export const clinicTables = (clinic: Pick<Clinic, "hours" | "textingHours" | "holidays">): readonly string[] => [
  "CREATE TABLE hours (kind VARCHAR, weekday INTEGER, opens INTEGER, closes INTEGER)",
  "CREATE TABLE holidays (day VARCHAR)",
  ...hoursOf(clinic).map((each) => `INSERT INTO hours VALUES (${quoted(each.kind)}, ${each.weekday}, ${each.opens}, ${each.closes})`),
  ...clinic.holidays.map((day) => `INSERT INTO holidays VALUES (${quoted(day)})`),
];
