/** What people write where they have not decided yet, in both languages. */
const OPEN =
  /^\W*(tb[dac]|to ?do|to be (decided|determined|confirmed|done|announced)|n\/?a|not (yet )?(decided|known|applicable)|unknown|none|nobody|nothing|pending|fixme|x{3,}|lorem\b.*|à (faire|déterminer|décider|confirmer|venir|compléter)|aucune?|inconnue?)\b\W*.{0,20}$/iu;

/** Whether a sentence answers what it was asked, rather than putting it off: "TBD" and "?" do not. */
export const isAnswered = (sentence: string): boolean => /\p{L}{3}/u.test(sentence) && !OPEN.test(sentence);
