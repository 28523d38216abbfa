/**
 * The export of a patient's chains, or of named ones: each event with its own receipt, and what the chain heads say of those
 * chains. Nobody else's events are shown, so that what lies between stays unseen, and unproven.
 */
import { leafHash } from "../tlog/hashes.ts";
import { base64 } from "../tlog/note.ts";
import { inclusionProof } from "../tlog/proofs.ts";
import { CompactRange } from "../tlog/range.ts";
import { receiptText } from "../tlog/receipt.ts";
import type { Subtree } from "../tlog/subtrees.ts";
import { type ChosenHeads, chosenHeadsBytes, parseHeadLine } from "./heads.ts";
import { chosenHeadsPath, chosenPath, paths, receiptPath, yearOf } from "./layout.ts";
import { joined } from "./lines.ts";
import { BrokenArchive, type Log } from "./log.ts";
import type { Manifest } from "./manifest.ts";
import { peek } from "./peek.ts";
import { type Packing, writeSince } from "./period.ts";
import type { Writing } from "./writing.ts";

export interface Chosen {
  readonly patient?: string | undefined;
  readonly chains: readonly string[];
}

type Said = Omit<Manifest, "files" | "format" | "v" | "id" | "made" | "recipient">;

/** @throws BrokenArchive, also where the log has no event of those chains */
export async function writeChosen(
  log: Log,
  { patient, chains }: Chosen,
  since: readonly number[],
  { gzip, leaves: most }: Packing,
  out: Writing,
): Promise<Said> {
  const last = await log.checkpoint(log.sizes.at(-1) as number);
  const all = { first: 0, end: last.size };
  const wanted = new Set(chains);
  if (patient !== undefined)
    for await (const { bytes } of log.leaves(all)) {
      const { patient: about, chain } = peek(bytes);
      if (about === patient && chain !== undefined) wanted.add(chain);
    }
  await out.add(paths(yearOf(last.origin)).last, last.note);
  await writeSince(log, last, since, out);

  const receipt = async (index: number): Promise<void> => {
    const proof = await inclusionProof(index, last.size, log.subtree);
    await out.add(receiptPath(index), receiptText({ index, proof, checkpoint: last.note }));
  };
  let part: Uint8Array[] = [];
  let parts = 0;
  const flush = async (): Promise<void> => {
    if (part.length > 0) await out.add(chosenPath(parts++), gzip(joined(part)), part.length);
    part = [];
  };
  let found = 0;
  for await (const leaf of log.leaves(all)) {
    const { heads, chain } = peek(leaf.bytes);
    if (heads) {
      const kept = await log.heads(heads.to);
      const chosen = kept && (await choose(leaf.bytes, kept.lines, wanted));
      if (chosen) {
        await out.add(chosenHeadsPath(leaf.index), chosenHeadsBytes(chosen), chosen.lines.length);
        await receipt(leaf.index);
      }
      continue;
    }
    if (chain === undefined || !wanted.has(chain)) continue;
    found++;
    part.push(Uint8Array.from(leaf.bytes));
    await receipt(leaf.index);
    if (part.length === most) await flush();
  }
  await flush();
  if (found === 0) throw new BrokenArchive("the log has no event of that patient or those chains");
  return {
    log: { origin: last.origin, size: last.size, root: base64(last.root) },
    scope: { kind: "chains", ...(patient === undefined ? {} : { patient }), chains: [...wanted].sort() },
  };
}

async function choose(leaf: Uint8Array, lines: readonly Uint8Array[], wanted: ReadonlySet<string>): Promise<ChosenHeads | undefined> {
  const at = lines.flatMap((line, index) => (wanted.has(parseHeadLine(line).chain) ? [index] : []));
  if (at.length === 0) return undefined;
  const hashes = lines.map(leafHash);
  const subtree = ({ level, index }: Subtree): Uint8Array => {
    const range = new CompactRange();
    for (const hash of hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)) range.append(hash);
    return range.root();
  };
  const chosen = at.map(async (index) => ({
    at: index,
    line: lines[index] as Uint8Array,
    proof: await inclusionProof(index, lines.length, subtree),
  }));
  return { leaf, lines: await Promise.all(chosen) };
}
