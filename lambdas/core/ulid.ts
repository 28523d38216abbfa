/**
 * ULIDs (https://github.com/ulid/spec): 48 bits of time, 80 bits of anything, in Crockford's base 32, sortable as text.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @param at milliseconds since 1970 @param entropy at least 10 bytes; the first 10 count */
export function ulid(at: number, entropy: Uint8Array): string {
  let time = "";
  let rest = at;
  for (let i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time + base32(entropy.subarray(0, 10));
}

/** The time (ms) that a ULID carries. */
export function ulidTime(id: string): number {
  let at = 0;
  for (const letter of id.slice(0, 10)) at = at * 32 + ALPHABET.indexOf(letter);
  return at;
}

/** Bytes in Crockford's base 32, five bits a letter, no padding. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}
