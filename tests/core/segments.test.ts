import fc from "fast-check";
import { expect, test } from "vitest";
import { plainer, segments } from "../../lambdas/core/segments.ts";

const GSM = fc.string({ unit: fc.constantFrom(..."abcxyzABC 0123456789.,é@£"), minLength: 1, maxLength: 700 });

test.each([
  ["a".repeat(160), "GSM-7", 1],
  ["a".repeat(161), "GSM-7", 2],
  ["a".repeat(306), "GSM-7", 2],
  ["a".repeat(307), "GSM-7", 3],
  ["€".repeat(80), "GSM-7", 1],
  ["€".repeat(81), "GSM-7", 2],
  ["ê".repeat(70), "UCS-2", 1],
  ["ê".repeat(71), "UCS-2", 2],
  ["😀".repeat(35), "UCS-2", 1],
  ["😀".repeat(36), "UCS-2", 2],
])("%# %s parts", (text, encoding, parts) => {
  expect(segments(text)).toMatchObject({ encoding, parts });
});

test("one accent outside GSM-7 is named, and doubles an ordinary French text", () => {
  const plain = "Votre rendez-vous est deplace au 3 decembre à 10 h. Pour changer, appelez la clinique au 403-555-0100 avant midi svp.";
  expect(segments(plain)).toEqual({ encoding: "GSM-7", parts: 1, forcedBy: [] });
  expect(segments(plain.replace("deplace", "déplacê"))).toMatchObject({ encoding: "UCS-2", parts: 2, forcedBy: ["ê"] });
});

test("an escaped character or a surrogate pair is never cut in two", () => {
  expect(segments(`${"a".repeat(152)}€${"a".repeat(152)}`).parts).toBe(3);
  expect(segments(`${"ê".repeat(66)}😀${"ê".repeat(66)}`).parts).toBe(3);
});

test("longer is never fewer, and parts hold everything", () => {
  fc.assert(
    fc.property(GSM, GSM, (text, more) => {
      expect(segments(text + more).parts).toBeGreaterThanOrEqual(segments(text).parts);
      const { parts } = segments(text);
      expect(parts === 1 ? text.length <= 160 : text.length <= parts * 153 && text.length > (parts - 1) * 152).toBe(true);
    }),
  );
});

test.each([
  ["ARRÊT", "ARRET"],
  // GSM-7 has these: nothing is gained by taking their accents.
  ["é è à ù ç? É Ç ñ ö", "é è à ù c? É Ç ñ ö"],
  ["l\u2019œuvre \u2014 \u00ab oui \u00bb\u2026", 'l\'oeuvre - " oui "...'],
  // Nothing in GSM-7 stands for these: they stay, and cost what they cost.
  ["🦑 Ж 中", "🦑 Ж 中"],
  ["", ""],
])("%j in letters that GSM-7 has is %j", (text, plain) => {
  expect(plainer(text)).toBe(plain);
  expect(plainer(plain)).toBe(plain);
});
