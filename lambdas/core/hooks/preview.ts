import { ALLOW, type Hook, refuse } from "../hook.ts";
import { IDENTIFIER_KINDS } from "../reading/content-kinds.ts";

/**
 * What a locked phone shows: the clinic's name and the first 40 characters. The provider alone can disclose health information
 * (OIPC Alberta, electronic communication with patients: inference). Only what the opening shows by itself is looked at here;
 * what the whole text shows is the content hook's.
 */
export const preview: Hook = {
  name: "preview",
  judge({ freeText, judged, acknowledged }) {
    if (!freeText) return ALLOW;
    const shown = judged?.content?.findings.filter((each) => each.preview) ?? [];
    return shown.some(({ id, kind }) => IDENTIFIER_KINDS.has(kind) || !acknowledged.includes(id)) ? refuse("content-preview") : ALLOW;
  },
};
