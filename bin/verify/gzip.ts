/**
 * Unpacks what a gzip file holds, and nothing that a reader could hide in one: one member with a plain header, all of it, and
 * nothing behind it. Readers of gzip differ in what they do with the rest, so that two of them see two files.
 */
import { crc32, inflateRawSync } from "node:zlib";

/** Why a file is not one that is read here; one sentence. */
export class GzipFault extends Error {}

/** Most that is unpacked of one file: a bomb ends here. */
const MOST_UNPACKED = 32 * 2 ** 20;

const HEADER = 10;
const TRAILER = 8;

/** @throws GzipFault */
export function unpack(bytes: Uint8Array, most = MOST_UNPACKED): Uint8Array {
  if (bytes.length < HEADER + TRAILER || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8)
    throw new GzipFault("is not gzip, or is cut off");
  if (bytes[3] !== 0) throw new GzipFault("has more in its gzip header than was written there");
  const { content, consumed } = inflate(bytes.subarray(HEADER), most);
  const end = HEADER + consumed + TRAILER;
  if (bytes.length < end) throw new GzipFault("is cut off");
  if (bytes.length > end) throw new GzipFault(`has ${bytes.length - end} bytes behind its one gzip member`);
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end - TRAILER, TRAILER);
  if (trailer.getUint32(0, true) !== crc32(content) || trailer.getUint32(4, true) !== content.length % 2 ** 32)
    throw new GzipFault("does not unpack to what its own checksum says");
  return content;
}

function inflate(bytes: Uint8Array, most: number): { content: Uint8Array; consumed: number } {
  try {
    const { buffer, engine } = inflateRawSync(bytes, { info: true, maxOutputLength: most }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { content: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw new GzipFault(`unpacks to more than ${most / 2 ** 20} MiB`);
    throw new GzipFault("does not unpack, or is cut off");
  }
}
