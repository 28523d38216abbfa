import { expect, test } from "vitest";
import { type Archive, ArchiveConflict } from "../../lambdas/core/archive.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (found: Uint8Array | undefined): string | undefined => (found === undefined ? undefined : Buffer.from(found).toString());
const keys = async (archive: Archive, prefix: string): Promise<string[]> => {
  const out: string[] = [];
  for await (const key of archive.list(prefix)) out.push(key);
  return out;
};

/** What every archive must do; run against each that there is. */
export function archiveContract(open: () => Promise<Archive>): void {
  test("what is kept is read again, byte for byte", async () => {
    const archive = await open();
    const all = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256);
    await archive.keep("log/2026/seg/000000000000-000000000007.ndjson.gz", all);
    expect(Buffer.from((await archive.get("log/2026/seg/000000000000-000000000007.ndjson.gz")) ?? [])).toEqual(Buffer.from(all));
    expect(await archive.get("log/2026/seg/000000000007-000000000009.ndjson.gz")).toBeUndefined();
  });

  test("keeping equal bytes again is as good; other bytes are a conflict, and the first stay", async () => {
    const archive = await open();
    const key = "log/2026/ckpt/000000000007.note";
    await archive.keep(key, bytes("one"));
    await archive.keep(key, bytes("one"));
    await expect(archive.keep(key, bytes("two"))).rejects.toThrow(ArchiveConflict);
    expect(text(await archive.get(key))).toBe("one");
  });

  test("of two that keep at once, one wins, and nobody reads a mixture", async () => {
    const archive = await open();
    const key = "log/2026/ckpt/000000000008.note";
    const ended = await Promise.allSettled(["one", "two"].map((each) => archive.keep(key, bytes(each))));
    const won = ended.findIndex(({ status }) => status === "fulfilled");
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(text(await archive.get(key))).toBe(["one", "two"][won]);
  });

  test("what may change is put over and removed; removing what is not there is as good", async () => {
    const archive = await open();
    await archive.put("log/2026/checkpoint", bytes("one"));
    await archive.put("log/2026/checkpoint", bytes("two"));
    expect(text(await archive.get("log/2026/checkpoint"))).toBe("two");
    await archive.put("staging/2026/ab", bytes("x"));
    await archive.remove("staging/2026/ab");
    await archive.remove("staging/2026/ab");
    expect(await archive.get("staging/2026/ab")).toBeUndefined();
  });

  test("a kept key is neither put nor removed, and no other is kept", async () => {
    const archive = await open();
    const key = "log/2026/tile/0/000";
    await archive.keep(key, bytes("tile"));
    await expect(archive.put(key, bytes("other"))).rejects.toThrow("never put");
    await expect(archive.remove(key)).rejects.toThrow("never removed");
    await expect(archive.keep("log/2026/checkpoint", bytes("x"))).rejects.toThrow("only a kept key");
    expect(text(await archive.get(key))).toBe("tile");
  });

  test("keys are listed under their prefix, in order, without what was removed", async () => {
    const archive = await open();
    for (const at of ["b", "a", "c"]) await archive.put(`staging/2031/${at}`, bytes(at));
    await archive.put("staging/2031/b", bytes("again"));
    await archive.remove("staging/2031/c");
    await archive.keep("log/2031/tile/0/x001/234", bytes("t"));
    await archive.keep("log/2031/tile/0/001", bytes("t"));
    expect(await keys(archive, "staging/2031/")).toEqual(["staging/2031/a", "staging/2031/b"]);
    expect(await keys(archive, "log/2031/")).toEqual(["log/2031/tile/0/001", "log/2031/tile/0/x001/234"]);
    expect(await keys(archive, "log/1999/")).toEqual([]);
  });

  test("more keys than a page holds are all listed", async () => {
    const archive = await open();
    const many = Array.from({ length: 1_050 }, (_, at) => `staging/2032/${String(at).padStart(5, "0")}`);
    for (let at = 0; at < many.length; at += 50) await Promise.all(many.slice(at, at + 50).map((key) => archive.put(key, bytes("x"))));
    expect(await keys(archive, "staging/2032/")).toEqual(many);
  });
}
