/**
 * What an audit event may look like, decided member by member: what is not named here is refused. Two questions, one walk:
 * has the event what its type must have (catalogue), and is everything in it shaped like an identifier, a code, a hash or a
 * time of ours (lint)? No member takes free text, so none can hold a phone number, a health number, an e-mail address or a
 * name by mistake. `append` asks before anything is written; the verifier asks again of what it was given.
 *
 * What the shapes cannot tell: an identifier is random, so digits inside one (26 letters of a ULID, 43 of a hash) say nothing;
 * and the size of a log is as large as the log.
 */
import {
  ACTORS,
  type As,
  EVENT_TYPES,
  type EventRule,
  type EventType,
  isWhy,
  MEMBERS,
  type Member,
  OBJECTS,
  type ObjectKind,
  STATES,
} from "./audit-catalogue.ts";

/** What is wrong with an event; `member` is a path made of names of ours, and neither ever quotes the event. */
export interface Problem {
  readonly member: string;
  readonly problem: string;
}

/**
 * Seven digits or more, single separators between them: a phone number of any country, and every provincial and territorial
 * health number of Canada (the shortest are seven and eight digits long, some behind letters).
 */
const RUN_OF_DIGITS = /\d(?:[ ._/()+-]{0,2}\d){6}/;
export const hasNumber = (text: string): boolean => RUN_OF_DIGITS.test(text);

const ULID = "[0-9A-HJKMNP-TV-Z]{26}";
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const SLUG = /^[a-z][a-z0-9-]{0,39}$/;
const TOKEN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** As Cognito makes them: 26 random letters and digits. */
const CLIENT = /^[a-z0-9]{26}$/;
const HEX32 = /^[0-9a-f]{64}$/;
const HASH = /^[A-Za-z0-9_-]{43}$/;
const MESSAGE = whole(`(?:cnv|pat)_${ULID}\\.${ULID}`);
const NUMBER = whole(`num_${ULID}`);
const CONVERSATION = whole(`cnv_${ULID}`);
const PATIENT = whole(`pat_${ULID}`);
const ID = whole(ULID);
const CONSENT = whole(`con_${ULID}`);

const slug = (text: string): boolean => SLUG.test(text) && !hasNumber(text);
const token = (text: string, longest: number): boolean => text.length <= longest && TOKEN.test(text) && !hasNumber(text);

/** Whether an event may carry it as the id of a person: letters, digits, `.`, `_`, `-`, and nothing like a number of somebody's. */
export const isPersonId = (text: string): boolean => UUID.test(text) || token(text, 64);
/** The same of a role. */
export const isRole = (text: string): boolean => token(text, 40);
const isApp = (text: string): boolean => CLIENT.test(text) || token(text, 26);

const CHAINS: Readonly<Record<EventRule["chain"], RegExp>> = {
  conv: whole(`conv/cnv_${ULID}`),
  msg: whole(`msg/(?:cnv|pat)_${ULID}\\.${ULID}`),
  num: whole(`num/num_${ULID}`),
  pat: whole(`pat/pat_${ULID}`),
  inc: whole(`inc/inc_${ULID}`),
  sys: /^sys\/[a-z][a-z-]{1,39}$/,
  log: /^log\/[a-z][a-z0-9-]{0,39}$/,
};

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/** A key of the audit table, or a word: where it had no form of ours, or stands at the object before. */
const PLACE = new RegExp(
  `^(?:unknown|same|A#(?:${Object.values(CHAINS)
    .map(({ source }) => source.slice(1, -1))
    .join("|")})/\\d{12})$`,
);
/** As DynamoDB Streams counts its records. */
const RECORD = /^(?:unknown|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
export const isRecordId = (text: string): boolean => RECORD.test(text);
/** Whether an item of the audit table could have this key, the two halves joined by a stroke. */
export const isPlace = (text: string): boolean => PLACE.test(text);

const OBJECT_IDS: Readonly<Record<ObjectKind, (text: string) => boolean>> = {
  message: matches(MESSAGE),
  // The number itself, or, where its full digits were shown, the conversation with it.
  number: (text) => NUMBER.test(text) || CONVERSATION.test(text),
  note: matches(MESSAGE),
  team: slug,
  scenario: slug,
  purpose: slug,
  filed: matches(PATIENT),
  from: matches(MESSAGE),
  to: matches(MESSAGE),
  quarantine: matches(ID),
  "on-call": slug,
  texts: matches(/^(?:0|[1-9]\d{0,5})$/),
  until: matches(TIME),
  checkpoint: matches(/^audit\.[a-z][a-z0-9-]{0,39}\/\d{4}$/),
  record: isRecordId,
  before: isPlace,
  after: isPlace,
};
/** Objects whose sealed bytes an event commits to. */
const HASHED: ReadonlySet<string> = new Set<ObjectKind>(["message", "quarantine", "checkpoint", "before", "after"]);
const KINDS: ReadonlySet<string> = new Set(OBJECTS);

type Members = Readonly<Record<string, unknown>>;

/** Every event has these; the rest is the catalogue's affair. */
const ALWAYS = ["act", "chain", "id", "org", "out", "pol", "pou", "prev", "seq", "src", "ts", "type", "v", "who"] as const;
/** All that an event can have. */
export const EVENT_MEMBERS: readonly string[] = [...ALWAYS, ...MEMBERS, "ent", "cut"];
const KNOWN: ReadonlySet<string> = new Set(EVENT_MEMBERS);

/** So many events a chain can have: fewer digits than a health number has. */
export const MOST_EVENTS = 9_999_999;
/** So many reasons and objects an event can say that it leaves out. */
const MOST_CUT = 9_999;

const isCount = (value: unknown, most: number): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

/**
 * Holds a parsed event to the catalogue and to the shapes. An unknown type, an unknown member and a missing one are problems
 * like any other: an event is right or it is not.
 * @param event what `parseCanonical` returned @returns nothing where all is well
 */
export function checkEvent(event: unknown): Problem[] {
  const problems: Problem[] = [];
  const say = (member: string, problem: string): void => void problems.push({ member, problem });
  if (!isRecord(event)) return [{ member: "", problem: "is no object" }];
  for (const name of Object.keys(event)) if (!KNOWN.has(name)) say(KNOWN_NAME.test(name) ? name : "?", "is no member of an event");
  for (const name of ALWAYS) if (event[name] === undefined) say(name, "is missing");

  const string = (name: string, is: (text: string) => boolean): void => {
    const value = event[name];
    if (value !== undefined && !(typeof value === "string" && is(value))) say(name, "has not the form it must have");
  };
  if (event["v"] !== undefined && event["v"] !== 1) say("v", "is not a version known here");
  string("id", matches(ID));
  string("ts", (text) => TIME.test(text) && !Number.isNaN(Date.parse(text)));
  string("org", slug);
  string("pol", matches(HEX32));
  string("pat", matches(PATIENT));
  string("con", matches(CONSENT));
  place(event, say);
  where(event["src"], say);

  const type = event["type"];
  const rule = typeof type === "string" && Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type as EventType] : undefined;
  actor(event["who"], rule, say);
  if (!rule) {
    if (type !== undefined) say("type", "is not in the catalogue");
    return problems;
  }
  string("act", (text) => text === rule.act);
  string("pou", (text) => text === rule.pou);
  string("chain", matches(CHAINS[rule.chain]));
  if (event["out"] !== undefined && !rule.out.some((out) => out === event["out"])) say("out", "is no outcome of this type");
  if (rule.chain === "pat" && event["pat"] !== undefined && event["chain"] !== `pat/${event["pat"]}`)
    say("pat", "is not whose chain it is");
  for (const name of ["pat", "con", "was", "now"] as const) counted(event[name] === undefined ? 0 : 1, rule, name, say);
  const moved = type === "conversation.moved" ? slug : (text: string): boolean => STATES.has(text);
  string("was", moved);
  string("now", moved);
  reasons(event["why"], rule, say);
  objects(event["ent"], rule, say);
  if (event["cut"] !== undefined && !(isCount(event["cut"], MOST_CUT) && event["cut"] > 0)) say("cut", "is not a count");
  return problems;
}

/** Names of members may be told back only where they look like ours. */
const KNOWN_NAME = /^[a-z]{1,12}$/;

type Say = (member: string, problem: string) => void;

const isRecord = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);

function place(event: Members, say: Say): void {
  const { seq, prev } = event;
  if (seq !== undefined && !isCount(seq, MOST_EVENTS)) say("seq", "is not a place in a chain");
  if (prev === undefined || seq === undefined) return;
  const linked = typeof prev === "string" && HASH.test(prev);
  if (seq === 0 ? prev !== null : !linked) say("prev", seq === 0 ? "is not null although nothing came before" : "is not a hash");
}

function where(src: unknown, say: Say): void {
  if (src === undefined) return;
  if (!isRecord(src)) {
    say("src", "is no object");
    return;
  }
  for (const name of Object.keys(src)) if (name !== "fn" && name !== "req") say("src", "has a member it must not have");
  if (!(typeof src["fn"] === "string" && src["fn"].length <= 24 && slug(src["fn"]))) say("src.fn", "has not the form it must have");
  const { req } = src;
  if (!(typeof req === "string" && (UUID.test(req) || token(req, 40)))) say("src.req", "has not the form it must have");
}

const AS: ReadonlySet<string> = new Set<As>(["token", "asserted", "application", "gateway", "handset"]);

function actor(who: unknown, rule: EventRule | undefined, say: Say): void {
  if (who === undefined) return;
  if (!isRecord(who)) {
    say("who", "is no object");
    return;
  }
  for (const name of Object.keys(who)) if (!["id", "role", "app", "as"].includes(name)) say("who", "has a member it must not have");
  const { id, role, app, as } = who;
  if (!(typeof as === "string" && AS.has(as))) {
    say("who.as", "is not a way of knowing who acted");
    return;
  }
  if (rule && !ACTORS[rule.who].some((each) => each === as)) say("who.as", `must be a ${rule.who}`);
  if (role !== undefined && !(typeof role === "string" && isRole(role))) say("who.role", "has not the form it must have");
  if (!(typeof app === "string" && isApp(app))) say("who.app", "has not the form it must have");
  if (!(typeof id === "string" && isWho(id, as as As, app))) say("who.id", "has not the form it must have");
}

function isWho(id: string, as: As, app: unknown): boolean {
  switch (as) {
    case "handset":
      return NUMBER.test(id);
    case "gateway":
      return id === "gateway";
    case "application":
      return id === app;
    default:
      return isPersonId(id);
  }
}

function counted(many: number, rule: EventRule, name: Member | ObjectKind, say: Say): void {
  const [least, most] = rule.has[name] ?? [0, 0];
  if (many < least) say(name, "is missing, and this type must have it");
  if (many > most) say(name, most === 0 ? "is not for this type" : "is there too often");
}

function reasons(why: unknown, rule: EventRule, say: Say): void {
  const all = why === undefined ? [] : why;
  if (!Array.isArray(all) || (why !== undefined && all.length === 0)) {
    say("why", "is not a list of codes");
    return;
  }
  if (!all.every((each) => typeof each === "string" && isWhy(each))) say("why", "has a code that is not in the catalogue");
  counted(all.length, rule, "why", say);
}

function objects(ent: unknown, rule: EventRule, say: Say): void {
  const all: unknown = ent === undefined ? [] : ent;
  if (!Array.isArray(all) || (ent !== undefined && all.length === 0)) {
    say("ent", "is not a list of objects");
    return;
  }
  const many = new Map<string, number>();
  for (const each of all) {
    if (!isRecord(each) || typeof each["t"] !== "string" || !KINDS.has(each["t"])) {
      say("ent", "has an object of no known kind");
      continue;
    }
    const { t, id, h, n } = each;
    const kind = t as ObjectKind;
    many.set(kind, (many.get(kind) ?? 0) + 1);
    const sized = kind === "checkpoint" ? isCount(n, Number.MAX_SAFE_INTEGER) : n === undefined;
    if (!sized) say(`ent.${kind}`, "has not the size it must have");
    if (Object.keys(each).length !== 2 + (h === undefined ? 0 : 1) + (n === undefined ? 0 : 1))
      say(`ent.${kind}`, "has a member it must not have");
    if (!(typeof id === "string" && OBJECT_IDS[kind](id))) say(`ent.${kind}`, "has not the form it must have");
    if (h !== undefined && !(typeof h === "string" && HASHED.has(kind) && HEX32.test(h))) say(`ent.${kind}`, "has a hash it must not have");
  }
  for (const kind of OBJECTS) if (kind in rule.has || many.has(kind)) counted(many.get(kind) ?? 0, rule, kind, say);
}
