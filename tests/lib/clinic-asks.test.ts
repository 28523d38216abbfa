import { describe, expect, test } from "vitest";
import { asksFor } from "../../lib/clinic-checks/asks.ts";

describe("a text that asks for a word which opts out:", () => {
  test.each([
    ["Reply CANCEL to cancel.", ["CANCEL"]],
    ["Text back CANCEL if it does not suit.", ["CANCEL"]],
    ["reply with the word “end” when you are done", ["end"]],
    ["Reply YES to confirm or CANCEL to cancel.", ["CANCEL"]],
    ["YES to confirm, CANCEL if not.", ["CANCEL"]],
    ["To leave the list send 'quit'.", ["quit"]],
    ["Answer: unsubscribe", ["unsubscribe"]],
    ["Just type Opt Out and you are done.", ["Opt Out"]],
    ["Reply END or QUIT.", ["END", "QUIT"]],
    ["Répondez ANNULER.", ["ANNULER"]],
    ["Répondez par le mot annuler si la date ne convient pas.", ["annuler"]],
    ["Envoyez FIN pour terminer.", ["FIN"]],
    ["OUI pour confirmer, ANNULER sinon.", ["ANNULER"]],
    ["Tapez « annuler » au 555-0100.", ["annuler"]],
    ["Textez-nous ANNULER.", ["ANNULER"]],
    // A word that does something else than the text says.
    ["Reply STOP to cancel your visit.", ["STOP"]],
    ["Répondez ARRET pour annuler votre rendez-vous.", ["ARRET"]],
    ["STOP if you want to change the time.", ["STOP"]],
  ])("%s", (text, words) => {
    expect(asksFor(text)).toEqual(words);
  });
});

describe("a text that asks for none:", () => {
  test.each([
    "Reply STOP for no more texts.",
    "Répondez ARRET pour ne plus recevoir de textos.",
    "Textez ARRÊT en tout temps et nous cessons.",
    "Text STOP at any time and we stop.",
    "Text us to cancel, or call.",
    "To cancel your appointment, call 403-555-0100.",
    "Answer by the end of the day.",
    "Répondez avant la fin de la semaine.",
    "Appelez-nous pour annuler.",
    "Reply C to cancel.",
    "Answer YES or NO.",
    "Your text was received. We read texts until the end of March.",
    "The parking is at the END of the street.",
    "Textez ABONNER pour en recevoir de nouveau.",
  ])("%s", (text) => {
    expect(asksFor(text)).toEqual([]);
  });
});
