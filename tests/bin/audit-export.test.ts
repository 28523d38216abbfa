import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { auditExport } from "../../bin/commands/audit-export.ts";
import { unpack } from "../../bin/verify/gzip.ts";
import { keysOf } from "../../lambdas/core/archive.ts";
import { linesOf } from "../../lambdas/core/bundle/lines.ts";
import { openLog } from "../../lambdas/core/bundle/log.ts";
import { EXPORT_KEY, makeLog, policyOf } from "../support/audit-log.ts";
import { exportOf, hours, verified } from "../support/detection.ts";
import { folderOf } from "../support/folders.ts";
import { type Files, manifestOf } from "../support/tamperings.ts";

const COMMAND = fileURLToPath(new URL("../../bin/clinic-sms.js", import.meta.url));
const log = makeLog({ seed: 11, flushes: 18, perFlush: 5 });

function clinicSms(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "audit", ...args], { encoding: "utf8", cwd: folderOf() });
  return { status, stdout, stderr };
}

const eventsIn = (files: Files): { pat?: string; chain: string; ts: string; type: string }[] =>
  [...files]
    .filter(([path]) => path.startsWith("events/"))
    .flatMap(([, gz]) => [...linesOf(gunzipSync(gz))].map((line) => JSON.parse(Buffer.from(line).toString())));

describe("an export", () => {
  test("of a period holds every event of it", async () => {
    const { from, to } = hours(1, 2);
    const files = await exportOf(log, { from, to });
    const wanted = log.leaves.map((leaf) => JSON.parse(Buffer.from(leaf).toString()) as { ts: string; id: string });
    const ids = new Set(eventsIn(files).map((event) => (event as unknown as { id: string }).id));
    expect(wanted.filter(({ ts, id }) => ts >= from && ts < to && !ids.has(id))).toEqual([]);
    expect(ids.size).toBeLessThan(wanted.length);
  });

  test("of a patient holds every chain of theirs whole, and no event of a chain that does not concern them", async () => {
    const [patient] = log.patients;
    const files = await exportOf(log, { patient, chains: [] });
    const all = log.leaves.map((leaf) => JSON.parse(Buffer.from(leaf).toString()) as { pat?: string; chain: string });
    const theirs = new Set(all.filter(({ pat }) => pat === patient).map(({ chain }) => chain));
    expect(eventsIn(files).length).toBe(all.filter(({ chain }) => theirs.has(chain)).length);
    expect(eventsIn(files).every(({ chain }) => theirs.has(chain))).toBe(true);
    // Nor does it name one anywhere else: chain heads of others stay out.
    const others = new Set(all.map(({ chain }) => chain).filter((chain) => !theirs.has(chain) && /^(?:conv|msg|pat)/.test(chain)));
    const text = [...files.values()].map((bytes) => Buffer.from(bytes).toString("latin1")).join("\n");
    expect([...others].filter((chain) => text.includes(`"${chain}"`))).toEqual([]);
  });

  test("cuts its files by day, as the log's order has it", async () => {
    const files = await exportOf(log, hours(0, 3));
    const days = [...files.keys()].filter((path) => path.startsWith("events/")).map((path) => path.slice(7, 20));
    expect([...new Set(days)].sort()).toEqual(["dt=2025-11-20", "dt=2025-11-21"]);
  });

  test("is the same, byte for byte, made twice", async () => {
    const [one, two] = [await exportOf(log, hours(1, 2)), await exportOf(log, hours(1, 2))];
    expect(manifestOf(one)).toEqual(manifestOf(two));
  });

  test.each([
    ["a leaf was altered in the archive", /\/seg\//, "the archive's leaves are not those of its checkpoint"],
    ["a tile was altered in the archive", /\/tile\/0\//, "the archive's leaves are not those of its checkpoint"],
    ["the archive lacks a tile", /\/tile\/0\//, "the archive lacks log/2025/tile/0/000"],
  ])("is not made where %s", async (what, which, says) => {
    const large = makeLog({ seed: 12, flushes: 40, perFlush: 8 });
    const key = [...large.objects.keys()].find((each) => which.test(each)) as string;
    const objects = new Map(large.objects);
    const bytes = objects.get(key) as Uint8Array;
    if (what.includes("lacks")) objects.delete(key);
    else if (key.includes("seg")) objects.set(key, gzipSync(gunzipSync(bytes).toString().replace('"out":0', '"out":8')));
    else
      objects.set(
        key,
        Uint8Array.from(bytes, (byte, at) => (at === 40 ? byte ^ 1 : byte)),
      );
    const archive = { ...large.archive, get: async (each: string) => objects.get(each) };
    const scope = key.includes("seg") ? hours(0, 3) : hours(5, 6);
    await expect(exportOf({ ...large, archive }, scope)).rejects.toThrow(says);
  });

  test("of a log with more than one tile is proven", async () => {
    const large = makeLog({ seed: 12, flushes: 60, perFlush: 12 });
    expect(large.size).toBeGreaterThan(600);
    for (const scope of [hours(4, 6), hours(0, 10), { patient: large.patients[1], chains: [] }]) {
      const { exit, report } = await verified(await exportOf(large, scope));
      expect([exit, report.findings]).toEqual([0, []]);
    }
  });
});

describe("an archive", () => {
  test("that has no such log, or lacks a segment", async () => {
    await expect(openLog(log.archive, 2024, unpack)).rejects.toThrow("no signed checkpoint of a log of 2024");
    const key = [...log.objects.keys()].filter((each) => each.includes("/seg/"))[3] as string;
    const list = async function* (prefix: string) {
      for await (const each of log.archive.list(prefix)) if (each !== key) yield each;
    };
    await expect(exportOf({ ...log, archive: { ...log.archive, list } }, hours(0, 3))).rejects.toThrow(
      /the archive has no segment with leaf \d+/,
    );
  });
});

describe("clinic-sms audit export", () => {
  const archive = (): string => folderOf(log.objects);
  const { from, to } = hours(1, 2);

  test("writes an export that clinic-sms audit verify proves", () => {
    const dir = folderOf([
      ["key.pem", EXPORT_KEY.secret.export({ format: "pem", type: "pkcs8" }) as string],
      ["trust.txt", policyOf()],
    ]);
    const out = join(dir, "out");
    const made = clinicSms(
      ...["export", "--archive", archive(), "--from", from, "--to", to, "--out", out, "--recipient", "Office of the Commissioner"],
      ...["--key", join(dir, "key.pem"), "--key-name", EXPORT_KEY.key.name, "--policy", join(dir, "trust.txt")],
    );
    expect([made.status, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toMatch(
      /^\d+ files in .+: leaves \d+ to \d+ of audit\.test\.example\/2025, proven against its checkpoint of size \d+\.$/m,
    );
    expect(JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))).toMatchObject({ recipient: "Office of the Commissioner" });
    expect(clinicSms("verify", out, "--trust", join(dir, "trust.txt"))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^RESULT: INTACT {2}\(exit 0\)$/m),
    });
  });

  test("reads an object's first version, whatever was put over it", async () => {
    const key = keysOf(2025).checkpoint(log.size);
    const dir = folderOf([
      ...log.objects,
      [key, "another checkpoint\n"],
      [`.versions/${key}.json`, JSON.stringify([{ id: "b" }, { id: "a" }])],
      [`.versions/${key}.a`, log.objects.get(key) as Uint8Array],
    ]);
    const out = join(folderOf(), "out");
    expect(clinicSms("export", "--archive", dir, "--from", from, "--to", to, "--out", out)).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(out, "log/2025/checkpoint.last.note"))).toEqual(log.objects.get(key));
  });

  test("says in one sentence what to give instead, and leaves nothing half done", async () => {
    const it = { port: "0", archive: archive(), chain: [], since: [] };
    const full = folderOf([["there.txt", "x"]]);
    const period = { ...it, from, to };
    for (const [options, says] of [
      [it, "name a period"],
      [{ ...it, from: "2025-11-20" }, "name a period"],
      [{ ...period, from: "20 November" }, "--from takes a day"],
      [{ ...period, from: "2025-11-20T10:00" }, "--from takes a day"],
      [{ ...period, from: to, to: from }, "--to must come after --from"],
      [{ ...period, from: "2024-12-01", to: "2025-02-01" }, "one calendar year"],
      [{ ...period, from: "2024-12-01", to: "2025-01-01" }, "no signed checkpoint of a log of 2024"],
      [{ ...it, patient: "sub_x" }, "need the log's year"],
      [{ ...it, patient: "sub_x", year: "2025" }, "no event of that patient"],
      [{ ...period, patient: "sub_x" }, "leave --from and --to away"],
      [{ ...period, since: ["x"] }, "--since takes the size of a checkpoint"],
      [{ ...period, since: ["999999"] }, "one of size 999999 was kept"],
      [{ ...period, key: "x" }, "--key needs its name"],
      [{ ...period, key: join(full, "there.txt"), keyName: "export.x" }, "holds none"],
      [{ ...period, archive: "nowhere" }, "nowhere is not a folder"],
      [{ ...period, policy: "nowhere" }, "--policy: nowhere cannot be read"],
    ] as const) {
      const out = join(folderOf(), "out");
      await expect(auditExport({ ...options, out })).rejects.toThrow(says);
      expect(existsSync(out)).toBe(false);
    }
    const wrong = clinicSms("export", "--archive", it.archive, "--from", from, "--to", to, "--out", full);
    expect(wrong).toEqual({ status: 1, stdout: "", stderr: `${full} is not empty: name a folder that is not there yet\n` });
    expect(readdirSync(full)).toEqual(["there.txt"]);
  });
});
