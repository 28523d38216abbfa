import type { Folded } from "../fold.ts";

/**
 * A text as the concepts see it: words in one spelling, numbers as numbers, sentences numbered. French elisions are undone
 * ("j'ai", "jsuis" and "chu" are `j` and a verb), English contractions lose their apostrophe, letters held down count once,
 * and words that only point at others (articles, possessives, "of") are left out: "mal à la tête", "mal dans tête" and
 * "mal tête" are one phrase.
 */
export interface Token {
  readonly word: string;
  /** The number it stands for. */
  readonly number: number | undefined;
  /** In the folded text, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Sentences, and the two sides of a "but", are numbered; so are the parts that commas make of them. */
  readonly sentence: number;
  readonly part: number;
}

/** A number with its decimals or its second half (38.5, 38,5, 210/120, 10:40), a word, or any other sign. */
const PIECES = /\d+(?:[.,:/]\d+)*|[\p{L}']+|[^\s]/gu;
const ELIDED = words("j l d s m t n c y z qu jusqu lorsqu puisqu presqu quelqu");
/** What only points at another word. */
export const POINTING = words(
  "the my his their your our its an of le la les ma mon mes sa ses ton ta tes leur votre vos notre nos du des de au aux un une a l d s m t n c qu ce cet cette ces en dans",
);
const POINTING_IN_FRENCH = words("son");
const FRENCH = words(
  "je j jai mon ma mes le la les des du de un une est suis pas depuis et pis avec pour dans que qui il elle ca sa ce cette on nous vous merci bonjour svp chu c qu l d y",
);
const ENGLISH = words(
  "the i my is im and to for have has it its not with on at of in was he she you your can do any please thanks been her his this",
);
const TURNS = words("but mais however except cependant though");

/** Spellings of a thumb, of speech and of Québec, and what they stand for. */
const SPELT = table(`
  u you|ur your|ure you are|cuz because|cause because|coz because|bc because|w with|wo without|pls please|plz please|tmrw tomorrow|tmr tomorrow|tmw tomorrow|tomoro tomorrow
  2nite tonight|tonite tonight|2night tonight|2day today|2moro tomorrow|nite night|rn right now|thx thanks|ty thanks|tks thanks|gonna going to|wanna want to|gotta got to|dunno dont know|idk dont know
  b4 before|txt text|txts text|msg message|ppl people|bday birthday|abt about|prob probably|prolly probably|def definitely
  hubby husband|hubbys husband|husbands husband|wifey wife|wifes wife|mum mom|mums mom|moms mom|mama mom|mommy mom|mother mom|mothers mom|dads dad|daddy dad|father dad|fathers dad
  gramma grandma|granma grandma|grandmother grandma|nana grandma|nan grandma|gran grandma|granny grandma|oma grandma|grampa grandpa|granddad grandpa|grandad grandpa|grandfather grandpa|gramps grandpa|opa grandpa
  papi grandpapa|pepere grandpapa|mamie grandmaman|memere grandmaman|bb bebe|ptite petite|ptit petit|tite petite|ti petit|tit petit|babys baby|kiddo kid|kids kid|childs child|sons son|daughters daughter
  chu j suis|chui j suis|chus j suis|chuis j suis|jsuis j suis|jsu j suis|jsui j suis|shu j suis|cest est|sest est|cetait etait|ct etait|jai j ai|javais j avais|jarrive j arrive|jentends j entends
  jetouffe j etouffe|jecris j ecris|jallaite j allaite|jaimerais j aimerais|jaimerai j aimerais|jhabite j habite|jose j ose|jessaie j essaie|jessaye j essaie|jetais j etais|jattends j attends|jaurais j aurais
  jaurai j aurais|jouvre j ouvre|jirai j irai|jespere j espere|jaccouche j accouche|javale j avale|jendors j endors|jechappe j echappe|jetourdi j etourdi|jen j en
  yest il est|ye il est|ya ya|yas ya|yavait ya avait|ila il|dun un|dune une|dlair air|dair air|lcoeur coeur|lventre ventre|lbras bras|dsang sang|pcq parce que|pcque parce que|psk parce que|pck parce que
  pi pis|pus pu|asteur maintenant|astheure maintenant|asteure maintenant|mtn maintenant|mnt maintenant|tjrs toujours|tjr toujours|tjs toujours|kekchose quelque chose|qqch quelque chose|qqn quelqu un|auj aujourdhui|ajd aujourdhui|ojd aujourdhui|bcp beaucoup
  dsl desole|slt salut|bjr bonjour|bsr bonsoir|sem semaine|sems semaine|semaines semaine|tel telephone|rv rdv|rdvs rdv|rendezvous rdv|hosto hopital|hosp hopital|hospital hopital|er emerg|emerge emerg|kil qu il|quil qu il|kelle qu elle|quelle elle
  appts appt|apt appt|appointment appt|appointments appt|appointement appt|apointment appt|appoitment appt|docs doctor|doc doctor|dr doctor|dre doctor|drs doctor|docteur doctor|medecin doctor
  mins min|minute min|minutes min|mn min|hr hour|hrs hour|hours hour|heure hour|heures hour|h hour|wk week|wks week|weeks week|semaine week|mths month|mth month|mo month|mos month|months month|mois month
  yr year|yrs year|years year|annee year|annees year|ans year|an year|yo year old|jr day|jrs day|jour day|jours day|days day|secs sec|secondes sec|seconde sec|seconds sec|second sec
  preg pregnant|prego pregnant|preggo pregnant|preggers pregnant|meds med|medication med|medications med|medicament med|medicaments med|temperature temp|cannot cant|couldnt cant|couldn cant|havent hasnt|hadnt hasnt|arent isnt|aint isnt|wasnt isnt|werent isnt|wouldnt wont|dosent doesnt|dosnt doesnt|didn didnt
`);

const NUMBERS = new Map(
  [
    ...table(
      "two 2|three 3|four 4|five 5|six 6|seven 7|eight 8|nine 9|ten 10|eleven 11|twelve 12|dozen 12|fifteen 15|twenty 20|thirty 30|forty 40|fifty 50|sixty 60|hundred 100|deux 2|trois 3|quatre 4|cinq 5|sept 7|huit 8|dix 10|onze 11|douze 12|douzaine 12|quinze 15|quinzaine 15|vingt 20|vingtaine 20|trente 30|trentaine 30|quarante 40|quarantaine 40|cinquante 50|cinquantaine 50|soixante 60|cent 100",
    ),
  ].map(([word, [value]]) => [word, Number(value)] as const),
);

/** A verb's consonant after the j of "je": jmanque, jpeux, jveux. */
const JE = /^j[bcdfghklmnpqrstvwz][a-z]{1,30}$/;
const HELD = /([a-z])\1{2,}/g;
const DIGIT = /^\d/;
const DIGITS = /\d+/g;
const LETTER = /^[\p{L}']/u;
const ENDS = words(". ! ? ;");
const WITHIN = words('- , : ( ) " /');
const DECIMAL = /^\d{1,6}[.,]\d{1,2}$/;

export function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}
function table(list: string): Map<string, readonly string[]> {
  return new Map(
    list
      .trim()
      .split(/[|\n]/)
      .map((entry) => {
        const [from = "", ...to] = entry.trim().split(" ");
        return [from, to];
      }),
  );
}

/** The words of a folded text in order. Linear in its length. */
export function tokensOf({ text }: Pick<Folded, "text">): Token[] {
  const pieces = [...text.matchAll(PIECES)];
  let french = 0;
  for (const [piece] of pieces)
    french += FRENCH.has(piece)
      ? 1
      : ENGLISH.has(piece)
        ? -1
        : piece.includes("'") && ELIDED.has(piece.slice(0, piece.indexOf("'")))
          ? 1
          : 0;

  const tokens: Token[] = [];
  let sentence = 0;
  let part = 0;
  const add = (word: string, from: number, to: number, number?: number): void => {
    if (POINTING.has(word) || (french > 0 && POINTING_IN_FRENCH.has(word))) return;
    if (TURNS.has(word)) {
      sentence++;
      part++;
    }
    tokens.push({ word, number: number ?? NUMBERS.get(word), from, to, sentence, part });
  };
  for (const match of pieces) {
    const [piece] = match;
    const from = match.index;
    const to = from + piece.length;
    if (DIGIT.test(piece)) {
      // "-35" is the weather, "5-6" are two numbers.
      const sign = text[from - 1] === "-" && (text[from - 2] ?? " ") === " " ? -1 : 1;
      if (DECIMAL.test(piece)) add("#", from, to, sign * Number(piece.replace(",", ".")));
      else if (/^\d+$/.test(piece)) add("#", from, to, sign * Number(piece));
      else add(piece, from, to);
    } else if (LETTER.test(piece)) {
      for (const word of spelt(piece)) add(word, from, to);
    } else if (piece === "." || piece === "!" || piece === "?" || piece === ";") {
      sentence++;
      part++;
    } else if (piece === "," || piece === ":" || piece === "(" || piece === ")") part++;
    else if (piece !== "-" && piece !== '"' && piece !== "/") add(piece, from, to);
  }
  return tokens;
}

/** A text in the words' one spelling, nothing left out, with a mark between sentences, and once more as it came: what the model looks at. */
export function respelt(folded: Folded): Folded {
  const out: string[] = [];
  for (const [piece] of folded.text.matchAll(PIECES)) {
    if (DIGIT.test(piece)) out.push("#");
    else if (LETTER.test(piece)) out.push(...spelt(piece));
    else if (ENDS.has(piece)) out.push("|");
    else if (!WITHIN.has(piece)) out.push(piece);
  }
  return { ...folded, text: `${out.join(" ")} ^ ${folded.text.replace(DIGITS, "#")}` };
}

/** The words that a piece of letters and apostrophes stands for. */
export function spelt(piece: string): readonly string[] {
  const known = SPELT.get(piece);
  if (known) return known;
  const out: string[] = [];
  let rest = piece;
  for (let cut = rest.indexOf("'"); cut >= 0; cut = rest.indexOf("'")) {
    const head = rest.slice(0, cut);
    const tail = rest.slice(cut + 1);
    if (tail !== "" && ELIDED.has(head)) {
      // "y'a" and "y a" are "there is", "y'est" is "he is".
      if (head === "y" && tail === "a") return [...out, "ya"];
      out.push(head === "y" ? "il" : head === "m" ? "me" : head);
      rest = tail;
    } else rest = head + tail;
  }
  const plain = rest.replace(HELD, "$1");
  const again = SPELT.get(plain);
  if (again) return [...out, ...again];
  if (JE.test(plain)) return [...out, "j", ...(SPELT.get(plain.slice(1)) ?? [plain.slice(1)])];
  if (plain !== "") out.push(plain);
  return out;
}
