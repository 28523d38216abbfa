import type { Folded } from "../fold.ts";

/** What says it, in folded letters. */
const SAYING = [
  "wrong number",
  "wrong phone number",
  "wrong person",
  "mauvais numero",
  "mauvais numero de telephone",
  "faux numero",
  "mauvaise personne",
  "pas le bon numero",
  "pas la bonne personne",
];

/**
 * All that may stand around it. Nothing here doubts, asks, negates, names a time or a person, or gives another number:
 * whoever writes one of those words is read by a person.
 */
const AROUND = new Set(
  `hi hello hey sorry please thanks thank you pls plz u ur i im am this is it its the a an of have has had got get texted texting
  text texts dialed called reached messaging message me my number phone stop and
  bonjour allo salut desole desolee pardon excusez moi svp stp merci vous tu avez as c'est cest ceci est un une le la de ici
  textez texter m'avez compose appele rejoint et vous faites erreur`.split(/\s+/),
);

/** A question without its mark. */
const ASKING = /^(?:is|are|do|did|have|est|avez|as) /;

/** Longer than this, a text says more than that. */
const MAX = 120;

/**
 * Whether the whole text says, beyond mistaking, that it did not reach whom it was meant for. Only then does a rule end the
 * number by itself: everything else that sounds like it is left to a person.
 */
export function isWrongNumber({ text, original }: Folded): boolean {
  if (original.length > MAX || text.includes("?")) return false;
  const words = text.replace(/[^a-z0-9']+/g, " ").trim();
  if (ASKING.test(words)) return false;
  const saying = SAYING.filter((each) => ` ${words} `.includes(` ${each} `)).sort((a, b) => b.length - a.length)[0];
  if (saying === undefined) return false;
  const rest = ` ${words} `.replace(` ${saying} `, " ").trim();
  return rest === "" || rest.split(" ").every((word) => AROUND.has(word));
}
