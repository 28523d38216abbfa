/**
 * A text as the readers see it: lower-case, without accents, full-width forms, look-alike letters of other alphabets,
 * zero-width characters and odd spaces, so that "ＳＴＯＰ", "S​TOP" and "stοp" are one word. Every folded character knows
 * where it stood, so that a finding can be shown in the text as it was written.
 */
export interface Folded {
  readonly text: string;
  /** Where each UTF-16 unit of `text` stood in the original; one entry more than `text` has units. */
  readonly at: readonly number[];
  readonly original: string;
}

/** Letters of other alphabets that look like Latin ones (Unicode confusables, the everyday part). */
const LOOKALIKES = new Map(
  Object.entries({
    а: "a",
    в: "b",
    е: "e",
    ё: "e",
    һ: "h",
    і: "i",
    ї: "i",
    ј: "j",
    к: "k",
    ӏ: "l",
    м: "m",
    н: "h",
    о: "o",
    р: "p",
    ѕ: "s",
    с: "c",
    т: "t",
    у: "y",
    ү: "y",
    х: "x",
    ԁ: "d",
    ԛ: "q",
    ԝ: "w",
    α: "a",
    β: "b",
    ε: "e",
    η: "n",
    ι: "i",
    κ: "k",
    μ: "m",
    ν: "v",
    ο: "o",
    ρ: "p",
    σ: "o",
    τ: "t",
    υ: "u",
    χ: "x",
    ω: "w",
    ζ: "z",
    ı: "i",
    ł: "l",
    ø: "o",
    đ: "d",
    ħ: "h",
    œ: "oe",
    æ: "ae",
    ß: "ss",
    ᴏ: "o",
    ᴛ: "t",
    ꜱ: "s",
    ᴘ: "p",
    "’": "'",
    "‘": "'",
    ʼ: "'",
    "`": "'",
    "´": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "„": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
  }),
);

/** Letters in filled circles and squares have no decomposition of their own. */
function enclosed(point: number): string | undefined {
  const offset = point >= 0x1f150 && point <= 0x1f169 ? point - 0x1f150 : point >= 0x1f170 && point <= 0x1f189 ? point - 0x1f170 : -1;
  return offset < 0 ? undefined : String.fromCharCode(97 + offset);
}

const PLAIN = /^[a-z0-9 .,!?;:'"()/-]$/;
const INVISIBLE = /[\p{M}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Folds a text of any script. Linear in its length. */
export function fold(original: string): Folded {
  let text = "";
  const at: number[] = [];
  let index = 0;
  for (const character of original) {
    for (const unit of folded(character)) {
      // A run of spaces is one space.
      if (unit === " " && (text === "" || text.endsWith(" "))) continue;
      text += unit;
      for (let i = 0; i < unit.length; i++) at.push(index);
    }
    index += character.length;
  }
  if (text.endsWith(" ")) {
    text = text.slice(0, -1);
    at.pop();
  }
  at.push(original.length);
  return { text, at, original };
}

function folded(character: string): string {
  if (PLAIN.test(character)) return character;
  if (/\s/.test(character)) return " ";
  const known = enclosed(character.codePointAt(0) ?? 0);
  if (known) return known;
  const plain = character.normalize("NFKD").replace(INVISIBLE, "").toLowerCase();
  let out = "";
  for (const each of plain) out += LOOKALIKES.get(each) ?? (/\s/.test(each) ? " " : each);
  return out;
}

/** The span of the original that a span of the folded text came from. */
export function spanOf({ at }: Folded, from: number, to: number): { from: number; to: number } {
  return { from: at[from] ?? 0, to: at[to] ?? at.at(-1) ?? 0 };
}
