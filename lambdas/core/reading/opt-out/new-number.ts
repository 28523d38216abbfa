import type { Folded } from "../fold.ts";

const PHONE = "(?:phone|cell|cellphone|mobile|tel|telephone)";
/** A telephone number, and not that of a card or a file. */
const NUMBER = `(?:(?:${PHONE} )?(?:number|numbers|numero)(?! (?:de|d|of|on) (?!tel|telephone|cell|cellulaire|portable))|cell|cellulaire)`;

/** What says it, in folded words. Each asks for an owner or a change, so that the clinic's own new number is not meant. */
const SAYING: readonly RegExp[] = [
  `(?:my|our|mon|notre) (?:new|nouveau|nouvel) ${NUMBER}`,
  `(?:have|ve|got|ai|a|avons) (?:a |un )?(?:new|nouveau|nouvel) ${NUMBER}`,
  `^(?:new|nouveau|nouvel) ${NUMBER}`,
  `(?:i|ve|have|just|we) (?:changed|switched) (?:my |our )?${NUMBER}`,
  `(?:my|our) ${NUMBER} (?:has |is |was |just )*changed`,
  `(?:my|our) ${NUMBER} is now`,
  `(?:j ai|nous avons|on a) (?:aussi |encore )?change (?:de |mon |notre )${NUMBER}`,
  `(?:mon|notre) ${NUMBER} (?:de (?:tel|telephone|cell|cellulaire|portable) )?(?:a (?:ete )?change|est maintenant|est rendu)`,
].map((each) => new RegExp(`(?:^|(?<= ))${each.replace(/^\^/, "(?<=^)")}(?= |$)`));

/** Words just before it, after which it is not said or is only thought of. */
const NOT = /(?:^| )(?:not|never|no|without|if|when|once|si|quand|sans|pas)(?: [a-z']+){0,3} ?$/;

/**
 * Whether the text says that the patient is to be reached under another number. Wider than the words that end a number: it opens
 * a task and takes away what was proved of the old number, and a person reads it in any case.
 */
export function isNewNumber({ text }: Pick<Folded, "text">): boolean {
  const words = text.replace(/[^a-z0-9]+/g, " ").trim();
  return SAYING.some((saying) => {
    const found = saying.exec(words);
    return found !== null && !NOT.test(words.slice(Math.max(0, found.index - 60), found.index));
  });
}
