/**
 * Ways to tamper with an export, each with what the verifier must answer. `signs`: whoever does it also holds the export key,
 * lists the files anew and signs: what then still tells is the log's own signature.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { canonical } from "../../lambdas/core/audit.ts";
import {
  GUIDE,
  MANIFEST,
  MANIFEST_NOTE,
  parseChosenHeadsPath,
  parseHashesPath,
  parseHeadsPath,
  parseReceiptPath,
  parseSegmentPath,
} from "../../lambdas/core/bundle/layout.ts";
import { joined, linesOf } from "../../lambdas/core/bundle/lines.ts";
import { type Manifest, manifestBytes, manifestText, parseManifest } from "../../lambdas/core/bundle/manifest.ts";
import { hex, sha256 } from "../../lambdas/core/digest.ts";
import { parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { leafHash } from "../../lambdas/core/tlog/hashes.ts";
import { COSIGNATURE, ED25519, parseNote } from "../../lambdas/core/tlog/note.ts";
import { checkpointNote, EXPORT_KEY, LOG_KEY, NOW, ORIGIN, signedNote, testKey } from "./audit-log.ts";
import type { Random } from "./random.ts";

/** A folder's files by path. */
export type Files = Map<string, Uint8Array>;

export interface Expected {
  readonly exit: number | "no export" | readonly number[];
  /** The leaf that must be named; a pair where it cannot be told more exactly; undefined where the wrong is in no leaf. */
  readonly first?: number | readonly [number, number] | undefined;
}

export interface Tampering {
  readonly layer: string;
  readonly name: string;
  /** Which exports it can be done to. */
  readonly to: "period" | "chosen" | "any";
  /** Done also by one who holds the export key, or only by such a one, or only by one who does not. */
  readonly signs: "both" | "always" | "never";
  /** Changes the files. undefined: this export does not have what it takes. */
  apply(files: Files, random: Random, other: Files, signs: boolean): Expected | undefined;
}

export const manifestOf = (files: Files): Manifest => parseManifest(files.get(MANIFEST) as Uint8Array);

/** Lists the files as they are now, and signs. */
export function relist(files: Files, change: Partial<Manifest> = {}, key = EXPORT_KEY): void {
  const before = manifestOf(files);
  const rows = new Map(before.files.map((file) => [file.path, file.rows]));
  const listed = [...files]
    .filter(([path]) => path !== MANIFEST && path !== MANIFEST_NOTE)
    .map(([path, bytes]) => {
      const interval = parseSegmentPath(path);
      const many = interval ? interval.end - interval.first : rows.get(path);
      return { path, bytes: bytes.length, sha256: hex(sha256(bytes)), ...(many === undefined ? {} : { rows: many }) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const bytes = manifestBytes({ ...before, ...change, files: listed });
  files.set(MANIFEST, bytes);
  files.set(MANIFEST_NOTE, Buffer.from(signedNote(manifestText(key.key, bytes), key)));
}

const LAST = "log/2025/checkpoint.last.note";
const FIRST = "log/2025/checkpoint.first.note";
const BETWEEN = "log/2025/checkpoints.ndjson.gz";
const RANGE = "log/2025/range.txt";
const CONSISTENCY = "log/2025/consistency.txt";

const any = <T>(random: Random, from: readonly T[]): T | undefined => from[random.below(from.length)];
const pathsOf = (files: Files, is: (path: string) => unknown): string[] =>
  [...files.keys()].filter((path) => is(path) !== undefined).sort();
const linesIn = (gz: Uint8Array): Uint8Array[] => [...linesOf(gunzipSync(gz))].map((line) => Uint8Array.from(line));
const flip = (bytes: Uint8Array, random: Random): Uint8Array => {
  const out = Uint8Array.from(bytes);
  const at = random.below(out.length);
  out[at] = (out[at] as number) ^ (1 << random.below(8));
  return out;
};
/** One bit of a text in base64, so that it stays one. */
const flipBase64 = (text: string, random: Random): string => {
  const bytes = flip(Buffer.from(text, "base64"), random);
  return Buffer.from(bytes).toString("base64");
};

interface Segment {
  readonly path: string;
  readonly first: number;
  readonly end: number;
  readonly lines: Uint8Array[];
  save(lines: readonly Uint8Array[]): void;
}

function segmentsIn(files: Files): Segment[] {
  return pathsOf(files, parseSegmentPath).map((path) => ({
    path,
    ...(parseSegmentPath(path) as { first: number; end: number }),
    lines: linesIn(files.get(path) as Uint8Array),
    save: (lines) => files.set(path, gzipSync(joined(lines))),
  }));
}
const segmentIn = (files: Files, random: Random): Segment | undefined =>
  any(
    random,
    segmentsIn(files).sort((a, b) => a.first - b.first),
  );

/** A leaf with another value in it, in canonical form. */
const reworded = (line: Uint8Array): Uint8Array => {
  const event = JSON.parse(Buffer.from(line).toString()) as Record<string, unknown>;
  return canonical({ ...event, out: event["out"] === 4 ? 8 : 4 });
};

const inLeaf = (name: string, edit: (lines: Uint8Array[], at: number, random: Random) => Expected["exit"] | undefined): Tampering => ({
  layer: "leaf",
  name,
  to: "period",
  signs: "both",
  apply: (files, random) => {
    const segment = segmentIn(files, random);
    if (!segment) return undefined;
    const at = random.below(segment.lines.length);
    const exit = edit(segment.lines, at, random);
    if (exit === undefined) return undefined;
    segment.save(segment.lines);
    return { exit, first: segment.first + at };
  },
});

const inSegment = (
  name: string,
  signs: Tampering["signs"],
  edit: (files: Files, segment: Segment, random: Random, signs: boolean, other: Files) => Expected | undefined,
): Tampering => ({
  layer: "segment",
  name,
  to: "period",
  signs,
  apply: (files, random, other, signed) => {
    const segment = segmentIn(files, random);
    return segment && edit(files, segment, random, signed, other);
  },
});

const inFile = (
  layer: string,
  name: string,
  path: string,
  edit: (text: string, random: Random) => string | undefined,
  exit: Expected["exit"],
  signs: Tampering["signs"] = "both",
): Tampering => ({
  layer,
  name,
  to: path === LAST ? "any" : "period",
  signs,
  apply: (files, random) => {
    const text = files.get(path);
    if (!text) return undefined;
    const edited = edit(Buffer.from(text).toString(), random);
    if (edited === undefined || edited === Buffer.from(text).toString()) return undefined;
    files.set(path, Buffer.from(edited));
    return { exit };
  },
});

const removed = (layer: string, name: string, path: string, signs: Tampering["signs"] = "both"): Tampering => ({
  layer,
  name,
  to: path === LAST ? "any" : "period",
  signs,
  apply: (files) => (files.delete(path) ? { exit: 2 } : undefined),
});

/** A checkpoint that says the same, signed again. */
function signedAgain(files: Files, path: string, sign: (size: number, root: Uint8Array) => string): void {
  const { size, root } = parseCheckpoint(parseNote(Buffer.from(files.get(path) as Uint8Array).toString()).text);
  files.set(path, Buffer.from(sign(size, root)));
}

/** Where a checkpoint's note stands in a file of its own, receipts repeat it. */
function everywhere(files: Files, before: string, after: string): void {
  for (const path of pathsOf(files, parseReceiptPath))
    files.set(
      path,
      Buffer.from(
        Buffer.from(files.get(path) as Uint8Array)
          .toString()
          .replace(before, after),
      ),
    );
}

const last = (name: string, exit: number, sign: (size: number, root: Uint8Array) => string): Tampering => ({
  layer: "checkpoint",
  name,
  to: "any",
  signs: "always",
  apply: (files) => {
    const before = Buffer.from(files.get(LAST) as Uint8Array).toString();
    signedAgain(files, LAST, sign);
    everywhere(files, before, Buffer.from(files.get(LAST) as Uint8Array).toString());
    return { exit };
  },
});

/** Seconds: after the log's last flush, before anybody verifies it. */
const SEEN = NOW / 1000 - 3600;

const bomb = (() => {
  let made: Uint8Array | undefined;
  return () => (made ??= gzipSync(Buffer.alloc(40 * 2 ** 20), { level: 9 }));
})();

const inHeads = (name: string, edit: (lines: Uint8Array[], random: Random) => Uint8Array[]): Tampering => ({
  layer: "heads",
  name,
  to: "period",
  signs: "both",
  apply: (files, random) => {
    const path = any(random, pathsOf(files, parseHeadsPath));
    if (path === undefined) return undefined;
    files.set(path, gzipSync(joined(edit(linesIn(files.get(path) as Uint8Array), random))));
    return { exit: 1, first: parseHeadsPath(path) };
  },
});

const inChosen = (name: string, edit: (lines: Uint8Array[], at: number, random: Random) => Expected["exit"] | undefined): Tampering => ({
  layer: "chosen leaf",
  name,
  to: "chosen",
  signs: "both",
  apply: (files, random) => {
    const path = any(random, [...files.keys()].filter((each) => each.startsWith("events/")).sort());
    if (path === undefined) return undefined;
    const before = [...files.keys()].filter((each) => each.startsWith("events/") && each < path);
    const skipped = before.reduce((sum, each) => sum + linesIn(files.get(each) as Uint8Array).length, 0);
    const lines = linesIn(files.get(path) as Uint8Array);
    const at = random.below(lines.length);
    const exit = edit(lines, at, random);
    if (exit === undefined) return undefined;
    files.set(path, gzipSync(joined(lines)));
    return { exit, first: eventReceipts(files)[skipped + at] };
  },
});

/** Leaves of the events' receipts; those of chain heads stand beside them. */
function eventReceipts(files: Files): number[] {
  const heads = new Set(pathsOf(files, parseChosenHeadsPath).map(parseChosenHeadsPath));
  return pathsOf(files, parseReceiptPath)
    .map((path) => parseReceiptPath(path) as number)
    .filter((index) => !heads.has(index));
}

const inReceipt = (name: string, edit: (text: string, random: Random) => string): Tampering => ({
  layer: "receipt",
  name,
  to: "chosen",
  signs: "both",
  apply: (files, random) => {
    const path = any(random, pathsOf(files, parseReceiptPath));
    if (path === undefined) return undefined;
    files.set(path, Buffer.from(edit(Buffer.from(files.get(path) as Uint8Array).toString(), random)));
    return { exit: 1, first: parseReceiptPath(path) };
  },
});

/** @returns where the run of leaves begins that holds the index and is anchored at its start by a signed root */
function anchored(files: Files, index: number): [number, number] {
  const notes = [FIRST, LAST].flatMap((path) => (files.has(path) ? [Buffer.from(files.get(path) as Uint8Array).toString()] : []));
  const between = files.get(BETWEEN)
    ? linesIn(files.get(BETWEEN) as Uint8Array).map((line) => JSON.parse(Buffer.from(line).toString()) as string)
    : [];
  const sizes = [0, ...[...notes, ...between].map((note) => parseCheckpoint(parseNote(note).text).size)];
  return [Math.max(...sizes.filter((size) => size <= index)), index];
}

export const TAMPERINGS: readonly Tampering[] = [
  inLeaf("one bit of a leaf flipped", (lines, at, random) => {
    const line = flip(lines[at] as Uint8Array, random);
    if (line.includes(10)) return undefined;
    lines[at] = line;
    return 1;
  }),
  inLeaf("a value changed, the form kept", (lines, at) => {
    lines[at] = reworded(lines[at] as Uint8Array);
    return 1;
  }),
  inLeaf("serialised anew, with spaces", (lines, at) => {
    lines[at] = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(lines[at] as Uint8Array).toString()), null, 1).replaceAll("\n", ""));
    return 1;
  }),
  inLeaf("two neighbours swapped", (lines, at) => {
    if (at + 1 >= lines.length) return undefined;
    [lines[at], lines[at + 1]] = [lines[at + 1] as Uint8Array, lines[at] as Uint8Array];
    return 1;
  }),
  inLeaf("a line removed within a file", (lines, at) => {
    if (at + 1 >= lines.length) return undefined;
    lines.splice(at, 1);
    return 1;
  }),
  inLeaf("a line put in", (lines, at) => {
    lines.splice(at, 0, reworded(lines[at] as Uint8Array));
    return 1;
  }),
  inLeaf("a huge line in its place", (lines, at, random) => {
    lines[at] = Buffer.from(`{"a":"${"x".repeat(70_000 + random.below(3_000_000))}"}`);
    return 1;
  }),
  {
    layer: "leaf",
    name: "a value changed, and its hash in hashes/",
    to: "period",
    signs: "always",
    apply: (files, random) => {
      const segment = segmentIn(files, random);
      const path = segment && pathsOf(files, parseHashesPath).find((each) => parseHashesPath(each)?.first === segment.first);
      if (!segment || path === undefined) return undefined;
      const at = random.below(segment.lines.length);
      segment.lines[at] = reworded(segment.lines[at] as Uint8Array);
      segment.save(segment.lines);
      const hashes = Uint8Array.from(files.get(path) as Uint8Array);
      hashes.set(leafHash(segment.lines[at] as Uint8Array), at * 32);
      files.set(path, hashes);
      return { exit: 1, first: anchored(files, segment.first + at) };
    },
  },
  inSegment("the last lines cut off", "both", (_, segment, random, signs) => {
    const keep = random.below(segment.lines.length);
    segment.save(segment.lines.slice(0, keep));
    return { exit: signs ? 2 : 1, first: segment.first + keep };
  }),
  inSegment("a line appended", "both", (_, segment) => {
    segment.save([...segment.lines, reworded(segment.lines[0] as Uint8Array)]);
    return { exit: 1, first: segment.end };
  }),
  inSegment("removed", "both", (files, segment) => {
    files.delete(segment.path);
    return { exit: 2, first: segment.first };
  }),
  inSegment("removed with its hashes", "both", (files, segment) => {
    files.delete(segment.path);
    const hashes = pathsOf(files, parseHashesPath).find((path) => parseHashesPath(path)?.first === segment.first);
    if (hashes !== undefined) files.delete(hashes);
    return { exit: 2, first: segment.first };
  }),
  inSegment("the file cut off", "both", (files, segment, random) => {
    const gz = files.get(segment.path) as Uint8Array;
    files.set(segment.path, gz.slice(0, random.below(gz.length)));
    return { exit: 1, first: segment.first };
  }),
  inSegment("bytes behind the gzip member", "both", (files, segment, random) => {
    files.set(segment.path, Buffer.concat([files.get(segment.path) as Uint8Array, Buffer.alloc(1 + random.below(64), "x")]));
    return { exit: 1, first: segment.first };
  }),
  inSegment("a second gzip member", "both", (files, segment) => {
    files.set(segment.path, Buffer.concat([files.get(segment.path) as Uint8Array, gzipSync("{}\n")]));
    return { exit: 1, first: segment.first };
  }),
  inSegment("packed again, with a name in the gzip header", "both", (files, segment) => {
    const gz = Buffer.from(files.get(segment.path) as Uint8Array);
    files.set(segment.path, Buffer.concat([gz.subarray(0, 3), Buffer.of(8), gz.subarray(4, 10), Buffer.from("name\0"), gz.subarray(10)]));
    return { exit: 1, first: segment.first };
  }),
  inSegment("packed again, the same leaves", "never", (files, segment) => {
    const before = files.get(segment.path) as Uint8Array;
    const again = gzipSync(gunzipSync(before), { level: 1 });
    if (Buffer.compare(again, before) === 0) return undefined;
    files.set(segment.path, again);
    return { exit: 1 };
  }),
  inSegment("a gzip bomb in its place", "both", (files, segment) => {
    files.set(segment.path, bomb());
    return { exit: 1, first: segment.first };
  }),
  inSegment("renamed to other leaves", "both", (files, segment, random) => {
    const by = 1 + random.below(3);
    const padded = (n: number): string => String(n).padStart(12, "0");
    files.set(
      segment.path.replace(/seg-.*/, `seg-${padded(segment.first + by)}-${padded(segment.end + by)}.ndjson.gz`),
      files.get(segment.path) as Uint8Array,
    );
    files.delete(segment.path);
    return { exit: 1, first: [segment.first, segment.end + by] };
  }),
  inSegment("two files swapped", "both", (files, segment, random) => {
    const others = segmentsIn(files).filter(({ path }) => path !== segment.path);
    const second = any(random, others);
    if (!second) return undefined;
    const [a, b] = [files.get(segment.path) as Uint8Array, files.get(second.path) as Uint8Array];
    files.set(segment.path, b);
    files.set(second.path, a);
    return { exit: 1, first: Math.min(segment.first, second.first) };
  }),
  inSegment("that of another export", "both", (files, segment, random, _, other) => {
    const theirs = segmentIn(other, random);
    if (!theirs) return undefined;
    files.set(segment.path, other.get(theirs.path) as Uint8Array);
    return { exit: 1, first: segment.first };
  }),
  {
    layer: "hashes",
    name: "one bit flipped",
    to: "period",
    signs: "both",
    apply: (files, random) => {
      const path = any(random, pathsOf(files, parseHashesPath));
      if (path === undefined) return undefined;
      const bytes = Uint8Array.from(files.get(path) as Uint8Array);
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
      files.set(path, bytes);
      return { exit: 1, first: (parseHashesPath(path)?.first as number) + Math.floor(at / 32) };
    },
  },
  {
    layer: "hashes",
    name: "cut off",
    to: "period",
    signs: "both",
    apply: (files, random) => {
      const path = any(random, pathsOf(files, parseHashesPath));
      if (path === undefined) return undefined;
      const bytes = files.get(path) as Uint8Array;
      files.set(path, bytes.slice(0, random.below(bytes.length)));
      return { exit: 1, first: parseHashesPath(path)?.first };
    },
  },
  inFile(
    "checkpoint",
    "the log's signature altered",
    LAST,
    (text, random) => {
      const [, name = "", signature = ""] = /^— (audit\S+) (\S+)$/m.exec(text) ?? [];
      const bytes = Buffer.from(signature, "base64");
      const broken = Buffer.concat([bytes.subarray(0, 4), flip(bytes.subarray(4), random)]);
      return text.replace(`— ${name} ${signature}`, `— ${name} ${broken.toString("base64")}`);
    },
    1,
  ),
  inFile(
    "checkpoint",
    "its root altered",
    LAST,
    (text, random) => {
      const root = text.split("\n")[2] as string;
      return text.replace(root, flipBase64(root, random));
    },
    1,
  ),
  inFile("checkpoint", "its size altered", LAST, (text) => text.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`), 1),
  inFile("checkpoint", "the log's signature removed", LAST, (text) => text.replace(/^— audit.*\n/m, ""), 3, "always"),
  inFile("checkpoint", "its signatures cut off", LAST, (text) => text.slice(0, text.lastIndexOf("—") - 3), 1),
  last("signed by another key of the log's name", 3, (size, root) => checkpointNote(size, root, SEEN, testKey(ORIGIN, ED25519, "x"))),
  last("no cosignature", 2, (size, root) => checkpointNote(size, root, undefined)),
  last("cosigned by a witness that nobody trusts", 2, (size, root) =>
    checkpointNote(size, root, SEEN, LOG_KEY, testKey("stranger.example", COSIGNATURE)),
  ),
  last("cosigned in the future", 1, (size, root) => checkpointNote(size, root, NOW / 1000 + 7200)),
  { ...last("cosigned before a smaller one", 1, (size, root) => checkpointNote(size, root, 1_700_000_000)), to: "period" },
  last("of another log", 3, (size, root) =>
    checkpointNote(size, root, SEEN, testKey("audit.other.example/2025"), undefined, "audit.other.example/2025"),
  ),
  {
    layer: "checkpoint",
    name: "a fork: another root, signed by the log itself",
    to: "period",
    signs: "always",
    apply: (files, random) => {
      const notes = files.get(BETWEEN) ? linesIn(files.get(BETWEEN) as Uint8Array) : [];
      const at = random.below(notes.length);
      const note = notes[at];
      if (!note) return undefined;
      const signed = parseNote(JSON.parse(Buffer.from(note).toString()) as string);
      const { size, root } = parseCheckpoint(signed.text);
      const time = Number(Buffer.from(signed.signatures[1]?.bytes as Uint8Array).readBigUInt64BE());
      const before = anchored(files, size - 1)[0];
      notes[at] = Buffer.from(JSON.stringify(checkpointNote(size, flip(root, random), time)));
      files.set(BETWEEN, gzipSync(joined(notes)));
      return { exit: 1, first: [before, size - 1] };
    },
  },
  removed("checkpoint", "the last removed", LAST),
  removed("checkpoint", "the first removed", FIRST),
  removed("checkpoint", "those between removed", BETWEEN, "never"),
  inFile(
    "range",
    "a hash altered",
    RANGE,
    (text, random) => {
      const hashes = text.split("\n").filter((line) => line.length === 44);
      const hash = any(random, hashes);
      return hash === undefined ? undefined : text.replace(hash, flipBase64(hash, random));
    },
    1,
  ),
  inFile(
    "range",
    "a line removed",
    RANGE,
    (text, random) => {
      const hash = any(
        random,
        text.split("\n").filter((line) => line.length === 44),
      );
      return hash === undefined ? undefined : text.replace(`${hash}\n`, "");
    },
    1,
  ),
  removed("range", "removed", RANGE),
  inFile(
    "consistency",
    "a hash altered",
    CONSISTENCY,
    (text, random) => {
      const hash = any(
        random,
        text.split("\n").filter((line) => line.length === 44),
      );
      return hash === undefined ? undefined : text.replace(hash, flipBase64(hash, random));
    },
    1,
  ),
  inFile("consistency", "a hash added", CONSISTENCY, (text) => `${text}${Buffer.alloc(32).toString("base64")}\n`, 1),
  removed("consistency", "removed", CONSISTENCY),
  inHeads("a head's hash altered", (lines, random) => {
    const at = random.below(lines.length);
    const head = JSON.parse(Buffer.from(lines[at] as Uint8Array).toString()) as { hash: string };
    lines[at] = canonical({ ...head, hash: `${head.hash[0] === "A" ? "B" : "A"}${head.hash.slice(1)}` });
    return lines;
  }),
  inHeads("a chain left out", (lines, random) => lines.toSpliced(random.below(lines.length), 1)),
  inHeads("a chain added", (lines) => [...lines, canonical({ chain: "conv/zz", hash: "A".repeat(43), seq: 0 })]),
  {
    layer: "heads",
    name: "removed",
    to: "period",
    signs: "both",
    apply: (files, random) => {
      const path = any(random, pathsOf(files, parseHeadsPath));
      if (path === undefined) return undefined;
      files.delete(path);
      return { exit: 2, first: [0, parseHeadsPath(path) as number] };
    },
  },
  {
    layer: "heads",
    name: "those of another hour",
    to: "period",
    signs: "both",
    apply: (files, random) => {
      const all = pathsOf(files, parseHeadsPath);
      const path = any(random, all);
      const second = any(
        random,
        all.filter((each) => each !== path),
      );
      if (path === undefined || second === undefined) return undefined;
      files.set(path, files.get(second) as Uint8Array);
      return { exit: 1, first: [0, Number.POSITIVE_INFINITY] };
    },
  },
  inChosen("one bit flipped", (lines, at, random) => {
    const line = flip(lines[at] as Uint8Array, random);
    if (line.includes(10)) return undefined;
    lines[at] = line;
    return 1;
  }),
  inChosen("a value changed, the form kept", (lines, at) => {
    lines[at] = reworded(lines[at] as Uint8Array);
    return 1;
  }),
  inChosen("a line removed", (lines, at) => {
    if (at + 1 >= lines.length) return undefined;
    lines.splice(at, 1);
    return 1;
  }),
  inChosen("two neighbours swapped", (lines, at) => {
    if (at + 1 >= lines.length) return undefined;
    [lines[at], lines[at + 1]] = [lines[at + 1] as Uint8Array, lines[at] as Uint8Array];
    return 1;
  }),
  {
    layer: "chosen leaf",
    name: "an event removed with its receipt",
    to: "chosen",
    signs: "always",
    apply: (files, random) => {
      // The last line of a chain that nothing snapshots yet is the one that cannot be missed: take one with a successor.
      const all = [...files.keys()].filter((each) => each.startsWith("events/")).sort();
      const lines = all.flatMap((path) => linesIn(files.get(path) as Uint8Array).map((line, at) => ({ path, at, line })));
      const receipts = eventReceipts(files);
      const chainOf = (line: Uint8Array): string => (JSON.parse(Buffer.from(line).toString()) as { chain: string }).chain;
      const fit = lines.flatMap(({ line }, n) => (lines.slice(n + 1).some((later) => chainOf(later.line) === chainOf(line)) ? [n] : []));
      const n = any(random, fit);
      if (n === undefined) return undefined;
      const { path, at } = lines[n] as (typeof lines)[number];
      files.set(path, gzipSync(joined(linesIn(files.get(path) as Uint8Array).filter((_, other) => other !== at))));
      files.delete(`proofs/${String(receipts[n]).padStart(12, "0")}.tlog-proof`);
      return { exit: 2, first: [receipts[n] as number, Number.POSITIVE_INFINITY] };
    },
  },
  inReceipt("a hash altered", (text, random) => {
    const hashes = text.slice(0, text.indexOf("\n\n")).split("\n").slice(2);
    const hash = any(random, hashes) as string;
    return text.replace(hash, flipBase64(hash, random));
  }),
  inReceipt("its index altered", (text) => text.replace(/^index (\d+)$/m, (_, index: string) => `index ${Number(index) + 1}`)),
  inReceipt("its checkpoint altered", (text, random) => {
    const root = text.slice(text.indexOf("\n\n") + 2).split("\n")[2] as string;
    return text.replace(root, flipBase64(root, random));
  }),
  {
    layer: "receipt",
    name: "removed",
    to: "chosen",
    signs: "never",
    apply: (files, random) => {
      const index = any(random, eventReceipts(files));
      if (index === undefined) return undefined;
      files.delete(`proofs/${String(index).padStart(12, "0")}.tlog-proof`);
      return { exit: 2, first: index };
    },
  },
  {
    layer: "receipt",
    name: "two swapped",
    to: "chosen",
    signs: "both",
    apply: (files, random) => {
      const all = pathsOf(files, parseReceiptPath);
      const a = any(random, all);
      const b = any(
        random,
        all.filter((path) => path !== a),
      );
      if (a === undefined || b === undefined) return undefined;
      const [one, two] = [files.get(a) as Uint8Array, files.get(b) as Uint8Array];
      files.set(a, two);
      files.set(b, one);
      return { exit: 1, first: [0, Number.POSITIVE_INFINITY] };
    },
  },
  {
    layer: "chosen heads",
    name: "a head altered",
    to: "chosen",
    signs: "both",
    apply: (files, random) => {
      const path = any(random, pathsOf(files, parseChosenHeadsPath));
      if (path === undefined) return undefined;
      const chosen = JSON.parse(Buffer.from(files.get(path) as Uint8Array).toString()) as { lines: { line: string }[] };
      const one = any(random, chosen.lines) as { line: string };
      one.line = one.line.replace(/"seq":(\d+)/, (_, seq: string) => `"seq":${Number(seq) + 1}`);
      files.set(path, canonical(chosen));
      return { exit: 1, first: parseChosenHeadsPath(path) };
    },
  },
  {
    layer: "chosen heads",
    name: "their leaf altered",
    to: "chosen",
    signs: "both",
    apply: (files, random) => {
      const path = any(random, pathsOf(files, parseChosenHeadsPath));
      if (path === undefined) return undefined;
      const chosen = JSON.parse(Buffer.from(files.get(path) as Uint8Array).toString()) as { leaf: string };
      files.set(path, canonical({ ...chosen, leaf: chosen.leaf.replace('"out":0', '"out":4') }));
      return { exit: 1, first: parseChosenHeadsPath(path) };
    },
  },
  {
    layer: "manifest",
    name: "its recipient altered",
    to: "any",
    signs: "never",
    apply: (files) => {
      files.set(MANIFEST, manifestBytes({ ...manifestOf(files), recipient: "somebody else" }));
      return { exit: 1 };
    },
  },
  {
    layer: "manifest",
    name: "a file altered that nothing else covers",
    to: "any",
    signs: "never",
    apply: (files, random) => {
      files.set(GUIDE, flip(files.get(GUIDE) as Uint8Array, random));
      return { exit: 1 };
    },
  },
  {
    layer: "manifest",
    name: "a hash or size in it altered",
    to: "any",
    signs: "never",
    apply: (files, random) => {
      const manifest = manifestOf(files);
      const at = random.below(manifest.files.length);
      const list = manifest.files.map((file, n) => (n === at ? { ...file, bytes: file.bytes + 1 } : file));
      files.set(MANIFEST, manifestBytes({ ...manifest, files: list }));
      return { exit: 1 };
    },
  },
  {
    layer: "manifest",
    name: "cut off",
    to: "any",
    signs: "never",
    apply: (files, random) => {
      const bytes = files.get(MANIFEST) as Uint8Array;
      files.set(MANIFEST, bytes.slice(0, random.below(bytes.length)));
      return { exit: 1 };
    },
  },
  { layer: "manifest", name: "removed", to: "any", signs: "never", apply: (files) => (files.delete(MANIFEST) ? { exit: 2 } : undefined) },
  {
    layer: "manifest",
    name: "its signature removed",
    to: "any",
    signs: "never",
    apply: (files) => (files.delete(MANIFEST_NOTE) ? { exit: 3 } : undefined),
  },
  {
    layer: "manifest",
    name: "signed by another key",
    to: "any",
    signs: "never",
    apply: (files) => {
      relist(files, {}, testKey("export.stranger.example"));
      return { exit: 3 };
    },
  },
  {
    layer: "manifest",
    name: "of a later version",
    to: "any",
    signs: "never",
    apply: (files) => {
      const later = Buffer.from(
        Buffer.from(files.get(MANIFEST) as Uint8Array)
          .toString()
          .replace(/"v":1}$/, '"v":2}'),
      );
      files.set(MANIFEST, later);
      files.set(MANIFEST_NOTE, Buffer.from(signedNote(manifestText(EXPORT_KEY.key, later), EXPORT_KEY)));
      return { exit: 3 };
    },
  },
  {
    layer: "manifest",
    name: "that of another export",
    to: "any",
    signs: "never",
    apply: (files, _, other) => {
      for (const path of [MANIFEST, MANIFEST_NOTE]) files.set(path, other.get(path) as Uint8Array);
      return { exit: 1, first: [0, Number.POSITIVE_INFINITY] };
    },
  },
  {
    layer: "manifest",
    name: "a longer period claimed",
    to: "period",
    signs: "always",
    apply: (files) => {
      const { scope } = manifestOf(files);
      if (scope.kind !== "period") return undefined;
      relist(files, { scope: { ...scope, to: new Date(Date.parse(scope.to) + 3 * 3_600_000).toISOString() } });
      return { exit: 2, first: [0, Number.POSITIVE_INFINITY] };
    },
  },
  {
    layer: "manifest",
    name: "a file added beside it",
    to: "any",
    signs: "never",
    apply: (files) => {
      files.set("events/dt=2025-11-20/more.ndjson.gz", gzipSync("{}\n"));
      return { exit: 1 };
    },
  },
];
