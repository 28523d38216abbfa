import { KEYWORDS, type Word } from "../../words.ts";
import { slips, type Token } from "../tokens.ts";
import { NAMES } from "./names.ts";

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
/** Words that staff would not take for a slip of STOP. */
const NO_SLIP = new Set("top spot shop post stay soup step stuff quite quiet suit unit carrot barrette ended candle tour tops".split(" "));
const SHORT = ["stop", "arret", "cancel", "remove", "quit"];
/** Behind or before a keyword these make another sentence of it. */
const SENTENCE = new Set(
  "at by in or and if when while i im ill we he she it its is was are will to on off do does did should can you que qui ou et si je j on il elle tu vous c est sont ai a au aux chez dans".split(
    " ",
  ),
);
const DETERMINER = new Set("my the our his her their mon ma mes le la les l notre nos son sa ses all".split(" "));

/** @param extra keywords of the rule packs, folded */
export function whole(tokens: readonly Token[], extra: ReadonlyMap<string, Word>): Whole | undefined {
  const known = (word: string): Word | undefined => KEYWORDS.get(word) ?? extra.get(word);
  let from = 0;
  let to = tokens.length;
  const polite = (token: Token | undefined): boolean =>
    token !== undefined && known(token.word)?.kind !== "stop" && (is(token, "POLITE") || is(token, "SIGN"));
  while (from < to && polite(tokens[from])) from++;
  const signed = (token: Token | undefined): boolean =>
    token !== undefined &&
    known(token.word) === undefined &&
    (NAMES.has(token.word) || (token.word.length === 1 && /[a-z]/.test(token.word)));
  while (to > from && (polite(tokens[to - 1]) || (to - 1 > from && signed(tokens[to - 1])))) to--;
  const core = tokens.slice(from, to);

  if (core.length === 0) {
    if (
      tokens.some((token) => is(token, "STOPSIGN")) &&
      tokens.every((token) => is(token, "SIGN") || is(token, "STOPSIGN") || is(token, "POLITE"))
    )
      return { kind: "perhaps", why: "stop-sign" };
    return { kind: "answer" };
  }
  const compact = core.map(({ word }) => word.replaceAll(" ", "")).join("");
  const words = core.map(({ word }) => known(word));
  const [first] = words;
  if (first && first.kind !== "yes" && first.kind !== "no" && words.every((word) => word?.kind === first.kind))
    return { kind: "keyword", word: first };
  const joined = compact.length > 1 ? known(compact) : undefined;
  if (joined && joined.kind !== "yes" && joined.kind !== "no") return { kind: "keyword", word: joined };
  const meant = core.length <= 3 ? longKeyword(compact, known) : undefined;
  if (meant) return { kind: "keyword", word: meant };
  if (core.every((token) => is(token, "YESNO") || /^\d+$/.test(token.word))) return { kind: "answer" };

  // "UNSUBSCRIBE - Harold", "STOP (from Evelyn)", "Arret. M. Poirier"
  const head = first ?? longKeyword(core[0]?.word ?? "", known);
  if (head?.kind === "stop" || head?.kind === "start" || head?.kind === "help") {
    const tail = core.slice(1);
    const apart = (tail[0]?.breaks ?? 0) > 0 || tokens.slice(from, from + 2).some((token) => is(token, "SIGN"));
    const unknown = tail.every((token) => token.classes.length === 0 || polite(token) || signed(token));
    if (
      apart &&
      tail.length <= 4 &&
      unknown &&
      (UNMISTAKABLE.has(head.word) || tail.every(({ word }) => /^[a-z]+$/.test(word) && !DRUGLIKE.test(word)))
    )
      return { kind: "keyword", word: head };
  }

  if (core.length === 1 && typo(compact)) return { kind: "perhaps", why: "typo" };
  if (core.length === 2 && compact.length <= 6 && typo(compact)) return { kind: "perhaps", why: "typo" };
  if (
    core.every(
      (token) =>
        is(token, "CANCEL") || is(token, "WISH") || is(token, "I") || is(token, "ANYTHING") || token.word === "to" || token.word === "a",
    )
  )
    if (core.some((token) => is(token, "CANCEL"))) return { kind: "perhaps", why: "cancel" };
  if (beside(core)) return { kind: "perhaps", why: "beside" };
  return undefined;
}

/** A long keyword with at most two slips. */
function longKeyword(word: string, known: (word: string) => Word | undefined): Word | undefined {
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
  return best && known(word) === undefined ? best : undefined;
}

/** A slip in a short keyword: a person looks. */
const typo = (word: string): boolean =>
  word.length >= 3 &&
  word.length <= 8 &&
  !NO_SLIP.has(word) &&
  SHORT.some((keyword) => slips(word.replaceAll("0", "o"), keyword) <= (keyword.length > 5 ? 2 : 1));

/** STOP, CANCEL or ANNULER with something short that it may refer to. */
function beside(core: readonly Token[]): boolean {
  if (core.length > 7) return false;
  const keyword = (token: Token | undefined): "stop" | "cancel" | undefined => {
    if (!token) return undefined;
    if (/^(stop|arret|quit|end|fin|remove|unsubscribe)$/.test(token.word)) return "stop";
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
