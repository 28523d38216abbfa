/**
 * A witness (C2SP tlog-witness): signs a checkpoint, with its time, if it continues the one that it signed last for that log.
 * It sees sizes and roots, never an event. Whoever runs it apart from the log makes it unable to show two people two logs.
 */
import { type Checkpoint, parseCheckpoint, parseSize } from "../tlog/checkpoint.ts";
import { HASH_SIZE, sameHash } from "../tlog/hashes.ts";
import {
  COSIGNATURE,
  cosignedBytes,
  MalformedNote,
  type NoteKey,
  noteKey,
  parseNote,
  signatureLine,
  signedBy,
  unbase64,
} from "../tlog/note.ts";
import { continues } from "../tlog/proofs.ts";

/** What the witness knows of a log. */
export type Seen = Pick<Checkpoint, "size" | "root">;

export interface WitnessPorts {
  readonly name: string;
  /** The key of a log that this witness looks at; undefined of any other log. */
  logKey(origin: string): Promise<NoteKey | undefined>;
  readonly seen: {
    /** As of every swap that has landed. */
    read(origin: string): Promise<Seen | undefined>;
    /** Durable on return; false where it is not what was read any more. */
    swap(origin: string, from: Seen | undefined, to: Seen): Promise<boolean>;
  };
  readonly signer: { key(): Promise<Uint8Array>; sign(bytes: Uint8Array): Promise<Uint8Array> };
  readonly clock: { now(): number };
}

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
}

/** More hashes than any proof has. */
const MOST_HASHES = 63;

const says = (status: WitnessAnswer["status"], body = ""): WitnessAnswer => ({ status, body });

/** Answers an add-checkpoint request. */
export async function cosignCheckpoint(ports: WitnessPorts, request: string): Promise<WitnessAnswer> {
  const parsed = parse(request);
  if (!parsed) return says(400);
  const { old, proof, note, checkpoint } = parsed;
  const log = await ports.logKey(checkpoint.origin);
  if (!log) return says(404);
  try {
    if (signedBy(note, [log]).length === 0) return says(403);
  } catch (error) {
    if (error instanceof MalformedNote) return says(403);
    throw error;
  }
  if (old > checkpoint.size) return says(400);
  const before = await ports.seen.read(checkpoint.origin);
  const stands = before?.size ?? 0;
  if (old !== stands) return says(409, `${stands}\n`);
  if (old === checkpoint.size && before && !sameHash(before.root, checkpoint.root)) return says(409, `${stands}\n`);
  if (before ? !continues(proof, old, checkpoint.size, before.root, checkpoint.root) : proof.length > 0) return says(422);
  // Remembered before it is signed: a crash between the two leaves a checkpoint that was seen and not signed, which may be asked again.
  if (!(await ports.seen.swap(checkpoint.origin, before, { size: checkpoint.size, root: checkpoint.root })))
    return says(409, `${(await ports.seen.read(checkpoint.origin))?.size ?? 0}\n`);
  const time = Math.floor(ports.clock.now() / 1000);
  const key = noteKey(ports.name, COSIGNATURE, await ports.signer.key());
  return says(200, signatureLine(key, await ports.signer.sign(cosignedBytes(note.text, time)), time));
}

function parse(request: string) {
  const end = request.indexOf("\n\n");
  const [first = "", ...hashes] = request.slice(0, Math.max(0, end)).split("\n");
  const old = first.startsWith("old ") ? parseSize(first.slice("old ".length)) : undefined;
  const proof = hashes.map(unbase64);
  if (old === undefined || proof.length > MOST_HASHES || !proof.every((hash) => hash?.length === HASH_SIZE)) return undefined;
  try {
    const note = parseNote(request.slice(end + 2));
    return { old, proof: proof as Uint8Array[], note, checkpoint: parseCheckpoint(note.text) };
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}
