import { KEYWORDS, type Word } from "../../words.ts";
import { NAMES } from "./names.ts";
import { slips, type Token } from "./tokens.ts";

/** What a message comes down to once greeting, thanks, emoji and signature are taken away. */
export type Whole =
  | { readonly kind: "keyword"; readonly word: Word }
  /** For a person to look at, and why. */
  | { readonly kind: "perhaps"; readonly why: "typo" | "stop-sign" | "cancel" | "beside" }
  /** A plain answer, thanks or nothing at all. */
  | { readonly kind: "answer" };

const is = (token: Token | undefined, name: string): boolean => token?.classes.includes(name) ?? false;

/** Drugs by their endings: "STOP. Rosuvastatin" is no signature. */
const DRUGLIKE = /(?:ine|ol|pril|statin|zepam|mab|cillin|xaban|oxetine|formin|sartan|azole|ide|one|ium)e?$/;

/** Keywords that say nothing else: whatever stands behind them after a dash is a signature. */
const UNMISTAKABLE = new Set([
  "unsubscribe",
  "unsub",
  "optout",
  "opt out",
  "opt-out",
  "stopall",
  "desabonner",
  "desabonnement",
  "desinscrire",
  "desinscription",
]);
/** What a family name may follow. */
const NAMING = new Set(
  "mr mrs ms mme m miss madame monsieur regards sincerely cordialement famille family from de signed signe name nom salutations yours truly best".split(
    " ",
  ),
);
/** Words that staff would not take for a slip of STOP. */
const NO_SLIP = new Set(
  "cancer camel counsel top spot opts pots shop post stay soup step stuff quite quiet suit unit carrot barrette ended candle tour tops".split(
    " ",
  ),
);
const SHORT = ["stop", "arret", "cancel", "remove", "quit"];
/** Behind or before a keyword these make another sentence of it. */
const SENTENCE = new Set(
  "at by in or and if when while i im ill we he she it its is was are will to on off do does did should can you que qui ou et si je j on il elle tu vous c est sont ai a au aux chez dans".split(
    " ",
  ),
);
const DETERMINER = new Set("my the our his her their mon ma mes le la les l notre nos son sa ses all".split(" "));

/** Imperatives that are as plain as the keyword itself. */
const BARE: ReadonlyMap<string, Word> = new Map(
  [
    ["cessez cesser cesse arretez arrete arretes stoppez stopper desabonnez desinscrivez arrets", "fr"],
    ["cease unsubscribed", "en"],
  ].flatMap(([words = "", language]) =>
    words
      .split(" ")
      .map((word): [string, Word] => [
        word,
        { kind: "stop", language: language as "en" | "fr", word: language === "fr" ? "arret" : "stop" },
      ]),
  ),
);
const ARTICLE = new Set("my mon l un le the a".split(" "));
const PRONOUNS = new Set("me m moi se s je j nous us".split(" "));

/** @param extra keywords of the rule packs, folded */
export function whole(tokens: readonly Token[], extra: ReadonlyMap<string, Word>): Whole | undefined {
  const known = (word: string): Word | undefined => KEYWORDS.get(word) ?? extra.get(word);
  const meaning = (token: Token): Word | undefined =>
    token.slip ? undefined : (known(token.word) ?? known(token.word.replace(/^(?:s|m|me|se) /, "")));
  const polite = (token: Token | undefined): boolean =>
    token !== undefined && known(token.word)?.kind !== "stop" && (is(token, "POLITE") || is(token, "SIGN"));
  const signed = (token: Token | undefined): boolean =>
    token !== undefined &&
    known(token.word) === undefined &&
    (NAMES.has(token.word) || (token.word.length === 1 && /[a-z]/.test(token.word)));

  const said = tokens.filter((token) => !is(token, "SIGN"));
  let from = 0;
  let to = said.length;
  while (from < to && polite(said[from])) from++;
  while (to > from && polite(said[to - 1])) to--;
  // Letters apart ("S T O P"), or one word in two.
  const spaced = said.slice(from, to);
  const meant = (words: readonly Token[]): Word | undefined => {
    const compact = words.map(({ word }) => word.replaceAll(" ", "")).join("");
    const word =
      compact.length > 1
        ? ((words.some(({ slip }) => slip) ? undefined : known(compact)) ?? (words.length <= 3 ? longKeyword(compact) : undefined))
        : undefined;
    return word?.kind === "yes" || word?.kind === "no" ? undefined : word;
  };
  const exact = known(spaced.map(({ word }) => word).join(""));
  // "cancel it", "cancel me": what, is for a person to ask.
  const refers = said.slice(from).some(({ word }) => /^(?:it|that|this|me|us)$/.test(word));
  if (exact && exact.kind !== "yes" && exact.kind !== "no" && !spaced.some(({ slip }) => slip))
    return exact.word === "cancel" && refers ? { kind: "perhaps", why: "cancel" } : { kind: "keyword", word: exact };
  while (to - 1 > from && (polite(said[to - 1]) || signed(said[to - 1]))) to--;
  const core = said.slice(from, to);

  if (core.length === 0) return { kind: tokens.some((token) => is(token, "STOPSIGN")) ? "perhaps" : "answer", why: "stop-sign" } as Whole;
  const bare = core.filter(({ word }) => !PRONOUNS.has(word));
  const words = bare.map((token) => meaning(token) ?? (bare.length === 1 && !token.slip ? BARE.get(token.word) : undefined));
  const [first] = words.filter((word) => word?.kind !== "yes");
  if (first?.word === "cancel" && core.length <= 3 && said.slice(from).length <= 4 && refers) return { kind: "perhaps", why: "cancel" };
  // "remove Gladys": somebody else, perhaps; "remove, Gladys" is signed.
  const behind = said[said.indexOf(bare[0] as Token) + 1];
  if (first?.word === "remove" && bare.length === 1 && behind?.breaks === 0 && NAMES.has(behind.word))
    return { kind: "perhaps", why: "beside" };
  if (first && first.kind !== "no" && words.every((word) => word?.kind === first.kind || word?.kind === "yes"))
    return { kind: "keyword", word: first };
  const joined = meant(spaced) ?? meant(bare);
  if (joined) return { kind: "keyword", word: joined };
  if (core.every((token) => is(token, "YESNO") || /^\d+$/.test(token.word))) return { kind: "answer" };

  // "UNSUBSCRIBE - Harold", "STOP (from Evelyn)", "Arret. M. Poirier", "STOP. Kind regards, Eleanor Whitby"
  const head = core[0] && (known(core[0].word) ?? longKeyword(core[0].word));
  if (head && head.kind !== "yes" && head.kind !== "no") {
    const tail = said.slice(said.indexOf(core[0] as Token) + 1);
    const apart = (tail[0]?.breaks ?? 0) > 0 || tail.length < tokens.length - from - 1 || polite(tail[0]);
    const strange = tail.filter((token) => !polite(token) && !signed(token));
    // A strange word is a family name where a given name, a title or a farewell stands before it.
    const name = (token: Token): boolean => {
      const before = tail[tail.indexOf(token) - 1];
      return (
        token.classes.every((each) => each === "NAME") &&
        /^[a-z]+$/.test(token.word) &&
        !DRUGLIKE.test(token.word) &&
        before !== undefined &&
        (signed(before) || NAMING.has(before.word))
      );
    };
    if (
      apart &&
      strange.length <= 2 &&
      strange.every((token) => (UNMISTAKABLE.has(head.word) && token.classes.every((each) => each === "NAME")) || name(token))
    )
      return { kind: "keyword", word: head };
  }

  const compact = core.map(({ word }) => word).join("");
  if (core.length <= 2 && compact.length <= 8 && typo(compact)) return { kind: "perhaps", why: "typo" };
  if (
    core.some((token) => is(token, "CANCEL")) &&
    core.every(
      (token) =>
        is(token, "CANCEL") || is(token, "WISH") || is(token, "I") || is(token, "ANYTHING") || token.word === "to" || token.word === "a",
    )
  )
    return { kind: "perhaps", why: "cancel" };
  // "mon arret finit le 30" is no keyword with something beside it.
  if (!ARTICLE.has(said[from - 1]?.word ?? "") && beside(core)) return { kind: "perhaps", why: "beside" };
  return undefined;
}

/** A long keyword with at most two slips. */
function longKeyword(word: string): Word | undefined {
  if (word.length < 8 || word.length > 18) return undefined;
  let best: Word | undefined;
  let least = 3;
  for (const [keyword, meaning] of KEYWORDS) {
    if (keyword.length < 9) continue;
    const far = slips(word, keyword);
    if (far < least) {
      least = far;
      best = meaning;
    }
  }
  return best;
}

const lettersOf = (word: string): string => [...word].sort().join("");

/** A slip in a short keyword, or its letters in disorder: a person looks. */
const typo = (word: string): boolean =>
  word.length >= 3 &&
  word.length <= 8 &&
  !NO_SLIP.has(word) &&
  SHORT.some(
    (keyword) => lettersOf(word) === lettersOf(keyword) || slips(word.replaceAll("0", "o"), keyword) <= (keyword.length > 5 ? 2 : 1),
  );

/** STOP, CANCEL or ANNULER with something short that it may refer to. */
function beside(core: readonly Token[]): boolean {
  if (core.length > 7) return false;
  const keyword = (token: Token | undefined): "stop" | "cancel" | undefined => {
    if (!token) return undefined;
    if (/^(stop|arret|quit|end|fin|unsubscribe)$/.test(token.word)) return "stop";
    return token.word === "cancel" || (is(token, "CANCEL") && /^annul/.test(token.word)) ? "cancel" : undefined;
  };
  const first = keyword(core[0]);
  const last = core.length > 1 && core.at(-1)?.breaks === 2 ? keyword(core.at(-1)) : undefined;
  if (!first && !last) return false;
  const rest = first ? core.slice(1) : core.slice(0, -1);
  if (rest.some(({ word }) => SENTENCE.has(word)) || rest.some((token) => is(token, "COME"))) return false;
  if (last) return true;
  if (first === "cancel") return rest.length <= 4 && !rest.some(({ word }) => DETERMINER.has(word));
  return rest.length <= 3 || rest.some((token) => is(token, "APPT") || is(token, "DRUG"));
}
