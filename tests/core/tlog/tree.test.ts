import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY_ROOT, leafHash } from "../../../lambdas/core/tlog/hashes.ts";
import { consistencyProof, continues, includes, inclusionProof, treeRoot } from "../../../lambdas/core/tlog/proofs.ts";
import { CompactRange } from "../../../lambdas/core/tlog/range.ts";
import { cover } from "../../../lambdas/core/tlog/subtrees.ts";
import { Edge, readSubtrees, tilePath, tilesOf } from "../../../lambdas/core/tlog/tiles.ts";
import { entries, entry, Grown, mth } from "./support.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const flip = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));

/** The leaves and roots that Certificate Transparency's own programs are tested with. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("roots are those of Certificate Transparency's vectors", () => {
  const range = new CompactRange();
  const edge = new Edge();
  expect(hex(range.root())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const [at, leaf] of LEAVES.entries()) {
    const hash = leafHash(Buffer.from(leaf, "hex"));
    range.append(hash);
    edge.append(hash);
    expect([hex(range.root()), hex(edge.root())]).toEqual([ROOTS[at], ROOTS[at]]);
  }
});

test("by range, by edge and by tiles the root is the one that the standard defines, across a tile's border", async () => {
  const range = new CompactRange();
  const log = new Grown(0);
  for (let size = 0; size <= 530; size++) {
    if (size > 0) {
      range.append(leafHash(entry(size - 1)));
      log.append(leafHash(entry(size - 1)));
    }
    if (size % 7 > 0 && Math.abs(size - 256) > 2 && Math.abs(size - 512) > 2) continue;
    const root = hex(mth(entries(size)));
    expect([size, hex(range.root()), hex(log.edge.root()), hex(await treeRoot(size, readSubtrees(size, log.read)))]).toEqual([
      size,
      root,
      root,
      root,
    ]);
  }
});

test("a tree of 70,000 leaves has the tiles that the specification counts", () => {
  const tiles = tilesOf(70_000);
  const count = (level: number): [number, number[]] => [
    tiles.filter((tile) => tile.level === level && tile.width === 256).length,
    tiles.filter((tile) => tile.level === level && tile.width < 256).map(({ width }) => width),
  ];
  expect([count(0), count(1), count(2)]).toEqual([
    [273, [112]],
    [1, [17]],
    [0, [1]],
  ]);
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
  expect(tilePath({ level: 1, index: 0, width: 17 })).toBe("tile/1/000.p/17");
});

test("an edge and a range that were put away go on as if they had not been", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 300 }), (before, after) => {
      const log = new Grown(before);
      const range = new CompactRange(0, before, rangeOf(0, before).hashes);
      const edge = new Edge(log.edge.size, log.edge.levels);
      for (let n = before; n < before + after; n++) {
        range.append(leafHash(entry(n)));
        edge.append(leafHash(entry(n)));
      }
      expect(hex(edge.root())).toBe(hex(range.root()));
      expect(hex(range.root())).toBe(hex(mth(entries(before + after))));
    }),
    { numRuns: 25 },
  );
});

function rangeOf(begin: number, end: number): CompactRange {
  const range = new CompactRange(begin);
  for (let n = begin; n < end; n++) range.append(leafHash(entry(n)));
  return range;
}

test("neighbouring ranges join into the tree's root, and a leaf that is missing, twice or another between them does not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (size, a, b) => {
      const [from, to] = [a % size, b % size].sort((x, y) => x - y) as [number, number];
      const root = hex(mth(entries(size)));
      const left = rangeOf(0, from);
      const middle = rangeOf(from, to + 1);
      const right = rangeOf(to + 1, size);
      expect(left.hashes).toHaveLength(cover(0, from).length);
      const whole = left.copy();
      whole.join(middle);
      whole.join(right);
      expect(hex(whole.root())).toBe(root);
      const other = left.copy();
      for (let n = from; n <= to; n++) other.append(leafHash(n === to ? entry(size + 1) : entry(n)));
      other.join(right);
      expect(hex(other.root())).not.toBe(root);
      expect(() => left.join(right)).toThrow(RangeError);
    }),
    { numRuns: 60 },
  );
});

describe("inclusion", () => {
  test("every leaf of every small tree has a proof that holds for it, and for nothing else", async () => {
    for (const size of [1, 2, 3, 5, 8, 13, 33]) {
      const log = new Grown(size);
      const root = log.edge.root();
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, readSubtrees(size, log.read));
        const leaf = leafHash(entry(index));
        expect(includes(proof, index, size, leaf, root)).toBe(true);
        expect(includes(proof, (index + 1) % (size + 1), size, leaf, root)).toBe(false);
        expect(includes(proof, index, size, flip(leaf, 3), root)).toBe(false);
        expect(includes(proof, index, size, leaf, flip(root, 31))).toBe(false);
        expect(includes([...proof, leaf], index, size, leaf, root)).toBe(false);
        for (let at = 0; at < proof.length; at++) {
          expect(includes(proof.toSpliced(at, 1), index, size, leaf, root)).toBe(false);
          expect(includes(proof.with(at, flip(proof[at] as Uint8Array, 0)), index, size, leaf, root)).toBe(false);
        }
      }
    }
  });

  test("in larger trees, across tiles", async () => {
    const log = new Grown(66_000);
    const root = log.edge.root();
    const read = readSubtrees(66_000, log.read);
    for (const index of [0, 255, 256, 65_535, 65_536, 65_999]) {
      const proof = await inclusionProof(index, 66_000, read);
      expect([index, includes(proof, index, 66_000, leafHash(entry(index)), root)]).toEqual([index, true]);
    }
    await expect(inclusionProof(66_000, 66_000, read)).rejects.toThrow(RangeError);
  });
});

describe("consistency", () => {
  test("every small tree continues every smaller one, and no other tree does", async () => {
    const log = new Grown(40);
    const roots = Array.from({ length: 41 }, (_, size) => mth(entries(size)));
    for (let second = 0; second <= 40; second++)
      for (let first = 0; first <= second; first++) {
        const proof = await consistencyProof(first, second, readSubtrees(40, log.read));
        const [one, two] = [roots[first] as Uint8Array, roots[second] as Uint8Array];
        expect([first, second, continues(proof, first, second, one, two)]).toEqual([first, second, true]);
        expect(continues(proof, first, second, flip(one, 0), two)).toBe(false);
        if (first > 0) expect(continues(proof, first, second, one, flip(two, 0))).toBe(false);
        expect(continues([...proof, two], first, second, one, two)).toBe(false);
        for (let at = 0; at < proof.length; at++) {
          expect(continues(proof.toSpliced(at, 1), first, second, one, two)).toBe(false);
          expect(continues(proof.with(at, flip(proof[at] as Uint8Array, 9)), first, second, one, two)).toBe(false);
        }
      }
  });

  test("a tree of nothing is continued by all, without a proof", () => {
    expect(continues([], 0, 5, EMPTY_ROOT, mth(entries(5)))).toBe(true);
    expect(continues([], 0, 5, mth(entries(1)), mth(entries(5)))).toBe(false);
    expect(continues([], 3, 2, mth(entries(3)), mth(entries(2)))).toBe(false);
  });
});

test("a tile that is missing or short is named", async () => {
  await expect(
    treeRoot(
      300,
      readSubtrees(300, () => undefined),
    ),
  ).rejects.toThrow("tile/1/000.p/1 is missing or too short");
  await expect(
    treeRoot(
      300,
      readSubtrees(300, () => new Uint8Array(64)),
    ),
  ).rejects.toThrow("too short");
  expect(() => new Edge(3, [new Uint8Array(64)])).toThrow(RangeError);
  expect(() => new CompactRange(0, 3, [new Uint8Array(32)])).toThrow(RangeError);
});
