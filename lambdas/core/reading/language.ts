import type { Language } from "../clinic.ts";
import { fold } from "./fold.ts";

/** Words that only one of the two languages has, as they are typed on a phone. */
const TELLING: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words(`
    the this that these those is are was were am im its it he she they we you my your his her their our i ive ill
    and or but not dont doesnt didnt cant wont isnt have has had do does did can could will would should
    what when where who why how please thanks thank with from of for at to be been just now today tomorrow
    hello hi help call need want feel feeling got get take taking think know appointment pain
  `),
  fr: words(`
    le la les un une des du au aux de ce cet cette ces cest est sont suis etait je jai jsuis chu chui tu il elle nous vous ils elles
    mon ma mes ton ta tes sa ses notre votre leur et ou mais pas plus jamais que qui quoi quand comment pourquoi
    avec pour dans sur chez depuis sans svp stp merci bonjour bonsoir allo aide besoin veux peux peut dois faut fait
    ai as avez ont avoir etre rendez rdv mal douleur respire respirer aujourdhui demain
  `),
};
/** Letters that English texts do not have. */
const ACCENTS = /[àâçèéêëîïôûùœ]/i;

/** The language of a text, English or French, where its words tell. Never throws; linear. */
export function languageOf(text: string): Language | undefined {
  const said =
    fold(text)
      .text.replaceAll("'", " ")
      .match(/[a-z]+/g) ?? [];
  const count = (language: Language): number => said.filter((word) => TELLING[language].has(word)).length;
  const [en, fr] = [count("en"), count("fr") + (ACCENTS.test(text.normalize("NFC")) ? 1 : 0)];
  return en === fr ? undefined : en > fr ? "en" : "fr";
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
