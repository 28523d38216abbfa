import { readOptOut } from "../../lambdas/core/reading/opt-out.ts";

/** Answer, reply, text back, send ...: what asks a patient for a word. */
const ASKS =
  /(?<!\p{L})(reply|respond|answer|text|txt|send|type|write|répond(?:ez|re|s)|text(?:ez|er|e)|envoy(?:ez|er)|envoie|écri(?:vez|re|s)|tap(?:ez|er)|inscri(?:vez|re)|retourn(?:ez|er))(?!\p{L})/giu;
/** Before a word that is not asked for: "text us to cancel", "at the end of the day", "avant la fin". */
const NOT_ASKED = /^(to|the|a|an|at|of|pour|de|d|à|la|le|les|en|du|au|l)$/iu;
/** "STOP to cancel your appointment" asks for a word that does something else. */
const STOP_FOR_ELSE =
  /(?<!\p{L})(stop|arr[eê]te?r?)["'”»]?\s+(?:to|if|pour|si)\s+(?:\p{L}+\s+){0,3}?(cancel|change|move|reschedul|declin|refus|postpone|annul|d[ée]plac|report|modifi|chang)/iu;

/**
 * Opt-out words that a text asks a patient to answer, other than STOP and ARRET for what they do: "reply CANCEL to cancel"
 * opts the patient out, and the next reminder never comes (DESIGN, section 8).
 */
export function asksFor(text: string): string[] {
  const asked: string[] = [];
  for (const match of text.matchAll(ASKS)) {
    // As far as the sentence goes.
    const [rest = ""] = /^[^.?!;\n]*/u.exec(text.slice(match.index + match[0].length)) ?? [];
    asked.push(...optOutsOf(wordsOf(rest).slice(0, 10)));
  }
  // "YES to confirm, CANCEL to cancel": what stands out is asked for, whatever comes before it.
  for (const [, quoted = ""] of text.matchAll(/["“«‘]\s?([^"”»’]{2,20}?)\s?["”»’]/gu)) asked.push(...optOutsOf(wordsOf(quoted)));
  if (/\p{Ll}/u.test(text)) asked.push(...optOutsOf(wordsOf(text), (word) => /^\p{Lu}{3,}$/u.test(word)));
  const stop = STOP_FOR_ELSE.exec(text);
  if (stop) asked.push(stop[1] ?? "");
  return [...new Map(asked.map((word) => [word.toLowerCase(), word])).values()];
}

const wordsOf = (text: string): string[] => text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? [];

function optOutsOf(words: readonly string[], may: (word: string) => boolean = () => true): string[] {
  return words.flatMap((word, index) => {
    if (!may(word) || NOT_ASKED.test(words[index - 1] ?? "")) return [];
    if (optsOut(word)) return [word];
    const next = words[index + 1] ?? "";
    return next !== "" && may(next) && !optsOut(next) && !STOP.test(word) && !STOP.test(next) && optsOut(`${word} ${next}`)
      ? [`${word} ${next}`]
      : [];
  });
}

/** Asked for with its own meaning, these two do what the text says. */
const STOP = /^(stop|arr[eê]t)$/iu;

/** ANNULER alone is for a person to look at, which pauses the patient's texts: as bad an answer to ask for as CANCEL. */
function optsOut(word: string): boolean {
  const plain = word.toLowerCase();
  let does = known.get(plain);
  if (does === undefined) {
    does = !STOP.test(word) && (readOptOut(word).label === "certain" || /^annul(er|ez|e|é|ation)$/iu.test(word));
    known.set(plain, does);
  }
  return does;
}

/** The same few words stand in every text. */
const known = new Map<string, boolean>();
