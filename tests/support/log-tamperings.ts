/**
 * What can be done before anything is exported, and what must come of it: to the records between the audit table and the log,
 * to the audit table after they were logged, to the archive.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { canonical } from "../../lambdas/core/audit.ts";
import { base64url } from "../../lambdas/core/digest.ts";
import { leafHash } from "../../lambdas/core/tlog/hashes.ts";
import { makeLog, type TestLog, type Wanted } from "./audit-log.ts";
import type { Random } from "./random.ts";
import type { Expected } from "./tamperings.ts";

export interface LogTampering {
  readonly layer: string;
  readonly name: string;
  make(random: Random, wanted: Wanted): { readonly log: TestLog; expected(log: TestLog): Expected };
}

interface Placed {
  readonly chain: string;
  readonly seq: number;
}
const placed = (leaf: Uint8Array): Placed => JSON.parse(Buffer.from(leaf).toString()) as Placed;
const changed = (leaf: Uint8Array): Uint8Array => canonical({ ...(JSON.parse(Buffer.from(leaf).toString()) as object), out: 12 });

/** Something else is logged than one event that the audit table holds. */
const inStream = (name: string, as: (leaf: Uint8Array) => Uint8Array[], expected: (index: number) => Expected): LogTampering => ({
  layer: "stream",
  name,
  make: (random, wanted) => {
    const { leaves } = makeLog(wanted);
    const events = leaves.flatMap((leaf, index) => (placed(leaf).chain.startsWith("log/") ? [] : [index]));
    const at = events[random.below(events.length)] as number;
    let done = false;
    const spoil = (leaf: Uint8Array, index: number): Uint8Array[] => {
      if (done || index !== at) return [leaf];
      done = true;
      return as(leaf);
    };
    return { log: makeLog({ ...wanted, spoil }), expected: () => expected(at) };
  },
});

const inArchive = (name: string, which: RegExp, edit: (bytes: Uint8Array, random: Random) => Uint8Array | undefined): LogTampering => ({
  layer: "archive",
  name,
  make: (random, wanted) => {
    const log = makeLog({ ...wanted, perFlush: 20 });
    const keys = [...log.objects.keys()].filter((key) => which.test(key));
    const key = keys[random.below(keys.length)] as string;
    const edited = edit(log.objects.get(key) as Uint8Array, random);
    const list = async function* (prefix: string) {
      for await (const each of log.archive.list(prefix)) if (edited || each !== key) yield each;
    };
    const get = async (each: string) => (each === key ? edited : await log.archive.get(each));
    return { log: { ...log, archive: { get, list } }, expected: () => ({ exit: "no export" }) };
  },
});

export const LOG_TAMPERINGS: readonly LogTampering[] = [
  inStream(
    "an event never logged",
    () => [],
    () => ({ exit: 2 }),
  ),
  inStream(
    "an event logged twice",
    (leaf) => [leaf, leaf],
    (index) => ({ exit: 1, first: index + 1 }),
  ),
  inStream(
    "an event changed before it was logged",
    (leaf) => [changed(leaf)],
    () => ({ exit: 1 }),
  ),
  {
    layer: "audit table",
    name: "a chain's last event changed after it was logged",
    make: (random, wanted) => {
      let left = random.below(12);
      let which: Placed | undefined;
      const table: Wanted["table"] = (head) => {
        if (left-- !== 0) return head;
        which = head;
        return { ...head, hash: base64url(Buffer.alloc(32, 9)) };
      };
      const at = (leaf: Uint8Array): boolean => placed(leaf).chain === which?.chain && placed(leaf).seq === which.seq;
      return { log: makeLog({ ...wanted, table }), expected: (log) => ({ exit: 1, first: log.leaves.findIndex(at) }) };
    },
  },
  {
    layer: "audit table",
    name: "a chain's last event deleted after it was logged",
    make: (random, wanted) => {
      const before = makeLog(wanted);
      let left = random.below(4);
      let which: Placed | undefined;
      const table: Wanted["table"] = (head) => {
        const its = (seq: number) => before.leaves.find((leaf) => placed(leaf).chain === head.chain && placed(leaf).seq === seq);
        const earlier = its(head.seq - 1);
        if (which || !earlier || its(head.seq + 1) || left-- > 0) return head;
        which = head;
        return { ...head, seq: head.seq - 1, hash: base64url(leafHash(earlier)) };
      };
      return { log: makeLog({ ...wanted, table }), expected: () => ({ exit: 2 }) };
    },
  },
  inArchive("a leaf changed", /\/seg\//, (gz, random) => {
    const lines = gunzipSync(gz).toString().split("\n");
    const at = random.below(lines.length - 1);
    lines[at] = Buffer.from(changed(Buffer.from(lines[at] as string))).toString();
    return gzipSync(lines.join("\n"));
  }),
  inArchive("a segment removed", /\/seg\//, () => undefined),
];
