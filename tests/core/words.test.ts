import fc from "fast-check";
import { expect, test } from "vitest";
import { mayMeanAppointment, wordOf } from "../../lambdas/core/words.ts";

const AWS = ["ARRET", "CANCEL", "END", "OPT-OUT", "OPTOUT", "QUIT", "REMOVE", "STOP", "TD", "UNSUBSCRIBE"];
const FCC = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"];

test.each([...AWS, ...FCC])("%s opts out", (word) => {
  expect(wordOf(word)?.kind).toBe("stop");
});

test.each(["Stop.", "  STOP\n", "stop!!", "«Arrêt»", "ARRE\u0302T", "ＳＴＯＰ", "STOP 🛑", "'stop'", "Opt  out"])(
  "%s is the same word",
  (text) => {
    expect(wordOf(text)?.kind).toBe("stop");
  },
);

test.each([
  "stop by at 3?",
  "please don't stop the reminders",
  "I can't stop coughing",
  "Cancel my appointment on Tuesday",
  "the end of the month is better",
  "STOP the blood thinner?",
  "",
  "?",
  "helpful, thank you",
  "yes please call me",
  "info about parking",
])("%s is no word", (text) => {
  expect(wordOf(text)).toBeUndefined();
});

test.each([
  ["START", "start", "en"],
  ["unstop", "start", "en"],
  ["Abonner", "start", "fr"],
  ["HELP", "help", "en"],
  ["Aide", "help", "fr"],
  ["info", "help", undefined],
  ["YES", "yes", "en"],
  ["oui", "yes", "fr"],
  ["no", "no", undefined],
  ["Arrêt", "stop", "fr"],
  ["stop", "stop", "en"],
])("%s means %s, in %s", (text, kind, language) => {
  expect(wordOf(text)).toMatchObject({ kind });
  expect(wordOf(text)?.language).toBe(language);
});

test("a word with another word beside it is not that word", () => {
  fc.assert(
    fc.property(fc.constantFrom(...AWS, "START", "HELP", "YES"), fc.stringMatching(/^[a-z]{3,12}$/), (word, other) => {
      fc.pre(wordOf(other) === undefined && `${word} ${other}`.toLowerCase() !== "opt out");
      expect(wordOf(`${word} ${other}`)).toBeUndefined();
      expect(wordOf(`${other} ${word}`)).toBeUndefined();
    }),
  );
});

test("only CANCEL and END may have meant the appointment", () => {
  const meant = [...AWS, ...FCC].map((word) => wordOf(word)?.word).filter(mayMeanAppointment);
  expect(new Set(meant)).toEqual(new Set(["cancel", "end"]));
});
