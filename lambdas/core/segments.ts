/**
 * How many parts a text needs on the air (3GPP TS 23.038): GSM-7 has 160 septets alone and 153 in each of several parts,
 * UCS-2 has 70 and 67 UTF-16 units. One character outside GSM-7 moves the whole text to UCS-2.
 */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const COST = new Map<string, number>([...[...BASIC].map((c) => [c, 1] as const), ...[...EXTENDED].map((c) => [c, 2] as const)]);

export interface Segments {
  readonly encoding: "GSM-7" | "UCS-2";
  readonly parts: number;
  /** The first characters that GSM-7 lacks: what to replace to pay less. */
  readonly forcedBy: readonly string[];
}

/** What a part to a Canadian mobile costs, in US cents: AWS's price and the carrier's fee together (docs/deploying.md). */
export const PART_US_CENTS = 1.3;

/** Plain letters for those that GSM-7 lacks and that do not come apart into a letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "…": "...",
  "\u00a0": " ",
  "\u202f": " ",
  œ: "oe",
  Œ: "OE",
};

/** The text in letters that GSM-7 has, where there are such: ARRET for ARRÊT, which needs a third of the parts. */
export const plainer = (text: string): string =>
  [...text]
    .map((character) => {
      if (COST.has(character)) return character;
      const bare = PLAIN[character] ?? character.normalize("NFD").replace(/\p{M}/gu, "");
      return bare !== "" && [...bare].every((each) => COST.has(each)) ? bare : character;
    })
    .join("");

export function segments(text: string): Segments {
  const foreign = new Set<string>();
  let septets = 0;
  for (const character of text) {
    const cost = COST.get(character);
    if (cost === undefined) foreign.add(character);
    else septets += cost;
  }
  if (foreign.size === 0) return { encoding: "GSM-7", parts: septets <= 160 ? 1 : gsmParts(text), forcedBy: [] };
  return { encoding: "UCS-2", parts: text.length <= 70 ? 1 : ucsParts(text), forcedBy: [...foreign].slice(0, 5) };
}

/** An escaped character is never cut in two, so a part may stay one septet short. */
function gsmParts(text: string): number {
  let parts = 1;
  let used = 0;
  for (const character of text) {
    const cost = COST.get(character) ?? 1;
    if (used + cost > 153) {
      parts++;
      used = 0;
    }
    used += cost;
  }
  return parts;
}

/** Nor is a surrogate pair. */
function ucsParts(text: string): number {
  let parts = 1;
  let used = 0;
  for (const character of text) {
    if (used + character.length > 67) {
      parts++;
      used = 0;
    }
    used += character.length;
  }
  return parts;
}
