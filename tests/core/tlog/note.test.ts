import { describe, expect, test } from "vitest";
import { checkpointText, parseCheckpoint } from "../../../lambdas/core/tlog/checkpoint.ts";
import { leafHash } from "../../../lambdas/core/tlog/hashes.ts";
import { COSIGNATURE, MalformedNote, noteOf, parseNote, parseVkey, signedBy, vkey } from "../../../lambdas/core/tlog/note.ts";
import { parsePolicy, witnessed } from "../../../lambdas/core/tlog/policy.ts";
import { inclusionProof } from "../../../lambdas/core/tlog/proofs.ts";
import { parseReceipt, receiptText } from "../../../lambdas/core/tlog/receipt.ts";
import { readSubtrees } from "../../../lambdas/core/tlog/tiles.ts";
import { entry, Grown, signer } from "./support.ts";

const log = signer("audit.example.org/2026");
const witness = signer("witness.example.net/w1", COSIGNATURE);
const text = checkpointText({ origin: log.key.name, size: 7, root: leafHash(entry(1)) });
const TIME = 1_795_000_000;

describe("a signed note", () => {
  const note = noteOf(text, log.line(text), witness.line(text, TIME));

  test("is read as it was signed, by the log without a time and by the witness with one", () => {
    const parsed = parseNote(note);
    expect(parsed.text).toBe(text);
    expect(signedBy(parsed, [log.key, witness.key])).toEqual([
      { key: log.key, time: undefined },
      { key: witness.key, time: TIME },
    ]);
    expect(parseCheckpoint(parsed.text)).toEqual({ origin: log.key.name, size: 7, root: leafHash(entry(1)) });
  });

  test("says nothing by keys that nobody trusts, and is rejected where a trusted key's signature does not hold", () => {
    expect(signedBy(parseNote(note), [signer(log.key.name).key])).toEqual([]);
    const changed = parseNote(note.replace("\n7\n", "\n8\n"));
    expect(() => signedBy(changed, [log.key])).toThrow(/signature of audit\.example\.org\/2026 does not hold/);
    expect(() => signedBy(changed, [witness.key])).toThrow(/witness/);
  });

  test("a witness's time is part of what it signed", () => {
    const line = Buffer.from(witness.line(text, TIME).split(" ")[2] ?? "", "base64");
    line.writeBigUInt64BE(BigInt(TIME + 1), 4);
    expect(() => signedBy(parseNote(noteOf(text, `— ${witness.key.name} ${line.toString("base64")}\n`)), [witness.key])).toThrow(
      MalformedNote,
    );
  });

  test.each([
    ["no signatures", text],
    ["no line feed at the end", note.slice(0, -1)],
    ["a control character", note.replace("7", "7\t")],
    ["half a surrogate", note.replace("7", "7\ud800")],
    ["a signature's line without a dash", note.replace("—", "-")],
    ["base64 that is none", note.replace(/ [A-Za-z0-9+/=]+\n$/, " AAA\n")],
    ["too many signatures", noteOf(text, ...Array.from({ length: 65 }, () => log.line(text)))],
  ])("is none with %s", (_, broken) => {
    expect(() => parseNote(broken)).toThrow(MalformedNote);
  });
});

test.each([
  ["an empty origin", text.replace(/^.*\n/, "\n")],
  ["a size with a zero before it", text.replace("\n7\n", "\n07\n")],
  ["a size beyond all numbers", text.replace("\n7\n", "\n9999999999999999\n")],
  ["a root that is too short", `${log.key.name}\n7\nAAAA\n`],
  [
    "a root in another spelling of the same bytes",
    text.replace(/(.)=\n$/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=\n`),
  ],
])("a checkpoint has no %s", (_, broken) => {
  expect(() => parseCheckpoint(broken)).toThrow(MalformedNote);
});

describe("a verifier key", () => {
  test("is written and read, with the id of its name and bytes", () => {
    expect(parseVkey(vkey(log.key))).toEqual(log.key);
    // The key of Go's checksum database, as its tools have it built in.
    expect(parseVkey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").name).toBe("sum.golang.org");
  });

  test.each([
    ["another id", vkey(log.key).replace(/\+[0-9a-f]{8}\+/, "+00000000+")],
    ["a name with a space", vkey(log.key).replace("audit.", "audit ")],
    ["a kind that is not known", `x+00000000+${Buffer.concat([Buffer.of(2), Buffer.alloc(32)]).toString("base64")}`],
    ["nothing in it", ""],
  ])("is none with %s", (_, broken) => {
    expect(() => parseVkey(broken)).toThrow(MalformedNote);
  });
});

test("a receipt is written and read, and its proof is what was put in", async () => {
  const grown = new Grown(300);
  const receipt = {
    index: 77,
    proof: await inclusionProof(77, 300, readSubtrees(300, grown.read)),
    checkpoint: noteOf(text, log.line(text)),
  };
  expect(parseReceipt(receiptText(receipt))).toEqual(receipt);
  expect(parseReceipt(receiptText(receipt).replace("@v1\n", "@v1\nextra AAAA\n"))).toEqual(receipt);
  for (const broken of ["", receiptText(receipt).replace("index 77", "index 077"), receiptText(receipt).replace("@v1", "@v2")])
    expect(() => parseReceipt(broken)).toThrow(MalformedNote);
});

describe("a trust policy", () => {
  const others = ["w2", "w3"].map((name) => signer(name, COSIGNATURE));
  const policy = `# the clinic's log
log ${vkey(log.key)}
witness a ${vkey(witness.key)} https://witness.example.net
witness b ${vkey(others[0]?.key as never)}
witness c ${vkey(others[1]?.key as never)}
group any-two 2 a b c
quorum any-two
`;

  test("says whose signatures count, and how many witnesses must have looked", () => {
    const parsed = parsePolicy(policy);
    expect(parsed.logs).toEqual([log.key]);
    const [a, b] = parsed.witnesses;
    expect([witnessed(parsed, new Set([a as never])), witnessed(parsed, new Set([a as never, b as never]))]).toEqual([false, true]);
    expect(witnessed(parsePolicy(`log ${vkey(log.key)}\nquorum none\n`), new Set())).toBe(true);
  });

  test.each([
    ["no quorum", policy.replace("quorum any-two\n", ""), /no quorum/],
    ["two quorums", `${policy}quorum none\n`, /line 8/],
    ["a group of more than there are", policy.replace("any-two 2", "any-two 4"), /line 6/],
    ["a name that comes later", policy.replace("a b c", "a b d"), /line 6 .*: d is not defined/],
    ["a log's key for a witness", policy.replace(vkey(witness.key), vkey(log.key)), /line 3/],
    ["a word it does not know", `${policy}trust me\n`, /line 8/],
  ])("is refused with %s, and the line is named", (_, broken, says) => {
    expect(() => parsePolicy(broken)).toThrow(says);
  });
});
