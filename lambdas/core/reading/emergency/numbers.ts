import { type Token, words } from "./tokens.ts";

/** What a number in a text says, as a concept with its place. */
export interface Said {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const PRESSURE = words("bp pression tension pressure systolic ta pa pressee pressions tensions");
const PULSE = words("pulse pouls hr heart rate heartbeat bpm fc battements coeur beats bat cardiaque puls");
const OXYGEN = words("o2 oxygen oxygene sat sats spo2 saturation sature oximeter oxymetre oximetre ox sp saturations satur");
const WARMTH = words(
  "temp fever fievre thermometer thermo degrees degres celsius fahrenheit bum rectal underarm armpit axillaire bouillant hot brulant chaud fait feverish febrile",
);
const SUGAR = words(
  "sugar sugars glucose bs glycemie glycemies glyco sucre sucres bg libre dexcom cgm glucometer glucometre meter lecteur diabetic glyc fasting jeun diabete",
);
const LAB: Readonly<Record<string, readonly [low: number, high: number]>> = {
  inr: [0, 4.9],
  potassium: [2.9, 6],
  sodium: [125, 154],
  hemoglobin: [75, 300],
  hemoglobine: [75, 300],
  hgb: [75, 300],
  hb: [75, 300],
  platelets: [30, 2000],
  plaquettes: [30, 2000],
  lithium: [0, 1.5],
  ketones: [0, 1.4],
  ketone: [0, 1.4],
  cetones: [0, 1.4],
  troponin: [0, 30],
};
const BREATHS = words("breaths respirations breathing breathe resp rr respire respiration");
const PILLS = words(
  "pill pills tablet tablets tab tabs caps capsule capsules pilule pilules comprime comprimes cachet cachets tylenol tylenols advil advils aspirin gravol gravols benadryl ativan ativans t3 t3s percs oxy puffs puff units unit unites mg antidepressant antidepressants antidepresseurs somniferes sleeping zopiclone trazodone seroquel quetiapine lithium insulin insuline iron extra motrin wellbutrin drops gouttes gummies gummy patch patches timbres",
);
const TOOK = words(
  "took taken take takes taking ate swallowed swallow pris prend prends prise avale avaler mange gobe popped downed gulped snorted bu drank had manque missing gave donne",
);
const AGO = words("ago ya passe passes");
const SINCE = words("since for depuis past last ca fait pendant durant straight during");
const CHILDISH = words("old baby bebe newborn infant nourrisson son daughter fils fille gars kid boy girl petit petite he she il elle im");
const UNITS: Readonly<Record<string, string>> = {
  sec: "secs",
  min: "mins",
  hour: "hours",
  day: "days",
  week: "weeks",
  month: "months",
  year: "years",
};

/** Vital readings with their ranges, ages, weeks of pregnancy, counts of pills, and how long. Canadian units and American ones. */
export function numbersOf(tokens: readonly Token[]): Said[] {
  const out: Said[] = [];
  const near = (at: number, set: ReadonlySet<string>, before: number, after: number): boolean => {
    const sentence = tokens[at]?.sentence;
    for (let i = Math.max(0, at - before); i <= Math.min(tokens.length - 1, at + after); i++) {
      const token = tokens[i];
      if (token && i !== at && set.has(token.word) && Math.abs(token.sentence - (sentence ?? 0)) <= 0) return true;
    }
    return false;
  };
  let gestation = false;
  for (const [at, token] of tokens.entries()) {
    const say = (name: string, length = 1): void => {
      out.push({ name, from: at, to: at + length });
    };
    const next = tokens[at + 1];
    const afterNext = tokens[at + 2];
    const before = tokens[at - 1];

    const pair = /^(\d{1,3})\/(\d{1,3})$/.exec(token.word);
    const over = token.number !== undefined && (next?.word === "over" || next?.word === "sur") ? afterNext?.number : undefined;
    const high = pair ? Number(pair[1]) : (token.number ?? 0);
    const low = pair ? Number(pair[2]) : over;
    if (low !== undefined) {
      if (low === 10 && high <= 10) say(high >= 8 ? "pain-high" : high <= 4 ? "pain-low" : "pain-some");
      else if (high >= 55 && high <= 290 && low >= 25 && low <= 180 && high > low) say(pressure(high, low), pair ? 1 : 3);
      else if (high >= 5 && high <= 29 && low >= 3 && low <= 18 && high > low && near(at, PRESSURE, 4, 2))
        say(pressure(high * 10, low * 10), pair ? 1 : 3);
      continue;
    }
    const value = token.number;
    if (value === undefined) continue;
    if (before && before.word === "over" && tokens[at - 2]?.number !== undefined) continue;

    const lab =
      [1, 2, 3, 4].map((back) => tokens[at - back]?.word ?? "").find((word) => word in LAB) ??
      (next && next.word in LAB ? next.word : undefined);
    if (lab !== undefined) {
      const [least, most] = LAB[lab] ?? [0, 0];
      const scaled = /^h[eg]?[mb]/.test(lab) && value < 25 ? value * 10 : value;
      say(scaled < least || scaled > most ? "lab-bad" : "lab-ok");
      continue;
    }
    if (next?.word === "%" || near(at, OXYGEN, 5, 3)) {
      if (value >= 40 && value <= 100 && !(near(at, PULSE, 1, 1) && !near(at, OXYGEN, 2, 2))) {
        say(value <= 88 ? "o2-low" : value <= 91 ? "o2-lowish" : "o2-ok");
        continue;
      }
    }
    if (value >= 20 && value <= 250 && Number.isInteger(value) && near(at, PULSE, 4, 2)) {
      say(value < 45 ? "pulse-low" : value > 129 ? "pulse-high" : value > 109 ? "pulse-fast" : "pulse-ok");
      continue;
    }
    if (near(at, PRESSURE, 3, 1) && value >= 50 && value <= 280 && !UNITS[next?.word ?? ""]) {
      say(value >= 185 ? "bp-high" : value <= 88 ? "bp-low" : "bp-ok");
      continue;
    }
    if (near(at, SUGAR, 5, 3) && !near(at, words("a1c"), 4, 1) && !UNITS[next?.word ?? ""] && next?.word !== "units") {
      const mmol = value > 45 ? value / 18 : value;
      if (value >= 0.5 && value <= 900) {
        say(mmol < 3.3 ? "sugar-low" : mmol < 4 ? "sugar-lowish" : mmol >= 20 ? "sugar-high" : mmol >= 15 ? "sugar-highish" : "sugar-ok");
        continue;
      }
    }
    const celsius = value >= 93 && value <= 108 && near(at, WARMTH, 5, 3) ? ((value - 32) * 5) / 9 : value;
    const warm = celsius >= 30 && celsius <= 43 && (near(at, WARMTH, 6, 3) || (!Number.isInteger(value) && value >= 35 && value <= 42.5));
    if (warm && !UNITS[next?.word ?? ""] && !["lb", "lbs", "kg", "cm", "livres", "weeks"].includes(next?.word ?? "")) {
      say(
        celsius >= 40
          ? "fever-very-high"
          : celsius >= 39
            ? "fever-high"
            : celsius >= 37.95
              ? "fever-some"
              : celsius < 35.6
                ? "temp-low"
                : "temp-ok",
      );
      continue;
    }
    if (near(at, BREATHS, 3, 3) && value >= 8 && value <= 99 && !UNITS[next?.word ?? ""]) {
      say(value >= 28 ? "breaths-fast" : "breaths-ok");
      continue;
    }
    if (value >= 1950 && value <= 2040) {
      say("calendar-year");
      continue;
    }
    const adjacent = next !== undefined && next.from === token.to;
    const unit =
      adjacent && next.word === "with" ? "week" : adjacent && (next.word === "m" || next.word === "f") ? "year" : (next?.word ?? "");
    const old = afterNext?.word === "old" || afterNext?.word === "of";
    if (unit in UNITS) {
      if (unit === "year" && (old || value > 17 || near(at, CHILDISH, 5, 4))) {
        // "J'ai 13 ans", "my 4 year old", "depuis 12 ans".
        if (before && SINCE.has(before.word) && !old) say("for-years", 2);
        else if (afterNext?.word === "ago" || (before && AGO.has(before.word))) say("ago-years", 3);
        else say(value < 2 ? "age-baby" : value < 12 ? "age-child" : value < 18 ? "age-teen" : value >= 70 ? "age-elder" : "age-adult", 2);
      } else if (
        (unit === "month" || unit === "week" || unit === "day") &&
        (old ||
          (near(at, words("baby bebe newborn infant nourrisson bb poupon"), 4, 3) &&
            !(before && SINCE.has(before.word)) &&
            !AGO.has(before?.word ?? "") &&
            afterNext?.word !== "ago"))
      ) {
        const months = unit === "month" ? value : unit === "week" ? value / 4.3 : value / 30;
        if (unit === "week" && value >= 14) {
          say("gestation", 2);
          gestation = true;
        } else say(months <= 3 ? "age-newborn" : "age-baby", 2);
      } else if (
        unit === "week" &&
        value >= 4 &&
        value <= 42 &&
        afterNext?.word !== "ago" &&
        !(before && (AGO.has(before.word) || SINCE.has(before.word)))
      ) {
        say("gestation", 2);
        gestation = true;
      } else {
        const long = UNITS[unit] ?? "";
        if (afterNext?.word === "ago" || (before && AGO.has(before.word))) say(`ago-${long}`, 3);
        else if (before && (before.word === "every" || before.word === "toutes" || before.word === "q" || before.word === "chaque"))
          say(`every-${long}`, 2);
        else say(`for-${long}`, 2);
      }
      continue;
    }
    if (next?.word === "+" || (adjacent && next?.word === "w")) say("gestation");
    if ((before?.word === "im" || (before?.word === "i" && tokens[at - 2]?.word === "am")) && value < 18 && value >= 6)
      say("age-minor-self");
    if (before?.word === "x" || (adjacent && next?.word === "x")) say("times");
    if (near(at, PILLS, 2, 4) && near(at, TOOK, 6, 4)) say(value >= 8 ? "pills-many" : value >= 4 ? "pills-several" : "pills-few");
    else if (
      value >= 65 &&
      value <= 105 &&
      near(
        at,
        words(
          "mom dad grandma grandpa maman papa mere pere grandmaman grandpapa he she il elle shes hes im husband wife mari femme father mother uncle aunt tante oncle",
        ),
        4,
        4,
      )
    )
      say("age-elder");
  }
  // "J'ai 13 ans", "im 14": a minor who writes alone.
  for (const [at, token] of tokens.entries()) {
    if (
      token.number !== undefined &&
      token.number >= 5 &&
      token.number < 18 &&
      tokens[at + 1]?.word === "year" &&
      (tokens[at - 1]?.word === "ai" || tokens[at - 1]?.word === "im" || tokens[at - 1]?.word === "am")
    )
      out.push({ name: "age-minor-self", from: at, to: at + 1 });
  }
  if (gestation) out.push({ name: "gestation-any", from: 0, to: 0 });
  return out;
}

function pressure(high: number, low: number): string {
  if (high >= 180 || low >= 115) return "bp-high";
  if (high >= 160 || low >= 105) return "bp-highish";
  if (high <= 88) return "bp-low";
  return "bp-ok";
}
