import { ALLOW, type Hook, refuse } from "../hook.ts";
import { IDENTIFIER_KINDS, SENSITIVE_KINDS } from "../reading/content-kinds.ts";

/**
 * Administrative, not clinical. Only a person's own words are looked at here: a template was read when `clinic/` was checked, and its
 * parameters are typed. What the sender acknowledged, with a reason, passes; an identifier's value, or asking for one, never does.
 */
export const content: Hook = {
  name: "content",
  judge({ freeText, judged, acknowledged }) {
    if (!freeText || !judged) return ALLOW;
    if (!judged.content) return refuse("content-not-read");
    const findings = judged.content.findings.filter((each) => !each.preview);
    const values = findings.filter(({ kind }) => IDENTIFIER_KINDS.has(kind));
    if (values.some(({ kind }) => kind !== "asks-identifier")) return refuse("content-identifier");
    if (values.length > 0) return refuse("content-asks-identifier");
    const open = findings.filter(({ id }) => !acknowledged.includes(id));
    if (open.length === 0) return ALLOW;
    // A rule may refuse; the model alone only asks.
    const sure = open.filter(({ by }) => by === "rule");
    if (sure.length === 0) return refuse("content-doubtful");
    if (sure.some(({ kind }) => SENSITIVE_KINDS.has(kind))) return refuse("content-sensitive");
    return refuse(sure.every(({ kind }) => kind === "link-shortener") ? "content-link" : "content-clinical");
  },
};
