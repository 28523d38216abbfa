/**
 * How sure we are that a phone is the patient's: 0 unknown · 1 on file · 2 confirmed from the handset · 3 two identifiers by
 * voice, or the patient at the desk · 4 called back. A proof is a fact with a date on the link of patient and number. It
 * counts until it is `numberMonths` old or something newer casts doubt: then the number is on file only, or not even that.
 * The ladder is the guide's own (reference: peers-and-rules, section 4, "How is it verified?"); no law sets the months.
 */
import type { Clinic, NumberLevel } from "./clinic.ts";
import { addMonths } from "./hours.ts";
import type { Doubt, LinkItem, NumberItem, Proofs } from "./items.ts";
import type { Patch } from "./plan.ts";

const LEVEL_OF: Readonly<Record<keyof Proofs, NumberLevel>> = { handset: 2, desk: 3, identifiers: 3, callback: 4 };
export const PROOFS = Object.keys(LEVEL_OF) as (keyof Proofs)[];

/** Doubts after which being on file says nothing: somebody told us that the phone is another's, or the registration was ended. */
const UNKNOWN: readonly Doubt[] = ["wrong-number", "ended"];
/** Doubts after which nothing is texted until somebody has made sure. */
const SUSPECT: readonly Doubt[] = ["bounced", "wrong-number", "ended"];
/** Doubts about whose the number is that do not concern a patient who was registered with it later. */
const OF_OTHERS: readonly Doubt[] = ["wrong-number", "new-number", "carrier-changed"];

/** How staff know whose phone it is. Asking for identifiers in a text is not among them. */
export const HOW_KNOWN = ["called-back", "at-the-desk", "two-identifiers-by-voice", "known-to-staff"] as const;
export type HowKnown = (typeof HOW_KNOWN)[number];

/** The proof that each gives; a voice that somebody knows is none, and leaves the number on file. */
const PROOF_OF: Readonly<Record<HowKnown, keyof Proofs | undefined>> = {
  "called-back": "callback",
  "at-the-desk": "desk",
  "two-identifiers-by-voice": "identifiers",
  "known-to-staff": undefined,
};

/** The proofs of a link with one more, given at an instant (ms); an older one of the same kind replaces none. */
export function proved(before: Proofs | undefined, known: { readonly how: HowKnown; readonly at: number } | undefined): Proofs | undefined {
  const kind = known && PROOF_OF[known.how];
  if (!known || !kind) return before;
  return { ...before, [kind]: Math.max(before?.[kind] ?? 0, known.at) };
}

/** What each level says to staff. */
export const LEVEL_SAYS: Readonly<Record<NumberLevel, string>> = {
  0: "Nobody has made sure whose phone this is.",
  1: "The number is on file; nobody has confirmed it lately.",
  2: "Confirmed from the phone itself.",
  3: "Confirmed by two identifiers by voice, or in person at the desk.",
  4: "Confirmed by calling the number back.",
};

type Facts = Pick<NumberItem, "doubt" | "graver">;
type Linked = Pick<LinkItem, "active" | "since" | "proofs" | "doubt">;

/**
 * The level of a number for one patient at a time.
 * @param link the patient's link to the number, if any @param now ms
 */
export function levelOf(number: Facts, link: Linked | undefined, now: number, clinic: Pick<Clinic, "numberMonths">): NumberLevel {
  if (!link?.active) return 0;
  const since = addMonths(now, -clinic.numberMonths);
  const doubted = Math.max(...doubts(number, link).map(({ at }) => at), Number.NEGATIVE_INFINITY);
  const proved = proofs(link).flatMap(([kind, at]) => (at >= since && at > doubted ? [LEVEL_OF[kind]] : []));
  return proved.toSorted().at(-1) ?? (standing(number, link).some(({ why }) => UNKNOWN.includes(why)) ? 0 : 1);
}

/** Whether nothing may be texted to this patient here until somebody has made sure whose phone it is. */
export const isSuspect = (number: Facts, link: Linked | undefined): boolean =>
  link !== undefined && standing(number, link).some(({ why }) => SUSPECT.includes(why));

/** Whether the number went to another carrier, and nobody has made sure of it for this patient since. */
export const isMoved = (number: Facts, link: Linked | undefined): boolean =>
  link !== undefined && standing(number, link).some(({ why }) => why === "carrier-changed");

/**
 * The members of a number on which doubt falls: the level of every patient on it falls with it, and a text that was about to
 * leave is decided again. A lighter doubt lifts no graver one. @param at ms
 */
export const levelFalls = (number: Pick<NumberItem, "ver" | "doubt">, why: Doubt, at: number): Patch<NumberItem> & { ver: number } => ({
  doubt: { at, why },
  ...(number.doubt && SUSPECT.includes(number.doubt.why) && !SUSPECT.includes(why) ? { graver: number.doubt } : {}),
  ver: number.ver + 1,
});

const doubts = (number: Facts, link: Linked): { at: number; why: Doubt }[] => [
  ...(number.doubt ? [number.doubt] : []),
  ...(number.graver ? [number.graver] : []),
  ...(link.doubt ? [link.doubt] : []),
];

const proofs = (link: Linked): [keyof Proofs, number][] => Object.entries(link.proofs ?? {}) as [keyof Proofs, number][];

/** The doubts that nothing newer has settled: neither a proof nor, where they concern who has the number, its first registration. */
function standing(number: Facts, link: Linked): { at: number; why: Doubt }[] {
  const proved = Math.max(...proofs(link).map(([, at]) => at), Number.NEGATIVE_INFINITY);
  return doubts(number, link).filter(({ at, why }) => at >= proved && !(OF_OTHERS.includes(why) && at < (link.since ?? 0)));
}
