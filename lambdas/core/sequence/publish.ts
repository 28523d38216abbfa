/** From a commit to a published checkpoint. Every step may be done again, by whoever comes next. */
import { ArchiveConflict, keysOf } from "../archive.ts";
import { hex } from "../digest.ts";
import { checkpointText } from "../tlog/checkpoint.ts";
import { sameHash } from "../tlog/hashes.ts";
import { ED25519, MalformedNote, type NoteKey, noteKey, noteOf, parseNote, signatureLine, signedBy } from "../tlog/note.ts";
import { tilePath } from "../tlog/tiles.ts";
import { LogBroken } from "./grow.ts";
import type { LogState, SequencePorts } from "./ports.ts";
import { parseStaged, type Staged } from "./staged.ts";
import { cosignatures } from "./witnesses.ts";

type Needs = Pick<SequencePorts, "archive" | "lock" | "signer" | "witnesses">;

export const stagingKey = ({ year, root }: LogState): string => keysOf(year).staging(hex(root));

/**
 * Brings a commit to its end, where that is not done yet. @returns how many witnesses gave no cosignature
 * @throws LogBroken where what was committed is neither staged nor published
 */
export async function finish(ports: Needs, state: LogState, committed?: Staged): Promise<number> {
  const { archive } = ports;
  const keys = keysOf(state.year);
  const bytes = committed ? undefined : await archive.get(stagingKey(state));
  const staged = committed ?? (bytes && parseStaged(bytes, state));
  if (!staged) {
    if (!(await archive.get(keys.checkpoint(state.size))))
      throw new LogBroken(`size ${state.size} of ${state.origin} was committed, and is neither staged nor published`);
    return 0;
  }

  // 6 Kept, for years. A crash between two objects leaves some of them: who comes next finds equal bytes there and goes on.
  await Promise.all([...staged.objects].map(([key, object]) => archive.keep(key, object)));

  // 7 Signed, witnessed, kept, shown. Until the checkpoint is kept, nobody outside but a witness has seen it; who comes next signs
  //   the same text again, which is the same signature, and asks the witnesses again, who may say the same with a later time.
  const { note, missing } = await checkpointNote(ports, state, staged);
  // A run that was overtaken would take the newest checkpoint back to its own.
  const now = await ports.lock.read();
  if (now?.origin === state.origin && sameHash(now.root, state.root)) await archive.put(keys.newest, note);

  // 8 Not needed any more. A crash before this leaves it, and the next run does 6 to 8 once more, to no effect.
  await archive.remove(stagingKey(state));
  return missing;
}

/** The state's kept checkpoint; made where it is not there. */
async function checkpointNote(ports: Needs, state: LogState, staged: Staged): Promise<{ note: Uint8Array; missing: number }> {
  const { archive, signer } = ports;
  const key = noteKey(state.origin, ED25519, await signer.key());
  const at = keysOf(state.year).checkpoint(state.size);
  const text = checkpointText(state);
  const there = await archive.get(at);
  if (there) return { note: sound(there, text, key), missing: 0 };

  const own = signatureLine(key, await signer.sign(new TextEncoder().encode(text)));
  // A signature that nobody can check is worse than none: it would be kept for years.
  sound(new TextEncoder().encode(noteOf(text, own)), text, key);
  const { lines, missing } = await cosignatures(ports.witnesses, noteOf(text, own), state, staged.from, async (tile) => {
    const edge = state.edge[tile.level];
    if (tile.width < 256) return edge;
    const path = keysOf(state.year).tile(tilePath(tile));
    return staged.objects.get(path) ?? archive.get(path);
  });
  const note = new TextEncoder().encode(noteOf(text, own, ...lines));
  try {
    await archive.keep(at, note);
    return { note, missing };
  } catch (error) {
    // Another run has kept the same checkpoint, which a witness looked at in another second.
    const other = error instanceof ArchiveConflict ? await archive.get(at) : undefined;
    if (!other) throw error;
    return { note: sound(other, text, key), missing };
  }
}

/** The note, if it is that checkpoint, and the log's own signature holds. @throws LogBroken where it is not */
function sound(note: Uint8Array, text: string, key: NoteKey): Uint8Array {
  try {
    const parsed = parseNote(new TextDecoder().decode(note));
    if (parsed.text === text && signedBy(parsed, [key]).length === 1) return note;
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
  }
  throw new LogBroken(`the checkpoint of ${key.name} is another one, or its signature does not hold`);
}
