/** Steps 2 and 3 for chosen chains: each event by its own receipt, and the chain heads that were chosen with them. */
import { headsLeaf, MalformedHeads, parseChosenHeads, parseHeadLine } from "../../lambdas/core/bundle/heads.ts";
import { isChosenPath, parseChosenHeadsPath, parseReceiptPath, receiptPath } from "../../lambdas/core/bundle/layout.ts";
import { HASH_SIZE, leafHash } from "../../lambdas/core/tlog/hashes.ts";
import { includes } from "../../lambdas/core/tlog/proofs.ts";
import { parseReceipt } from "../../lambdas/core/tlog/receipt.ts";
import { attempt, type Case, textOf } from "./case.ts";
import type { Checkpoints, Trusted } from "./checkpoints.ts";
import { type Judge, judge, type Snapshot } from "./judge.ts";
import { readLeaf } from "./leaf.ts";
import { count, some } from "./report.ts";

type Scope = Extract<Case["manifest"]["scope"], { kind: "chains" }>;

const MOST_LEAVES = 2 ** 17;

export async function checkChosen(it: Case, scope: Scope, checkpoints: Checkpoints | undefined): Promise<void> {
  const { report, manifest, folder, reader, progress } = it;
  const last = checkpoints?.last;
  const seen = last && last.seen.size > 0 ? [{ size: last.size, time: Math.max(...last.seen.values()) }] : [];
  const judging = judge(seen, Number.POSITIVE_INFINITY);
  const snapshots = last ? readChosenHeads(it, last, judging) : new Map<number, Snapshot>();
  const receipts = manifest.files
    .flatMap(({ path }) => parseReceiptPath(path) ?? [])
    .filter((index) => !snapshots.has(index) && !isHeads(it, index));
  receipts.sort((a, b) => a - b);
  const before = report.findings.length;
  const found = new Set<string>();
  let at = 0;
  let wrong = false;
  for (const { path } of manifest.files.filter((file) => isChosenPath(file.path))) {
    const gz = attempt(report, "leaves", path, () => folder.read(path), receipts[at]);
    if (!gz) {
      report.find("incomplete", "leaves", `${path} is not in the export`, receipts[at]);
      break;
    }
    const leaves = await reader.read(gz, MOST_LEAVES);
    if (leaves.unreadable !== undefined) {
      report.find("contradiction", "leaves", `${path} ${leaves.unreadable}`, receipts[at]);
      wrong = true;
      break;
    }
    for (const { kind, says, at: line } of leaves.faults)
      report.find(kind, "leaves", `${path} line ${line + 1} ${says}`, receipts[at + line]);
    if (leaves.cutOff !== undefined) report.find("contradiction", "leaves", `${path}: ${leaves.cutOff}`, receipts[at + leaves.count]);
    const chains = leaves.chains.split("\n");
    for (let line = 0; line < leaves.count && !wrong; line++, at++) {
      const index = receipts[at];
      const hash = leaves.hashes.subarray(line * HASH_SIZE, (line + 1) * HASH_SIZE);
      const chain = chains[line] ?? "";
      if (index === undefined) {
        report.find("contradiction", "tree", `${path} line ${line + 1} has no receipt`);
        wrong = true;
      } else if (last && !holds(it, last, index, hash)) wrong = true;
      else if (chain !== "" && !scope.chains.includes(chain))
        report.find("contradiction", "leaves", `leaf ${count(index)} is of ${chain}, which was not asked for`, index);
      else {
        found.add(chain);
        judging.take({
          index,
          chain,
          seq: leaves.seqs[line] as number,
          time: leaves.times[line] as number,
          hash,
          prev: leaves.prevs.subarray(line * HASH_SIZE, (line + 1) * HASH_SIZE),
          own: leaves.own[line] === 1,
        });
      }
    }
    progress(at, receipts.length);
  }
  if (!wrong && at < receipts.length)
    report.find(
      "incomplete",
      "leaves",
      `${some(receipts.length - at, "leaf", "leaves")} with a receipt ${receipts.length - at === 1 ? "is" : "are"} not in the export`,
      receipts[at],
    );
  for (const chain of scope.chains)
    if (!wrong && at === receipts.length && !found.has(chain)) report.find("incomplete", "leaves", `no event of ${chain} is here`);
  const sound = !report.findings.slice(before).some(({ kind, step }) => kind !== "alarm" && (step === "leaves" || step === "tree"));
  report.unproven("that these are all chains which concern the patient, and what lies between these events in the log");
  if (!last || !sound) {
    report.unproven("chains, chain heads and alarms: they are judged over leaves that are proven only");
    return;
  }
  report.row("leaves", `${some(receipts.length, "event")} canonical`);
  report.row("tree", `${some(receipts.length, "receipt")} lead${receipts.length === 1 ? "s" : ""} to the signed root`);
  judging.finish({ report, from: 0, to: Number.POSITIVE_INFINITY, whole: false, snapshots, chosen: true });
  report.unproven("that a chain did not go on after the last chain heads which name it");
}

const isHeads = ({ manifest }: Case, index: number): boolean => manifest.files.some(({ path }) => parseChosenHeadsPath(path) === index);

function holds(it: Case, last: Trusted, index: number, hash: Uint8Array): boolean {
  const path = receiptPath(index);
  const text = textOf(it, "tree", path);
  if (text === undefined) {
    it.report.find("incomplete", "tree", `${path} is missing`, index);
    return false;
  }
  const receipt = attempt(it.report, "tree", path, () => parseReceipt(text), index);
  if (!receipt) return false;
  if (receipt.index !== index) it.report.find("contradiction", "tree", `${path} is the receipt of leaf ${count(receipt.index)}`, index);
  else if (receipt.checkpoint !== last.note)
    it.report.find("contradiction", "tree", `${path} holds another checkpoint than ${last.name}`, index);
  else if (!includes(receipt.proof, index, last.size, hash, last.root))
    it.report.find("contradiction", "tree", `leaf ${count(index)} is not the one that was signed, or its receipt was altered`, index);
  else return true;
  return false;
}

function readChosenHeads(it: Case, last: Trusted, judging: Judge): Map<number, Snapshot> {
  const snapshots = new Map<number, Snapshot>();
  for (const { path } of it.manifest.files) {
    const index = parseChosenHeadsPath(path);
    if (index === undefined) continue;
    attempt(
      it.report,
      "heads",
      path,
      () => {
        const bytes = it.folder.read(path);
        if (!bytes) return;
        const { leaf, lines } = parseChosenHeads(bytes);
        if (!holds(it, last, index, leafHash(leaf))) return;
        const read = readLeaf(leaf);
        const says = "event" in read ? headsLeaf(read.event) : undefined;
        const root = says && Buffer.from(says.root, "base64url");
        if (!says || !root || !("event" in read)) throw new MalformedHeads("its leaf is not one of chain heads");
        for (const { at, line, proof } of lines) {
          if (!includes(proof, at, says.n, leafHash(line), root))
            throw new MalformedHeads(`line ${at} is not one that leaf ${index} commits to`);
          judging.book.add(parseHeadLine(line), index);
        }
        snapshots.set(index, says);
        judging.notable(index, read.type, read.event);
      },
      index,
    );
  }
  return snapshots;
}
