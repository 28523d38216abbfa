import { ALLOW, type Hook, refuse } from "../hook.ts";
import { localDate } from "../hours.ts";

/** The clinic wrote down that it texts about this, and how, and has looked at it again in time. Replies and service texts have their own grounds. */
export const scenario: Hook = {
  name: "scenario",
  judge({ kind, clinic, now, scenario: written, template, freeText, unrendered }) {
    if (kind !== "consent") return unrendered ? refuse(unrendered) : ALLOW;
    if (!written) return refuse("scenario-unknown");
    if (!written.allowed) return refuse("scenario-refused");
    if (localDate(now, clinic.timeZone) > written.review) return refuse("scenario-review-overdue");
    if (freeText && !written.freeText) return refuse("free-text-refused");
    if (!freeText && !template) return refuse("template-unknown");
    return unrendered ? refuse(unrendered) : ALLOW;
  },
};
