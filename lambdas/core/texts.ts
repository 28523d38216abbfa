import type { RefusalCode } from "./codes.ts";

/** What a text may not be, whatever it says: empty, or with characters that no phone shows. */
export function unsendable(text: string): RefusalCode | undefined {
  if (text.trim() === "") return "text-empty";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) || !text.isWellFormed()) return "text-control-characters";
  return text.length > 1600 ? "text-too-long" : undefined;
}
