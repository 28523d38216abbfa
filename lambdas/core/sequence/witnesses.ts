/** How the log asks its witnesses (C2SP tlog-witness). */
import { parseSize } from "../tlog/checkpoint.ts";
import { base64, MalformedNote, parseNote, parseSignature, signedBy } from "../tlog/note.ts";
import { consistencyProof } from "../tlog/proofs.ts";
import { type ReadTile, readSubtrees } from "../tlog/tiles.ts";
import type { LogState, Witness } from "./ports.ts";

/**
 * The cosignatures' lines. A witness that is silent, or refuses, does not stop the log: its next cosignature covers all that
 * came before, and somebody is told.
 * @param signed the checkpoint with the log's own signature @param from size that the witnesses should have seen last
 */
export async function cosignatures(
  witnesses: readonly Witness[],
  signed: string,
  state: LogState,
  from: number,
  read: ReadTile,
): Promise<{ lines: string[]; missing: number }> {
  const subtrees = readSubtrees(state.size, read);
  const ask = async (witness: Witness): Promise<string | undefined> => {
    let old = from;
    // A witness that stands elsewhere says where, once; it may have moved on again only by another run of ours.
    for (let tries = 0; tries < 2; tries++) {
      const proof = await consistencyProof(old, state.size, subtrees);
      const answer = await witness.add([`old ${old}`, ...proof.map(base64), "", signed].join("\n"));
      if (answer.status === 200) return await ownLine(witness, signed, answer.body);
      const stands = answer.status === 409 ? parseSize(answer.body.trim()) : undefined;
      if (stands === undefined || stands > state.size) return undefined;
      old = stands;
    }
    return undefined;
  };
  const lines = await Promise.all(witnesses.map((witness) => ask(witness).catch(() => undefined)));
  const given = lines.filter((line) => line !== undefined);
  return { lines: given, missing: lines.length - given.length };
}

/** The witness's line of its answer, if it holds for this checkpoint: a note with a false one would be refused whole. */
async function ownLine(witness: Witness, signed: string, answer: string): Promise<string | undefined> {
  const key = await witness.key();
  for (const line of answer.split("\n")) {
    try {
      const signature = parseSignature(line);
      if (signedBy({ text: parseNote(signed).text, signatures: [signature] }, [key]).length === 1) return `${line}\n`;
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error;
    }
  }
  return undefined;
}
