import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readContent } from "../../lambdas/core/reading/content.ts";
import { asksFor } from "../../lib/clinic-checks/asks.ts";
import { unsaid } from "../../lib/clinic-checks/said.ts";
import { alone, broken, change, copy, findingsOf } from "./support/clinic-copy.ts";

describe("texts", () => {
  const EN = 'en: "{clinic}: we are on the second floor';
  const FR = 'fr: "{clinic} : nous sommes au deuxième';
  alone([
    [
      "say something in each language",
      "scenarios.yaml",
      /\n {10}fr: "\{clinic\} : nous sommes au[^\n]*/,
      "",
      "directions.templates.directions.text.fr: is missing; write the French text as well",
      -1,
    ],
    [
      "ask for no word that opts out, in English",
      "scenarios.yaml",
      EN,
      'en: "{clinic}: text back CANCEL if it does not suit. We are on the second floor',
      "asks the patient to answer CANCEL, which opts out; ask for a call instead",
    ],
    [
      "ask for no word that opts out, in French",
      "scenarios.yaml",
      FR,
      'fr: "{clinic} : répondez ANNULER pour annuler. Nous sommes au deuxième',
      "asks the patient to answer ANNULER, which opts out; ask for a call instead",
    ],
    [
      "ask for STOP only where it stops texts",
      "scenarios.yaml",
      EN,
      'en: "{clinic}: reply STOP to cancel your visit. We are on the second floor',
      "asks the patient to answer STOP, which opts out; ask for a call instead",
    ],
    [
      "name 811 only where that was arranged: a template",
      "scenarios.yaml",
      EN,
      'en: "{clinic}: call 811 when we are closed. We are on the second floor',
      "names 811, and clinic.yaml says nothing of it; write under afterHoursArrangement what was arranged, or leave 811 out",
    ],
    [
      "name 811 only where that was arranged: a reply",
      "replies.yaml",
      /(after-hours:\n {2}version: 1\n {2}text:\n {4}en: "[^"]*)Our line: \{phone\}/,
      "$1At night call 8-1-1",
      "names 811, and clinic.yaml says nothing of it; write under afterHoursArrangement what was arranged, or leave 811 out",
      3,
    ],
    [
      "name 811 only where that was arranged: a wording",
      "wordings/texting-recall.v1.en.md",
      "nobody reads them.",
      "nobody reads them; call 811.",
      "names 811, and clinic.yaml says nothing of it; write under afterHoursArrangement what was arranged, or leave 811 out",
      -16,
    ],
  ]);

  test("may name 811 where that was arranged, and a telephone number that holds it anywhere", () => {
    const dir = copy();
    change(dir, "scenarios.yaml", EN, 'en: "{clinic}: call 811 when we are closed. We are on the second floor');
    change(
      dir,
      "clinic.yaml",
      "silentEmergencies:",
      "afterHoursArrangement: Health Link 811 has our protocol since 2026-09-01.\nsilentEmergencies:",
    );
    expect(findingsOf(dir)).toEqual([]);
    expect(broken("scenarios.yaml", EN, 'en: "{clinic}: or 403-555-0811, or 403-811-0100. We are on the second floor').findings).toEqual(
      [],
    );
  });

  test("under the United States' pack have 160 characters at most", () => {
    const dir = copy();
    change(dir, "clinic.yaml", "packs: [ca-ab]", "packs: [us]");
    const says = findingsOf(dir).map((finding) => finding.says);
    expect(says).toContain("has 162 characters and us/characters allows 160; shorten it");
    expect(says.every((each) => each.endsWith("us/characters allows 160; shorten it"))).toBe(true);
  });

  test("fill in a provider or a place only where clinic.yaml lists some", () => {
    const dir = copy();
    change(dir, "clinic.yaml", /providers: \[[^\]]*\]/, "providers: []");
    change(dir, "scenarios.yaml", "params: { time: { type: time } }", "params: { time: { type: time }, who: { type: provider } }");
    expect(findingsOf(dir).map((finding) => finding.says)).toContain(
      "{who} is a provider, and clinic.yaml lists none; add providers there",
    );
  });
});

describe("what a commercial text owes (Canada's anti-spam law)", () => {
  const commercial = (more: (dir: string) => void): readonly string[] => {
    const dir = copy();
    change(dir, "scenarios.yaml", /(id: feedback\n[\s\S]*?bulk: true\n)/, "$1    commercial: true\n");
    more(dir);
    return findingsOf(dir).map((finding) => finding.says);
  };

  test("is a purpose of its own, who sends it and how to stop", () => {
    expect(commercial(() => undefined)).toEqual([]);
    expect(commercial((dir) => change(dir, "scenarios.yaml", "purpose: feedback", "purpose: recall"))).toContain(
      "feedback is commercial and shares the purpose recall with recall; give it a purpose that is asked for by itself",
    );
    expect(
      commercial((dir) =>
        change(
          dir,
          "scenarios.yaml",
          'or call {phone}. Reply STOP for no more texts."\n          fr: "{clinic} : de 1',
          'or call us."\n          fr: "{clinic} : de 1',
        ),
      ),
    ).toEqual([
      "is commercial and does not say {phone}; it must",
      'is commercial and does not say how to stop the texts; write such as "Text STOP and we stop."',
    ]);
  });

  test("is no free text", () => {
    expect(
      commercial((dir) =>
        change(
          dir,
          "scenarios.yaml",
          "    commercial: true\n    staleAfterHours: 48",
          "    commercial: true\n    freeText: true\n    staleAfterHours: 48",
        ),
      ),
    ).toEqual(["feedback is commercial; a free text cannot be held to name the clinic and how to stop, so use templates"]);
  });
});

describe("a fixed reply says what is true at the hour at which it goes back:", () => {
  const reply = (id: string, language: string, from: string, to: string): { says: readonly string[]; file: boolean } => {
    const dir = copy();
    const path = join(dir, "replies.yaml");
    const before = readFileSync(path, "utf8");
    const start = before.indexOf(`\n    ${language}: `, before.indexOf(`\n${id}:`)) + 1;
    const end = before.indexOf("\n", start);
    const line = before.slice(start, end);
    expect(line).toContain(from);
    writeFileSync(path, before.slice(0, start) + line.replace(from, to) + before.slice(end));
    const findings = findingsOf(dir);
    const at = before.slice(0, start).split("\n").length;
    return {
      says: findings.map((finding) => finding.says),
      file: findings.every((finding) => finding.file === "replies.yaml" && finding.line === at),
    };
  };

  test.each([
    [
      "consent-question",
      "en",
      "Read in office hours.",
      "",
      'does not say when texts are read; write such as "We read texts in office hours."',
    ],
    [
      "consent-receipt",
      "fr",
      "pas pour les urgences : composez le 911",
      "merci",
      'does not say that texts are not for emergencies; write such as "Pas pour les urgences."',
    ],
    ["consent-receipt", "en", "911", "us", 'does not say to call 911; write such as "Call 911."'],
    [
      "after-hours",
      "en",
      "Not for emergencies: c",
      "C",
      'does not say that texts are not for emergencies; write such as "Not for emergencies."',
    ],
    [
      "after-hours",
      "fr",
      "avant l'ouverture",
      "",
      'does not say when texts are read; write such as "Nous lisons les textos aux heures de bureau."',
    ],
    ["emergency", "en", "911", "us", 'does not say to call 911; write such as "Call 911."'],
    [
      "emergency",
      "fr",
      "si c'est une urgence",
      "c'est une urgence",
      'does not say it so that it is true of a false alarm too; write such as "Si c\'est une urgence, composez le 911 tout de suite."',
    ],
    [
      "emergency-suicide",
      "fr",
      "988",
      "numéro connu",
      'does not say the suicide crisis line 988; write such as "Appelez ou textez le 988."',
    ],
    [
      "emergency-suicide-unattended",
      "en",
      "nobody reads texts now. ",
      "",
      'does not say that nobody reads texts now; write such as "Nobody reads texts now."',
    ],
    [
      "emergency-unattended",
      "fr",
      "personne ne lit les textos en ce moment. ",
      "",
      'does not say that nobody reads texts now; write such as "Personne ne lit les textos en ce moment."',
    ],
    [
      "emergency-unattended",
      "en",
      "Do not wait for a text from us.",
      "We will call you back.",
      'promises something while nobody is on call ("We will call you back"); take it out',
    ],
    [
      "emergency-unattended",
      "fr",
      "N'attendez pas de texto.",
      "Nous vous rappellerons.",
      'promises something while nobody is on call ("Nous vous rappellerons"); take it out',
    ],
    [
      "emergency-suicide-unattended",
      "en",
      "now. To talk",
      "now. A nurse will answer soon. To talk",
      'promises something while nobody is on call ("A nurse will answer soon"); take it out',
    ],
  ])("%s in %s", (id, language, from, to, says) => {
    const { says: told, file } = reply(id, language, from, to);
    expect(told).toContain(`${id}: ${says}`);
    expect(file).toBe(true);
  });
});

describe("a consent wording tells the limits, the risks, the patient's part and the way out:", () => {
  test.each([
    ["texting-basics.v1.en.md", "Texts are not for emergencies: call 911.", "", ["to call 911"]],
    ["texting-basics.v1.en.md", "We read texts in office hours, usually within two hours.", "", ["when texts are read"]],
    ["texting-basics.v1.en.md", "Give us the number of your own phone, not", "Not", ["that it is the patient's own phone"]],
    ["texting-basics.v1.en.md", "Keep the phone locked.", "", ["that the phone is locked"]],
    ["texting-basics.v1.en.md", "Tell us when the number changes.", "", ["to tell the clinic of a new number"]],
    ["texting-basics.v1.en.md", "Text STOP at any time and we stop.", "", ["how to stop the texts"]],
    ["texting-basics-fr.v1.fr.md", "composez le 911", "appelez", ["to call 911"]],
    [
      "texting-basics-fr.v1.fr.md",
      "Votre compagnie de téléphone peut les lire, et toute personne qui prend votre téléphone\naussi.",
      "",
      ["who else can read texts"],
    ],
    ["texting-basics-fr.v1.fr.md", "Gardez le téléphone verrouillé.", "", ["that the phone is locked"]],
    ["texting-basics-fr.v1.fr.md", "Textez ARRET en tout temps et nous cessons.", "", ["how to stop the texts"]],
  ])("%s without: %s", (name, from, to, missing) => {
    const { findings } = broken(`wordings/${name}`, from, to);
    expect(findings.map((finding) => finding.says.split("; write such as")[0])).toEqual(missing.map((what) => `does not say ${what}`));
    expect(new Set(findings.map((finding) => finding.file))).toEqual(new Set([`wordings/${name}`]));
  });

  test("a purpose that cannot be agreed to in a language that the clinic speaks", () => {
    const dir = copy();
    rmSync(join(dir, "wordings/texting-feedback-fr.v1.fr.md"));
    const says = "nobody can agree to feedback in French: no wording in force names it; write one under wordings/";
    expect(findingsOf(dir)).toMatchObject([{ file: "purposes.yaml", says }]);
    change(dir, "clinic.yaml", "languages: [en, fr]", "languages: [en]");
    expect(findingsOf(dir)).toEqual([]);
  });

  test("nobody withdraws what was not approved yet", () => {
    const { findings, line } = broken("wordings/texting-recall.v1.en.md", /^approved: .*$/m, '$&\nwithdrawn: "2026-09-01"');
    expect(findings).toContainEqual({
      file: "wordings/texting-recall.v1.en.md",
      line: line + 1,
      says: "is withdrawn before it was approved (2026-10-01); correct one of the days",
    });
  });
});

describe("the gate's own reader judges what is written down:", () => {
  alone([
    [
      "a template that tells a result",
      "scenarios.yaml",
      "we had expected you today. Please call",
      "your biopsy is benign. Please call",
      /^reads as clinical \(.*biopsy.*\); say less$/,
    ],
    [
      "a template that asks for an identifier",
      "scenarios.yaml",
      "for your visit please bring your health card and",
      "for your visit please text us your health card number and",
      "is not for a text (asks-identifier: health card number); say less",
    ],
    [
      "an appropriate example that is none",
      "scenarios.yaml",
      '"Thank you, you are booked for Friday at 11:15."',
      '"Your biopsy is benign, so Friday is early enough."',
      /^"Your biopsy is benign, so Friday is early enough\." stands as appropriate but reads as clinical \(.*biopsy.*\); reword it, or move it to notAppropriate$/,
    ],
    [
      "an appropriate example that is too long",
      "scenarios.yaml",
      '"Thank you, you are booked for Friday at 11:15."',
      `"${"Thank you, you are booked for Friday. ".repeat(18)}"`,
      `"${"Thank you, you are booked for Friday. ".repeat(18)}" stands as appropriate but needs 5 parts and the clinic allows 4; shorten it, or raise maxParts; reword it, or move it to notAppropriate`,
    ],
    [
      "an appropriate example that asks for CANCEL",
      "scenarios.yaml",
      '"Thank you, you are booked for Friday at 11:15."',
      '"You are booked for Friday. Reply CANCEL if not."',
      '"You are booked for Friday. Reply CANCEL if not." stands as appropriate but asks the patient to answer CANCEL, which opts out; reword it, or move it to notAppropriate',
    ],
    [
      "an example that nothing would stop",
      "scenarios.yaml",
      '{ text: "Dr. Roy wants to see you sooner about your biopsy.", because: content }',
      '{ text: "Your appointment is on Friday at 9:00.", because: content }',
      '"Your appointment is on Friday at 9:00." stands as not appropriate because of its content but reads as administrative, so nothing would stop it; write a plainer example, or because: purpose, person or time',
    ],
    [
      "a sender whose name tells what it treats",
      "clinic.yaml",
      "senderName: Prairie Ridge Clinic",
      "senderName: Prairie HIV Clinic",
      /^senderName: reads as sensitive \(sexual-health: .*\); patients' lock screens show it, so choose a neutral name$/,
    ],
  ]);

  test("a list whose values would tell something", () => {
    const { findings, line } = broken("clinic.yaml", "the care team]", "the oncology team]");
    expect(findings).toEqual([
      {
        file: "clinic.yaml",
        line,
        says: expect.stringMatching(
          /^providers: the oncology team reads as sensitive \(cancer: .*; a template would say it, so name it neutrally$/,
        ),
      },
    ]);
  });

  test("what the model alone suspects may stay in a template when a person has looked at it", () => {
    const corpus = readFileSync(new URL("../corpora/content/held-out.jsonl", import.meta.url), "utf8")
      .trimEnd()
      .split("\n");
    const suspect = corpus
      .map((line) => (JSON.parse(line) as { text: string }).text)
      .find((text) => {
        const { label, findings } = readContent(`Prairie Ridge Clinic: ${text}`);
        return (
          label !== "administrative" && findings.every((each) => each.severity === "ask") && text.length < 300 && asksFor(text).length === 0
        );
      });
    const dir = copy();
    const line = change(
      dir,
      "scenarios.yaml",
      /en: "\{clinic\}: we had expected you today[^\n]*/,
      `en: ${JSON.stringify(`{clinic}: ${suspect}`)}`,
    );
    expect(findingsOf(dir)).toEqual([
      {
        file: "scenarios.yaml",
        line,
        says: expect.stringMatching(
          /^reads as (clinical|sensitive) to the model, though no rule says why; say less, or have a person look at it and write acknowledged: \{ by, at, reason \} beside the text$/,
        ),
      },
    ]);
    const looked = 'acknowledged: { by: Privacy officer, at: "2026-11-20", reason: It names nothing of the patient. }';
    change(dir, "scenarios.yaml", /( {6}- id: missed\n {8}version: 1\n)/, `$1        ${looked}\n`);
    expect(findingsOf(dir)).toEqual([]);
  });
});

describe("what a text says is recognised", () => {
  test.each([
    ["en", "when-we-read", "We look at texts from 8 to 4 on weekdays."],
    ["en", "when-we-read", "Texts are read Monday to Friday."],
    ["fr", "when-we-read", "Les textos sont lus du lundi au vendredi."],
    ["en", "not-for-emergencies", "Please don’t use texts in an emergency."],
    ["fr", "not-for-emergencies", "N'utilisez jamais les textos en cas d'urgence."],
    ["en", "own-phone", "It is your own\nphone."],
    ["fr", "locked", "Gardez-le verrouille\u0301."],
    ["en", 911, "Dial 9-1-1."],
    ["fr", "nobody-reads", "Personne ne consulte les textos à cette heure."],
    ["en", "nobody-reads", "Texts are not read at this hour."],
    ["en", "number-changes", "Let us know when you have a new number."],
  ] as const)("%s %s: %s", (language, statement, text) => {
    expect(unsaid(text, language, [statement])).toEqual([]);
  });

  test.each([
    ["en", "when-we-read", "We read every text."],
    ["en", "not-for-emergencies", "In an emergency we text you."],
    ["fr", "not-for-emergencies", "En cas d'urgence, textez-nous."],
    ["en", 911, "Call 403-911-0100."],
    ["en", "nobody-reads", "Somebody reads texts now."],
    ["fr", "own-phone", "Donnez-nous un numéro."],
  ] as const)("and not where it is not: %s %s: %s", (language, statement, text) => {
    expect(unsaid(text, language, [statement])).toHaveLength(1);
  });
});
