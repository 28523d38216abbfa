import fc from "fast-check";
import { expect, test } from "vitest";
import { chains } from "../../bin/verify/chains.ts";
import { headsBook } from "../../bin/verify/heads-book.ts";
import { base64url, sha256 } from "../../lambdas/core/digest.ts";

const hash = (chain: string, seq: number): Uint8Array => sha256(`${chain}#${seq}`);
const NOTHING = new Uint8Array(32);

/** Chains of some lengths, their events in any order. */
const shuffled = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }).chain((lengths) => {
  const all = lengths.flatMap((length, n) => Array.from({ length }, (_, seq) => ({ chain: `conv/${n}`, seq })));
  return fc.shuffledSubarray(all, { minLength: all.length }).map((events) => ({ events, lengths }));
});

const added = (events: readonly { chain: string; seq: number }[], odd?: { at: number; prev: Uint8Array }) => {
  const all = chains();
  for (const [index, { chain, seq }] of events.entries()) {
    const prev = seq === 0 ? NOTHING : hash(chain, seq - 1);
    all.add(index, chain, seq, hash(chain, seq), odd?.at === index ? odd.prev : prev);
  }
  return all.finish(true);
};

test("whole chains have no gap and no fault, in whatever order their events come", () => {
  fc.assert(
    fc.property(shuffled, ({ events, lengths }) => {
      expect(added(events)).toEqual({ chains: lengths.length, begun: 0, faults: [], gaps: [] });
    }),
  );
});

test("one event that is missing, and not the last, is the one gap", () => {
  fc.assert(
    fc.property(shuffled, fc.nat(), ({ events, lengths }, which) => {
      const { chain, seq } = events[which % events.length] as { chain: string; seq: number };
      const last = lengths[Number(chain.slice(5))] === seq + 1;
      const { gaps, faults } = added(events.filter((each) => each.chain !== chain || each.seq !== seq));
      expect(faults).toEqual([]);
      expect(gaps.map(({ chain, seq }) => ({ chain, seq }))).toEqual(last ? [] : [{ chain, seq }]);
    }),
  );
});

test("one event that names another before it is the one fault", () => {
  fc.assert(
    fc.property(shuffled, fc.nat(), ({ events }, which) => {
      const at = which % events.length;
      fc.pre((events[at]?.seq ?? 0) > 0);
      const { gaps, faults } = added(events, { at, prev: hash("other", 1) });
      expect([gaps, faults.length]).toEqual([[], 1]);
    }),
  );
});

test("heads find their events, and reach as far as the furthest, in whatever order events come", () => {
  fc.assert(
    fc.property(shuffled, fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 5 }), ({ events, lengths }, places) => {
      const book = headsBook();
      const ascending = [...places].sort((a, b) => a - b);
      const taken = lengths.flatMap((length, n) => ascending.filter((seq) => seq < length).map((seq) => ({ chain: `conv/${n}`, seq })));
      for (const [n, { chain, seq }] of taken.entries()) book.add({ chain, seq, hash: base64url(hash(chain, seq)) }, n);
      for (const [index, { chain, seq }] of events.entries()) {
        const reached = taken.some((head) => head.chain === chain && head.seq >= seq);
        expect(book.see(index, chain, seq, hash(chain, seq))).toBe(reached ? "covered" : "beyond");
      }
      expect([book.faults, [...book.missing()]]).toEqual([[], []]);
    }),
  );
});

test("a head without its event is missing, one with another hash or behind an earlier one is a fault", () => {
  const book = headsBook();
  book.add({ chain: "conv/a", seq: 3, hash: base64url(hash("conv/a", 3)) }, 10);
  book.add({ chain: "conv/a", seq: 2, hash: base64url(hash("conv/a", 2)) }, 20);
  book.add({ chain: "conv/b", seq: 0, hash: base64url(hash("conv/b", 0)) }, 20);
  expect(book.see(5, "conv/b", 0, hash("conv/b", 1))).toBe("covered");
  expect(book.faults.map(({ index }) => index)).toEqual([20, 5]);
  expect([...book.missing()].map(({ chain, seq }) => `${chain}#${seq}`)).toEqual(["conv/a#2", "conv/a#3"]);
});
