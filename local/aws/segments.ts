/** How a text travels: its alphabet and the number of parts it is billed and paced by (3GPP TS 23.038; 140 bytes a part). */
export interface Segments {
  readonly encoding: "GSM" | "Unicode";
  readonly parts: number;
}

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("^{}\\[~]|€\f");

/** Counts the parts of a text as the carrier does. */
export function segments(body: string): Segments {
  let septets = 0;
  for (const character of body) {
    if (BASIC.has(character)) septets += 1;
    else if (EXTENDED.has(character)) septets += 2;
    else return { encoding: "Unicode", parts: body.length <= 70 ? 1 : Math.ceil(body.length / 67) };
  }
  return { encoding: "GSM", parts: septets <= 160 ? 1 : Math.ceil(septets / 153) };
}
