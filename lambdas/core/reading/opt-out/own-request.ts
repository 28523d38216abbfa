/**
 * What is certain must be the writer's own plain request, made now and without a condition, that texts to this phone end:
 * "my husband wants you to stop texting him", "I told the desk to remove my number", "stop texting me so late" and "if you
 * text once more I'm opting out" are for a person to look at.
 */
import type { Hit } from "./pattern.ts";
import type { Rule } from "./rules.ts";
import type { Token } from "./tokens.ts";

/** Why a phrase is not that. */
export type NotOwn = "for-another" | "past" | "supposed" | "limited" | "hedged" | "negated" | "other-thing" | "quoted";

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const is = (token: Token | undefined, ...names: string[]): boolean =>
  token !== undefined && names.some((name) => token.word === name || token.classes.includes(name));

/** Of an entry of several words, each. */
const says = ({ word }: Token, words: ReadonlySet<string>): boolean => word.split(" ").some((each) => words.has(each));

/** Of the class KIN these may be nobody ("il faut", "they keep coming") or the writer ("as a patient"). */
const ANYBODY = list("il ils elles they patient patiente patients resident residente residents client cliente clients gars baby bebe");
const OTHERS = list(
  "hers himself herself lui ex moms mums dads mothers fathers wifes wives husbands sons daughters brothers sisters grandmas grandpas kids childs childrens parents",
);
const SELVES = list("i im ive id ill we weve me us my our myself moi nous m je j on mon ma mes notre nos");
/** "this phone", "mon cell": whoever writes from a phone may have its texts ended. */
const OWN_PHONE = list("this that my our ce cet cette mon notre");
/** Who is spoken of, not who writes, has these before them: "my mom and I" writes too. */
const POSSESSIVES = list("my our mon ma mes notre nos");

/** With who did it then: "je demande" asks now, "j'ai demandé" asked. */
const ASKED_THEN: readonly (readonly [verbs: ReadonlySet<string>, who: ReadonlySet<string>])[] = [
  [list("asked told said wrote requested replied texted answered"), list("i we ive weve")],
  [list("demande dit ecrit repondu"), list("ai avons a avais avait")],
];
/** "j'ai demandé ... et je le redemande": it is asked for again. */
const ASKED_NOW = list("asking saying telling redemande repete repeating");
const BEEN = list("etais etait etions etaient avais avait avions had avoir");
/** Before a verb they tell of what happened: "they never have sent", "vous avez envoyé". */
const DONE = list("a ai as avez avons ont had has have");
const SENT = list("sent texted messaged contacted reached wrote");
const WISHED = list("voulais voulait wanted");

const CONDITIONAL_COURTESY = list("possible can could would will not dont don't pouvez pourriez peux voulez pas please svp mind derange");
const REGRETS = new Set(["didnt mean", "did not mean", "regret", "regrets", "regrette", "ignore", "disregard"]);
const GOT = list("got received eu recu recue recus");
const FORGET = /^(?:forget|oubli|hesit|manquez)/;
const TO = list("to at a au aux chez");
const ABOUT = new Set(["about", "regarding", "concernant", "au sujet", "a propos"]);
const ITS = list("the my our le la les l mon ma mes un une a");
const UNSURE = list("sure sur certain");
const EXCEPT = list("unless sauf except excepte");
const ONCE = new Set(["once", "until", "till", "une fois", "lorsque", "des que"]);
const INSTEAD = list("instead plutot place");
const MEASURES = list("times fois late tard early tot night nights nuit midnight minuit weekend weekends often souvent much");
const WHILE = list("now while instant moment boutte bout temporarily temporairement weekend");
const FOR = list("for pour");

/** @param scope the sentence and the phrase in it */
export function notOwn(tokens: readonly Token[], { rule, from, to }: Hit<Rule>, scope: { begin: number; end: number }): NotOwn | undefined {
  const before = tokens.slice(scope.begin, from);
  const within = tokens.slice(from, to);
  /** Back to the last comma. */
  const close =
    (within[0]?.breaks ?? 0) > 0
      ? []
      : before.slice(
          Math.max(
            0,
            before.findLastIndex(({ breaks }) => breaks > 0),
          ),
        );
  const after = tokens.slice(to, scope.end);
  const pause = after.findIndex(({ breaks }) => breaks > 0);
  const clause = (pause < 0 ? after : after.slice(0, pause)).slice(0, 6);

  if (isTold(close, within)) return "past";
  if (within.some(({ word }, index) => SENT.has(word) && (is(within[0], "NEVER") || DONE.has(within[index - 1]?.word ?? ""))))
    return "past";
  if (rule.name === "never-text" && within.slice(1, -1).some(({ word }) => DONE.has(word))) return "past";
  if (rule.name === "end-of-texts" && within.some(({ word }) => GOT.has(word))) return "past";
  // "I don't receive texts on this line" tells what is, "I don't want to receive" what shall be.
  if (
    (rule.name === "never-text" || rule.name === "no-more-texts") &&
    within.some((token) => is(token, "RECEIVE") && !is(token, "SEND")) &&
    ![...before, ...within].some((token) => is(token, "WISH", "PLEASE", "RATHER", "should", "must", "to", "doit", "dois"))
  )
    return "past";
  // "n'oubliez pas de me texter"
  if (rule.name === "never-text" && [...before.slice(-3), ...within].some(({ word }) => FORGET.test(word))) return "negated";
  // "someone typed unsubscribe on my phone"
  if (is(close.at(-1), "ASKED") && is(within[0], "KEYWORDSTOP")) return "quoted";
  // "don't send me to the lab"
  if (is(within.at(-1), "ME") && is(within.at(-2), "SENDWORD") && TO.has(after[0]?.word ?? "")) return "other-thing";
  if (within.some((token) => says(token, WISHED)) && rule.name === "no-wish") return "past";
  if ([...close.slice(-2), ...within.slice(0, -1)].some(({ word }) => BEEN.has(word))) return "past";

  // "I didn't mean to unsubscribe", "my wife made me stop the texts"
  if (close.slice(-4).some(({ word }) => REGRETS.has(word)) || (is(close.at(-2), "made") && is(close.at(-1), "me"))) return "past";
  if (is(close.at(-1), "I") && /ed$/.test(within[0]?.word ?? "")) return "past";
  // "not sure I want these", "pas sûr de vouloir"; "pas sur mon cell" is another word
  if (
    [...before, ...within].some(
      ({ word }, index, all) => UNSURE.has(word) && /^(?:not|pas|im not)$/.test(all[index - 1]?.word ?? "") && !is(all[index + 1], "MINE"),
    )
  )
    return "hedged";

  const condition = before.findIndex((token) => is(token, "IF"));
  if (condition >= 0 && !/^(?:unless|a moins)$/.test(before[condition]?.word ?? "")) {
    const behind = before.slice(condition + 1, condition + 5);
    // "I'd be glad if you stopped": the wish itself
    const wished = condition > 0 && is(behind[0], "YOU") && behind.length < 3;
    if (!wished && !behind.some((token) => says(token, CONDITIONAL_COURTESY) || is(token, "NOT", "CAN", "CANYOU"))) return "supposed";
  }
  const except = before.findIndex(({ word }) => EXCEPT.has(word));
  if (except >= 0 && !is(before[except + 1], "YOU")) return "limited";
  if (after.slice(0, 7).some(({ word }, index) => ONCE.has(word) && after[index - 1]?.word !== "at")) return "supposed";
  // "stop texting this number, text the other one instead"
  if (after.some((token) => is(token, "SEND")) && after.some((token) => says(token, INSTEAD))) return "limited";
  if (clause.some((token) => says(token, MEASURES))) return "limited";
  // "no more reminders about the flu shot"
  if (
    clause.some(
      ({ word }, index) =>
        ABOUT.has(word) && clause[index + 1] !== undefined && !is(clause[index + 1], "THESE", "ME", "NUM", "MSG", "ANYTHING", "YOU"),
    )
  )
    return "limited";
  if (
    clause.some(
      ({ word }, index) => FOR.has(word) && ITS.has(clause[index + 1]?.word ?? "") && !isOwnPhone(clause.slice(index + 2, index + 4)),
    )
  )
    return "limited";
  if (clause.some(({ word }, index) => FOR.has(word) && clause.slice(index + 1, index + 3).some((each) => says(each, WHILE))))
    return "limited";
  return isForAnother(before, within, clause) ? "for-another" : undefined;
}

/** What texts may be for and still be all of them: this phone, the writer. */
const isOwnPhone = (tokens: readonly Token[]): boolean => tokens.some((token) => is(token, "NUM", "ME", "MSG"));

/** "I asked you last week to", "je vous ai dit de": told of, not asked for, unless it is asked for again. */
function isTold(before: readonly Token[], within: readonly Token[]): boolean {
  if ([...before, ...within].some((token) => says(token, ASKED_NOW))) return false;
  return ASKED_THEN.some(([verbs, who]) => {
    const told = before.findLastIndex((token) => says(token, verbs));
    return told >= 0 && before.slice(Math.max(0, told - 4), told).some((token) => says(token, who));
  });
}

/** Whether the texts that shall end are somebody else's. */
function isForAnother(before: readonly Token[], within: readonly Token[], clause: readonly Token[]): boolean {
  const isOther = (token: Token): boolean => (is(token, "KIN") && !ANYBODY.has(token.word)) || says(token, OTHERS);
  const near = clause.slice(0, 4);
  const all = [...within, ...near];
  if (all.some((token, index) => is(token, "NUM") && OWN_PHONE.has(all[index - 1]?.word ?? ""))) return false;
  const isSelf = (token: Token, index: number, of: readonly Token[]): boolean =>
    SELVES.has(token.word) && !(POSSESSIVES.has(token.word) && of[index + 1] !== undefined && isOther(of[index + 1] as Token));
  if (all.some(isSelf)) return false;
  // "stop texting Robert"; behind a comma it is a signature
  if ([...within.slice(1), ...clause.slice(0, 1)].some((token) => is(token, "NAME") && token.capital && token.breaks === 0)) return true;
  if (all.some(isOther)) return true;
  const other = before.findLastIndex(isOther);
  return other >= 0 && !before.slice(Math.max(0, other - 2)).some(isSelf);
}
