/** Lines of bytes. A line ends with a line feed; the last one too. */

const LF = 10;

/** A file's last line has no line feed: it was cut off. */
export class CutOff extends Error {}

/** Each line without its line feed, as a view into the bytes. @throws CutOff after the whole lines */
export function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let begin = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, begin)) {
    yield bytes.subarray(begin, end);
    begin = end + 1;
  }
  if (begin < bytes.length) throw new CutOff("the last line is cut off");
}

export function joined(lines: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    out.set(line, at);
    at += line.length + 1;
    out[at - 1] = LF;
  }
  return out;
}
