import { ALLOW, type Hook, refuse } from "../hook.ts";

/** Short enough to read and to pay for. */
export const length: Hook = {
  name: "length",
  judge: ({ parts, clinic }) => (parts > clinic.maxParts ? refuse("text-too-long") : ALLOW),
};
