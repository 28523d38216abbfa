/**
 * What of a patient goes when they are erased, what stays, and what the receipt says of it. Whose a text on a shared phone is,
 * only its filing tells: what may be another patient's stays, and is counted. See docs/decisions/0020.
 */
import type {
  ConversationItem,
  ErasureItem,
  FilingItem,
  InboundItem,
  LinkItem,
  MessageItem,
  NoteItem,
  NumberItem,
  OutboundItem,
  PatientNumberItem,
} from "./items.ts";
import { isWaiting } from "./outbound.ts";
import type { Patch } from "./plan.ts";

/** Items that go together: a text of ours with the notes that say why it was sent. */
export type Unit =
  | { readonly kind: "in"; readonly text: InboundItem }
  | { readonly kind: "out"; readonly text: OutboundItem; readonly notes: readonly NoteItem[] }
  | { readonly kind: "note"; readonly text: NoteItem }
  | { readonly kind: "filing"; readonly text: FilingItem };

export interface Belonging {
  /** What is the patient's and can go now, filings last: they say whose the texts are. */
  readonly goes: readonly Unit[];
  /** Texts of ours that are on their way: their outcome is not stored yet. */
  readonly underWay: boolean;
  /** Texts from the phone, and notes about them, of the patient's time, that are or may be another patient's. */
  readonly shared: number;
  /** Texts from the phone that are nobody's the clinic knows: it is a stranger's number now. */
  readonly strangers: boolean;
}

/**
 * Which items of a number's conversation are a patient's.
 * @param records the patient's own of this number, all ended @param links all of the number's
 */
export function belonging(
  patient: string,
  records: readonly PatientNumberItem[],
  links: readonly LinkItem[],
  messages: readonly MessageItem[],
  filings: readonly FilingItem[],
): Belonging {
  const since = Math.min(...records.map((each) => each.since ?? 0));
  const end = Math.max(...records.map((each) => each.ended?.at ?? 0));
  const upTo = records.find((each) => each.upTo !== undefined)?.upTo;
  const others = links.filter((link) => link.patient !== patient);
  /** Whether another patient had the phone at that time (ms). A link keeps when it was last ended, not how often. */
  const another = (at: number): boolean =>
    others.some((link) => (link.since ?? 0) <= at && (link.active || link.doubt?.why !== "ended" || at <= link.doubt.at));
  const theirTime = ({ n, at }: InboundItem): boolean => (upTo === undefined ? at <= end : n <= upTo);
  /** Filed in this patient's chart, and in nobody else's. */
  const isTheirsAlone = (filed: (filing: FilingItem) => boolean): boolean => {
    const charts = filings.filter(filed);
    return charts.length > 0 && charts.every((filing) => filing.patient === patient);
  };

  const texts = messages.filter((each) => each.direction === "in");
  const ours = messages.filter((each) => each.direction === "out");
  const notes = new Map(messages.flatMap((each) => (each.direction === "note" ? [[each.id, each] as const] : [])));
  const isTheirs = (text: InboundItem): boolean =>
    theirTime(text) && (!another(text.at) || isTheirsAlone(({ from, to }) => from <= text.n && text.n <= to));
  const sentToThem = (text: OutboundItem): boolean =>
    text.patient === undefined ? text.at <= end && !another(text.at) : text.patient === patient;
  const explaining = (text: OutboundItem): NoteItem[] =>
    [...new Set([text.acknowledged?.note, text.overridden?.note])].flatMap((id) => notes.get(id ?? "") ?? []);
  const explained = new Set(ours.flatMap((text) => explaining(text).map(({ id }) => id)));

  const wrote = [...notes.values()].filter(({ id, at }) => !explained.has(id) && at <= end);
  const isAboutThem = ({ id, at }: NoteItem): boolean => !another(at) || isTheirsAlone(({ note }) => note === id);
  const mayBeTheirs = ({ at }: { readonly at: number }): boolean => at >= since && another(at);

  const sent = ours.filter(sentToThem);
  const leaving = sent.filter(({ status }) => isWaiting(status) || status === "sending");
  return {
    goes: [
      ...texts.filter(isTheirs).map((text) => ({ kind: "in" as const, text })),
      ...sent.filter((text) => !leaving.includes(text)).map((text) => ({ kind: "out" as const, text, notes: explaining(text) })),
      ...wrote.filter(isAboutThem).map((text) => ({ kind: "note" as const, text })),
      ...filings.filter((filing) => filing.patient === patient).map((text) => ({ kind: "filing" as const, text })),
    ],
    underWay: leaving.length > 0,
    shared: [...texts.filter((text) => !isTheirs(text) && theirTime(text)), ...wrote.filter((note) => !isAboutThem(note))].filter(
      mayBeTheirs,
    ).length,
    strangers: texts.some((text) => !isTheirs(text) && !another(text.at)),
  };
}

/** Whether it is a text to this patient that has not left yet. */
export const isTheirsAndWaits = (text: MessageItem, patient: string): boolean =>
  text.direction === "out" && text.patient === patient && isWaiting(text.status);

/** The item without any member but these. */
function bare<T extends object>(item: T, kept: readonly (keyof T)[], rest: Patch<T>): Patch<T> {
  const gone = Object.keys(item).filter((name) => !(kept as readonly string[]).includes(name));
  return { ...(Object.fromEntries(gone.map((name) => [name, undefined])) as Patch<T>), ...rest };
}

const KEY = ["PK", "SK", "id", "aseq", "ahash"] as const;

/** A number that only says whether it is blocked, and by which STOP. */
export const bareNumber = (number: NumberItem, now: number): Patch<NumberItem> =>
  bare(
    number,
    [
      ...KEY,
      ...(["dialable", "conv", "state", "epoch", "stopAt", "startAt", "stopWord", "stoodEpoch", "confirmed", "stops"] as const),
      ...(["listed", "listedAt", "noContact"] as const),
    ],
    { kind: "unknown", last4: "", trial: false, ver: number.ver + 1, erasedAt: now },
  );

/** A conversation that only counts on, so that its audit chain and its texts never have a number twice. */
export const bareConversation = (conversation: ConversationItem, frontDesk: string): Patch<ConversationItem> =>
  bare(conversation, [...KEY, "number", "state", "rev", "n", "filedN", "level"], {
    last4: "",
    team: frontDesk,
    verify: true,
    tasks: [],
  });

const DAY_MS = 24 * 3_600_000;
/** A text that could not be stored lies in its queue and then in the dead-letter queue for so long: lib/queues.ts. */
const QUEUE_DAYS = 14;
/** References of texts, hashed, are remembered for so long. */
const TECHNICAL_DAYS = 90;

/** What is left somewhere, and until when (ms) where that is known. */
export interface Remainder {
  readonly where:
    | "backups"
    | "inbound-queues"
    | "technical-items"
    | "audit-trail"
    | "incidents"
    | "number"
    | "opt-out-list"
    | "shared-phone"
    | "elsewhere";
  readonly what: string;
  readonly until?: number;
}

/** When backups of the state table no longer reach back to before a finished erasure (ms). */
export const backupsEnd = (finished: number, days: number): number => finished + days * DAY_MS;

/** What a finished erasure leaves where: nothing in it is a guess, and what the gateway cannot know it says so. */
export function remains({ finished, backupDays, kept }: ErasureItem): Remainder[] {
  if (finished === undefined || backupDays === undefined) return [];
  const { texts, blocked, noContact } = kept;
  return [
    {
      where: "backups",
      what: `All that was deleted, sealed, in the state table's own backups, which go back ${backupDays} days. Copies that somebody made by hand are not counted.`,
      until: backupsEnd(finished, backupDays),
    },
    {
      where: "inbound-queues",
      what: "Texts from before that could not be stored, if there are any, as the carrier wrote them.",
      until: finished + QUEUE_DAYS * DAY_MS,
    },
    {
      where: "technical-items",
      what: "Hashes of requests, and message ids: no text, no number.",
      until: finished + TECHNICAL_DAYS * DAY_MS,
    },
    {
      where: "audit-trail",
      what: "What happened, when and by whom, in the audit table, the log and its archive: by random ids that name nobody any more.",
    },
    {
      where: "incidents",
      what: "Closed incidents that the patient was part of, if any: random ids and times, the phone's last four digits, and the sealed note of whoever closed it.",
    },
    {
      where: "number",
      what: `Keyed hashes of the numbers, without digits: ${blocked} blocked by an opt-out, ${noContact} where nobody may be texted.`,
    },
    ...(blocked > 0
      ? [{ where: "opt-out-list" as const, what: "The blocked numbers on the clinic's opt-out list at AWS, until the phone texts START." }]
      : []),
    ...(texts > 0
      ? [
          {
            where: "shared-phone" as const,
            what: `${texts} texts and notes of a phone that other patients use too, because they are or may be theirs.`,
          },
        ]
      : []),
    {
      where: "elsewhere",
      what: "The chart's own copies, and this id if it was written down there; what carriers, AWS and phones keep: not the gateway's to delete.",
    },
  ];
}
