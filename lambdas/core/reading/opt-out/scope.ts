/**
 * What stands around a phrase and may turn it: "please don't stop the reminders", "how do I stop these", "no texts before
 * eight", "stop sending me the blister packs", "I stopped texting". A phrase that nothing turns is `plain`.
 */
import { type NotOwn, notOwn } from "./own-request.ts";
import type { Hit } from "./pattern.ts";
import type { Rule } from "./rules.ts";
import type { Token } from "./tokens.ts";

export type Scope =
  | "plain"
  | "quoted"
  | "negated"
  | "asked"
  | "supposed"
  | "reported"
  | "past"
  | "limited"
  | "other-thing"
  | "other-sender"
  | "hedged"
  | NotOwn;

const is = (token: Token | undefined, name: string): boolean =>
  token !== undefined && (token.word === name || token.classes.includes(name));
const any = (tokens: readonly Token[], ...names: string[]): boolean => tokens.some((token) => names.some((name) => is(token, name)));
const says = (tokens: readonly Token[], words: ReadonlySet<string>): boolean => tokens.some(({ word }) => words.has(word));

/** Rules that say their own "not": a negation before them turns nothing. */
const OWN_NEGATION = new Set([
  "never-text",
  "no-wish",
  "no-more-texts",
  "wish-vague",
  "consent-withdrawn",
  "end-of-texts",
  "wrong-number",
  "leave-alone",
  // "I unsubscribed by accident" tells of what shall be undone.
  "undo-stop",
]);

/** Those of them that consist of a negation: "don't want to stop the texts" is turned by what it denies. */
const NOT_RULES = new Set(["never-text", "no-wish", "no-more-texts"]);

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const AUXILIARY = list(
  "suis etais ai as a avez ont avons est sont ete etait avait avais had have has was were been got ive didnt did does do",
);
const HEDGES = list(
  "necessary necessaire maybe perhaps probably might may thinking think considering consider tempted believe remember recall guess unsure suppose better nice wondering hoping " +
    "peut-etre probablement pense songe envisage crois souviens rappelle vais hesite mieux serait",
);
const LATE_HEDGES = list("maybe perhaps guess peut-etre probably suppose");
/** Before a phrase in its sentence they make a question of it. */
const ASKING = list("who where what when which why how qui ou quoi quand quel quelle pourquoi comment whose whats wheres");
/** Where somebody is taken off or unsubscribed from, these lead to it. */
const FROM = list("of from off de du des d");
const LEADS = list(
  "d de the your this that these those my our any all le la les l vos votre ces cette ce mes mon ma notre nos future further automatic automated",
);
const OLD = list("old previous ancien ancienne vieux former other autre previously ex");
const REPORTS = list("says said dit saying disait");
/** Behind "stop", "remove", "cancel" these are what should end, not the texts. */
const OTHER_THINGS = [
  "APPT",
  "DRUG",
  "RESULT",
  "HABIT",
  "SYMPTOM",
  "CALLING",
  "PAPER",
  "WAITLIST",
  "BODY",
  "EMAIL",
  "BUS",
  "PLACE",
  "DAY",
] as const;

/** What stands further away in a sentence without end turns nothing: the time that a text takes grows with its length only. */
const REACH = 40;

export function scopeOf(tokens: readonly Token[], { rule, from, to }: Hit<Rule>): Scope {
  let begin = from;
  while (begin > 0 && from - begin < REACH && tokens[begin]?.breaks !== 2) begin--;
  let end = to;
  while (end < tokens.length && end - to < REACH && tokens[end]?.breaks !== 2) end++;
  const before = tokens.slice(begin, from);
  const within = tokens.slice(from, to);
  const after = tokens.slice(to, end);
  /** Words behind, up to the next comma. */
  const pause = after.findIndex(({ breaks }) => breaks > 0);
  const clause = pause < 0 ? after : after.slice(0, pause);
  /** Words before, back to the last comma. */
  const comma = (tokens[from]?.breaks ?? 0) > 0 ? before.length : before.findLastIndex(({ breaks }) => breaks === 1);
  const near = before.slice(Math.max(0, comma, before.length - 4));

  /** The phrase up to its first comma. */
  const apart = within.findIndex(({ breaks }, index) => index > 0 && breaks > 0);
  const one = apart < 0 ? within : within.slice(0, apart);

  if (within.some(({ quoted }) => quoted)) return "quoted";
  // "reply STOP to unsubscribe, it says", "ignore that STOP"
  if (says(before.slice(-4), ECHOES) && any(before.slice(-4), "KEYWORDSTOP")) return "quoted";
  if (is(tokens[from], "KEYWORDSTOP") && says(before.slice(-1), NOUNS)) return "quoted";
  if (rule.says === "start" && any(within, "NOT", "NEVER", "PAS", "NOMORE")) return "negated";
  // "I want to opt out of texts", "I changed my mind, please stop them"
  if (rule.says === "start" && rule.name !== "undo-stop" && any(within, "UNSUB", "STOP", "REMOVE")) return "negated";
  if (rule.name === "undo-stop" && is(tokens[from], "MISTAKE") && (one.length < within.length || any(within, "PLEASE"))) return "negated";
  // "I'd like to get fewer texts", "I wish you'd phone instead of text"
  if (rule.says === "start" && (any(within, "FEWER") || within.some(({ word }) => word.split(" ").some((each) => LESS.has(each)))))
    return "limited";
  const clauseBefore = before.slice(Math.max(0, comma));
  if (clauseBefore.some((token, index) => any([token], "NOT", "PAS") && any(clauseBefore.slice(index, index + 3), "ASKED")))
    return "negated";
  if (!OWN_NEGATION.has(rule.name)) {
    const no = near.findIndex(
      (token, index) =>
        (is(token, "NOT") && (!/^(?:no|non|nope)$/.test(token.word) || /^(?:need|besoin|reason)$/.test(near[index + 1]?.word ?? ""))) ||
        is(token, "NEVER") ||
        is(token, "dont ever"),
    );
    // "why don't you stop", "if you don't stop", "unless you stop" still ask for it.
    if (no >= 0 && !any(before, "WHY", "IF", "how about") && !any(near.slice(no + 1), "MSG", "please", "ANYMORE")) return "negated";
    // "arretez pas", "enlevez-moi pas"
    if (
      tokens.slice(from + 1, from + 3).some(({ word, breaks }) => breaks === 0 && /^(?:pas|jamais|not)$/.test(word)) &&
      !is(tokens[from], "UNSUB")
    )
      return "negated";
    // "stop the referral, not the reminders"
    if (within.slice(1).some((token) => is(token, "NOT") && token.breaks === 1)) return "negated";
    const auxiliary = near.at(-1);
    // "I'll stop texting you now", "my wife unsubscribed": what the writer or another does
    if (is(tokens[from], "STOP") && OWN.has(auxiliary?.word ?? "") && !any(before, "WISH", "CAN")) return "past";
    if (is(tokens[from], "UNSUB") && /ed$/.test(tokens[from]?.word ?? "") && auxiliary && (is(auxiliary, "KIN") || is(auxiliary, "I")))
      return "past";
    // "my phone deleted all my messages", "mon cell a efface", "I keep dropping the phone"
    if (rule.name === "remove-number" && !any(before, "WISH", "CANYOU", "PLEASE")) {
      const verb = tokens[from]?.word ?? "";
      if (/ed$/.test(verb) && auxiliary && (is(auxiliary, "NUM") || is(auxiliary, "KIN") || is(auxiliary, "I"))) return "past";
      if (/^(?:a|ai|as|ont)$/.test(auxiliary?.word ?? "") && (is(near.at(-2), "NUM") || is(near.at(-2), "I"))) return "past";
      if (/ing$/.test(verb) && any(near.slice(-2), "KEEP", "I")) return "past";
      const done = (token: Token, index: number): boolean =>
        is(token, "REMOVE") && (/ed$/.test(token.word) || /^(?:a|ai|as|ont)$/.test(within[index - 1]?.word ?? ""));
      if (is(tokens[from], "NUM") && within.some(done)) return "past";
    }
    if (auxiliary && AUXILIARY.has(auxiliary.word) && !is(tokens[from], "REMOVE") && !any(before, "WISH", "CAN")) return "past";
    if (is(tokens[from], "STOPPED") || tokens[from]?.word === "took") return "past";
    // "you removed my number", "my number was removed", "thanks for taking me off"
    if (auxiliary && is(auxiliary, "YOU") && /(?:ed|ught)$/.test(tokens[from]?.word ?? "")) return "past";
    if (within.slice(1).some(({ word }) => PASSIVE.has(word)) || (auxiliary?.word === "for" && /ing$/.test(tokens[from]?.word ?? "")))
      return "past";
    if (is(tokens[from], "UNSUB") && is(after[0], "was")) return "past";
  } else if (
    NOT_RULES.has(rule.name) &&
    (any(one.slice(1), "STOP", "UNSUB", "miss", "lose", "manquer", "perdre") || any(clause.slice(0, 3), "STOP", "END"))
  )
    return "negated";
  // "I get no messages any more", "je ne recois plus de textos", "m'a jamais appele": what is missed, not what is refused
  if (NOT_RULES.has(rule.name) && !any([...before, ...within], "WISH", "CANYOU", "PLEASE")) {
    if ([...near.slice(-3), ...(rule.name === "no-more-texts" ? within : [])].some((token) => GETS.has(token.word))) return "past";
    if (AUXILIARY.has(near.at(-1)?.word ?? "") && any(tokens.slice(from, from + 1), "NEVER", "PLUS")) return "past";
  }
  // "a call please, not a text"
  if (
    rule.name === "no-more-texts" &&
    is(tokens[from], "NOMORE") &&
    /^(?:pas|not)/.test(tokens[from]?.word ?? "") &&
    any(before, "CALLME", "ELETTER")
  )
    return "limited";
  if (rule.name === "end-of-texts" && tokens[to - 1]?.asks && !any([...before, ...within], "CANYOU", "PLEASE", "WISH")) return "asked";
  // "stop texting me twice a day", "I have been trying to unsubscribe"
  if (rule.says === "certain" && says([...within, ...clause.slice(0, 6)], MEASURES)) return "limited";
  if ((rule.name === "unsubscribe" || rule.name === "remove-number") && says(before.slice(-5), TRIES)) return "asked";
  // "no need to text me back", "so many texts"
  if (
    rule.says === "certain" &&
    [...near, ...within].some(({ word }, index, all) => NEED.has(word) && /^(?:to|for|de|d|que|pour)$/.test(all[index + 1]?.word ?? ""))
  )
    return "hedged";
  if (rule.name === "no-wish" && any(within, "MUCH")) return "hedged";
  if (any(clauseBefore, "HOW", "CANI") || any(within, "HOW")) return "asked";
  if (says(clauseBefore, ASKING) && !any(before, "CANYOU", "PLEASE")) return "asked";
  if (
    tokens[to - 1]?.asks &&
    rule.says === "certain" &&
    !OWN_NEGATION.has(rule.name) &&
    !any([...before, ...within], "CANYOU", "PLEASE", "how about") &&
    !ORDERS.has(tokens[begin]?.word ?? "")
  )
    return "asked";
  if (any(before, "WHY") && tokens[to - 1]?.asks) return "asked";
  // "text me again and I'll report you"
  if (rule.says === "start" && /^(?:and|or|et|pis|ou)$/.test(after[0]?.word ?? "")) return "supposed";
  const supposed = before.findLastIndex((token) => is(token, "IF"));
  if (supposed >= 0 && supposed >= comma && !any(before.slice(supposed), "YOU", "CANYOU")) return "supposed";
  // "remove me if I miss two": a condition behind, but for "if you can"
  const condition = after.findIndex((token) => is(token, "IF"));
  if (rule.says === "certain" && condition >= 0 && !MILD.has(after[condition + 1]?.word ?? "")) return "supposed";
  if (says(near.slice(-1), REPORTS)) return "reported";
  // "my brother said you'd remove it": what others say or think
  const report = before.findLastIndex(({ word }) => REPORTED.has(word));
  if (rule.says === "certain" && report >= 0 && !before.slice(Math.max(0, report - 3), report).some((token) => is(token, "I")))
    return "reported";
  if (
    says([...near, ...within], HEDGES) ||
    any(before, "HEDGE") ||
    says(clause.slice(0, 7), LATE_HEDGES) ||
    any(clause.slice(0, 7), "HEDGE")
  )
    return "hedged";
  if (any([...before, ...within], "ORG")) return "other-sender";
  if (rule.says === "certain" && any([...before, ...within, ...clause.slice(0, 5)], "DEVICE")) return "other-sender";
  if (clause.slice(0, 5).some((token, index) => is(token, "ORG") && clause.slice(0, index).some(({ word }) => FROM.has(word))))
    return "other-sender";
  if (says([...within, ...clause.slice(0, 3)], OLD)) return "other-thing";
  if (any([...before, ...within, ...after.slice(0, 4)], "NOISE")) return "limited";
  if (rule.says === "certain") {
    const clock = (token: Token, index: number): boolean => is(token, "CLOCK") && /^\d/.test(after[index - 1]?.word ?? "");
    if (
      after
        .slice(0, 7)
        .some(
          (token, index) =>
            (is(token, "WHEN") && !SINCE.has(after[index - 1]?.word ?? "") && !is(after[index - 1], "I")) ||
            is(token, "EXCEPT") ||
            clock(token, index),
        )
    )
      return "limited";
    if ([...near.slice(-1), ...within, ...after.slice(0, 3)].some((token) => is(token, "ONLY") && !/^juste?$/.test(token.word)))
      return "limited";
  }
  if (rule.says === "start" && tokens[to - 1]?.asks && !any([...before, ...within], "CANYOU", "PLEASE", "CAN", "WISH", "HOW", "CANI"))
    return "asked";
  if (rule.says === "start") {
    if (
      any([...clauseBefore, ...within], "EMAIL", "NOISE", "DEVICE") ||
      within.some(({ word }, index) => YOURS.has(word) && !is(within[index + 1], "MSG"))
    )
      return "other-thing";
    return "plain";
  }
  // "stop texting my ex": whom, if it is said, must be the writer or their phone
  const last = tokens[to - 1];
  const next = after[0];
  const whomNext = (rule.name === "stop-texting" && last !== undefined && is(last, "SEND")) || rule.name === "never-text";
  if (whomNext && next?.breaks === 0 && WHOSE.has(next.word)) {
    const whom = after.slice(1, 3);
    if (!any(whom, "NUM", "MSG", "ME", "THESE", "ANYTHING")) return "other-thing";
  }
  // "the messages on my answering machine", "reminders to my wife's phone", "tell my teenager to stop texting"
  if ([...within, ...clause.slice(0, 5)].some(({ word }) => word.split(" ").some((each) => MACHINE.has(each)))) return "other-thing";
  if (clause.slice(0, 5).some(({ word }, index) => /^(?:to|a)$/.test(word) && any(clause.slice(index + 1, index + 4), "KIN")))
    return "other-thing";
  const told = before.findLastIndex(({ word }) => /^(?:tell|dites|dis)$/.test(word));
  if (rule.name === "stop-texting" && told >= 0 && says(before.slice(told, told + 4), WHOSE)) return "reported";
  if (rule.name === "remove-number" && says(within, ALERT)) return "other-thing";
  // "cancel my text from earlier", "cancel the reminder call"
  if (is(tokens[from], "CANCEL") && any(within, "MSG") && within.some(({ word }) => ONE.has(word))) return "other-thing";
  if (
    clause
      .slice(0, 3)
      .some(
        (token, index) =>
          /^(?:for|pour)$/.test(token.word) &&
          (any(clause.slice(index + 1, index + 4), "SOON", "DAY", "APPT") ||
            clause.slice(index + 1, index + 3).some(({ word }) => /^\d{1,2}(?:th|st|nd|rd)?$/.test(word))),
      )
  )
    return "other-thing";
  if (rule.name === "consent-withdrawn") {
    // consent to what, if it is said, must have to do with texts
    const about = [...within.slice(1), ...after].findIndex(({ word }) => FOR.has(word));
    if (about >= 0 && !any([...within.slice(1), ...after].slice(about), "MSG", "SEND", "RECEIVE", "THESE")) return "other-thing";
  }
  if (
    rule.name === "remove-number" &&
    (/^(?:ending|ends|qui|finishing)$/.test(next?.word ?? "") || says([...within, ...after.slice(0, 6)], NOT_THIS))
  )
    return "other-thing";
  if (rule.name === "remove-number" || rule.name === "unsubscribe") {
    // "opt out of the student", "off the roster of patients": from what, if it is said, must have to do with texts.
    const at = tokens.slice(from, to + 2).findIndex(({ word }, index) => index > 0 && FROM.has(word));
    let what = at < 0 ? -1 : from + at + 1;
    while (what >= 0 && LEADS.has(tokens[what]?.word ?? "")) what++;
    const named = what < 0 ? undefined : tokens[what];
    if (
      named &&
      named.breaks === 0 &&
      !["MSG", "LIST", "THESE", "NUM", "YOU", "SEND", "POLITE", "ROBOT", "RECEIVE", "ANYTHING"].some((name) => is(named, name)) &&
      !/^(?:of|here|ici|there|la|whatever|what|ce)$/.test(named.word) &&
      !any(tokens.slice(what, what + 3), "MSG", "LIST", "SEND")
    )
      return "other-thing";
  }
  const tail = clause.slice(0, rule.name === "remove-number" || rule.name === "unsubscribe" ? 7 : 4);
  if (OTHER_THINGS.some((name) => any([...within.slice(1), ...tail], name)) && !any(within, "REMINDER")) return "other-thing";
  return (rule.says === "certain" && notOwn(tokens, { rule, from, to }, { begin, end })) || "plain";
}

/** "it says reply STOP to unsubscribe" */
const ECHOES = list("reply says say repondez reponds ecrire dit texting text");
/** Before STOP they make a thing of it. */
const NOUNS = list("that my mon ignore disregard oubliez le the ce cet l");
/** What arrives, or does not. */
const GETS = list("get got gets getting receive received recois recoit recevons recevais recu recue recoi");
/** "if you can", "si possible" are courtesy. */
const MILD = list("possible you u ya vous tu not it its that ok c ca need needed");
const REPORTED = list("said says thinks thought think dit disait pense pensait croit told demande");
const MEASURES = list(
  "both twice double doubles duplicate duplicates deux same meme many often much souvent tant autant every each chaque weekly daily copies copy",
);
const TRIES = list("trying tried try essaie essaye essayer unable able arrive capable");
const LESS = list("less fewer moins instead plutot");
const OWN = list("ill i j je vais gonna nous on");
const NEED = list("need needed besoin");
const MACHINE = list("machine repondeur answering voicemail");
const ALERT = list("alert alerte");
const WHOSE = list("my our his her their the mon ma mes notre nos son sa ses leur leurs le la les");
const YOURS = list("your votre vos ton");
/** A single one of what is sent. */
const ONE = list("text message texto reminder rappel msg");
const FOR = list("for to pour a au aux de given donnee donne que qu");
/** Whose number it is, where it is not the writer's. */
const NOT_THIS = list(
  "ex exs brother frere sister soeur maison home house travail work job bureau husband wife mari femme husbands wifes old vieux ancien ending",
);

/** "effective today", "a compter d'aujourd'hui" limit nothing. */
const SINCE = list("effective starting from of partir compter des d beginning");
/** Questions that begin so are orders. */
const ORDERS = list("stop arretez arrete cessez remove delete take enlevez retirez quit please svp");
const PASSIVE = list("was were been ete etait");

/** What turns one phrase turns those that share its words. */
export const TURNS: ReadonlySet<Scope> = new Set(["negated", "limited", "other-thing", "quoted", "other-sender"]);
