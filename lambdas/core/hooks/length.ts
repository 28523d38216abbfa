import { ALLOW, type Hook, refuse } from "../hook.ts";
import { rulesAt } from "../rules.ts";

/** Short enough to read, to pay for, and for the law: a pack may allow fewer characters (US: 47 CFR 64.1200(a)(9)(iv), 160). */
export const length: Hook = {
  name: "length",
  judge({ kind, clinic, now, parts, judged }) {
    if (parts > clinic.maxParts) return refuse("text-too-long");
    const most = kind === "consent" ? rulesAt(clinic, now).maxCharacters?.value : undefined;
    return most !== undefined && judged && judged.characters > most ? refuse("limit-characters") : ALLOW;
  },
};
