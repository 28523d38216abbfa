/** One spelling of an event and no other: RFC 8785, against an implementation by one of its authors, and the strict way back. */
import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical } from "../../lambdas/core/audit.ts";
import { NotCanonical, parseCanonical } from "../../lambdas/core/parse-canonical.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Strings of every kind that JSON escapes or does not, whole characters only. */
const string = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom("\u0000", "\u001f", '"', "\\", "/", "\u007f", "\u0085", "\u2028", "\ufeff", "\ufffd", "é", "e\u0301", "🦑"),
    maxLength: 8,
  }),
);
/** Names that order by code point, by code unit and by number tells apart. */
const name = fc.oneof(
  string,
  fc.constantFrom("", "a", "A", "10", "9", "1", "\ue000", "😀", "\ud7ff", "é", "e", "__proto__", "constructor", "toJSON"),
);
const whole = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -20, max: 20 }),
  fc.constantFrom(0, -0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
);

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    string,
    whole,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(name, fc.oneof(tie("any"), fc.constant(undefined)), { maxKeys: 6, noNullPrototype: true }),
  ),
})).any;

describe("the sorted builder", () => {
  test("writes byte for byte what canonicalize writes", () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(text(canonical(given))).toBe(canonicalize(given));
      }),
      { numRuns: 20_000 },
    );
  });

  test("does not care in which order members were set", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, whole), { selector: ([each]) => each, maxLength: 8 }), fc.nat(), (members, turn) => {
        const turned = members.map((_, at) => members[(at + turn) % members.length] as [string, number]);
        expect(canonical(Object.fromEntries(turned))).toEqual(canonical(Object.fromEntries(members)));
      }),
    );
  });

  test("sorts by UTF-16 code units, not by code points or numbers (RFC 8785 section 3.2.3)", () => {
    const given = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7, "10": 8, "9": 9 };
    expect(
      Object.values(
        JSON.parse(
          `[${text(canonical(given))
            .slice(1, -1)
            .replace(/"(?:[^"\\]|\\.)*":/g, "")}]`,
        ),
      ),
    ).toEqual([2, 4, 8, 9, 6, 7, 1, 5, 3]);
    expect(text(canonical(given))).toBe(canonicalize(given));
  });

  test("refuses what has no one form: fractions, numbers beyond 2^53, half characters, functions", () => {
    for (const wrong of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 1e21])
      expect(() => canonical({ a: wrong })).toThrow("whole numbers");
    for (const wrong of [() => 1, Symbol("a"), 1n]) expect(() => canonical({ a: wrong })).toThrow("cannot hold");
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("\ud800", "\udbff", "\udc00", "\udfff"), fc.string(), (before, half, after) => {
        fc.pre(!(before + half + after).isWellFormed());
        expect(() => canonical({ a: before + half + after })).toThrow("lone surrogate");
        expect(() => canonical({ [before + half + after]: 1 })).toThrow("lone surrogate");
        expect(() => canonicalize({ a: before + half + after })).toThrow();
      }),
    );
    expect(() => canonical([undefined])).toThrow("cannot hold");
  });
});

/** Anything that an event may be made of. */
const part = fc.oneof(
  string,
  whole.filter((n) => !Object.is(n, -0)),
);
const plainName = fc.oneof(string, fc.constantFrom("a", "B", "é", "__proto__", "prev")).filter(
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
  (each) => !/^\d+$|["\\\u0000-\u001f]/.test(each),
);
const event = fc.dictionary(
  plainName,
  fc.oneof(part, fc.array(part, { maxLength: 3 }), fc.dictionary(plainName, part, { maxKeys: 3, noNullPrototype: true })),
  { maxKeys: 8, noNullPrototype: true },
);

describe("the strict way back", () => {
  test("takes what was written, and gives the same event", () => {
    fc.assert(
      fc.property(event, (given) => {
        const back = parseCanonical(canonical(given));
        expect(canonicalize(back)).toBe(canonicalize(given));
      }),
      { numRuns: 5000 },
    );
    expect(parseCanonical(bytes('{"prev":null,"seq":0}'))).toEqual({ prev: null, seq: 0 });
  });

  const refused: [string, string | Uint8Array, string][] = [
    ["a duplicate name", '{"a":1,"a":1}', "RFC 8785"],
    ["a duplicate name with another value", '{"a":1,"a":2}', "RFC 8785"],
    ["a duplicate name in an object within", '{"who":{"id":"x","id":"x"}}', "RFC 8785"],
    ["another order", '{"b":1,"a":1}', "out of order"],
    ["another order within", '{"who":{"id":"x","app":"y"}}', "out of order"],
    ["the order of code points", '{"\ufb33":1,"\ud83d\ude00":2}', "out of order"],
    ["white space", '{"a": 1}', "RFC 8785"],
    ["a line break behind it", '{"a":1}\n', "RFC 8785"],
    ["a byte order mark", "\ufeff{}", "no JSON"],
    ["an escape that is not needed", '{"a":"\\u0041"}', "RFC 8785"],
    ["an escaped slash", '{"a":"\\/"}', "RFC 8785"],
    ["an escape in capitals", '{"a":"\\u000B"}', "RFC 8785"],
    ["a name with an escape", '{"\\u0000":1}', "needs an escape"],
    ["a name with a backslash", '{"\\\\":1}', "needs an escape"],
    ["an escaped half character", '{"a":"\\ud800"}', "lone surrogate"],
    ["an escaped half character in a name", '{"\\udfff":1}', "lone surrogate"],
    ["a fraction", '{"a":0.5}', "not whole"],
    ["a whole number with a point", '{"a":1.0}', "RFC 8785"],
    ["an exponent", '{"a":1e2}', "RFC 8785"],
    ["minus nought", '{"a":-0}', "RFC 8785"],
    ["a number beyond 2^53", '{"a":9007199254740993}', "not whole"],
    ["an integer for a name", '{"7":1}', "integer for a name"],
    ["an integer for a name within", '{"a":{"0":1}}', "integer for a name"],
    ["null elsewhere", '{"pat":null}', "null outside prev"],
    ["null in a list", '{"why":[null]}', "null outside prev"],
    ["null in a prev within", '{"who":{"prev":null}}', "null outside prev"],
    ["true", '{"a":true}', "true or false"],
    ["a list", "[]", "no object"],
    ["a string", '"a"', "no object"],
    ["null", "null", "no object"],
    ["two events", "{}{}", "no JSON"],
    ["nothing", "", "no JSON"],
    ["half an event", '{"a":1', "no JSON"],
    ["bytes that are no UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), "no UTF-8"],
    ["a surrogate in UTF-8", Uint8Array.of(0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d), "no UTF-8"],
    ["an overlong form", Uint8Array.of(0x7b, 0x22, 0xc1, 0x81, 0x22, 0x3a, 0x31, 0x7d), "no UTF-8"],
    ["depth", `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "nested too deep"],
    ["length", `{"a":"${"a".repeat(70_000)}"}`, "longer than a leaf"],
  ];
  test.each(refused)("refuses %s", (_, given, why) => {
    const spelt = typeof given === "string" ? bytes(given) : given;
    expect(() => parseCanonical(spelt)).toThrow(NotCanonical);
    expect(() => parseCanonical(spelt)).toThrow(why);
  });

  test("refuses every other byte string, whatever bit is turned: what it takes is spelt as canonical spells it", () => {
    fc.assert(
      fc.property(event, fc.nat(), fc.nat({ max: 7 }), (given, at, bit) => {
        const turned = canonical(given);
        turned[at % turned.length] = (turned[at % turned.length] ?? 0) ^ (1 << bit);
        try {
          expect(canonical(parseCanonical(turned))).toEqual(turned);
        } catch (error) {
          expect(error).toBeInstanceOf(NotCanonical);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
