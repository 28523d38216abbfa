import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inThreads } from "../../bin/verify/reader.ts";
import { canonical } from "../../lambdas/core/audit.ts";
import { MANIFEST } from "../../lambdas/core/bundle/layout.ts";
import { parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { parseNote } from "../../lambdas/core/tlog/note.ts";
import { parsePolicy } from "../../lambdas/core/tlog/policy.ts";
import { bundleVerifier } from "../../lib/verifier.ts";
import { checkpointNote, HOUR, makeLog, NOW, policyOf, START, type TestLog, testKey, type Wanted } from "../support/audit-log.ts";
import { exportOf, hours, verified } from "../support/detection.ts";
import { folderOf } from "../support/folders.ts";
import { type Files, manifestOf, relist } from "../support/tamperings.ts";

const LOG: Wanted = { seed: 7, flushes: 18, perFlush: 4 };
const log = makeLog(LOG);
let middle: Files;
let whole: Files;
let patient: Files;
beforeAll(async () => {
  middle = await exportOf(log, hours(1, 2));
  whole = await exportOf(log, hours(0, 3));
  patient = await exportOf(log, { patient: log.patients[0], chains: [] });
});

const saying = async (files: Files, asked: Parameters<typeof verified>[1] = {}) => {
  const { exit, first, report } = await verified(files, asked);
  return {
    exit,
    first,
    says: report.findings.map(({ says }) => says),
    notProven: report.notProven,
    rows: report.rows.map(({ says }) => says),
  };
};

describe("an export that nobody touched", () => {
  test("of a period is proven, down to its beginning and its end", async () => {
    const { exit, says, rows } = await saying(middle);
    expect([exit, says]).toEqual([0, []]);
    expect(rows).toContain("none recorded");
    const { scope } = manifestOf(middle);
    expect(scope).toMatchObject({ kind: "period", from: new Date(START + HOUR).toISOString() });
    expect(scope.kind === "period" && scope.first > 0 && scope.end < log.size).toBe(true);
  });

  test("of a patient is proven, and says that it cannot know of other chains", async () => {
    const { exit, says, notProven } = await saying(patient);
    expect([exit, says]).toEqual([0, []]);
    expect(notProven.join()).toContain("all chains which concern the patient");
  });

  test("of a log without witness, heads or canaries is incomplete, and says why", async () => {
    const bare = makeLog({ ...LOG, heads: false, witness: false });
    const { exit, notProven } = await saying(await exportOf(bare, hours(1, 2)));
    expect(exit).toBe(2);
    expect(notProven.join("\n")).toContain("that every event of the audit table reached the log");
    expect(notProven.join("\n")).toContain("no witness whom you trust has seen this checkpoint");
    expect(notProven.join("\n")).toContain("that no event of the period was logged before leaf");
  });

  test("of a log that records an alarm is proven, with the alarm and its leaf", async () => {
    const alarmed = makeLog({ ...LOG, alarms: true });
    const at = alarmed.leaves.findIndex((leaf) => Buffer.from(leaf).includes("audit.tamper"));
    const { exit, first, says } = await saying(await exportOf(alarmed, hours(0, 3)));
    expect([exit, first]).toEqual([4, at]);
    expect(says).toEqual([expect.stringContaining("audit.tamper  2025-11-20T22:20:00.000Z  remove")]);
  });
});

/** What the sequencer, or somebody with its key, did to the log itself, while the audit table stayed as it is. */
describe("a log that does not hold what the audit table held", () => {
  const eventAt = (index: number) => JSON.parse(Buffer.from(log.leaves[index] as Uint8Array).toString()) as { chain: string; seq: number };
  const isTable = (index: number): boolean => !eventAt(index).chain.startsWith("log/");
  const successor = (index: number): number =>
    log.leaves.findIndex((_, at) => eventAt(at).chain === eventAt(index).chain && eventAt(at).seq === eventAt(index).seq + 1);
  /** An event with one behind it, and one that is the last of its chain. */
  const within = log.leaves.findIndex((_, at) => at > 20 && isTable(at) && successor(at) > 0);
  const last = log.leaves.findIndex((_, at) => at > 20 && isTable(at) && successor(at) < 0);

  const spoilt = (at: number, as: (leaf: Uint8Array) => Uint8Array[]): Promise<Files> => {
    let done = false;
    const other: TestLog = makeLog({
      ...LOG,
      spoil: (leaf, index) => {
        if (done || index !== at) return [leaf];
        done = true;
        return as(leaf);
      },
    });
    return exportOf(other, hours(0, 3));
  };

  test("an event within a chain is missing: a gap, at the event behind it", async () => {
    const { exit, first, says } = await saying(await spoilt(within, () => []));
    const { chain, seq } = eventAt(within);
    expect([exit, first]).toEqual([2, expect.any(Number)]);
    expect(says[0]).toBe(`${chain}#${seq} is missing, and a later event of that chain is here`);
  });

  test("the last event of a chain is missing: the chain heads know it", async () => {
    const { exit, says } = await saying(await spoilt(last, () => []));
    const { chain, seq } = eventAt(last);
    expect(exit).toBe(2);
    expect(says).toEqual([
      expect.stringMatching(new RegExp(`^${chain}#${seq} stood in the audit table by the snapshot of leaf \\d+, and is missing here$`)),
    ]);
  });

  test("an event stands in it twice", async () => {
    const { exit, first, says } = await saying(await spoilt(within, (leaf) => [leaf, leaf]));
    expect([exit, first]).toEqual([1, within + 1]);
    expect(says[0]).toContain("stands in the log twice");
  });

  test("another event took its place: the next one does not name it", async () => {
    const { exit, says } = await saying(
      await spoilt(within, (leaf) => [canonical({ ...JSON.parse(Buffer.from(leaf).toString()), out: 8 })]),
    );
    const { chain, seq } = eventAt(within);
    expect(exit).toBe(1);
    expect(says).toContain(`${chain}#${seq + 1} does not name the event before it`);
  });

  test("another event took the place of a chain's last: the chain heads have its hash", async () => {
    const { exit, first, says } = await saying(
      await spoilt(last, (leaf) => [canonical({ ...JSON.parse(Buffer.from(leaf).toString()), out: 8 })]),
    );
    expect([exit, first]).toEqual([1, last]);
    expect(says[0]).toContain("is another event in the audit table");
  });

  test.each([
    ["is not JSON", "no event"],
    ["is not in canonical form", '{"b":1,"a":1}'],
    ["is not in canonical form", '{"a":1.0}'],
    ["is not in canonical form", '{"a":1,"a":1}'],
    ["is not in canonical form", '{"1":1}'],
    ["has no version", '{"a":1}'],
    ["has no type", '{"v":1}'],
  ])("a leaf %s: %s", async (why, text) => {
    const { exit, first, says } = await saying(await spoilt(within, () => [Buffer.from(text)]));
    expect([exit, first]).toEqual([1, within]);
    expect(says[0]).toContain(why);
  });

  test.each([
    ["has version 2", { v: 2 }],
    ["is of a type that this verifier does not know", { type: "text.foreseen" }],
  ])("a leaf that %s was not checked", async (why, change) => {
    const { exit, first, says } = await saying(
      await spoilt(within, (leaf) => [canonical({ ...JSON.parse(Buffer.from(leaf).toString()), ...change })]),
    );
    expect([exit, first]).toEqual([3, within]);
    expect(says[0]).toContain(why);
  });
});

describe("a checkpoint that was kept from before", () => {
  const noteAt = (flush: number): string =>
    Buffer.from([...log.objects].filter(([key]) => key.includes("/ckpt/"))[flush]?.[1] as Uint8Array).toString();
  const kept = (note: string) => ({ since: [{ name: "kept.note", note }] });
  const sizeOf = (note: string): number => parseCheckpoint(parseNote(note).text).size;

  test("within the export is met on the way", async () => {
    const { exit, rows } = await saying(whole, kept(noteAt(4)));
    expect(exit).toBe(0);
    expect(rows).toContain(`with your kept.note (size ${sizeOf(noteAt(4))}): ok`);
  });

  test("before the export needs a proof, which the exporter adds when asked", async () => {
    const asked = await saying(middle, kept(noteAt(2)));
    expect(asked.exit).toBe(2);
    expect(asked.says[0]).toContain(`ask for an export with --since ${sizeOf(noteAt(2))}`);
    const proven = await saying(await exportOf(log, hours(1, 2), { since: [sizeOf(noteAt(2))] }), kept(noteAt(2)));
    expect([proven.exit, proven.says]).toEqual([0, []]);
    const chosen = await exportOf(log, { patient: log.patients[0], chains: [] }, { since: [sizeOf(noteAt(2))] });
    expect((await saying(chosen, kept(noteAt(2)))).exit).toBe(0);
  });

  test("of another history is a contradiction, within and before the export", async () => {
    const fork = (flush: number): string => checkpointNote(sizeOf(noteAt(flush)), Buffer.alloc(32, 7), START / 1000 + 600 * (flush + 1));
    expect((await saying(whole, kept(fork(4)))).exit).toBe(1);
    expect((await saying(await exportOf(log, hours(1, 2), { since: [sizeOf(noteAt(2))] }), kept(fork(2)))).exit).toBe(1);
  });

  test("that is newer than the export shows that something is kept back", async () => {
    const { exit, says } = await saying(whole, kept(checkpointNote(log.size + 5, Buffer.alloc(32, 7), NOW / 1000 - 60)));
    expect(exit).toBe(2);
    expect(says[0]).toContain("newer than this export");
  });
});

describe("the keys that one trusts", () => {
  test.each([
    ["no such log", policyOf(testKey("audit.other/2025").key), "by a log that the trust policy does not name"],
    ["another key of that log", policyOf(testKey("audit.test.example/2025", undefined, "x").key), "not by the trusted key +"],
  ])("%s: nothing is proven", async (_, policy, why) => {
    const { exit, says, notProven } = await saying(whole, { policy: parsePolicy(policy) });
    expect(exit).toBe(3);
    expect(says.join()).toContain(why);
    expect(notProven.join()).toContain("that these leaves are the log's");
  });

  test("more witnesses than have looked", async () => {
    expect((await saying(whole, { requireWitness: 2 })).exit).toBe(2);
  });

  test("a manifest that is not signed", async () => {
    const { exit, notProven } = await saying(await exportOf(log, hours(1, 2), { key: undefined }));
    expect([exit, notProven]).toEqual([3, expect.arrayContaining(["who made this export"])]);
  });

  test("a witness whose clock is ahead", async () => {
    expect((await saying(whole, { now: START })).exit).toBe(1);
  });
});

describe("audit verify, as an auditor runs it: one file in an empty folder, with nothing but Node", () => {
  const own = mkdtempSync(join(tmpdir(), "audit-verify-"));
  const program = join(own, "audit-verify.cjs");
  beforeAll(() => bundleVerifier(program));
  afterAll(() => rmSync(own, { recursive: true, force: true }));
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8", cwd: folderOf() });
    return { status, stdout, stderr };
  };
  const trust = (): string => join(folderOf([["trust.txt", policyOf()]]), "trust.txt");

  test("asks for nothing but Node's own modules, and for none that reaches a network", () => {
    const asked = [...readFileSync(program, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(new Set(asked).size).toBeGreaterThan(4);
    // The last three are commander's, for commands that are programs of their own; there are none here.
    const may = ["crypto", "fs", "os", "path", "worker_threads", "zlib", "events", "child_process", "process"].map(
      (name) => `node:${name}`,
    );
    expect(asked.filter((name) => !may.includes(name as string))).toEqual([]);
  });

  test("answers in words and in JSON", () => {
    const dir = folderOf(whole);
    const words = run(dir, "--trust", trust());
    expect(words.stdout).toMatch(/^RESULT: INTACT {2}\(exit 0\)$/m);
    expect(words.stdout).toMatch(/^ NOT PROVEN {2}that what the writers of events said is true/m);
    expect(words.status).toBe(0);
    const json = run(dir, "--trust", trust(), "--json", "--threads", "2");
    expect(JSON.parse(json.stdout)).toMatchObject({ exit: 0, findings: [], log: { origin: "audit.test.example/2025" } });
  });

  test("names the leaf that was changed, with one thread and with several", () => {
    const files = new Map(whole);
    const path = [...files.keys()].filter((each) => each.startsWith("events/")).sort()[1] as string;
    const lines = gunzipSync(files.get(path) as Uint8Array)
      .toString()
      .split("\n");
    lines[3] = (lines[3] as string).replace('"out":0', '"out":4');
    files.set(path, gzipSync(lines.join("\n")));
    relist(files);
    const dir = folderOf(files);
    for (const threads of ["1", "3"]) {
      const { status, stdout } = run(dir, "--trust", trust(), "--threads", threads);
      expect(stdout).toContain("tree        CONTRADICTION  leaf 19: leaf 19 is not the one that was signed");
      expect(stdout).toContain("RESULT: CONTRADICTION, first at leaf 19  (exit 1)");
      expect(status).toBe(1);
    }
  });

  test("takes no file that is a link, and none that is not listed", () => {
    const dir = folderOf(whole);
    const path = join(dir, "log/2025/range.txt");
    renameSync(path, join(folderOf(), "range.txt"));
    symlinkSync("/dev/zero", path);
    expect(run(dir, "--trust", trust())).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("log/2025/range.txt is not a plain file"),
    });
    rmSync(path);
    writeFileSync(path, whole.get("log/2025/range.txt") as Uint8Array);
    writeFileSync(join(dir, ".DS_Store"), "litter");
    expect(run(dir, "--trust", trust()).status).toBe(0);
    writeFileSync(join(dir, "events/more.ndjson.gz"), "");
    expect(run(dir, "--trust", trust())).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("events/more.ndjson.gz is not in the manifest"),
    });
  });

  test("a trust file out of the export itself proves nothing", () => {
    const dir = folderOf([...whole, ["trust/policy.txt", policyOf()]]);
    expect(run(dir, "--trust", join(dir, "trust/policy.txt")).stdout).toContain("the trust file came with the export");
  });

  test("says in one sentence how it is called, and ends with 64", () => {
    const dir = folderOf(whole);
    const wrong = join(folderOf([["trust.txt", "log x\n"]]), "trust.txt");
    for (const [args, says] of [
      [["--trust", "x"], "missing required argument 'dir'"],
      [[dir], "required option '--trust <file>' not specified"],
      [[join(dir, "nowhere"), "--trust", trust()], "is not a folder"],
      [[dir, "--trust", join(dir, "nowhere")], "cannot be read"],
      [[dir, "--trust", wrong], "line 1 of the trust policy"],
      [[dir, "--trust", trust(), "--since", "nowhere"], "--since: nowhere cannot be read"],
      [[dir, "--trust", trust(), "--require-witness", "many"], "--require-witness takes a whole number"],
      [[dir, "--trust", trust(), "--colour"], "unknown option '--colour'"],
    ] as const) {
      const { status, stderr, stdout } = run(...args);
      expect([status, stdout, stderr]).toEqual([64, "", expect.stringContaining(says)]);
      expect(stderr).not.toContain("    at ");
    }
  });

  test("a folder that is no export is incomplete, not proven", () => {
    expect(run(folderOf([["notes.txt", "hello"]]), "--trust", trust()).status).toBe(2);
  });

  test("nothing that stands in an export moves the terminal's cursor", () => {
    const files = new Map(whole);
    files.set(MANIFEST, Buffer.from("\u001b[2J"));
    files.set("\u001b[2Jx", Buffer.from(""));
    expect(run(folderOf(files), "--trust", trust()).stdout).not.toContain("\u001b");
  });
});

test("a reading thread that dies ends the verification, not in an answer", async () => {
  const broken = join(folderOf([["thread.cjs", "throw new Error('gone')"]]), "thread.cjs");
  const reader = inThreads(2, broken);
  await expect(verified(whole, { reader })).rejects.toThrow("gone");
  await reader.close();
});
