import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifiers, isBritishColumbia, isCard, isQuebec, isSsn, luhn } from "../../../lambdas/core/reading/content/identifiers.ts";
import { tokenise } from "../../../lambdas/core/reading/content/tokens.ts";
import { readContent } from "../../../lambdas/core/reading/content.ts";
import { CONTENT_KINDS, IDENTIFIER_KINDS } from "../../../lambdas/core/reading/content-kinds.ts";
import { fold } from "../../../lambdas/core/reading/fold.ts";

const found = (text: string): string[] => {
  const folded = fold(text);
  return identifiers(folded, tokenise(folded)).map(({ kind, from, to }) => `${kind} ${folded.text.slice(from, to)}`);
};
const rules = (text: string): string[] =>
  readContent(text)
    .findings.filter(({ by }) => by === "rule")
    .map(({ kind }) => kind)
    .filter((kind) => IDENTIFIER_KINDS.has(kind) || kind === "link-shortener");

describe("check digits", () => {
  it("Luhn, of cards and of SINs", () => {
    expect(luhn("4532594060655215")).toBe(true);
    expect(luhn("4532594060655216")).toBe(false);
    expect(luhn("046454286")).toBe(true);
    expect(luhn("000000000")).toBe(false);
    expect(luhn("0")).toBe(false);
    expect(isCard("378282246310005")).toBe(true);
    expect(isCard("9999999999999995")).toBe(false);
  });
  it("British Columbia, modulus 11 (the routine's own example)", () => {
    expect(isBritishColumbia("9698658215")).toBe(true);
    expect(isBritishColumbia("9698648215")).toBe(false);
    expect(isBritishColumbia("5736504210")).toBe(false);
  });
  it("a changed digit is found by Luhn, whichever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = "046454286";
        const changed = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
        expect(luhn(changed)).toBe(false);
      }),
    );
  });
  it("RAMQ has a month of a man or a woman and a day; an SSN no empty group", () => {
    expect(isQuebec("61540417")).toBe(true);
    expect(isQuebec("61040417")).toBe(true);
    expect(isQuebec("61130417")).toBe(false);
    expect(isQuebec("61040017")).toBe(false);
    expect(isSsn("212489931")).toBe(true);
    for (const none of ["000489931", "666489931", "912489931", "212009931", "212480000"]) expect(isSsn(none)).toBe(false);
  });
});

describe("identifiers in a text", () => {
  it.each([
    ["Your PHN is 553331471.", "phn 553331471"],
    ["no check digit but a name: PHN 553331472", "phn 553331472"],
    ["we have 9698 658 215 for you", "phn 9698 658 215"],
    ["OHIP 8220-794-559 BR", "phn 8220-794-559"],
    ["8220794559br right?", "phn 8220794559"],
    ["RAMQ GAGM 6154 0417", "phn gagm 6154 0417"],
    ["gagm61540417", "phn gagm61540417"],
    ["Votre NAS 046 454 286", "sin 046 454 286"],
    ["S.I.N. 801-340-894", "sin 801-340-894"],
    ["SSN 212-48-9931", "ssn 212-48-9931"],
    ["Visa 4754 1771 2041 0051", "card 4754 1771 2041 0051"],
    ["4532594060655215", "card 4532594060655215"],
    ["born March 4, 1961", "dob march 4, 1961"],
    ["née le 22 février 2003", "dob 22 fevrier 2003"],
    ["DOB 1972-08-23", "dob 1972-08-23"],
    ["our birthday is Apr 19", "dob apr 19"],
    ["b. 30/11/1949", "dob 30/11/1949"],
    ["Jas, 2011/05/30, is on the list", "dob 2011/05/30"],
    ["MRN 00482913", "mrn 00482913"],
    ["no de dossier 27-7814", "mrn 27-7814"],
    ["policy 0912288", "insurance-id 0912288"],
    ["contrat 91228 de la Croix Bleue", "insurance-id 91228"],
    ["NS card is 0012 384 917", "phn 0012 384 917"],
    ["NWT health care card N1234567", "phn 1234567"],
    ["is your social still 726 134 802?", "sin 726 134 802"],
    ["status number 4410092217 under treaty", "insurance-id 4410092217"],
    ["Card ending 4821, CVV 418", "card cvv 418"],
    ["Visa ending 4821 exp 09/27", "card visa ending 4821 exp 09/27"],
  ])("%s", (text, one) => expect(found(text)).toEqual([one]));

  it.each([
    "Your invoice 448120937 is open",
    "Invoice 553331471 is open",
    "Courier tracking 7316 0042 8819",
    "Confirmation number 836 114 902",
    "call 403-555-0117 ext. 214",
    "Appelez le 514 555 0144, poste 2214",
    "Door code 4417#, room 210",
    "Oct 14 at 9:20, Nov 5 @ 1:30",
    "Rendez-vous le 2026-02-11 à 14:30, réf. 0211-1430-C",
    "Ne pas répondre. Prochaine visite 4 mai 9h",
    "Measles shots for anyone born after 1970",
    "Elevator inspection cert 0064629, back on",
    "File 553 331 472 closed at the parking authority",
    "Facture TREL-8203-1512 pour la rampe",
    "Card ending 4242 was declined",
    "Your health card exp. 09/27, bring the new one",
    "Horaire des fêtes : fermé les 24 et 25 décembre",
    "The heat turned off Dec 5, bring a coat",
    "",
  ])("none in: %s", (text) => expect(found(text)).toEqual([]));

  it("two in one text, each where it stands in the original", () => {
    const text = "Ｐ​HN 300317161 (yours) and 320038698 (Ben’s)";
    const spans = readContent(text).findings.filter(({ kind }) => kind === "phn");
    expect(spans.map(({ from, to }) => text.slice(from, to))).toEqual(["300317161", "320038698"]);
    expect(spans.every(({ severity, by }) => severity === "refuse" && by === "rule")).toBe(true);
  });
});

describe("asking for an identifier", () => {
  it.each([
    "Could you text us back your health care number?",
    "reply with ur DOB pls",
    "What's your SIN?",
    "we can't open the file w/o the PHN, shoot it over",
    "Pouvez-vous nous texter votre numéro d'assurance maladie?",
    "c'est quoi votre NAM",
    "il me manque votre date de naissance, écrivez-la ici",
    "text your card number & expiry",
    "reply with the last 4 of your card",
    "the nine digits on your Alberta card, just reply with them",
  ])("%s", (text) => expect(rules(text)).toEqual(["asks-identifier"]));
  it.each([
    "Please bring your health card",
    "Please have your health card handy when you arrive",
    "Don't text us your card number please, use the phone",
    "Apportez votre carte soleil",
    "On ne prend pas les numéros d'assurance maladie par texto",
    "Ne textez pas votre numéro de carte svp, appelez",
    "Please don't send personal health numbers by text. Call us and we'll verify over the phone.",
  ])("not in: %s", (text) => expect(rules(text)).toEqual([]));
  it("leaves the label alone, and so does a shortened link", () => {
    for (const text of ["What's your SIN?", "map: bit.ly/clinic-map"]) expect(readContent(text).label).toBe("administrative");
    expect(rules("map: bit.ly/clinic-map")).toEqual(["link-shortener"]);
    expect(rules("plan: maps.app.goo.gl/abcd")).toEqual(["link-shortener"]);
    expect(rules("formulaire : forms.gle/abc")).toEqual(["link-shortener"]);
    expect(rules("see clinic.example.org/map, it's not.ly far")).toEqual([]);
  });
});

it("every kind of identifier is a kind of finding", () => {
  for (const kind of IDENTIFIER_KINDS) expect(CONTENT_KINDS).toContain(kind);
});
